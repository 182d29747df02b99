// Chooses between JSON and YAML, and refuses what neither can be.
#include "tdn/read_node.h"

#include <fmt/format.h>

#include "tdn/read_budget.h"

namespace cookline::tdn {
namespace {

constexpr std::string_view byte_order_mark = "\xEF\xBB\xBF";

}  // namespace

std::string place_text(std::string_view file, Place place) {
  return place.line == 0 ? std::string(file) : fmt::format("{}:{}:{}", file, place.line, place.column);
}

Result<Node> read_node(std::string_view text, std::string_view file, const ReadLimits& limits) {
  if (text.size() > limits.bytes)
    return project_error(std::string(file),
                         fmt::format("the text has {} bytes, at most {} are read", text.size(), limits.bytes));
  if (const auto bad = invalid_utf8(text))
    return project_error(place_text(file, place_of(text, *bad)),
                         fmt::format("byte 0x{:02x} is not valid UTF-8", static_cast<unsigned char>(text[*bad])),
                         "save the file as UTF-8");
  if (text.starts_with(byte_order_mark)) text.remove_prefix(byte_order_mark.size());

  const std::size_t first = text.find_first_not_of(" \t\r\n");
  if (first == std::string_view::npos) return project_error(std::string(file), "the file is empty");
  if (text[first] != '{' && text[first] != '[') return read_yaml(text, file, limits);
  Result<Node> json = read_json(text, file, limits);
  if (json) return json;
  Result<Node> yaml = read_yaml(text, file, limits);
  return yaml ? std::move(yaml) : std::move(json);
}

}  // namespace cookline::tdn
