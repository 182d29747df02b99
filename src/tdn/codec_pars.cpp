// Parameters: values with their prefixes, sequences, definitions of custom parameters, pages and templates of them.
#include <fmt/format.h>

#include <cmath>
#include <map>

#include "tdn/fields.h"

namespace cookline::tdn {
namespace {

constexpr Field<CustomPar> custom_par_fields[] = {
    row<&CustomPar::name>("name"),
    row<&CustomPar::style>("style"),
    row<&CustomPar::label>("label"),
    row<&CustomPar::size>("size"),
    row<&CustomPar::start_section>("startSection"),
    row<&CustomPar::default_value>("default"),
    row<&CustomPar::min>("min"),
    row<&CustomPar::max>("max"),
    row<&CustomPar::clamp_min>("clampMin"),
    row<&CustomPar::clamp_max>("clampMax"),
    row<&CustomPar::norm_min>("normMin"),
    row<&CustomPar::norm_max>("normMax"),
    row<&CustomPar::menu_source>("menuSource"),
    row<&CustomPar::menu_names>("menuNames"),
    row<&CustomPar::menu_labels>("menuLabels"),
    row<&CustomPar::read_only>("readOnly"),
    row<&CustomPar::password>("password"),
    row<&CustomPar::style_clone_immune>("styleCloneImmune"),
    row<&CustomPar::bind_range>("bindRange"),
    row<&CustomPar::default_expr>("defaultExpr"),
    row<&CustomPar::default_bind_expr>("defaultBindExpr"),
    row<&CustomPar::default_mode>("defaultMode"),
    row<&CustomPar::enable>("enable"),
    row<&CustomPar::enable_expr>("enableExpr"),
    row<&CustomPar::help>("help"),
    row<&CustomPar::value>("value"),
    row<&CustomPar::values>("values"),
    row<&CustomPar::sequence>("sequence"),
};

constexpr std::string_view value_forms = "a number, a text, true or false";

// `=code`, `~code`, `==text`, `~~text`, or text.
ParValue text_value(const std::string& text) {
  ParValue value;
  const char prefix = text.empty() ? '\0' : text[0];
  if (prefix != '=' && prefix != '~') {
    value.constant = text;
  } else if (text.size() > 1 && text[1] == prefix) {
    value.constant = text.substr(1);
  } else {
    value.mode = prefix == '=' ? ParMode::expression : ParMode::bind;
    value.code = text.substr(1);
  }
  return value;
}

// The form of version 1.0: {expr: code} or {bind: code}.
void decode_code_map(Reader& reader, const Node& node, ParValue& out) {
  const Node* expression = node.find("expr");
  const Node* code = expression ? expression : node.find("bind");
  if (!code || code->kind != Kind::text || node.entries.size() != 1)
    return reader.fail(node.place, fmt::format("must be {}, or a map of one text, 'expr' or 'bind', found {}",
                                               value_forms, describe(node)));
  out.mode = expression ? ParMode::expression : ParMode::bind;
  out.code = code->text;
}

void decode_custom_par(Reader& reader, const Node& node, CustomPar& out) {
  out.place = node.place;
  read_fields<CustomPar>(reader, node, custom_par_fields, out, out.extra);
  if (reader.failed()) return;
  if (out.name.value.empty()) return reader.fail(node.place, "the definition of a custom parameter needs a 'name'");
  const auto step = reader.into(out.name.value);
  const auto styles = par_styles();
  if (out.style.value.empty())
    return reader.fail(node.place, "the definition of a custom parameter needs a 'style', e.g. Float");
  if (std::find(styles.begin(), styles.end(), out.style.value) == styles.end())
    return reader.fail(out.style.place, fmt::format("{} is no style of custom parameters", in_quotes(out.style.value)),
                       did_you_mean(out.style.value, styles));
  if (out.size && (out.size->value < 1 || out.size->value > 256))
    reader.fail(out.size->place, fmt::format("a parameter has 1 to 256 components, found size {}", out.size->value));
}

void decode_override(Reader& reader, const Entry& entry, Page& page) {
  Override value{entry.key, {}, entry.value.kind == Kind::list, entry.place};
  const auto step = reader.into(entry.key);
  if (!value.is_list) {
    decode(reader, entry.value, value.values.emplace_back());
  } else {
    for (const Node& item : entry.value.items) decode(reader, item, value.values.emplace_back());
  }
  page.overrides.push_back(std::move(value));
}

void decode_page(Reader& reader, const Entry& entry, Page& page) {
  page.name = {entry.key, entry.place};
  const auto step = reader.into(entry.key);
  if (entry.value.kind == Kind::null) return;
  if (entry.value.kind == Kind::list) return decode(reader, entry.value, page.pars);
  const Node* name = entry.value.find("$t");
  if (!name) return reader.fail_type(entry.value, "a list of parameters, or a map that names a template as '$t'");
  decode(reader, *name, page.from_template);
  for (const Entry& field : entry.value.entries)
    if (field.key != "$t" && !reader.failed()) decode_override(reader, field, page);
}

// The list of version 1.0, where each definition names its page; gives pages in order of appearance.
void decode_flat_pages(Reader& reader, const Node& node, std::vector<Page>& pages) {
  std::map<std::string, std::size_t> page_index;
  for (const Node& item : node.items) {
    if (reader.failed()) return;
    CustomPar par;
    decode_custom_par(reader, item, par);
    Text page{"Custom", item.place};
    std::erase_if(par.extra, [&](const Extra& field) {
      if (field.entry.key != "page") return false;
      decode(reader, field.entry.value, page);
      return true;
    });
    const auto [at, is_new] = page_index.try_emplace(page.value, pages.size());
    if (is_new) pages.push_back({page, {}, {}, {}});
    pages[at->second].pars.push_back(std::move(par));
  }
}

std::optional<Node> map_unless_empty(Node map) {
  return map.entries.empty() ? std::nullopt : std::optional(std::move(map));
}

Node par_map(const std::vector<NamedPar>& pars) {
  Node map = map_node();
  for (const NamedPar& par : pars) map.entries.push_back({par.name, {}, *encode(par.value)});
  return map;
}

Node par_list(const std::vector<ParValue>& values) {
  Node list = list_node();
  for (const ParValue& value : values) list.items.push_back(*encode(value));
  return list;
}

}  // namespace

void decode(Reader& reader, const Node& node, ParValue& out) {
  out = {};
  switch (node.kind) {
    case Kind::boolean:
      out.constant = node.boolean;
      break;
    case Kind::integer:
      out.constant = node.integer;
      break;
    case Kind::text:
      out = text_value(node.text);
      break;
    case Kind::map:
      decode_code_map(reader, node, out);
      break;
    case Kind::real:
      if (!std::isfinite(node.real)) reader.fail_type(node, "a finite number");
      out.constant = compact(node.real);
      break;
    case Kind::null:
      reader.fail(node.place, "the parameter has no value", "write '' for an empty text");
      break;
    case Kind::list:
      reader.fail_type(node, value_forms);
      break;
  }
  out.place = node.place;
}

void decode(Reader& reader, const Node& node, At<std::vector<ParValue>>& out) {
  out.place = node.place;
  if (node.kind != Kind::list) return reader.fail_type(node, "a list of values, one for each component");
  for (const Node& item : node.items)
    if (!reader.failed()) decode(reader, item, out.value.emplace_back());
}

void decode(Reader& reader, const Node& node, std::vector<NamedPar>& out) {
  if (node.kind != Kind::map) return reader.fail_type(node, "a map of parameter names and values");
  for (const Entry& entry : node.entries) {
    if (reader.failed()) return;
    const auto step = reader.into(entry.key);
    NamedPar& par = out.emplace_back(NamedPar{entry.key, entry.place, {}});
    decode(reader, entry.value, par.value);
  }
}

void decode(Reader& reader, const Node& node, std::vector<Sequence>& out) {
  if (node.kind != Kind::map) return reader.fail_type(node, "a map of sequence names and lists of blocks");
  for (const Entry& entry : node.entries) {
    const auto step = reader.into(entry.key);
    if (entry.value.kind != Kind::list) return reader.fail_type(entry.value, "a list of blocks");
    Sequence& sequence = out.emplace_back(Sequence{{entry.key, entry.place}, {}});
    for (const Node& block : entry.value.items) {
      if (reader.failed()) return;
      sequence.blocks.push_back({{}, block.place});
      if (block.kind != Kind::null) decode(reader, block, sequence.blocks.back().pars);
    }
  }
}

void decode(Reader& reader, const Node& node, std::vector<CustomPar>& out) {
  if (node.kind != Kind::list) return reader.fail_type(node, "a list of parameter definitions");
  for (const Node& item : node.items)
    if (!reader.failed()) decode_custom_par(reader, item, out.emplace_back());
}

void decode(Reader& reader, const Node& node, std::vector<Page>& out) {
  if (node.kind == Kind::list) return decode_flat_pages(reader, node, out);
  if (node.kind != Kind::map) return reader.fail_type(node, "a map of page names and lists of parameters");
  for (const Entry& entry : node.entries)
    if (!reader.failed()) decode_page(reader, entry, out.emplace_back());
}

void decode(Reader& reader, const Node& node, std::vector<ParTemplate>& out) {
  if (node.kind != Kind::map) return reader.fail_type(node, "a map of template names and lists of parameters");
  for (const Entry& entry : node.entries) {
    if (reader.failed()) return;
    const auto step = reader.into(entry.key);
    ParTemplate& found = out.emplace_back(ParTemplate{{entry.key, entry.place}, {}});
    if (entry.value.kind != Kind::null) decode(reader, entry.value, found.pars);
  }
}

std::optional<Node> encode(const ParValue& value) {
  if (value.mode != ParMode::constant) {
    const char prefix = value.mode == ParMode::expression ? '=' : '~';
    if (!value.code.starts_with(prefix)) return text_node(prefix + value.code);
    // A second prefix would say that the text is a constant.
    return map_node({{prefix == '=' ? "expr" : "bind", {}, text_node(value.code)}});
  }
  if (const std::string* text = std::get_if<std::string>(&value.constant)) {
    const bool escape = text->starts_with('=') || text->starts_with('~');
    return text_node(escape ? (*text)[0] + *text : *text);
  }
  return encode(Components<Value>{{value.constant}, false, {}});
}

std::optional<Node> encode(const At<std::vector<ParValue>>& value) { return par_list(value.value); }
std::optional<Node> encode(const std::vector<NamedPar>& value) { return map_unless_empty(par_map(value)); }

std::optional<Node> encode(const std::vector<Sequence>& value) {
  Node map = map_node();
  for (const Sequence& sequence : value) {
    Node blocks = list_node();
    for (const Block& block : sequence.blocks) blocks.items.push_back(par_map(block.pars));
    map.entries.push_back({sequence.name.value, {}, std::move(blocks)});
  }
  return map_unless_empty(std::move(map));
}

std::optional<Node> encode(const std::vector<CustomPar>& value) {
  Node list = list_node();
  for (const CustomPar& par : value) list.items.push_back(write_fields<CustomPar>(custom_par_fields, par, par.extra));
  return list;
}

std::optional<Node> encode(const std::vector<Page>& value) {
  Node map = map_node();
  for (const Page& page : value) {
    Node content =
        page.from_template ? map_node({{"$t", {}, text_node(page.from_template->value)}}) : *encode(page.pars);
    for (const Override& par : page.overrides)
      content.entries.push_back({par.name, {}, par.is_list ? par_list(par.values) : *encode(par.values.at(0))});
    map.entries.push_back({page.name.value, {}, std::move(content)});
  }
  return map_unless_empty(std::move(map));
}

std::optional<Node> encode(const std::vector<ParTemplate>& value) {
  Node map = map_node();
  for (const ParTemplate& entry : value) map.entries.push_back({entry.name.value, {}, *encode(entry.pars)});
  return map_unless_empty(std::move(map));
}

}  // namespace cookline::tdn
