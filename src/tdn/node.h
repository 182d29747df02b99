// A tree of plain values that know where they were written: what a TDN text says before anything is known of networks.
#pragma once
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace cookline::tdn {

// Line and column (in characters), both from 1; line 0: made by the program. All places are equal: where something
// stands is not part of what it says.
struct Place {
  std::uint32_t line = 0, column = 0;
  bool operator==(const Place&) const { return true; }
};

enum class Kind : std::uint8_t { null, boolean, integer, real, text, list, map };

// How a value was written. JSON strings are double_quoted, JSON lists and maps are flow.
enum class Style : std::uint8_t { plain, single_quoted, double_quoted, literal, folded, block, flow };

struct Entry;

struct Node {
  Kind kind = Kind::null;
  Style style = Style::plain;
  Place place;
  bool boolean = false;
  std::int64_t integer = 0;
  double real = 0;
  std::string text;            // the text; for null, booleans and numbers how they were spelled, empty if made here
  std::vector<Node> items;     // of a list
  std::vector<Entry> entries;  // of a map, in order, no key twice

  bool is_scalar() const { return kind != Kind::list && kind != Kind::map; }
  bool is_number() const { return kind == Kind::integer || kind == Kind::real; }
  // The number as a double; 0 if this is none.
  double number() const;
  // The value under a key of a map, or nullptr.
  const Node* find(std::string_view key) const;
};

struct Entry {
  std::string key;  // keys that are no text (1, on, ~) are kept as they were spelled
  Place place;      // of the key
  Node value;
};

// Same values in the same order. 1 equals 1.0, NaN equals NaN; style, spelling and place do not count.
bool operator==(const Node& a, const Node& b);
bool operator==(const Entry& a, const Entry& b);

// Values made by the program; their place is empty.
Node null_node();
Node boolean_node(bool value);
Node integer_node(std::int64_t value);
Node real_node(double value);
Node text_node(std::string_view value);
Node list_node(std::vector<Node> items = {});
Node map_node(std::vector<Entry> entries = {});

// What a value is, in words and cut to a line, for messages: `the text 'abc'`, `the number 5`, `a list`, `nothing`.
std::string describe(const Node& node);
// Text in single quotes for messages: control characters escaped, cut after about 60 bytes.
std::string in_quotes(std::string_view text);

}  // namespace cookline::tdn
