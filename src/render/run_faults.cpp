// What a run does about pictures that went wrong or look as if, by its policy. All of it is decided on the thread that
// cooks, in the order of the images, so that it does not depend on which image is written first.
#include <fmt/format.h>

#include "render/run.h"

namespace cookline {

// What takes the place of a picture that there is not: nothing, black, or the end of the run.
Result<ImageJob> Run::replaced(OnFault how, const Error& error, ImageJob job) {
  // A movie without one of its pictures would be out of time.
  if (job.file.movie || error.code == ErrorCode::stopped || (how != OnFault::skip && how != OnFault::black))
    return error;
  job.file.fault = to_string(error);
  job.file.skipped = how == OnFault::skip;
  if (how == OnFault::black) {
    const auto black = [](int width_px, int height_px, PixelFormat format) {
      return std::make_shared<const Image>(black_image(width_px, height_px, format));
    };
    job.image = black(job.file.width_px, job.file.height_px, job.file.format);
    for (ExrLayer& layer : job.encode.exr.layers) layer.image = black(layer.width_px, layer.height_px, layer.format);
  }
  ++faulty_;
  if (engine_.log)
    engine_.log(
        {LogLevel::warning, job.file.path.string(),
         fmt::format("{}: {}", job.file.skipped ? "skipped" : "black in place of the picture", job.file.fault)});
  return job;
}

// Of a picture without a plan not even the size is known, but that of the one before.
Result<ImageJob> Run::unplanned(const Error& error, ImageJob job) {
  const Result<bool> wanted = is_wanted(job.file);
  if (!wanted) return wanted.error();
  if (!*wanted) return job;
  // What follows would depend on a picture that is not there.
  if (!engine_.snapshot().pictures.empty()) return error;
  const auto shape = shapes_.find(job.file.sink);
  ExrOptions& exr = job.encode.exr;
  const bool known = shape != shapes_.end() && shape->second.layers.size() == exr.layers.size();
  if (!known && options_.faults.error == OnFault::black) {
    Error unsized = error;
    unsized.hint = "no picture before it tells how large a black one would be; --on-error skip leaves it out";
    return unsized;
  }
  if (known) {
    job.file.width_px = shape->second.width_px, job.file.height_px = shape->second.height_px;
    job.file.format = shape->second.format;
    exr.layers = shape->second.layers, exr.parts = options_.exr_parts;
  }
  return replaced(options_.faults.error, error, std::move(job));
}

// In the place of a picture without a plan, behind those that are on their way.
Status Run::stand_in(const Error& error, ImageJob job, const Deliver& deliver) {
  if (Status status = deliver_all(); !status) return status;
  Result<ImageJob> made = unplanned(error, std::move(job));
  return made ? deliver(std::move(*made)) : made.error();
}

Status Run::write_fault(const Error& error, WrittenImage file, ImageFileType type, const EncodeOptions& encode) {
  if (options_.only) return error;
  return stand_in(error, {nullptr, std::move(file), type, encode},
                  [this](ImageJob job) { return submit(std::move(job)); });
}

// A warning is kept with the image; anything else ends the run.
Status Run::warn(WrittenImage& file, OnFault how, const Error& error) {
  if (how != OnFault::warn) return error;
  file.warnings.push_back(error.what);
  if (engine_.log) engine_.log({LogLevel::warning, error.where, error.what});
  return {};
}

// Cooked pictures: are their pixels numbers?
Result<ImageJob> Run::judge(ImageHandle image, ImageJob job) {
  std::int64_t pixels = count_nonfinite_pixels(*image);
  for (const ExrLayer& layer : job.encode.exr.layers) pixels += count_nonfinite_pixels(*layer.image);
  if (pixels > 0) {
    const Error error = project_error(job.file.path.string(),
                                      fmt::format("{} pixel{} of frame {} {} infinite or NaN", pixels,
                                                  pixels == 1 ? "" : "s", job.file.frame, pixels == 1 ? "is" : "are"),
                                      "find the operator that divides by zero; --on-nan warn writes such images");
    if (options_.faults.nan != OnFault::warn) return replaced(options_.faults.nan, error, std::move(job));
    if (Status status = warn(job.file, options_.faults.nan, error); !status) return status.error();
  }
  job.image = std::move(image);
  return job;
}

// Black pictures, and those that are the same as the one before in their take. Images that are there already count, so
// that a run which goes on finds what an undisturbed one does.
Status Run::look_for_repeats(ImageJob& job) {
  const FaultPolicy& policy = options_.faults;
  WrittenImage& file = job.file;
  if (policy.duplicate != OnFault::allow) {
    std::string& before = last_pixels_[fmt::format("{} {}", file.sink, file.take)];
    std::string now;
    if (job.image && file.fault.empty())
      now = file.pixel_hash = to_hex(hash_pixels(job));
    else if (const auto done = options_.done.find(absolute_name(file.path)); done != options_.done.end())
      now = done->second;
    const bool same = job.image && !now.empty() && now == before;
    before = now;
    if (same)
      if (Status status = warn(file, policy.duplicate,
                               project_error(file.path.string(), "has the same pixels as the image before it"));
          !status)
        return status;
  }
  if (policy.black == OnFault::allow || !job.image || !file.fault.empty()) return {};
  for (const ImageHandle& picture : pictures_of(job))
    if (!is_black(*picture)) return {};
  return warn(file, policy.black, project_error(file.path.string(), "is all black"));
}

Status Run::note_skipped(const WrittenImage& image) {
  if (image.take_log.empty()) return {};
  const SkippedImage skipped{image.path.filename().string(), image.index, image.frame, image.fault};
  if (options_.cooperation) return options_.cooperation->find(image.take_log)->skipped(skipped);
  std::lock_guard lock(logs_mutex_);
  return logs_.at(image.take_log)->skipped(skipped);
}

}  // namespace cookline
