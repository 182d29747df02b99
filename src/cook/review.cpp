// What can be said of an operator before it cooks, without running any Python; and what its pulses do.
#include "cook/runtime.h"
#include "cook/services.h"

namespace cookline {
namespace {

bool all_constant(const Node& node) {
  return std::all_of(node.pars.begin(), node.pars.end(),
                     [](const Parameter& p) { return p.info->custom || p.mode == ParMode::CONSTANT; });
}

// Whether all operators that it reads are named, not worked out.
bool refers_by_constants(const Node& node) {
  return std::all_of(node.pars.begin(), node.pars.end(), [](const Parameter& p) {
    return !p.info->row || !p.info->row->set_input || p.mode == ParMode::CONSTANT;
  });
}

}  // namespace

Result<Engine::Constants> Engine::constants_of(NodeId id) {
  const Node& node = network_.at(id);
  Constants all;
  ParSet set = node.type->make_pars();
  for (const Parameter& p : node.pars)
    if (!p.info->custom && p.mode == ParMode::CONSTANT) store(set, *p.info, p.pulse_pending ? Value(true) : p.value);
  for (const Parameter& p : node.pars)
    if (p.info->row && p.info->row->set_input && p.mode == ParMode::CONSTANT)
      if (Status found = refer(id, *p.info, set, all.filled); !found) return found.error();
  all.sources = wires_of(node);
  all.sources.insert(all.sources.end(), all.filled.refs.begin(), all.filled.refs.end());
  all.filled.pars = std::make_shared<const ParSet>(std::move(set));
  return all;
}

std::optional<TextureKind> Engine::kind_of(NodeId id, Kinds& known) {
  // A loop through a Feedback TOP changes nothing of it.
  const auto [found, fresh] = known.emplace(id, TextureKind::texture2d);
  if (!fresh) return found->second;
  const std::optional<TextureKind> kind = find_kind(id, known);
  known[id] = kind;
  return kind;
}

std::optional<TextureKind> Engine::find_kind(NodeId id, Kinds& known) {
  const Node* node = network_.find(id);
  if (node && node->is_comp()) {
    const NodeId output = resolve_output({id, 0}, "TOP");
    return output && output != id ? kind_of(output, known) : std::nullopt;
  }
  if (!node || !node->type || node->family() != "TOP") return std::nullopt;
  const OpDef& def = *node->type->def;
  const Result<Constants> constants = constants_of(id);
  if (!constants) return std::nullopt;
  if (def.kind) {
    const Parameter* const par = network_.parameter(id, def.kind_par);
    if (par && par->mode != ParMode::CONSTANT) return std::nullopt;
    return def.kind(constants->filled.pars->own());
  }
  // What is made of plain pictures alone is one. Others are handed on as they are, or their first slice is used.
  std::vector<std::optional<TextureKind>> kinds;
  Connected connected{{}, int(wires_of(*node).size())};
  for (const NodeId source : constants->sources) {
    const Node* const from = network_.find(source);
    const bool picture = from && (from->is_comp() || from->family() == "TOP");
    kinds.push_back(picture ? kind_of(source, known) : TextureKind::texture2d);
    connected.is.push_back(bool(from));
  }
  const bool plain = std::ranges::count(kinds, TextureKind::texture2d) == std::ptrdiff_t(kinds.size());
  if (plain && refers_by_constants(*node)) return TextureKind::texture2d;
  if (!def.use || !all_constant(*node)) return std::nullopt;
  const Use use = def.use(constants->filled.pars->own(), connected);
  return use.pass && !use.inputs.empty() ? kinds[std::size_t(use.inputs[0])] : std::nullopt;
}

template <class R>
R Engine::with_constants(NodeId id, R (*work)(Call&)) {
  const OpDef& def = *network_.at(id).type->def;
  Result<Constants> constants = constants_of(id);
  if (!constants) return constants.error();
  std::vector<Held> held(constants->sources.size());
  Kinds kinds;
  const auto read = [&](NodeId source, Held& to) -> Status {
    const Node* from = network_.find(source);
    if (from && (from->is_comp() || from->family() == "TOP")) {
      const TextureKind kind = kind_of(source, kinds).value_or(TextureKind::texture2d);
      to.image = std::make_shared<const Image>(1, 1, PixelFormat::rgba8fixed, kind, kind == TextureKind::cube ? 6 : 1);
    }
    if (!from || from->family() != "DAT" || !all_constant(*from)) return {};
    if (Status status = cook_value(source); !status) return status;
    to = runtime(source).held;
    return {};
  };
  for (std::size_t i = 0; i < held.size(); ++i)
    if (Status status = read(constants->sources[i], held[i]); !status) return status.error();
  const std::size_t named = held.size();
  const Status also =
      append_also_read(def, constants->filled.pars->own(), held,
                       [&](const std::string& name, Held& to) { return read(network_.lookup(id, name), to); });
  if (!also) return also.error();
  Step step(*this, id, constants->filled, held);
  step.cook.first_also = int(named), step.cook.gpu = options_.pixels.gpu.get();
  return work(step.call);
}

Result<std::vector<std::string>> Engine::review(NodeId id) {
  const Node& node = network_.at(id);
  if (!node.type || !node.type->def->review) return std::vector<std::string>{};
  // Where constants do not tell what it sees, the cook tells what is wrong.
  const Result<Constants> constants = constants_of(id);
  if (!constants) return constants.error();
  Kinds kinds;
  for (const NodeId source : constants->sources)
    if (const Node* from = network_.find(source); from && (from->is_comp() || from->family() == "TOP"))
      if (!kind_of(source, kinds)) return std::vector<std::string>{};
  return with_constants(id, node.type->def->review);
}

Status Engine::edit_as_pulsed(NodeId id) {
  const OpDef& def = *network_.at(id).type->def;
  if (!def.pulsed) return {};
  const auto edits = with_constants(id, def.pulsed);
  if (!edits) return edits.error();
  for (const auto& [name, value] : *edits)
    if (Status status = network_.set_value(id, name, value); !status) return status;
  return {};
}

}  // namespace cookline
