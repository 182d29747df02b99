// cookline check FILE: what a project would record and what is wrong with it, without running any of its Python.
#include <fmt/format.h>

#include <cstdio>
#include <map>
#include <nlohmann/json.hpp>

#include "app/console.h"
#include "app/exit_code.h"
#include "app/media.h"
#include "app/project.h"
#include "app/verbs.h"
#include "base/text.h"
#include "render/encode_options.h"
#include "render/movie_settings.h"
#include "render/record.h"

namespace cookline::app {
namespace {

using Json = nlohmann::ordered_json;

struct Options {
  ProjectOptions project;
  bool json = false;
};

struct Finding {
  bool error = false;
  std::string where, what;
};

// References, inputs and types that do not exist; expressions are not evaluated.
void check_node(const Network& network, const Node& node, std::vector<Finding>& findings) {
  const std::string path = network.path(node.id);
  const std::string source = node.source.empty() ? path : node.source + " " + path;
  if (!node.type) {
    findings.push_back(
        {false, source, fmt::format("unknown operator type '{}': kept, fails only what needs it", node.type_name)});
    return;
  }
  int connected = 0;
  for (const Wire& wire : node.inputs) connected += bool(wire.source);
  if (connected < node.type->def->min_in)
    findings.push_back(
        {true, source, fmt::format("{} of {} needed inputs are connected", connected, node.type->def->min_in)});
  for (const Parameter& par : node.pars) {
    if (par.info->custom || !par.info->row || par.mode != ParMode::CONSTANT) continue;
    if (par.info->row->lenient) continue;
    if (!par.info->row->set_input && !needed_for_images(node, *par.info)) continue;
    const std::string text = to_text(par.value);
    for (const std::string& target : par.info->row->many ? split_words(text) : std::vector<std::string>{text}) {
      const bool pattern = par.info->row->many && target.find_first_of("*?[^") != std::string::npos;
      if (target.empty() || pattern || network.lookup(node.id, target)) continue;
      findings.push_back({true, (par.source.empty() ? path : par.source + " " + path) + "." + par.info->name,
                          fmt::format("there is no operator '{}'", target)});
    }
  }
}

// Movies that the encoders refuse.
void check_movies(Project& project, NodeId id, std::vector<Finding>& findings) {
  const Parameter* const type = project.network->parameter(id, "type");
  if (!type || type->mode != ParMode::CONSTANT) return;
  const std::string item = menu_item(*type->info, type->value);
  if (item != "movie" && item != "stopframemovie") return;
  if (const Status status = check_movie(*project.engine, id); !status)
    findings.push_back({true, status.error().where,
                        status.error().what + (status.error().hint.empty() ? "" : "; " + status.error().hint)});
}

// Files that operators read: not there, not readable, or with images missing in between.
void check_media(const Engine& engine, const Node& node, std::vector<PlannedMedium>& media,
                 std::vector<Finding>& findings) {
  for (const Parameter& par : node.pars) {
    std::optional<PlannedMedium> medium = planned_medium(engine, node, par);
    if (!medium) continue;
    if (!medium->problem.empty()) findings.push_back({medium->fatal, medium->where, medium->problem});
    media.push_back(std::move(*medium));
  }
}

// What operators say of themselves before they cook: shaders that do not compile, and their compiler's warnings.
void check_review(Engine& engine, NodeId id, std::vector<Finding>& findings) {
  const Result<std::vector<std::string>> lines = engine.review(id);
  if (!lines) findings.push_back({true, lines.error().where, lines.error().what});
  if (lines)
    for (const std::string& line : *lines) findings.push_back({false, engine.network().path(id), line});
}

int run_check(const Options& o) {
  if (is_script(o.project.file))
    return report(usage_error(o.project.file, "a script must run to be a network, and check runs no Python",
                              "let it project.save() a .tdn file and check that"),
                  o.json);
  std::vector<Finding> findings;
  const LogSink log = [&](const LogLine& line) { findings.push_back({false, line.where, line.text}); };
  Result<std::unique_ptr<Project>> opened = open_project(o.project, log);
  if (!opened) return report(opened.error(), o.json);
  const Network& network = *(*opened)->network;
  std::map<std::string, int> types;
  Json recorders = Json::array(), on_device = Json::array();
  std::vector<PlannedMedium> media;
  int expressions = 0;
  for (NodeId id : network.walk(network.root())) {
    const Node& node = network.at(id);
    if (id != network.root()) ++types[node.type_name];
    check_node(network, node, findings);
    if (node.type && node.type->def->record) check_movies(**opened, id, findings);
    check_media(*(*opened)->engine, node, media, findings);
    check_review(*(*opened)->engine, id, findings);
    for (const Parameter& par : node.pars) expressions += par.mode == ParMode::EXPRESSION || par.mode == ParMode::BIND;
    if (node.type && node.type->def->device) on_device.push_back(network.path(id));
    if (node.is_comp() && record_parameter(network, id)) recorders.push_back(network.path(id));
  }
  int errors = 0, warnings = 0;
  for (const Finding& f : findings) ++(f.error ? errors : warnings);
  if (o.json) {
    Json list = Json::array();
    for (const Finding& f : findings)
      list.push_back({{"level", f.error ? "error" : "warning"}, {"where", f.where}, {"what", f.what}});
    fmt::print("{}\n", Json({{"operators", types},
                             {"expressions", expressions},
                             {"record", recorders},
                             {"device_dependent", on_device},
                             {"media", media_json(media)},
                             {"findings", list}})
                           .dump(2, ' ', false, Json::error_handler_t::replace));
  } else {
    for (const Finding& f : findings) fmt::print("{}: {}: {}\n", f.error ? "error" : "warning", f.where, f.what);
    int count = 0;
    for (const auto& [type, n] : types) count += n;
    fmt::print("{} operators of {} types, {} expressions\n", count, types.size(), expressions);
    for (const PlannedMedium& medium : media) fmt::print("reads: {}: {}\n", medium.file, to_text(medium));
    for (const Json& path : on_device)
      fmt::print("device-dependent: {}: its last digits are those of what runs shaders\n", path.get<std::string>());
    for (const Json& path : recorders)
      fmt::print("can be recorded: cookline record {} {}\n", o.project.file, path.get<std::string>());
    fmt::print("{} errors, {} warnings\n", errors, warnings);
  }
  return errors ? int(ErrorCode::project) : 0;
}

}  // namespace

void add_check(CLI::App& app, RunVerb& run) {
  auto o = std::make_shared<Options>();
  CLI::App* verb =
      app.add_subcommand("check", "Tell what a project holds and what is wrong with it, without running its Python");
  verb->add_option("FILE", o->project.file, "The project")->required();
  verb->add_flag("--json", o->json, "As JSON");
  verb->footer(
      "Exits with 4 if anything is wrong that a render would stumble over; what nothing needs is only a warning.\n\n"
      "  cookline check show.tdn");
  verb->callback([o, &run] { run = [o] { return run_check(*o); }; });
}

}  // namespace cookline::app
