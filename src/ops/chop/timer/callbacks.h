// Timer CHOP: its Python callbacks as events.
#pragma once
#include "op/cook.h"
#include "ops/chop/timer/lane.h"

namespace cookline::timer_chop_op {

// What Python sees of a segment: its number, times in three units, and the cells of its row.
SegmentArgument describe_segment(const Schedule& schedule, std::size_t segment);

// Emits nothing while `enabled` is false: no Callbacks DAT is set.
class Callbacks final : public Reporter {
 public:
  Callbacks(Cook& cook, const Schedule* schedule, bool enabled) : cook_(cook), schedule_(schedule), enabled_(enabled) {}
  void use(const Schedule* schedule) { schedule_ = schedule; }

  void initialize(std::int64_t call_count);
  void ready() { emit("onReady", {}); }
  void start() { emit("onStart", {}); }
  void subrange_start() { emit("onSubrangeStart", {}); }
  void while_active(std::size_t segment, std::int64_t cycle, double fraction);
  void done(std::size_t segment, bool interrupt);

  void segment_enter(std::size_t segment, bool interrupt) override;
  void segment_exit(std::size_t segment, bool interrupt) override;
  void timer_pulse(std::size_t segment) override;
  void cycle_start(std::size_t segment, std::int64_t cycle) override;
  void cycle_end_alert(std::size_t segment, std::int64_t cycle, std::size_t next, bool done, bool interrupt) override;
  void cycle(std::size_t segment, std::int64_t cycle) override;
  bool enabled() const { return enabled_; }

 private:
  void emit(const char* name, std::vector<Argument> arguments);
  SegmentArgument argument(std::size_t segment) const { return describe_segment(*schedule_, segment); }

  Cook& cook_;
  const Schedule* schedule_;
  bool enabled_;
};

// Lets a lane walk without telling anyone.
class Silence final : public Reporter {
 public:
  void segment_enter(std::size_t, bool) override {}
  void segment_exit(std::size_t, bool) override {}
  void timer_pulse(std::size_t) override {}
  void cycle_start(std::size_t, std::int64_t) override {}
  void cycle_end_alert(std::size_t, std::int64_t, std::size_t, bool, bool) override {}
  void cycle(std::size_t, std::int64_t) override {}
};

}  // namespace cookline::timer_chop_op
