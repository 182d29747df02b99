// cookline ops [TYPE]: the operator reference, from the operators' own tables.
#include <fmt/format.h>

#include <cstdio>
#include <nlohmann/json.hpp>

#include "app/exit_code.h"
#include "app/project.h"
#include "app/verbs.h"
#include "base/text.h"

namespace cookline::app {
namespace {

using Json = nlohmann::ordered_json;

struct Options {
  std::string type;
  bool json = false;
};

std::string default_text(const ParInfo& info) {
  if (!info.default_expr.empty()) return "= " + info.default_expr;
  if (info.style == Style::Menu) return menu_item(info, info.default_value);
  if (std::holds_alternative<std::string>(info.default_value))
    return "'" + std::get<std::string>(info.default_value) + "'";
  return to_text(info.default_value);
}

Json default_json(const ParInfo& info) {
  if (info.style == Style::Menu) return menu_item(info, info.default_value);
  return std::visit([](const auto& v) { return Json(v); }, info.default_value);
}

Json json_of(const TypeInfo& type) {
  const OpDef& def = *type.def;
  constexpr std::string_view times[] = {"fixed", "animated", "stepped"};
  Json pars = Json::array();
  for (const ParInfoHandle& par : type.pars) {
    Json p = {{"name", par->name},
              {"label", par->label},
              {"page", par->page},
              {"style", style_name(par->style)},
              {"default", default_json(*par)},
              {"help", par->help}};
    if (!par->default_expr.empty()) p["defaultExpr"] = par->default_expr;
    if (par->is_number()) p["normMin"] = par->norm_min, p["normMax"] = par->norm_max;
    if (par->clamp_min) p["min"] = par->min;
    if (par->clamp_max) p["max"] = par->max;
    if (!par->unit.empty()) p["unit"] = par->unit;
    if (par->is_menu()) p["menuNames"] = par->menu_names, p["menuLabels"] = par->menu_labels;
    pars.push_back(std::move(p));
  }
  return {{"type", def.type},
          {"label", def.label},
          {"family", family_names[std::size_t(def.family)]},
          {"doc", def.doc},
          {"minInputs", def.min_in},
          {"maxInputs", def.max_in},
          {"time", times[std::size_t(def.time)]},
          {"pars", std::move(pars)}};
}

void print_type(const TypeInfo& type) {
  const OpDef& def = *type.def;
  fmt::print("{} ({})\n{}\n", def.label, def.type, def.doc);
  if (def.max_in == any_number)
    fmt::print("inputs: any number\n");
  else
    fmt::print("inputs: {}\n", def.min_in == def.max_in ? fmt::format("{}", def.max_in)
                                                        : fmt::format("{} to {}", def.min_in, def.max_in));
  std::string page;
  for (const ParInfoHandle& par : type.pars) {
    if (par->page != page) fmt::print("\n{}\n", page = par->page);
    std::string range;
    if (par->clamp_min || par->clamp_max)
      range = fmt::format(" [{}, {}]", par->clamp_min ? number_text(par->min) : "-inf",
                          par->clamp_max ? number_text(par->max) : "inf");
    fmt::print("  {:<22} {:<10} {:<28} {}{}{}\n", par->name, style_name(par->style), default_text(*par), par->help,
               par->unit.empty() ? "" : " (" + par->unit + ")", range);
    if (par->style == Style::Menu) fmt::print("  {:<22} {}\n", "", fmt::join(par->menu_names, " "));
  }
}

int run_ops(const Options& o) {
  const std::unique_ptr<Registry> registry = make_registry();
  if (!o.type.empty()) {
    const TypeInfo* type = registry->find(o.type);
    if (!type) {
      Error error = registry->unknown_type(o.type, "");
      error.code = ErrorCode::usage;
      return report(error, o.json);
    }
    if (o.json)
      fmt::print("{}\n", json_of(*type).dump(2));
    else
      print_type(*type);
    return 0;
  }
  Json all = Json::array();
  for (const TypeInfo* type : registry->all()) {
    if (o.json)
      all.push_back(json_of(*type));
    else
      fmt::print("{:<22} {}\n", type->def->type, type->def->doc);
  }
  if (o.json) fmt::print("{}\n", all.dump(2));
  return 0;
}

}  // namespace

void add_ops(CLI::App& app, RunVerb& run) {
  auto o = std::make_shared<Options>();
  CLI::App* verb = app.add_subcommand("ops", "List operators, or show one with its parameters");
  verb->add_option("TYPE", o->type, "An operator type: noiseTOP");
  verb->add_flag("--json", o->json, "As JSON");
  verb->footer(
      "  cookline ops                 every operator with a sentence\n"
      "  cookline ops noiseTOP        its parameters: name, style, default, what it does, range, menu items");
  verb->callback([o, &run] { run = [o] { return run_ops(*o); }; });
}

}  // namespace cookline::app
