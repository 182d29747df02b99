#include "io/run_deflate.h"

#include <libdeflate.h>

#include <algorithm>
#include <array>
#include <bit>
#include <cstring>

#include "io/deflate_block.h"

namespace cookline {
namespace {

// Bytes of a run: shorter ones save few bits and cost time. As literals they would take about least_saved_bits at
// least.
constexpr std::size_t least_run = 24, most_least_run = 56, least_saved_bits = 60;
constexpr std::size_t pixels_aside = 2;  // of the one above, where pixels are looked for that are the same
static_assert(1 + 2 * pixels_aside == kernels::most_distances);
constexpr std::size_t word_bits = 64;
constexpr std::size_t block = 64;          // literals of a piece that are counted or left out together
constexpr std::size_t counted = 1 << 12;   // bytes whose values tell those of a part
constexpr std::size_t most_sampling = 32;  // one block in so many is counted at least
constexpr std::size_t seen_runs = 256;     // those before which bytes are not left out as a whole
constexpr std::size_t max_stored = 65535;

// Calls use(length) for each match of a run.
template <class Use>
void for_matches(std::size_t run, const Use& use) {
  while (run > 0) {
    const std::size_t length = kernels::next_match(run);
    use(length);
    run -= length;
  }
}

constexpr std::size_t sure_bits = word_bits - 7;
static_assert(most_least_run <= sure_bits, "a run that is long enough is seen to be");

// The bits from `at` on, at least sure_bits of them, of words behind which is one more.
std::uint64_t bits_from(const std::uint64_t* words, std::size_t at) {
  if constexpr (std::endian::native == std::endian::little) {
    std::uint64_t bits;
    std::memcpy(&bits, reinterpret_cast<const std::byte*>(words) + at / 8, sizeof bits);
    return bits >> at % 8;
  }
  words += at / word_bits;
  return words[0] >> at % word_bits | words[1] << 1 << (word_bits - 1 - at % word_bits);
}

// Groups that are the same as those at a distance before them.
struct SameGroups {
  std::size_t begin, groups, distance;
};

// Of the runs that begin at a group, by the bits of each distance, the one to take: the nearest of those that are
// longest, or longer than is seen at once; or one like the pixel before, which is told shorter, from the next group on.
template <std::size_t distances>
SameGroups longest_run(const std::uint64_t* same, std::size_t words, std::size_t group) {
  const auto seen = [&](std::size_t k, std::size_t at) {
    return std::size_t(std::countr_zero(~bits_from(same + k * words, at) | std::uint64_t(1) << sure_bits));
  };
  static_assert(distances == 1 || distances == 5, "as many are compared below");
  // Without a branch, which nobody could foresee.
  const auto ranked = [&](std::size_t k) { return seen(k, group) << 4 | (distances - k); };
  std::size_t best = ranked(0);
  if constexpr (distances > 1) best = std::max({best, std::max(ranked(1), ranked(2)), std::max(ranked(3), ranked(4))});
  const std::size_t groups = best >> 4, distance = distances - (best & 15), next = seen(0, group + 1);
  const bool before = (distance != 0) & (next + 1 >= groups);
  SameGroups found{group + before, before ? next : groups, before ? 0 : distance};
  for (std::size_t more = found.groups; more == sure_bits; found.groups += more)
    more = seen(found.distance, found.begin + found.groups);
  return found;
}

void clear_first(std::uint64_t* words, std::size_t count) {
  for (; count >= word_bits; count -= word_bits) *words++ = 0;
  if (count) *words &= ~std::uint64_t(0) << count;
}

// How long a run must be where literals are as short as these.
std::size_t least_run_worth_it(const deflate::Counts& counts, const deflate::BlockCodes& codes) {
  std::uint64_t literals = 0, bits = 0;
  for (std::size_t i = 0; i < deflate::literals; ++i)
    literals += counts.symbol[i], bits += std::uint64_t(counts.symbol[i]) * std::uint64_t(codes.symbol(i).count);
  return std::clamp<std::size_t>(least_saved_bits * literals / std::max<std::uint64_t>(1, bits), least_run,
                                 most_least_run);
}

}  // namespace

RunDeflate::RunDeflate(std::size_t pixel_bytes, std::size_t row_bytes)
    : row_bytes_(row_bytes),
      group_bytes_(std::has_single_bit(pixel_bytes) ? pixel_bytes : 1),
      least_run_(least_run),
      distances_({std::uint32_t(pixel_bytes)}) {
  // Where slopes go on from row to row, most pixels are as one near the one above them, but seldom as that one.
  const std::size_t farthest_aside = pixels_aside * pixel_bytes;
  if (row_bytes + farthest_aside <= deflate::farthest && row_bytes > farthest_aside + pixel_bytes)
    for (std::size_t aside = pixel_bytes; aside <= farthest_aside; aside += pixel_bytes)
      for (const std::size_t distance : {row_bytes - aside, row_bytes + aside})
        distances_.push_back(std::uint32_t(distance));
  margin_ = *std::ranges::max_element(distances_);
}

// Finds what is the same in the pixels of the row that is at `at` of the part, and where long runs begin.
void RunDeflate::mark(Row& row, std::span<const std::uint8_t> part, std::size_t at) {
  row.pixels = at + 1, row.groups = (std::min(row_bytes_, part.size() - at) - 1) / group_bytes_;
  row.words = kernels::same_words(row.groups);
  row.same.resize(distances_.size() * row.words);
  kernels::mark_same(part.data() + row.pixels, row.groups, group_bytes_, distances_, row.same.data());
  row.begins.assign(row.words, 0);
  const std::size_t least_groups = (least_run_ + group_bytes_ - 1) / group_bytes_, before = seen_ + row.pixels;
  for (std::size_t k = 0; k < distances_.size(); ++k) {
    const std::span same = std::span(row.same).subspan(k * row.words, row.words);
    if (distances_[k] > before)  // nothing lies before the stream
      clear_first(same.data(), std::min(row.groups, (distances_[k] - before + group_bytes_ - 1) / group_bytes_));
    kernels::add_runs(same.data(), row.words, least_groups, row.begins.data());
  }
  row.runs.resize(row.groups / least_groups + 1);
}

// Two rows at a time: each run of a row waits for the one before, and the processor has time for another one.
template <std::size_t distances>
void RunDeflate::find_in_rows(std::span<const std::uint8_t> part) {
  struct Search {
    const Row& row;
    kernels::Run* to;
    std::size_t at = 0;  // the group to go on from
    bool is_over() const { return at >= row.groups; }
  };
  const auto go_on = [this](Search& search) {
    const Row& row = search.row;
    const std::uint64_t begins = bits_from(row.begins.data(), search.at);
    if (begins == 0) {
      search.at += sure_bits;
      return;
    }
    const SameGroups found =
        longest_run<distances>(row.same.data(), row.words, search.at + std::size_t(std::countr_zero(begins)));
    const std::size_t length = found.groups * group_bytes_;
    *search.to++ = {std::uint32_t(row.pixels + found.begin * group_bytes_), std::uint32_t(length),
                    std::uint32_t(found.distance)};
    for_matches(length, [&](std::size_t match) { ++lengths_[match], ++used_[found.distance]; });
    search.at = found.begin + found.groups;
  };
  for (std::size_t at = 0; at < part.size(); at += 2 * row_bytes_) {
    const bool two = part.size() - at > row_bytes_;
    mark(rows_[0], part, at);
    if (two) mark(rows_[1], part, at + row_bytes_);
    Search first{rows_[0], rows_[0].runs.data()}, second{rows_[1], rows_[1].runs.data(), two ? 0 : rows_[1].groups};
    while (!first.is_over() && !second.is_over()) go_on(first), go_on(second);
    while (!first.is_over()) go_on(first);
    while (!second.is_over()) go_on(second);
    runs_.insert(runs_.end(), rows_[0].runs.data(), first.to);
    runs_.insert(runs_.end(), rows_[1].runs.data(), second.to);
  }
}

void RunDeflate::find_runs(std::span<const std::uint8_t> part) {
  runs_.clear();
  lengths_.fill(0), used_.fill(0);
  if (distances_.size() == 1)
    find_in_rows<1>(part);
  else
    find_in_rows<kernels::most_distances>(part);
}

// In a sample: what is before some runs, or where there are few, some blocks of it.
void RunDeflate::count_literals(std::span<const std::uint8_t> part) {
  std::size_t literals = part.size();
  for (std::size_t length = deflate::shortest; length <= deflate::longest; ++length)
    literals -= length * lengths_[length];
  const std::size_t step = std::bit_floor(std::clamp<std::size_t>(literals / counted, 1, most_sampling)),
                    runs_step = std::min(step, std::bit_floor(runs_.size() / seen_runs + 1)),
                    blocks_step = step / runs_step;
  // Several tables: equal neighbours need not wait for each other.
  std::array<std::array<std::uint32_t, deflate::literals>, 4> seen{};
  std::size_t met = 0;
  for (std::size_t i = 0; i <= runs_.size(); i += runs_step) {
    const std::size_t begin = i == 0 ? 0 : runs_[i - 1].begin + runs_[i - 1].length,
                      end = i == runs_.size() ? part.size() : runs_[i].begin;
    for (std::size_t at = begin; at < end; at += block)
      if ((met++ & (blocks_step - 1)) == 0)
        for (std::size_t k = at, stop = std::min(end, at + block); k < stop; ++k) ++seen[k & 3][part[k]];
  }
  for (std::size_t i = 0; i < deflate::literals; ++i)
    counts_.symbol[i] = (seen[0][i] + seen[1][i] + seen[2][i] + seen[3][i]) * std::uint32_t(step) + (step > 1);
}

void RunDeflate::put_bytes(std::span<const std::uint8_t> part, const deflate::BlockCodes& codes) {
  kernels::LiteralCodes literals;
  for (std::size_t i = 0; i < deflate::literals; ++i) literals.set(i, codes.symbol(i).bits, codes.symbol(i).count);
  kernels::MatchCodes matches;
  for (std::size_t length = deflate::shortest; length <= deflate::longest; ++length) {
    const deflate::Code code = codes.length(length);
    matches.length[length] = code.bits, matches.length_bits[length] = std::uint8_t(code.count);
  }
  for (std::size_t k = 0; k < distances_.size(); ++k) {
    const deflate::Code code = codes.distance(distances_[k]);
    matches.distance[k] = code.bits, matches.distance_bits[k] = std::uint8_t(code.count);
  }
  end_ = kernels::put_bytes(literals, matches, part, runs_, end_);
  deflate::put(codes.symbol(deflate::end_of_block), end_);
}

void RunDeflate::put_stored(std::span<const std::uint8_t> part, bool last) {
  do {
    const std::size_t size = std::min(part.size(), max_stored);
    put_bits(end_, last && size == part.size(), 3);
    deflate::fill_byte(end_);
    put_bits(end_, size | (~size & 0xffff) << 16, 32);
    std::memcpy(end_.to, part.data(), size);
    end_.to += size;
    part = part.subspan(size);
  } while (!part.empty());
}

void RunDeflate::put_coded(std::span<const std::uint8_t> part, bool last) {
  counts_ = {};
  counts_.symbol[deflate::end_of_block] = 1;
  find_runs(part);
  for (std::size_t length = deflate::shortest; length <= deflate::longest; ++length)
    counts_.add_lengths(length, lengths_[length]);
  for (std::size_t k = 0; k < distances_.size(); ++k) counts_.add_distances(distances_[k], used_[k]);
  if (runs_.empty()) counts_.add_distances(distances_[0], 1);  // some readers want one
  count_literals(part);
  const kernels::BitEnd start = end_;
  const deflate::BlockCodes codes(counts_);
  least_run_ = least_run_worth_it(counts_, codes);  // for the next part: most are like the one before
  const std::uint64_t stored_bits = part.size() * 8;
  if (codes.size(counts_) < stored_bits) {
    codes.put_header(last, end_);
    put_bytes(part, codes);
    if (std::uint64_t(end_.to - start.to) * 8 <= stored_bits) return;
    end_ = start;
  }
  put_stored(part, last);
}

std::span<const std::byte> RunDeflate::next(std::span<const std::uint8_t> part, bool last) {
  // A Huffman code has at most 14 bits, and every stored block needs five bytes more than it holds.
  const std::size_t needed = part.size() * 2 + part.size() / max_stored * 5 + 4096;
  if (out_.get_deleter().bytes < needed) out_ = allocate_pixels(needed);
  auto* const out = reinterpret_cast<std::uint8_t*>(out_.get());
  end_.to = out;
  if (seen_ == 0) deflate::put_zlib_start(end_);
  adler_ = libdeflate_adler32(adler_, part.data(), part.size());
  put_coded(part, last);
  seen_ += part.size();
  if (last) deflate::put_zlib_end(adler_, end_);
  return std::as_bytes(std::span(out, end_.to));
}

}  // namespace cookline
