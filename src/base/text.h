// Small text helpers shared by all layers: patterns, suggestions, numbers that read back exactly.
#pragma once
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace cookline {

// TouchDesigner's name pattern: `*` any run, `?` one character, `[abc]`, `[a-z]`, `[^a]` or `[!a]` sets.
// Case-sensitive.
bool match_pattern(std::string_view pattern, std::string_view name);

// A space-separated list of patterns, later ones with `^` take names away again ("* ^tx"). Empty list matches nothing.
bool match_patterns(std::string_view patterns, std::string_view name);

// The candidate nearest to `name` by edit distance (case ignored), if near enough to be a typing error.
std::optional<std::string> nearest_name(std::string_view name, std::span<const std::string> candidates);

std::vector<std::string> split_words(std::string_view text);
// Without the white space at both ends.
std::string_view trim(std::string_view text);
// The lines of a text, without their ends (\n or \r\n); no line behind the last end.
std::vector<std::string> split_lines(std::string_view text);
std::string to_lower(std::string_view text);

// Shortest text that reads back as the same double; whole numbers without a decimal point.
std::string number_text(double value);
// The number a text states completely ("1.5", " -2e3 "), or nothing.
std::optional<double> parse_number(std::string_view text);

}  // namespace cookline
