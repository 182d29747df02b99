#include "render/run.h"

#include <fmt/format.h>

namespace cookline {
namespace fs = std::filesystem;

Run::Run(Engine& engine, RunOptions options)
    : engine_(engine), options_(std::move(options)), writer_(options_.write, options_.queue_bytes, options_.on_written) {
  engine_.unique_take = [this](NodeId sink, std::int64_t n) {
    const Result<Value> file = engine_.eval(sink, "file");
    if (!file) return n;
    // Images of the take before may still be on their way to the disk; if one fails, the next image tells.
    (void)writer_.finish();
    const std::string suffix = engine_.file_suffix(sink);
    const std::size_t dot = suffix.rfind('.');
    const Result<std::string> name = complete_name(to_text(*file), suffix, suffix.substr(dot + 1));
    const Result<fs::path> path = name ? place_name(options_.folder, *name) : Result<fs::path>(name.error());
    return path ? first_free_take(*path, n) : n;
  };
  // Between frames it is a script that asks, and only an error ends its loop.
  engine_.write_requests = [this]() -> Status {
    if (stop_asked()) return Error{ErrorCode::stopped, "stopped on request"};
    return write_requests();
  };
}

Run::~Run() {
  engine_.unique_take = {};
  engine_.write_requests = {};
}

Status Run::frame(std::int64_t index) {
  if (Status status = engine_.script_phase({index, engine_.options().rate}); !status) return status;
  return write_requests();
}

Status Run::write_requests() {
  for (const ShotRequest& request : engine_.take_requests())
    if (Status status = write_request(request); !status) return status;
  return {};
}

Result<fs::path> Run::path_of(const ShotRequest& request) {
  const std::string where = request.sink_path + ".file";
  Result<std::string> name = complete_name(request.file, request.image.suffix, request.image.extension);
  Result<fs::path> path = name ? place_name(options_.folder, *name) : Result<fs::path>(name.error());
  if (path) return path;
  Error error = path.error();
  error.where = where + (error.where.empty() ? "" : " (" + error.where + ")");
  return error;
}

Status Run::write_request(const ShotRequest& request) {
  if (request.image.when == ImageRequest::When::release) {
    auto held = held_.extract(request.sink_path);
    return held ? submit(std::move(held.mapped())) : project_error(request.sink_path, "it holds no image to write");
  }
  Result<fs::path> path = path_of(request);
  if (!path) return path.error();
  const auto type = image_file_type_of("x." + request.image.extension);
  if (!type) return project_error(request.sink_path, fmt::format("'{}' is not an image type", request.image.extension));
  if (Status status = can_write(*type); !status) {
    Error error = status.error();
    error.where = request.sink_path + ".imagefiletype";
    error.code = ErrorCode::project;
    return error;
  }
  EncodeOptions encode;
  const Result<Value> quality = engine_.eval(request.sink, "quality");
  if (!quality) return quality.error();
  encode.quality = to_double(*quality);
  Result<ImageJob> job =
      cook(*request.plan, {*path, request.image.take, request.image.index, request.frame.index}, *type, encode);
  if (!job) return job.error();
  if (request.image.when == ImageRequest::When::now) return submit(std::move(*job));
  held_.insert_or_assign(request.sink_path, std::move(*job));
  return {};
}

// A name is written once in a run, and never over a file that was there before.
Status Run::claim(const fs::path& path) {
  Hasher hasher;
  if (!claimed_.insert(hasher.text(path.string()).key().low).second)
    return project_error(path.string(), "this run has written this file already", "two takes need two numbers: count N, or turn Unique Suffix on");
  std::error_code ignored;
  if (!options_.write.overwrite && fs::exists(path, ignored))
    return project_error(path.string(), "this file exists already", "use --overwrite, another folder, or Unique Suffix");
  return {};
}

Result<ImageJob> Run::cook(const PixelPlan& plan, WrittenImage file, ImageFileType type, const EncodeOptions& encode) {
  Result<CookedPixels> cooked = cook_pixels(plan, engine_.cache(), engine_.options().pixels, &engine_.counts);
  if (!cooked) return cooked.error();
  engine_.commit(*cooked);
  return ImageJob{cooked->output, std::move(file), type, encode};
}

Status Run::submit(ImageJob job) {
  if (Status status = claim(job.file.path); !status) return status;
  return writer_.submit(std::move(job));
}

Status Run::write(const PixelPlan& plan, WrittenImage file, ImageFileType type, const EncodeOptions& encode) {
  Result<ImageJob> job = cook(plan, std::move(file), type, encode);
  return job ? submit(std::move(*job)) : job.error();
}

Status Run::finish() { return writer_.finish(); }

}  // namespace cookline
