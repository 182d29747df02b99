// cookline plan FILE: what would be rendered, what of it cooks how often, what is missing and how the work can be
// split.
#include <fmt/format.h>

#include <nlohmann/json.hpp>

#include "app/console.h"
#include "app/exit_code.h"
#include "app/media.h"
#include "app/project.h"
#include "app/verbs.h"
#include "data/pixel_format.h"
#include "render/plan_report.h"

namespace cookline::app {
namespace {

using Json = nlohmann::ordered_json;

struct Options {
  ProjectOptions project;
  std::string op;
  bool json = false;
};

// What a parameter of the sink says, or the expression that will.
std::string setting(const Node& node, std::string_view name) {
  const Parameter* par = node.find(name);
  if (!par) return {};
  if (par->mode == ParMode::EXPRESSION) return "=" + par->expr;
  if (par->mode == ParMode::BIND) return "~" + par->bind_expr;
  return par->info->is_menu() ? menu_item(*par->info, par->value) : to_text(par->value);
}

std::string_view split_name(Split split) {
  constexpr std::string_view names[] = {"any", "script", "none"};
  return names[std::size_t(split)];
}

std::string split_text(Split split) {
  switch (split) {
    case Split::any:
      return "any frames in any order";
    case Split::script:
      return "into parts, each running the script phase from the first frame on";
    case Split::none:
      break;
  }
  return "not, because pictures need those before them";
}

Json to_json(const Network& network, const PlannedSink& sink, const Rate& rate) {
  const Node& node = network.at(sink.id);
  Json out = {{"path", sink.path}, {"type", sink.type}};
  if (sink.picture) {
    out["width"] = sink.picture->width_px, out["height"] = sink.picture->height_px;
    out["format"] = info(sink.picture->format).name;
  }
  out["size_expressions"] = sink.size_expressions;
  out["rate"] = {rate.num, rate.den};
  if (node.type && node.type->def->record)
    out["file"] = setting(node, "file"), out["kind"] = setting(node, "type"), out["fps"] = setting(node, "fps"),
    out["image_type"] = setting(node, "imagefiletype");
  for (const PlannedOp& op : sink.ops)
    out["operators"].push_back({{"path", op.path},
                                {"type", op.type},
                                {"time", time_class_name(op.time)},
                                {"why", op.why},
                                {"device", op.device}});
  out["media"] = media_json(sink.media);
  out["split"] = split_name(sink.split);
  out["split_because"] = sink.split_because;
  out["problems"] = Json::array();
  for (const PlannedProblem& p : sink.problems)
    out["problems"].push_back({{"level", p.fatal ? "error" : "warning"}, {"where", p.where}, {"what", p.what}});
  return out;
}

void print(const Network& network, const PlannedSink& sink, const Rate& rate) {
  const Node& node = network.at(sink.id);
  fmt::print("{} ({})\n", sink.path, sink.type);
  if (sink.picture)
    fmt::print("  picture: {}x{} {}\n", sink.picture->width_px, sink.picture->height_px,
               info(sink.picture->format).name);
  for (const std::string& par : sink.size_expressions) fmt::print("    an expression may change it: {}\n", par);
  fmt::print("  project: {:.6g} frames/s\n", rate.hz());
  if (node.type && node.type->def->record)
    fmt::print("  file: {}, {} {}, {} images/s\n", setting(node, "file"), setting(node, "type"),
               setting(node, "imagefiletype"), setting(node, "fps"));
  for (const PlannedOp& op : sink.ops) {
    fmt::print("  {:<9}  {} ({}){}\n", time_class_name(op.time), op.path, op.type, op.why.empty() ? "" : ": " + op.why);
    if (!op.device.empty()) fmt::print("             device-dependent: {}\n", op.device);
  }
  for (const PlannedMedium& medium : sink.media) fmt::print("  reads: {}: {}\n", medium.file, to_text(medium));
  fmt::print("  can be split: {}\n", split_text(sink.split));
  for (const std::string& why : sink.split_because) fmt::print("    {}\n", why);
  for (const PlannedProblem& p : sink.problems)
    fmt::print("  {}: {}: {}\n", p.fatal ? "error" : "warning", p.where, p.what);
}

// The TOP of --op, or all operators that write pictures.
Result<std::vector<NodeId>> sinks_of(const Project& project, const std::string& op) {
  const Network& network = *project.network;
  if (!op.empty()) {
    const Result<NodeId> top = find_operator(project, op);
    if (!top) return top.error();
    if (network.at(*top).family() != "TOP")
      return usage_error("--op " + op, fmt::format("a {} has no picture", network.at(*top).type_name), "name a TOP");
    return std::vector<NodeId>{*top};
  }
  std::vector<NodeId> sinks;
  for (const NodeId id : network.walk(network.root()))
    if (const Node& node = network.at(id); node.type && node.type->def->record) sinks.push_back(id);
  if (sinks.empty())
    return usage_error("--op", "nothing in the project writes pictures", "name the TOP to render: --op /path/to/top");
  return sinks;
}

int run_plan(const Options& o) {
  if (is_script(o.project.file))
    return report(usage_error(o.project.file, "a script must run to be a network, and plan runs no Python",
                              "let it project.save() a .tdn file and plan that"),
                  o.json);
  Json warnings = Json::array();
  const LogSink log = [&](const LogLine& line) {
    if (o.json)
      warnings.push_back({{"where", line.where}, {"what", line.text}});
    else
      fmt::print("warning: {}: {}\n", line.where, line.text);
  };
  Result<std::unique_ptr<Project>> project = open_project(o.project, log);
  if (!project) return report(project.error(), o.json);
  const Result<std::vector<NodeId>> sinks = sinks_of(**project, o.op);
  if (!sinks) return report(sinks.error(), o.json);
  Engine& engine = *(*project)->engine;
  const Network& network = *(*project)->network;
  bool fatal = false;
  Json list = Json::array();
  for (const NodeId id : *sinks) {
    const PlannedSink sink = plan_report(engine, id);
    for (const PlannedProblem& p : sink.problems) fatal |= p.fatal;
    if (o.json)
      list.push_back(to_json(network, sink, engine.options().rate));
    else
      print(network, sink, engine.options().rate);
  }
  if (o.json)
    fmt::print("{}\n",
               Json({{"sinks", list}, {"warnings", warnings}}).dump(2, ' ', false, Json::error_handler_t::replace));
  return fatal ? int(ErrorCode::project) : 0;
}

}  // namespace

void add_plan(CLI::App& app, RunVerb& run) {
  auto o = std::make_shared<Options>();
  CLI::App* verb = app.add_subcommand(
      "plan",
      "Tell what would be rendered, what is missing and what can be split, without running the project's Python");
  verb->add_option("FILE", o->project.file, "The project")->required();
  verb->add_option("--op", o->op, "A TOP; otherwise all Movie File Outs");
  verb->add_option("--rate", o->project.rate, "Frames per second of the project: 30, 29.97, 30000/1001");
  verb->add_flag("--json", o->json, "As JSON");
  verb->footer(
      "Each operator that would cook is static (cooked once), per frame (any frame in any order), stateful (every "
      "frame in\n"
      "order) or external (depends on what is not in the file); device-dependent where a shader runs, whose last\n"
      "digits are those of the device. Expressions are read, not run; callbacks may change more.\n"
      "Exits with 4 if something that is needed is missing.\n\n"
      "  cookline plan show.tdn\n"
      "  cookline plan show.tdn --op /show/out1 --json");
  verb->callback([o, &run] { run = [o] { return run_plan(*o); }; });
}

}  // namespace cookline::app
