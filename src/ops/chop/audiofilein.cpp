// Audio File In CHOP: plays the sound of audio files and movies. The samples of a frame are those from its time up to
// the next frame's, at the rate of the file, so that the sound of a movie is in sync to the sample.
#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "op/op.h"
#include "ops/support/timecode.h"

namespace cookline::audiofilein_op {
namespace {

__extension__ typedef __int128 Wide;

enum class PlayMode { locked, specify, sequential, timecodeop };
enum class Unit { frames, seconds, fraction, indices };
constexpr MenuItem play_modes[] = {{"locked", "Locked to Timeline"},
                                   {"specify", "Specify Index"},
                                   {"sequential", "Sequential"},
                                   {"timecodeop", "Timecode Object/CHOP/DAT"}};
constexpr MenuItem units[] = {
    {"frames", "Frames"}, {"seconds", "Seconds"}, {"fraction", "Fraction"}, {"indices", "Index"}};
constexpr MenuItem repeats[] = {{"off", "Off"}, {"on", "On"}};

enum class Repeat { off, on };
struct Pars {
  std::string file;
  Pulse reloadpulse;
  bool play = true;
  PlayMode playmode = PlayMode::locked;
  double speed = 1;
  bool cue = false;
  Pulse cuepulse;
  double cuepoint = 0;
  Unit cuepointunit = Unit::seconds;
  double index = 0;
  Unit indexunit = Unit::seconds;
  OpRef<Channels> timecodeop;
  Repeat repeat = Repeat::on;
  bool trim = false;
  double trimstart = 0;
  Unit trimstartunit = Unit::seconds;
  double trimend = 1;
  Unit trimendunit = Unit::fraction;
  double prereadlength = 1;
  Unit prereadlengthunit = Unit::seconds;
  double opentimeout = 10000;
  bool mono = false;
  double volume = 1;
};

constexpr const char* page = "Audio File In";
constexpr Par table[] = {
    par<&Pars::file>("file", "File")
        .on(page)
        .as(Style::File)
        .help("An audio file, or a movie whose sound is played. Relative names start at the project's folder."),
    par<&Pars::reloadpulse>("reloadpulse", "Reload")
        .on(page)
        .help("Opens the file anew. No effect on a file that has not changed."),
    par<&Pars::play>("play", "Play").on(page).help("Of Sequential: moves on; else it is silent and stays."),
    // TD differs: Locked to Timeline is exact to the sample and Speed does not change it.
    par<&Pars::playmode>("playmode", "Play Mode")
        .on(page)
        .items(play_modes)
        .help("What says where in the file a frame begins: its time, Index, Play and Speed from frame to frame, or a "
              "timecode. From there the samples of a frame follow one another."),
    par<&Pars::speed>("speed", "Speed")
        .on(page)
        .slider(-2, 2)
        .help("Of Sequential: 2 is twice as fast and an octave higher, below 0 is backwards. Linear between samples."),
    par<&Pars::cue>("cue", "Cue").on(page).help("Of Sequential: stays at the Cue Point, silent."),
    par<&Pars::cuepulse>("cuepulse", "Cue Pulse").on(page).help("Of Sequential: jumps to the Cue Point."),
    par<&Pars::cuepoint>("cuepoint", "Cue Point").on(page).slider(0, 10).help("Where Cue goes, from Trim Start on."),
    par<&Pars::cuepointunit>("cuepointunit", "Cue Point Unit").on(page).items(units).help("Unit of Cue Point."),
    par<&Pars::index>("index", "Index")
        .on(page)
        .slider(0, 10)
        .help("Of Specify Index: where the frame begins, from Trim Start on."),
    par<&Pars::indexunit>("indexunit", "Index Unit")
        .on(page)
        .items(units)
        .help("Unit of Index: frames of the project, seconds, a fraction of the trimmed length, or samples."),
    par<&Pars::timecodeop>("timecodeop", "Timecode Object/CHOP/DAT")
        .on(page)
        .help("A CHOP with channels hour, minute, second and frame, or a DAT with hh:mm:ss:ff in its first cell."),
    par<&Pars::repeat>("repeat", "Repeat")
        .on(page)
        .items(repeats)
        .help("Before the beginning and behind the end the part is played again; off: there is silence."),
    par<&Pars::trim>("trim", "Trim").on(page).help("Plays the part from Trim Start to Trim End."),
    par<&Pars::trimstart>("trimstart", "Trim Start").on(page).slider(0, 10).help("Where the part begins."),
    par<&Pars::trimstartunit>("trimstartunit", "Trim Start Unit").on(page).items(units).help("Unit of Trim Start."),
    par<&Pars::trimend>("trimend", "Trim End").on(page).slider(0, 10).help("Where the part is over."),
    par<&Pars::trimendunit>("trimendunit", "Trim End Unit").on(page).items(units).help("Unit of Trim End."),
    par<&Pars::prereadlength>("prereadlength", "Pre-Read Length")
        .on(page)
        .slider(0, 5)
        .help("Kept for TouchDesigner: the whole file is decoded when it is opened."),
    par<&Pars::prereadlengthunit>("prereadlengthunit", "Pre-Read Length Unit")
        .on(page)
        .items(units)
        .help("Kept for TouchDesigner."),
    par<&Pars::opentimeout>("opentimeout", "Open Timeout")
        .on(page)
        .slider(0, 10000)
        .help("Kept for TouchDesigner: a file is waited for."),
    par<&Pars::mono>("mono", "Mono").on(page).help("One channel, the mean of all."),
    par<&Pars::volume>("volume", "Volume").on(page).slider(0, 1).help("Factor of all samples."),
};

// A position in the part that is played, in samples, at sample `since` of the timeline; it moves on from there.
struct Head {
  bool started = false, plays = false;
  double from = 0, speed = 1;
  std::int64_t since = 0;
};
struct Memory {
  Head head;
  int generation = 0;
};
// At the beginning and at the end of the frame.
struct State {
  Memory before, now;
};

// The file as it is played.
struct Part {
  const Sound& sound;
  Rate rate;  // frames a second
  std::int64_t first = 0, count = 0;

