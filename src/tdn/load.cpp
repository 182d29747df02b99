// In the order in which the format says that networks are rebuilt: operators, custom parameters, sequences, values,
// flags, looks and content, wires. A component with a file of its own is filled twice: by what the outer document says
// of it, then by its own document, which wins.
#include "tdn/load.h"

#include <fmt/format.h>

#include <algorithm>
#include <deque>

#include "base/text.h"
#include "tdn/fields.h"
#include "tdn/flag_names.h"
#include "tdn/json_writer.h"
#include "tdn/keep.h"
#include "tdn/load_pars.h"
#include "tdn/read.h"
#include "tdn/resolve.h"
#include "tdn/write.h"

namespace cookline::tdn {
namespace {

// Finding a free name takes time in proportion to the number of siblings.
constexpr std::size_t most_children = 20'000;

// Header and unknown fields of a document, without what the network holds.
Node header_of(const Document& document) {
  Document header = document;
  header.par_templates.clear();
  std::erase_if(header.type_defaults, [](const TypeDefault& entry) { return entry.extra.empty(); });
  for (TypeDefault& entry : header.type_defaults) entry = {.type = entry.type, .extra = entry.extra};
  header.root = {};
  header.root.extra = document.root.extra;
  return to_node(header);
}

std::vector<std::pair<std::string, std::string>> json_entries(const std::optional<Node>& map) {
  std::vector<std::pair<std::string, std::string>> out;
  if (map)
    for (const Entry& entry : map->entries) out.emplace_back(entry.key, to_json(entry.value));
  return out;
}

class Loader {
 public:
  Loader(Network& network, std::vector<Warning>& warnings) : network_(network), warnings_(warnings) {}

  Result<NodeId> load(const Document& source) {
    Result<const Document*> document = prepare(source);
    if (!document) return document.error();
    Result<NodeId> component = make_component(**document);
    if (!component) return component;
    if (Status status = fill(**document, source, *component); !status) return status.error();
    for (const Made& made : made_)
      if (Status status = apply(made); !status) return status.error();
    for (const Made& made : made_)
      if (Status status = wire(made); !status) return status.error();
    network_.touch();
    return *component;
  }

 private:
  struct Made {
    const Operator* op;
    const Document* document;
    NodeId id;
    bool is_root;  // the document's own component
  };

  Target target(const Made& made) { return {network_, made.id, made.document->file}; }

  Result<const Document*> prepare(const Document& document) {
    warnings_.insert(warnings_.end(), document.warnings.begin(), document.warnings.end());
    Result<Document> full = resolved(document);
    if (!full) return full.error();
    return &documents_.emplace_back(std::move(*full));
  }

  // The component that network_path names; its missing ancestors are Base COMPs.
  Result<NodeId> make_component(const Document& document) {
    NodeId at = network_.root();
    if (!document.network_path) return at;
    const Text& path = *document.network_path;
    const std::string where = place_text(document.file, path.place) + " network_path";
    if (!path.value.starts_with('/'))
      return project_error(where, fmt::format("must begin with '/', found {}", in_quotes(path.value)));
    std::string_view rest = path.value;
    while (!rest.empty()) {
      const std::string_view name = rest.substr(0, rest.find('/'));
      rest.remove_prefix(std::min(name.size() + 1, rest.size()));
      if (name.empty()) continue;
      const NodeId known = network_.lookup_in(at, name);
      const std::string& own_type = document.root.type.value;
      const std::string type = rest.empty() && !own_type.empty() ? own_type : "baseCOMP";
      const Result<NodeId> next = known ? Result<NodeId>(known) : network_.create(at, type, name, true);
      if (!next) return Error{ErrorCode::project, next.error().what, where, next.error().hint};
      at = *next;
    }
    return at;
  }

  // Makes the operators of a document inside its component. `source` is the document before defaults were applied.
  Status fill(const Document& document, const Document& source, NodeId component) {
    keep(*network_.find(component), keep_document, header_of(source));
    made_.push_back({&document.root, &document, component, true});
    return make_children(document, document.root, component);
  }

