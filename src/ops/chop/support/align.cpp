#include "ops/chop/support/align.h"

#include <algorithm>

#include "data/channel_samples.h"

namespace cookline::chop {
namespace {

struct Interval {
  double start = 0, length = 0;  // samples
  double last() const { return start + length - 1; }
};
Interval interval_of(const Channels& c) { return {c.start, double(c.length())}; }

// How one set is brought to the interval: its sample i is read at offset + i * scale.
struct Reading {
  double offset = 0, scale = 1;
};
Reading stretched(const Interval& from, const Interval& to) {
  return {0, to.length > 1 ? (from.length - 1) / (to.length - 1) : 0};
}

Interval spanned(std::span<const Interval> all, bool smallest) {
  double start = all[0].start, last = all[0].last();
  for (const Interval& i : all) {
    start = smallest ? std::max(start, i.start) : std::min(start, i.start);
    last = smallest ? std::min(last, i.last()) : std::max(last, i.last());
  }
  return {start, std::max(smallest ? 1.0 : 0.0, last - start + 1)};
}

Interval target(std::span<const Interval> all, Align how) {
  double longest = 0;
  for (const Interval& i : all) longest = std::max(longest, i.length);
  const Interval outer = spanned(all, false);
  switch (how) {
    case Align::automatic:
    case Align::none:
    case Align::stretch:
      return outer;
    case Align::start:
      return {outer.start, longest};
    case Align::end:
      return {outer.last() - longest + 1, longest};
    case Align::shift1:
    case Align::trim1:
    case Align::stretch1:
      return all[0];
    case Align::trim:
    case Align::squash:
      return spanned(all, true);
  }
  return outer;
}

Reading reading(const Interval& from, const Interval& to, Align how) {
  switch (how) {
    case Align::stretch:
    case Align::stretch1:
    case Align::squash:
      return stretched(from, to);
    case Align::start:
    case Align::shift1:
      return {};
    case Align::end:
      return {from.length - to.length, 1};
    default:
      return {to.start - from.start, 1};
  }
}

}  // namespace

std::vector<Channels> align(std::span<const Channels* const> sets, Align how) {
  std::vector<Interval> intervals;
  const Channels* slice = nullptr;
  double rate_hz = 0;
  for (const Channels* set : sets) {
    if (set->length() == 0) continue;
    if (intervals.empty()) rate_hz = set->rate_hz;
    if (!slice && set->time_slice) slice = set;
    intervals.push_back(interval_of(*set));
  }
  std::vector<Channels> out;
  if (intervals.empty()) {
    for (const Channels* set : sets) out.push_back(*set);
    return out;
  }
  // Automatic: where there is a time slice, everything is trimmed to it.
  const bool sliced = how == Align::automatic && slice;
  const Interval to = sliced ? interval_of(*slice) : target(intervals, how);
  for (const Channels* set : sets) {
    const Reading read = reading(interval_of(*set), to, how);
    out.push_back(set->length() == 0
                      ? *set
                      : resampled(*set, to.start, std::size_t(to.length), rate_hz, read.offset, read.scale));
  }
  return out;
}

}  // namespace cookline::chop
