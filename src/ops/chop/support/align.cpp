#include "ops/chop/support/align.h"

#include <algorithm>
#include <cmath>

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

double wrapped(double index, double length) {
  const double rest = std::fmod(index, length);
  return rest < 0 ? rest + length : rest;
}

double beyond(const Channels& of, const Channel& c, double index, bool left) {
  const double length = double(c.samples.size());
  const std::size_t edge = left ? 0 : c.samples.size() - 1;
  switch (left ? of.extend_left : of.extend_right) {
    case Extend::hold:
      break;
    case Extend::constant:
      return of.extend_value;
    case Extend::slope: {
      if (length < 2) break;
      const double slope = left ? c.samples[1] - c.samples[0] : c.samples[edge] - c.samples[edge - 1];
      return c.samples[edge] + slope * (index - double(edge));
    }
    case Extend::cycle:
      return c.samples[std::size_t(std::floor(wrapped(index, length)))];
    case Extend::mirror: {
      const double place = std::floor(wrapped(index, 2 * length));
      return c.samples[std::size_t(place < length ? place : 2 * length - 1 - place)];
    }
  }
  return c.samples[edge];
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

Channels resampled(const Channels& in, const Interval& to, const Reading& read, double rate_hz) {
  Channels out = in;
  out.start = to.start, out.rate_hz = rate_hz;
  for (std::size_t c = 0; c < in.channels.size(); ++c) {
    auto& samples = out.channels[c].samples;
    samples.resize(std::size_t(to.length));
    for (std::size_t i = 0; i < samples.size(); ++i)
      samples[i] = sample_at(in, in.channels[c], read.offset + double(i) * read.scale);
  }
  return out;
}

}  // namespace

double sample_at(const Channels& of, const Channel& channel, double index) {
  if (channel.samples.empty()) return 0;
  const double last = double(channel.samples.size() - 1);
  if (index < 0 || index > last) return beyond(of, channel, index, index < 0);
  const double floor = std::floor(index), part = index - floor;
  const std::size_t i = std::size_t(floor);
  if (part == 0) return channel.samples[i];
  return channel.samples[i] + (channel.samples[i + 1] - channel.samples[i]) * part;
}

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
  for (const Channels* set : sets)
    out.push_back(set->length() == 0 ? *set : resampled(*set, to, reading(interval_of(*set), to, how), rate_hz));
  return out;
}

}  // namespace cookline::chop
