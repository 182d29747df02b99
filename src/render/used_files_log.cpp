#include "render/used_files_log.h"

#include <fmt/format.h>

#include <algorithm>
#include <nlohmann/json.hpp>

namespace cookline {

using Json = nlohmann::ordered_json;

UsedFilesLog::UsedFilesLog(UsedMedia media, std::map<std::string, UsedFile> known)
    : media_(std::move(media)), known_(std::move(known)) {}

std::string UsedFilesLog::news() {
  std::string lines;
  const auto say = [&](const UsedFile& file, bool changed) {
    UsedFile& known = known_[file.name];
    if (known == file) return;
    known = file;
    lines += line_of(file, changed) + "\n";
  };
  if (!changed_said_)
    for (const UsedFile& file : media_.changed) say(file, true);
  changed_said_ = true;
  if (!media_.files) return lines;
  for (const UsedFile& file : media_.files->list(said_)) ++said_, say(file, false);
  return lines;
}

std::string UsedFilesLog::other_content() const {
  if (!media_.files) return {};
  const std::vector<UsedFile>& changed = media_.changed;
  for (const UsedFile& file : media_.files->list(said_)) {
    const auto known = known_.find(file.name);
    const bool other = known != known_.end() && known->second != file;
    if (other && std::find(changed.begin(), changed.end(), file) == changed.end()) return file.name;
  }
  return {};
}

std::string line_of(const UsedFile& file, bool changed) {
  Json j{{"event", "media"}, {"file", file.name}};
  if (file.images > 0)
    j["images"] = file.images;
  else
    j["bytes"] = file.bytes;
  j["hash"] = file.hash;
  if (changed) j["changed"] = true;
  return j.dump(-1, ' ', false, Json::error_handler_t::replace);
}

std::vector<std::string> changed_files(const std::map<std::string, UsedFile>& then,
                                       const std::filesystem::path& project_folder, std::vector<UsedFile>& now) {
  std::vector<std::string> texts;
  for (const auto& [name, file] : then) {
    const Result<UsedFile> there = used_file_now(file, project_folder);
    if (!there) {
      texts.push_back(fmt::format("{} cannot be read any more ({})", name, there.error().what));
      continue;
    }
    if (*there == file) continue;
    texts.push_back(file.images > 0 && there->images != file.images
                        ? fmt::format("{} has {} images and had {}", name, there->images, file.images)
                        : fmt::format("{} was changed since", name));
    now.push_back(*there);
  }
  return texts;
}

}  // namespace cookline
