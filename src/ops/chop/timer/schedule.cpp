#include "ops/chop/timer/schedule.h"

#include <fmt/format.h>

#include <algorithm>
#include <limits>

#include "base/text.h"

namespace cookline::timer_chop_op {
namespace {

Segment from_pars(const Pars& p, const Rate& rate) {
  const auto frames = [&](double value, Unit unit) { return chop::to_frames(value, unit, rate, p.rate); };
  Segment s;
  s.delay = frames(p.delay, p.delayunits), s.length = frames(p.length, p.lengthunits);
  s.alert = frames(p.cycleendalert, p.notifyunits);
  s.speed = p.speed, s.infinite = p.lengthtype == LengthType::infinite;
  s.cycle = p.cycle, s.cycle_limit = p.cyclelimit, s.max_cycles = p.maxcycles;
  return s;
}

// Reads the cells of one row that say something about its timer.
struct RowReader {
  const Cook& cook;
  const Pars& p;
  const Rate& rate;
  const std::vector<std::string>& columns;
  const std::vector<std::string>& cells;
  std::size_t row;
  std::optional<Error> error;

  const std::string* cell(std::string_view column) const {
    const auto at = std::find(columns.begin(), columns.end(), column);
    if (at == columns.end()) return nullptr;
    const std::string& text = cells[std::size_t(at - columns.begin())];
    return split_words(text).empty() ? nullptr : &text;
  }
  std::optional<double> number(std::string_view column, double least) {
    const std::string* text = cell(column);
    if (!text) return {};
    std::optional<double> value = parse_number(*text);
    const std::string word = to_lower(*text);
    if (word == "on" || word == "true") value = 1;
    if (word == "off" || word == "false") value = 0;
    if (value && *value >= least) return value;
    if (!error)
      error = cook.error("segdat",
                         fmt::format("row {}, column {}: '{}' is not a number from {} on", row, column, *text, least));
    return {};
  }
  std::optional<double> time(std::string_view column) {
    const auto value = number(column, 0);
    if (!value) return {};
    return chop::to_frames(*value, p.segunits, rate, p.rate);
  }
};

// `before`: master time at which the segment before ends.
Result<Segment> from_row(RowReader row, double before, bool parallel) {
  Segment s = from_pars(row.p, row.rate);
  s.cells = row.cells;
  if (const auto length = row.time("length")) s.length = *length;
  if (const auto delay = row.time("delay")) s.delay = *delay;
  if (const auto begin = row.time("begin")) s.delay = parallel ? *begin : std::max(0.0, *begin - before);
  if (const auto alert = row.time("cycleendalert")) s.alert = *alert;
  if (const auto speed = row.number("speed", 0)) s.speed = *speed;
  if (const auto cycle = row.number("cycle", 0)) s.cycle = *cycle != 0;
  if (const auto limit = row.number("cyclelimit", 0)) s.cycle_limit = *limit != 0;
  if (const auto most = row.number("maxcycles", 1)) s.max_cycles = int(std::min(*most, 1e9));
  if (row.error) return *row.error;
  return s;
}

}  // namespace

std::optional<std::int64_t> Segment::cycles() const {
  // A cycle without length would never let time pass.
  if (!cycle || length <= 0) return 1;
  if (cycle_limit) return std::max(1, max_cycles);
  return {};
}

double Schedule::total() const {
  double last = 0;
  for (const Segment& s : segments) {
    if (s.infinite && !end) return std::numeric_limits<double>::infinity();
    last = std::max(last, s.start + s.span());
  }
  if (!end) return last;
  return waits_for_end ? std::max(last, *end) : *end;
}

Result<Schedule> make_schedule(const Cook& cook, const Pars& p, const Table* segments, const Rate& rate) {
  Schedule schedule{.rate = rate, .sample_rate_hz = p.rate};
  const bool has_rows = segments && segments->is_table && segments->rows.size() > 1;
  if (!has_rows) {
    schedule.segments.push_back(from_pars(p, rate));
    return schedule;
  }
  schedule.from_table = true, schedule.columns = segments->rows[0],
  schedule.parallel = p.segmethod == SegMethod::parallel;
  double before = 0;
  for (std::size_t r = 1; r < segments->rows.size(); ++r) {
    auto segment = from_row({cook, p, rate, schedule.columns, segments->rows[r], r, {}}, before, schedule.parallel);
    if (!segment) return segment.error();
    segment->start = before;
    if (!schedule.parallel) before += segment->span();
    schedule.segments.push_back(std::move(*segment));
  }
  if (p.segsendtime != EndTime::dat) schedule.end = chop::to_frames(p.length, p.lengthunits, rate, p.rate);
  schedule.waits_for_end = p.segsendtime == EndTime::max;
  return schedule;
}

}  // namespace cookline::timer_chop_op
