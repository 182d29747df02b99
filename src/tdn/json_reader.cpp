// JSON to values that know their place. The recursion stops at the depth limit.
#include <fmt/format.h>

#include <string>

#include "tdn/read_budget.h"
#include "tdn/scalar.h"

namespace cookline::tdn {
namespace {

void append_utf8(std::string& out, std::uint32_t code) {
  if (code < 0x80) {
    out += char(code);
  } else if (code < 0x800) {
    out += {char(0xC0 | code >> 6), char(0x80 | (code & 0x3F))};
  } else if (code < 0x10000) {
    out += {char(0xE0 | code >> 12), char(0x80 | (code >> 6 & 0x3F)), char(0x80 | (code & 0x3F))};
  } else {
    out += {char(0xF0 | code >> 18), char(0x80 | (code >> 12 & 0x3F)), char(0x80 | (code >> 6 & 0x3F)),
            char(0x80 | (code & 0x3F))};
  }
}

class JsonReader {
 public:
  JsonReader(std::string_view text, std::string_view file, const ReadLimits& limits)
      : text_(text), file_(file), budget_(limits) {}

  Result<Node> document() {
    Node root;
    skip_blanks();
    if (!read_value(root, 0)) return error_;
    skip_blanks();
    if (!done()) return fail(place_, "this is not valid JSON: something follows the value: " + found()), error_;
    return root;
  }

 private:
  bool done() const { return at_ == text_.size(); }
  char peek() const { return done() ? '\0' : text_[at_]; }

  void step() {
    const char c = text_[at_++];
    if (c == '\n')
      place_ = {place_.line + 1, 1};
    else if ((static_cast<unsigned char>(c) & 0xC0) != 0x80)
      ++place_.column;
  }

  void skip_blanks() {
    while (!done() && (peek() == ' ' || peek() == '\t' || peek() == '\r' || peek() == '\n')) step();
  }

  bool fail(Place place, std::string what, std::string hint = {}) {
    error_ = project_error(place_text(file_, place), std::move(what), std::move(hint));
    return false;
  }

  bool expected(std::string_view what, std::string hint = {}) {
    return fail(place_, fmt::format("this is not valid JSON: expected {}, found {}", what, found()), std::move(hint));
  }

  std::string found() const {
    if (done()) return "the end of the file";
    const std::size_t length = std::min<std::size_t>(text_.find_first_of(" \t\r\n,:]}", at_ + 1) - at_, 20);
    return in_quotes(text_.substr(at_, length));
  }

  bool take(Place place, NodeSize size) { return budget_.take(size) || fail(place, budget_.spent_message()); }

  bool read_value(Node& out, std::size_t depth) {
    out.place = place_;
    const char c = peek();
    if (c == '{' || c == '[') {
      if (depth >= budget_.limits().depth)
        return fail(place_, fmt::format("lists and maps are nested deeper than {} levels", budget_.limits().depth));
      out.kind = c == '{' ? Kind::map : Kind::list;
      out.style = Style::flow;
      step();
      return take(out.place, {1, 0}) && (c == '{' ? read_entries(out, depth + 1) : read_items(out, depth + 1));
    }
    if (c == '"') {
      out.kind = Kind::text;
      out.style = Style::double_quoted;
      return read_string(out.text) && take(out.place, {1, out.text.size()});
    }
    return read_word(out) && take(out.place, {1, out.text.size()});
  }

  bool read_items(Node& list, std::size_t depth) {
    skip_blanks();
    if (peek() == ']') return step(), true;
    while (true) {
      skip_blanks();
      if (!read_value(list.items.emplace_back(), depth)) return false;
      skip_blanks();
      if (peek() == ']') return step(), true;
      if (peek() != ',') return expected("',' or ']'");
      step();
    }
  }

  bool read_entries(Node& map, std::size_t depth) {
    skip_blanks();
    if (peek() == '}') return step(), true;
    while (true) {
      skip_blanks();
      Entry entry{{}, place_, {}};
      if (peek() != '"') return expected("a key in double quotes", "no comma may stand before '}'");
      if (!read_string(entry.key) || !take(entry.place, {0, entry.key.size()})) return false;
      skip_blanks();
      if (peek() != ':') return expected("':'");
      step();
      skip_blanks();
      if (!read_value(entry.value, depth)) return false;
      map.entries.push_back(std::move(entry));
      skip_blanks();
      if (peek() == '}') return step(), keep_last_of_equal_keys(map.entries), true;
      if (peek() != ',') return expected("',' or '}'");
      step();
    }
  }

