#include "graph/node.h"

#include "base/text.h"

namespace cookline {

std::string_view mode_name(ParMode mode) {
  constexpr std::string_view names[] = {"CONSTANT", "EXPRESSION", "EXPORT", "BIND"};
  return names[std::size_t(mode)];
}

std::string Node::family() const {
  if (type) return std::string(family_names[std::size_t(type->def->family)]);
  std::size_t upper = type_name.size();
  while (upper > 0 && type_name[upper - 1] >= 'A' && type_name[upper - 1] <= 'Z') --upper;
  return type_name.substr(upper);
}

const Parameter* Node::find(std::string_view wanted) const {
  for (const Parameter& p : pars)
    if (p.info->name == wanted) return &p;
  return nullptr;
}

Parameter* Node::find(std::string_view wanted) {
  return const_cast<Parameter*>(static_cast<const Node*>(this)->find(wanted));
}

std::pair<std::string, std::optional<std::int64_t>> split_digits(std::string_view name) {
  std::size_t end = name.size();
  // Fifteen digits are exact as a double and far from the largest int64.
  while (end > 0 && name[end - 1] >= '0' && name[end - 1] <= '9' && name.size() - end < 15) --end;
  const auto number = end < name.size() ? parse_number(name.substr(end)) : std::nullopt;
  return {std::string(name.substr(0, end)), number ? std::optional(std::int64_t(*number)) : std::nullopt};
}

}  // namespace cookline
