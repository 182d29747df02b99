// Cooking CHOPs and DATs: inputs first, once a frame or when something changed, with loops found and named.
#include <fmt/format.h>

#include <algorithm>
#include <chrono>

#include "base/text.h"
#include "cook/channel_page.h"
#include "cook/profile.h"
#include "cook/runtime.h"
#include "cook/services.h"

namespace cookline {
namespace {

Error missing(Error error) {
  error.missing = true;
  return error;
}

bool same_inputs(const std::vector<Held>& a, const std::vector<Held>& b) {
  return std::equal(a.begin(), a.end(), b.begin(), b.end(), [](const Held& x, const Held& y) {
    return x.image == y.image && x.channels == y.channels && x.table == y.table;
  });
}

}  // namespace

Error Engine::loop_error(NodeId id) const {
  std::string text;
  auto at = std::find(cooking_.begin(), cooking_.end(), id);
  for (; at != cooking_.end(); ++at) text += network_.path(*at) + " → ";
  return project_error(network_.path(id), "cook loop: " + text + network_.path(id),
                       "only a Feedback TOP may close a loop");
}

Result<ChannelsHandle> Engine::channels(NodeId id) {
  if (Status status = cook_value(id); !status) return status.error();
  if (ChannelsHandle held = runtime(id).held.channels) return held;
  return project_error(network_.path(id), fmt::format("a {} holds no channels", network_.at(id).type_name));
}

Result<TableHandle> Engine::table(NodeId id) {
  if (Status status = cook_value(id); !status) return status.error();
  if (TableHandle held = runtime(id).held.table) return held;
  return project_error(network_.path(id), fmt::format("a {} holds no text", network_.at(id).type_name));
}

// What the inputs hold: wires, then references. Pictures are left out, as they are planned, not cooked, here, but for
// operators that read them.
Result<std::vector<Held>> Engine::gather(NodeId id, const Filled& filled) {
  std::vector<NodeId> sources = wires_of(network_.at(id));
  sources.insert(sources.end(), filled.refs.begin(), filled.refs.end());
  std::vector<Held> held(sources.size());
  for (std::size_t i = 0; i < sources.size(); ++i) {
    const Node* source = network_.find(sources[i]);
    if (source && source->family() == "TOP" && network_.at(id).type->def->reads_pictures) {
      Result<ImageHandle> picture = read_picture(sources[i]);
      if (!picture) return picture.error();
      held[i].image = *picture;
      continue;
    }
    if (!source || source->family() == "TOP" || source->is_comp()) continue;
    if (Status status = cook_value(sources[i]); !status) return status.error();
    held[i] = runtime(sources[i]).held;
    if (runtime(sources[i]).moving) note_time_read();
  }
  return held;
}

Status Engine::cook_value(NodeId id, bool force) {
  Node* node = network_.find(id);
  if (!node) return missing(project_error({}, "the operator does not exist any more"));
  if (!node->type)
    return missing(project_error(
        network_.path(id),
        fmt::format("unknown operator type '{}': its data is kept, but it cannot be cooked", node->type_name)));
  const OpDef* def = node->type->def;
  Runtime& rt = runtime(id);
  const bool fresh = rt.cooked_serial == serial_ && rt.cooked_epoch == network_.epoch();
  const bool pulsed =
      std::any_of(node->pars.begin(), node->pars.end(), [](const Parameter& p) { return p.pulse_pending; });
  if (fresh && !force && !pulsed) {
    if (rt.moving) note_time_read();
    return {};
  }
  if (std::find(cooking_.begin(), cooking_.end(), id) != cooking_.end()) return loop_error(id);
  if (node->flags.lock && (rt.held.channels || rt.held.table)) return {};
  if (cooking_.size() > 500)
    return project_error(network_.path(id), "operators refer to each other more than 500 deep");

  cooking_.push_back(id);
  time_reads_.push_back(false);
  Status status = cook_fresh(id, force);
  const bool moving = time_reads_.back();
  time_reads_.pop_back();
  cooking_.pop_back();
  Runtime& after = runtime(id);
  after.moving = moving || def->time != Time::fixed || (status && slices(*def, *after.held_pars));
  if (after.moving) note_time_read();
  after.error = status ? "" : to_string(status.error());
  return status;
}

Status Engine::cook_fresh(NodeId id, bool force) {
  Result<Filled> filled = fill(id);
  if (!filled) return filled.error();
  Result<std::vector<Held>> held = gather(id, *filled);
  if (!held) return held.error();
  if (!network_.find(id)) return missing(project_error({}, "the operator was destroyed by one of its own expressions"));
  Node& node = *network_.find(id);
  Runtime& rt = runtime(id);
  const OpDef& def = *node.type->def;
  const bool unchanged = def.time == Time::fixed && rt.cook_count > 0 && !force && rt.held_pars == filled->pars &&
                         rt.content_revision == node.content_revision && !rt.asked &&
                         same_inputs(rt.held_inputs, *held) && rt.bypassed == node.flags.bypass &&
                         !slices(def, *filled->pars);
  if (!unchanged) {
    if (Status status = run_cook(node, rt, *filled, *held); !status) return status;
  }
  rt.held_inputs = std::move(*held);
  rt.held_pars = filled->pars;
  rt.content_revision = network_.find(id)->content_revision;
  rt.bypassed = network_.find(id)->flags.bypass;
  rt.cooked_serial = serial_;
  rt.cooked_epoch = network_.epoch();
  network_.clear_pulses(id);
  return {};
}

Status Engine::run_cook(Node& node, Runtime& rt, const Filled& filled, const std::vector<Held>& held) {
  const OpDef& def = *node.type->def;
  if (node.flags.bypass && !held.empty()) {
    rt.held = held[0];
    return {};
  }
  const NodeId id = node.id;
  Step step(*this, id, filled, held);
  Cook& cook = step.cook;
  Call& call = step.call;
  const ProfileScope timed(counts, ProfileScope::Work::cook, [&] { return cook.path; });
  const auto begin = std::chrono::steady_clock::now();
  if (def.cook_channels) {
    Result<std::vector<Held>> matched = match_rates(held, filled.pars->common<ChopCommon>().srselect, cook.path);
    if (!matched) return matched.error();
    call.inputs = *matched;
    Result<Channels> channels = def.cook_channels(call);
    if (!channels) return channels.error();
    finish_channels(def, *filled.pars, *matched, frame_, *channels);
    rt.held.channels = std::make_shared<const Channels>(std::move(*channels));
  } else if (def.cook_table) {
    Result<Table> table = def.cook_table(call);
    if (!table) return table.error();
    if (!rt.held.table || *rt.held.table != *table) rt.held.table = std::make_shared<const Table>(std::move(*table));
  } else {
    return {};
  }
  rt.stepped_serial = serial_;
  ++rt.cook_count;
  if (rt.stats.frame != frame_.index) rt.stats.frame_before = std::exchange(rt.stats.frame, frame_.index);
  rt.stats.seconds = std::chrono::duration<double>(std::chrono::steady_clock::now() - begin).count();
  rt.warnings = std::move(cook.warnings);
  if (!priming_)
    for (Event& event : cook.events) events_.push_back({id, std::move(event)});
  return {};
}

}  // namespace cookline
