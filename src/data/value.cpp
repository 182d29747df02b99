#include "data/value.h"

#include <cmath>
#include <limits>

#include "base/text.h"

namespace cookline {

double to_double(const Value& value) {
  if (auto* d = std::get_if<double>(&value)) return *d;
  if (auto* i = std::get_if<std::int64_t>(&value)) return double(*i);
  if (auto* b = std::get_if<bool>(&value)) return *b;
  return parse_number(std::get<std::string>(value)).value_or(0);
}

std::int64_t to_int(const Value& value) {
  if (auto* i = std::get_if<std::int64_t>(&value)) return *i;
  const double d = to_double(value);
  if (std::isnan(d)) return 0;
  constexpr double top = 0x1p63;
  if (d >= top) return std::numeric_limits<std::int64_t>::max();
  if (d < -top) return std::numeric_limits<std::int64_t>::min();
  return std::int64_t(d);
}

bool to_bool(const Value& value) {
  if (auto* s = std::get_if<std::string>(&value)) {
    const auto number = parse_number(*s);
    return number ? *number != 0 : !s->empty();
  }
  return to_double(value) != 0;
}

std::string to_text(const Value& value) {
  if (auto* s = std::get_if<std::string>(&value)) return *s;
  if (auto* b = std::get_if<bool>(&value)) return *b ? "1" : "0";
  return number_text(to_double(value));
}

}  // namespace cookline
