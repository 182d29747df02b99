// Movie File Out TOP: a sink. Decides, from Record, Pause, Add Frame and the limits, which images to write in a frame;
// the engine plans their pictures, the render layer encodes and writes them. Its own picture is its input.
#include <fmt/format.h>

#include <cmath>

#include "data/movie_container.h"
#include "ops/top/moviefileout/parameters.h"
#include "ops/top/pass.h"

namespace cookline::moviefileout {
namespace {

struct State {
  bool was_on = false;      // Record, at the end of the frame before
  bool running = false;     // a take is being written
  std::int64_t take = 0;    // its number N
  std::int64_t index = 0;   // of its next image
  bool holds = false;       // that image is cooked, but not yet sure to be wanted
  std::int64_t frames = 0;  // it has lasted, without pauses
  std::int64_t added = 0;   // images of it by Add Frame
  std::int64_t total = 0;   // images of all takes
};

bool is_movie(const Pars& p) { return p.type == Type::movie || p.type == Type::stopframemovie; }

std::string_view movie_extension(const Pars& p) {
  return movie_container(videocodec_items[p.videocodec].name, moviecontainer_items[p.moviecontainer].name);
}

std::string suffix(const Pars& p, const State& s) {
  const std::string_view ext = extensions[std::size_t(p.imagefiletype)];
  if (is_movie(p)) return fmt::format("{}.{}", s.take, movie_extension(p));
  if (p.type == Type::image) return fmt::format("{}.{}", s.take, ext);
  return fmt::format("{}.{:0{}}.{}", s.take, s.index, p.leadingzerosdigits, ext);
}

// A take of F frames spans F·fps/rate image times. Image i, of time i / fps, shows the last frame not behind that time,
// so ceil(F·fps/rate) images have begun; the take as it stands has round(F·fps/rate) of them, at least its first.
struct Due {
  std::int64_t begun = 0, sure = 0;
  Due(std::int64_t frames, double fps, const Rate& rate) {
    const double times = std::abs(fps - rate.hz()) < 1e-9 * fps ? double(frames) : double(frames) * fps / rate.hz();
    begun = std::int64_t(std::ceil(times - 1e-9));
    sure = std::max<std::int64_t>(frames > 0, std::int64_t(std::floor(times + 0.5 + 1e-9)));
  }
};

// Most images of a take: round(L·R) for a length of L seconds at R images a second.
std::int64_t most_images(const Pars& p, const Rate& rate) {
  if (p.type == Type::image) return 1;
  if (!p.limitlength) return std::numeric_limits<std::int64_t>::max();
  switch (p.lengthunit) {
    case LengthUnit::indices:
      return std::llround(p.length);
    case LengthUnit::frames:
      return Due(std::llround(p.length), p.fps, rate).sure;
    case LengthUnit::seconds:
      break;
  }
  return std::llround(p.length * p.fps);
}

using When = ImageRequest::When;

// TOPs whose channels an OpenEXR holds besides those of the input, which the first block is about.
std::vector<std::string> layers_of(const Pars& p) {
  std::vector<std::string> tops;
  if (is_movie(p) || p.imagefiletype != FileType::exr) return tops;
  for (std::size_t i = 1; i < p.input.size(); ++i)
    if (!p.input[i].top.path.empty()) tops.push_back(p.input[i].top.path);
  return tops;
}

// The next image, if its picture is not held already; sure or only begun.
void add_image(const Pars& p, State& s, bool sure, std::vector<ImageRequest>& images) {
  const When when = s.holds ? When::release : sure ? When::now : When::later;
  s.holds = !sure;
  const std::string_view extension = is_movie(p) ? movie_extension(p) : extensions[std::size_t(p.imagefiletype)];
  images.push_back({s.take, s.index, suffix(p, s), std::string(extension), when, is_movie(p), layers_of(p)});
  s.index += sure;
  s.total += sure;
}

// What one more frame of a take adds to it.
void add_frame(const Pars& p, const Rate& rate, std::int64_t most, State& s, std::vector<ImageRequest>& images) {
  const Due due(++s.frames, p.fps, rate);
  while (s.index < std::min(most, due.sure + s.added)) add_image(p, s, true, images);
  if (!s.holds && s.index < std::min(most, due.begun + s.added)) add_image(p, s, false, images);
}

// What a movie is told besides its pictures: the sound of a frame, silence, its end.
void tell_movie(const Pars& p, const State& s, When what, std::vector<ImageRequest>& images) {
  images.push_back({s.take, s.index, suffix(p, s), std::string(movie_extension(p)), what, true});
}

void start(Cook& cook, const Pars& p, const Frame& frame, State& s) {
  s.running = true;
  s.take = p.n;
  s.index = s.frames = s.added = 0, s.holds = false;
  if (p.uniquesuff && cook.take_number) s.take = cook.take_number(p.n, suffix(p, s));
  if (p.fps > frame.rate.hz() * (1 + 1e-9))
    cook.warn(fmt::format("Movie FPS {} is above the project's rate {}: pictures repeat; set the rate with --rate",
                          p.fps, frame.rate.hz()));
}

void press_add_frame(Cook& cook, const Pars& p, State& s, std::vector<ImageRequest>& images) {
  if (!s.running || !p.pause) {
    cook.warn("Add Frame does nothing unless Record and Pause are on");
    return;
  }
  if (s.holds) add_image(p, s, true, images);
  add_image(p, s, true, images), ++s.added;
  if (p.type == Type::movie) tell_movie(p, s, When::silence, images);
}

Result<std::vector<ImageRequest>> record(Cook& cook, const Pars& p, const Frame& frame, State& s) {
  std::vector<ImageRequest> images;
  if (p.record && !s.was_on) start(cook, p, frame, s);
  s.was_on = p.record;
  const bool was_running = s.running;
  if (!p.record) s.running = false;
  const std::int64_t most = most_images(p, frame.rate);
  if (s.index >= most) s.running = false;
  if (p.addframe.pressed) press_add_frame(cook, p, s, images);
  // A pulse within a frame comes here at once; the frame's own image is taken when its script phase is quiet.
  if (s.running && !p.pause && !frame.again && p.type != Type::stopframemovie) {
    add_frame(p, frame.rate, most, s, images);
    if (p.type == Type::movie) tell_movie(p, s, When::sound, images);
  }
  if (s.index >= most) s.running = false;
  if (was_running && !s.running && is_movie(p)) tell_movie(p, s, When::end, images);
  return images;
}

std::vector<std::pair<std::string, double>> numbers(const Pars&, const State& s) {
  return {{"recording", s.running},
          {"write_count", double(s.total)},
          {"cur_seq_index", double(s.index)},
          {"take", double(s.take)}};
}

}  // namespace
}  // namespace cookline::moviefileout

namespace cookline {

const OpDef& moviefileout_top() {
  using namespace moviefileout;
  static const OpDef op = Define<Pars, table>(Family::TOP, "moviefileoutTOP", "Movie File Out",
                                              "Writes its input as images or movies, take by take.")
                              .inputs(1, 1)
                              .shade<&pass::copy_first<Pars>>()
                              .use<&pass::first<Pars>>()
                              .record<&record>()
                              .info<&numbers>();
  return op;
}

}  // namespace cookline
