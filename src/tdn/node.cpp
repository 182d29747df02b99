// Values, their comparison and their description in messages.
#include "tdn/node.h"

#include <fmt/format.h>

#include <cmath>

#include "base/text.h"

namespace cookline::tdn {

double Node::number() const {
  if (kind == Kind::integer) return double(integer);
  return kind == Kind::real ? real : 0;
}

const Node* Node::find(std::string_view key) const {
  for (const Entry& entry : entries)
    if (entry.key == key) return &entry.value;
  return nullptr;
}

bool operator==(const Node& a, const Node& b) {
  if (a.is_number() && b.is_number()) {
    if (a.kind == b.kind && a.kind == Kind::integer) return a.integer == b.integer;
    const double x = a.number(), y = b.number();
    return x == y || (std::isnan(x) && std::isnan(y));
  }
  if (a.kind != b.kind) return false;
  switch (a.kind) {
    case Kind::boolean:
      return a.boolean == b.boolean;
    case Kind::text:
      return a.text == b.text;
    case Kind::list:
      return a.items == b.items;
    case Kind::map:
      return a.entries == b.entries;
    default:
      return true;
  }
}

bool operator==(const Entry& a, const Entry& b) { return a.key == b.key && a.value == b.value; }

Node null_node() { return {}; }

Node boolean_node(bool value) {
  Node node;
  node.kind = Kind::boolean;
  node.boolean = value;
  return node;
}

Node integer_node(std::int64_t value) {
  Node node;
  node.kind = Kind::integer;
  node.integer = value;
  return node;
}

Node real_node(double value) {
  Node node;
  node.kind = Kind::real;
  node.real = value;
  return node;
}

Node text_node(std::string_view value) {
  Node node;
  node.kind = Kind::text;
  node.text = value;
  return node;
}

Node list_node(std::vector<Node> items) {
  Node node;
  node.kind = Kind::list;
  node.items = std::move(items);
  return node;
}

Node map_node(std::vector<Entry> entries) {
  Node node;
  node.kind = Kind::map;
  node.entries = std::move(entries);
  return node;
}

std::string in_quotes(std::string_view text) {
  static constexpr std::size_t longest = 60;
  std::size_t end = std::min(text.size(), longest);
  while (end < text.size() && end > 0 && (static_cast<unsigned char>(text[end]) & 0xC0) == 0x80)
    --end;  // whole characters
  std::string out = "'";
  for (const char c : text.substr(0, end)) {
    if (c == '\n')
      out += "\\n";
    else if (c == '\t')
      out += "\\t";
    else if (static_cast<unsigned char>(c) < 0x20 || c == 0x7F)
      out += fmt::format("\\x{:02x}", unsigned(c));
    else
      out += c;
  }
  if (end < text.size()) out += "…";
  return out + "'";
}

std::string describe(const Node& node) {
  switch (node.kind) {
    case Kind::null:
      return "nothing";
    case Kind::boolean:
      return node.boolean ? "true" : "false";
    case Kind::integer:
      return fmt::format("the number {}", node.integer);
    case Kind::real:
      return "the number " + number_text(node.real);
    case Kind::text:
      return "the text " + in_quotes(node.text);
    case Kind::list:
      return node.items.empty() ? "an empty list" : "a list";
    case Kind::map:
      return node.entries.empty() ? "an empty map" : "a map";
  }
  return {};
}

}  // namespace cookline::tdn
