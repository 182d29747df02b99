// Finding operators by path and pattern.
#include <algorithm>

#include "base/text.h"
#include "graph/network.h"

namespace cookline {
namespace {
bool is_pattern(std::string_view text) { return text.find_first_of("*?[") != std::string_view::npos; }
}  // namespace

std::string Network::path(NodeId id) const {
  const Node* node = find(id);
  if (!node) return {};
  if (id == root_) return "/";
  std::string text;
  for (; node && node->id != root_; node = find(node->parent)) text.insert(0, node->name).insert(0, 1, '/');
  return text;
}

NodeId Network::child(const Node& parent, std::string_view name) const {
  const Names& names = slots_[parent.id.index].names;
  const auto found = names.ids.find(name);
  return found == names.ids.end() ? NodeId{} : found->second;
}

// Follows "a/../b" from `at`; every bare segment is a child.
NodeId Network::step_path(NodeId from, std::string_view path) const {
  NodeId id = from;
  while (!path.empty() && id) {
    const std::size_t slash = std::min(path.find('/'), path.size());
    const std::string_view part = path.substr(0, slash);
    path.remove_prefix(std::min(slash + 1, path.size()));
    if (part.empty() || part == ".") continue;
    id = part == ".." ? at(id).parent : child(at(id), part);
  }
  return id;
}

// Takes the dots that a path seen from `from` begins with, and gives where the rest of it starts: "./" goes into an
// operator, each ".." from an operator to its parent. A name behind ".." is a sibling of what the dots led to, as a
// name without dots is a sibling of `from`.
NodeId Network::relative_start(NodeId from, std::string_view& path) const {
  NodeId id = from;
  bool inside = !at(from).parent;
  while (id && (path == "." || path == ".." || path.starts_with("./") || path.starts_with("../"))) {
    inside = !path.starts_with("..");
    if (!inside) id = at(id).parent;
    path.remove_prefix(std::min<std::size_t>(inside ? 2 : 3, path.size()));
  }
  return path.empty() || inside || !id ? id : at(id).parent;
}

NodeId Network::lookup(NodeId from, std::string_view path) const {
  if (path.empty() || !find(from)) return {};
  if (path.front() == '/') return step_path(root_, path);
  const NodeId start = relative_start(from, path);
  return step_path(start, path);
}

NodeId Network::lookup_in(NodeId component, std::string_view path) const {
  if (path.empty() || !find(component)) return {};
  return step_path(path.front() == '/' ? root_ : component, path);
}

void Network::match_below(NodeId from, std::string_view pattern, std::vector<NodeId>& found) const {
  const std::size_t slash = std::min(pattern.find('/'), pattern.size());
  const std::string_view part = pattern.substr(0, slash);
  const std::string_view rest = pattern.substr(std::min(slash + 1, pattern.size()));
  const auto follow = [&](NodeId id) {
    if (!id) return;
    if (rest.empty())
      found.push_back(id);
    else
      match_below(id, rest, found);
  };
  if (part.empty() || part == ".") return follow(from);
  if (part == "..") return follow(at(from).parent);
  if (part == "**") {
    for (NodeId id : walk(from))
      if (id != from) follow(id);
    return;
  }
  for (NodeId id : at(from).children)
    if (match_pattern(part, at(id).name)) follow(id);
}

std::vector<NodeId> Network::match(NodeId from, std::string_view patterns, bool bare_is_child) const {
  std::vector<NodeId> found;
  if (!find(from)) return found;
  for (const std::string& word : split_words(patterns)) {
    const bool removes = word.size() > 1 && word[0] == '^';
    const std::string_view pattern = std::string_view(word).substr(removes ? 1 : 0);
    std::vector<NodeId> hits;
    if (!is_pattern(pattern)) {
      if (NodeId id = bare_is_child ? lookup_in(from, pattern) : lookup(from, pattern)) hits.push_back(id);
    } else if (pattern.front() == '/') {
      match_below(root_, pattern.substr(1), hits);
    } else {
      std::string_view rest = pattern;
      if (const NodeId start = bare_is_child ? from : relative_start(from, rest)) match_below(start, rest, hits);
    }
    for (NodeId id : hits) {
      const auto known = std::find(found.begin(), found.end(), id);
      if (removes && known != found.end()) found.erase(known);
      if (!removes && known == found.end()) found.push_back(id);
    }
  }
  return found;
}

std::vector<NodeId> Network::walk(NodeId id) const {
  std::vector<NodeId> list, waiting{id};
  while (!waiting.empty()) {
    const Node* node = find(waiting.back());
    waiting.pop_back();
    if (!node) continue;
    list.push_back(node->id);
    waiting.insert(waiting.end(), node->children.rbegin(), node->children.rend());
  }
  return list;
}

}  // namespace cookline
