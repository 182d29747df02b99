// PNG writing: chunks, and rows in the file's byte order, filtered and compressed band by band.
#include <libdeflate.h>
#include <zlib.h>

#include <algorithm>
#include <bit>
#include <cstring>
#include <memory>
#include <new>
#include <numeric>
#include <optional>
#include <utility>

#include "io/codecs.h"
#include "io/colour_codes.h"
#include "io/colour_tags.h"
#include "io/huffman.h"
#include "io/near_deflate.h"
#include "io/provenance.h"
#include "io/row_converter.h"
#include "io/run_deflate.h"
#include "kernels/png_filter.h"

namespace cookline {
namespace {

constexpr std::size_t max_chunk_bytes = std::size_t(1) << 20;  // some readers refuse long ones
constexpr std::size_t band_bytes = std::size_t(3) << 17;       // less than a core keeps in its own cache
constexpr std::size_t band_frame = 64;                         // bytes of chunks around a band's data
constexpr std::size_t fine_band_bytes = std::size_t(1) << 16;  // smaller files, more slowly
constexpr std::size_t row_sampling = 8;                        // blocks of a row for each one that chooses the filter
// Levels of libdeflate: one that searches quickly, one that searches long (zlib's too), one that weighs matches against
// each other.
constexpr int quick_level = 6, long_level = 9, thorough_level = 10;
// What libpng's level 9 makes of rows whose filters it chose is at least about so much of what the quick level does.
constexpr double repeating = 0.73;
constexpr double far_more = 1.5;  // what a glance at rows makes of them that are not worth a whole search
constexpr std::size_t glance_places = 2, sample_places = 4;
// Of what Huffman codes alone make, what a glance must save for a search to be worth it.
constexpr double nearly_nothing = 0.01;  // of the bytes: flat colours and exact patterns
constexpr double incompressible = 0.8, some_gain = 0.93;

// How a pixel format is stored in a PNG.
struct PngShape {
  PixelFormat format;   // of the rows before their last two steps: dropping alpha, big-endian order
  int channels;         // in the file; format may have alpha as one more
  std::uint8_t bits;    // per channel
  std::uint8_t colour;  // colour type of IHDR

  int pixel_bytes() const { return channels * bits / 8; }
  bool drops_alpha() const { return pixel_bytes() != info(format).bytes; }
};

PngShape png_shape(PixelFormat format) {
  using F = PixelFormat;
  const bool eight = info(format).component == Component::u8;
  const std::uint8_t bits = eight ? 8 : 16;
  switch (info(format).layout) {
    case Layout::mono:
      return {eight ? F::mono8fixed : F::mono16fixed, 1, bits, 0};
    case Layout::a:
    case Layout::monoalpha:
      return {eight ? F::monoalpha8fixed : F::monoalpha16fixed, 2, bits, 4};
    case Layout::rg:
    case Layout::rgb:
      return {eight ? F::rgba8fixed : F::rgba16fixed, 3, bits, 2};
    case Layout::rgba:
      break;
  }
  return {eight ? F::rgba8fixed : F::rgba16fixed, 4, bits, 6};
}

// The first `kept` of every `stride` bytes.
template <std::size_t stride, std::size_t kept>
void drop_alpha(const std::byte* from, int width, std::byte* to) {
  for (std::size_t x = 0; x < std::size_t(width); ++x) std::memcpy(to + x * kept, from + x * stride, kept);
}

void swap_bytes(std::byte* at, std::size_t count) {
  for (std::size_t i = 0; i < count; i += 2) {
    std::uint16_t value;
    std::memcpy(&value, at + i, 2);
    value = std::uint16_t(value << 8 | value >> 8);
    std::memcpy(at + i, &value, 2);
  }
}

// The picture's rows from the top, in the file's byte order, each beside the one above it.
class FileRows {
 public:
  FileRows(const Image& image, const PngShape& shape)
      : image_(image),
        shape_(shape),
        convert_(image.format(), shape.format, image.width()),
        row_bytes_(std::size_t(image.width()) * std::size_t(shape.pixel_bytes())),
        as_is_(image.format() == shape.format && shape.bits == 8 && !shape.drops_alpha()),
        made_(row_bytes_),
        last_made_(row_bytes_),
        now_(made_.data()),
        converted_(shape.drops_alpha() ? std::size_t(image.width()) * std::size_t(info(shape.format).bytes) : 0) {}

