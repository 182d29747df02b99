#include "render/name_pattern.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <optional>

#include "base/text.h"

namespace cookline {
namespace {

constexpr std::array<std::string_view, 9> token_names = {"",     "project", "op",   "take", "frame",
                                                         "time", "res",     "rate", "date"};
constexpr std::string_view allowed =
    "tokens are {project} {op} {take} {frame} {frame:04} {time} {res} {rate} {date}; braces themselves are {{ and }}";
constexpr int most_digits = 18;

bool is_number(NameToken token) {
  return token == NameToken::take || token == NameToken::frame || token == NameToken::time;
}

bool moves(NameToken token) { return token == NameToken::frame || token == NameToken::time; }

bool all_digits(std::string_view text) {
  return !text.empty() && text.find_first_not_of("0123456789") == std::string_view::npos;
}

void add_text(NamePattern& pattern, std::string_view text) {
  if (text.empty()) return;
  if (pattern.empty() || pattern.back().token != NameToken::text) pattern.push_back({});
  pattern.back().text += text;
}

std::string padded(const std::string& number, int width) {
  const std::size_t size = std::size_t(width);
  return number.size() < size ? std::string(size - number.size(), '0') + number : number;
}

// What stands between two braces: "frame:04".
Result<NamePart> parse_token(const std::string& inside, const std::string& where) {
  const std::size_t colon = inside.find(':');
  const std::string name = inside.substr(0, colon);
  const auto known = std::find(token_names.begin() + 1, token_names.end(), name);
  if (known == token_names.end()) {
    const std::vector<std::string> names(token_names.begin() + 1, token_names.end());
    const auto near = name.empty() ? std::nullopt : nearest_name(name, names);
    return usage_error(where, fmt::format("'{{{}}}' is not a token of names", inside),
                       near ? fmt::format("did you mean '{{{}}}'? {}", *near, allowed) : std::string(allowed));
  }
  NamePart part{.token = NameToken(known - token_names.begin()), .text = {}};
  if (colon == std::string::npos) return part;
  const std::string width = inside.substr(colon + 1);
  if (!is_number(part.token))
    return usage_error(where, fmt::format("'{{{}}}' has a width, but {{{}}} is not a number", inside, name),
                       "{take}, {frame} and {time} may have one");
  const bool right = width.size() >= 2 && width.size() <= 3 && width[0] == '0' && width[1] != '0' && all_digits(width);
  part.width = right ? std::stoi(width) : 0;
  if (part.width < 1 || part.width > most_digits)
    return usage_error(where, fmt::format("'{}' in '{{{}}}' is not a width", width, inside),
                       fmt::format("write 0 and the number of digits, 01 to 0{}: {{{}:04}}", most_digits, name));
  return part;
}

// Seconds in thousandths, by whole numbers: the same on every machine.
std::string time_text(std::int64_t frame, const Rate& rate) {
  const auto thousandths = (__int128(frame) * rate.den * 2000 + rate.num) / (__int128(rate.num) * 2);
  return fmt::format("{}.{:03}", std::int64_t(thousandths / 1000), int(thousandths % 1000));
}

std::string number_of(const NamePart& part, std::int64_t frame, const Rate& rate) {
  return padded(part.token == NameToken::frame ? std::to_string(frame) : time_text(frame, rate), part.width);
}

// The frame whose number or time these letters may be.
std::optional<std::int64_t> frame_of(const NamePart& part, std::string_view letters, const Rate& rate) {
  if (part.token == NameToken::frame) {
    if (!all_digits(letters) || letters.size() > std::size_t(most_digits)) return std::nullopt;
    return std::stoll(std::string(letters));
  }
  const std::size_t dot = letters.find('.');
  if (dot == std::string_view::npos || dot > 12 || !all_digits(letters.substr(0, dot)) ||
      !all_digits(letters.substr(dot + 1)))
    return std::nullopt;
  return std::llround(parse_number(letters).value_or(0) * rate.hz());
}

}  // namespace

Result<NamePattern> parse_name_pattern(std::string_view text, const std::string& where) {
  NamePattern pattern;
  for (std::size_t i = 0; i < text.size(); ++i) {
    const char c = text[i];
    if (c != '{' && c != '}') {
      add_text(pattern, text.substr(i, 1));
      continue;
    }
    if (i + 1 < text.size() && text[i + 1] == c) {
      add_text(pattern, text.substr(i++, 1));
      continue;
    }
    const std::size_t end = c == '{' ? text.find_first_of("{}", i + 1) : std::string_view::npos;
    if (end == std::string_view::npos || text[end] == '{')
      return usage_error(where, fmt::format("the '{}' after '{}' has no other half", c, text.substr(0, i)),
                         std::string(allowed));
    Result<NamePart> part = parse_token(std::string(text.substr(i + 1, end - i - 1)), where);
    if (!part) return part.error();
    pattern.push_back(std::move(*part));
    i = end;
  }
  return pattern;
}

std::string to_text(const NamePattern& pattern) {
  std::string text;
  for (const NamePart& part : pattern) {
    for (const char c : part.text) text.append(c == '{' || c == '}' ? 2 : 1, c);
    if (part.token == NameToken::text) continue;
    text += '{';
    text += token_names[std::size_t(part.token)];
    if (part.width > 0) text += fmt::format(":0{}", part.width);
    text += '}';
  }
  return text;
}

NamePattern replaced(const NamePattern& pattern, NameToken token, const std::string& text) {
  NamePattern result;
  for (const NamePart& part : pattern) {
    if (part.token == NameToken::text)
      add_text(result, part.text);
    else if (part.token == token)
      add_text(result, padded(text, part.width));
    else
      result.push_back(part);
  }
  return result;
}

bool has_token(const NamePattern& pattern, NameToken token) {
  return std::any_of(pattern.begin(), pattern.end(), [&](const NamePart& part) { return part.token == token; });
}

std::string name_of_frame(const NamePattern& pattern, std::int64_t frame, const Rate& rate) {
  std::string name;
  for (const NamePart& part : pattern) name += moves(part.token) ? number_of(part, frame, rate) : part.text;
  return name;
}

std::int64_t frame_of_name(const NamePattern& pattern, std::string_view name, const Rate& rate) {
  // The text before the first number is fixed; where the number ends is tried, as the text behind it may be digits.
  std::size_t at = 0;
  for (const NamePart& part : pattern) {
    if (!moves(part.token)) {
      if (name.substr(at, part.text.size()) != part.text) return -1;
      at += part.text.size();
      continue;
    }
    for (std::size_t size = 1; at + size <= name.size(); ++size) {
      const std::optional<std::int64_t> frame = frame_of(part, name.substr(at, size), rate);
      if (frame && name_of_frame(pattern, *frame, rate) == name) return *frame;
    }
    return -1;
  }
  return -1;
}

}  // namespace cookline
