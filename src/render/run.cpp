#include "render/run.h"

#include <fmt/format.h>

#include <algorithm>
#include <chrono>
#include <set>
#include <utility>

#include "render/encode_options.h"

namespace cookline {
namespace fs = std::filesystem;

// More logs are never open at a time: takes may be thousands.
constexpr std::size_t most_logs = 32;

static std::function<std::string(const WrittenImage&)> describer(const std::optional<RunProvenance>& run) {
  if (!run) return {};
  // What took the place of a picture was not made as the picture is.
  return [run = *run](const WrittenImage& image) { return image.fault.empty() ? provenance_text(run, image) : ""; };
}

Run::Run(Engine& engine, RunOptions options)
    : engine_(engine),
      options_(std::move(options)),
      writer_({.overwrite = options_.write.overwrite || options_.cooperation, .sync = options_.write.sync},
              options_.queue_bytes,
              {.provenance = describer(options_.provenance),
               .on_written = [this](const WrittenImage& image) { return note(image); }}) {
  engine_.options().tell_plan_errors = options_.faults.error != OnFault::stop;
  engine_.unique_take = [this](NodeId sink, std::int64_t n) { return number_of_take(sink, n); };
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

std::int64_t Run::number_of_take(NodeId sink, std::int64_t n) {
  const std::int64_t order = numbered_++;
  orders_[engine_.network().path(sink)] = order;
  if (const auto before = options_.take_numbers.find(order); before != options_.take_numbers.end())
    return before->second;
  const Result<Value> file = engine_.eval(sink, "file");
  if (!file) return n;
  if (options_.cooperation && !failed_between_)
    failed_between_ = project_error(engine_.network().path(sink) + ".uniquesuff",
                                    "processes that share a take cannot each look for a free number",
                                    "turn Unique Suffix off, or leave --cooperate out");
  // Images of the take before may still be on their way to the disk; if one fails, the next image tells.
  if (Status status = deliver_all(); !status) failed_between_ = status.error();
  (void)writer_.finish();
  const std::string suffix = engine_.file_suffix(sink);
  const std::size_t dot = suffix.rfind('.');
  const Result<std::string> name = complete_name(to_text(*file), suffix, suffix.substr(dot + 1));
  const Result<fs::path> path = name ? place_name(options_.folder, *name) : Result<fs::path>(name.error());
  return path ? first_free_take(*path, n) : n;
}

Status Run::frame(std::int64_t index) {
  if (Status status = engine_.script_phase({index, engine_.options().rate}); !status) return status;
  if (failed_between_) return *failed_between_;
  if (Status status = write_requests(); !status) return status;
  only_passed_ = options_.only && index >= options_.only->frame && held_.empty();
  return {};
}

Status Run::write_requests() {
  for (const ShotRequest& request : engine_.take_requests())
    if (Status status = write_request(request); !status) return status;
  return {};
}

Result<fs::path> Run::path_of(const ShotRequest& request) {
  if (options_.only) return options_.folder.path / options_.only->name;
  const std::string where = request.sink_path + ".file";
  Result<std::string> name = complete_name(request.file, request.image.suffix, request.image.extension);
  Result<fs::path> path = name ? place_name(options_.folder, *name) : Result<fs::path>(name.error());
  if (path) return path;
  Error error = path.error();
  error.where = where + (error.where.empty() ? "" : " (" + error.where + ")");
  return error;
}

Status Run::write_request(const ShotRequest& request) {
  if (request.image.movie) return write_movie(request);
  if (request.image.when == ImageRequest::When::release) {
    if (Status status = deliver_all(); !status) return status;
    auto held = held_.extract(request.sink_path);
    return held ? submit(std::move(held.mapped())) : project_error(request.sink_path, "it holds no image to write");
  }
  Result<fs::path> path = path_of(request);
  if (!path) return path.error();
  const auto type = image_file_type_of("x." + request.image.extension);
  if (!type) return project_error(request.sink_path, fmt::format("'{}' is not an image type", request.image.extension));
  const Result<EncodeOptions> encode = encode_options(engine_, request.sink, *type);
  if (!encode) return encode.error();
  const auto order = orders_.find(request.sink_path);
  WrittenImage file{.path = *path,
                    .sink = request.sink_path,
                    .suffix = request.image.suffix,
                    .take = request.image.take,
                    .index = request.image.index,
                    .frame = request.frame.index,
                    .order = order == orders_.end() ? -1 : order->second};
  Deliver deliver = [this](ImageJob job) { return submit(std::move(job)); };
  if (request.image.when != ImageRequest::When::now)
    deliver = [this, sink = request.sink_path](ImageJob job) {
      held_.insert_or_assign(sink, std::move(job));
      return Status();
    };
  if (request.plan) return cook(request.plan, request.layers, std::move(file), *type, *encode, std::move(deliver));
  return stand_in(*request.error, {nullptr, std::move(file), *type, *encode}, deliver);
}

std::string Run::absolute_name(const fs::path& path) {
  std::error_code ignored;
  return fs::absolute(path, ignored).lexically_normal().string();
}

bool Run::has_image(const fs::path& path) const {
  return !options_.done.empty() && options_.done.contains(absolute_name(path));
}

// Whether its pixels are.
Result<bool> Run::is_wanted(WrittenImage& file) {
  if (options_.cooperation && !file.movie) {
    const Result<SharedTake*> take = share(file);
    return take ? (*take)->wants(file.index, file.path.filename().string()) : Result<bool>(take.error());
  }
  if (!options_.only) return !has_image(file.path);
  const OneImage& only = *options_.only;
  return file.sink == only.sink && file.take == only.take && file.index == only.index && file.frame == only.frame;
}

// A name is written once in a run, and never over a file that was there before.
Status Run::claim(const fs::path& path) {
  Hasher hasher;
  if (!claimed_.insert(hasher.text(path.string()).key().low).second)
    return project_error(path.string(), "this run has written this file already",
                         "two takes need two numbers: count N, or turn Unique Suffix on");
  if (options_.cooperation) return {};  // others may just have written it, and what they write is the same
  kept_ += has_image(path);
  std::error_code ignored;
  if (!options_.write.overwrite && !has_image(path) && fs::exists(path, ignored))
    return project_error(
        path.string(), "this file exists already",
        "use --overwrite, another folder, or Unique Suffix; cookline resume goes on with a take that was interrupted");
  return {};
}

Status Run::submit_only(ImageJob job) {
  if (!job.image) return {};
  only_hash_ = to_hex(hash_pixels(job));
  if (!options_.only->write) return {};
  job.encode.png_effort = options_.png_effort;
  return writer_.submit(std::move(job));
}

Status Run::submit(ImageJob job) {
  if (options_.only) return submit_only(std::move(job));
  if (Status status = claim(job.file.path); !status) return status;
  if (options_.cooperation) return submit_shared(std::move(job));
  if (Status status = open_log(job); !status) return status;
  if (Status status = look_for_repeats(job); !status) return status;
  if (job.file.skipped) return note_skipped(job.file);
  job.encode.png_effort = options_.png_effort;
  if (!job.image) return {};
  ++pictures_;
  return writer_.submit(std::move(job));
}

Status Run::submit_shared(ImageJob job) {
  const Result<SharedTake*> take = share(job.file);
  if (!take) return take.error();
  if (Status status = look_for_repeats(job); !status) return status;
  if (job.file.skipped) return note_skipped(job.file);
  if (!job.image) {
    (*take)->leave_image(job.file.index, job.file.path.filename().string());
    ++kept_;
    return {};
  }
  (*take)->begin_image(job.file.index);
  ++pictures_;
  job.encode.png_effort = options_.png_effort;
  return writer_.submit(std::move(job));
}

// Of the frames that are left, those whose images are there already make no picture.
void Run::report(double done, double frames_left, double images_left) {
  const auto now = std::chrono::steady_clock::now();
  pace_.frame(std::chrono::duration<double>(now - std::exchange(frame_start_, now)).count(),
              std::exchange(pictures_before_, pictures_) < pictures_);
  if (!options_.on_frame) return;
  // Of a shared take others go on to make as much as they have.
  const double others = options_.cooperation && images() > 0 ? images_left * double(kept_) / double(images()) : 0,
               there = others + std::max(0.0, double(std::int64_t(options_.done.size()) - kept_)),
               made = std::clamp(images_left - there, 0.0, std::max(0.0, frames_left));
  options_.on_frame({done, frames_left < 0 ? -1 : pace_.left_s(made, frames_left - made)});
}

fs::path Run::log_of(const WrittenImage& file) {
  return file.names.empty() ? take_log_path(file.path, file.suffix, file.take) : fs::path(file.take_log);
}

TakeHeader Run::header_of(const WrittenImage& file, const fs::path& log) const {
  TakeHeader header = *options_.log;
  header.sink = file.sink, header.names = file.names;
  header.take = file.take, header.order = file.order;
  const std::string log_name = log.filename().string();
  header.prefix = log_name.substr(0, log_name.find(".take.jsonl"));
  header.extension = file.path.extension().string().substr(1);
  header.folder = options_.folder.confined
                      ? log.parent_path().lexically_relative(options_.folder.path.lexically_normal()).string()
                      : "";
  header.rate = fmt::format("{}/{}", engine_.options().rate.num, engine_.options().rate.den);
  header.width_px = file.width_px, header.height_px = file.height_px;
  header.format = std::string(info(file.format).name);
  header.device = file.device;
  return header;
}

// The take of an image, for this and other processes.
Result<SharedTake*> Run::share(WrittenImage& file) {
  const fs::path log = log_of(file);
  file.take_log = log.string();
  if (SharedTake* const take = options_.cooperation->find(file.take_log)) return take;
  return options_.cooperation->take(log, header_of(file, log), options_.media);
}

// Opens the log of an image's take, if it is not open.
Status Run::open_log(ImageJob& job) {
  if (!options_.log) return {};
  const fs::path path = log_of(job.file);
  job.file.take_log = path.string();
  {
    std::lock_guard lock(logs_mutex_);
    if (logs_.contains(job.file.take_log)) return {};
  }
  if (logs_.size() >= most_logs)
    if (Status status = close_logs(); !status) return status;
  TakeHeader header = header_of(job.file, path);
  Result<std::unique_ptr<TakeLogWriter>> log = TakeLogWriter::open(path, header, options_.media);
  if (!log) return log.error();
  headers_[job.file.take_log] = std::move(header);
  std::lock_guard lock(logs_mutex_);
  logs_[job.file.take_log] = std::move(*log);
  return {};
}

Status Run::note(const WrittenImage& image) {
  if (!image.take_log.empty()) {
    SharedTake* const shared = options_.cooperation ? options_.cooperation->find(image.take_log) : nullptr;
    std::lock_guard lock(logs_mutex_);
    const LoggedImage logged{image.path.filename().string(),
                             image.index,
                             image.frame,
                             image.pixel_hash,
                             image.file_hash,
                             image.bytes,
                             image.cook_s,
                             image.encode_s,
                             image.warnings,
                             image.fault,
                             {}};
    Status status = shared ? shared->image(logged) : logs_.at(image.take_log)->image(logged);
    if (!status) return status;
  }
  if (options_.on_written) options_.on_written(image);
  return {};
}

// Waits for the images and closes the logs. A take that goes on opens its log again.
Status Run::close_logs() {
  if (Status status = writer_.finish(); !status) return status;
  std::lock_guard lock(logs_mutex_);
  logs_.clear();
  return {};
}

Status Run::write(const PixelPlanHandle& plan, WrittenImage file, ImageFileType type, const EncodeOptions& encode) {
  if (options_.only) file.path = options_.folder.path / options_.only->name;
  return cook(plan, {}, std::move(file), type, encode, [this](ImageJob job) { return submit(std::move(job)); });
}

Status Run::finish() {
  const Status delivered = deliver_all();
  const Status movies = close_movies(false);
  const Status images = writer_.finish();
  return !delivered ? delivered : images ? movies : images;
}

Status Run::finish_takes() {
  if (Status status = deliver_all(); !status) return status;
  if (Status status = close_movies(true); !status) return status;
  if (Status status = close_logs(); !status) return status;
  std::set<fs::path> folders;
  if (options_.cooperation) options_.cooperation->note_whole();
  for (const auto& [path, header] : headers_) folders.insert(fs::path(path).parent_path());
  // The end of a take is only said of images that are on disk.
  if (options_.write.sync == Sync::take)
    for (const fs::path& folder : folders)
      if (Status status = sync_folder(folder); !status) return status;
  for (const auto& [path, header] : headers_) {
    const Result<std::unique_ptr<TakeLogWriter>> log = TakeLogWriter::open(path, header);
    if (!log) return log.error();
    if (Status status = (*log)->end(); !status) return status;
  }
  return {};
}

}  // namespace cookline
