// Blocks, steps, and the exchange of their parts with the network.
#include "graph/edit_list.h"

#include <algorithm>
#include <utility>

#include "graph/network.h"

namespace cookline {
namespace {

template <class... F>
struct Overloaded : F... {
  using F::operator()...;
};
template <class... F>
Overloaded(F...) -> Overloaded<F...>;

// How often a parameter was pulsed only ever counts up, and what waits for a pulse still gets it.
void keep_pulses(Parameter& now, const Parameter& before) {
  now.pulses = before.pulses;
  now.pulse_pending = before.pulse_pending;
  now.pulse_over = before.pulse_over;
}

void exchange_all(Node& node, EditList::AllParameters& part) {
  std::swap(node.pars, part.pars);
  std::swap(node.custom_pages, part.custom_pages);
  for (const Parameter& before : part.pars)
    if (before.pulses > 0)
      if (Parameter* now = node.find(before.info->name)) keep_pulses(*now, before);
}

// Parts that can be kept once for a whole block, since edits of other parts do not touch them.
bool stands_alone(const EditList::Part& part) {
  return std::holds_alternative<Parameter>(part) || std::holds_alternative<EditList::Wires>(part) ||
         std::holds_alternative<Look>(part) || std::holds_alternative<Flags>(part) ||
         std::holds_alternative<Table>(part);
}

}  // namespace

void EditList::update() {
  recording_ =
      enabled_ && !applying_ && !open_.empty() && std::all_of(open_.begin(), open_.end(), [](bool on) { return on; });
}

void EditList::begin(std::string name, bool enable) {
  if (open_.empty()) step_.name = std::move(name);
  open_.push_back(enable);
  update();
}

Status EditList::end() {
  if (open_.empty()) return usage_error({}, "no undo block is open", "start one first");
  open_.pop_back();
  update();
  if (!open_.empty()) return {};
  kept_.clear();
  if (!step_.changes.empty()) {
    drop_all(undone_);
    done_.push_back(std::exchange(step_, {}));
    if (done_.size() > most_steps) {
      drop(done_.front());
      done_.pop_front();
    }
  }
  return {};
}

void EditList::end_above(std::size_t depth) {
  while (open_.size() > depth) (void)end();
}

void EditList::enable(bool on) {
  enabled_ = on;
  update();
}

Status EditList::undo() { return apply(done_, undone_, true); }
Status EditList::redo() { return apply(undone_, done_, false); }

std::vector<std::string> EditList::names(const std::deque<Step>& steps) {
  std::vector<std::string> list;
  list.reserve(steps.size());
  for (const Step& step : steps) list.push_back(step.name);
  return list;
}

// The places of operators that only this step could bring back are free again.
void EditList::drop(Step& step) {
  for (Change& change : step.changes)
    if (const auto* existence = std::get_if<Existence>(&change.part); existence && existence->node)
      network_.release(change.id);
  step = {};
}

void EditList::drop_all(std::deque<Step>& steps) {
  for (Step& step : steps) drop(step);
  steps.clear();
}

void EditList::clear() {
  drop_all(done_);
  drop_all(undone_);
  drop(step_);
  open_.clear();
  kept_.clear();
  update();
}

Status EditList::add_callback(Callback callback) {
  if (open_.empty()) return usage_error({}, "no undo block is open", "start one first");
  if (recording_) keep({}, std::move(callback));
  return {};
}

void EditList::keep(NodeId id, Part before) {
  if (stands_alone(before)) {
    const auto* par = std::get_if<Parameter>(&before);
    if (!kept_.emplace(id, before.index(), par ? par->info->name : std::string()).second) return;
  } else {
    kept_.clear();
  }
  step_.changes.push_back({id, std::move(before)});
}

Status EditList::apply(std::deque<Step>& from, std::deque<Step>& to, bool undo) {
  if (applying_) return usage_error({}, "a step is being undone or redone already");
  if (!open_.empty()) return usage_error({}, "an undo block is open", "end it before undo and redo");
  if (from.empty()) return {};
  Step step = std::move(from.back());
  from.pop_back();
  applying_ = true;
  Status result;
  const auto count = std::ptrdiff_t(step.changes.size());
  for (std::ptrdiff_t i = 0; i < count; ++i) {
    Status status = exchange(step.changes[std::size_t(undo ? count - 1 - i : i)], undo);
    if (!status && result) result = std::move(status);
  }
  network_.drop_dangling();
  open_.clear();
  applying_ = false;
  to.push_back(std::move(step));
  return result;
}

Status EditList::exchange(Change& change, bool undo) {
  if (auto* callback = std::get_if<Callback>(&change.part)) return (*callback)(undo);
  if (auto* existence = std::get_if<Existence>(&change.part)) {
    exchange_existence(change.id, *existence);
    return {};
  }
  Node* node = network_.find(change.id);
  if (!node) return {};
  std::visit(Overloaded{[&](Parameter& part) {
                          Parameter* par = node->find(part.info->name);
                          if (!par) return;
                          std::swap(*par, part);
                          keep_pulses(*par, part);
                          network_.changed(*node);
                        },
                        [&](AllParameters& part) { exchange_all(*node, part), network_.changed(*node); },
                        [&](Wires& part) {
                          std::swap(node->inputs, part.inputs);
                          std::swap(node->comp_inputs, part.comp_inputs);
                          network_.touch();
                        },
                        [&](Look& part) { std::swap(static_cast<Look&>(*node), part), network_.touch(); },
                        [&](Flags& part) { std::swap(node->flags, part), network_.rebuilt(); },
                        [&](Table& part) {
                          std::swap(node->content, part);
                          ++node->content_revision;
                          network_.touch();
                        },
                        [&](Name& part) {
                          const std::string name = std::exchange(part.text, node->name);
                          network_.set_name(*node, name);
                        },
                        [](Existence&) {}, [](Callback&) {}},
             change.part);
  return {};
}

void EditList::exchange_existence(NodeId id, Existence& part) {
  if (const Node* node = network_.find(id)) {
    // Operators that were put into it outside of blocks cannot stay without it.
    for (const NodeId child : std::vector<NodeId>(node->children)) (void)network_.destroy(child);
    std::tie(part.node, part.place) = network_.take_out(id);
  } else if (part.node && network_.find(part.node->parent)) {
    network_.put_back(std::move(part.node), part.place);
  }
}

}  // namespace cookline
