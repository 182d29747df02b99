#include "app/profile.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <map>
#include <set>

namespace cookline::app {
namespace {

using Json = nlohmann::ordered_json;

bool names_operators(const ParInfo& info) { return info.style >= Style::OP && info.style <= Style::PanelCOMP; }

// In double quotes, as DOT has strings.
std::string quoted(const std::string& text) {
  std::string result = "\"";
  for (const char c : text) {
    if (c == '"' || c == '\\') result += '\\';
    result += c;
  }
  return result + '"';
}

// From white over yellow to red, by hue and saturation. Square roots keep small shares apart.
std::string heat_colour(double share) {
  const double heat = std::sqrt(std::clamp(share, 0.0, 1.0));
  return fmt::format("{:.3f} {:.3f} 1.000", 0.16 * (1 - heat), 0.15 + 0.75 * heat);
}

std::string graph_node(const Node& node, const std::string& path, const ProfileRow* row) {
  // A new line is the escape \n of DOT, behind what is quoted.
  std::string label = quoted(path);
  label.pop_back();
  label += "\\n" + node.type_name;
  if (!row) return fmt::format("  {} [label={}\", color=gray];\n", quoted(path), label);
  label += fmt::format("\\n{:.1f} ms, {:.1f} %", row->seconds() * 1e3, row->share * 100);
  return fmt::format("  {} [label={}\", style=filled, fillcolor=\"{}\"];\n", quoted(path), label,
                     heat_colour(row->share));
}

// The operators that constant parameters name.
std::set<NodeId> references(const Project& project, const Node& node) {
  std::set<NodeId> found;
  for (const Parameter& par : node.pars) {
    if (!names_operators(*par.info) || par.mode != ParMode::CONSTANT) continue;
    const std::string text = to_text(par.value);
    if (text.empty()) continue;
    if (const NodeId target = project.network->lookup(node.id, text); target && target != node.id) found.insert(target);
  }
  return found;
}

}  // namespace

std::vector<ProfileRow> profile_rows(const Project& project) {
  std::vector<ProfileRow> rows;
  double total = 0;
  for (const auto& [path, time] : project.engine->counts.times) {
    const NodeId id = project.network->lookup_in(project.network->root(), path);
    const Node* node = project.network->find(id);
    rows.push_back({path, node ? node->type_name : "", time});
    total += rows.back().seconds();
  }
  for (ProfileRow& row : rows) row.share = total > 0 ? row.seconds() / total : 0;
  std::stable_sort(rows.begin(), rows.end(),
                   [](const ProfileRow& a, const ProfileRow& b) { return a.seconds() > b.seconds(); });
  return rows;
}

std::string profile_table(const std::vector<ProfileRow>& rows, const ProfileTotals& totals) {
  std::size_t width = 8;
  double operators_s = 0;
  for (const ProfileRow& row : rows) width = std::max(width, row.path.size()), operators_s += row.seconds();
  std::string text = fmt::format("{:<{}}  {:>8}  {:>10}  {:>11}  {:>9}  {:>11}  {:>7}\n", "operator", width, "cooks",
                                 "calls", "cook ms", "ms/cook", "Python ms", "share");
  for (const ProfileRow& row : rows) {
    const OperatorTime& t = row.time;
    text += fmt::format("{:<{}}  {:>8}  {:>10}  {:>11.2f}  {:>9.3f}  {:>11.2f}  {:>5.1f} %\n", row.path, width, t.cooks,
                        t.calls, t.cook_s * 1e3, t.cooks > 0 ? t.cook_s * 1e3 / double(t.cooks) : 0.0, t.script_s * 1e3,
                        row.share * 100);
  }
  return text + fmt::format("operators {:.2f} s of {:.2f} s; encoding {} image{} {:.2f} s of all threads\n",
                            operators_s, totals.run_s, totals.images, totals.images == 1 ? "" : "s", totals.encode_s);
}

Json profile_json(const std::vector<ProfileRow>& rows, const ProfileTotals& totals) {
  Json operators = Json::array();
  for (const ProfileRow& row : rows)
    operators.push_back({{"path", row.path},
                         {"type", row.type},
                         {"cooks", row.time.cooks},
                         {"calls", row.time.calls},
                         {"cook_s", row.time.cook_s},
                         {"python_s", row.time.script_s},
                         {"share", row.share}});
  return {{"event", "profile"},
          {"seconds", totals.run_s},
          {"encode_s", totals.encode_s},
          {"images", totals.images},
          {"operators", std::move(operators)}};
}

std::string profile_graph(const Project& project, const std::vector<ProfileRow>& rows) {
  const Network& network = *project.network;
  std::map<std::string, const ProfileRow*> by_path;
  for (const ProfileRow& row : rows) by_path[row.path] = &row;
  std::string nodes, edges;
  for (const NodeId id : network.walk(network.root())) {
    const Node& node = network.at(id);
    if (node.is_comp()) continue;
    const std::string path = network.path(id);
    const auto row = by_path.find(path);
    nodes += graph_node(node, path, row == by_path.end() ? nullptr : row->second);
    std::set<NodeId> wired;
    if (node.type)
      for (const NodeId source : project.engine->wires_of(node))
        if (source && wired.insert(source).second)
          edges += fmt::format("  {} -> {};\n", quoted(network.path(source)), quoted(path));
    for (const NodeId target : references(project, node))
      if (!network.at(target).is_comp())
        edges += fmt::format("  {} -> {} [style=dashed];\n", quoted(network.path(target)), quoted(path));
  }
  return "digraph cookline {\n  rankdir=LR;\n  node [shape=box, fontname=\"sans-serif\"];\n" + nodes + edges + "}\n";
}

}  // namespace cookline::app