  Status make_children(const Document& document, const Operator& parent, NodeId into) {
    if (parent.children.size() > most_children)
      return project_error(place_text(document.file, parent.place) + " " + network_.path(into),
                           fmt::format("the component holds {} operators, at most {} are allowed",
                                       parent.children.size(), most_children));
    for (const Operator& op : parent.children) {
      const Result<NodeId> id = network_.create(into, op.type.value, op.name.value, true);
      if (!id) return Target{network_, into, document.file}.at(op.name.place, "", id.error());
      cookline::Node& node = *network_.find(*id);
      if (node.name != op.name.value)
        return project_error(place_text(document.file, op.name.place) + " " + network_.path(into),
                             fmt::format("there is an operator {} already", in_quotes(op.name.value)));
      node.source = place_text(document.file, op.place);
      made_.push_back({&op, &document, *id, false});
      if (Status status = make_children(document, op, *id); !status) return status;
      if (op.content)
        if (Status status = fill_from_file(op, *id); !status) return status;
    }
    return {};
  }

  Status fill_from_file(const Operator& op, NodeId id) {
    Result<const Document*> document = prepare(*op.content);
    if (!document) return document.error();
    network_.find(id)->file = op.content->file;
    const Text& type = (*document)->root.type;
    if (!type.value.empty() && type.value != op.type.value)
      warnings_.push_back({place_text(op.content->file, type.place) + " " + network_.path(id),
                           fmt::format("the file describes a {}, the operator is a {}", type.value, op.type.value),
                           ""});
    return fill(**document, *op.content, id);
  }

  Status apply(const Made& made) {
    const Target to = target(made);
    if (Status status = load_custom_pars(to, made.op->custom_pars, made.op->sequences); !status) return status;
    Operator rest, fit;
    split_by_fit(made, fit, rest);
    if (Status status = load_sequences(to, fit.sequences); !status) return status;
    if (Status status = load_parameters(to, fit.parameters); !status) return status;
    rest.custom_pars = without_blocks(*made.op);
    keep_rest(made, rest);
    set_flags(made);
    set_looks(*made.op, *network_.find(made.id));
    if (made.op->dat_content) network_.set_content(made.id, made.op->dat_content->table);
    warn_of_missing_contents(made);
    return {};
  }

  // Parts parameters and sequences into those to set and those that are kept for saving because the network has none
  // such: of placeholders, of components in the place of one of another type, and of names that the type does not have.
  void split_by_fit(const Made& made, Operator& fit, Operator& rest) {
    const cookline::Node& node = network_.at(made.id);
    const std::string& type = made.op->type.value;
    const bool other_type = !node.type || (!type.empty() && node.type_name != type);
    for (const NamedPar& par : made.op->parameters) {
      const bool is_known = network_.parameter(made.id, par.name) != nullptr;
      (is_known ? fit : rest).parameters.push_back(par);
      if (!is_known && !other_type) warn_of_unknown(made, par.place, par.name);
    }
    for (const Sequence& sequence : made.op->sequences) split_sequence(made, sequence, fit, rest);
  }

  void split_sequence(const Made& made, const Sequence& sequence, Operator& fit, Operator& rest) {
    const cookline::Node& node = network_.at(made.id);
    const std::string& name = sequence.name.value;
    const Parameter* header = node.find(name);
    if (!header || header->info->style != cookline::Style::Sequence) {
      rest.sequences.push_back(sequence);
      if (node.type) warn_of_unknown(made, sequence.name.place, name);
      return;
    }
    Sequence known{sequence.name, {}}, unknown{sequence.name, {}};
    bool any_unknown = false;
    for (const Block& block : sequence.blocks) {
      Block& fits = known.blocks.emplace_back(Block{{}, block.place});
      Block& others = unknown.blocks.emplace_back(Block{{}, block.place});
      for (const NamedPar& par : block.pars) {
        // All blocks have what the first one has, and a built-in one tells without any.
        const bool is_known = has_block_parameter(node, *header->info, par.name);
        (is_known ? fits : others).pars.push_back(par);
        if (is_known) continue;
        any_unknown = true;
        warn_of_unknown(made, par.place, name + std::to_string(known.blocks.size() - 1) + par.name);
      }
    }
    fit.sequences.push_back(std::move(known));
    if (any_unknown) rest.sequences.push_back(std::move(unknown));
  }

  static bool has_block_parameter(const cookline::Node& node, const ParInfo& header, const std::string& name) {
    if (header.custom) return node.find(header.name + "0" + name) != nullptr;
    const std::vector<ParInfoHandle> infos = node.type->block_pars(header, 0);
    return std::any_of(infos.begin(), infos.end(),
                       [&](const ParInfoHandle& info) { return info->name == header.name + "0" + name; });
  }

