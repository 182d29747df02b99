// What can be said of an operator before it cooks, without running any Python; and what its pulses do.
#include "cook/runtime.h"
#include "cook/services.h"

namespace cookline {
namespace {

bool all_constant(const Node& node) {
  return std::all_of(node.pars.begin(), node.pars.end(),
                     [](const Parameter& p) { return p.info->custom || p.mode == ParMode::CONSTANT; });
}

}  // namespace

template <class R>
R Engine::with_constants(NodeId id, R (*work)(Call&)) {
  const Node& node = network_.at(id);
  const OpDef& def = *node.type->def;
  Filled filled;
  ParSet set = node.type->make_pars();
  for (const Parameter& p : node.pars)
    if (!p.info->custom && p.mode == ParMode::CONSTANT) store(set, *p.info, p.pulse_pending ? Value(true) : p.value);
  for (const Parameter& p : node.pars)
    if (p.info->row && p.info->row->set_input && p.mode == ParMode::CONSTANT)
      if (Status found = refer(id, *p.info, set, filled); !found) return found.error();
  std::vector<NodeId> sources = wires_of(node);
  sources.insert(sources.end(), filled.refs.begin(), filled.refs.end());
  filled.pars = std::make_shared<const ParSet>(std::move(set));
  std::vector<Held> held(sources.size());
  const auto read = [&](NodeId source, Held& to) -> Status {
    const Node* dat = network_.find(source);
    if (!dat || dat->family() != "DAT" || !all_constant(*dat)) return {};
    if (Status status = cook_value(source); !status) return status;
    to = runtime(source).held;
    return {};
  };
  for (std::size_t i = 0; i < sources.size(); ++i)
    if (Status status = read(sources[i], held[i]); !status) return status.error();
  const std::size_t named = held.size();
  const Status also = append_also_read(def, filled.pars->own(), held, [&](const std::string& name, Held& to) {
    return read(network_.lookup(id, name), to);
  });
  if (!also) return also.error();
  Step step(*this, id, filled, held);
  step.cook.first_also = int(named), step.cook.gpu = options_.pixels.gpu.get();
  return work(step.call);
}

Result<std::vector<std::string>> Engine::review(NodeId id) {
  const Node& node = network_.at(id);
  if (!node.type || !node.type->def->review) return std::vector<std::string>{};
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
