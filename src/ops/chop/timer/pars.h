// Timer CHOP: its parameters.
#pragma once
#include <string>

#include "op/par.h"
#include "ops/chop/support/units.h"

namespace cookline::timer_chop_op {

using chop::Unit;
enum class Active { never, always, running, playing };
enum class TimeControl { lock, sequential, chop, timecode };
enum class LengthType { fixed, infinite };
enum class RunValues { zero, one };
enum class OnDone { donothing, reinit, restart, restartnoinit };
enum class SegMethod { serial, parallel };
enum class EndTime { dat, par, max };
enum class Interpolation { step, linear, easein, easeout, easeinout };
enum class SubEnd { pause, loop };
// The two orders in which Outputs menus list units.
enum class CountUp { off, samples, frames, seconds, all };
enum class CountDown { off, seconds, frames, samples, all };

struct Pars {
  Active active = Active::always;
  TimeControl timecontrol = TimeControl::sequential;
  bool deferpars = false;
  Pulse initialize, start;
  LengthType lengthtype = LengthType::fixed;
  double length = 10;
  double delay = 0;
  RunValues runvalues = RunValues::one;
  bool play = true;
  double speed = 1;
  bool cue = false;
  double cuepoint = 0;
  bool cycle = false, cyclelimit = false;
  int maxcycles = 1;
  double cycleendalert = 0;
  Pulse exitendcycle, gotoendcycle, gotodone;
  OnDone ondone = OnDone::donothing;
  OpRef<Table> callbacks;
  Unit lengthunits = Unit::seconds, delayunits = Unit::seconds;
  Pulse cuepulse;
  Unit cueunits = Unit::seconds, notifyunits = Unit::seconds;

  OpRef<Table> segdat;
  SegMethod segmethod = SegMethod::serial;
  Unit segunits = Unit::seconds;
  EndTime segsendtime = EndTime::dat;
  std::string channelcolumns;
  Interpolation interpolation = Interpolation::step;
  std::string infocolumns;
  Pulse gotoprevseg, gotonextseg;

  bool subrange = false;
  double substart = 0, subend = 1;
  SubEnd subendaction = SubEnd::pause;
  Unit substartunits = Unit::seconds, subendunits = Unit::seconds;

  bool outfraction = true;
  CountUp outtimercount = CountUp::off;
  bool outtimeractive = false, outtimerpulse = false, outdelayfraction = false;
  CountUp outdelaycount = CountUp::off;
  bool outinit = false, outready = true, outreadypulse = false, outrunning = false, outdone = true,
       outdonepulse = false;
  bool outcycle = false, outcyclepulse = false, outcycleplusfraction = false;
  bool outseg = false, outsegpulse = false, outsegplusfraction = false;
  CountDown outlength = CountDown::off;
  CountUp outcumulativecount = CountUp::off;
  CountDown outplayingcount = CountDown::off;
  CountUp outrunningcount = CountUp::off;
  CountDown outmastercount = CountDown::off;

  OpRef<Channels> extchop;
  Unit extunits = Unit::seconds;
  std::string extchannel;
  OpRef<Channels> exttcop;
  double extstartoff = 0, extinitoff = 0;
  double rate = 60;
  std::string exttcobj;
};

}  // namespace cookline::timer_chop_op
