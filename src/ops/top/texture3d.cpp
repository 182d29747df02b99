// Texture 3D TOP: keeps pictures of its input as the slices of one volume or array, which it fills round and round.
#include <fmt/format.h>

#include <algorithm>

#include "gpu/gpu.h"
#include "op/op.h"
#include "ops/top/support/fitted.h"

namespace cookline::texture3d_op {
namespace {

enum class Type { texture3d, texture2darray };
constexpr MenuItem types[] = {{"texture3d", "3D Texture"}, {"texture2darray", "2D Texture Array"}};

struct Pars {
  Type type = Type::texture3d;
  bool active = true;
  bool replacesingle = false;
  Pulse replacesinglepulse;
  int replaceindex = 0;
  bool prefill = false;
  Pulse prefillpulse;
  int cachesize = 32;
  int step = 1;
  bool reset = false;
  Pulse resetpulse;
};
constexpr Par table[] = {
    par<&Pars::type>("type", "Type")
        .on("Cache")
        .items(types)
        .help("What a shader sees: a volume, between whose slices it can interpolate, or an array of pictures."),
    par<&Pars::active>("active", "Active")
        .on("Cache")
        .help("The input's picture becomes the next slice, one every Step Size frames; behind the last slice the first "
              "comes again."),
    par<&Pars::replacesingle>("replacesingle", "Replace Single")
        .on("Cache")
        .help("While on, the input becomes the slice at Replace Index, and no other."),
    par<&Pars::replacesinglepulse>("replacesinglepulse", "Replace Single Pulse")
        .on("Cache")
        .help("Does so in one frame."),
    par<&Pars::replaceindex>("replaceindex", "Replace Index")
        .on("Cache")
        .at_least(0)
        .slider(0, 31)
        .help("Which slice is replaced, from 0; beyond the last, the last."),
    // TD differs: all slices are of this frame; time does not run on within it.
    par<&Pars::prefill>("prefill", "Pre Fill").on("Cache").help("While on, all slices are the input's picture."),
    par<&Pars::prefillpulse>("prefillpulse", "Pre Fill Pulse").on("Cache").help("Does so in one frame."),
    par<&Pars::cachesize>("cachesize", "Cache Size")
        .on("Cache")
        .at_least(1)
        .slider(1, 64)
        .help("How many slices there are; those not filled yet are transparent black. Each takes memory."),
    par<&Pars::step>("step", "Step Size")
        .on("Cache")
        .at_least(1)
        .slider(1, 10)
        .in("frames")
        .help("How many frames lie between one slice and the next."),
    par<&Pars::reset>("reset", "Reset").on("Cache").help("While on, all slices are transparent black."),
    par<&Pars::resetpulse>("resetpulse", "Reset Pulse")
        .on("Cache")
        .help("Empties all slices, and begins anew with slice 0."),
};

constexpr int most_slices = 2048;
constexpr double most_pixels = 1u << 30;
int slices_of(const Pars& p) { return std::clamp(p.cachesize, 1, most_slices); }

// The slice that was filled last in its turn, -1 if none was. Slices replaced out of turn keep the frame of their turn.
int newest(std::span<const std::int64_t> frames) {
  int found = -1;
  for (int i = 0; i < int(frames.size()); ++i)
    if (frames[std::size_t(i)] >= 0 && (found < 0 || frames[std::size_t(i)] >= frames[std::size_t(found)])) found = i;
  return found;
}

// Places are slices; frames those of their turns, -1 of slices that have had none.
void fill(const Pars& p, const Frame& frame, StoreStep& step) {
  const std::size_t size = step.kept.size();
  const auto put = [&](std::size_t slice, bool in_turn) {
    step.kept[slice] = StoreStep::now;
    if (in_turn) step.frames[slice] = frame.index;
  };
  if (p.prefill || p.prefillpulse.pressed) {
    for (std::size_t i = 0; i < size; ++i) put(i, true);
    return;
  }
  if (p.replacesingle || p.replacesinglepulse.pressed)
    return put(std::min(size - 1, std::size_t(std::max(0, p.replaceindex))), false);
  const int last = newest(step.frames);
  const bool due = last < 0 || frame.index - step.frames[std::size_t(last)] >= p.step;
  if (p.active && due) put(std::size_t(last + 1) % size, true);
}

StoreStep store(const Pars& p, std::span<const std::int64_t> frames, const Frame& frame) {
  const std::size_t size = std::size_t(slices_of(p));
  StoreStep step{std::vector<int>(size, StoreStep::nothing), {}, std::vector<std::int64_t>(size, -1)};
  if (!p.reset && !p.resetpulse.pressed)
    for (std::size_t i = 0; i < std::min(size, frames.size()); ++i) step.kept[i] = int(i), step.frames[i] = frames[i];
  if (!p.reset) fill(p, frame, step);
  const int shown = newest(step.frames);
  for (int i = 0; i < int(size); ++i) step.shown.emplace_back(i, i == shown ? 1.0 : 0.0);
  return step;
}

TextureKind kind(const Pars& p) {
  return p.type == Type::texture3d ? TextureKind::texture3d : TextureKind::texture2darray;
}

// Of a picture that is used as it is.
bool fits(const ImageHandle& picture, const Cook& cook) {
  return picture->width() == cook.width_px && picture->height() == cook.height_px && picture->format() == cook.format;
}

// On the device where shaders run or the slices lie there: each is brought to it once, not all in every frame.
Result<ImageHandle> stack(Cook& cook, const std::vector<ImageHandle>& pictures, TextureKind kind, int newest) {
  const auto lies_there = [](const ImageHandle& p) { return p && p->device(); };
  const auto can = [&](const ImageHandle& p) { return !p || fits(p, cook); };
  const bool there = cook.gpu && (cook.gpu->in_use() || std::ranges::any_of(pictures, lies_there));
  if (there && std::ranges::all_of(pictures, can))
    return cook.gpu->stack({pictures, kind, cook.width_px, cook.height_px, cook.format, cook.aspect, newest});
  auto out = std::make_shared<Image>(cook.width_px, cook.height_px, cook.format, kind, int(pictures.size()));
  out->aspect = cook.aspect, out->newest_slice = newest;
  for (std::size_t i = 0; i < pictures.size(); ++i) {
    if (!pictures[i]) {
      std::fill_n(out->row(0, int(i)), out->slice_bytes(), std::byte(0));
      continue;
    }
    if (Status status = pictures[i]->fetch(); !status) return status.error();
    fit_into(pictures[i], cook.input_filter, *out, int(i));
  }
  return ImageHandle(out);
}

// The slices are the last inputs; the weight of the newest is 1.
Result<ImageHandle> cook(Cook& cook, const Pars& p, const Inputs<Image>& in) {
  const int slices = slices_of(p), first = in.size() - int(cook.weights.size());
  if (double(cook.width_px) * cook.height_px * slices > most_pixels)
    return cook.error("cachesize",
                      fmt::format("{} slices of {}x{} pixels are too many", slices, cook.width_px, cook.height_px),
                      "at most 2^30 pixels in all");
  std::vector<ImageHandle> pictures(std::size_t(slices), nullptr);
  int newest = 0;
  for (int i = 0; i < std::min(slices, int(cook.weights.size())); ++i) {
    pictures[std::size_t(i)] = in.handle(first + i);
    if (cook.weights[std::size_t(i)] == 1) newest = i;
  }
  return stack(cook, pictures, kind(p), newest);
}

Use use(const Pars&, const Connected&) { return {}; }
Time time_of(const Pars&) { return Time::animated; }

}  // namespace
}  // namespace cookline::texture3d_op

namespace cookline {

const OpDef& texture3d_top() {
  using namespace texture3d_op;
  static const OpDef op = Define<Pars, table>(Family::TOP, "texture3dTOP", "Texture 3D",
                                              "Keeps pictures of its input as slices of a volume or an array.")
                              .inputs(1, 1)
                              .takes_device_inputs()
                              .cook<&cook>()
                              .use<&use>()
                              .store<&store>()
                              .kind<&kind>("type")
                              .time_of<&time_of>();
  return op;
}

}  // namespace cookline
