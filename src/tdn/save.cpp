#include "tdn/save.h"

#include <fmt/format.h>

#include <algorithm>
#include <limits>

#include "base/text.h"
#include "tdn/fields.h"
#include "tdn/flag_names.h"
#include "tdn/json_writer.h"
#include "tdn/keep.h"
#include "tdn/read.h"
#include "tdn/save_pars.h"
#include "tdn/write.h"

namespace cookline::tdn {
namespace {

constexpr double most_inputs = 9999;
constexpr std::size_t at_the_end = std::numeric_limits<std::size_t>::max();

// What is kept in JSON was written by this layer; if it is not what it should be, it is left out.
template <class T>
std::vector<T> decode_kept(const Node& list) {
  Reader reader("");
  std::vector<T> out;
  decode(reader, list, out);
  if (reader.failed()) out.clear();
  return out;
}

// An operator with the kept fields that nodes have no member for.
Operator kept_operator(const cookline::Node& node) {
  Node map = kept(node, keep_fields).value_or(map_node());
  map.entries.push_back({"name", {}, text_node(node.name.empty() ? "root" : node.name)});
  map.entries.push_back({"type", {}, text_node(node.type_name)});
  std::vector<Operator> list = decode_kept<Operator>(list_node({map}));
  return list.empty() ? Operator{} : std::move(list[0]);
}

std::optional<Node> storage_map(const std::vector<std::pair<std::string, std::string>>& entries) {
  if (entries.empty()) return std::nullopt;
  Node map = map_node();
  for (const auto& [key, json] : entries) map.entries.push_back({key, {}, parse_kept(json)});
  return map;
}

// A sibling by name, any other operator by path.
std::string reference(const Network& network, const cookline::Node& from, NodeId to) {
  const cookline::Node* node = network.find(to);
  if (!node) return {};
  return node->parent == from.parent ? node->name : network.path(to);
}

std::vector<Connection> connections(const Network& network, const cookline::Node& node, const std::vector<Wire>& wires,
                                    std::string_view kind) {
  std::vector<Connection> out;
  out.reserve(wires.size());
  for (const Wire& wire : wires) out.push_back({reference(network, node, wire.source), wire.output, {}, {}});
  // Inputs that have something kept may lie behind the last wire.
  for (const auto& [key, json] : node.extra) {
    if (!key.starts_with(kind)) continue;
    const std::optional<double> index = parse_number(std::string_view(key).substr(kind.size()));
    if (!index || *index < 0 || *index > most_inputs) continue;
    const std::size_t i = std::size_t(*index);
    if (out.size() <= i) out.resize(i + 1);
    for (Entry& entry : parse_kept(json).entries) {
      if (entry.key != "source")
        out[i].extra.push_back({at_the_end, std::move(entry)});
      else if (out[i].source.empty())
        out[i].source = entry.value.text;
    }
  }
  return out;
}

void set_flags(const cookline::Node& node, Operator& op) {
  std::vector<Flag> flags = op.flags.value_or(std::vector<Flag>{});
  const Flags usual;
  for (const FlagName& flag : flag_names)
    if (node.flags.*(flag.member) != usual.*(flag.member))
      flags.push_back({std::string(flag.name), node.flags.*(flag.member), {}});
  op.flags = flags.empty() ? std::nullopt : std::optional(std::move(flags));
}

void set_looks(const Network& network, const cookline::Node& node, Operator& op) {
  if (node.position != std::pair(0.0, 0.0)) op.position = At<Vec2>{{node.position.first, node.position.second}, {}};
  if (node.size != std::pair(200.0, 100.0)) op.size = At<Vec2>{{node.size.first, node.size.second}, {}};
  if (node.color) op.color = At<Vec3>{*node.color, {}};
  if (!node.comment.empty()) op.comment = Text{node.comment, {}};
  if (!node.tags.empty()) {
    op.tags.emplace();
    for (const std::string& tag : node.tags) op.tags->push_back({tag, {}});
  }
  if (const std::string host = reference(network, node, node.dock); !host.empty()) op.dock = Text{host, {}};
}

std::vector<Annotation> annotations_of(const cookline::Node& node) {
  Node list = list_node();
  for (const std::string& json : node.annotations) list.items.push_back(parse_kept(json));
  return decode_kept<Annotation>(list);
}

Operator operator_of(const Network& network, NodeId id);

void set_children(const Network& network, const cookline::Node& node, Operator& op) {
  for (const NodeId child : node.children) op.children.push_back(operator_of(network, child));
  op.annotations = annotations_of(node);
}

// Adds what was kept of block parameters that the type does not have to the blocks that are there.
void join_sequences(const cookline::Node& node, std::vector<Sequence> kept, std::vector<Sequence>& sequences) {
  for (Sequence& unknown : kept) {
    const std::string& name = unknown.name.value;
    if (const Parameter* header = node.find(name); header && header->info->style == cookline::Style::Sequence)
      unknown.blocks.resize(
          std::min(unknown.blocks.size(), std::size_t(std::max<std::int64_t>(0, to_int(header->value)))));
    const auto same =
        std::find_if(sequences.begin(), sequences.end(), [&](const Sequence& s) { return s.name.value == name; });
    if (same == sequences.end()) {
      sequences.push_back(std::move(unknown));
      continue;
    }
    for (std::size_t i = 0; i < std::min(same->blocks.size(), unknown.blocks.size()); ++i)
      std::move(unknown.blocks[i].pars.begin(), unknown.blocks[i].pars.end(), std::back_inserter(same->blocks[i].pars));
  }
}

// Adds what was kept of definitions to their pages.
void join_pages(std::vector<Page> kept, std::vector<Page>& pages) {
  for (Page& page : kept) {
    const auto same =
        std::find_if(pages.begin(), pages.end(), [&](const Page& p) { return p.name.value == page.name.value; });
    if (same == pages.end())
      pages.push_back(std::move(page));
    else
      std::move(page.pars.begin(), page.pars.end(), std::back_inserter(same->pars));
  }
}

// Everything but children and annotations.
Operator shell_of(const Network& network, const cookline::Node& node) {
  Operator op = kept_operator(node);
  op.name.value = node.name;
  op.type.value = node.type_name;
  std::vector<NamedPar> parameters = saved_parameters(node);
  std::move(op.parameters.begin(), op.parameters.end(), std::back_inserter(parameters));
  op.parameters = std::move(parameters);
  std::vector<Sequence> sequences = saved_sequences(node);
  join_sequences(node, std::move(op.sequences), sequences);
  op.sequences = std::move(sequences);
  std::vector<Page> pages = saved_pages(node);
  join_pages(std::move(op.custom_pars), pages);
  op.custom_pars = std::move(pages);
  set_flags(node, op);
  set_looks(network, node, op);
  op.storage = storage_map(node.storage);
  op.startup_storage = storage_map(node.startup_storage);
  op.inputs = connections(network, node, node.inputs, keep_input);
  op.comp_inputs = connections(network, node, node.comp_inputs, keep_comp_input);
  const Table& content = node.content;
  const bool is_read_only = op.dat_read_only && op.dat_read_only->value;
  if (!is_read_only && (content.is_table ? !content.rows.empty() : !content.text.empty()))
    op.dat_content = DatContent{content, {}, {}};
  for (const auto& [key, json] : node.extra)
    if (!key.starts_with('/')) op.extra.push_back({at_the_end, {key, {}, parse_kept(json)}});
  return op;
}

Operator operator_of(const Network& network, NodeId id) {
  const cookline::Node& node = network.at(id);
  Operator op = shell_of(network, node);
  if (node.file.empty()) set_children(network, node, op);
  return op;
}

// What only the document around a component can say of it.
void strip_placement(Operator& root) {
  root.name = {};
  root.position.reset();
  root.size.reset();
  root.dock.reset();
  root.inputs.clear();
  root.comp_inputs.clear();
  root.tdn_ref.reset();
  root.tox_ref.reset();
  root.palette_clone.reset();
  root.dat_read_only.reset();
  root.dat_content.reset();
  root.extra.clear();
}

template <class T>
bool any_list(const std::optional<Components<T>>& field) {
  return field && field->is_list;
}

bool needs_2_1(const Operator& op) {
  for (const Page& page : op.custom_pars)
    for (const CustomPar& par : page.pars)
      if (any_list(par.default_value) || any_list(par.min) || any_list(par.max) || any_list(par.clamp_min) ||
          any_list(par.clamp_max) || any_list(par.norm_min) || any_list(par.norm_max) || any_list(par.read_only) ||
          any_list(par.help) || any_list(par.enable) || any_list(par.enable_expr) || any_list(par.default_expr) ||
          any_list(par.default_bind_expr) || any_list(par.default_mode) || any_list(par.password) ||
          any_list(par.style_clone_immune))
        return true;
  return std::any_of(op.children.begin(), op.children.end(), needs_2_1);
}

Document header_of(const cookline::Node& node) {
  if (const std::optional<Node> header = kept(node, keep_document))
    if (Result<Document> document = read_document_text(to_json(*header), "")) return std::move(*document);
  return {};
}

// Files of components below one, outer ones first.
Status add_files(const Network& network, NodeId component, const SaveHeader& header, std::vector<SavedFile>& files) {
  for (const NodeId id : network.at(component).children) {
    const cookline::Node& node = network.at(id);
    if (!node.file.empty()) {
      SavedFile file{node.file, write_document(document_of(network, id, header))};
      const auto same =
          std::find_if(files.begin(), files.end(), [&](const SavedFile& other) { return other.path == file.path; });
      if (same == files.end())
        files.push_back(std::move(file));
      else if (same->text != file.text)
        return usage_error(network.path(id),
                           fmt::format("it shares the file {} with another component, but is not the same", node.file),
                           "give it a file of its own");
    }
    if (Status status = add_files(network, id, header, files); !status) return status;
  }
  return {};
}

}  // namespace

Document document_of(const Network& network, NodeId component, const SaveHeader& header) {
  const cookline::Node& node = network.at(component);
  Document document = header_of(node);
  document.bare = false;
  std::vector<Extra> unknown = std::move(document.root.extra);
  document.root = shell_of(network, node);
  strip_placement(document.root);
  document.root.extra = std::move(unknown);
  set_children(network, node, document.root);
  if (!document.network_path) document.network_path = Text{network.path(component), {}};
  if (!document.options) document.options.emplace();
  document.options->include_dat_content = At<bool>{true, {}};
  const double version = parse_number(document.version.value).value_or(0);
  const double needed = needs_2_1(document.root) ? 2.1 : 2.0;
  if (version < needed) document.version.value = needed > 2.0 ? "2.1" : "2.0";
  if (!header.generator.empty()) document.generator = Text{header.generator, {}};
  if (!header.exported_at.empty()) document.exported_at = Text{header.exported_at, {}};
  return document;
}

Result<std::vector<SavedFile>> save_texts(const Network& network, NodeId component, const std::string& path,
                                          const SaveHeader& header) {
  std::vector<SavedFile> files{{path, write_document(document_of(network, component, header))}};
  if (Status status = add_files(network, component, header, files); !status) return status.error();
  return files;
}

}  // namespace cookline::tdn
