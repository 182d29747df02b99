// The resolver's patterns are written out by hand: a regular expression would need stack in proportion to the text.
#include "tdn/scalar.h"

#include <algorithm>
#include <charconv>
#include <cmath>
#include <limits>

namespace cookline::tdn {
namespace {

// A cursor over the text of one scalar.
struct Scan {
  std::string_view text;
  std::size_t at = 0;

  bool done() const { return at == text.size(); }
  bool one(std::string_view set) {
    if (done() || set.find(text[at]) == std::string_view::npos) return false;
    ++at;
    return true;
  }
  // Number of characters of the set that were passed.
  std::size_t many(std::string_view set) {
    const std::size_t end = std::min(text.find_first_not_of(set, at), text.size());
    const std::size_t count = end - at;
    at = end;
    return count;
  }
  bool word(std::string_view expected) {
    if (!text.substr(at).starts_with(expected)) return false;
    at += expected.size();
    return true;
  }
};

constexpr std::string_view digits = "0123456789";
constexpr std::string_view digits_or_line = "0123456789_";

bool is_one_of(std::string_view text, std::initializer_list<std::string_view> words) {
  for (const std::string_view word : words)
    if (text == word) return true;
  return false;
}

bool is_boolean(std::string_view text) {
  return is_one_of(text, {"yes", "Yes", "YES", "no", "No", "NO", "true", "True", "TRUE", "false", "False", "FALSE",
                          "on", "On", "ON", "off", "Off", "OFF"});
}

// (:[0-5]?[0-9])+ behind the first number of a base 60 number.
bool sixties(Scan& scan) {
  std::size_t groups = 0;
  while (scan.one(":")) {
    const std::size_t start = scan.at;
    const std::size_t count = scan.many(digits);
    if (count == 0 || count > 2 || (count == 2 && scan.text[start] > '5')) return false;
    ++groups;
  }
  return groups > 0;
}

bool is_integer(std::string_view text) {
  Scan scan{text};
  scan.one("-+");
  const Scan start = scan;
  if (scan.word("0b")) return scan.many("01_") > 0 && scan.done();
  if (scan.word("0x")) return scan.many("0123456789abcdefABCDEF_") > 0 && scan.done();
  if (scan.one("0")) return scan.many("01234567_"), scan.done();
  if (!scan.one("123456789")) return false;
  scan.many(digits_or_line);
  if (scan.done()) return true;
  scan = start;
  scan.many(digits_or_line);
  return sixties(scan) && scan.done();
}

bool exponent(Scan& scan) {
  if (!scan.one("eE")) return true;
  return scan.one("-+") && scan.many(digits) > 0;
}

bool is_real(std::string_view text) {
  if (is_one_of(text, {".nan", ".NaN", ".NAN"})) return true;
  Scan scan{text};
  const bool sign = scan.one("-+");
  if (is_one_of(text.substr(scan.at), {".inf", ".Inf", ".INF"})) return true;
  if (!sign && scan.one(".")) {
    if (!scan.one(digits)) return false;
    scan.many(digits_or_line);
    return exponent(scan) && scan.done();
  }
  if (!scan.one(digits)) return false;
  scan.many(digits_or_line);
  if (scan.one(".")) {
    scan.many(digits_or_line);
    return exponent(scan) && scan.done();
  }
  if (!sixties(scan) || !scan.one(".")) return false;
  scan.many(digits_or_line);
  return scan.done();
}

// 2001-12-14 and 2001-12-14 21:59:43.10 -5 in their several spellings.
bool is_timestamp(std::string_view text) {
  Scan scan{text};
  if (scan.many(digits) != 4 || !scan.one("-")) return false;
  const std::size_t month = scan.many(digits);
  if (month < 1 || month > 2 || !scan.one("-")) return false;
  const std::size_t day = scan.many(digits);
  if (day < 1 || day > 2) return false;
  if (scan.done()) return month == 2 && day == 2;
  if (!scan.one("Tt") && scan.many(" \t") == 0) return false;
  const std::size_t hour = scan.many(digits);
  if (hour < 1 || hour > 2) return false;
  for (int i = 0; i < 2; ++i)
    if (!scan.one(":") || scan.many(digits) != 2) return false;
  if (scan.one(".")) scan.many(digits);
  scan.many(" \t");
  if (scan.one("Z") || scan.done()) return scan.done();
  if (!scan.one("-+")) return false;
  const std::size_t zone = scan.many(digits);
  if (zone < 1 || zone > 2) return false;
  if (scan.done()) return true;
  return scan.one(":") && scan.many(digits) == 2 && scan.done();
}

// Digits of a base up to 16 as an unsigned number, or as a double if they do not fit.
struct Digits {
  std::uint64_t exact = 0;
  double rounded = 0;
  bool fits = true;
};

Digits read_digits(std::string_view text, unsigned base) {
  Digits value;
  for (const char c : text) {
    const unsigned digit = c <= '9' ? unsigned(c - '0') : unsigned((c | 0x20) - 'a' + 10);
    value.fits = value.fits && value.exact <= (std::numeric_limits<std::uint64_t>::max() - digit) / base;
    value.exact = value.exact * base + digit;
    value.rounded = value.rounded * base + digit;
  }
  return value;
}

Digits read_sixties(std::string_view text) {
  Digits value;
  while (!text.empty()) {
    const std::size_t end = std::min(text.find(':'), text.size());
    const Digits part = read_digits(text.substr(0, end), 10);
    value.fits = value.fits && part.fits && value.exact <= std::numeric_limits<std::uint64_t>::max() / 64 &&
                 part.exact <= std::numeric_limits<std::uint64_t>::max() / 64;
    value.exact = value.exact * 60 + part.exact;
    value.rounded = value.rounded * 60 + part.rounded;
    text.remove_prefix(std::min(end + 1, text.size()));
  }
  return value;
}

std::string without_lines(std::string_view text) {
  std::string plain;
  for (const char c : text)
    if (c != '_') plain += c;
  return plain;
}

std::optional<Node> integer_value(std::string_view spelled) {
  const std::string text = without_lines(spelled);
  const bool negative = text[0] == '-';
  std::string_view body = text;
  if (body[0] == '-' || body[0] == '+') body.remove_prefix(1);
  Digits value;
  if (body.starts_with("0b"))
    value = read_digits(body.substr(2), 2);
  else if (body.starts_with("0x"))
    value = read_digits(body.substr(2), 16);
  else if (body.starts_with("0"))
    value = read_digits(body, 8);
  else if (body.find(':') != std::string_view::npos)
    value = read_sixties(body);
  else
    value = read_digits(body, 10);

  constexpr std::uint64_t most = std::numeric_limits<std::int64_t>::max();
  Node node;
  if (value.fits && value.exact <= most + (negative ? 1 : 0)) {
    node = integer_node(std::int64_t(negative ? 0 - value.exact : value.exact));
  } else {
    const bool decimal = body[0] != '0' && body.find(':') == std::string_view::npos;
    const std::optional<double> rounded = decimal ? decimal_value(body) : std::optional(value.rounded);
    if (!rounded || std::isinf(*rounded)) return std::nullopt;
    node = real_node(negative ? -*rounded : *rounded);
  }
  return node;
}

std::optional<Node> real_value(std::string_view spelled) {
  const std::string text = without_lines(spelled);
  const bool negative = text[0] == '-';
  std::string_view body = text;
  if (body[0] == '-' || body[0] == '+') body.remove_prefix(1);
  double value = 0;
  if ((body[1] | 0x20) == 'i') {
    value = std::numeric_limits<double>::infinity();
  } else if ((body[1] | 0x20) == 'n') {
    value = std::numeric_limits<double>::quiet_NaN();
  } else if (const std::size_t colon = body.rfind(':'); colon != std::string_view::npos) {
    const std::optional<double> last = decimal_value(body.substr(colon + 1));
    value = read_sixties(body.substr(0, colon)).rounded * 60 + last.value_or(0);
    if (!last || std::isinf(value)) return std::nullopt;
  } else if (const std::optional<double> number = decimal_value(body)) {
    value = *number;
  } else {
    return std::nullopt;
  }
  return real_node(negative ? -value : value);
}

// Whether a decimal number that is outside the range of double is so because it is small.
bool is_tiny(std::string_view number) {
  const std::size_t e = std::min(number.find_first_of("eE"), number.size());
  const std::string_view mantissa = number.substr(0, e);
  const std::size_t first = mantissa.find_first_of("123456789");
  if (first == std::string_view::npos) return true;
  const std::size_t point = std::min(mantissa.find('.'), mantissa.size());
  std::int64_t magnitude = first < point ? std::int64_t(point - first) : -std::int64_t(first - point);
  if (e < number.size()) {
    std::int64_t power = 0;
    std::string_view text = number.substr(e + 1);
    if (text.starts_with("+")) text.remove_prefix(1);
    const auto read = std::from_chars(text.data(), text.data() + text.size(), power);
    if (read.ec != std::errc()) return text.starts_with("-");
    magnitude += std::clamp<std::int64_t>(power, -(1LL << 60), 1LL << 60);
  }
  return magnitude < 0;
}

}  // namespace

Plain plain_type(std::string_view text) {
  if (text.empty() || is_one_of(text, {"~", "null", "Null", "NULL"})) return Plain::null;
  if (is_boolean(text)) return Plain::boolean;
  if (is_real(text)) return Plain::real;
  if (is_integer(text)) return Plain::integer;
  if (is_timestamp(text)) return Plain::timestamp;
  if (text == "<<") return Plain::merge;
  if (text == "=") return Plain::value;
  return Plain::text;
}

std::optional<Node> plain_value(std::string_view text) {
  std::optional<Node> node;
  switch (plain_type(text)) {
    case Plain::null:
      node = null_node();
      break;
    case Plain::boolean:
      node = boolean_node(is_one_of(text, {"yes", "Yes", "YES", "true", "True", "TRUE", "on", "On", "ON"}));
      break;
    case Plain::integer:
      node = integer_value(text);
      break;
    case Plain::real:
      node = real_value(text);
      break;
    default:
      node = text_node(text);
      break;
  }
  if (node) node->text = text;
  return node;
}

std::optional<double> decimal_value(std::string_view number) {
  if (number.starts_with("+")) number.remove_prefix(1);
  double value = 0;
  const auto read = std::from_chars(number.data(), number.data() + number.size(), value);
  if (read.ec == std::errc()) return value;
  if (read.ec == std::errc::result_out_of_range && is_tiny(number)) return 0.0;
  return std::nullopt;
}

bool is_long_integer(const Node& node) {
  if (node.kind != Kind::real || node.text.find_first_not_of("-0123456789") != std::string::npos) return false;
  return plain_type(node.text) == Plain::integer && !node.text.starts_with('0') && !node.text.starts_with("-0");
}

std::string real_text(double value) {
  if (std::isnan(value)) return ".nan";
  if (std::isinf(value)) return value > 0 ? ".inf" : "-.inf";
  char buffer[64];
  // Fixed notation in the range in which Python uses it, else scientific.
  const double size = std::abs(value);
  const bool fixed = size == 0 || (size >= 1e-4 && size < 1e16);
  const auto format = fixed ? std::chars_format::fixed : std::chars_format::scientific;
  std::string text(buffer, std::to_chars(buffer, buffer + sizeof buffer, value, format).ptr);
  if (text.find('.') == std::string::npos) text.insert(std::min(text.find('e'), text.size()), ".0");
  return text;
}

}  // namespace cookline::tdn
