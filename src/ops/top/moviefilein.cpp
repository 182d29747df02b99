// Movie File In TOP: plays images, sequences of images and movies. Which picture a frame shows is worked out here; the
// engine reads it when it is cooked.
#include <fmt/format.h>

#include <algorithm>

#include "kernels/colour_space.h"
#include "ops/support/rows.h"
#include "ops/support/timecode.h"
#include "ops/top/chosen.h"
#include "ops/top/moviefilein/playhead.h"
#include "ops/top/moviefilein/rows.h"

namespace cookline::moviefilein_op {
namespace {

constexpr auto table = join_rows(play_rows, image_rows, trim_rows, tune_rows);

// What a frame leaves to the next one, and what it tells about itself.
struct Memory {
  Playhead head;
  int generation = 0;  // of the file: how often it was reloaded
  std::optional<Chosen> chosen;
  MediaHandle media;
  PictureFacts facts;  // of the picture shown
  Range range;
  Position at;
  std::int64_t true_index = 0;
  double rate_hz = 0;
};
struct State {
  Memory before, now;  // at the beginning and at the end of the frame
};

// The file as this operator plays it: with Bob, each of its pictures is two.
struct Source {
  MediaHandle media;
  MediaFacts facts;
  Rate rate;
  int per_picture = 1;
};

Time time_of(const Pars& p) {
  if (p.playmode == PlayMode::sequential || !p.updateimage) return Time::stepped;
  return p.playmode == PlayMode::locked ? Time::animated : Time::fixed;
}

// The space of a picture's values; empty for sRGB, which TOPs compute in, and for what is taken as it is.
// TD differs: a working space other than sRGB cannot be chosen.
std::string colour_of(const Pars& p, const PictureFacts& facts) {
  const std::string_view item = file_colour_spaces[p.inputcolorspace].name;
  const std::string space(item == "automatic" ? facts.colour : item);
  return space == "srgb" || space == "passthrough" ? "" : space;
}

MediaView view_of(const Pars& p, const Source& source, const PictureFacts& facts, std::int64_t index) {
  MediaView view;
  const auto second = (p.precedence == Precedence::odd) != (index % 2 != 0);
  if (p.deinterlace == Deinterlace::even) view.field = Field::even;
  if (p.deinterlace == Deinterlace::odd) view.field = Field::odd;
  if (p.deinterlace == Deinterlace::bob) view.field = second ? Field::odd : Field::even;
  view.bottom_half_alpha = p.bottomhalfalpha;
  view.colour = colour_of(p, facts);
  const kernels::ColourSpace* const space = kernels::colour_space_named(view.colour);
  if (space && kernels::has_peak(space->curve)) view.white = file_reference_whites[p.inputreferencewhite].name;
  const bool straight = source.facts.alpha == AlphaKind::straight;
  for (const Multiply multiply : {p.multalpha, p.premultrgbbyalpha})
    view.multiply_rgb |= multiply == Multiply::on || (multiply == Multiply::automatic && straight);
  return view;
}

Result<Source> open(Cook& cook, const Pars& p, const Frame& frame, int generation) {
  if (p.file.empty()) return cook.error("file", "no file is named");
  const Result<MediaHandle> media = cook.services.open_media(p.file, generation);
  if (!media) {
    Error error = cook.error("file", to_string(media.error()));
    error.missing = media.error().missing;
    return error;
  }
  Source source{*media, (*media)->facts(), (*media)->facts().rate};
  if (source.rate.num == 0) source.rate = frame.rate;
  if (p.overridesample) source.rate = rate_of(p.samplerate);
  if (p.deinterlace == Deinterlace::bob) source.per_picture = 2, source.facts.count *= 2, source.rate.num *= 2;
  return source;
}

// A value with a unit as a position in the trimmed range.
double position_of(const Pars& p, const Scale& scale, const Source& source, Range range, double value, Unit unit) {
  if (unit == Unit::fraction) return value * double(range.count);
  const bool by_name = unit == Unit::indices && p.imageindexing == Indexing::filename && !source.facts.numbers.empty();
  return by_name ? scale.place(value, unit) - double(range.first) : scale.length(value, unit);
}

// Frames of the timecode, as a position in the file.
Result<Position> from_timecode(Cook& cook, const Pars& p, const Inputs<Channels>& in, const Frame& frame,
                               const Source& source) {
  std::optional<double> frames;
  if (const Channels* chop = in.at(p.timecodeop)) frames = timecode_frames(*chop, frame.rate);
  if (const Table* text = in.at(OpRef<Table>{p.timecodeop.path, p.timecodeop.input})) {
    frames = timecode_frames(timecode_text(*text), frame.rate);
    if (!frames)
      return cook.error("timecodeop", fmt::format("'{}' is no timecode", timecode_text(*text)), "write hh:mm:ss:ff");
  }
  if (!frames) return cook.error("timecodeop", "the place comes from a timecode, but no CHOP or DAT is named");
  double pictures = *frames / frame.rate.hz() * source.rate.hz();
  if (p.timecodemode == TimecodeMode::usefiletimecode)
    for (const auto& [key, value] : source.facts.metadata)
      if (key == "timecode") pictures -= timecode_frames(value, source.rate).value_or(0);
  return position_at(pictures);
}

// Where in the trimmed range this frame is.
Result<Position> place(Cook& cook, const Pars& p, const Inputs<Channels>& in, const Frame& frame, const Source& source,
                       const Scale& scale, Memory& now) {
  switch (p.playmode) {
    case PlayMode::locked:
      return scale.locked(frame.index);
    case PlayMode::specify:
      if (const std::int64_t number = scale.missing_number(p.index, p.indexunit); number >= 0) {
        Error error = cook.error("index", fmt::format("there is no image {} in {}", number, source.facts.path));
        error.missing = true;
        return error;
      }
      return position_at(position_of(p, scale, source, now.range, p.index, p.indexunit));
    case PlayMode::timecodeop:
      return from_timecode(cook, p, in, frame, source);
    case PlayMode::sequential:
      break;
  }
  const double cue = position_of(p, scale, source, now.range, p.cuepoint, p.cuepointunit);
  now.head = advanced(now.head, p, frame.index, cue, p.speed * scale.pictures_per_frame(), now.range);
  return position_at(now.head.at);
}

// A picture as the engine shall read it; with Zero as error image, one that is not there is nothing.
Result<ChosenPicture> chosen_picture(Cook& cook, const Pars& p, const Source& source, const Shown& shown,
                                     std::optional<PictureFacts>& like) {
  ChosenPicture picture{.weight = shown.weight};
  if (shown.what == Shown::What::zero) return picture;
  if (shown.what == Shown::What::black) {
    picture.image = chosen::black(picture.key);
    return picture;
  }
  picture.index = shown.index / source.per_picture;
  const Result<PictureFacts> facts = source.media->picture(picture.index);
  if (!facts) {
    Error error = cook.error("file", to_string(facts.error()));
    error.missing = facts.error().missing;
    if (p.loadingerrorimage != ErrorImage::zero) return error;
    cook.warn(error.what);
    return picture;
  }
  picture.view = view_of(p, source, *facts, shown.index);
  picture.media = source.media;
  if (!like) like = facts_of_view(*facts, picture.view);
  return picture;
}

Result<Chosen> choose_shown(Cook& cook, const Pars& p, const Inputs<Channels>& in, const Frame& frame, Memory& now) {
  const Result<Source> opened = open(cook, p, frame, now.generation);
  if (!opened) return opened.error();
  const Source& source = *opened;
  const Scale scale(source.facts, source.rate, frame.rate, p.imageindexing);
  now.media = source.media, now.rate_hz = source.rate.hz();
  now.range = trimmed(p, scale, source.facts.count);
  const Result<Position> at = place(cook, p, in, frame, source, scale, now);
  if (!at) return at.error();
  now.at = *at;
  const double fade = scale.length(p.loopcrossfade, p.loopcrossfadeunit);
  Chosen chosen;
  std::optional<PictureFacts> like;
  const std::vector<Shown> pictures = pictures_at(p, *at, now.range, fade);
  for (const Shown& shown : pictures) {
    Result<ChosenPicture> picture = chosen_picture(cook, p, source, shown, like);
    if (!picture) return picture.error();
    chosen.pictures.push_back(std::move(*picture));
    if (shown.what == Shown::What::picture) now.true_index = shown.index;
  }
  // Black is as large as what it follows.
  if (!like)
    if (const auto facts = source.media->picture(now.range.first / source.per_picture))
      like = facts_of_view(*facts, view_of(p, source, *facts, now.range.first));
  now.facts = like.value_or(PictureFacts{});
  chosen.width_px = now.facts.width_px, chosen.height_px = now.facts.height_px;
  chosen.aspect = now.facts.aspect, chosen.format = now.facts.format;
  chosen.moving = source.facts.count > 1 && time_of(p) != Time::fixed;
  return chosen;
}

Result<Chosen> choose(Cook& cook, const Pars& p, const Inputs<Channels>& in, const Frame& frame, State& s) {
  if (!frame.again) s.before = s.now;
  s.now = s.before;
  Memory& now = s.now;
  if (!p.updateimage && now.chosen) return *now.chosen;
  if (p.reload || p.reloadpulse.pressed) now.generation = int(frame.index) + 1;
  Result<Chosen> chosen = choose_shown(cook, p, in, frame, now);
  if (!chosen && p.loadingerrorimage == ErrorImage::zero && chosen.error().missing) {
    cook.warn(chosen.error().what);
    now.media = nullptr;
    chosen = Chosen{.pictures = {ChosenPicture{}}};
  }
  if (chosen)
    now.chosen = *chosen;
  else
    now.media = nullptr;
  return chosen;
}

std::vector<std::pair<std::string, double>> numbers(const Pars& p, const State& s) {
  const Memory& now = s.now;
  const bool open = now.media != nullptr;
  const MediaFacts facts = open ? now.media->facts() : MediaFacts{.count = 0};
  const auto length = double(open ? now.range.count : 0), index = double(now.at.whole) + now.at.part;
  const std::int64_t in_range = now.true_index - now.range.first;
  const auto own = std::size_t(now.true_index / (p.deinterlace == Deinterlace::bob ? 2 : 1));
  return {
      {"open", open},
      {"opening", 0},
      {"preloading", 0},
      {"invalid", !open && !p.file.empty()},
      {"index", index},
      {"length", length},
      {"index_fraction", length > 0 ? index / length : 0},
      {"true_index", double(now.true_index)},
      {"true_length", double(p.deinterlace == Deinterlace::bob ? 2 * facts.count : facts.count)},
      {"trim_start", double(now.range.first)},
      {"rate", now.rate_hz},
      {"seconds", now.rate_hz > 0 ? length / now.rate_hz : 0},
      {"last_frame", open && in_range == now.range.count - 1},
      {"loop_frame", open && now.at.whole != 0 && in_range == 0},
      {"file_number", own < facts.numbers.size() ? double(facts.numbers[own]) : double(own)},
      {"file_width", double(now.facts.width_px)},
      {"file_height", double(now.facts.height_px)},
      {"has_audio", facts.has_audio},
      {"odd_field", p.deinterlace == Deinterlace::odd || (p.deinterlace == Deinterlace::bob && now.true_index % 2)}};
}

// Python's metadata: what the file says of itself.
std::vector<SegmentArgument> metadata(const State& s) {
  std::vector<SegmentArgument> list;
  if (s.now.media)
    for (const auto& [key, value] : s.now.media->facts().metadata)
      list.push_back({{{"key", Value(key)}, {"value", Value(value)}}});
  return list;
}

}  // namespace
}  // namespace cookline::moviefilein_op

namespace cookline {

const OpDef& moviefilein_top() {
  using namespace moviefilein_op;
  static const OpDef op = Define<Pars, table>(Family::TOP, "moviefileinTOP", "Movie File In",
                                              "Plays images, sequences of images and movies.")
                              .shade<&chosen::blend<Pars>>()
                              .choose<&choose>()
                              .time_of<&time_of>()
                              .info<&numbers>()
                              .parts<&metadata>();
  return op;
}

}  // namespace cookline
