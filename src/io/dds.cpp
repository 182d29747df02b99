// DDS, our own: uncompressed, top row first, with the header of Direct3D 10, whose formats are nearly all those of
// TOPs; optionally with mip maps. Reads the same and the older 24- and 32-bit kinds.
#include <fmt/format.h>

#include <algorithm>
#include <cstring>
#include <optional>

#include "io/codecs.h"
#include "io/little_endian.h"
#include "io/row_converter.h"
#include "kernels/pixels.h"

namespace cookline {
namespace {

constexpr std::size_t header_bytes = 128, header10_bytes = 20;  // with the file's first four bytes
constexpr std::uint32_t four_dx10 = 0x30315844;                 // "DX10"
constexpr std::uint32_t alpha_premultiplied = 2;

struct Row {
  PixelFormat format;
  std::uint32_t dxgi;  // number in the DXGI_FORMAT enumeration
};
constexpr Row formats[] = {
    {PixelFormat::rgba32float, 2},  {PixelFormat::rgb32float, 6},   {PixelFormat::rgba16float, 10},
    {PixelFormat::rgba16fixed, 11}, {PixelFormat::rg32float, 16},   {PixelFormat::rgb10a2fixed, 24},
    {PixelFormat::rgba11float, 26}, {PixelFormat::rgba8fixed, 28},  {PixelFormat::srgba8fixed, 29},
    {PixelFormat::rg16float, 34},   {PixelFormat::rg16fixed, 35},   {PixelFormat::mono32float, 41},
    {PixelFormat::rg8fixed, 49},    {PixelFormat::mono16float, 54}, {PixelFormat::mono16fixed, 56},
    {PixelFormat::mono8fixed, 61},  {PixelFormat::a8fixed, 65},
};

std::optional<std::uint32_t> dxgi_of(PixelFormat format) {
  const auto row = std::ranges::find(formats, format, &Row::format);
  return row == std::end(formats) ? std::nullopt : std::optional(row->dxgi);
}

// Formats that Direct3D does not have become RGBA of the same depth.
PixelFormat stored_format(PixelFormat format) {
  if (dxgi_of(format)) return format;
  switch (info(format).component) {
    case Component::u8:
      return PixelFormat::rgba8fixed;
    case Component::u16:
      return PixelFormat::rgba16fixed;
    case Component::f16:
      return PixelFormat::rgba16float;
    default:
      return PixelFormat::rgba32float;
  }
}

bool has_alpha(PixelFormat format) {
  const Layout layout = info(format).layout;
  return layout == Layout::rgba || layout == Layout::a;
}

int levels_of(int width, int height) {
  int levels = 1;
  for (int side = std::max(width, height); side > 1; side /= 2) ++levels;
  return levels;
}

void append_header(std::vector<std::byte>& file, const Image& image, PixelFormat format, int levels) {
  const auto append = [&](std::initializer_list<std::uint32_t> values) {
    for (const std::uint32_t value : values) append_little_endian(file, value);
  };
  // What is stated: caps, height, width, pitch, pixel format, and how many levels there are.
  const std::uint32_t flags = 0x1 | 0x2 | 0x4 | 0x8 | 0x1000 | (levels > 1 ? 0x20000u : 0u);
  const auto pitch = std::uint32_t(image.width()) * std::uint32_t(info(format).bytes);
  append({0x20534444, 124, flags, std::uint32_t(image.height()), std::uint32_t(image.width()), pitch, 0,
          std::uint32_t(levels)});
  append({0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0});
  append({32, 0x4, four_dx10, 0, 0, 0, 0, 0});             // pixel format: see the second header
  append({levels > 1 ? 0x401008u : 0x1000u, 0, 0, 0, 0});  // a texture, with mip maps
  append({*dxgi_of(format), 3, 0, 1, has_alpha(format) ? alpha_premultiplied : 0u});  // of two dimensions
}

struct Planes {
  explicit Planes(int width_px) : width(width_px), values(std::size_t(width_px) * 4) {}
  float* plane(int c) { return values.data() + std::size_t(c) * std::size_t(width); }
  int width;
  std::vector<float> values;
};

// The next smaller level: means of 2 x 2 pixels; of a side with an odd length, the last row or column is left out.
Image halved(const Image& image) {
  Image half(std::max(1, image.width() / 2), std::max(1, image.height() / 2), image.format());
  Planes low(image.width()), high(image.width()), mean(half.width());
  const auto load = [&](int y, Planes& p) {
    kernels::load_pixels(image.format(), image.row(y), image.width(), p.plane(0), p.plane(1), p.plane(2), p.plane(3));
  };
  for (int y = 0; y < half.height(); ++y) {
    // The top rows stay: in the file they come first.
    const int upper = image.height() - 1 - 2 * (half.height() - 1 - y), lower = std::max(upper - 1, 0);
    load(upper, high);
    load(lower, low);
    for (int c = 0; c < 4; ++c)
      for (int x = 0; x < half.width(); ++x) {
        const int left = 2 * x, right = std::min(left + 1, image.width() - 1);
        mean.plane(c)[x] =
            ((high.plane(c)[left] + high.plane(c)[right]) + (low.plane(c)[left] + low.plane(c)[right])) * 0.25f;
      }
    kernels::store_pixels(half.format(), mean.plane(0), mean.plane(1), mean.plane(2), mean.plane(3), half.width(),
                          half.row(y));
  }
  return half;
}

void append_rows(std::vector<std::byte>& file, const Image& image) {
  for (int y = image.height() - 1; y >= 0; --y) file.insert(file.end(), image.row(y), image.row(y) + image.row_bytes());
}

struct Source {
  std::int64_t width = 0, height = 0;
  PixelFormat format = PixelFormat::rgba8fixed;
  std::array<std::uint32_t, 4> masks{};  // of the older kinds; all 0: pixels are stored as they are
  int bytes = 4;                         // of a pixel
  std::size_t pixels = header_bytes;     // where they begin
};

Error incomplete() { return failure("", "is a damaged or incomplete DDS file"); }

Error unknown_kind(const std::string& what) {
  return project_error("", fmt::format("is a DDS file of a kind that is not read: {}", what),
                       "store one uncompressed picture");
}

Status read_header10(std::span<const std::byte> bytes, Source& s) {
  if (bytes.size() < header_bytes + header10_bytes) return incomplete();
  const std::uint32_t dxgi = little_endian_at(bytes, 128);
  const auto row = std::ranges::find(formats, dxgi, &Row::dxgi);
  if (row == std::end(formats)) return unknown_kind(fmt::format("DXGI format {}", dxgi));
  if (little_endian_at(bytes, 132) != 3 || little_endian_at(bytes, 140) > 1 || (little_endian_at(bytes, 136) & 4))
    return unknown_kind("not one picture of two dimensions");
  s.format = row->format;
  s.bytes = info(s.format).bytes;
  s.pixels = header_bytes + header10_bytes;
  return {};
}

// 24 or 32 bits of red, green, blue and perhaps alpha, each 8 of them.
Status read_masks(std::span<const std::byte> bytes, std::uint32_t flags, Source& s) {
  const std::uint32_t bits = little_endian_at(bytes, 88);
  if (!(flags & 0x40) || (bits != 24 && bits != 32))
    return unknown_kind(fmt::format("{} bits, flags {:#x}", bits, flags));
  s.bytes = int(bits / 8);
  for (std::size_t c = 0; c < 4; ++c) s.masks[c] = little_endian_at(bytes, 92 + 4 * c);
  if (!(flags & 0x1)) s.masks[3] = 0;
  for (std::size_t c = 0; c < 4; ++c) {
    const bool is_byte = std::ranges::count(std::array{0xffu, 0xff00u, 0xff0000u, 0xff000000u}, s.masks[c]) == 1;
    if (!is_byte && (c < 3 || s.masks[c])) return unknown_kind("channels of other than 8 bits");
  }
  return {};
}

// The bytes of all levels, of which only the first is read; a file without the others is incomplete all the same.
std::uint64_t bytes_of_levels(const Source& s, std::uint32_t levels) {
  std::uint64_t bytes = 0;
  for (std::uint32_t i = 0; i < std::clamp(levels, 1u, 32u); ++i)
    bytes += std::uint64_t(std::max<std::int64_t>(1, s.width >> i)) *
             std::uint64_t(std::max<std::int64_t>(1, s.height >> i)) * std::uint64_t(s.bytes);
  return bytes;
}

Result<Source> source_of(std::span<const std::byte> bytes, const DecodeLimits& limits) {
  if (bytes.size() < header_bytes || little_endian_at(bytes, 4) != 124) return incomplete();
  Source s;
  s.height = little_endian_at(bytes, 12);
  s.width = little_endian_at(bytes, 16);
  if (const Status size = check_decoded_size(s.width, s.height, limits); !size) return size.error();
  if (little_endian_at(bytes, 112) != 0) return unknown_kind("a cube or volume");
  const std::uint32_t flags = little_endian_at(bytes, 80);
  const bool by_code = (flags & 0x4) != 0;
  if (by_code && little_endian_at(bytes, 84) != four_dx10) return unknown_kind("compressed");
  if (const Status kind = by_code ? read_header10(bytes, s) : read_masks(bytes, flags, s); !kind) return kind.error();
  if (bytes_of_levels(s, little_endian_at(bytes, 28)) > bytes.size() - s.pixels) return incomplete();
  return s;
}

void unpack_row(const Source& s, std::span<const std::byte> row, std::byte* to) {
  for (std::size_t at = 0; at < row.size(); at += std::size_t(s.bytes), to += 4) {
    const std::uint32_t word = little_endian_at(row, at, s.bytes);
    for (std::size_t c = 0; c < 4; ++c)
      to[c] = s.masks[c] ? std::byte(std::uint64_t(word & s.masks[c]) * 255 / s.masks[c]) : std::byte(255);
  }
}

}  // namespace

EncodedImage encode_dds(const Image& image, const EncodeOptions& options) {
  const PixelFormat format = stored_format(image.format());
  const int levels = options.mip_maps ? levels_of(image.width(), image.height()) : 1;
  std::vector<std::byte> file;
  const std::size_t bytes = std::size_t(image.width()) * std::size_t(image.height()) * std::size_t(info(format).bytes);
  file.reserve(header_bytes + header10_bytes + (levels > 1 ? bytes / 3 * 4 + 4096 : bytes));
  append_header(file, image, format, levels);
  const bool convert = format != image.format();
  if (!convert && levels == 1) {
    append_rows(file, image);
    return file;
  }
  Image level = converted(image, format);
  append_rows(file, level);
  for (int i = 1; i < levels; ++i) {
    level = halved(level);
    append_rows(file, level);
  }
  return file;
}

Result<Image> decode_dds(std::span<const std::byte> bytes, const DecodeLimits& limits) {
  const Result<Source> source = source_of(bytes, limits);
  if (!source) return source.error();
  const Source& s = *source;
  Image image(int(s.width), int(s.height), s.format);
  if (limits.header_only) return image;
  const std::size_t row_bytes = std::size_t(s.width) * std::size_t(s.bytes);
  for (int y = 0; y < image.height(); ++y) {
    const auto row = bytes.subspan(s.pixels + row_bytes * std::size_t(image.height() - 1 - y), row_bytes);
    if (s.masks[0])
      unpack_row(s, row, image.row(y));
    else
      std::memcpy(image.row(y), row.data(), row_bytes);
  }
  return image;
}

}  // namespace cookline