  void warn_of_unknown(const Made& made, Place place, const std::string& name) {
    // Names of files can be long, and files full of wrong ones: what is shown and compared has an end.
    constexpr int most_suggestions = 200;
    const std::string shown = name.substr(0, 100);
    const cookline::Node& node = network_.at(made.id);
    const std::string hint = ++unknown_ <= most_suggestions ? network_.no_parameter(node, shown).hint : "";
    warnings_.push_back({place_text(made.document->file, place) + " " + network_.path(made.id) + "." + shown,
                         fmt::format("{} has no parameter '{}'; it is kept and has no effect", node.type_name, shown),
                         hint});
  }

  // Definitions of the block parameters of custom sequences that have no block to show them.
  static std::vector<Page> without_blocks(const Operator& op) {
    const auto is_empty = [&](const Sequence& sequence) { return sequence.blocks.empty(); };
    std::vector<Page> pages;
    if (std::none_of(op.sequences.begin(), op.sequences.end(), is_empty)) return pages;
    for (const Page& page : op.custom_pars) {
      Page found{page.name, {}, {}, {}};
      for (const CustomPar& par : page.pars)
        if (par.sequence && std::any_of(op.sequences.begin(), op.sequences.end(), [&](const Sequence& sequence) {
              return is_empty(sequence) && sequence.name.value == par.sequence->value;
            }))
          found.pars.push_back(par);
      if (!found.pars.empty()) pages.push_back(std::move(found));
    }
    return pages;
  }

  // Fields that a node has no member for.
  void keep_rest(const Made& made, Operator rest) {
    const Operator& op = *made.op;
    rest.dat_read_only = op.dat_read_only;
    rest.palette_clone = op.palette_clone;
    rest.tdn_ref = op.tdn_ref;
    rest.tox_ref = op.tox_ref;
    if (op.flags) {
      std::vector<Flag> others;
      for (const Flag& flag : *op.flags)
        if (!flag_named(flag.name)) others.push_back(flag);
      if (!others.empty()) rest.flags = others;
    }
    Node map = encode(std::vector{rest})->items[0];
    std::erase_if(map.entries, [](const Entry& entry) { return entry.key == "name" || entry.key == "type"; });
    cookline::Node& node = *network_.find(made.id);
    // A component with a file of its own keeps what the outer document says of it, too.
    Node all = made.is_root ? kept(node, keep_fields).value_or(map_node()) : map_node();
    std::erase_if(all.entries, [&](const Entry& entry) { return map.find(entry.key) != nullptr; });
    std::move(map.entries.begin(), map.entries.end(), std::back_inserter(all.entries));
    keep(node, keep_fields, all);
    if (made.is_root) return;
    for (const Extra& field : op.extra) keep(node, field.entry.key, field.entry.value);
  }

  static const FlagName* flag_named(std::string_view name) {
    const auto found = std::find_if(std::begin(flag_names), std::end(flag_names),
                                    [&](const FlagName& flag) { return flag.name == name; });
    return found == std::end(flag_names) ? nullptr : found;
  }

  void set_flags(const Made& made) {
    if (!made.op->flags) return;
    Flags flags = network_.at(made.id).flags;
    for (const Flag& flag : *made.op->flags)
      if (const FlagName* known = flag_named(flag.name)) flags.*(known->member) = flag.on;
    network_.set_flags(made.id, flags);
  }

  static void set_looks(const Operator& op, cookline::Node& node) {
    if (op.position) node.position = {op.position->value[0], op.position->value[1]};
    if (op.size) node.size = {op.size->value[0], op.size->value[1]};
    if (op.color) node.color = op.color->value;
    if (op.comment) node.comment = op.comment->value;
    if (op.tags) {
      node.tags.clear();
      for (const Text& tag : *op.tags) node.tags.push_back(tag.value);
    }
    if (op.storage) node.storage = json_entries(op.storage);
    if (op.startup_storage) node.startup_storage = json_entries(op.startup_storage);
    if (const std::optional<Node> notes = encode(op.annotations)) {
      node.annotations.clear();
      for (const Node& note : notes->items) node.annotations.push_back(to_json(note));
    }
  }

