// Parameter values: modes, memory within a frame, and the structs that operators read.
#include <fmt/format.h>

#include <algorithm>

#include "base/text.h"
#include "cook/colour_space.h"
#include "cook/profile.h"
#include "cook/runtime.h"

namespace cookline {
namespace {

// "/recorder/noise1.period"
std::string par_place(const Network& network, NodeId id, const ParInfo& info) {
  return network.path(id) + "." + info.name;
}

Value empty_value(const ParInfo& info) {
  if (std::holds_alternative<std::string>(info.default_value)) return std::string();
  return info.default_value;
}

Error destroyed_error() {
  Error error = project_error({}, "the operator was destroyed by one of its own expressions");
  error.missing = true;
  return error;
}

bool is_pulsed(const Node& node) {
  return std::any_of(node.pars.begin(), node.pars.end(), [](const Parameter& p) { return p.pulse_pending; });
}

// What does not have to be evaluated, once for each revision of the operator's parameters. Colours of which a component
// is still to be evaluated are converted behind that.
template <class Runtime>
void fill_constants(const Node& node, Runtime& rt) {
  ParSet set = node.type->make_pars();
  std::vector<Parameter> dynamic;
  std::vector<ParInfoHandle> ref_pars;
  for (const Parameter& p : node.pars) {
    if (p.info->custom) continue;
    if (p.mode == ParMode::CONSTANT)
      store(set, *p.info, p.value);
    else
      dynamic.push_back(p);
    if (p.info->row && p.info->row->set_input) ref_pars.push_back(p.info);
  }
  if (dynamic.empty()) convert_colours(*node.type, set);
  rt.constants = std::make_shared<const ParSet>(std::move(set));
  rt.dynamic = std::make_shared<const std::vector<Parameter>>(std::move(dynamic));
  rt.ref_pars = std::make_shared<const std::vector<ParInfoHandle>>(std::move(ref_pars));
  rt.revision = node.revision;
  rt.filled_serial = 0;
}

}  // namespace

void Engine::note_time_read() {
  if (!time_reads_.empty()) time_reads_.back() = true;
}

Result<Value> Engine::eval(NodeId id, std::string_view name) {
  const Node* node = network_.find(id);
  if (!node) return usage_error(std::string(name), "the operator does not exist any more");
  const Parameter* par = network_.parameter(id, name);
  if (!par) return network_.no_parameter(*node, name);
  return eval(id, *par);
}

Result<Value> Engine::eval(NodeId id, const Parameter& par) {
  if (par.mode == ParMode::CONSTANT) return par.value;
  // Copies: evaluating may edit the network and move the parameter.
  const ParInfoHandle info = par.info;
  const Value fallback = par.value;
  const std::string where = par_place(network_, id, *info);
  if (cooking_.size() > 200) return project_error(where, "expressions refer to each other without end");

  Result<Value> raw = fallback;
  if (par.mode == ParMode::EXPORT) {
    const std::string source = par.export_source;
    const std::size_t colon = source.find(':');  // names of channels may have more
    const NodeId chop = network_.lookup(network_.root(), source.substr(0, colon));
    Result<ChannelsHandle> channels = channels_of_export(chop, source);
    if (!channels) return channels.error();
    const Channel* channel = (*channels)->find(source.substr(colon + 1));
    if (!channel || channel->samples.empty())
      return project_error(where, fmt::format("the exporting channel {} does not exist", source));
    raw = Value(channel->samples.front());
  } else {
    const std::string text = par.mode == ParMode::EXPRESSION ? par.expr : par.bind_expr;
    if (!hooks.evaluate) return project_error(where, fmt::format("the expression '{}' needs Python", text));
    cooking_.push_back(id);
    raw = hooks.evaluate(id, info.get(), text, {});
    cooking_.pop_back();
  }
  if (!raw) {
    Error error = raw.error();
    if (error.where.empty()) error.where = where;
    return error;
  }
  if (info->is_number() && std::holds_alternative<std::string>(*raw) && std::get<std::string>(*raw).empty())
    return empty_value(*info);
  Result<Value> value = coerce(*info, *raw);
  if (value) return value;
  Error error = value.error();
  error.where = where;
  return error;
}

Result<ChannelsHandle> Engine::channels_of_export(NodeId chop, const std::string& source) {
  if (!chop) return project_error(source, "the exporting CHOP does not exist any more");
  return channels(chop);
}

// The structs an operator's functions read, with everything evaluated at this frame.
Result<Engine::Filled> Engine::fill(NodeId id) {
  const Node& node = *network_.find(id);
  Runtime& rt = runtime(id);
  if (rt.revision != node.revision) fill_constants(node, rt);
  const bool pulsed = is_pulsed(node);
  if (rt.filled_serial == serial_ && rt.filled_epoch == network_.epoch() && !pulsed && !rt.filled_pulsed)
    return rt.filled;
  if (rt.dynamic->empty() && rt.ref_pars->empty() && !pulsed) return remember(rt, {rt.constants, {}, false}, false);

  // Evaluating may edit the network: everything that is needed behind it is held here.
  const auto dynamic = rt.dynamic;
  const auto ref_pars = rt.ref_pars;
  const TypeInfo& type = *node.type;
  auto set = std::make_shared<ParSet>(type.copy_pars(*rt.constants));
  Filled filled;
  time_reads_.push_back(false);
  std::optional<ProfileScope> timed;
  if (!dynamic->empty()) timed.emplace(counts, ProfileScope::Work::script, [&] { return network_.path(id); });
  Status status;
  for (std::size_t i = 0; i < dynamic->size() && status; ++i) {
    Result<Value> value = eval(id, (*dynamic)[i]);
    if (!value)
      status = value.error();
    else if (!network_.find(id))
      status = destroyed_error();
    else
      store(*set, *(*dynamic)[i].info, *value);
  }
  timed.reset();
  filled.moving = time_reads_.back();
  time_reads_.pop_back();
  if (!status) return status.error();
  if (filled.moving) note_time_read();
  for (const Parameter& p : network_.at(id).pars)
    if (p.pulse_pending && !p.info->custom && p.info->sequence.empty()) store(*set, *p.info, Value(true));
  if (!dynamic->empty()) convert_colours(type, *set);
  for (const ParInfoHandle& info : *ref_pars)
    if (Status found = refer(id, *info, *set, filled); !found) return found.error();
  filled.pars = std::move(set);
  return remember(runtime(id), std::move(filled), pulsed);
}

// Tells a reference which inputs its operators are.
Status Engine::refer(NodeId id, const ParInfo& info, ParSet& set, Filled& filled) {
  void* block = set.tables[std::size_t(info.table)].get();
  if (info.sequence_row) block = info.sequence_row->block_at(block, info.block);
  const std::string path = to_text(info.row->get(block, info.vec_index));
  if (path.empty()) return {};
  Result<std::vector<NodeId>> targets = targets_of(id, info, path);
  if (!targets && info.row->lenient && targets.error().missing) return {};
  if (!targets) return targets.error();
  const std::size_t wires = wires_of(network_.at(id)).size();
  for (NodeId target : *targets) {
    info.row->set_input(block, int(wires + filled.refs.size()), network_.at(target).name);
    filled.refs.push_back(target);
    filled.previous.push_back(info.row->previous_frame);
  }
  return {};
}

// The operators a reference names. Of a list, patterns match operators of the reference's family, and never the one
// that asks.
Result<std::vector<NodeId>> Engine::targets_of(NodeId id, const ParInfo& info, const std::string& path) {
  const auto missing = [&](const std::string& name) {
    Error error = project_error(par_place(network_, id, info), fmt::format("there is no operator '{}'", name));
    error.missing = true;
    return error;
  };
  if (!info.row->many) {
    const NodeId target = network_.lookup(id, path);
    if (!target) return missing(path);
    return std::vector<NodeId>{target};
  }
  for (const std::string& word : split_words(path))
    if (word.find_first_of("*?[^") == std::string::npos && !network_.lookup(id, word)) return missing(word);
  std::vector<NodeId> targets = network_.match(id, path);
  std::erase_if(targets, [&](NodeId t) { return t == id || network_.at(t).family() != style_name(info.style); });
  return targets;
}

Engine::Filled Engine::remember(Runtime& rt, Filled filled, bool pulsed) {
  rt.filled = std::move(filled);
  rt.filled_serial = serial_;
  rt.filled_epoch = network_.epoch();
  rt.filled_pulsed = pulsed;
  return rt.filled;
}

}  // namespace cookline
