// Operators and what belongs to them: flags, connections, DAT content, annotations.
#include <fmt/format.h>

#include <map>

#include "tdn/fields.h"

namespace cookline::tdn {
namespace {

constexpr std::string_view known_flags[] = {"bypass",         "lock",        "display",
                                            "render",         "viewer",      "expose",
                                            "allowCooking",   "cloneImmune", "componentCloneImmune",
                                            "showCustomOnly", "showDocked",  "export"};
constexpr std::string_view annotation_modes[] = {"annotate", "comment", "networkbox"};
constexpr std::string_view content_formats[] = {"text", "table"};

constexpr Field<Annotation> annotation_fields[] = {
    row<&Annotation::name>("name"),
    row<&Annotation::mode>("mode"),
    row<&Annotation::title>("title"),
    row<&Annotation::text>("text"),
    row<&Annotation::position>("position"),
    row<&Annotation::size>("size"),
    row<&Annotation::color>("color"),
    row<&Annotation::opacity>("opacity"),
    row<&Annotation::back_alpha>("backAlpha"),
    row<&Annotation::title_height>("titleHeight"),
    row<&Annotation::body_font_size>("bodyFontSize"),
};

bool is_one_of(std::string_view name, std::span<const std::string_view> names) {
  return std::find(names.begin(), names.end(), name) != names.end();
}

// The format is only checked here: content shows by its shape what it is, check_content() compares.
void read_content_format(Reader& reader, const Node& node, Operator&) {
  if (node.kind == Kind::text && is_one_of(node.text, content_formats)) return;
  reader.fail_type(node, "'text' or 'table'", node.kind == Kind::text ? did_you_mean(node.text, content_formats) : "");
}

std::optional<Node> write_content_format(const Operator& op) {
  if (!op.dat_content) return std::nullopt;
  return text_node(op.dat_content->table.is_table ? "table" : "text");
}

// In the order in which Embody writes them.
constexpr Field<Operator> operator_fields[] = {
    row<&Operator::name>("name"),
    row<&Operator::type>("type"),
    row<&Operator::parameters>("parameters"),
    row<&Operator::sequences>("sequences"),
    row<&Operator::custom_pars>("custom_pars"),
    row<&Operator::flags>("flags"),
    row<&Operator::position>("position"),
    row<&Operator::size>("size"),
    row<&Operator::color>("color"),
    row<&Operator::comment>("comment"),
    row<&Operator::tags>("tags"),
    row<&Operator::dock>("dock"),
    row<&Operator::storage>("storage"),
    row<&Operator::startup_storage>("startup_storage"),
    row<&Operator::inputs>("inputs"),
    row<&Operator::comp_inputs>("comp_inputs"),
    row<&Operator::dat_content>("dat_content"),
    {"dat_content_format", read_content_format, write_content_format},
    row<&Operator::dat_read_only>("dat_read_only"),
    row<&Operator::palette_clone>("palette_clone"),
    row<&Operator::tdn_ref>("tdn_ref"),
    row<&Operator::tox_ref>("tox_ref"),
    row<&Operator::children>("children"),
    row<&Operator::annotations>("annotations"),
};

void add_flag(Reader& reader, const std::string& name, bool on, Place place, std::vector<Flag>& out) {
  if (!is_one_of(name, known_flags))
    reader.warn(place, fmt::format("the flag {} is not known and has no effect", in_quotes(name)),
                did_you_mean(name, known_flags));
  out.push_back({name, on, place});
}

// {index, source, output}; the index is that of the input, by default the position in the list.
void decode_connection_map(Reader& reader, const Node& node, std::size_t& index, Connection& out) {
  for (std::size_t i = 0; i < node.entries.size() && !reader.failed(); ++i) {
    const Entry& entry = node.entries[i];
    const auto step = reader.into(entry.key);
    if (entry.key == "source") {
      Text source;
      if (entry.value.kind != Kind::null) decode(reader, entry.value, source);
      out.source = source.value;
    } else if (entry.key == "index" || entry.key == "output") {
      static constexpr std::int64_t most = 9999;
      At<std::int64_t> number;
      decode(reader, entry.value, number);
      if (number.value < 0 || number.value > most)
        reader.fail_type(entry.value, fmt::format("a whole number from 0 to {}", most));
      if (entry.key == "index")
        index = std::size_t(number.value);
      else
        out.output = int(number.value);
    } else {
      out.extra.push_back({i, entry});
    }
  }
}

Node encode_connection(const Connection& wire, std::size_t index) {
  if (wire.output == 0 && wire.extra.empty()) return wire.source.empty() ? null_node() : text_node(wire.source);
  std::vector<Entry> entries{{"index", {}, integer_node(std::int64_t(index))}, {"source", {}, text_node(wire.source)}};
  if (wire.output != 0) entries.push_back({"output", {}, integer_node(wire.output)});
  return merge_extra(std::move(entries), wire.extra);
}

// A text whose lines stand one below the other in the file shows where its first line is.
Place first_line_of(const Node& node) {
  if (node.kind == Kind::text) {
    if (node.style == Style::literal) return {node.place.line + 1, 1};
    return node.text.find('\n') == std::string::npos ? node.place : Place{};
  }
  for (std::size_t i = 0; i < node.items.size(); ++i)
    if (node.items[i].place.line != node.items[0].place.line + i) return {};
  return node.items.empty() ? Place{} : node.items[0].place;
}

void decode_lines(Reader& reader, const Node& node, std::string& out) {
  for (std::size_t i = 0; i < node.items.size() && !reader.failed(); ++i) {
    Text line;
    if (node.items[i].kind != Kind::null) decode(reader, node.items[i], line);
    out += (i > 0 ? "\n" : "") + line.value;
  }
}

void decode_rows(Reader& reader, const Node& node, std::vector<std::vector<std::string>>& rows) {
  std::size_t columns = 0;
  for (const Node& row : node.items) {
    if (row.kind != Kind::list) return reader.fail_type(row, "a list of cells");
    columns = std::max(columns, row.items.size());
    auto& cells = rows.emplace_back();
    for (const Node& cell : row.items) {
      Text text;
      if (cell.kind != Kind::null) decode(reader, cell, text);
      if (reader.failed()) return;
      cells.push_back(std::move(text.value));
    }
  }
  // Short rows are filled; one very long row must not blow up all the others.
  static constexpr std::size_t most_cells = 4'000'000;
  if (columns > 0 && rows.size() > most_cells / columns)
    return reader.fail(node.place, fmt::format("a table of {} rows and {} columns is too large", rows.size(), columns));
  for (auto& row : rows) row.resize(columns);
}

// Whether content and format agree, and what an empty list is.
void check_content(Reader& reader, const Node& node, Operator& op) {
  const Node* content = node.find("dat_content");
  const Node* format = node.find("dat_content_format");
  if (!op.dat_content || !content || !format || format->kind != Kind::text) return;
  const bool wants_table = format->text == "table";
  if (content->kind == Kind::list && content->items.empty()) op.dat_content->table.is_table = wants_table;
  if (op.dat_content->table.is_table == wants_table) return;
  const auto step = reader.into("dat_content");
  reader.fail(
      content->place, fmt::format("the format is '{}', found {}", format->text, describe(*content)),
      wants_table ? "a table is a list of rows, each a list of cells" : "a text is one text or a list of lines");
}

void check_operator(Reader& reader, const Node& node, Operator& op) {
  if (op.type.value.empty()) return reader.fail(node.place, "an operator needs a 'type', e.g. noiseTOP");
  check_content(reader, node, op);
  if (op.tdn_ref && !op.children.empty())
    reader.fail(op.tdn_ref->place, "an operator has either 'tdn_ref' or 'children', found both", "remove one of them");
}

void decode_operator(Reader& reader, const Node& node, Operator& out) {
  out.place = node.place;
  if (node.kind != Kind::map) return reader.fail_type(node, "an operator: a map with 'name' and 'type'");
  const Node* name = node.find("name");
  if (!name || (name->kind == Kind::text && name->text.empty()) || name->kind == Kind::null)
    return reader.fail(node.place, "an operator needs a 'name'");
  const auto step = reader.into_operator(name->text);
  read_fields<Operator>(reader, node, operator_fields, out, out.extra);
  if (!reader.failed()) check_operator(reader, node, out);
}

}  // namespace

void decode(Reader& reader, const Node& node, std::vector<Flag>& out) {
  if (node.kind == Kind::map) {  // the form of version 1.0
    for (const Entry& entry : node.entries) {
      At<bool> on;
      decode(reader, entry.value, on);
      if (!reader.failed()) add_flag(reader, entry.key, on.value, entry.place, out);
    }
    return;
  }
  if (node.kind != Kind::list) return reader.fail_type(node, "a list of flags such as [viewer, -expose]");
  for (const Node& item : node.items) {
    if (item.kind != Kind::text || item.text.empty()) return reader.fail_type(item, "the name of a flag");
    const bool off = item.text[0] == '-';
    add_flag(reader, item.text.substr(off), !off, item.place, out);
  }
}

void decode(Reader& reader, const Node& node, std::vector<Connection>& out) {
  if (node.kind != Kind::list) return reader.fail_type(node, "a list of operator names, null where an input is free");
  for (std::size_t i = 0; i < node.items.size() && !reader.failed(); ++i) {
    const Node& item = node.items[i];
    std::size_t index = i;
    Connection wire;
    wire.place = item.place;
    if (item.kind == Kind::map) {
      decode_connection_map(reader, item, index, wire);
    } else if (item.kind != Kind::null) {
      Text source;
      decode(reader, item, source);
      wire.source = source.value;
    }
    if (reader.failed()) return;
    if (out.size() <= index) out.resize(index + 1);
    if (!out[index].source.empty()) return reader.fail(item.place, fmt::format("input {} is wired twice", index));
    out[index] = std::move(wire);
  }
  while (!out.empty() && out.back().source.empty() && out.back().extra.empty()) out.pop_back();
}

void decode(Reader& reader, const Node& node, DatContent& out) {
  out.place = node.place;
  const bool of_lists = node.kind == Kind::list && (node.items.empty() || node.items[0].kind == Kind::list);
  if (node.kind == Kind::map) return reader.fail_type(node, "a text, a list of lines, or a list of rows");
  out.table.is_table = of_lists;
  if (of_lists) return decode_rows(reader, node, out.table.rows);
  out.first_line = first_line_of(node);
  if (node.kind == Kind::list) return decode_lines(reader, node, out.table.text);
  Text text;
  decode(reader, node, text);
  out.table.text = std::move(text.value);
}

void decode(Reader& reader, const Node& node, std::vector<Annotation>& out) {
  if (node.kind != Kind::list) return reader.fail_type(node, "a list of annotations");
  for (const Node& item : node.items) {
    if (reader.failed()) return;
    Annotation& note = out.emplace_back();
    note.place = item.place;
    read_fields<Annotation>(reader, item, annotation_fields, note, note.extra);
    if (reader.failed()) return;
    if (note.name.value.empty()) return reader.fail(item.place, "an annotation needs a 'name'");
    if (note.mode.value.empty())
      return reader.fail(item.place, "an annotation needs a 'mode': annotate, comment or networkbox");
    if (!is_one_of(note.mode.value, annotation_modes))
      reader.fail(note.mode.place,
                  fmt::format("the mode must be annotate, comment or networkbox, found {}", in_quotes(note.mode.value)),
                  did_you_mean(note.mode.value, annotation_modes));
  }
}

void decode(Reader& reader, const Node& node, std::vector<Operator>& out) {
  if (node.kind != Kind::list) return reader.fail_type(node, "a list of operators");
  std::map<std::string, Place> names;
  for (const Node& item : node.items) {
    if (reader.failed()) return;
    decode_operator(reader, item, out.emplace_back());
    if (reader.failed()) return;
    const Text& name = out.back().name;
    const auto [first, is_new] = names.try_emplace(name.value, name.place);
    if (!is_new)
      reader.fail(name.place, fmt::format("the name {} is taken by the operator in line {}", in_quotes(name.value),
                                          first->second.line));
  }
}

std::optional<Node> encode(const std::vector<Flag>& value) {
  Node list = list_node();
  for (const Flag& flag : value) list.items.push_back(text_node(flag.on ? flag.name : "-" + flag.name));
  return list;
}

std::optional<Node> encode(const std::vector<Connection>& value) {
  if (value.empty()) return std::nullopt;
  Node list = list_node();
  for (std::size_t i = 0; i < value.size(); ++i) list.items.push_back(encode_connection(value[i], i));
  return list;
}

std::optional<Node> encode(const DatContent& value) {
  if (!value.table.is_table) return text_node(value.table.text);
  Node rows = list_node();
  for (const auto& row : value.table.rows) {
    Node& cells = rows.items.emplace_back(list_node());
    for (const std::string& cell : row) cells.items.push_back(text_node(cell));
  }
  return rows;
}

std::optional<Node> encode(const std::vector<Annotation>& value) {
  if (value.empty()) return std::nullopt;
  Node list = list_node();
  for (const Annotation& note : value)
    list.items.push_back(write_fields<Annotation>(annotation_fields, note, note.extra));
  return list;
}

std::optional<Node> encode(const std::vector<Operator>& value) {
  if (value.empty()) return std::nullopt;
  Node list = list_node();
  for (const Operator& op : value) list.items.push_back(write_fields<Operator>(operator_fields, op, op.extra));
  return list;
}

}  // namespace cookline::tdn
