#include "ops/top/moviefilein/playhead.h"

#include <algorithm>
#include <cmath>
#include <limits>

namespace cookline::moviefilein_op {
namespace {

__extension__ typedef __int128 Wide;

constexpr double slack = 1e-6;  // what sums and products of doubles may lack of a whole number
constexpr double farthest = 1e15;

std::int64_t floor_mod(std::int64_t a, std::int64_t n) {
  const std::int64_t r = a % n;
  return r < 0 ? r + n : r;
}

Shown picture(Range range, std::int64_t at) { return {Shown::What::picture, range.first + at, 1}; }

// What a whole position shows, within the range or beyond it.
Shown extended(const Pars& p, std::int64_t at, Range range) {
  if (at >= 0 && at < range.count) return picture(range, at);
  switch (at < 0 ? p.textendleft : p.textendright) {
    case Extend::hold:
      return picture(range, at < 0 ? 0 : range.count - 1);
    case Extend::cycle:
      return picture(range, floor_mod(at, range.count));
    case Extend::mirror: {
      const std::int64_t turn = floor_mod(at, 2 * range.count);
      return picture(range, turn < range.count ? turn : 2 * range.count - 1 - turn);
    }
    case Extend::black:
      return {Shown::What::black, 0, 1};
    case Extend::zero:
      break;
  }
  return {Shown::What::zero, 0, 1};
}

// A loop that fades is shorter: its end is shown while it begins again.
std::vector<Shown> crossfaded(const Pars& p, std::int64_t at, Range range, std::int64_t fade) {
  const std::int64_t length = range.count - fade;
  if (at < length) return {extended(p, at, range)};
  const std::int64_t turn = at % length;
  if (turn >= fade) return {picture(range, turn)};
  const double in = double(turn + 1) / double(fade + 1);
  Shown end = picture(range, length + turn), begin = picture(range, turn);
  end.weight = 1 - in, begin.weight = in;
  return {end, begin};
}

std::vector<Shown> whole(const Pars& p, std::int64_t at, Range range, double crossfade) {
  const std::int64_t step = std::max(1, p.stepsize);
  at -= floor_mod(at, step);
  const auto fade = std::int64_t(std::clamp(position_at(crossfade).whole, std::int64_t(0), (range.count - 1) / 2));
  if (fade > 0 && p.textendright == Extend::cycle) return crossfaded(p, at, range, fade);
  return {extended(p, at, range)};
}

}  // namespace

Position position_at(double pictures) {
  if (!std::isfinite(pictures)) pictures = 0;
  pictures = std::clamp(pictures, -farthest, farthest);
  const double down = std::floor(pictures + slack);
  return {std::int64_t(down), std::max(0.0, pictures - down)};
}

double Scale::pictures_per_frame() const {
  return double(rate_.num) * double(project_.den) / (double(rate_.den) * double(project_.num));
}

Position Scale::locked(std::int64_t frame) const {
  const Wide num = Wide(frame) * rate_.num * project_.den, den = Wide(rate_.den) * project_.num;
  const Wide down = num / den - (num % den < 0);
  return {std::int64_t(down), double(num - down * den) / double(den)};
}

double Scale::length(double value, Unit unit) const {
  switch (unit) {
    case Unit::frames:
      return value * pictures_per_frame();
    case Unit::seconds:
      return value * rate_.hz();
    case Unit::fraction:
      return value * double(facts_.count);
    case Unit::indices:
      break;
  }
  return value;
}

double Scale::place(double value, Unit unit) const {
  if (unit != Unit::indices || indexing_ == Indexing::zero || facts_.numbers.empty()) return length(value, unit);
  const Position at = position_at(value);
  const std::vector<std::int64_t>& numbers = facts_.numbers;
  const auto after = std::upper_bound(numbers.begin(), numbers.end(), at.whole);
  if (after == numbers.begin()) return double(at.whole - numbers.front()) + at.part;
  const double beyond = after == numbers.end() ? double(at.whole - numbers.back()) : 0;
  return double(after - numbers.begin() - 1) + beyond + at.part;
}

std::int64_t Scale::missing_number(double value, Unit unit) const {
  const std::vector<std::int64_t>& numbers = facts_.numbers;
  if (unit != Unit::indices || indexing_ == Indexing::zero || numbers.empty()) return -1;
  const std::int64_t wanted = position_at(value).whole;
  if (wanted < numbers.front() || wanted > numbers.back()) return -1;
  return std::binary_search(numbers.begin(), numbers.end(), wanted) ? -1 : wanted;
}

Range trimmed(const Pars& p, const Scale& scale, std::int64_t count) {
  if (!p.trim) return {0, count};
  const double end = scale.place(p.tend, p.tendunit) + (p.tendunit == Unit::indices ? 1 : 0);
  // The end is rounded up: a picture of which a part is wanted is shown.
  const Position stop = position_at(end);
  const std::int64_t last = std::clamp<std::int64_t>(stop.whole + (stop.part > slack), 1, count);
  const std::int64_t first =
      std::clamp<std::int64_t>(position_at(scale.place(p.tstart, p.tstartunit)).whole, 0, last - 1);
  return {first, last - first};
}

std::vector<Shown> pictures_at(const Pars& p, Position at, Range range, double crossfade) {
  std::vector<Shown> shown = whole(p, at.whole, range, crossfade);
  if (!p.interp || at.part < slack || p.stepsize > 1) return shown;
  std::vector<Shown> next = whole(p, at.whole + 1, range, crossfade);
  for (Shown& s : shown) s.weight *= 1 - at.part;
  for (Shown& s : next) {
    s.weight *= at.part;
    const auto same = std::find_if(shown.begin(), shown.end(),
                                   [&](const Shown& other) { return other.what == s.what && other.index == s.index; });
    if (same != shown.end())
      same->weight += s.weight;
    else
      shown.push_back(s);
  }
  if (shown.size() == 1) shown.front().weight = 1;
  return shown;
}

Playhead advanced(const Playhead& before, const Pars& p, std::int64_t frame, double cue_point, double speed,
                  Range range) {
  Playhead now = before;
  now.frame = frame;
  const auto jump = [&](double to) {
    now.from = now.at = to, now.since = frame, now.speed = speed, now.plays = p.play;
  };
  const bool cue = p.cue || p.cuepulse.pressed;
  now.started = true, now.cued = p.cue;
  if (cue) {
    jump(cue_point);
  } else if (before.cued) {
    jump(cue_point + (p.cuebehavior == CueBehavior::play && p.play ? speed : 0));
  } else if (!before.started) {
    jump(0);
  } else {
    if (before.speed != speed || before.plays != p.play) {
      // From where it was before; held ends do not have to be played back.
      const double last = double(range.count - 1);
      now.from = before.at, now.since = before.frame, now.speed = speed, now.plays = p.play;
      if (p.textendright == Extend::hold) now.from = std::min(now.from, last);
      if (p.textendleft == Extend::hold) now.from = std::max(now.from, 0.0);
    }
    now.at = now.from + (now.plays ? now.speed * double(frame - now.since) : 0);
  }
  return now;
}

}  // namespace cookline::moviefilein_op
