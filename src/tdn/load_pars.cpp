#include "tdn/load_pars.h"

#include <fmt/format.h>

#include <algorithm>

#include "tdn/custom_pars.h"
#include "tdn/keep.h"
#include "tdn/read_node.h"

namespace cookline::tdn {
namespace {

Status set_constant(const Target& target, const std::string& name, const Value& value) {
  const Parameter* par = target.network.parameter(target.id, name);
  // A pulse has no value to keep; the press of a button is not part of a file.
  if (par && (par->info->style == cookline::Style::Pulse || par->info->style == cookline::Style::Momentary)) return {};
  return target.network.set_value(target.id, name, value);
}

Status set_par(const Target& target, const std::string& name, const ParValue& value) {
  Network& network = target.network;
  Status status = value.mode == ParMode::expression ? network.set_expression(target.id, name, value.code)
                  : value.mode == ParMode::bind     ? network.set_bind(target.id, name, value.code)
                                                    : set_constant(target, name, value.constant);
  if (!status) return target.at(value.place, name, status.error());
  if (Parameter* par = network.parameter(target.id, name)) par->source = place_text(target.file, value.place);
  return {};
}

std::size_t block_count(const std::string& name, const std::vector<Sequence>& sequences) {
  for (const Sequence& sequence : sequences)
    if (sequence.name.value == name) return sequence.blocks.size();
  return 1;
}

// Looking up a parameter takes time in proportion to their number.
constexpr std::size_t most_parameters = 10'000;

Status add_components(const Target& target, const CustomPar& par, const std::vector<ParInfo>& infos) {
  if (target.network.find(target.id)->pars.size() + infos.size() > most_parameters)
    return target.at(par.place, par.name.value,
                     project_error("", fmt::format("the component has more than {} parameters", most_parameters)));
  for (std::size_t i = 0; i < infos.size(); ++i) {
    if (const Parameter* old = target.network.find(target.id)->find(infos[i].name); old && old->info->custom)
      if (Status status = target.network.remove_custom(target.id, infos[i].name); !status) return status;
    if (Status status = target.network.add_custom(target.id, infos[i]); !status)
      return target.at(par.place, infos[i].name, status.error());
    Parameter& made = *target.network.parameter(target.id, infos[i].name);
    if (par.enable) made.enable = par.enable->at(i).value_or(true);
    if (par.enable_expr) made.enable_expr = par.enable_expr->at(i).value_or("");
  }
  return {};
}

Status set_values(const Target& target, const CustomPar& par, const std::vector<ParInfo>& infos) {
  if (par.values) {
    if (par.values->value.size() > infos.size())
      return project_error(fmt::format("{} {}.{}", place_text(target.file, par.values->place),
                                       target.network.path(target.id), par.name.value),
                           fmt::format("{} values for {} components", par.values->value.size(), infos.size()));
    for (std::size_t i = 0; i < par.values->value.size(); ++i)
      if (Status status = set_par(target, infos[i].name, par.values->value[i]); !status) return status;
  }
  if (par.value)
    for (const ParInfo& info : infos)
      if (Status status = set_par(target, info.name, *par.value); !status) return status;
  return {};
}

// The parameters of each block of a custom sequence: `Items0name`.
std::vector<ParInfo> block_infos(const std::vector<ParInfo>& infos, const std::string& sequence, std::size_t block) {
  std::vector<ParInfo> out = infos;
  for (ParInfo& info : out) {
    const std::string prefix = sequence + std::to_string(block);
    info.name = prefix + info.name;
    info.group = prefix + info.group;
    info.sequence = sequence;
    info.block = int(block);
  }
  return out;
}

Status load_custom_par(const Target& target, const std::string& page, const CustomPar& par,
                       const std::vector<Sequence>& sequences) {
  Result<std::vector<ParInfo>> infos = par_infos(par, page);
  if (!infos) return target.at(par.default_value ? par.default_value->place : par.place, par.name.value, infos.error());
  keep(*target.network.find(target.id), std::string(keep_custom_par) + infos->at(0).group, remaining_fields(par));
  if (par.sequence) {
    const std::string& name = par.sequence->value;
    for (std::size_t block = 0; block < block_count(name, sequences); ++block)
      if (Status status = add_components(target, par, block_infos(*infos, name, block)); !status) return status;
    return {};
  }
  if (infos->at(0).style == cookline::Style::Sequence)
    infos->at(0).default_value = std::int64_t(block_count(par.name.value, sequences));
  if (Status status = add_components(target, par, *infos); !status) return status;
  return set_values(target, par, *infos);
}

bool is_built_in_sequence(const Target& target, const std::string& name) {
  const Parameter* par = target.network.find(target.id)->find(name);
  return !par || !par->info->custom;
}

}  // namespace

Error Target::at(Place place, const std::string& field, const Error& cause) const {
  Error error = cause;
  error.code = ErrorCode::project;
  error.where = place_text(file, place) + " " + network.path(id) + (field.empty() ? "" : "." + field);
  return error;
}

Status load_custom_pars(const Target& target, const std::vector<Page>& pages, const std::vector<Sequence>& sequences) {
  for (const Page& page : pages) {
    auto& names = target.network.find(target.id)->custom_pages;
    if (std::find(names.begin(), names.end(), page.name.value) == names.end()) names.push_back(page.name.value);
    for (const CustomPar& par : page.pars)
      if (Status status = load_custom_par(target, page.name.value, par, sequences); !status) return status;
  }
  return {};
}

Status load_sequences(const Target& target, const std::vector<Sequence>& sequences) {
  for (const Sequence& sequence : sequences) {
    const std::string& name = sequence.name.value;
    if (is_built_in_sequence(target, name))
      if (Status status =
              target.network.set_blocks(target.id, name, int(std::min<std::size_t>(sequence.blocks.size(), 1'000'000)));
          !status)
        return target.at(sequence.name.place, "sequences." + name, status.error());
    for (std::size_t i = 0; i < sequence.blocks.size(); ++i)
      for (const NamedPar& par : sequence.blocks[i].pars)
        if (Status status = set_par(target, name + std::to_string(i) + par.name, par.value); !status) return status;
  }
  return {};
}

Status load_parameters(const Target& target, const std::vector<NamedPar>& parameters) {
  for (const NamedPar& par : parameters) {
    if (Status status = set_par(target, par.name, par.value); !status) {
      Error error = status.error();
      // The name is what is wrong with an unknown parameter, so its place is shown.
      if (!target.network.parameter(target.id, par.name)) error = target.at(par.place, par.name, error);
      return error;
    }
  }
  return {};
}

}  // namespace cookline::tdn