  std::size_t row_bytes() const { return row_bytes_; }

  // The row `y` from the top; rows are asked for in order.
  kernels::PngRows next(int y) {
    const std::uint8_t* const before = now_;
    now_ = as_is_ ? bytes(y) : made(y);
    return {now_, before, as_is_ && y + 1 < image_.height() ? bytes(y + 1) : now_, row_bytes_,
            std::size_t(shape_.pixel_bytes())};
  }

 private:
  const std::byte* row(int y) const { return image_.row(image_.height() - 1 - y); }
  const std::uint8_t* bytes(int y) const { return reinterpret_cast<const std::uint8_t*>(row(y)); }

  const std::uint8_t* made(int y) {
    std::swap(made_, last_made_);
    std::byte* const to = reinterpret_cast<std::byte*>(made_.data());
    convert_(row(y), shape_.drops_alpha() ? converted_.data() : to);
    if (shape_.drops_alpha())
      (shape_.bits == 8 ? drop_alpha<4, 3> : drop_alpha<8, 6>)(converted_.data(), image_.width(), to);
    if (shape_.bits == 16 && std::endian::native == std::endian::little) swap_bytes(to, row_bytes_);
    return made_.data();
  }

  const Image& image_;
  PngShape shape_;
  RowConverter convert_;
  std::size_t row_bytes_;
  bool as_is_;  // rows need no conversion
  std::vector<std::uint8_t> made_, last_made_;
  const std::uint8_t* now_;
  std::vector<std::byte> converted_;
};

// Chooses filters: the one whose differences are least, in a sample of the row that wanders from row to row. What rows
// above have told counts a quarter less with each row, so that one row's sample need not tell all.
class FilterChoice {
 public:
  // With `fixed`, that filter always.
  explicit FilterChoice(std::size_t sampling, std::optional<int> fixed = {}) : sampling_(sampling), fixed_(fixed) {}

  // Writes the number of the filter and the differences, 1 + row_bytes in all.
  void apply(const kernels::PngRows& rows, std::uint8_t* to) {
    const int filter = fixed_ ? *fixed_ : choose(rows);
    *to = std::uint8_t(filter);
    kernels::png_differences(filter, rows, to + 1);
  }

 private:
  int choose(const kernels::PngRows& rows) {
    const auto costs = kernels::png_filter_costs(rows, {sampling_, row_++ % sampling_});
    for (std::size_t i = 0; i < costs.size(); ++i) {
      const std::uint64_t before = sampling_ == 1 ? 0 : costs_[i];
      costs_[i] = before - before / 4 + costs[i];
    }
    return int(std::ranges::min_element(costs_) - costs_.begin());
  }

