// The pictures of an image: one, or with the layers of an OpenEXR several, cooked together for one file. A device works
// on those of one or two frames while the pictures of the frames before are brought to memory, judged and handed over,
// in the order of the frames.
#include <fmt/format.h>

#include <algorithm>
#include <chrono>

#include "render/run.h"

namespace cookline {
namespace {

// What is known of the layers from their plans. The TOPs are those that the sink named when the frame was planned.
Status shape_layers(const std::vector<ShotLayer>& plans, ExrOptions& exr) {
  if (plans.size() != exr.layers.size())
    return project_error(exr.source + ".input", "the Additional Input TOPs changed while the image was being taken");
  for (std::size_t i = 0; i < plans.size(); ++i) {
    const PixelNode& picture = plans[i].plan->nodes[std::size_t(plans[i].plan->output)];
    ExrLayer& layer = exr.layers[i];
    layer.source = plans[i].path;
    layer.width_px = picture.width_px, layer.height_px = picture.height_px, layer.format = picture.format;
  }
  return {};
}

double seconds_since(std::chrono::steady_clock::time_point start) {
  return std::chrono::duration<double>(std::chrono::steady_clock::now() - start).count();
}

}  // namespace

Status Run::cook(const PixelPlanHandle& plan, const std::vector<ShotLayer>& layers, WrittenImage file,
                 ImageFileType type, const EncodeOptions& encode, Deliver deliver) {
  const PixelNode& picture = plan->nodes[std::size_t(plan->output)];
  file.width_px = picture.width_px, file.height_px = picture.height_px, file.format = picture.format;
  Coming coming{.job = {nullptr, std::move(file), type, encode}, .deliver = std::move(deliver)};
  ImageJob& job = coming.job;
  job.encode.exr.parts = options_.exr_parts;
  if (Status shaped = shape_layers(layers, job.encode.exr); !shaped) return shaped;
  if (type == ImageFileType::exr)
    if (Status fits = check_exr(job.encode.exr, picture.width_px, picture.height_px, picture.format); !fits)
      return fits;
  shapes_[job.file.sink] = {picture.width_px, picture.height_px, picture.format, job.encode.exr.layers};
  coming.plans.push_back(plan);
  for (const ShotLayer& layer : layers) coming.plans.push_back(layer.plan);
  coming.device = std::ranges::any_of(coming.plans, [](const auto& p) { return uses_device(*p); });
  if (options_.device && (coming.device || engine_.has_read_device())) job.file.device = options_.device();
  const Result<bool> wanted = is_wanted(job.file);
  if (!wanted) return wanted.error();
  coming.wanted = *wanted;
  coming.feedback = std::ranges::any_of(coming.plans, [&](const auto& p) { return engine_.has_feedback(*p); });
  if (coming.wanted || coming.feedback)
    if (Status status = start(coming); !status) return status;
  return expect(std::move(coming));
}

// What the next frame's plan depends on is cooked at once, as is what needs no device.
Status Run::start(Coming& coming) {
  const auto start = std::chrono::steady_clock::now();
  for (const PixelPlanHandle& plan : coming.plans)
    coming.cooks.push_back(
        std::make_unique<PixelCook>(plan, engine_.cache(), engine_.options().pixels, &engine_.counts));
  if (!coming.device || coming.feedback) return finish_cooks(coming);
  for (const auto& cook : coming.cooks) cook->start();
  coming.job.file.cook_s = seconds_since(start);
  return {};
}

// States are committed when all are cooked.
Status Run::finish_cooks(Coming& coming) {
  if (coming.cooks.empty()) return {};
  const auto start = std::chrono::steady_clock::now();
  std::vector<CookedPixels> all;
  for (const auto& cook : std::exchange(coming.cooks, {})) {
    Result<CookedPixels> cooked = cook->finish();
    if (!cooked) return failed(coming, cooked.error());
    if (coming.wanted) cooked->output->start_fetch();
    all.push_back(std::move(*cooked));
  }
  for (const CookedPixels& cooked : all) {
    engine_.commit(cooked);
    coming.pictures.push_back(cooked.output);
  }
  coming.job.file.cook_s += seconds_since(start);
  return {};
}

// What follows would depend on a picture that is not there.
Status Run::failed(Coming& coming, const Error& error) {
  if (coming.feedback) return error;
  coming.error = error;
  return {};
}

Status Run::expect(Coming coming) {
  coming_.push_back(std::move(coming));
  // The last one's device works while the script phase of the next frame runs, the one before is brought to memory
  // meanwhile. Who shares a take or wants one image alone looks at each before the next.
  const std::size_t newest = options_.cooperation || options_.only ? 0 : 1;
  return deliver(newest, 2 * newest);
}

// Does something when the pictures that are on their way have been delivered.
Status Run::after_pictures(std::function<Status()> action) {
  if (coming_.empty()) return action();
  coming_.push_back({.job = {}, .deliver = [action = std::move(action)](const ImageJob&) { return action(); }});
  return {};
}

Status Run::deliver_all() { return deliver(0, 0); }

// Finishes the cooks of all but the `newest`, then delivers those that are in memory, and of the others all but the
// last `waiting`. After an error none of them is written.
Status Run::deliver(std::size_t newest, std::size_t waiting) {
  Status status;
  for (std::size_t i = 0; status && i + newest < coming_.size(); ++i) status = finish_cooks(coming_[i]);
  while (status && !coming_.empty() && (coming_.size() > waiting || coming_.front().in_memory())) {
    Coming first = std::move(coming_.front());
    coming_.pop_front();
    Result<ImageJob> job = arrived(first);
    status = job ? first.deliver(std::move(*job)) : job.error();
  }
  if (!status) coming_.clear();
  return status;
}

bool Run::Coming::in_memory() const {
  return cooks.empty() && std::ranges::all_of(pictures, [](const ImageHandle& p) { return p->fetched(); });
}

// The pictures in memory, or what takes their place.
Result<ImageJob> Run::arrived(Coming& coming) {
  const auto start = std::chrono::steady_clock::now();
  for (std::size_t i = 0; coming.wanted && i < coming.pictures.size(); ++i) {
    const PixelPlan& plan = *coming.plans[i];
    const Status fetched = fetch_picture(*coming.pictures[i], plan.nodes[std::size_t(plan.output)].path);
    if (fetched) continue;
    if (Status status = failed(coming, fetched.error()); !status) return status.error();
  }
  if (coming.error) return replaced(options_.faults.error, *coming.error, std::move(coming.job));
  if (!coming.wanted || coming.pictures.empty()) return std::move(coming.job);
  coming.job.file.cook_s += seconds_since(start);
  for (std::size_t i = 1; i < coming.pictures.size(); ++i)
    coming.job.encode.exr.layers[i - 1].image = coming.pictures[i];
  return judge(coming.pictures.front(), std::move(coming.job));
}

std::vector<ImageHandle> pictures_of(const ImageJob& job) {
  std::vector<ImageHandle> pictures;
  if (job.image) pictures.push_back(job.image);
  for (const ExrLayer& layer : job.encode.exr.layers)
    if (layer.image) pictures.push_back(layer.image);
  return pictures;
}

Key hash_pixels(const ImageJob& job) {
  const std::vector<ImageHandle> pictures = pictures_of(job);
  if (pictures.size() == 1) return hash_pixels(*pictures.front());
  Hasher h;
  for (const ImageHandle& picture : pictures) h.add(hash_pixels(*picture));
  return h.key();
}

}  // namespace cookline
