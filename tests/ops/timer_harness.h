// A Timer CHOP for tests: all channels on, frames as units, cooked as the engine does.
#pragma once
#include "ops/op_harness.h"

namespace cookline {

const OpDef& timer_chop();

using Names = std::vector<std::string>;

// A timer with a Callbacks DAT and all channels on.
struct Timer : Harness {
  Timer() : Harness(timer_chop()) {
    refer("callbacks", Table{.text = "# callbacks"});
    for (const char* toggle : {"outfraction", "outtimeractive", "outtimerpulse", "outdelayfraction", "outinit",
                               "outready", "outreadypulse", "outrunning", "outdone", "outdonepulse", "outcycle",
                               "outcyclepulse", "outcycleplusfraction", "outseg", "outsegpulse", "outsegplusfraction"})
      set(toggle, true);
    for (const char* menu : {"outtimercount", "outdelaycount", "outlength", "outcumulativecount", "outplayingcount",
                             "outrunningcount", "outmastercount"})
      set(menu, "all");
    set("runvalues", "zero");
    set("lengthunits", "frames");
    set("delayunits", "frames");
    set("segunits", "frames");
    set("cueunits", "frames");
    set("notifyunits", "frames");
    set("substartunits", "frames");
    set("subendunits", "frames");
  }
  // Cooks frame f as the engine does: again in the same frame once onInitialize has been answered.
  Channels run(std::int64_t f) {
    Channels c = cook(f);
    happened = events;
    while (!events.empty() && events.back().wants_reply) {
      c = cook(f, true);
      happened.insert(happened.end(), events.begin(), events.end());
    }
    return c;
  }
  Channels start(std::int64_t f) {
    press("start");
    return run(f);
  }
  // Callbacks of the last run: "onCycle 0 2" is segment 0, cycle 2.
  Names told(bool while_active = false) const {
    Names names;
    for (const Event& e : happened) {
      if (e.callback == "whileTimerActive" && !while_active) continue;
      std::string text = e.callback;
      for (const Argument& a : e.arguments) text += " " + text_of(a);
      names.push_back(text);
    }
    return names;
  }
  static std::string text_of(const Argument& a) {
    if (const auto* value = std::get_if<Value>(&a))
      return std::holds_alternative<bool>(*value) ? std::get<bool>(*value) ? "True" : "False" : to_text(*value);
    return to_text(std::get<SegmentArgument>(a).members.front().second);
  }
  std::vector<Event> happened;
};

inline Table segments(Names columns, std::vector<Names> rows) {
  Table t{.is_table = true, .rows = {std::move(columns)}};
  for (Names& row : rows) t.rows.push_back(std::move(row));
  return t;
}

}  // namespace cookline