  std::size_t sampling_, row_ = 0;
  std::optional<int> fixed_;
  std::array<std::uint64_t, kernels::png_filter_count> costs_{};
};

void append_big_endian(std::vector<std::byte>& file, std::uint32_t value) {
  for (int shift = 24; shift >= 0; shift -= 8) file.push_back(std::byte(value >> shift));
}

void append_chunk(std::vector<std::byte>& file, const char (&type)[5], std::span<const std::byte> data) {
  append_big_endian(file, std::uint32_t(data.size()));
  const std::size_t start = file.size();
  for (int i = 0; i < 4; ++i) file.push_back(std::byte(type[i]));
  file.insert(file.end(), data.begin(), data.end());
  append_big_endian(file, libdeflate_crc32(0, file.data() + start, file.size() - start));
}

std::vector<std::byte> header(const Image& image, const PngShape& shape) {
  std::vector<std::byte> data;
  append_big_endian(data, std::uint32_t(image.width()));
  append_big_endian(data, std::uint32_t(image.height()));
  // Then: compression, filter method and interlacing, of which the only or plain one is 0.
  for (const std::uint8_t value : {shape.bits, shape.colour, std::uint8_t(0), std::uint8_t(0), std::uint8_t(0)})
    data.push_back(std::byte(value));
  return data;
}

// Data of any length as chunks.
void append_data(std::vector<std::byte>& file, std::span<const std::byte> data) {
  for (std::size_t start = 0; start < data.size(); start += max_chunk_bytes)
    append_chunk(file, "IDAT", data.subspan(start, std::min(max_chunk_bytes, data.size() - start)));
}

// The compressed rows band by band, each a chunk.
void append_bands(std::vector<std::byte>& file, const Image& image, const PngShape& shape, FilterChoice filters,
                  std::size_t bytes = band_bytes) {
  FileRows rows(image, shape);
  const std::size_t stored_row = 1 + rows.row_bytes();
  const int height = image.height(),
            band_rows = int(std::clamp<std::size_t>(bytes / stored_row, 1, std::size_t(height)));
  RunDeflate deflate(std::size_t(shape.pixel_bytes()), stored_row);
  const std::size_t margin = deflate.margin();
  // Rows and the end of those before them. The rest is read, but means nothing; it is cleared so that it is the same.
  const std::size_t most = stored_row * std::size_t(band_rows);
  const PixelMemory band = allocate_pixels(margin + most + RunDeflate::padding);
  std::memset(band.get(), 0, margin);
  std::memset(band.get() + margin + most, 0, RunDeflate::padding);
  auto* const start = reinterpret_cast<std::uint8_t*>(band.get()) + margin;
  for (int y = 0; y < height;) {
    std::uint8_t* to = start;
    for (const int end = std::min(height, y + band_rows); y < end; ++y, to += stored_row)
      filters.apply(rows.next(y), to);
    const std::span<const std::byte> data = deflate.next({start, to}, y == height);
    // All bands are about as large as the first.
    if (file.capacity() - file.size() < data.size() + band_frame)
      file.reserve(file.size() + (data.size() + band_frame) * std::size_t((height - y) / band_rows + 2) * 9 / 8);
    append_data(file, data);
    std::memmove(band.get(), to - margin, margin);
  }
}

using FilteredRows = std::vector<std::uint8_t>;

// The rows `from` to `end`, not included.
FilteredRows filtered(const Image& image, const PngShape& shape, FilterChoice filters, int from, int end) {
  FileRows rows(image, shape);
  const std::size_t stored_row = 1 + rows.row_bytes();
  FilteredRows to(stored_row * std::size_t(end - from) + kernels::png_row_padding);
  if (from > 0) rows.next(from - 1);
  for (int y = from; y < end; ++y) filters.apply(rows.next(y), to.data() + stored_row * std::size_t(y - from));
  to.resize(to.size() - kernels::png_row_padding);
  return to;
}

// A zlib stream of libdeflate's.
std::vector<std::byte> searched(std::span<const std::uint8_t> rows, int level) {
  const std::unique_ptr<libdeflate_compressor, decltype(&libdeflate_free_compressor)> compressor(
      libdeflate_alloc_compressor(level), libdeflate_free_compressor);
  if (!compressor) throw std::bad_alloc();
  const std::size_t bound = libdeflate_zlib_compress_bound(compressor.get(), rows.size());
  const auto stream = std::make_unique_for_overwrite<std::byte[]>(bound);
  const std::size_t size = libdeflate_zlib_compress(compressor.get(), rows.data(), rows.size(), stream.get(), bound);
  return {stream.get(), stream.get() + size};
}

// zlib's, which makes less of flat colours than libdeflate: its blocks have no greatest length.
std::vector<std::byte> zlib_stream(std::span<const std::uint8_t> rows) {
  uLongf size = compressBound(uLong(rows.size()));
  std::vector<std::byte> stream(size);
  if (compress2(reinterpret_cast<Bytef*>(stream.data()), &size, rows.data(), uLong(rows.size()), long_level) != Z_OK)
    throw std::bad_alloc();
  stream.resize(size);
  return stream;
}

// What Huffman codes alone make of the bytes.
double coded_size(std::span<const std::uint8_t> bytes) {
  std::array<std::uint32_t, 256> counts{};
  for (const std::uint8_t byte : bytes) ++counts[byte];
  std::array<std::uint8_t, 256> bits;
  huffman_bits(counts, kernels::LiteralCodes::max_bits, bits);
  return double(std::inner_product(counts.begin(), counts.end(), bits.begin(), std::uint64_t(0))) / 8;
}

// Rows of a picture in a few places, filtered in one way, and how small they become.
class Sample {
 public:
  Sample(const Image& image, const PngShape& shape, FilterChoice filters, std::size_t places)
      : pixel_bytes_(std::size_t(shape.pixel_bytes())), row_bytes_(1 + std::size_t(image.width()) * pixel_bytes_) {
    const int height = image.height(),
              rows = int(std::clamp<std::size_t>(place_bytes / row_bytes_, 1, std::size_t(height))),
              lead = int(lead_bytes / row_bytes_);
    for (std::size_t i = 0; i < places; ++i) {
      const int from = int(std::uint64_t(height - rows) * (2 * i + 1) / (2 * places)), before = std::min(from, lead);
      parts_.push_back({filtered(image, shape, filters, from - before, from + rows), row_bytes_ * std::size_t(before)});
    }
  }
  // Of their bytes, what remains.
  double searched(int level) const {
    return share([level](const Part& part) { return double(cookline::searched(part.own(), level).size()); });
  }
  double near() const {
    return share([this](const Part& part) {
      return double(near_deflate(part.rows, pixel_bytes_, row_bytes_, part.before).size());
    });
  }
  double coded() const {
    return share([](const Part& part) { return coded_size(part.own()); });
  }

