#include "app/provenance.h"

#include <fmt/format.h>

#include <nlohmann/json.hpp>

#include "io/file_bytes.h"
#include "tdn/save.h"

namespace cookline::app {
namespace fs = std::filesystem;
namespace {

using Json = nlohmann::ordered_json;

// Whether "par=value" only says where images go on this machine.
bool names_a_place(const Project& project, NodeId target, const std::string& set) {
  const std::size_t equals = set.find('=');
  if (equals == std::string::npos || equals + 1 >= set.size() || set[equals + 1] != '/') return false;
  std::string name = set.substr(0, equals);
  const Network& network = *project.network;
  if (const std::size_t dot = name.rfind('.'); name.starts_with('/') && dot != std::string::npos) {
    target = network.lookup_in(network.root(), name.substr(0, dot));
    name = name.substr(dot + 1);
  }
  const Node* node = network.find(target);
  const Parameter* par = node ? node->find(name) : nullptr;
  if (!par) return false;
  const bool file_of_sink = node->type && node->type->def->record && par->info->name == "file";
  return file_of_sink || par->info->style == Style::Folder;
}

std::string recipe_in_images(const Project& project, const Recipe& recipe) {
  Json j = Json::parse(to_json(recipe));
  // What decides how many images are made and what they are called, but not how they look.
  for (const char* key : {"takes", "on_nan", "on_error", "on_black", "on_duplicate", "file", "take", "name"})
    j.erase(key);
  const Network& network = *project.network;
  const NodeId target = recipe.op.empty() ? network.root() : network.lookup_in(network.root(), recipe.op);
  Json sets = Json::array();
  for (const std::string& set : recipe.images.project.set)
    if (!names_a_place(project, target, set)) sets.push_back(set);
  j["set"] = std::move(sets);
  return j.dump(-1, ' ', true, Json::error_handler_t::replace);
}

}  // namespace

std::string hash_of_project(const Project& project, const std::string& file) {
  Hasher hasher;
  const Result<std::vector<tdn::SavedFile>> texts =
      tdn::save_texts(*project.network, project.network->root(), "project.tdn");
  if (texts)
    for (const tdn::SavedFile& saved : *texts) hasher.text(saved.text);
  else if (const auto bytes = read_file_bytes(file, std::size_t(1) << 31); bytes)
    hasher.bytes(bytes->data(), bytes->size());
  return to_hex(hasher.key());
}

RunProvenance provenance_of_run(const Project& project, const Recipe& recipe) {
  const std::string& file = recipe.images.project.file;
  return {COOKLINE_VERSION, fs::path(file).filename().string(), hash_of_project(project, file),
          recipe_in_images(project, recipe)};
}

Status check_made_with(const RunProvenance& then, const RunProvenance& now, const std::vector<std::string>& media,
                       const std::string& source, const std::string& made) {
  std::vector<std::string> differences;
  if (now.engine != then.engine)
    differences.push_back(fmt::format("{} was made by version {}, this is {}", made, then.engine, now.engine));
  if (now.project_hash != then.project_hash) differences.push_back(fmt::format("{} was changed since", source));
  differences.insert(differences.end(), media.begin(), media.end());
  if (differences.empty()) return {};
  return project_error(
      source, fmt::format("{}", fmt::join(differences, "; ")),
      fmt::format("go back to what {} was made with, or say --anyway to go on with what there is now", made));
}

}  // namespace cookline::app