  void warn_of_missing_contents(const Made& made) {
    const Operator& op = *made.op;
    if (op.tox_ref)
      warnings_.push_back(
          {place_text(made.document->file, op.tox_ref->place) + " " + network_.path(made.id),
           fmt::format("its contents are in {}, which cannot be read; it stays empty", in_quotes(op.tox_ref->value)),
           "save it as TDN"});
    if (op.palette_clone && op.palette_clone->value && op.children.empty())
      warnings_.push_back({place_text(made.document->file, op.palette_clone->place) + " " + network_.path(made.id),
                           "its contents are those of a palette component, which are not in the file; it stays empty",
                           "export it in full"});
  }

  Status wire(const Made& made) {
    if (made.is_root) return {};
    for (std::size_t i = 0; i < made.op->inputs.size(); ++i)
      if (Status status = wire_input(made, made.op->inputs[i], i, keep_input); !status) return status;
    for (std::size_t i = 0; i < made.op->comp_inputs.size(); ++i)
      if (Status status = wire_input(made, made.op->comp_inputs[i], i, keep_comp_input); !status) return status;
    return dock(made);
  }

  Status wire_input(const Made& made, const Connection& input, std::size_t index, std::string_view kind) {
    const bool top_and_bottom = kind == keep_comp_input;
    std::vector<Entry> rest;
    if (!input.source.empty()) {
      const std::string field = top_and_bottom ? "comp_inputs" : "inputs";
      const NodeId source = network_.lookup(made.id, input.source);
      if (!source && !is_outside(made, input.source)) return no_source(made, input, field);
      if (!source) {
        rest.push_back({"source", {}, text_node(input.source)});
        warnings_.push_back(
            {place_text(made.document->file, input.place) + " " + network_.path(made.id) + "." + field,
             fmt::format("{} is not part of the document; the input stays open", in_quotes(input.source)), ""});
      } else if (top_and_bottom) {
        auto& wires = network_.find(made.id)->comp_inputs;
        wires.resize(std::max(wires.size(), index + 1));
        wires[index] = {source, input.output};
      } else if (Status status = network_.connect(source, input.output, made.id, int(index)); !status) {
        return target(made).at(input.place, field, status.error());
      }
    }
    keep(*network_.find(made.id), std::string(kind) + std::to_string(index), merge_extra(std::move(rest), input.extra));
    return {};
  }

  // Whether a path leads out of the component that the document describes: into the project it was exported from.
  static bool is_outside(const Made& made, const std::string& path) {
    const std::string own = made.document->network_path ? made.document->network_path->value : "/";
    return path.starts_with('/') && own != "/" && !(path + "/").starts_with(own + "/");
  }

  Status dock(const Made& made) {
    if (!made.op->dock) return {};
    const Text& host = *made.op->dock;
    const NodeId id = network_.lookup(made.id, host.value);
    network_.find(made.id)->dock = id;
    if (!id)
      warnings_.push_back({place_text(made.document->file, host.place) + " " + network_.path(made.id) + ".dock",
                           fmt::format("there is no operator {} to dock to", in_quotes(host.value)), ""});
    return {};
  }

  Error no_source(const Made& made, const Connection& input, const std::string& field) {
    std::vector<std::string> names;
    if (input.source.size() <= 100)
      for (const NodeId id : network_.at(network_.at(made.id).parent).children) names.push_back(network_.at(id).name);
    const std::optional<std::string> near = nearest_name(input.source, names);
    const std::string hint = near ? fmt::format("did you mean '{}'?", *near) : "";
    return target(made).at(input.place, field,
                           project_error("", fmt::format("there is no operator {}", in_quotes(input.source)), hint));
  }

  Network& network_;
  std::vector<Warning>& warnings_;
  int unknown_ = 0;                 // parameters that were warned of
  std::deque<Document> documents_;  // with defaults applied; operators are pointed to
  std::vector<Made> made_;
};

}  // namespace

Result<NodeId> load_document(const Document& document, Network& network, std::vector<Warning>& warnings) {
  return Loader(network, warnings).load(document);
}

Status load_file(const std::filesystem::path& path, Network& network, std::vector<Warning>& warnings) {
  Result<Document> document = read_document(path);
  if (!document) return document.error();
  if (Status status = resolve_refs(*document); !status) return status;
  const Result<NodeId> component = load_document(*document, network, warnings);
  return component ? Status() : Status(component.error());
}

}  // namespace cookline::tdn
