#include "render/take_check.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <set>

#include "base/text.h"
#include "io/file_bytes.h"
#include "io/image_file.h"
#include "render/frame_list.h"

namespace cookline {
namespace fs = std::filesystem;
namespace {

// Whose file has this hash, among the images of a log; empty if none.
std::string owner(const TakeLog& log, const std::string& hash) {
  for (const auto& [name, image] : log.images)
    if (image.file == hash) return name;
  return {};
}

// The type that a file begins like; empty for others.
std::string magic_of(const std::vector<std::byte>& bytes) {
  const auto begins = [&](std::string_view magic) {
    return bytes.size() >= magic.size() &&
           std::equal(magic.begin(), magic.end(), bytes.begin(), [](char c, std::byte b) { return std::byte(c) == b; });
  };
  using namespace std::string_view_literals;
  constexpr std::array magics{
      std::pair{"\x89PNG"sv, "png"}, std::pair{"\xff\xd8\xff"sv, "jpg"}, std::pair{"\x76\x2f\x31\x01"sv, "exr"},
      std::pair{"II*\0"sv, "tif"},   std::pair{"BM"sv, "bmp"},           std::pair{"DDS "sv, "dds"}};
  for (const auto& [magic, type] : magics)
    if (begins(magic)) return type;
  return {};
}

// What a file is that is not the image it should be.
std::string wrong_file(const LoggedImage& image, const FileDigest& file, const std::string& hash, const TakeLog& log,
                       std::span<const TakeLog> others) {
  if (const std::string name = owner(log, hash); !name.empty()) return "is the picture of " + name;
  for (const TakeLog& other : others)
    if (const std::string name = owner(other, hash); !name.empty() && other.path != log.path)
      return fmt::format("is the picture {} of another take, {}", name, other.path.filename().string());
  const std::string type = magic_of(file.head), wanted = fs::path(image.name).extension().string().substr(1);
  const auto named = image_file_type_of("x." + type), meant = image_file_type_of("x." + wanted);
  if (!type.empty() && named != meant) return fmt::format("is a {} file under the name of a {}", type, wanted);
  if (file.bytes < image.bytes) return fmt::format("is cut off: {} bytes instead of {}", file.bytes, image.bytes);
  return "was changed: its bytes are not those that were written";
}

// Empty if it is right.
std::string fault_of(const TakeLog& log, const LoggedImage& image, std::span<const TakeLog> others) {
  const fs::path path = log.folder() / image.name;
  if (!image.fault.empty()) return "is black in place of the picture: " + image.fault;
  std::error_code ignored;
  if (!fs::exists(path, ignored)) return "is missing";
  const Result<FileDigest> file = digest_file(path);
  if (!file) return file.error().what;
  const std::string hash = to_hex(file->hash);
  if (hash != image.file) return wrong_file(image, *file, hash, log, others);
  if (image.made_by != log.header.made_by()) return "was made by another project, other settings or another version";
  if (!image.changed_file.empty()) return fmt::format("was made before {} was changed", image.changed_file);
  return {};
}

}  // namespace

std::string frame_list_text(std::vector<std::int64_t> frames) {
  std::sort(frames.begin(), frames.end());
  frames.erase(std::unique(frames.begin(), frames.end()), frames.end());
  std::string text;
  for (std::size_t i = 0; i < frames.size();) {
    std::size_t last = i;
    while (last + 1 < frames.size() && frames[last + 1] == frames[last] + 1) ++last;
    text += text.empty() ? "" : ",";
    text += last == i ? std::to_string(frames[i]) : fmt::format("{}-{}", frames[i], frames[last]);
    i = last + 1;
  }
  return text;
}

std::string TakeCheck::missing() const {
  std::vector<std::int64_t> frames;
  for (const ImageFinding& finding : findings)
    if (finding.needed) frames.push_back(finding.index);
  return frame_list_text(std::move(frames));
}

TakeCheck check_take(const TakeLog& log, std::span<const TakeLog> others) {
  TakeCheck check;
  std::map<std::int64_t, std::string> known;
  for (const auto& [name, image] : log.images) {
    known[image.index] = name;
    const std::string fault = fault_of(log, image, others);
    if (fault.empty())
      check.good.push_back(name);
    else
      check.findings.push_back({name, fault, true, image.index});
  }
  for (const auto& [name, image] : log.skipped) {
    known[image.index] = name;
    check.findings.push_back({name, "was skipped: " + image.fault, true, image.index});
  }
  std::set<std::int64_t> wanted;
  if (!log.frames.empty()) {
    if (const auto frames = parse_frame_list(log.frames)) wanted.insert(frames->begin(), frames->end());
  } else if (log.whole && !known.empty()) {
    for (std::int64_t i = 0; i < known.rbegin()->first; ++i) wanted.insert(i);
  }
  check.whole = log.whole || !wanted.empty();
  for (const std::int64_t index : wanted)
    if (!known.contains(index)) check.findings.push_back({log.header.name_of(index), "is missing", true, index});
  std::error_code ignored;
  for (const fs::directory_entry& entry : fs::directory_iterator(log.folder(), ignored)) {
    const std::string name = entry.path().filename().string();
    const std::int64_t index = log.header.index_of(name);
    const bool expected = log.images.contains(name) || log.skipped.contains(name) || wanted.contains(index);
    if (index >= 0 && !expected)
      check.findings.push_back(
          {name, "is not in the log: left by another, longer take, or by a run that was killed", false, index});
  }
  std::stable_sort(check.findings.begin(), check.findings.end(),
                   [](const ImageFinding& a, const ImageFinding& b) { return a.index < b.index; });
  return check;
}

}  // namespace cookline
