// The document: header, options, type defaults, templates, and the root component's own properties.
#include <fmt/format.h>

#include <charconv>
#include <tuple>

#include "tdn/fields.h"
#include "tdn/read.h"
#include "tdn/write.h"
#include "tdn/yaml_writer.h"

namespace cookline::tdn {
namespace {

constexpr int newest_major = 2, newest_minor = 1;

constexpr Field<Options> option_fields[] = {
    row<&Options::include_dat_content>("include_dat_content"),
    row<&Options::include_storage>("include_storage"),
};

constexpr Field<TypeDefault> type_default_fields[] = {
    row<&TypeDefault::parameters>("parameters"), row<&TypeDefault::flags>("flags"), row<&TypeDefault::size>("size"),
    row<&TypeDefault::color>("color"),           row<&TypeDefault::tags>("tags"),
};

void read_type(Reader& reader, const Node& node, Document& out) { decode(reader, node, out.root.type); }
std::optional<Node> write_type(const Document& document) {
  return document.root.type.value.empty() ? std::nullopt : encode(document.root.type);
}

void read_operators(Reader& reader, const Node& node, Document& out) { decode(reader, node, out.root.children); }
std::optional<Node> write_operators(const Document& document) {
  std::optional<Node> list = encode(document.root.children);
  return list ? std::move(list) : std::optional(list_node());
}

// In the order in which Embody writes them.
constexpr Field<Document> document_fields[] = {
    row<&Document::format>("format"),
    row<&Document::version>("version"),
    row<&Document::build>("build"),
    row<&Document::generator>("generator"),
    row<&Document::td_build>("td_build"),
    row<&Document::source_file>("source_file"),
    row<&Document::exported_at>("exported_at"),
    row<&Document::network_path>("network_path"),
    row<&Document::options>("options"),
    row<&Document::type_defaults>("type_defaults"),
    row<&Document::par_templates>("par_templates"),
    {"type", read_type, write_type},
    row<&Document::root, &Operator::custom_pars>("custom_pars"),
    row<&Document::root, &Operator::parameters>("parameters"),
    row<&Document::root, &Operator::sequences>("sequences"),
    row<&Document::root, &Operator::flags>("flags"),
    row<&Document::root, &Operator::color>("color"),
    row<&Document::root, &Operator::tags>("tags"),
    row<&Document::root, &Operator::comment>("comment"),
    row<&Document::root, &Operator::storage>("storage"),
    row<&Document::root, &Operator::startup_storage>("startup_storage"),
    {"operators", read_operators, write_operators},
    row<&Document::root, &Operator::annotations>("annotations"),
};

void check_format(Reader& reader, const Document& document) {
  const std::string& format = document.format.value;
  static constexpr std::string_view formats[] = {"tdn", "tdxn"};
  const auto step = reader.into("format");
  if (format != "tdn" && format != "tdxn")
    reader.fail(document.format.place, fmt::format("must be 'tdn' or 'tdxn', found {}", in_quotes(format)),
                did_you_mean(format, formats));
}

void check_version(Reader& reader, const Document& document) {
  const std::string& version = document.version.value;
  const auto step = reader.into("version");
  int major = 0, minor = 0;
  const char* end = version.data() + version.size();
  auto read = std::from_chars(version.data(), end, major);
  bool valid = read.ec == std::errc() && major >= 0;
  if (valid && read.ptr != end && *read.ptr == '.') {
    read = std::from_chars(read.ptr + 1, end, minor);
    valid = read.ec == std::errc() && minor >= 0;
  }
  if (!valid || read.ptr != end)
    return reader.fail(document.version.place,
                       fmt::format("must be a version such as '2.0', found {}", in_quotes(version)));
  if (std::tuple(major, minor) > std::tuple(newest_major, newest_minor))
    reader.warn(document.version.place,
                fmt::format("version {} is newer than {}.{}, the newest known", version, newest_major, newest_minor),
                "some of its content may be ignored");
}

void decode_document(Reader& reader, const Node& node, Document& out) {
  out.root.place = node.place;
  if (node.kind == Kind::list) {
    out.bare = true;
    return decode(reader, node, out.root.children);
  }
  const Node* operators = node.find("operators");
  if (node.kind != Kind::map || (!operators && !node.find("format")))
    return reader.fail(
        node.place,
        "this is not a TDN document: expected a map with 'format: tdn' and 'operators', found " + describe(node));
  read_fields<Document>(reader, node, document_fields, out, out.root.extra);
  if (reader.failed()) return;
  check_format(reader, out);
  check_version(reader, out);
  if (!operators) reader.fail(node.place, "the document has no 'operators'", "an empty network has 'operators: []'");
}

}  // namespace

void decode(Reader& reader, const Node& node, Options& out) {
  read_fields<Options>(reader, node, option_fields, out, out.extra);
}

void decode(Reader& reader, const Node& node, std::vector<TypeDefault>& out) {
  if (node.kind != Kind::map) return reader.fail_type(node, "a map of operator types and what they have in common");
  for (const Entry& entry : node.entries) {
    if (reader.failed()) return;
    const auto step = reader.into(entry.key);
    TypeDefault& found = out.emplace_back();
    found.type = {entry.key, entry.place};
    if (entry.value.kind != Kind::null)
      read_fields<TypeDefault>(reader, entry.value, type_default_fields, found, found.extra);
  }
}

std::optional<Node> encode(const Options& value) { return write_fields<Options>(option_fields, value, value.extra); }

std::optional<Node> encode(const std::vector<TypeDefault>& value) {
  if (value.empty()) return std::nullopt;
  Node map = map_node();
  for (const TypeDefault& entry : value)
    map.entries.push_back({entry.type.value, {}, write_fields<TypeDefault>(type_default_fields, entry, entry.extra)});
  return map;
}

Result<Document> read_document_text(std::string_view text, const std::string& file, const ReadLimits& limits) {
  const Result<Node> node = read_node(text, file, limits);
  if (!node) return node.error();
  Document document;
  document.file = file;
  Reader reader(file);
  decode_document(reader, *node, document);
  if (reader.failed()) return reader.error();
  document.warnings = reader.take_warnings();
  return document;
}

Node to_node(const Document& document) {
  if (document.bare) return *write_operators(document);
  return write_fields<Document>(document_fields, document, document.root.extra);
}

std::string write_document(const Document& document) { return to_yaml(to_node(document)); }

bool Operator::operator==(const Operator& o) const {
  const auto fields = [](const Operator& op) {
    return std::tie(op.name, op.type, op.parameters, op.sequences, op.custom_pars, op.flags, op.position, op.size,
                    op.color, op.comment, op.tags, op.dock, op.storage, op.startup_storage, op.inputs, op.comp_inputs,
                    op.dat_content, op.dat_read_only, op.palette_clone, op.tdn_ref, op.tox_ref, op.children,
                    op.annotations, op.extra);
  };
  return fields(*this) == fields(o);
}

bool Document::operator==(const Document& o) const {
  const auto fields = [](const Document& d) {
    return std::tie(d.bare, d.format, d.version, d.build, d.generator, d.td_build, d.source_file, d.exported_at,
                    d.network_path, d.options, d.type_defaults, d.par_templates, d.root);
  };
  return fields(*this) == fields(o);
}

}  // namespace cookline::tdn
