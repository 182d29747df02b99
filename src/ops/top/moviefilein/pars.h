// Movie File In TOP: its parameters.
#pragma once
#include "op/op.h"

namespace cookline::moviefilein_op {

enum class PlayMode { locked, specify, sequential, timecodeop };
enum class Unit { indices, frames, seconds, fraction };
enum class CueBehavior { repeat, play };
enum class Indexing { zero, filename };
enum class TimecodeMode { absolute, usefiletimecode };
enum class Deinterlace { off, even, odd, bob };
enum class Precedence { even, odd };
enum class Multiply { off, on, automatic };
enum class ErrorImage { coloredbottomright, zero };
enum class Extend { hold, cycle, mirror, black, zero };

struct Pars {
  std::string file;
  bool reload = false;
  Pulse reloadpulse;
  PlayMode playmode = PlayMode::locked;
  bool play = true;
  double speed = 1;
  bool cue = false;
  Pulse cuepulse;
  double cuepoint = 0;
  Unit cuepointunit = Unit::indices;
  CueBehavior cuebehavior = CueBehavior::repeat;
  double index = 0;
  Unit indexunit = Unit::indices;
  double loopcrossfade = 0;
  Unit loopcrossfadeunit = Unit::indices;
  int stepsize = 1;
  int audioloop = 0;
  Indexing imageindexing = Indexing::zero;
  TimecodeMode timecodemode = TimecodeMode::absolute;
  OpRef<Channels> timecodeop;

  bool interp = false;
  Deinterlace deinterlace = Deinterlace::off;
  Precedence precedence = Precedence::even;
  bool bottomhalfalpha = false;
  Multiply multalpha = Multiply::off;
  Multiply premultrgbbyalpha = Multiply::off;
  int inputcolorspace = 0;
  int inputreferencewhite = 0;
  ErrorImage loadingerrorimage = ErrorImage::coloredbottomright;
  int decodepixelformat = 0;

  bool trim = false;
  double tstart = 0;
  Unit tstartunit = Unit::indices;
  double tend = 1;
  Unit tendunit = Unit::fraction;
  Extend textendleft = Extend::cycle;
  Extend textendright = Extend::cycle;
  bool overridesample = false;
  double samplerate = 60;

  int prereadframes = 2;
  int frametimeout = 100;
  int frametimeoutstrat = 0;
  bool alwaysloadinitial = true;
  int opentimeout = 10000;
  bool uselatestontimeout = false;
  bool predownloadhttp = false;
  bool updateimage = true;
  int maxdecodecpus = 0;
  bool highperfread = false;
  double highperfreadfactor = 1;
  bool hwdecode = false;
  bool asyncupload = true;
};

}  // namespace cookline::moviefilein_op
