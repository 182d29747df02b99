#include "render/take_log.h"

#include <fcntl.h>
#include <fmt/format.h>
#include <sys/file.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <fstream>
#include <nlohmann/json.hpp>
#include <span>

#include "base/text.h"
#include "io/atomic_file.h"
#include "io/file_bytes.h"
#include "io/image_file.h"

namespace cookline {
namespace fs = std::filesystem;
namespace {

using Json = nlohmann::ordered_json;
constexpr std::string_view log_extension = ".take.jsonl";

std::string text_of(const TakeHeader& h) {
  Json j{{"event", "take"},    {"engine", h.engine},    {"project", h.project},     {"recipe", Json::parse(h.recipe)},
         {"run", h.run},       {"source", h.source},    {"order", h.order},         {"sink", h.sink},
         {"take", h.take},     {"prefix", h.prefix},    {"extension", h.extension}, {"folder", h.folder},
         {"frames", h.frames}, {"rate", h.rate},        {"width", h.width_px},      {"height", h.height_px},
         {"format", h.format}, {"made_by", h.made_by()}};
  if (!h.names.empty()) j["names"] = h.names;
  return j.dump(-1, ' ', false, Json::error_handler_t::replace);
}

TakeHeader header_of(const Json& j) {
  TakeHeader h;
  h.engine = j.at("engine"), h.project = j.at("project"), h.recipe = j.at("recipe").dump(), h.order = j.at("order");
  h.run = j.at("run"), h.source = j.at("source");
  h.take = j.at("take"), h.prefix = j.at("prefix"), h.extension = j.at("extension"), h.folder = j.at("folder");
  h.frames = j.at("frames"), h.rate = j.at("rate"), h.width_px = j.at("width"), h.height_px = j.at("height"),
  h.format = j.at("format");
  h.sink = j.value("sink", std::string()), h.names = j.value("names", std::string());
  return h;
}

std::string text_of(const LoggedImage& i) {
  Json j{{"event", "image"}, {"name", i.name},   {"index", i.index},   {"frame", i.frame},      {"pixels", i.pixels},
         {"file", i.file},   {"bytes", i.bytes}, {"cook_s", i.cook_s}, {"encode_s", i.encode_s}};
  if (!i.warnings.empty()) j["warnings"] = i.warnings;
  if (!i.fault.empty()) j["fault"] = i.fault;
  j["made_by"] = i.made_by;
  return j.dump(-1, ' ', false, Json::error_handler_t::replace);
}

std::string text_of(const SkippedImage& i) {
  return Json{{"event", "skipped"}, {"name", i.name}, {"index", i.index}, {"frame", i.frame}, {"fault", i.fault}}.dump(
      -1, ' ', false, Json::error_handler_t::replace);
}

LoggedImage image_of(const Json& j) {
  LoggedImage i;
  i.name = j.at("name"), i.index = j.at("index"), i.frame = j.at("frame"), i.pixels = j.at("pixels"),
  i.file = j.at("file");
  i.bytes = j.at("bytes"), i.cook_s = j.at("cook_s"), i.encode_s = j.at("encode_s"), i.made_by = j.at("made_by");
  i.warnings = j.value("warnings", std::vector<std::string>()), i.fault = j.value("fault", std::string());
  if (i.name.empty() || i.name.find('/') != std::string::npos)
    throw std::invalid_argument("a name of no file in this folder");
  return i;
}

// One line; throws on what is no line of a log (caught by read_take_log).
void take_line(const std::string& text, TakeLog& log, bool& has_header) {
  const Json j = Json::parse(text);
  const std::string event = j.at("event");
  if (event == "take") {
    TakeHeader header = header_of(j);
    const bool alike = has_header && header.made_by() == log.header.made_by();
    log.frames =
        alike && !log.frames.empty() && !header.frames.empty() ? log.frames + "," + header.frames : header.frames;
    log.header = std::move(header);
    has_header = true;
    log.whole = false;
  } else if (event == "image") {
    LoggedImage image = image_of(j);
    const std::string name = image.name;
    log.skipped.erase(name);
    log.images.insert_or_assign(name, std::move(image));
    log.whole = false;  // images are being made again
  } else if (event == "skipped") {
    SkippedImage image{j.at("name"), j.at("index"), j.at("frame"), j.at("fault")};
    log.images.erase(image.name);
    const std::string name = image.name;
    log.skipped.insert_or_assign(name, std::move(image));
    log.whole = false;
  } else if (event == "end") {
    log.whole = true;
  }
}

// What follows the prefix of a take in the names of its files: "12.png", "png" of a single image, "take.jsonl" of its
// log. Another take may have a prefix that begins with this one ("look.0.b.3"), and be written right now.
bool names_part_of_take(std::string_view rest) {
  const std::string_view first = rest.substr(0, rest.find('.'));
  if (first.size() == rest.size() || rest == log_extension.substr(1)) return true;
  return first.find_first_not_of("0123456789") == std::string_view::npos &&
         rest.find('.', first.size() + 1) == std::string_view::npos;
}

// Whether this is the name of an image of the take, or of its log.
bool is_of_take(const TakeHeader& header, const std::string& log, std::string_view name) {
  if (!header.names.empty()) return name == log || header.index_of(name) >= 0 || name == header.name_of(0);
  const std::size_t before = log.size() - log_extension.size();
  return name.size() > before && name.substr(0, before + 1) == log.substr(0, before + 1) &&
         names_part_of_take(name.substr(before + 1));
}

// Temporary files of a run that was killed: "0.12.png.0123456789abcdef.tmp". Only called while the log is locked.
void remove_leftovers(const fs::path& log, const TakeHeader& header) {
  constexpr std::size_t ending = 21;  // a dot, 16 digits, ".tmp"
  std::error_code ignored;
  for (const fs::directory_entry& entry : fs::directory_iterator(log.parent_path(), ignored)) {
    const std::string name = entry.path().filename().string();
    if (!name.ends_with(".tmp") || name.size() < ending) continue;
    const std::string_view digits = std::string_view(name).substr(name.size() - ending + 1, 16);
    if (name[name.size() - ending] != '.' || digits.find_first_not_of("0123456789abcdef") != std::string_view::npos)
      continue;
    if (is_of_take(header, log.filename().string(), std::string_view(name).substr(0, name.size() - ending)))
      fs::remove(entry.path(), ignored);
  }
}

}  // namespace

std::string TakeHeader::made_by() const {
  Hasher h;
  return to_hex(h.text(engine).text(project).text(Json::parse(recipe).dump()).key());
}

namespace {

// The pattern of a header, and the rate by which it names times.
std::pair<NamePattern, Rate> names_of(const TakeHeader& header) {
  Result<NamePattern> pattern = parse_name_pattern(header.names, {});
  const std::size_t slash = header.rate.find('/');
  const double num = parse_number(header.rate.substr(0, slash)).value_or(0),
               den = slash == std::string::npos ? 1 : parse_number(header.rate.substr(slash + 1)).value_or(0);
  const bool rated = num >= 1 && den >= 1;
  return {pattern ? std::move(*pattern) : NamePattern(), rated ? Rate{std::int64_t(num), std::int64_t(den)} : Rate()};
}

}  // namespace

std::string TakeHeader::name_of(std::int64_t index) const {
  if (names.empty()) return fmt::format("{}.{}.{}", prefix, index, extension);
  const auto [pattern, by_rate] = names_of(*this);
  return name_of_frame(pattern, index, by_rate);
}

std::int64_t TakeHeader::index_of(std::string_view name) const {
  if (!names.empty()) {
    const auto [pattern, by_rate] = names_of(*this);
    return frame_of_name(pattern, name, by_rate);
  }
  const std::string before = prefix + ".", after = "." + extension;
  if (name.size() <= before.size() + after.size() || !name.starts_with(before) || !name.ends_with(after)) return -1;
  const std::string_view digits = name.substr(before.size(), name.size() - before.size() - after.size());
  if (digits.size() > 15 || digits.find_first_not_of("0123456789") != std::string_view::npos) return -1;
  return std::stoll(std::string(digits));
}

fs::path take_log_path(const fs::path& folder, const NamePattern& names, std::int64_t take) {
  std::string base;
  for (const NamePart& part : names) base += part.text;
  const fs::path name(base);
  if (image_file_type_of(name)) base = name.stem().string();
  while (!base.empty() && std::string_view("._- ").find(base.back()) != std::string_view::npos) base.pop_back();
  base.erase(0, base.find_first_not_of("._- "));
  if (base.empty() || image_file_type_of("x." + base)) base = std::to_string(take);
  return folder / (base + std::string(log_extension));
}

fs::path take_log_path(const fs::path& image, const std::string& suffix, std::int64_t take) {
  const std::string name = image.filename().string();
  const std::string base = name.ends_with(suffix) ? name.substr(0, name.size() - suffix.size()) + std::to_string(take)
                                                  : image.stem().string();
  return image.parent_path() / (base + std::string(log_extension));
}

Result<TakeLog> read_take_log(const fs::path& path) {
  std::ifstream file(path, std::ios::binary);
  if (!file) return file_error(path, "read", errno);
  TakeLog log{.path = path};
  bool has_header = false;
  for (std::string text; std::getline(file, text);) {
    if (text.empty()) continue;
    try {
      take_line(text, log, has_header);
    } catch (const std::exception&) {  // of nlohmann::json and image_of
      ++log.unreadable;
    }
  }
  if (!has_header)
    return Error{ErrorCode::verification, "this is not the log of a take: it has no header", path.string(),
                 "name an N.take.jsonl or the folder that has it"};
  return log;
}

Result<std::vector<fs::path>> find_take_logs(const fs::path& path) {
  std::error_code failed;
  if (!fs::is_directory(path, failed)) {
    if (fs::exists(path, failed)) return std::vector<fs::path>{path};
    return usage_error(path.string(), "there is no such folder or file",
                       "name a folder with images, or a N.take.jsonl in it");
  }
  std::vector<fs::path> logs;
  for (const fs::directory_entry& entry : fs::directory_iterator(path, failed))
    if (entry.path().filename().string().ends_with(log_extension)) logs.push_back(entry.path());
  if (failed) return file_error(path, "read", failed.value());
  if (logs.empty())
    return usage_error(path.string(), "there is no take in this folder: no N.take.jsonl",
                       "name the folder that the images are in");
  std::sort(logs.begin(), logs.end());
  return logs;
}

Result<std::unique_ptr<TakeLogWriter>> TakeLogWriter::open(const fs::path& path, const TakeHeader& header) {
  // A log is never without its first line, whenever the process may be killed.
  const std::string first = text_of(header) + "\n";
  std::error_code ignored;
  const bool made = !fs::exists(path, ignored);
  if (made)
    if (Status status = write_file(path, std::as_bytes(std::span(first))); !status) return status.error();
  const int fd = ::open(path.c_str(), O_RDWR | O_APPEND | O_CLOEXEC);
  if (fd < 0) return file_error(path, "written", errno);
  std::unique_ptr<TakeLogWriter> log(new TakeLogWriter(path, fd));
  if (::flock(fd, LOCK_EX | LOCK_NB) != 0) {
    if (errno == EWOULDBLOCK)
      return failure(path.string(), "another process is writing this take",
                     "wait for it, or give another folder or number");
    if (errno != ENOLCK && errno != EOPNOTSUPP) return file_error(path, "locked", errno);
  }
  // A line that a killed run left half written must not swallow the next one.
  char last = '\n';
  const off_t size = ::lseek(fd, 0, SEEK_END);
  if (size > 0 && ::pread(fd, &last, 1, size - 1) != 1) return file_error(path, "read", errno);
  if (last != '\n')
    if (::write(fd, "\n", 1) != 1) return file_error(path, "written", errno);
  remove_leftovers(path, header);
  log->made_by_ = header.made_by();
  if (made) return log;
  const Result<TakeLog> before = read_take_log(path);
  if (before && before->header.made_by() == header.made_by() && before->frames == header.frames) return log;
  if (Status status = log->line(text_of(header)); !status) return status.error();
  return log;
}

TakeLogWriter::~TakeLogWriter() { ::close(fd_); }

Status TakeLogWriter::image(const LoggedImage& image) {
  LoggedImage made = image;
  made.made_by = made_by_;
  return line(text_of(made));
}

Status TakeLogWriter::skipped(const SkippedImage& image) { return line(text_of(image)); }

Status TakeLogWriter::end() { return line(R"({"event":"end"})"); }

Status TakeLogWriter::line(const std::string& text) {
  std::lock_guard lock(mutex_);
  const std::string whole = text + "\n";
  for (std::size_t done = 0; done < whole.size();) {
    const ssize_t n = ::write(fd_, whole.data() + done, whole.size() - done);
    if (n < 0 && errno == EINTR) continue;
    if (n < 0) return file_error(path_, "written", errno);
    done += std::size_t(n);
  }
  return {};
}

}  // namespace cookline
