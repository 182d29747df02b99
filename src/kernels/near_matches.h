// The search for matches of a deflate stream (RFC 1951) where slopes and shapes of a picture repeat: in its row so far
// and around the same place in the rows above. Other places are not looked at, so it needs neither tables of what was
// before nor much time.
#pragma once
#include <cstddef>
#include <cstdint>
#include <span>

#include "kernels/literal_codes.h"

namespace cookline::kernels {

inline constexpr std::size_t near_window_lanes = 64;
inline constexpr std::size_t least_near_match = 4, most_near_match = MatchCodes::longest;  // bytes

// Where matches are looked for: windows of places one behind the other, `lane_bytes` (1, 2 or 4) from each to the next.
struct NearPlaces {
  std::size_t lane_bytes;
  // The distance of each window's farthest place, from near_window_lanes * lane_bytes on; the nearest window first.
  std::span<const std::uint32_t> farthest;
};

struct NearMatch {
  std::uint32_t literals;  // bytes behind the match before (or where the search began) and before this one
  std::uint16_t length, distance;
};

struct NearFound {
  std::size_t matches;
  std::size_t end;  // where the search ended: behind the last match, or the literals behind it
};

// Searches `bytes` from `begin` on, until `to` is full or `end` is reached or passed. At each place the longest match
// is taken, of several the nearest; it may go on behind `end`. Windows that begin before the bytes are left out.
NearFound find_near(std::span<const std::uint8_t> bytes, std::size_t begin, std::size_t end, const NearPlaces& places,
                    std::span<NearMatch> to);

}  // namespace cookline::kernels
