// Parameter values: modes, memory within a frame, and the structs that operators read.
#include <fmt/format.h>

#include <algorithm>

#include "base/text.h"
#include "cook/runtime.h"

namespace cookline {
namespace {

// "/recorder/noise1.period"
std::string par_place(const Network& network, NodeId id, const ParInfo& info) { return network.path(id) + "." + info.name; }

Value empty_value(const ParInfo& info) {
  if (std::holds_alternative<std::string>(info.default_value)) return std::string();
  return info.default_value;
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
    const std::size_t colon = source.rfind(':');
    const NodeId chop = network_.lookup(network_.root(), source.substr(0, colon));
    Result<ChannelsHandle> channels = channels_of_export(chop, source);
    if (!channels) return channels.error();
    const Channel* channel = (*channels)->find(source.substr(colon + 1));
    if (!channel || channel->samples.empty()) return project_error(where, fmt::format("the exporting channel {} does not exist", source));
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
  if (info->is_number() && std::holds_alternative<std::string>(*raw) && std::get<std::string>(*raw).empty()) return empty_value(*info);
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
  Node& node = *network_.find(id);
  Runtime& rt = runtime(id);
  if (rt.revision != node.revision) {
    ParSet set = node.type->make_pars();
    rt.dynamic.clear();
    rt.ref_pars.clear();
    for (std::size_t i = 0; i < node.pars.size(); ++i) {
      const Parameter& p = node.pars[i];
      if (p.info->custom) continue;
      if (p.mode == ParMode::CONSTANT) store(set, *p.info, p.value);
      else rt.dynamic.push_back(i);
      if (p.info->row && p.info->row->set_input) rt.ref_pars.push_back(p.info.get());
    }
    rt.constants = std::make_shared<const ParSet>(std::move(set));
    rt.revision = node.revision;
    rt.filled_serial = 0;
  }
  const bool pulsed = std::any_of(node.pars.begin(), node.pars.end(), [](const Parameter& p) { return p.pulse_pending; });
  if (rt.filled_serial == serial_ && rt.filled_epoch == network_.epoch() && !pulsed && !rt.filled_pulsed) return rt.filled;
  if (rt.dynamic.empty() && rt.ref_pars.empty() && !pulsed) return remember(rt, {rt.constants, {}, false}, false);

  auto set = std::make_shared<ParSet>(node.type->copy_pars(*rt.constants));
  Filled filled;
  time_reads_.push_back(false);
  for (std::size_t i : rt.dynamic) {
    const Parameter par = network_.find(id)->pars[i];
    Result<Value> value = eval(id, par);
    if (!value) return time_reads_.pop_back(), value.error();
    store(*set, *par.info, *value);
  }
  filled.moving = time_reads_.back();
  time_reads_.pop_back();
  if (filled.moving) note_time_read();
  for (const Parameter& p : network_.find(id)->pars)
    if (p.pulse_pending && !p.info->custom) store(*set, *p.info, Value(true));

  const Node& now = *network_.find(id);
  for (const ParInfo* info : rt.ref_pars) {
    const std::string path = to_text(info->row->get(block_of(*set, *info), info->vec_index));
    if (path.empty()) continue;
    Result<std::vector<NodeId>> targets = targets_of(id, *info, path);
    if (!targets) return targets.error();
    for (NodeId target : *targets) {
      info->row->set_input(block_of(*set, *info), int(wires_of(now).size() + filled.refs.size()));
      filled.refs.push_back(target);
      filled.previous.push_back(info->row->previous_frame);
    }
  }
  filled.pars = std::move(set);
  return remember(rt, std::move(filled), pulsed);
}

// The operators a reference names. Of a list, patterns match operators of the reference's family, and never the one that
// asks.
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

void* Engine::block_of(ParSet& set, const ParInfo& info) {
  void* pars = set.tables[std::size_t(info.table)].get();
  return info.sequence_row ? info.sequence_row->block_at(pars, info.block) : pars;
}

}  // namespace cookline
