// Runs one operator through its OpDef as the engine would: parameters by name, inputs by hand, state kept between
// cooks, pulses pressed for one cook, and services that answer from plain maps.
#pragma once
#include <gtest/gtest.h>

#include <map>
#include <stdexcept>

#include "op/registry.h"
#include "ops/fake_services.h"

namespace cookline {

class Harness {
 public:
  explicit Harness(const OpDef& def) : def_(&def), list_{def_}, registry_(list_) {
    type_ = registry_.find(def.type);
    set_ = type_->make_pars();
    if (def.make_state) state_ = def.make_state();
  }
  FakeServices services;
  std::vector<Event> events;          // of the last call
  std::vector<std::string> warnings;  // of the last call
  Rate rate{60, 1};
  std::string path = "/op1";

  void set(const std::string& name, const Value& value) {
    const ParInfoHandle info = find(name);
    auto coerced = coerce(*info, value);
    if (!coerced) throw std::runtime_error(name + ": " + to_string(coerced.error()));
    store(set_, *info, *coerced);
  }
  void press(const std::string& name) {
    set(name, true);
    pressed_.push_back(name);
  }
  // Input i: what it holds from now on. References take the places behind the wired inputs.
  void input(int i, Channels channels) { place(i).channels = std::make_shared<const Channels>(std::move(channels)); }
  void input(int i, Table table) { place(i).table = std::make_shared<const Table>(std::move(table)); }
  // What the OpRef parameter `name` refers to.
  template <class T>
  void refer(const std::string& name, T held) {
    const ParInfoHandle info = find(name);
    store(set_, *info, Value(name + "_target"));
    const auto at = references_.find(name);
    const int index = at == references_.end() ? 8 + int(references_.size()) : at->second;
    references_[name] = index;
    info->row->set_input(set_.tables[std::size_t(info->table)].get(), index, name + "_target");
    input(index, std::move(held));
  }
  Result<Channels> channels(std::int64_t frame, bool again = false) {
    return run<Channels>(frame, again, [&](Call& c) { return def_->cook_channels(c); });
  }
  std::vector<SegmentArgument> segments() const { return def_->parts(state_.get()); }
  // The channels of a cook that must succeed.
  Channels cook(std::int64_t frame, bool again = false) {
    auto result = channels(frame, again);
    if (!result) throw std::runtime_error(to_string(result.error()));
    return *result;
  }
  Result<Table> table(std::int64_t frame, bool again = false) {
    return run<Table>(frame, again, [&](Call& c) { return def_->cook_table(c); });
  }
  Table cook_table(std::int64_t frame, bool again = false) {
    auto result = table(frame, again);
    if (!result) throw std::runtime_error(to_string(result.error()));
    return *result;
  }
  Status watch(std::int64_t frame, bool again = false) {
    Cook cook(services);
    Call call = prepare(cook, frame, again);
    const Status status = def_->watch(call);
    finish(cook);
    return status;
  }
  std::vector<std::string> callbacks() const {
    std::vector<std::string> names;
    for (const Event& e : events) names.push_back(e.callback);
    return names;
  }
  // The state as the engine snapshots it.
  std::shared_ptr<void> snapshot() const { return def_->copy_state(state_.get()); }
  void restore(const std::shared_ptr<void>& state) { state_ = def_->copy_state(state.get()); }
  const TypeInfo& type() const { return *type_; }
  std::vector<std::pair<std::string, double>> info() const { return def_->info(set_.own(), state_.get()); }

 private:
  Held& place(int i) {
    if (inputs_.size() <= std::size_t(i)) inputs_.resize(std::size_t(i) + 1);
    if (i < 8) wired_ = std::max(wired_, i + 1);
    return inputs_[std::size_t(i)];
  }
  ParInfoHandle find(const std::string& name) {
    for (const ParInfoHandle& info : type_->pars)
      if (info->name == name) return make_room(info);
    for (const ParInfoHandle& info : type_->pars) {
      if (info->style != Style::Sequence || !name.starts_with(info->name)) continue;
      for (int b = 0; b < 200; ++b)
        for (const ParInfoHandle& block : type_->block_pars(*info, b))
          if (block->name == name) return make_room(block);
    }
    throw std::runtime_error(std::string(def_->type) + " has no parameter " + name);
  }
  // A block parameter needs its block.
  ParInfoHandle make_room(const ParInfoHandle& info) {
    if (!info->sequence_row) return info;
    void* own = set_.tables[std::size_t(info->table)].get();
    if (to_int(info->sequence_row->get(own, 0)) <= info->block)
      info->sequence_row->set(own, 0, Value(std::int64_t(info->block) + 1));
    return info;
  }
  Call prepare(Cook& cook, std::int64_t frame, bool again) {
    cook.path = path;
    Call call;
    call.cook = &cook, call.pars = set_.own(), call.inputs = inputs_, call.wired = wired_;
    call.frame = {frame, rate, again}, call.state = state_.get();
    return call;
  }
  void finish(Cook& cook) {
    events = std::move(cook.events), warnings = std::move(cook.warnings);
    for (const std::string& name : pressed_) set(name, false);
    pressed_.clear();
  }
  template <class T, class F>
  Result<T> run(std::int64_t frame, bool again, F f) {
    Cook cook(services);
    Call call = prepare(cook, frame, again);
    auto result = f(call);
    finish(cook);
    return result;
  }

  const OpDef* def_;
  std::vector<const OpDef*> list_;
  Registry registry_;
  const TypeInfo* type_ = nullptr;
  ParSet set_;
  std::shared_ptr<void> state_;
  std::vector<Held> inputs_;
  int wired_ = 0;
  std::map<std::string, int> references_;
  std::vector<std::string> pressed_;
};

// One channel a name, one sample each, at 60 samples a second.
inline Channels one_sample(std::vector<std::pair<std::string, double>> values) {
  Channels c;
  for (auto& [name, value] : values) c.channels.push_back({name, {value}});
  return c;
}
inline double value_of(const Channels& c, std::string_view name) {
  const Channel* channel = c.find(name);
  if (!channel || channel->samples.empty()) throw std::runtime_error("no channel " + std::string(name));
  return channel->samples.front();
}
inline std::vector<std::string> names_of(const Channels& c) {
  std::vector<std::string> names;
  for (const Channel& channel : c.channels) names.push_back(channel.name);
  return names;
}

}  // namespace cookline
