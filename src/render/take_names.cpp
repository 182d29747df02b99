#include "render/take_names.h"

#include <fmt/format.h>

#include <unordered_set>

#include "base/text.h"
#include "io/atomic_file.h"

namespace cookline {
namespace fs = std::filesystem;
namespace {

constexpr const char* place = "--name";

// "60", "29.97", "23.976"
std::string rate_text(const Rate& rate) {
  if (rate.den == 1) return std::to_string(rate.num);
  std::string text = fmt::format("{:.3f}", rate.hz());
  while (text.ends_with('0')) text.pop_back();
  return text.ends_with('.') ? text.substr(0, text.size() - 1) : text;
}

// The pattern up to its last slash, and what follows. Errors: a folder for each frame.
Result<std::pair<std::string, NamePattern>> split_folder(const NamePattern& pattern) {
  std::string folder;
  NamePattern file = pattern;
  std::size_t last = file.size();
  for (std::size_t i = 0; i < file.size(); ++i)
    if (file[i].text.find('/') != std::string::npos) last = i;
  if (last == file.size()) return std::pair(folder, file);
  for (std::size_t i = 0; i < last; ++i) {
    if (file[i].token != NameToken::text)
      return usage_error(place, fmt::format("'{}' has {{frame}} or {{time}} in the name of a folder", to_text(pattern)),
                         "the images of a take lie in one folder: use them behind the last slash");
    folder += file[i].text;
  }
  const std::size_t slash = file[last].text.rfind('/');
  folder += file[last].text.substr(0, slash);
  file[last].text.erase(0, slash + 1);
  file.erase(file.begin(), file.begin() + std::ptrdiff_t(last));
  if (file[0].text.empty()) file.erase(file.begin());
  return std::pair(folder, file);
}

Error outside(const OutputFolder& folder, const std::string& name) {
  return usage_error(place, fmt::format("'{}' is not inside the output folder '{}'", name, folder.path.string()),
                     "names are relative to it, without '..' or links that lead out of it");
}

Error exists_already(const fs::path& path) {
  return project_error(
      path.string(), "this file exists already",
      "use --overwrite, another folder or name; cookline resume goes on with a take that was interrupted");
}

}  // namespace

Result<TakeNames> TakeNames::plan(Run& run, NodeId top, const SequenceOptions& options,
                                  std::span<const std::int64_t> frames) {
  TakeNames names;
  names.folder_ = run.options().folder;
  names.sink_ = run.engine().network().path(top);
  names.file_ = options.file;
  names.extension_ = info(options.type).extensions[0];
  names.take_ = options.take;
  names.movie_ = options.movie.has_value();
  names.rate_ = run.engine().options().rate;
  if (run.options().only) return names;
  if (!options.names.empty())
    if (Status status = names.use_pattern(run, top, options); !status) return status.error();
  // Of a movie the first frame has the name of all.
  if (Status status =
          names.check_names(run, options.movie ? frames.first(std::min<std::size_t>(1, frames.size())) : frames);
      !status)
    return status.error();
  if (Status status = names.check_log(run); !status) return status.error();
  return names;
}

Status TakeNames::use_pattern(Run& run, NodeId top, const SequenceOptions& options) {
  Result<NamePattern> parsed = parse_name_pattern(options.names, place);
  if (!parsed) return parsed.error();
  NamePattern pattern = replaced(*parsed, NameToken::op, run.engine().network().at(top).name);
  pattern = replaced(pattern, NameToken::take, std::to_string(take_));
  pattern = replaced(pattern, NameToken::rate, rate_text(rate_));
  if (has_token(pattern, NameToken::res)) {
    const Result<Engine::PictureInfo> picture = run.engine().picture_info(top);
    if (!picture) return picture.error();
    pattern = replaced(pattern, NameToken::res, fmt::format("{}x{}", picture->width_px, picture->height_px));
  }
  Result<std::pair<std::string, NamePattern>> split = split_folder(pattern);
  if (!split) return split.error();
  below_ = split->first, pattern_ = std::move(split->second);
  if (fs::path(options.names).is_absolute() || below_.is_absolute()) return outside(folder_, options.names);
  if (pattern_.empty())
    return usage_error(place, fmt::format("'{}' names a folder, not an image", options.names), "add {frame:04}");
  if (movie_) {
    if (has_token(pattern_, NameToken::frame) || has_token(pattern_, NameToken::time))
      return usage_error(place, fmt::format("a movie is one file for all frames: '{}'", options.names),
                         "leave {frame} and {time} out");
    const fs::path file = name_of_frame(pattern_, 0, rate_);
    extension_ = file.extension().string().substr(1);
    log_ = take_log_path((folder_.path / below_ / file).lexically_normal(), movie_suffix(), take_);
    return {};
  }
  const auto named = image_file_type_of(name_of_frame(pattern_, 0, rate_));
  if (named && *named != options.type)
    return usage_error(place,
                       fmt::format("'{}' is the name of a {} image, but --format is {}", options.names,
                                   info(*named).name, info(options.type).name),
                       "make the two agree");
  if (!named) pattern_.push_back({.token = NameToken::text, .text = "." + extension_});
  log_ = take_log_path((folder_.path / below_).lexically_normal(), pattern_, take_);
  return {};
}

// Seen from the output folder, unless it is absolute.
Result<std::string> TakeNames::name(std::int64_t frame) const {
  if (!pattern_.empty()) return (below_ / name_of_frame(pattern_, frame, rate_)).string();
  return complete_name(file_, suffix(frame), extension_);
}

std::string TakeNames::suffix(std::int64_t frame) const { return fmt::format("{}.{}.{}", take_, frame, extension_); }

std::string TakeNames::movie_suffix() const { return fmt::format("{}.{}", take_, extension_); }

Result<WrittenImage> TakeNames::image(std::int64_t frame) const {
  WrittenImage image{.path = {}, .sink = sink_, .suffix = {}, .take = take_, .index = frame, .frame = frame};
  const Result<std::string> own = name(frame);
  if (!own) return own.error();
  Result<fs::path> path = place_name({folder_.path, folder_.confined || !pattern_.empty()}, *own);
  if (!path) return pattern_.empty() ? path.error() : outside(folder_, *own);
  image.path = std::move(*path);
  if (movie_)
    image.index = 0, image.suffix = movie_suffix();
  else if (pattern_.empty())
    image.suffix = suffix(frame);
  else
    image.take_log = log_.string(), image.names = to_text(pattern_);
  return image;
}

// Frames are in order, so that of two with the same name one follows the other: only time may name several alike. All
// names are in the folder of the first one, so that only those which are taken there have to be looked at.
Status TakeNames::check_names(const Run& run, std::span<const std::int64_t> frames) const {
  const Result<WrittenImage> first = frames.empty() ? WrittenImage() : image(frames[0]);
  if (!first) return first.error();
  std::unordered_set<std::string> taken;
  std::error_code ignored;
  for (const fs::directory_entry& entry : fs::directory_iterator(first->path.parent_path(), ignored))
    taken.insert(entry.path().filename().string());
  std::string before;
  for (std::size_t i = 0; i < frames.size(); ++i) {
    const Result<std::string> own = name(frames[i]);
    if (!own) return own.error();
    if (*own == before)
      return usage_error(place, fmt::format("frames {} and {} would both be '{}'", frames[i - 1], frames[i], *own),
                         "tell them apart by {frame}");
    before = *own;
    if (!taken.contains(fs::path(*own).filename().string())) continue;
    const Result<WrittenImage> one = image(frames[i]);
    if (!one) return one.error();
    if (!run.options().write.overwrite && !run.options().cooperation && !run.has_image(one->path) &&
        fs::exists(one->path, ignored))
      return exists_already(one->path);
  }
  return {};
}

// Other names, or another operator of the same name, may have the same log, in which they would be stale files.
Status TakeNames::check_log(const Run& run) const {
  std::error_code ignored;
  if (log_.empty() || !run.options().log || !fs::exists(log_, ignored)) return {};
  const Result<TakeLog> before = read_take_log(log_);
  if (!before) return before.error();
  const TakeHeader& header = before->header;
  const std::string names = movie_ ? std::string() : to_text(pattern_);
  if (before->images.empty() || (header.sink == sink_ && header.names == names)) return {};
  return project_error(
      log_.string(),
      fmt::format("this is the log of a take of {} with images like {}, not of {} with images like {}", header.sink,
                  before->images.begin()->first, sink_, name_of_frame(pattern_, 0, rate_)),
      "use another folder, or a name with more to tell them apart");
}

}  // namespace cookline
