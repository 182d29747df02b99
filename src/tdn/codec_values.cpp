// Reading context, and the simple types: text, truth values, numbers, vectors, one-per-component values.
#include <fmt/format.h>

#include <cmath>

#include "base/text.h"
#include "tdn/codec.h"
#include "tdn/fields.h"
#include "tdn/read_node.h"

namespace cookline::tdn {

std::string Reader::where(Place place) const {
  std::string text = place_text(file_, place);
  if (!path_.empty() || !field_.empty()) text += ' ' + path_ + (path_.empty() || field_.empty() ? "" : ".") + field_;
  return text;
}

void Reader::fail(Place place, std::string what, std::string hint) {
  if (!error_) error_ = project_error(where(place), std::move(what), std::move(hint));
}

void Reader::fail_type(const Node& found, std::string_view allowed, std::string hint) {
  fail(found.place, fmt::format("must be {}, found {}", allowed, describe(found)), std::move(hint));
}

void Reader::warn(Place place, std::string what, std::string hint) {
  warnings_.push_back({where(place), std::move(what), std::move(hint)});
}

namespace {

// One letter too many, too few or another, two swapped, or (from four letters on) the rest left out. Case is ignored.
bool is_slip(std::string_view typed, std::string_view meant) {
  if (typed.size() >= 4 && meant.starts_with(typed)) return true;
  while (!typed.empty() && !meant.empty() && typed.front() == meant.front())
    typed.remove_prefix(1), meant.remove_prefix(1);
  while (!typed.empty() && !meant.empty() && typed.back() == meant.back())
    typed.remove_suffix(1), meant.remove_suffix(1);
  if (typed.size() <= 1 && meant.size() <= 1) return true;
  return typed.size() == 2 && meant.size() == 2 && typed[0] == meant[1] && typed[1] == meant[0];
}

}  // namespace

void Reader::check_typo(const Entry& entry, const std::vector<std::string>& known) {
  static constexpr std::size_t longest = 40;
  if (entry.key.size() < 3 || entry.key.size() > longest) return;
  for (const std::string& name : known) {
    if (!is_slip(to_lower(entry.key), to_lower(name))) continue;
    return warn(entry.place, fmt::format("the field {} is not known and has no effect", in_quotes(entry.key)),
                fmt::format("did you mean '{}'?", name));
  }
}

std::string did_you_mean(std::string_view name, std::span<const std::string_view> known) {
  if (name.size() > 40) return {};
  const std::vector<std::string> names(known.begin(), known.end());
  const std::optional<std::string> near = nearest_name(name, names);
  return near ? fmt::format("did you mean '{}'?", *near) : "";
}

Node merge_extra(std::vector<Entry> known, const std::vector<Extra>& extra) {
  std::vector<Entry> all;
  all.reserve(known.size() + extra.size());
  auto next = known.begin();
  for (const Extra& field : extra) {
    while (all.size() < field.index && next != known.end()) all.push_back(std::move(*next++));
    all.push_back(field.entry);
  }
  std::move(next, known.end(), std::back_inserter(all));
  return map_node(std::move(all));
}

void decode(Reader& reader, const Node& node, Text& out) {
  out.place = node.place;
  if (node.kind == Kind::text || (node.is_number() && !node.text.empty())) {
    out.value = node.text;
  } else if (node.kind == Kind::boolean && !node.text.empty()) {
    // YAML 1.1 takes on, off, yes and no for truth values; where text is wanted the spelling is what was meant.
    reader.warn(node.place, fmt::format("{} without quotes is a truth value in YAML; it is read as text", node.text),
                "put it in quotes");
    out.value = node.text;
  } else {
    reader.fail_type(node, "text");
  }
}

void decode(Reader& reader, const Node& node, At<bool>& out) {
  out = {node.boolean, node.place};
  if (node.kind != Kind::boolean)
    reader.fail_type(node, "true or false", node.kind == Kind::text ? "remove the quotes" : "");
}

void decode(Reader& reader, const Node& node, At<std::int64_t>& out) {
  out.place = node.place;
  if (node.kind == Kind::integer)
    out.value = node.integer;
  else if (node.kind == Kind::real && std::abs(node.real) < 0x1p53 && node.real == std::trunc(node.real))
    out.value = std::int64_t(node.real);
  else
    reader.fail_type(node, "a whole number");
}

namespace {

double finite_number(Reader& reader, const Node& node, std::string_view allowed) {
  if (!node.is_number() || !std::isfinite(node.number())) reader.fail_type(node, allowed);
  return node.number();
}

template <std::size_t size>
void decode_vector(Reader& reader, const Node& node, At<std::array<double, size>>& out) {
  out.place = node.place;
  const std::string allowed = fmt::format("a list of {} numbers", size);
  if (node.kind != Kind::list) return reader.fail_type(node, allowed);
  if (node.items.size() != size)
    return reader.fail(node.place, fmt::format("must be {}, found a list of {}", allowed, node.items.size()));
  for (std::size_t i = 0; i < size; ++i) out.value[i] = finite_number(reader, node.items[i], "a number");
}

Node encode_number(double value) {
  return compact(value).index() == 1 ? integer_node(std::int64_t(value)) : real_node(value);
}

template <std::size_t size>
Node encode_vector(const std::array<double, size>& value) {
  Node list = list_node();
  for (const double number : value) list.items.push_back(encode_number(number));
  return list;
}

Node encode_value(const Value& value) {
  const Value simple = compact(value);
  if (const double* real = std::get_if<double>(&simple)) return real_node(*real);
  if (const std::int64_t* integer = std::get_if<std::int64_t>(&simple)) return integer_node(*integer);
  if (const bool* boolean = std::get_if<bool>(&simple)) return boolean_node(*boolean);
  return text_node(std::get<std::string>(simple));
}

// Reads one value or a list of them with `read`, which makes a T of a node or fails.
template <class T, class Read>
void decode_components(Reader& reader, const Node& node, Components<T>& out, Read read) {
  out.place = node.place;
  out.is_list = node.kind == Kind::list;
  if (!out.is_list) return out.values.push_back(read(node));
  for (const Node& item : node.items)
    if (!reader.failed()) out.values.push_back(read(item));
}

template <class T, class Write>
std::optional<Node> encode_components(const Components<T>& value, Write write) {
  if (!value.is_list && value.values.empty()) return std::nullopt;
  if (!value.is_list) return write(value.values[0]);
  Node list = list_node();
  for (const T& item : value.values) list.items.push_back(write(item));
  return list;
}

}  // namespace

void decode(Reader& reader, const Node& node, At<double>& out) {
  out = {finite_number(reader, node, "a number"), node.place};
}
void decode(Reader& reader, const Node& node, At<Vec2>& out) { decode_vector(reader, node, out); }
void decode(Reader& reader, const Node& node, At<Vec3>& out) { decode_vector(reader, node, out); }

void decode(Reader& reader, const Node& node, std::vector<Text>& out) {
  if (node.kind != Kind::list)
    return reader.fail_type(node, "a list of texts",
                            node.kind == Kind::text ? "write it as [" + node.text.substr(0, 40) + "]" : "");
  for (const Node& item : node.items) decode(reader, item, out.emplace_back());
}

void decode(Reader& reader, const Node& node, Components<Value>& out) {
  decode_components(reader, node, out, [&](const Node& item) -> Value {
    if (item.kind == Kind::boolean) return item.boolean;
    if (item.kind == Kind::integer) return item.integer;
    if (item.kind == Kind::text || item.kind == Kind::null) return item.kind == Kind::text ? item.text : std::string();
    return compact(finite_number(reader, item, "a number, a text, true or false"));
  });
}

void decode(Reader& reader, const Node& node, Components<double>& out) {
  decode_components(reader, node, out,
                    [&](const Node& item) { return finite_number(reader, item, "a number or a list of numbers"); });
}

void decode(Reader& reader, const Node& node, Components<bool>& out) {
  decode_components(reader, node, out, [&](const Node& item) {
    if (item.kind != Kind::boolean) reader.fail_type(item, "true or false, or a list of them");
    return item.boolean;
  });
}

void decode(Reader& reader, const Node& node, Components<std::string>& out) {
  decode_components(reader, node, out, [&](const Node& item) {
    Text text;
    if (item.kind != Kind::null) decode(reader, item, text);
    return text.value;
  });
}

void decode(Reader& reader, const Node& node, Node& out) {
  if (node.kind != Kind::map) return reader.fail_type(node, "a map");
  out = node;
}

std::optional<Node> encode(const Text& value) { return text_node(value.value); }
std::optional<Node> encode(const At<bool>& value) { return boolean_node(value.value); }
std::optional<Node> encode(const At<std::int64_t>& value) { return integer_node(value.value); }
std::optional<Node> encode(const At<double>& value) { return encode_number(value.value); }
std::optional<Node> encode(const At<Vec2>& value) { return encode_vector(value.value); }
std::optional<Node> encode(const At<Vec3>& value) { return encode_vector(value.value); }

std::optional<Node> encode(const std::vector<Text>& value) {
  Node list = list_node();
  for (const Text& text : value) list.items.push_back(text_node(text.value));
  return list;
}

std::optional<Node> encode(const Components<Value>& value) { return encode_components(value, encode_value); }
// Ranges are written with a point even when whole, as Embody does.
std::optional<Node> encode(const Components<double>& value) { return encode_components(value, real_node); }
std::optional<Node> encode(const Components<bool>& value) { return encode_components(value, boolean_node); }
std::optional<Node> encode(const Components<std::string>& value) { return encode_components(value, text_node); }
std::optional<Node> encode(const Node& value) { return value; }

}  // namespace cookline::tdn
