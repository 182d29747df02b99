// The pictures of an image: one, or with the layers of an OpenEXR several, cooked together for one file.
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

}  // namespace

Result<ImageJob> Run::cook(const PixelPlan& plan, const std::vector<ShotLayer>& layers, WrittenImage file,
                           ImageFileType type, const EncodeOptions& encode) {
  const PixelNode& picture = plan.nodes[std::size_t(plan.output)];
  file.width_px = picture.width_px, file.height_px = picture.height_px, file.format = picture.format;
  ImageJob job{nullptr, std::move(file), type, encode};
  job.encode.exr.parts = options_.exr_parts;
  if (Status shaped = shape_layers(layers, job.encode.exr); !shaped) return shaped.error();
  if (type == ImageFileType::exr)
    if (Status fits = check_exr(job.encode.exr, picture.width_px, picture.height_px, picture.format); !fits)
      return fits.error();
  shapes_[job.file.sink] = {picture.width_px, picture.height_px, picture.format, job.encode.exr.layers};
  const Result<bool> wanted = is_wanted(job.file);
  if (!wanted) return wanted.error();
  const bool done = !*wanted;
  const auto feeds_back = [&](const ShotLayer& layer) { return engine_.has_feedback(*layer.plan); };
  const bool feedback = engine_.has_feedback(plan) || std::any_of(layers.begin(), layers.end(), feeds_back);
  if (done && !feedback) return job;
  const auto start = std::chrono::steady_clock::now();
  Result<ImageHandle> cooked = cook_pictures(plan, layers, job.encode.exr);
  // What follows would depend on a picture that is not there.
  if (!cooked && feedback) return cooked.error();
  if (!cooked) return replaced(options_.faults.error, cooked.error(), std::move(job));
  job.file.cook_s = std::chrono::duration<double>(std::chrono::steady_clock::now() - start).count();
  if (done) return job;
  return judge(std::move(*cooked), std::move(job));
}

// The picture itself; those of the layers go into the options. States are committed when all are cooked.
Result<ImageHandle> Run::cook_pictures(const PixelPlan& plan, const std::vector<ShotLayer>& layers, ExrOptions& exr) {
  const PixelOptions& options = engine_.options().pixels;
  std::vector<CookedPixels> all;
  Result<CookedPixels> first = cook_pixels(plan, engine_.cache(), options, &engine_.counts);
  if (!first) return first.error();
  all.push_back(std::move(*first));
  for (std::size_t i = 0; i < layers.size(); ++i) {
    Result<CookedPixels> cooked = cook_pixels(*layers[i].plan, engine_.cache(), options, &engine_.counts);
    if (!cooked) return cooked.error();
    exr.layers[i].image = cooked->output;
    all.push_back(std::move(*cooked));
  }
  for (const CookedPixels& cooked : all) engine_.commit(cooked);
  return all.front().output;
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
