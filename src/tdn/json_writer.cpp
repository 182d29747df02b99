#include "tdn/json_writer.h"

#include <fmt/format.h>

#include <cmath>

#include "tdn/scalar.h"

namespace cookline::tdn {
namespace {

std::string json_text(std::string_view text) {
  std::string out = "\"";
  for (const char c : text) {
    if (c == '"' || c == '\\')
      out += {'\\', c};
    else if (static_cast<unsigned char>(c) < 0x20)
      out += fmt::format("\\u{:04x}", unsigned(c));
    else
      out += c;
  }
  return out + "\"";
}

std::string json_real(const Node& node) {
  if (std::isnan(node.real)) return "NaN";
  if (std::isinf(node.real)) return node.real > 0 ? "Infinity" : "-Infinity";
  return is_long_integer(node) ? node.text : real_text(node.real);
}

void append(const Node& node, std::string& out) {
  switch (node.kind) {
    case Kind::null:
      out += "null";
      break;
    case Kind::boolean:
      out += node.boolean ? "true" : "false";
      break;
    case Kind::integer:
      out += std::to_string(node.integer);
      break;
    case Kind::real:
      out += json_real(node);
      break;
    case Kind::text:
      out += json_text(node.text);
      break;
    case Kind::list:
      out += '[';
      for (const Node& item : node.items) {
        if (&item != node.items.data()) out += ", ";
        append(item, out);
      }
      out += ']';
      break;
    case Kind::map:
      out += '{';
      for (const Entry& entry : node.entries) {
        if (&entry != node.entries.data()) out += ", ";
        out += json_text(entry.key) + ": ";
        append(entry.value, out);
      }
      out += '}';
      break;
  }
}

}  // namespace

std::string to_json(const Node& node) {
  std::string out;
  append(node, out);
  return out;
}

}  // namespace cookline::tdn