 private:
  static constexpr std::size_t place_bytes = std::size_t(1) << 16, lead_bytes = std::size_t(1) << 15;
  struct Part {
    FilteredRows rows;
    std::size_t before;  // bytes of rows above, to which near matches go
    std::span<const std::uint8_t> own() const { return std::span(rows).subspan(before); }
  };
  template <class Size>
  double share(const Size& size) const {
    double all = 0, before = 0;
    for (const Part& part : parts_) all += size(part), before += double(part.own().size());
    return all / before;
  }
  std::size_t pixel_bytes_, row_bytes_;
  std::vector<Part> parts_;
};

// Small files. Ways to filter: as differences are least, not at all (few colours, patterns), or all rows with Sub
// (slopes that repeat). A sample tells the one to take, and how far to search for matches.
void append_small(std::vector<std::byte>& file, const Image& image, const PngShape& shape) {
  const std::array<FilterChoice, 3> ways = {FilterChoice(1), FilterChoice(1, 0), FilterChoice(1, 1)};
  const auto sample = [&](std::size_t way, std::size_t places) { return Sample(image, shape, ways[way], places); };
  const Sample chosen = sample(0, glance_places), plain = sample(1, glance_places);
  const double coded[] = {chosen.coded(), plain.coded()};
  const std::size_t coded_best = coded[1] < coded[0];
  // Grain: there is nothing to be found, and Huffman codes alone are as small. A glance finds less than a whole search.
  const double chosen_glance = chosen.searched(quick_level), plain_glance = plain.searched(quick_level),
               gain = coded[coded_best] / std::min(chosen_glance, plain_glance);
  const bool grain = gain < (coded[coded_best] > incompressible ? 1 : some_gain);
  if (grain) return append_bands(file, image, shape, ways[coded_best]);

  const std::array<Sample, 3> samples = {sample(0, sample_places), sample(1, sample_places), sample(2, sample_places)};
  const auto best_way = [&](const auto& size) {
    const std::array sizes = {size(samples[0]), size(samples[1]), size(samples[2])};
    return std::size_t(std::ranges::min_element(sizes) - sizes.begin());
  };
  const auto whole = [&](std::size_t way) { return filtered(image, shape, ways[way], 0, image.height()); };
  const double chosen_size = samples[0].searched(quick_level);
  if (std::min(chosen_size, plain_glance) < nearly_nothing) {
    const std::vector<std::byte> streams[] = {zlib_stream(whole(0)), searched(whole(1), long_level)};
    return append_data(file, streams[streams[1].size() < streams[0].size()]);
  }
  const auto is_small = [&](const std::vector<std::byte>& stream, const FilteredRows& rows) {
    return double(stream.size()) < repeating * chosen_size * double(rows.size());
  };
  {
    const FilteredRows rows = whole(best_way([](const Sample& way) { return way.near(); }));
    const std::vector<std::byte> stream =
        near_deflate(rows, std::size_t(shape.pixel_bytes()), rows.size() / std::size_t(image.height()));
    if (is_small(stream, rows)) return append_data(file, stream);
  }
  // What repeats far away no sample tells.
  if (plain_glance < far_more * chosen_glance) {
    const FilteredRows rows = whole(1);
    const std::vector<std::byte> stream = searched(rows, quick_level);
    if (is_small(stream, rows)) return append_data(file, stream);
  }
  const std::vector<std::byte> stream =
      searched(whole(best_way([](const Sample& way) { return way.searched(quick_level); })), thorough_level);
  std::vector<std::byte> bands;
  append_bands(bands, image, shape, ways[coded_best], fine_band_bytes);
  if (bands.size() < stream.size())
    file.insert(file.end(), bands.begin(), bands.end());
  else
    append_data(file, stream);
}

// The space by its code for programs that know it, and as a profile for the others.
void append_colour(std::vector<std::byte>& file, const OutputColour& colour, const PngShape& shape) {
  if (colour.space == "srgb") return append_chunk(file, "sRGB", std::array{std::byte(0)});  // intent: perceptual
  if (const ColourCodes codes = colour_codes(colour.space); colour.converts() && codes.known())
    append_chunk(file, "cICP",
                 std::array{std::byte(codes.primaries), std::byte(codes.transfer), std::byte(0), std::byte(1)});
  const std::vector<std::byte> profile = profile_of(colour, shape.channels < 3);
  if (profile.empty()) return;
  std::vector<std::byte> chunk;
  for (const char c : colour.space) chunk.push_back(std::byte(c));
  chunk.resize(chunk.size() + 2);  // its end, and the only method of compression
  const std::vector<std::byte> stream =
      searched({reinterpret_cast<const std::uint8_t*>(profile.data()), profile.size()}, thorough_level);
  chunk.insert(chunk.end(), stream.begin(), stream.end());
  append_chunk(file, "iCCP", chunk);
}

}  // namespace

EncodedImage encode_png(const Image& image, const EncodeOptions& options) {
  const PngShape shape = png_shape(image.format());
  std::vector<std::byte> file;
  for (const char byte : {'\x89', 'P', 'N', 'G', '\r', '\n', '\x1a', '\n'}) file.push_back(std::byte(byte));
  append_chunk(file, "IHDR", header(image, shape));
  append_colour(file, options.colour, shape);
  if (!options.provenance.empty()) {
    // Not compressed, no language, no translated keyword.
    const std::string text = std::string(provenance_name) + std::string(5, '\0') + options.provenance;
    append_chunk(file, "iTXt", std::as_bytes(std::span(text)));
  }
  if (options.png_effort == PngEffort::small)
    append_small(file, image, shape);
  else
    append_bands(file, image, shape, FilterChoice(row_sampling));
  append_chunk(file, "IEND", {});
  return file;
}

}  // namespace cookline
