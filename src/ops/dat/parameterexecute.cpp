// Parameter Execute DAT: calls Python functions when parameters of operators change.
#include <map>

#include "ops/dat/support/execute_page.h"

namespace cookline::parameterexecute_dat_op {
namespace {

constexpr std::string_view page = "Parameter Execute";

struct Pars : dat::ExecutePage {
  OpRef<void> op;
  std::string pars;
  bool valuechange = true, valueschanged = false, onpulse = true, expressionchange = false, exportchange = false;
  bool enablechange = false, modechange = false, custom = true, builtin = true;
};
constexpr std::array own_rows{
    par<&Pars::op>("op", "OPs").on(page).help("The operators that are watched: names, paths or patterns."),
    par<&Pars::pars>("pars", "Parameters").on(page).help("Patterns of the parameters that are watched."),
    par<&Pars::valuechange>("valuechange", "Value Change")
        .on(page)
        .help("onValueChange(par, prev): a value is another than before."),
    par<&Pars::valueschanged>("valueschanged", "Values Changed")
        .on(page)
        .help("onValuesChanged(changes): all values that changed together, as (par, prev), after their onValueChange."),
    par<&Pars::onpulse>("onpulse", "On Pulse").on(page).help("onPulse(par): a pulse was pressed."),
    par<&Pars::expressionchange>("expressionchange", "Expression Change")
        .on(page)
        .help("onExpressionChange(par, val, prev): the text of an expression changed."),
    par<&Pars::exportchange>("exportchange", "Export Change")
        .on(page)
        .help("onExportChange(par, val, prev): another channel drives the parameter."),
    par<&Pars::enablechange>("enablechange", "Enable Change")
        .on(page)
        .help("onEnableChange(par, val, prev): the parameter was enabled or disabled."),
    par<&Pars::modechange>("modechange", "Mode Change")
        .on(page)
        .help("onModeChange(par, val, prev): constant, expression, export or bind."),
    par<&Pars::custom>("custom", "Custom").on(page).help("Watch custom parameters."),
    par<&Pars::builtin>("builtin", "Built-In").on(page).help("Watch built-in parameters."),
};
constexpr auto table = join_rows(dat::execute_rows(page), own_rows, dat::edit_row(page), dat::file_rows("File"));

struct State : dat::FileState {
  bool watching = false;
  std::map<std::string, ParView> seen;  // by "path.name"
};

using Changes = std::vector<std::pair<ParArgument, Value>>;

void compare(Cook& cook, const Pars& p, const ParView& now, const ParView& before, Changes& changes) {
  const ParArgument which{now.op, now.name};
  const auto changed = [&](bool wanted, const char* callback, const Value& value, const Value& former) {
    if (wanted && value != former) cook.emit({callback, {which, value, former}, false});
  };
  // What a pulse is worth tells nothing: it is counted.
  if (now.style != Style::Pulse && now.value != before.value) {
    changes.emplace_back(which, before.value);
    if (p.valuechange) cook.emit({"onValueChange", {which, before.value}, false});
  }
  for (std::uint64_t i = before.pulses; p.onpulse && i < now.pulses; ++i) cook.emit({"onPulse", {which}, false});
  changed(p.expressionchange, "onExpressionChange", now.expression, before.expression);
  changed(p.exportchange, "onExportChange", now.export_source, before.export_source);
  changed(p.enablechange, "onEnableChange", now.enable, before.enable);
  changed(p.modechange, "onModeChange", now.mode, before.mode);
}

Status watch(Cook& cook, const Pars& p, State& state) {
  if (Status status = dat::keep_file(cook, p, state); !status) return status;
  std::map<std::string, ParView> seen;
  if (!p.op.path.empty()) {
    auto views = cook.services.parameters(p.op.path, p.pars, p.custom, p.builtin);
    if (!views) return views.error();
    Changes changes;
    for (ParView& view : *views) {
      const std::string key = view.op + "." + view.name;
      const auto before = state.seen.find(key);
      // The first look only records; so does one while inactive.
      if (state.watching && p.active && before != state.seen.end()) compare(cook, p, view, before->second, changes);
      seen[key] = std::move(view);
    }
    // TD differs: called with each look, not once at the end of the frame, so that what it sets is seen in this frame.
    if (p.valueschanged && !changes.empty()) cook.emit({"onValuesChanged", {std::move(changes)}, false});
  }
  state.seen = std::move(seen);
  state.watching = true;
  return {};
}

Result<Table> cook(Cook& cook, const Pars& p, const Inputs<Table>& in, State& state) {
  return dat::execute_text(cook, p, in, state);
}

}  // namespace
}  // namespace cookline::parameterexecute_dat_op

namespace cookline {

const OpDef& parameterexecute_dat() {
  using namespace parameterexecute_dat_op;
  static const OpDef op = Define<Pars, table>(Family::DAT, "parameterexecuteDAT", "Parameter Execute",
                                              "Calls Python functions when parameters change.")
                              .inputs(0, 1)
                              .holds_content()
                              .cook<&cook>()
                              .watch<&watch>();
  return op;
}

}  // namespace cookline
