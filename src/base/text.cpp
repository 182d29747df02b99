#include "base/text.h"

#include <algorithm>
#include <charconv>
#include <cmath>
#include <numeric>
#include <utility>

namespace cookline {
namespace {

// Matches the set that starts at pattern[at] ('['); on success sets `next` behind ']'.
bool match_set(std::string_view pattern, std::size_t at, char c, std::size_t& next) {
  std::size_t i = at + 1;
  const bool negated = i < pattern.size() && (pattern[i] == '^' || pattern[i] == '!');
  if (negated) ++i;
  bool hit = false;
  const std::size_t first = i;
  for (; i < pattern.size() && (pattern[i] != ']' || i == first); ++i) {
    if (i + 2 < pattern.size() && pattern[i + 1] == '-' && pattern[i + 2] != ']') {
      hit |= pattern[i] <= c && c <= pattern[i + 2];
      i += 2;
    } else {
      hit |= pattern[i] == c;
    }
  }
  if (i >= pattern.size()) return next = at + 1, c == '[';  // no closing bracket: a literal '['
  next = i + 1;
  return hit != negated;
}

std::size_t edit_distance(std::string_view a, std::string_view b) {
  std::vector<std::size_t> row(b.size() + 1);
  std::iota(row.begin(), row.end(), 0u);
  for (std::size_t i = 0; i < a.size(); ++i) {
    std::size_t diagonal = row[0];
    row[0] = i + 1;
    for (std::size_t j = 0; j < b.size(); ++j) {
      const std::size_t above = row[j + 1];
      row[j + 1] = std::min({above + 1, row[j] + 1, diagonal + (a[i] != b[j])});
      diagonal = above;
    }
  }
  return row.back();
}

}  // namespace

bool match_pattern(std::string_view pattern, std::string_view name) {
  std::size_t p = 0, n = 0, star = std::string_view::npos, star_name = 0;
  while (n < name.size()) {
    std::size_t next = p + 1;
    if (p < pattern.size() && pattern[p] == '*') {
      star = p++;
      star_name = n;
    } else if (p < pattern.size() && (pattern[p] == '?' || (pattern[p] == '[' ? match_set(pattern, p, name[n], next)
                                                                              : pattern[p] == name[n]))) {
      p = next;
      ++n;
    } else if (star != std::string_view::npos) {
      p = star + 1;
      n = ++star_name;
    } else {
      return false;
    }
  }
  while (p < pattern.size() && pattern[p] == '*') ++p;
  return p == pattern.size();
}

bool match_patterns(std::string_view patterns, std::string_view name) {
  bool hit = false;
  for (const std::string& word : split_words(patterns)) {
    if (word.size() > 1 && word[0] == '^') {
      if (match_pattern(std::string_view(word).substr(1), name)) hit = false;
    } else if (match_pattern(word, name)) {
      hit = true;
    }
  }
  return hit;
}

std::optional<std::string> nearest_name(std::string_view name, std::span<const std::string> candidates) {
  const std::string wanted = to_lower(name);
  const std::string* best = nullptr;
  // Of names that share a beginning the most similar one is meant.
  std::pair<std::size_t, std::size_t> best_distance(std::max<std::size_t>(2, wanted.size() / 3) + 1, 0);
  for (const std::string& candidate : candidates) {
    const std::string lower = to_lower(candidate);
    const std::size_t edits = edit_distance(wanted, lower);
    const bool prefix =
        lower.size() >= 3 && wanted.size() >= 3 && (wanted.starts_with(lower) || lower.starts_with(wanted));
    const std::pair distance(prefix ? std::min<std::size_t>(edits, 2) : edits, edits);
    if (distance < best_distance) best_distance = distance, best = &candidate;
  }
  return best ? std::optional(*best) : std::nullopt;
}

std::vector<std::string> split_words(std::string_view text) {
  std::vector<std::string> words;
  std::size_t i = 0;
  static constexpr std::string_view blank = " \t\r\n";
  while ((i = text.find_first_not_of(blank, i)) != std::string_view::npos) {
    const std::size_t end = std::min(text.find_first_of(blank, i), text.size());
    words.emplace_back(text.substr(i, end - i));
    i = end;
  }
  return words;
}

std::string_view trim(std::string_view text) {
  constexpr std::string_view space = " \t\r\n\v\f";
  const std::size_t first = text.find_first_not_of(space);
  if (first == std::string_view::npos) return {};
  return text.substr(first, text.find_last_not_of(space) - first + 1);
}

std::vector<std::string> split_lines(std::string_view text) {
  std::vector<std::string> lines;
  while (!text.empty()) {
    const std::size_t end = text.find('\n');
    std::string_view line = text.substr(0, end);
    if (line.ends_with('\r')) line.remove_suffix(1);
    lines.emplace_back(line);
    if (end == std::string_view::npos) break;
    text.remove_prefix(end + 1);
  }
  return lines;
}

std::string to_lower(std::string_view text) {
  std::string lower(text);
  for (char& c : lower)
    if (c >= 'A' && c <= 'Z') c = char(c - 'A' + 'a');
  return lower;
}

std::string number_text(double value) {
  if (value == std::floor(value) && std::abs(value) < 1e15) {
    if (value == 0) return "0";
    return std::to_string(std::int64_t(value));
  }
  char buffer[32];
  const auto end = std::to_chars(buffer, buffer + sizeof buffer, value).ptr;
  return {buffer, end};
}

std::optional<double> parse_number(std::string_view text) {
  while (!text.empty() && (text.front() == ' ' || text.front() == '\t')) text.remove_prefix(1);
  while (!text.empty() && (text.back() == ' ' || text.back() == '\t')) text.remove_suffix(1);
  if (!text.empty() && text.front() == '+') text.remove_prefix(1);
  double value = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
  if (error != std::errc() || end != text.data() + text.size() || text.empty()) return std::nullopt;
  return value;
}

}  // namespace cookline