  double samples(double value, Unit unit, double whole) const {
    const double hz = double(rate.num) / double(rate.den);
    switch (unit) {
      case Unit::frames:
        return value / hz * sound.rate_hz;
      case Unit::seconds:
        return value * sound.rate_hz;
      case Unit::fraction:
        return value * whole;
      case Unit::indices:
        break;
    }
    return value;
  }
  double place(double value, Unit unit) const { return samples(value, unit, double(count)); }
};

// The first sample of a frame on the timeline, exactly: FFmpeg's rates are whole numbers.
std::int64_t first_sample(std::int64_t frame, const Rate& rate, double rate_hz) {
  const Wide num = Wide(frame) * std::llround(rate_hz) * rate.den;
  return std::int64_t(num / rate.num - (num % rate.num < 0));
}

Part part_of(const Pars& p, const Sound& sound, const Rate& rate) {
  Part part{sound, rate, 0, sound.length()};
  if (!p.trim) return part;
  const auto whole = double(sound.length());
  const auto place = [&](double value, Unit unit) {
    const double at = std::round(part.samples(value, unit, whole));
    return std::isfinite(at) ? std::int64_t(std::clamp(at, 0.0, whole)) : std::int64_t(0);
  };
  const std::int64_t first = place(p.trimstart, p.trimstartunit), end = place(p.trimend, p.trimendunit);
  part.first = first, part.count = std::max<std::int64_t>(0, end - first);
  return part;
}

// The samples of one channel at a position of the part: silence outside, unless it repeats.
double sample(const Pars& p, const Part& part, const std::vector<float>& channel, std::int64_t at) {
  if (part.count == 0) return 0;
  if (at < 0 || at >= part.count) {
    if (p.repeat == Repeat::off) return 0;
    at %= part.count;
    if (at < 0) at += part.count;
  }
  return double(channel[std::size_t(part.first + at)]);
}

double sample(const Pars& p, const Part& part, const std::vector<float>& channel, double at) {
  const double down = std::floor(at), between = at - down;
  const auto whole = std::int64_t(down);
  const double left = sample(p, part, channel, whole);
  return between == 0 ? left : left + (sample(p, part, channel, whole + 1) - left) * between;
}

// Sequential: where the playhead is when the frame begins, and how it moves on.
Head advanced(const Pars& p, Head head, const Part& part, std::int64_t now) {
  const double at = head.plays ? head.from + double(now - head.since) * head.speed : head.from;
  const bool cue = p.cue || p.cuepulse.pressed, plays = p.play && !p.cue;
  if (head.started && !cue && plays == head.plays && p.speed == head.speed) return head;
  return {true, plays, cue ? part.place(p.cuepoint, p.cuepointunit) : at, p.speed, now};
}

Result<double> timecode_place(Cook& cook, const Pars& p, const Inputs<Channels>& in, const Part& part) {
  std::optional<double> frames;
  if (const Channels* chop = in.at(p.timecodeop)) frames = timecode_frames(*chop, part.rate);
  if (const Table* text = in.at(OpRef<Table>{p.timecodeop.path, p.timecodeop.input})) {
    frames = timecode_frames(timecode_text(*text), part.rate);
    if (!frames)
      return cook.error("timecodeop", fmt::format("'{}' is no timecode", timecode_text(*text)), "write hh:mm:ss:ff");
  }
  if (!frames) return cook.error("timecodeop", "the place comes from a timecode, but no CHOP or DAT is named");
  return part.place(*frames, Unit::frames);
}

// Where the frame begins; the head of Sequential moves by its own speed, or not at all.
Result<Head> head_of(Cook& cook, const Pars& p, const Inputs<Channels>& in, const Part& part, std::int64_t now,
                     Head before) {
  switch (p.playmode) {
    case PlayMode::sequential:
      return advanced(p, before, part, now);
    case PlayMode::specify:
      return Head{true, true, part.place(p.index, p.indexunit), 1, now};
    case PlayMode::timecodeop: {
      const Result<double> at = timecode_place(cook, p, in, part);
      if (!at) return at.error();
      return Head{true, true, *at, 1, now};
    }
    case PlayMode::locked:
      break;
  }
  return Head{true, true, double(now), 1, now};
}

Channels slice(const Pars& p, const Part& part, const Head& head, std::int64_t begin, std::int64_t end) {
  Channels out{.rate_hz = part.sound.rate_hz, .start = double(begin), .time_slice = true};
  const std::size_t channels = part.sound.samples.size();
  for (std::size_t c = 0; c < channels; ++c) {
    Channel channel{fmt::format("chan{}", c + 1), std::vector<double>(std::size_t(end - begin))};
    for (std::int64_t k = begin; k < end && head.plays; ++k)
      channel.samples[std::size_t(k - begin)] =
          p.volume * sample(p, part, part.sound.samples[c], head.from + double(k - head.since) * head.speed);
    out.channels.push_back(std::move(channel));
  }
  if (!p.mono || channels < 2) return out;
  for (std::size_t i = 0; i < out.channels[0].samples.size(); ++i) {
    double sum = 0;
    for (const Channel& channel : out.channels) sum += channel.samples[i];
    out.channels[0].samples[i] = sum / double(channels);
  }
  out.channels.resize(1);
  return out;
}

// TD differs: a file that cannot be read stops the render; there it is silence. The samples are those of the frame's
// own time, there those before it.
Result<Channels> cook(Cook& cook, const Pars& p, const Inputs<Channels>& in, const Frame& frame, State& s) {
  if (!frame.again) s.before = s.now;
  s.now = s.before;
  if (p.file.empty()) return cook.error("file", "no file is named");
  if (p.reloadpulse.pressed) s.now.generation = int(frame.index) + 1;
  const Result<SoundHandle> sound = cook.services.open_sound(p.file, s.now.generation);
  if (!sound) {
    Error error = cook.error("file", to_string(sound.error()));
    error.missing = sound.error().missing;
    return error;
  }
  const Part part = part_of(p, **sound, frame.rate);
  const std::int64_t begin = first_sample(frame.index, frame.rate, part.sound.rate_hz),
                     end = first_sample(frame.index + 1, frame.rate, part.sound.rate_hz);
  const Result<Head> head = head_of(cook, p, in, part, begin, s.now.head);
  if (!head) return head.error();
  s.now.head = *head;
  return slice(p, part, *head, begin, end);
}

}  // namespace
}  // namespace cookline::audiofilein_op

namespace cookline {

const OpDef& audiofilein_chop() {
  using namespace audiofilein_op;
  static const OpDef op = Define<Pars, table>(Family::CHOP, "audiofileinCHOP", "Audio File In",
                                              "Plays the sound of audio files and movies.")
                              .cook<&cook>();
  return op;
}

}  // namespace cookline