  bool read_string(std::string& out) {
    const Place start = place_;
    step();
    while (!done() && peek() != '"') {
      if (static_cast<unsigned char>(peek()) < 0x20)
        return fail(place_, "this is not valid JSON: a control character in a text");
      if (peek() == '\\') {
        if (!read_escape(out)) return false;
      } else {
        out += peek();
        step();
      }
    }
    if (done()) return fail(start, "this is not valid JSON: the text that begins here has no closing quote");
    step();
    return true;
  }

  bool read_escape(std::string& out) {
    const Place start = place_;
    step();
    const char c = peek();
    static constexpr std::string_view names = "\"\\/bfnrt", values = "\"\\/\b\f\n\r\t";
    if (const std::size_t i = names.find(c); !done() && i != std::string_view::npos)
      return step(), out += values[i], true;
    std::uint32_t code = 0;
    if (c != 'u' || !read_hex(code)) return fail(start, "this is not valid JSON: unknown escape in a text");
    if (code >= 0xD800 && code < 0xDC00) {
      std::uint32_t low = 0;
      if (peek() == '\\') step();
      if (peek() != 'u' || !read_hex(low) || low < 0xDC00 || low > 0xDFFF)
        return fail(start, "this is not valid JSON: half of a surrogate pair");
      code = 0x10000 + ((code - 0xD800) << 10) + (low - 0xDC00);
    } else if (code >= 0xDC00 && code < 0xE000) {
      return fail(start, "this is not valid JSON: half of a surrogate pair");
    }
    append_utf8(out, code);
    return true;
  }

  // The four digits behind \u.
  bool read_hex(std::uint32_t& code) {
    step();
    code = 0;
    for (int i = 0; i < 4; ++i) {
      const std::size_t digit =
          std::string_view("0123456789abcdef").find(char(peek() >= 'A' && peek() <= 'F' ? peek() | 0x20 : peek()));
      if (done() || digit == std::string_view::npos) return false;
      code = code << 4 | std::uint32_t(digit);
      step();
    }
    return true;
  }

  // A number, true, false, null, and Python's NaN and Infinity.
  bool read_word(Node& out) {
    const std::size_t end = std::min(text_.find_first_of(" \t\r\n,:]}[{\"", at_), text_.size());
    const std::string_view word = text_.substr(at_, end - at_);
    std::optional<Node> value;
    if (word == "null")
      value = null_node();
    else if (word == "true" || word == "false")
      value = boolean_node(word == "true");
    else if (word == "NaN")
      value = plain_value(".nan");
    else if (word == "Infinity")
      value = plain_value(".inf");
    else if (word == "-Infinity")
      value = plain_value("-.inf");
    else if (!is_number(word))
      return expected("a value");
    else
      value = number(word);
    if (!value) return fail(place_, fmt::format("the number {} is too large", in_quotes(word)));
    value->place = place_;
    value->text = word;
    out = std::move(*value);
    while (at_ < end) step();
    return true;
  }

  static bool is_number(std::string_view word) {
    std::size_t i = word.starts_with("-") ? 1 : 0;
    const auto pass_digits = [&] {
      const std::size_t start = i;
      while (i < word.size() && word[i] >= '0' && word[i] <= '9') ++i;
      return i > start;
    };
    const std::size_t first = i;
    if (!pass_digits() || (word[first] == '0' && i > first + 1)) return false;
    if (i < word.size() && word[i] == '.' && (++i, !pass_digits())) return false;
    if (i < word.size() && (word[i] == 'e' || word[i] == 'E')) {
      ++i;
      if (i < word.size() && (word[i] == '+' || word[i] == '-')) ++i;
      if (!pass_digits()) return false;
    }
    return i == word.size();
  }

  static std::optional<Node> number(std::string_view word) {
    if (word.find_first_of(".eE") == std::string_view::npos) return plain_value(word);
    const std::optional<double> value = decimal_value(word);
    return value ? std::optional(real_node(*value)) : std::nullopt;
  }

  std::string_view text_;
  std::string file_;
  ReadBudget budget_;
  std::size_t at_ = 0;
  Place place_{1, 1};
  Error error_;
};

}  // namespace

Result<Node> read_json(std::string_view text, std::string_view file, const ReadLimits& limits) {
  return JsonReader(text, file, limits).document();
}

}  // namespace cookline::tdn
