// What --profile shows: where the time of a run went, by operator, as a table, as JSON and as a Graphviz graph.
#pragma once
#include <nlohmann/json.hpp>
#include <string>
#include <vector>

#include "app/project.h"

namespace cookline::app {

struct ProfileRow {
  std::string path, type;
  OperatorTime time;
  double share = 0;  // of the time of all operators, in [0, 1]
  double seconds() const { return time.cook_s + time.script_s; }
};

// What a run took beside its operators.
struct ProfileTotals {
  double run_s = 0;     // by the clock
  double encode_s = 0;  // of all threads
  std::int64_t images = 0;
};

// Operators that took time, the slowest first.
std::vector<ProfileRow> profile_rows(const Project& project);

std::string profile_table(const std::vector<ProfileRow>& rows, const ProfileTotals& totals);
nlohmann::ordered_json profile_json(const std::vector<ProfileRow>& rows, const ProfileTotals& totals);
// The network: wires, and dashed the operators that parameters name. The slower an operator, the redder.
std::string profile_graph(const Project& project, const std::vector<ProfileRow>& rows);

}  // namespace cookline::app
