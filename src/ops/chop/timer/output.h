// Timer CHOP: its channels.
#pragma once
#include "ops/chop/timer/machine.h"

namespace cookline::timer_chop_op {

// The channels that the Outputs page asks for, one sample each; also fills State::shown. With parallel timers the
// channels that belong to a timer come once for each, with its index behind the name: timer_fraction0, timer_fraction1.
Channels output(const Machine& m);

// What the channels say of the place in a cycle: frames, moved on by Run Values, and as a part of the cycle.
struct Place {
  double frames = 0, of = 0;
  double fraction() const { return of > 0 ? frames / of : 0; }
};
Place place_in_cycle(const Machine& m, const Lane& lane);

}  // namespace cookline::timer_chop_op
