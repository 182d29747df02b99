#include "io/near_deflate.h"

#include <libdeflate.h>

#include <algorithm>

#include "io/deflate_block.h"
#include "kernels/near_matches.h"

namespace cookline {
namespace {

constexpr std::size_t windows_before = 4, windows_above = 7;           // of the latter there may be fewer
constexpr std::size_t block_matches = 1 << 14, block_bytes = 1 << 20;  // a block ends with the first that is reached
// At most: of a code, and of what is around a block (the stream's start and end, what put_bits writes beyond).
constexpr std::size_t literal_code_bytes = 2, match_code_bytes = 6, around_bytes = 32;

// The farthest places of windows: some right before, then one around each pixel above.
std::vector<std::uint32_t> windows(std::size_t lane_bytes, std::size_t row_bytes) {
  const std::size_t window = kernels::near_window_lanes * lane_bytes;
  std::vector<std::uint32_t> farthest;
  for (std::size_t k = 1; k <= windows_before; ++k) farthest.push_back(std::uint32_t(k * window));
  for (std::size_t above = row_bytes; farthest.size() < windows_before + windows_above; above += row_bytes) {
    if (above + window / 2 > deflate::farthest) break;
    if (above >= farthest.back() + window / 2) farthest.push_back(std::uint32_t(above + window / 2));
  }
  return farthest;
}

// A part of the rows, and what was found in it.
struct Block {
  std::span<const std::uint8_t> bytes;
  std::span<const kernels::NearMatch> matches;

  // Calls literal(byte) and match(length, distance) in their order.
  template <class Literal, class Match>
  void for_each(const Literal& literal, const Match& match) const {
    const std::uint8_t* at = bytes.data();
    for (const kernels::NearMatch& found : matches) {
      for (const std::uint8_t* const end = at + found.literals; at < end;) literal(*at++);
      match(found.length, found.distance);
      at += found.length;
    }
    for (const std::uint8_t* const end = bytes.data() + bytes.size(); at < end;) literal(*at++);
  }
};

void put(const Block& block, bool last, kernels::BitEnd& end) {
  deflate::Counts counts;
  counts.symbol[deflate::end_of_block] = 1;
  block.for_each([&](std::uint8_t byte) { ++counts.symbol[byte]; },
                 [&](std::size_t length, std::size_t distance) {
                   counts.add_lengths(length, 1);
                   counts.add_distances(distance, 1);
                 });
  if (block.matches.empty()) counts.add_distances(1, 1);  // some readers want one
  const deflate::BlockCodes codes(counts);
  codes.put_header(last, end);
  block.for_each([&](std::uint8_t byte) { deflate::put(codes.symbol(byte), end); },
                 [&](std::size_t length, std::size_t distance) {
                   deflate::put(codes.length(length), end);
                   deflate::put(codes.distance(distance), end);
                 });
  deflate::put(codes.symbol(deflate::end_of_block), end);
}

}  // namespace

std::vector<std::byte> near_deflate(std::span<const std::uint8_t> rows, std::size_t pixel_bytes, std::size_t row_bytes,
                                    std::size_t before) {
  const std::size_t lane_bytes = pixel_bytes % 4 == 0 ? 4 : pixel_bytes % 2 == 0 ? 2 : 1;
  const std::vector<std::uint32_t> farthest = windows(lane_bytes, row_bytes);
  std::vector<kernels::NearMatch> matches(block_matches);
  std::vector<std::byte> stream;
  std::vector<std::uint8_t> out;
  kernels::BitEnd end{nullptr};
  std::size_t done = before;
  do {
    const auto [count, next] =
        kernels::find_near(rows, done, std::min(rows.size(), done + block_bytes), {lane_bytes, farthest}, matches);
    const Block block{rows.subspan(done, next - done), std::span(matches).first(count)};
    out.resize(std::max(out.size(), deflate::BlockCodes::header_bytes + block.bytes.size() * literal_code_bytes +
                                        count * match_code_bytes + around_bytes));
    end.to = out.data();
    if (done == before) deflate::put_zlib_start(end);
    done = next;
    put(block, done == rows.size(), end);
    if (done == rows.size())
      deflate::put_zlib_end(libdeflate_adler32(1, rows.data() + before, rows.size() - before), end);
    const std::span<const std::byte> bytes = std::as_bytes(std::span(out.data(), end.to));
    stream.insert(stream.end(), bytes.begin(), bytes.end());
  } while (done < rows.size());
  return stream;
}

}  // namespace cookline
