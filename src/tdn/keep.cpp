#include "tdn/keep.h"

#include <algorithm>

#include "tdn/json_writer.h"
#include "tdn/read_node.h"

namespace cookline::tdn {

void keep(cookline::Node& node, std::string_view key, const Node& value) {
  std::erase_if(node.extra, [&](const auto& field) { return field.first == key; });
  if (value.kind != Kind::map || !value.entries.empty()) node.extra.emplace_back(key, to_json(value));
}

std::optional<Node> kept(const cookline::Node& node, std::string_view key) {
  for (const auto& [name, json] : node.extra)
    if (name == key) return parse_kept(json);
  return std::nullopt;
}

Node parse_kept(std::string_view json) {
  Result<Node> value = read_json(json, "");
  return value ? std::move(*value) : map_node();
}

}  // namespace cookline::tdn
