#include "tdn/save_pars.h"

#include <algorithm>

#include "tdn/custom_pars.h"
#include "tdn/keep.h"

namespace cookline::tdn {
namespace {

bool has_no_value(const ParInfo& info) {
  return info.style == cookline::Style::Pulse || info.style == cookline::Style::Momentary ||
         info.style == cookline::Style::Header || info.style == cookline::Style::Sequence;
}

bool is_default(const Parameter& par) {
  if (par.mode == cookline::ParMode::EXPRESSION)
    return !par.info->default_expr.empty() && par.expr == par.info->default_expr;
  if (par.mode == cookline::ParMode::BIND)
    return !par.info->default_bind.empty() && par.bind_expr == par.info->default_bind;
  return par.info->default_expr.empty() && par.info->default_bind.empty() && par.value == par.info->default_value;
}

// "Items0name" of block 0 of Items → "name".
std::string base_name(const ParInfo& info) {
  return info.name.substr(info.sequence.size() + std::to_string(info.block).size());
}

std::size_t default_blocks(const cookline::Node& node, const std::string& sequence) {
  std::size_t count = 0;
  if (node.type)
    for (const ParInfoHandle& info : node.type->pars)
      if (info->sequence == sequence) count = std::max(count, std::size_t(info->block) + 1);
  return count;
}

// A parameter of a custom sequence's first block, named as in the definition that all blocks share.
Parameter without_prefix(const Parameter& par) {
  ParInfo info = *par.info;
  const std::size_t prefix = info.name.size() - base_name(info).size();
  info.name = info.name.substr(prefix);
  info.group = info.group.substr(prefix);
  if (info.label.starts_with(par.info->group)) info.label = info.group;
  Parameter out = par;
  out.info = std::make_shared<const ParInfo>(info);
  return out;
}

CustomPar definition(const cookline::Node& node, const std::vector<const Parameter*>& group) {
  const ParInfo& first = *group[0]->info;
  std::vector<Parameter> plain;
  plain.reserve(group.size());
  for (const Parameter* par : group) plain.push_back(first.sequence.empty() ? *par : without_prefix(*par));
  std::vector<const Parameter*> pointers;
  pointers.reserve(group.size());
  for (const Parameter& par : plain) pointers.push_back(&par);
  const std::string key = std::string(keep_custom_par) + plain[0].info->group;
  CustomPar par = custom_par_of(pointers, kept(node, key).value_or(map_node()));
  if (!first.sequence.empty()) {
    par.sequence = Text{first.sequence, {}};
    par.value.reset();
    par.values.reset();
  }
  return par;
}

}  // namespace

std::vector<NamedPar> saved_parameters(const cookline::Node& node) {
  std::vector<NamedPar> out;
  for (const Parameter& par : node.pars) {
    if (par.info->custom || par.info->block >= 0 || par.info->read_only || has_no_value(*par.info) || is_default(par))
      continue;
    out.push_back({par.info->name, {}, par_value_of(par)});
  }
  return out;
}

std::vector<Sequence> saved_sequences(const cookline::Node& node) {
  std::vector<Sequence> out;
  for (const Parameter& header : node.pars) {
    if (header.info->style != cookline::Style::Sequence) continue;
    Sequence sequence{{header.info->name, {}}, {}};
    bool differs = false;
    for (const Parameter& par : node.pars) {
      if (par.info->sequence != header.info->name) continue;
      sequence.blocks.resize(std::max(sequence.blocks.size(), std::size_t(par.info->block) + 1));
      if (has_no_value(*par.info) || is_default(par)) continue;
      sequence.blocks[std::size_t(par.info->block)].pars.push_back({base_name(*par.info), {}, par_value_of(par)});
      differs = true;
    }
    const std::size_t usual = header.info->custom ? 1 : default_blocks(node, header.info->name);
    if (differs || sequence.blocks.size() != usual) out.push_back(std::move(sequence));
  }
  return out;
}

std::vector<Page> saved_pages(const cookline::Node& node) {
  std::vector<Page> pages;
  for (const std::string& name : node.custom_pages) {
    Page& page = pages.emplace_back(Page{{name, {}}, {}, {}, {}});
    std::vector<const Parameter*> group;
    const auto finish = [&] {
      if (!group.empty()) page.pars.push_back(definition(node, group));
      group.clear();
    };
    for (const Parameter& par : node.pars) {
      if (!par.info->custom || par.info->page != name || par.info->block > 0) continue;
      if (!group.empty() && group[0]->info->group != par.info->group) finish();
      group.push_back(&par);
    }
    finish();
  }
  return pages;
}

}  // namespace cookline::tdn
