#include "render/take_log.h"

#include <fmt/format.h>

#include <algorithm>
#include <cerrno>
#include <fstream>
#include <nlohmann/json.hpp>

#include "base/text.h"
#include "io/atomic_file.h"
#include "io/file_bytes.h"
#include "io/image_file.h"

namespace cookline {
namespace fs = std::filesystem;
namespace {

using Json = nlohmann::ordered_json;

TakeHeader header_of(const Json& j) {
  TakeHeader h;
  h.engine = j.at("engine"), h.project = j.at("project"), h.recipe = j.at("recipe").dump(), h.order = j.at("order");
  h.run = j.at("run"), h.source = j.at("source");
  h.take = j.at("take"), h.prefix = j.at("prefix"), h.extension = j.at("extension"), h.folder = j.at("folder");
  h.frames = j.at("frames"), h.rate = j.at("rate"), h.width_px = j.at("width"), h.height_px = j.at("height"),
  h.format = j.at("format");
  h.sink = j.value("sink", std::string()), h.names = j.value("names", std::string());
  h.device = j.value("device", std::string());
  return h;
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

UsedFile used_file_of(const Json& j) {
  return {j.at("file"), j.value("images", std::int64_t(0)), j.value("bytes", std::uint64_t(0)), j.at("hash")};
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
  } else if (event == "media") {
    UsedFile file = used_file_of(j);
    const auto before = log.media.find(file.name);
    if (j.value("changed", false) && before != log.media.end() && before->second != file)
      for (auto& [name, image] : log.images) image.changed_file = file.name;
    const std::string name = file.name;
    log.media.insert_or_assign(name, std::move(file));
  } else if (event == "end") {
    log.whole = true;
  }
}

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

std::string line_of(const TakeHeader& h) {
  Json j{{"event", "take"},    {"engine", h.engine},    {"project", h.project},     {"recipe", Json::parse(h.recipe)},
         {"run", h.run},       {"source", h.source},    {"order", h.order},         {"sink", h.sink},
         {"take", h.take},     {"prefix", h.prefix},    {"extension", h.extension}, {"folder", h.folder},
         {"frames", h.frames}, {"rate", h.rate},        {"width", h.width_px},      {"height", h.height_px},
         {"format", h.format}, {"made_by", h.made_by()}};
  if (!h.names.empty()) j["names"] = h.names;
  if (!h.device.empty()) j["device"] = h.device;
  return j.dump(-1, ' ', false, Json::error_handler_t::replace);
}

std::string line_of(const LoggedImage& i) {
  Json j{{"event", "image"}, {"name", i.name},   {"index", i.index},   {"frame", i.frame},      {"pixels", i.pixels},
         {"file", i.file},   {"bytes", i.bytes}, {"cook_s", i.cook_s}, {"encode_s", i.encode_s}};
  if (!i.warnings.empty()) j["warnings"] = i.warnings;
  if (!i.fault.empty()) j["fault"] = i.fault;
  j["made_by"] = i.made_by;
  return j.dump(-1, ' ', false, Json::error_handler_t::replace);
}

std::string line_of(const SkippedImage& i) {
  return Json{{"event", "skipped"}, {"name", i.name}, {"index", i.index}, {"frame", i.frame}, {"fault", i.fault}}.dump(
      -1, ' ', false, Json::error_handler_t::replace);
}

std::string TakeHeader::made_by() const {
  Hasher h;
  h.text(engine).text(project).text(Json::parse(recipe).dump());
  if (!device.empty()) h.text(device);
  return to_hex(h.key());
}

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
  return folder / (base + std::string(take_log_extension));
}

fs::path take_log_path(const fs::path& image, const std::string& suffix, std::int64_t take) {
  const std::string name = image.filename().string();
  const std::string base = name.ends_with(suffix) ? name.substr(0, name.size() - suffix.size()) + std::to_string(take)
                                                  : image.stem().string();
  return image.parent_path() / (base + std::string(take_log_extension));
}

namespace {

// What others know of a take that is being shared, or was when all of them were killed. What the log has already, as
// when its end was written, is no news.
void add_parts(TakeLog& log) {
  TakeLog parts{.path = log.path, .header = log.header};
  bool has_header = true;
  read_log_lines(lines_of_parts(log.path), parts, has_header);
  for (auto& [name, image] : parts.images) {
    const auto known = log.images.find(name);
    if (known != log.images.end() && known->second.file == image.file && known->second.made_by == image.made_by)
      continue;
    log.skipped.erase(name);
    log.images.insert_or_assign(name, std::move(image));
    log.whole = false;
  }
  for (auto& [name, image] : parts.skipped)
    if (!log.images.contains(name) && log.skipped.emplace(name, std::move(image)).second) log.whole = false;
  for (auto& [name, file] : parts.media) log.media.insert_or_assign(name, std::move(file));
  log.unreadable += parts.unreadable;
}

}  // namespace

void read_log_lines(std::string_view lines, TakeLog& log, bool& has_header) {
  while (!lines.empty()) {
    const std::size_t size = std::min(lines.find('\n'), lines.size());
    const std::string line(lines.substr(0, size));
    lines.remove_prefix(std::min(size + 1, lines.size()));
    if (line.empty()) continue;
    try {
      take_line(line, log, has_header);
    } catch (const std::exception&) {  // of nlohmann::json and image_of
      ++log.unreadable;
    }
  }
}

fs::path shared_folder(const fs::path& log) {
  const std::string name = log.filename().string();
  return log.parent_path() /
         (name.substr(0, name.size() - std::min(name.size(), std::string_view(".jsonl").size())) + ".shared");
}

std::vector<fs::path> log_parts(const fs::path& log) {
  std::vector<fs::path> parts;
  std::error_code ignored;
  for (const fs::directory_entry& entry : fs::directory_iterator(shared_folder(log), ignored))
    if (entry.path().extension() == ".jsonl") parts.push_back(entry.path());
  std::sort(parts.begin(), parts.end());
  return parts;
}

std::string lines_of_parts(const fs::path& log) {
  std::string lines;
  for (const fs::path& part : log_parts(log)) {
    std::ifstream file(part, std::ios::binary);
    const std::string text{std::istreambuf_iterator<char>(file), {}};
    const std::size_t last = text.rfind('\n');
    if (last != std::string::npos) lines += text.substr(0, last + 1);
  }
  return lines;
}

Result<TakeLog> read_take_log(const fs::path& path) {
  std::ifstream file(path, std::ios::binary);
  if (!file) return file_error(path, "read", errno);
  TakeLog log{.path = path};
  bool has_header = false;
  const std::string text{std::istreambuf_iterator<char>(file), {}};
  read_log_lines(text, log, has_header);
  if (!has_header)
    return Error{ErrorCode::verification, "this is not the log of a take: it has no header", path.string(),
                 "name an N.take.jsonl or the folder that has it"};
  add_parts(log);
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
    if (entry.path().filename().string().ends_with(take_log_extension)) logs.push_back(entry.path());
  if (failed) return file_error(path, "read", failed.value());
  if (logs.empty())
    return usage_error(path.string(), "there is no take in this folder: no N.take.jsonl",
                       "name the folder that the images are in");
  std::sort(logs.begin(), logs.end());
  return logs;
}

}  // namespace cookline
