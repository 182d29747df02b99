// Timecodes that other operators tell: channels hour, minute, second, frame, or a text hh:mm:ss:ff.
#pragma once
#include <optional>
#include <string>

#include "data/channels.h"
#include "data/rate.h"
#include "data/table.h"

namespace cookline {

// In frames of `rate`. Seconds are a timecode too ("12.5"); nothing for other texts.
std::optional<double> timecode_frames(const std::string& text, const Rate& rate);
// Channels that are not there count as 0.
double timecode_frames(const Channels& channels, const Rate& rate);
// Of a table the first cell.
std::string timecode_text(const Table& table);

}  // namespace cookline
