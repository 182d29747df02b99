#include "render/plan_report.h"

#include <fmt/format.h>

#include <algorithm>
#include <filesystem>
#include <unordered_map>

#include "base/text.h"
#include "render/encode_options.h"

namespace cookline {
namespace {

bool is_word(char c) { return c == '_' || (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z'); }

// Whether Python text has this word, possibly dotted, as a whole.
bool mentions(std::string_view text, std::string_view word) {
  for (std::size_t at = text.find(word); at != std::string_view::npos; at = text.find(word, at + 1)) {
    const std::size_t end = at + word.size();
    if ((at == 0 || !is_word(text[at - 1])) && (end == text.size() || !is_word(text[end]))) return true;
  }
  return false;
}

std::string_view first_mentioned(std::string_view text, std::span<const std::string_view> words) {
  for (const std::string_view word : words)
    if (mentions(text, word)) return word;
  return {};
}

// The literal texts in op('…') and op("…").
std::vector<std::string> operators_in(std::string_view code) {
  std::vector<std::string> found;
  for (std::size_t at = code.find("op("); at != std::string_view::npos; at = code.find("op(", at + 1)) {
    const std::size_t quote = at + 3;
    if (quote >= code.size() || (code[quote] != '\'' && code[quote] != '"')) continue;
    const std::size_t end = code.find(code[quote], quote + 1);
    if (end != std::string_view::npos) found.emplace_back(code.substr(quote + 1, end - quote - 1));
  }
  return found;
}

constexpr std::string_view time_words[] = {"absTime", "me.time", "time.seconds", "time.frame"};
// Modules of Python whose answers are not in the network.
constexpr std::string_view outside_words[] = {"random",   "datetime", "time.time", "import time", "urllib",
                                              "requests", "socket",   "uuid",      "secrets",     "subprocess",
                                              "os",       "open",     "tdu.rand"};

bool is_operator_style(Style style) {
  return style == Style::OP || style == Style::TOP || style == Style::CHOP || style == Style::DAT ||
         style == Style::COMP || style == Style::Object;
}

std::string code_of(const Parameter& par) {
  return par.mode == ParMode::EXPRESSION ? par.expr : par.mode == ParMode::BIND ? par.bind_expr : std::string();
}

class Planner {
 public:
  Planner(Engine& engine, NodeId top) : engine_(engine), network_(engine.network()) { sink_.id = top; }

  PlannedSink run() {
    sink_.path = network_.path(sink_.id);
    sink_.type = network_.at(sink_.id).type_name;
    visit(sink_.id);
    find_size();
    find_split();
    return std::move(sink_);
  }

 private:
  // Adds an operator and all that it needs; gives its place among the operators.
  std::size_t visit(NodeId id);
  void visit_wires(const Node& node, std::size_t at);
  void visit_parameter(const Node& node, const Parameter& par, std::size_t at);
  void visit_media(const Node& node, const Parameter& par);
  void visit_code(const Node& node, const Parameter& par, const std::string& code, std::size_t at);
  void depend(std::size_t at, NodeId on, const std::string& why);
  void raise(std::size_t at, TimeClass time, const std::string& why);
  void problem(const Node& node, std::string_view par, std::string what, bool fatal);
  void find_size();
  void find_split();
  void find_scripts(std::vector<std::string>& control) const;

  Engine& engine_;
  const Network& network_;
  PlannedSink sink_;
  std::unordered_map<NodeId, std::size_t, NodeIdHash> known_;
  std::vector<std::string> before_;  // pictures that read the frame before
};

void Planner::raise(std::size_t at, TimeClass time, const std::string& why) {
  PlannedOp& op = sink_.ops[at];
  if (time <= op.time) return;
  op.time = time;
  op.why = why;
}

void Planner::problem(const Node& node, std::string_view par, std::string what, bool fatal) {
  const std::string path = network_.path(node.id) + (par.empty() ? "" : "." + std::string(par));
  sink_.problems.push_back({node.source.empty() ? path : node.source + " " + path, std::move(what), fatal});
}

// What moves moves all that reads it; only the state itself is stateful.
void Planner::depend(std::size_t at, NodeId on, const std::string& why) {
  const PlannedOp& other = sink_.ops[visit(on)];
  if (std::string& device = sink_.ops[at].device; device.empty() && !other.device.empty())
    device = why + " " + other.path;
  if (other.time == TimeClass::fixed) return;
  raise(at, other.time == TimeClass::external ? TimeClass::external : TimeClass::per_frame, why + " " + other.path);
}

std::size_t Planner::visit(NodeId id) {
  if (const auto found = known_.find(id); found != known_.end()) return found->second;
  const Node& node = network_.at(id);
  const std::size_t at = sink_.ops.size();
  known_[id] = at;
  sink_.ops.push_back({id, network_.path(id), node.type_name, TimeClass::fixed, {}, {}});
  if (!node.type) {
    problem(node, {}, fmt::format("unknown operator type '{}': it is only a placeholder", node.type_name), true);
    return at;
  }
  const OpDef& def = *node.type->def;
  const Time time = engine_.time_of(id);
  if (time == Time::stepped) raise(at, TimeClass::stateful, "keeps state from frame to frame");
  if (time == Time::animated) raise(at, TimeClass::per_frame, "depends on time");
  if (def.store || def.stored_place) {
    raise(at, TimeClass::stateful, "shows pictures of frames before");
    before_.push_back(sink_.ops[at].path + ": " + sink_.ops[at].why);
  }
  if (def.device) sink_.ops[at].device = "runs on a device";
  if (const Result<std::vector<std::string>> review = engine_.review(id); !review)
    problem(node, {}, review.error().what, true);
  if (def.holds_content)
    if (const auto word = first_mentioned(as_text(node.content), outside_words); !word.empty())
      raise(at, TimeClass::external, fmt::format("{} in its text", word));
  if (def.family == Family::TOP && time == Time::stepped && !def.choose && id != sink_.id)
    before_.push_back(sink_.ops[at].path + ": " + sink_.ops[at].why);
  visit_wires(node, at);
  // Of a component only what an expression asks for is needed.
  if (!node.is_comp())
    for (const Parameter& par : node.pars) visit_parameter(node, par, at);
  return at;
}

void Planner::visit_wires(const Node& node, std::size_t at) {
  if (node.is_comp()) return;
  const std::vector<NodeId> sources = engine_.wires_of(node);
  const std::size_t connected =
      std::size_t(std::count_if(sources.begin(), sources.end(), [](NodeId id) { return bool(id); }));
  const int needed = std::max(node.type->def->min_in, int(node.type->def->needs_input));
  if (connected < std::size_t(needed))
    problem(node, {}, fmt::format("{} of {} needed inputs are connected", connected, needed), true);
  for (const NodeId source : sources)
    if (network_.find(source)) depend(at, source, "its input");
}

void Planner::visit_parameter(const Node& node, const Parameter& par, std::size_t at) {
  const ParInfo& info = *par.info;
  if (par.mode == ParMode::EXPORT) return raise(at, TimeClass::per_frame, info.name + " is exported to");
  if (const std::string code = code_of(par); !code.empty()) return visit_code(node, par, code, at);
  const std::string text = to_text(par.value);
  if (text.empty()) return;
  if (info.style == Style::File) return visit_media(node, par);
  if (!is_operator_style(info.style)) return;
  const std::vector<NodeId> targets = network_.match(node.id, text);
  const bool read = info.row && (info.row->set_input || needed_for_images(node, info));
  if (targets.empty() && read && !info.row->lenient)
    problem(node, info.name, fmt::format("there is no operator '{}'", text), true);
  for (const NodeId target : targets) {
    if (read && info.row->previous_frame) {
      const std::string why = fmt::format("reads the frame before of {}", network_.path(target));
      raise(at, TimeClass::stateful, why);
      before_.push_back(sink_.ops[at].path + ": " + why);
    }
    depend(at, target, info.name + " reads");
  }
}

void Planner::visit_media(const Node& node, const Parameter& par) {
  std::optional<PlannedMedium> medium = planned_medium(engine_, node, par);
  if (!medium) return;
  if (!medium->problem.empty()) problem(node, par.info->name, medium->problem, medium->fatal);
  sink_.media.push_back(std::move(*medium));
}

void Planner::visit_code(const Node& node, const Parameter& par, const std::string& code, std::size_t at) {
  const std::string& name = par.info->name;
  if (const auto word = first_mentioned(code, outside_words); !word.empty())
    raise(at, TimeClass::external, fmt::format("{} in {}", word, name));
  if (const auto word = first_mentioned(code, time_words); !word.empty())
    raise(at, TimeClass::per_frame, fmt::format("{} in {}", word, name));
  for (const std::string& path : operators_in(code)) {
    const NodeId target = network_.lookup(node.id, path);
    if (target)
      depend(at, target, name + " reads");
    else
      problem(node, name, fmt::format("there is no operator '{}', which its expression names", path), true);
  }
  if (!mentions(code, "parent") && !mentions(code, "ipar")) return;
  // Parameters of the components around it that the expression names.
  for (NodeId above = node.parent; above; above = network_.at(above).parent)
    for (const Parameter& outer : network_.at(above).pars) {
      const std::string outer_code = code_of(outer);
      if (outer.info->custom && !outer_code.empty() && mentions(to_lower(code), to_lower(outer.info->name)))
        visit_code(network_.at(above), outer, outer_code, at);
    }
}

void Planner::find_size() {
  std::vector<std::string> asked;
  ScriptHooks former = std::exchange(engine_.hooks, {});
  engine_.hooks.evaluate = [&](NodeId owner, const ParInfo* info, const std::string& expr, auto) -> Result<Value> {
    const Parameter* par = info ? network_.at(owner).find(info->name) : nullptr;
    if (!par) return project_error(network_.path(owner), fmt::format("'{}' is not evaluated here", expr));
    const bool is_size =
        info->name.starts_with("resolution") || info->name == "outputresolution" || info->name == "format";
    const std::string place = network_.path(owner) + "." + info->name;
    if (is_size && std::find(asked.begin(), asked.end(), place) == asked.end()) asked.push_back(place);
    return par->value;
  };
  const Result<Engine::PictureInfo> info = engine_.picture_info(sink_.id);
  engine_.hooks = std::move(former);
  const bool known = std::any_of(sink_.problems.begin(), sink_.problems.end(), [](const auto& p) { return p.fatal; });
  if (info)
    sink_.picture = *info;
  else if (!known)
    sink_.problems.push_back({info.error().where, info.error().what, true});
  sink_.size_expressions = std::move(asked);
}

// Operators of the whole network whose callbacks may set anything from frame to frame.
void Planner::find_scripts(std::vector<std::string>& control) const {
  for (const NodeId id : network_.walk(network_.root())) {
    const Node& node = network_.at(id);
    if (!node.type || known_.contains(id)) continue;
    const bool runs = node.type_name == "executeDAT" || node.type->def->watch;
    if (runs) control.push_back(network_.path(id) + ": makes callbacks");
  }
}

void Planner::find_split() {
  if (!before_.empty()) {
    sink_.split = Split::none;
    sink_.split_because = before_;
    return;
  }
  for (const PlannedOp& op : sink_.ops)
    if (op.id != sink_.id && op.time == TimeClass::stateful) sink_.split_because.push_back(op.path + ": " + op.why);
  find_scripts(sink_.split_because);
  if (network_.at(sink_.id).type && network_.at(sink_.id).type->def->record)
    sink_.split_because.push_back(sink_.path + ": counts the images of a take");
  if (!sink_.split_because.empty()) sink_.split = Split::script;
}

}  // namespace

std::string_view time_class_name(TimeClass time) {
  constexpr std::string_view names[] = {"static", "per frame", "stateful", "external"};
  return names[std::size_t(time)];
}

PlannedSink plan_report(Engine& engine, NodeId top) { return Planner(engine, top).run(); }

}  // namespace cookline
