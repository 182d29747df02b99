// Timer CHOP: time that comes from outside.
#pragma once
#include "op/cook.h"
#include "ops/chop/timer/pars.h"

namespace cookline::timer_chop_op {

// The time that Time Control names, in frames: of the timeline, of a channel or of a timecode. `total`: what a fraction
// is a part of; an endless timer has none, its fraction is 0. Errors name the parameter.
Result<double> external_time(Cook& cook, const Pars& p, const Inputs<Channels>& in, const Frame& frame, double total);

// "hh:mm:ss:ff" (or with . or ; before the frames) in frames at this rate, frames counted as round(rate) a second.
// Text that is a plain number is seconds.
Result<double> parse_timecode(const Cook& cook, std::string_view par, const std::string& text, const Rate& rate);

}  // namespace cookline::timer_chop_op
