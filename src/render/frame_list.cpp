#include "render/frame_list.h"

#include <fmt/format.h>

#include <charconv>
#include <optional>
#include <unordered_set>

namespace cookline {
namespace {

// A number at the start of `text`, which is taken off.
std::optional<std::int64_t> take_number(std::string_view& text) {
  std::int64_t value = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
  if (error != std::errc() || value < 0) return std::nullopt;
  text.remove_prefix(std::size_t(end - text.data()));
  return value;
}

struct Range {
  std::int64_t first, last, step;
};

std::optional<Range> parse_range(std::string_view part) {
  const auto first = take_number(part);
  if (!first) return std::nullopt;
  Range range{*first, *first, 1};
  if (part.starts_with('-')) {
    part.remove_prefix(1);
    const auto last = take_number(part);
    if (!last || *last < *first) return std::nullopt;
    range.last = *last;
    if (part.starts_with('x')) {
      part.remove_prefix(1);
      const auto step = take_number(part);
      if (!step || *step == 0) return std::nullopt;
      range.step = *step;
    }
  }
  return part.empty() ? std::optional(range) : std::nullopt;
}

}  // namespace

Result<std::vector<std::int64_t>> parse_frame_list(std::string_view text, std::size_t most) {
  std::vector<std::int64_t> frames;
  std::unordered_set<std::int64_t> known;
  while (true) {
    const std::size_t comma = std::min(text.find(','), text.size());
    std::string_view part = text.substr(0, comma);
    while (part.starts_with(' ')) part.remove_prefix(1);
    while (part.ends_with(' ')) part.remove_suffix(1);
    const auto range = parse_range(part);
    if (!range)
      return usage_error("--frames", fmt::format("'{}' is not a frame list", part), "write 0-99, 0-99x2 or 1,3,7-9");
    if (std::size_t((range->last - range->first) / range->step) + frames.size() >= most)
      return usage_error("--frames", fmt::format("'{}' makes more than {} frames", part, most));
    // Counted, as the last frame plus a step may be no number any more.
    for (std::int64_t i = 0; i <= (range->last - range->first) / range->step; ++i)
      if (const std::int64_t f = range->first + i * range->step; known.insert(f).second) frames.push_back(f);
    if (comma == text.size()) return frames;
    text.remove_prefix(comma + 1);
  }
}

}  // namespace cookline
