// The script phase: what must run every frame runs, callbacks are made, and that repeats until nothing changes any
// more.
#include "cook/engine.h"

#include <fmt/format.h>

#include <algorithm>
#include <utility>

#include "base/text.h"
#include "cook/profile.h"
#include "cook/runtime.h"
#include "cook/services.h"

namespace cookline {
namespace {

constexpr int max_rounds = 64;  // of callbacks that cause callbacks within one frame

// Names sort as people count: in2 before in10.
bool natural_less(const std::string& a, const std::string& b) {
  const auto [base_a, digits_a] = split_digits(a);
  const auto [base_b, digits_b] = split_digits(b);
  if (base_a != base_b) return base_a < base_b;
  return digits_a.value_or(-1) < digits_b.value_or(-1);
}

}  // namespace

Engine::Engine(Network& network, EngineOptions options)
    : network_(network), options_(std::move(options)), cache_(options_.cache_bytes) {
  frame_.rate = options_.rate;
}
Engine::~Engine() = default;

Engine::Runtime& Engine::runtime(NodeId id) {
  if (runtimes_.size() <= id.index) runtimes_.resize(id.index + 1);
  auto& slot = runtimes_[id.index];
  if (!slot || slot->id != id) {
    slot = std::make_unique<Runtime>();
    slot->id = id;
  }
  return *slot;
}

const Engine::Runtime* Engine::find_runtime(NodeId id) const {
  if (id.index >= runtimes_.size() || !runtimes_[id.index] || runtimes_[id.index]->id != id) return nullptr;
  return runtimes_[id.index].get();
}

void Engine::set_frame(const Frame& frame) {
  frame_ = frame;
  ++serial_;
}

void Engine::reset_states() {
  runtimes_.clear();
  former_.clear();
  stores_.clear();
  read_ = {};
  events_.clear();
  requests_.clear();
}

bool Engine::cooking_allowed(NodeId id) const {
  for (const Node* node = network_.find(id); node; node = network_.find(node->parent))
    if (!node->flags.allow_cooking) return false;
  return true;
}

std::vector<NodeId> Engine::connectors(NodeId comp, bool outputs) const {
  std::vector<NodeId> list;
  for (NodeId id : network_.at(comp).children) {
    const std::string& type = network_.at(id).type_name;
    if (type.size() > (outputs ? 3u : 2u) && type.starts_with(outputs ? "out" : "in") &&
        type.find_first_of("TCDSMP") == (outputs ? 3u : 2u))
      list.push_back(id);
  }
  std::stable_sort(list.begin(), list.end(),
                   [&](NodeId a, NodeId b) { return natural_less(network_.at(a).name, network_.at(b).name); });
  return list;
}

NodeId Engine::resolve_output(const Wire& wire, std::string_view family) const {
  NodeId id = wire.source;
  int output = wire.output;
  for (int depth = 0; depth < 100; ++depth) {
    const Node* node = network_.find(id);
    if (!node) return {};
    if (!node->is_comp()) return id;
    std::vector<NodeId> outs;
    for (NodeId out : connectors(id, true))
      if (network_.at(out).family() == family) outs.push_back(out);
    if (output < 0 || std::size_t(output) >= outs.size()) return {};
    id = outs[std::size_t(output)];
    output = 0;
  }
  return {};
}

std::vector<NodeId> Engine::wires_of(const Node& node) const {
  const std::string family = node.family();
  std::vector<NodeId> sources;
  const bool is_in = node.type && node.type_name == "in" + family;
  if (is_in) {
    const Node* comp = network_.find(node.parent);
    const std::vector<NodeId> ins = comp ? connectors(comp->id, false) : std::vector<NodeId>{};
    const std::size_t at = std::size_t(std::find(ins.begin(), ins.end(), node.id) - ins.begin());
    if (comp && at < comp->inputs.size() && comp->inputs[at].source) return {resolve_output(comp->inputs[at], family)};
  }
  for (const Wire& wire : node.inputs) sources.push_back(resolve_output(wire, family));
  return sources;
}

Status Engine::pulse(NodeId id, std::string_view par) {
  if (Status status = network_.pulse(id, par); !status) return status;
  if (!network_.at(id).type || network_.parameter(id, par)->info->custom) return {};
  if (Status status = edit_as_pulsed(id); !status) return status;
  if (!network_.at(id).type->def->record) return {};
  if (Status status = run_record(id, true); !status || in_phase_ || !write_requests) return status;
  return write_requests();
}

Status Engine::cook(NodeId id, bool force) {
  const Node* node = network_.find(id);
  if (!node) return usage_error({}, "the operator does not exist any more");
  if (node->is_comp() || !node->type) return {};
  if (node->family() == "TOP") {
    Result<ImageHandle> cooked = image(id);
    return cooked ? Status() : Status(cooked.error());
  }
  return cook_value(id, force);
}

void Engine::warn_once(const Error& error) {
  const std::string text = to_string(error);
  if (warned_.insert(text).second && log)
    log({LogLevel::warning, error.where, error.hint.empty() ? error.what : error.what + "; " + error.hint});
}

void Engine::find_workers() {
  if (workers_.structure == network_.structure()) return;
  workers_ = {};
  workers_.structure = network_.structure();
  for (NodeId id : network_.walk(network_.root())) {
    const Node& node = network_.at(id);
    if (!node.type || node.is_comp() || !cooking_allowed(id)) continue;
    const OpDef& def = *node.type->def;
    if (def.watch || (def.time == Time::stepped && (def.cook_channels || def.cook_table)))
      workers_.every_frame.push_back(id);
    if (node.flags.export_channels && def.cook_channels) workers_.exporters.push_back(id);
    if (def.record) workers_.sinks.push_back(id);
    if (def.store) workers_.stores.push_back(id);
    if (def.choose && def.make_state) workers_.choosers.push_back(id);
  }
}

// One round over everything that must run every frame; `loud` gets the names of those that made callbacks.
Status Engine::run_every_frame(std::string& loud) {
  find_workers();
  for (NodeId id : std::vector<NodeId>(workers_.every_frame)) {
    const Node* node = network_.find(id);
    if (!node) continue;
    Status status = node->type->def->watch ? run_watch(id) : cook_value(id);
    if (!status && !status.error().missing) return status;
    if (!status) warn_once(status.error());
    if (!events_.empty()) loud += (loud.empty() ? "" : ", ") + network_.path(id);
    if (Status drained = drain_events(); !drained) return drained;
  }
  exports_.apply(*this, workers_.exporters, [this](const Error& error) { warn_once(error); });
  return step_choosers();
}

Status Engine::run_watch(NodeId id) {
  const Node* node = network_.find(id);
  const OpDef& def = *node->type->def;
  Runtime& rt = runtime(id);
  Result<Filled> filled = fill(id);
  if (!filled) return filled.error();
  Result<std::vector<Held>> held = gather(id, *filled);
  if (!held) return held.error();
  Step step(*this, id, *filled, *held);
  rt.stepped_serial = serial_;
  if (Status status = def.watch(step.call); !status) return status;
  if (!priming_)
    for (Event& event : step.cook.events) events_.push_back({id, std::move(event)});
  return {};
}

// Makes the callbacks asked for, in order. A callback may cause more; those follow behind.
Status Engine::drain_events() {
  if (draining_) return {};
  draining_ = true;
  Status result;
  for (std::size_t i = 0; i < events_.size() && result; ++i) {
    const PendingEvent pending = events_[i];
    const Node* node = network_.find(pending.owner);
    if (!node || !hooks.callback) continue;
    NodeId dat = pending.owner;
    if (!node->type->def->holds_content) {
      Result<Value> path = eval(pending.owner, "callbacks");
      if (!path) {
        result = path.error();
        break;
      }
      dat = network_.lookup(pending.owner, to_text(*path));
      if (!dat) continue;
    }
    std::optional<ProfileScope> timed;
    timed.emplace(counts, ProfileScope::Work::script, [&] { return network_.path(dat); });
    Result<std::optional<Value>> reply = hooks.callback(pending.owner, dat, pending.event);
    timed.reset();
    if (!reply)
      result = reply.error();
    else if (*reply && pending.event.wants_reply && network_.find(pending.owner))
      runtime(pending.owner).replies[pending.event.callback] = **reply;
    // Whoever waits for an answer cooks again in this frame.
    if (pending.event.wants_reply) network_.touch();
  }
  events_.clear();
  draining_ = false;
  return result;
}

Status Engine::prime() {
  priming_ = true;
  std::string loud;
  Status status = run_every_frame(loud);
  priming_ = false;
  network_.clear_pulses();
  return status;
}

// States are stepped in copies; a frame that fails drops them.
void Engine::begin_step(Runtime& rt, const OpDef& def) {
  if (def.time != Time::stepped || (rt.begun_serial == serial_ && rt.state)) return;
  if (!rt.state) rt.state = def.make_state();
  rt.committed = std::exchange(rt.state, def.copy_state(rt.state.get()));
  rt.begun_serial = serial_;
}

void Engine::roll_back() {
  for (auto& rt : runtimes_)
    if (rt && rt->begun_serial == serial_)
      rt->state = std::exchange(rt->committed, nullptr), rt->stepped_serial = 0, rt->chosen.reset();
  requests_.clear();
  read_ = {};
}

Engine::Snapshot Engine::snapshot() {
  (void)settle_read_pictures();  // what goes wrong goes wrong again in the next frame, which tells it
  Snapshot copy;
  for (const auto& rt : runtimes_) {
    if (rt) copy.cooks[rt->id] = rt->cook_count;
    const Node* node = rt && rt->state ? network_.find(rt->id) : nullptr;
    if (node && node->type && node->type->def->copy_state)
      copy.states[rt->id] = node->type->def->copy_state(rt->state.get());
  }
  copy.pictures = former_;
  copy.stores = stores_;
  return copy;
}

void Engine::restore(const Snapshot& snapshot) {
  reset_states();
  for (const auto& [id, state] : snapshot.states)
    if (const Node* node = network_.find(id); node && node->type)
      runtime(id).state = node->type->def->copy_state(state.get());
  for (const auto& [id, count] : snapshot.cooks)
    if (network_.find(id)) runtime(id).cook_count = count;
  former_ = snapshot.pictures;
  stores_ = snapshot.stores;
}

Status Engine::script_phase(const Frame& frame) {
  in_phase_ = true;
  Status status = run_phase(frame);
  in_phase_ = false;
  return status;
}

Status Engine::run_phase(const Frame& frame) {
  Status settled = settle_read_pictures();
  read_ = {};
  set_frame(frame);
  if (!settled) return settled;
  Status status = run_script_phase(frame);
  if (!status) roll_back();
  return status;
}

Status Engine::run_script_phase(const Frame& frame) {
  network_.end_pulses();
  if (hooks.frame_start)
    if (Status status = hooks.frame_start(frame); !status) return status;
  std::uint64_t quiet = 0;
  std::string loud;
  for (int round = 0; quiet != network_.epoch(); ++round) {
    if (round == max_rounds)
      return project_error(fmt::format("frame {}", frame.index),
                           fmt::format("callbacks keep causing callbacks after {} rounds: {}", max_rounds, loud),
                           "two callbacks that change what the other watches never come to rest");
    quiet = network_.epoch();
    loud.clear();
    if (Status status = run_every_frame(loud); !status) return status;
  }
  for (NodeId id : std::vector<NodeId>(workers_.sinks))
    if (network_.find(id))
      if (Status status = run_record(id, false); !status) return status;
  // What is pulsed from here on is for the next frame.
  network_.settle_pulses();
  if (hooks.frame_end)
    if (Status status = hooks.frame_end(frame); !status) return status;
  return {};
}

std::vector<ShotRequest> Engine::take_requests() { return std::exchange(requests_, {}); }

std::vector<std::pair<std::string, double>> Engine::info(NodeId id) {
  std::vector<std::pair<std::string, double>> list;
  const Node* node = network_.find(id);
  if (!node || !node->type) return list;
  Runtime& rt = runtime(id);
  list.emplace_back("total_cooks", double(cook_count(id)));
  list.emplace_back("cook_frame", double(frame_.index));
  list.emplace_back("warnings", double(rt.warnings.size()));
  list.emplace_back("errors", rt.error.empty() ? 0 : 1);
  if (rt.held.channels) {
    list.emplace_back("num_channels", double(rt.held.channels->channels.size()));
    list.emplace_back("num_samples", double(rt.held.channels->length()));
    list.emplace_back("sample_rate", rt.held.channels->rate_hz);
  }
  if (rt.held.table && rt.held.table->is_table) {
    list.emplace_back("num_rows", double(rt.held.table->rows.size()));
    list.emplace_back("num_cols", double(rt.held.table->columns()));
  }
  if (node->family() == "TOP")
    if (Result<PictureInfo> picture = picture_info(id)) {
      list.emplace_back("resx", picture->width_px);
      list.emplace_back("resy", picture->height_px);
      list.emplace_back("aspectx", picture->aspect);
      list.emplace_back("aspecty", 1);
    }
  for (auto& entry : own_info(id)) list.push_back(std::move(entry));
  return list;
}

std::vector<std::pair<std::string, double>> Engine::own_info(NodeId id) {
  const Node* node = network_.find(id);
  if (node && node->type && node->type->def->store) {
    const auto stored = stores_.find(id);
    if (stored == stores_.end()) return {{"num_cached", 0}};
    const auto filled = [](const StoreSlot& slot) { return !slot.empty; };
    return {{"num_cached", double(std::count_if(stored->second.begin(), stored->second.end(), filled))}};
  }
  if (!node || !node->type || !node->type->def->info) return {};
  Result<Filled> filled = fill(id);
  if (!filled) return {};
  Runtime& rt = runtime(id);
  if (node->type->def->choose) (void)choose(id);
  if (!rt.state && node->type->def->make_state) rt.state = node->type->def->make_state();
  return node->type->def->info(filled->pars->own(), rt.state.get());
}

std::vector<std::string> Engine::warnings(NodeId id) const {
  const Runtime* rt = find_runtime(id);
  return rt ? rt->warnings : std::vector<std::string>{};
}

std::string Engine::last_error(NodeId id) const {
  const Runtime* rt = find_runtime(id);
  return rt ? rt->error : std::string();
}

std::int64_t Engine::cook_count(NodeId id) const {
  const Runtime* rt = find_runtime(id);
  return rt ? rt->cook_count : 0;
}

CookStats Engine::cook_stats(NodeId id) const {
  const Runtime* rt = find_runtime(id);
  return rt ? rt->stats : CookStats{};
}

std::vector<SegmentArgument> Engine::parts(NodeId id) {
  const Node* node = network_.find(id);
  if (!node || !node->type || !node->type->def->parts) return {};
  const Runtime& rt = runtime(id);
  return rt.state ? node->type->def->parts(rt.state.get()) : std::vector<SegmentArgument>{};
}

void Engine::leave_reply(NodeId id, const std::string& name, Value value) {
  runtime(id).replies[name] = std::move(value);
  network_.touch();
}

bool Engine::is_moving(NodeId id) const {
  const Runtime* rt = find_runtime(id);
  return rt && rt->moving;
}

}  // namespace cookline
