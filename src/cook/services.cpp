#include "cook/services.h"

#include <fmt/format.h>

#include "base/text.h"
#include "cook/runtime.h"

namespace cookline {

Result<std::vector<ParView>> EngineServices::parameters(std::string_view ops, std::string_view pars, bool custom,
                                                        bool builtin) {
  engine_.runtime(id_).asked = true;
  std::vector<ParView> views;
  for (NodeId id : engine_.network_.match(id_, ops)) {
    // By index and with a copy of each: evaluating an expression may edit the network.
    for (std::size_t i = 0; engine_.network_.find(id) && i < engine_.network_.at(id).pars.size(); ++i) {
      const Parameter par = engine_.network_.at(id).pars[i];
      if (!(par.info->custom ? custom : builtin) || !match_patterns(pars, par.info->name)) continue;
      if (par.info->style == Style::Header) continue;
      Result<Value> value = engine_.eval(id, par);
      if (!value) return value.error();
      if (par.info->style == Style::Pulse) value = Value(par.pulse_pending);
      views.push_back({.op = engine_.network_.path(id),
                       .name = par.info->name,
                       .group = par.info->group,
                       .sequence = par.info->sequence,
                       .block = par.info->block,
                       .style = par.info->style,
                       .custom = par.info->custom,
                       .enable = par.enable,
                       .value = std::move(*value),
                       .mode = std::string(mode_name(par.mode)),
                       .expression = par.mode == ParMode::BIND ? par.bind_expr : par.expr,
                       .export_source = par.export_source,
                       .pulses = par.pulses});
    }
  }
  return views;
}

Result<std::vector<std::pair<std::string, double>>> EngineServices::info(std::string_view op) {
  engine_.runtime(id_).asked = true;
  const NodeId target = engine_.network_.lookup(id_, op);
  if (!target) return project_error(engine_.network_.path(id_), fmt::format("there is no operator '{}'", op));
  const Node& node = engine_.network_.at(target);
  if (node.family() == "CHOP" || node.family() == "DAT")
    if (Status status = engine_.cook_value(target); !status) return status.error();
  return engine_.info(target);
}

Result<Table> EngineServices::info_table(std::string_view op) {
  engine_.runtime(id_).asked = true;
  const NodeId target = engine_.network_.lookup(id_, op);
  if (!target) return project_error(engine_.network_.path(id_), fmt::format("there is no operator '{}'", op));
  Table table{.is_table = true};
  for (const std::string& warning : engine_.warnings(target)) table.rows.push_back({"warning", warning});
  if (const std::string error = engine_.last_error(target); !error.empty()) table.rows.push_back({"error", error});
  if (Result<std::vector<std::string>> lines = engine_.review(target); !lines)
    table.rows.push_back({"error", to_string(lines.error())});
  else
    for (const std::string& line : *lines) table.rows.push_back({"message", line});
  for (const auto& [name, value] : engine_.info(target)) table.rows.push_back({name, number_text(value)});
  // What a file says of itself.
  for (const SegmentArgument& part : engine_.parts(target))
    if (part.members.size() == 2 && part.members[0].first == "key")
      table.rows.push_back({to_text(part.members[0].second), to_text(part.members[1].second)});
  return table;
}

std::string EngineServices::path_of(std::string_view op) {
  return engine_.network_.path(engine_.network_.lookup(id_, op));
}

std::optional<Value> EngineServices::take_reply(const std::string& callback) {
  auto& replies = engine_.runtime(id_).replies;
  const auto at = replies.find(callback);
  if (at == replies.end()) return std::nullopt;
  Value value = std::move(at->second);
  replies.erase(at);
  return value;
}

Result<Value> EngineServices::evaluate(const std::string& expression,
                                       std::span<const std::pair<std::string, Value>> names) {
  engine_.runtime(id_).asked = true;
  if (!engine_.hooks.evaluate)
    return project_error(engine_.network_.path(id_), fmt::format("the expression '{}' needs Python", expression));
  return engine_.hooks.evaluate(id_, nullptr, expression, names);
}

Result<std::string> EngineServices::read_text_file(const std::string& file, std::string_view encoding) {
  engine_.runtime(id_).asked = true;
  if (!engine_.files.read) return project_error(engine_.network_.path(id_), "files cannot be read here");
  return engine_.files.read(file, encoding);
}

Status EngineServices::write_text_file(const std::string& file, const std::string& text) {
  if (!engine_.files.write) return project_error(engine_.network_.path(id_), "files cannot be written here");
  return engine_.files.write(file, text);
}

Result<MediaHandle> EngineServices::open_media(const std::string& file, int generation) {
  if (!engine_.files.media) return project_error(engine_.network_.path(id_), "pictures cannot be read here");
  return engine_.files.media(file, generation);
}

Result<SoundHandle> EngineServices::open_sound(const std::string& file, int generation) {
  if (!engine_.files.sound) return project_error(engine_.network_.path(id_), "sounds cannot be read here");
  return engine_.files.sound(file, generation);
}

const Table& EngineServices::content() { return engine_.network_.at(id_).content; }

Engine::Step::Step(Engine& engine, NodeId id, const Filled& filled, std::span<const Held> inputs)
    : services(engine, id), cook(services) {
  const Node& node = engine.network_.at(id);
  Runtime& rt = engine.runtime(id);
  engine.begin_step(rt, *node.type->def);
  cook.path = engine.network_.path(id);
  const int wired = inputs.empty() ? 0 : int(engine.wires_of(node).size());
  call = {&cook, filled.pars->own(), inputs, wired, engine.frame_, rt.state.get()};
  call.frame.again = rt.stepped_serial == engine.serial_;
}

}  // namespace cookline
