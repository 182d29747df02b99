// Inside the tdn layer: tables of the fields of an object, and reading and writing an object by its table.
#pragma once
#include <algorithm>
#include <span>
#include <string_view>
#include <vector>

#include "tdn/codec.h"

namespace cookline::tdn {

template <class Object>
struct Field {
  std::string_view key;
  void (*read)(Reader& reader, const Node& node, Object& out);
  std::optional<Node> (*write)(const Object& object);
};

// The row of a member. For a member of the document's root component give both: `row<&Document::root,
// &Operator::type>`.
template <auto... member>
struct Row;
template <class Object, class T, T Object::*member>
struct Row<member> {
  static void read(Reader& reader, const Node& node, Object& out) { decode(reader, node, out.*member); }
  static std::optional<Node> write(const Object& object) { return encode(object.*member); }
  static constexpr Field<Object> field(std::string_view key) { return {key, read, write}; }
};
template <class Object, class Outer, class T, Outer Object::*outer, T Outer::*member>
struct Row<outer, member> {
  static void read(Reader& reader, const Node& node, Object& out) { decode(reader, node, out.*outer.*member); }
  static std::optional<Node> write(const Object& object) { return encode(object.*outer.*member); }
  static constexpr Field<Object> field(std::string_view key) { return {key, read, write}; }
};
template <auto... member>
constexpr auto row(std::string_view key) {
  return Row<member...>::field(key);
}

// Reads the fields of a map. A field that is null counts as absent. Unknown ones go to `extra`.
template <class Object>
void read_fields(Reader& reader, const Node& map, std::span<const Field<Object>> fields, Object& out,
                 std::vector<Extra>& extra) {
  if (map.kind != Kind::map) return reader.fail_type(map, "a map");
  std::vector<std::string> known;
  for (std::size_t i = 0; i < map.entries.size() && !reader.failed(); ++i) {
    const Entry& entry = map.entries[i];
    const auto field = std::find_if(fields.begin(), fields.end(), [&](const auto& f) { return f.key == entry.key; });
    if (field == fields.end()) {
      if (known.empty())
        for (const auto& f : fields) known.emplace_back(f.key);
      reader.check_typo(entry, known);
      extra.push_back({i, entry});
    } else if (entry.value.kind != Kind::null) {
      const auto step = reader.into(entry.key);
      field->read(reader, entry.value, out);
    }
  }
}

// Fields that are present in the order of the table, unknown ones where they stood.
Node merge_extra(std::vector<Entry> known, const std::vector<Extra>& extra);

template <class Object>
Node write_fields(std::span<const Field<Object>> fields, const Object& object, const std::vector<Extra>& extra) {
  std::vector<Entry> entries;
  for (const auto& field : fields)
    if (std::optional<Node> value = field.write(object))
      entries.push_back({std::string(field.key), {}, std::move(*value)});
  return merge_extra(std::move(entries), extra);
}

}  // namespace cookline::tdn
