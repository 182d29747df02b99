// The value of one parameter: what expressions give and operators are filled from.
#pragma once
#include <cstdint>
#include <string>
#include <variant>

namespace cookline {

using Value = std::variant<double, std::int64_t, bool, std::string>;

// Conversions as Python's float(), int() (towards zero), bool() and str() would make them; text that is no number is 0.
double to_double(const Value& value);
std::int64_t to_int(const Value& value);
bool to_bool(const Value& value);
std::string to_text(const Value& value);

}  // namespace cookline
