// Cache TOP: keeps pictures of its input and shows one of them, or a blend of two.
#include <algorithm>
#include <cmath>

#include "ops/top/chosen.h"

namespace cookline::cache_op {
namespace {

enum class Unit { indices, frames, seconds };
constexpr MenuItem units[] = {{"indices", "I"}, {"frames", "F"}, {"seconds", "S"}};

struct Pars {
  bool active = true;
  Pulse activepulse;
  bool cacheonce = false;
  bool replace = false;
  Pulse replacespulse;
  int replaceindex = 0;
  bool prefill = false;
  Pulse prefillpulse;
  int cachesize = 32;
  int step = 1;
  double outputindex = 0;
  Unit outputindexunit = Unit::indices;
  bool interp = false;
  bool alwayscook = false;
  bool reset = false;
  Pulse resetpulse;
};
constexpr Par table[] = {
    par<&Pars::active>("active", "Active").on("Cache").help("Keeps the input's pictures, one every Step Size frames."),
    par<&Pars::activepulse>("activepulse", "Active Pulse").on("Cache").help("Keeps the picture of this frame."),
    par<&Pars::cacheonce>("cacheonce", "Get One Image on Startup")
        .on("Cache")
        .help("Keeps the first picture even if Active is off."),
    par<&Pars::replace>("replace", "Replace Single")
        .on("Cache")
        .help("While on, the input replaces the picture at Replace Index, and nothing else is kept."),
    par<&Pars::replacespulse>("replacespulse", "Replace Pulse").on("Cache").help("Does so in one frame."),
    // TD differs: either sign counts back from the newest.
    par<&Pars::replaceindex>("replaceindex", "Replace Index")
        .on("Cache")
        .slider(-32, 0)
        .help("Which picture is replaced: 0 the newest, -1 the one before it, and so on."),
    par<&Pars::prefill>("prefill", "Pre-Fill").on("Cache").help("While on, all places hold the input's picture."),
    par<&Pars::prefillpulse>("prefillpulse", "Pre-Fill Pulse").on("Cache").help("Does so in one frame."),
    par<&Pars::cachesize>("cachesize", "Cache Size")
        .on("Cache")
        .at_least(1)
        .slider(1, 64)
        .help("How many pictures are kept; the oldest go. Each takes memory."),
    par<&Pars::step>("step", "Step Size")
        .on("Cache")
        .at_least(1)
        .slider(1, 10)
        .in("frames")
        .help("How many frames lie between one picture and the next."),
    par<&Pars::outputindex>("outputindex", "Output Index")
        .on("Cache")
        .slider(-32, 0)
        .help("Which picture is shown: 0 the newest, -1 the one before it; beyond the oldest, the oldest."),
    par<&Pars::outputindexunit>("outputindexunit", "Output Index Unit")
        .on("Cache")
        .items(units)
        .help("Unit of Output Index: pictures, frames or seconds back."),
    par<&Pars::interp>("interp", "Interpolate Frames")
        .on("Cache")
        .help("Between two pictures, both are shown in proportion."),
    par<&Pars::alwayscook>("alwayscook", "Always Cook")
        .on("Cache")
        .help("Keeps pictures also in frames that do not need this one."),
    par<&Pars::reset>("reset", "Reset").on("Cache").help("While on, nothing is kept."),
    par<&Pars::resetpulse>("resetpulse", "Reset").on("Cache").help("Forgets all pictures, and begins anew."),
};

constexpr int most_pictures = 4096;

// The places after this frame.
std::vector<int> kept(const Pars& p, std::span<const std::int64_t> frames, const Frame& frame) {
  const int size = std::clamp(p.cachesize, 1, most_pictures);
  std::vector<int> places;
  if (p.reset) return places;
  if (p.prefill || p.prefillpulse.pressed) return std::vector<int>(std::size_t(size), StoreStep::now);
  if (!p.resetpulse.pressed)
    for (int i = 0; i < std::min(size, int(frames.size())); ++i) places.push_back(i);
  if (p.replace || p.replacespulse.pressed) {
    const int at = std::min(std::abs(p.replaceindex), int(places.size()));
    if (at == int(places.size()) && at < size) places.push_back(StoreStep::now);
    if (at < int(places.size())) places[std::size_t(at)] = StoreStep::now;
    return places;
  }
  const bool due = places.empty() || frame.index - frames[0] >= p.step;
  if (p.activepulse.pressed || (p.active && due) || (p.cacheonce && places.empty())) {
    places.insert(places.begin(), StoreStep::now);
    if (int(places.size()) > size) places.pop_back();
  }
  return places;
}

double pictures_back(const Pars& p, const Frame& frame) {
  double back = std::isfinite(p.outputindex) ? std::abs(p.outputindex) : 0;
  if (p.outputindexunit == Unit::seconds) back *= frame.rate.hz();
  if (p.outputindexunit != Unit::indices) back /= std::max(1, p.step);
  return back;
}

StoreStep store(const Pars& p, std::span<const std::int64_t> frames, const Frame& frame) {
  StoreStep step{kept(p, frames, frame), {}};
  if (step.kept.empty()) return step;
  constexpr double slack = 1e-6;  // what a product of doubles may lack of a whole number
  const double last = double(step.kept.size() - 1), back = std::min(last, pictures_back(p, frame));
  const double first = std::floor(back + slack), part = back - first;
  if (!p.interp || part < slack)
    step.shown = {{int(first), 1.0}};
  else
    step.shown = {{int(first), 1 - part}, {int(first) + 1, part}};
  return step;
}

Use use(const Pars&, const Connected&) { return {}; }
Time time_of(const Pars& p) { return p.alwayscook ? Time::stepped : Time::animated; }

}  // namespace
}  // namespace cookline::cache_op

namespace cookline {

const OpDef& cache_top() {
  using namespace cache_op;
  static const OpDef op =
      Define<Pars, table>(Family::TOP, "cacheTOP", "Cache", "Keeps pictures of its input and shows one of them.")
          .inputs(1, 1)
          .shade<&chosen::blend<Pars>>()
          .use<&use>()
          .store<&store>()
          .time_of<&time_of>();
  return op;
}

}  // namespace cookline
