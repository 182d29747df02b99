// Edits of parameters: values, modes, pulses, sequences and custom parameters.
#include <fmt/format.h>

#include <algorithm>
#include <unordered_map>

#include "base/text.h"
#include "graph/network.h"

namespace cookline {
namespace {

Parameter with_default_mode(Parameter p) {
  if (!p.info->default_expr.empty()) p.mode = ParMode::EXPRESSION, p.expr = p.info->default_expr;
  if (!p.info->default_bind.empty()) p.mode = ParMode::BIND, p.bind_expr = p.info->default_bind;
  return p;
}

// "size" of Items0size.
std::string group_in_block(const ParInfo& info) {
  return info.group.substr(info.sequence.size() + std::to_string(info.block).size());
}

// The present name of a block parameter that older builds called `name`: sequence, index of the block and the name.
struct Renamed {
  std::string_view sequence;
  int block = 0;
  std::string name;
};
std::optional<Renamed> renamed(const TypeInfo& type, std::string_view name) {
  for (const Par& sequence : type.def->pars)
    for (const Par& row : sequence.block) {
      const std::size_t mark = row.former.find('#');
      if (mark == std::string_view::npos || !name.starts_with(row.former.substr(0, mark))) continue;
      std::size_t end = mark;
      while (end < name.size() && name[end] >= '0' && name[end] <= '9') ++end;
      const std::string_view digits = name.substr(mark, end - mark), rest = name.substr(end);
      const bool component =
          row.size == 1 ? rest.empty() : rest.size() == 1 && row.suffix.find(rest) != std::string_view::npos;
      if (digits.empty() || digits.size() > 3 || !component) continue;
      const int block = int(*parse_number(digits));
      return Renamed{sequence.name, block, fmt::format("{}{}{}{}", sequence.name, block, row.name, rest)};
    }
  return std::nullopt;
}

}  // namespace

Parameter* Network::parameter(NodeId id, std::string_view name) {
  Node* node = find(id);
  if (!node) return nullptr;
  if (Parameter* exact = node->find(name)) return exact;
  // The tutorial's own spelling: parent.par.recordLength finds the custom parameter Recordlength.
  const std::string lower = to_lower(name);
  for (Parameter& p : node->pars)
    if (p.info->custom && to_lower(p.info->name) == lower) return &p;
  const auto now = node->type ? renamed(*node->type, name) : std::nullopt;
  if (!now) return nullptr;
  // Older builds had a fixed number of blocks, which need not be made.
  const Parameter* blocks = node->find(now->sequence);
  if (blocks && to_int(blocks->value) <= now->block)
    if (Status made = set_blocks(id, now->sequence, now->block + 1); !made) return nullptr;
  return find(id)->find(now->name);
}

Error Network::no_parameter(const Node& node, std::string_view name) const {
  std::vector<std::string> names;
  for (const Parameter& p : node.pars) names.push_back(p.info->name);
  const auto near = nearest_name(name, names);
  return project_error(
      path(node.id) + "." + std::string(name), fmt::format("{} has no parameter '{}'", node.type_name, name),
      near ? fmt::format("did you mean '{}'?", *near) : fmt::format("'cookline ops {}' lists them", node.type_name));
}

Result<Parameter*> Network::editable(NodeId id, std::string_view par) {
  const Node* node = find(id);
  if (!node) return usage_error(std::string(par), "the operator does not exist any more");
  if (Parameter* p = parameter(id, par)) return p;
  return no_parameter(*node, par);
}

Status Network::edit(NodeId id, std::string_view par, const std::function<Status(Parameter&)>& change) {
  Result<Parameter*> found = editable(id, par);
  if (!found) return found.error();
  Parameter& p = **found;
  std::optional<Parameter> before;
  if (edits_.recording()) before = p;
  if (Status status = change(p); !status) {
    Error error = status.error();
    if (error.where.empty()) error.where = path(id) + "." + p.info->name;
    return error;
  }
  if (before) edits_.keep(id, std::move(*before));
  changed(*find(id));
  return {};
}

void Network::keep_parameters(const Node& node) {
  if (edits_.recording()) edits_.keep(node.id, EditList::AllParameters{node.pars, node.custom_pages});
}

Status Network::set_value(NodeId id, std::string_view par, const Value& value) {
  if (Parameter* p = parameter(id, par); p && p->info->style == Style::Sequence)
    return set_blocks(id, p->info->name, int(to_int(value)));
  return edit(id, par, [&](Parameter& p) -> Status {
    Result<Value> stored = coerce(*p.info, value);
    if (!stored) return stored.error();
    p.value = std::move(*stored);
    p.mode = ParMode::CONSTANT;
    return {};
  });
}

Status Network::set_expression(NodeId id, std::string_view par, std::string expr) {
  return edit(id, par, [&](Parameter& p) -> Status {
    p.expr = std::move(expr);
    p.mode = ParMode::EXPRESSION;
    return {};
  });
}

Status Network::set_bind(NodeId id, std::string_view par, std::string expr) {
  return edit(id, par, [&](Parameter& p) -> Status {
    p.bind_expr = std::move(expr);
    p.mode = ParMode::BIND;
    return {};
  });
}

Status Network::set_mode(NodeId id, std::string_view par, ParMode mode) {
  return edit(id, par, [&](Parameter& p) -> Status {
    if (mode == ParMode::EXPORT && p.export_source.empty())
      return usage_error({}, "no channel exports to this parameter, so its mode cannot be EXPORT");
    p.mode = mode;
    return {};
  });
}

Status Network::set_export(NodeId id, std::string_view par, std::string source) {
  return edit(id, par, [&](Parameter& p) -> Status {
    p.export_source = std::move(source);
    p.mode = p.export_source.empty() ? ParMode::CONSTANT : ParMode::EXPORT;
    return {};
  });
}

Status Network::set_enable(NodeId id, std::string_view par, std::optional<bool> enable,
                           std::optional<std::string> expr) {
  return edit(id, par, [&](Parameter& p) -> Status {
    if (enable) p.enable = *enable;
    if (expr) p.enable_expr = std::move(*expr);
    return {};
  });
}

Status Network::pulse(NodeId id, std::string_view par) {
  Result<Parameter*> p = editable(id, par);
  if (!p) return p.error();
  ++(*p)->pulses;
  (*p)->pulse_pending = true;
  (*p)->pulse_over = false;
  pulsed_.push_back(id);
  changed(*find(id));
  return {};
}

void Network::clear_pulses(NodeId id) {
  if (Node* node = find(id))
    for (Parameter& p : node->pars) p.pulse_pending = false;
}

void Network::clear_pulses() {
  for (NodeId id : pulsed_) clear_pulses(id);
  pulsed_.clear();
}

void Network::settle_pulses() {
  std::erase_if(pulsed_, [&](NodeId id) {
    Node* node = find(id);
    const bool later = node && node->family() == "TOP";
    if (!later)
      clear_pulses(id);
    else
      for (Parameter& p : node->pars) p.pulse_over = p.pulse_pending;
    return !later;
  });
}

void Network::end_pulses() {
  std::erase_if(pulsed_, [&](NodeId id) {
    Node* node = find(id);
    if (!node) return true;
    for (Parameter& p : node->pars)
      if (p.pulse_over) p.pulse_pending = p.pulse_over = false;
    return std::none_of(node->pars.begin(), node->pars.end(), [](const Parameter& p) { return p.pulse_pending; });
  });
}

namespace {

// A parameter of block 0 of a custom sequence as block `index` has it: Items0size becomes Items2size.
Parameter in_block(const ParInfo& first, int index) {
  ParInfo info = first;
  const std::size_t prefix = first.sequence.size() + 1;
  const std::string own = first.sequence + std::to_string(index);
  info.name = own + first.name.substr(prefix);
  info.group = own + first.group.substr(prefix);
  info.block = index;
  return Parameter{.info = std::make_shared<const ParInfo>(info), .value = info.default_value};
}

// The blocks of a custom sequence, which are all like block 0, as they are and then as new ones.
std::vector<Parameter> custom_blocks(const Node& node, const ParInfo& header, int count) {
  std::unordered_map<std::string_view, const Parameter*> known;
  std::vector<const ParInfo*> first;
  for (const Parameter& p : node.pars) {
    if (p.info->sequence != header.name) continue;
    known[p.info->name] = &p;
    if (p.info->block == 0) first.push_back(p.info.get());
  }
  std::vector<Parameter> blocks;
  for (int b = 0; b < count; ++b)
    for (const ParInfo* info : first) {
      Parameter made = in_block(*info, b);
      const auto old = known.find(made.info->name);
      blocks.push_back(old != known.end() ? *old->second : with_default_mode(std::move(made)));
    }
  return blocks;
}

}  // namespace

Status Network::set_blocks(NodeId id, std::string_view sequence, int count) {
  Node* node = find(id);
  if (!node) return usage_error(std::string(sequence), "the operator does not exist any more");
  const Parameter* header = node->find(sequence);
  if (!header || header->info->style != Style::Sequence)
    return usage_error(path(id), fmt::format("{} has no sequence '{}'", node->type_name, sequence));
  const ParInfo info = *header->info;
  const int least = info.custom ? 1 : info.row->min_blocks;
  if (count < least || count > 10000)
    return usage_error(path(id) + "." + info.name, fmt::format("{} blocks; {} to 10000 are allowed", count, least));
  keep_parameters(*node);
  std::vector<Parameter> blocks;
  if (info.custom) {
    blocks = custom_blocks(*node, info, count);
  } else {
    int have = 0;
    for (const Parameter& p : node->pars)
      if (p.info->sequence == info.name && p.info->block < count)
        blocks.push_back(p), have = std::max(have, p.info->block + 1);
    for (int b = have; b < count; ++b)
      for (const ParInfoHandle& made : node->type->block_pars(info, b))
        blocks.push_back(with_default_mode({.info = made, .value = made->default_value}));
  }
  std::erase_if(node->pars, [&](const Parameter& p) { return p.info->sequence == info.name; });
  const auto at =
      std::find_if(node->pars.begin(), node->pars.end(), [&](const Parameter& p) { return p.info->name == info.name; });
  at->value = std::int64_t(count);
  node->pars.insert(at + 1, std::make_move_iterator(blocks.begin()), std::make_move_iterator(blocks.end()));
  changed(*node);
  return {};
}

Status Network::add_custom(NodeId id, ParInfo info) {
  Node* node = find(id);
  if (!node) return usage_error(info.name, "the operator does not exist any more");
  if (!legal_name(info.name))
    return usage_error(path(id), fmt::format("'{}' is not a parameter name", info.name),
                       "letters and digits are allowed");
  if (node->find(info.name)) return usage_error(path(id), fmt::format("a parameter '{}' exists already", info.name));
  keep_parameters(*node);
  info.custom = true;
  if (std::find(node->custom_pages.begin(), node->custom_pages.end(), info.page) == node->custom_pages.end())
    node->custom_pages.push_back(info.page);
  node->pars.push_back(with_default_mode({.info = std::make_shared<const ParInfo>(info), .value = info.default_value}));
  changed(*node);
  return {};
}

Status Network::remove_custom(NodeId id, std::string_view name) {
  Node* node = find(id);
  Parameter* p = node ? node->find(name) : nullptr;
  if (!p || !p->info->custom) return usage_error(path(id), fmt::format("there is no custom parameter '{}'", name));
  keep_parameters(*node);
  const ParInfo gone = *p->info;
  // A group of a sequence goes from all blocks, a sequence with its blocks.
  std::erase_if(node->pars, [&](const Parameter& q) {
    if (!q.info->custom) return false;
    if (gone.style == Style::Sequence && q.info->sequence == gone.name) return true;
    if (gone.sequence.empty() || q.info->sequence != gone.sequence) return q.info->group == gone.group;
    return group_in_block(*q.info) == group_in_block(gone);
  });
  changed(*node);
  return {};
}

Status Network::change_custom(NodeId id, std::string_view name, const std::function<void(ParInfo&)>& change) {
  Node* node = find(id);
  Parameter* p = node ? node->find(name) : nullptr;
  if (!p || !p->info->custom) return usage_error(path(id), fmt::format("there is no custom parameter '{}'", name));
  keep_parameters(*node);
  ParInfo info = *p->info;
  change(info);
  if (Result<Value> value = coerce(info, p->value))
    p->value = std::move(*value);
  else
    p->value = info.default_value;
  p->info = std::make_shared<const ParInfo>(std::move(info));
  changed(*node);
  return {};
}

void Network::order_custom(NodeId id, const std::vector<std::string>& groups) {
  Node* node = find(id);
  if (!node) return;
  keep_parameters(*node);
  const auto rank = [&](const Parameter& p) {
    if (!p.info->custom) return std::ptrdiff_t(-1);
    return std::find(groups.begin(), groups.end(), p.info->group) - groups.begin();
  };
  std::stable_sort(node->pars.begin(), node->pars.end(),
                   [&](const Parameter& a, const Parameter& b) { return rank(a) < rank(b); });
  touch();
}

void Network::set_custom_pages(NodeId id, std::vector<std::string> pages) {
  Node* node = find(id);
  if (!node) return;
  keep_parameters(*node);
  node->custom_pages = std::move(pages);
  touch();
}

}  // namespace cookline
