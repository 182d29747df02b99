// YAML 1.1 plain scalars as PyYAML's SafeLoader resolves them: which spellings are numbers, truth values or nothing.
#pragma once
#include <optional>
#include <string>
#include <string_view>

#include "tdn/node.h"

namespace cookline::tdn {

// What a plain (unquoted) scalar stands for. `merge` is `<<`, `value` is `=`, both special only as keys.
enum class Plain { text, null, boolean, integer, real, timestamp, merge, value };

// The type of a plain scalar by the rules of YAML 1.1, e.g. `on` boolean, `012` integer (octal), `1:30` integer (base
// 60), `1e5` text (a float needs a point, its exponent a sign).
Plain plain_type(std::string_view text);

// The value of a plain scalar. Time stamps are kept as text. Integers outside 64 bits become reals that keep their
// spelling. Nothing if the number does not fit a double.
std::optional<Node> plain_value(std::string_view text);

// A decimal number ("-12.5e-3", "7") as a double, correctly rounded; too small is 0, too large is nothing.
std::optional<double> decimal_value(std::string_view digits);

// Whether a real was read from a decimal integer of more than 64 bits; writers then keep its spelling.
bool is_long_integer(const Node& node);

// Shortest text that YAML 1.1 reads back as the same double: always with a point, `1.0e-07`, `.inf`, `-.inf`, `.nan`.
std::string real_text(double value);

}  // namespace cookline::tdn
