// Reading TIFF through libtiff: rows of grey or colours as they are stored, everything else as libtiff shows it.
#include <fmt/format.h>

#include <algorithm>
#include <cstring>

#include "io/codecs.h"
#include "io/icc_profile.h"
#include "io/tiff_file.h"

namespace cookline {
namespace {

// What a file holds, as far as it is read channel by channel.
struct Source {
  std::uint32_t width = 0, height = 0;
  std::uint16_t bits = 1, channels = 1, sample_format = SAMPLEFORMAT_UINT, planes = PLANARCONFIG_CONTIG;
  std::uint16_t photometric = PHOTOMETRIC_MINISBLACK;
  bool tiled = false;

  bool is_float() const { return sample_format == SAMPLEFORMAT_IEEEFP; }
  // Whether rows of the file are rows of pixels.
  bool is_plain() const {
    const bool depth =
        is_float() ? bits == 16 || bits == 32 : sample_format == SAMPLEFORMAT_UINT && (bits == 8 || bits == 16);
    const bool grey = photometric == PHOTOMETRIC_MINISBLACK && channels <= 2;
    const bool colour = photometric == PHOTOMETRIC_RGB && channels >= 3;
    return depth && (grey || colour) && !tiled && (planes == PLANARCONFIG_CONTIG || channels == 1);
  }
};

Source source_of(TIFF* tiff) {
  Source s;
  TIFFGetField(tiff, TIFFTAG_IMAGEWIDTH, &s.width);
  TIFFGetField(tiff, TIFFTAG_IMAGELENGTH, &s.height);
  TIFFGetFieldDefaulted(tiff, TIFFTAG_BITSPERSAMPLE, &s.bits);
  TIFFGetFieldDefaulted(tiff, TIFFTAG_SAMPLESPERPIXEL, &s.channels);
  TIFFGetFieldDefaulted(tiff, TIFFTAG_SAMPLEFORMAT, &s.sample_format);
  TIFFGetFieldDefaulted(tiff, TIFFTAG_PLANARCONFIG, &s.planes);
  TIFFGetField(tiff, TIFFTAG_PHOTOMETRIC, &s.photometric);
  s.tiled = TIFFIsTiled(tiff) != 0;
  return s;
}

PixelFormat format_of(const Source& s) {
  using F = PixelFormat;
  const auto of_depth = [&](F eight, F sixteen, F half, F single) {
    if (s.is_float()) return s.bits == 16 ? half : single;
    return s.bits == 8 ? eight : sixteen;
  };
  if (s.channels == 1) return of_depth(F::mono8fixed, F::mono16fixed, F::mono16float, F::mono32float);
  if (s.channels == 2)
    return of_depth(F::monoalpha8fixed, F::monoalpha16fixed, F::monoalpha16float, F::monoalpha32float);
  return of_depth(F::rgba8fixed, F::rgba16fixed, F::rgba16float, F::rgba32float);
}

// Alpha of a picture without: 1 in the bits of the depth.
void write_one(std::byte* to, const Source& s) {
  const std::uint32_t one = !s.is_float() ? 0xffffffffu : s.bits == 16 ? 0x3c00u : 0x3f800000u;
  std::memcpy(to, &one, std::size_t(s.bits / 8));  // little-endian: the low bytes
}

// A row as it stands in the file into one of a picture, which has no fewer channels: what the file lacks is 1.
template <class Sample>
void spread_row(const Source& s, const std::byte* from, std::byte* to, std::size_t to_channels) {
  Sample one;
  write_one(reinterpret_cast<std::byte*>(&one), s);
  const std::size_t kept = std::min<std::size_t>(s.channels, to_channels);
  for (std::uint32_t x = 0; x < s.width; ++x, from += s.channels * sizeof one, to += to_channels * sizeof one) {
    for (std::size_t c = 0; c < kept; ++c) std::memcpy(to + c * sizeof one, from + c * sizeof one, sizeof one);
    for (std::size_t c = kept; c < to_channels; ++c) std::memcpy(to + c * sizeof one, &one, sizeof one);
  }
}

void take_row(const Source& s, const std::byte* from, Image& image, std::uint32_t y) {
  std::byte* const to = image.row(int(s.height - 1 - y));
  const std::size_t sample = s.bits / 8u, channels = std::size_t(info(image.format()).bytes) / sample;
  if (channels == s.channels)
    std::memcpy(to, from, image.row_bytes());
  else if (sample == 1)
    spread_row<std::uint8_t>(s, from, to, channels);
  else if (sample == 2)
    spread_row<std::uint16_t>(s, from, to, channels);
  else
    spread_row<std::uint32_t>(s, from, to, channels);
}

// Whether the rows of a file are those of the picture, byte by byte.
bool stored_as_shown(TIFF* tiff, const Source& s, const Image& image) {
  std::uint16_t compression = COMPRESSION_NONE, bit_order = FILLORDER_MSB2LSB;
  TIFFGetFieldDefaulted(tiff, TIFFTAG_COMPRESSION, &compression);
  TIFFGetFieldDefaulted(tiff, TIFFTAG_FILLORDER, &bit_order);
  return compression == COMPRESSION_NONE && bit_order == FILLORDER_MSB2LSB &&
         (s.bits == 8 || TIFFIsByteSwapped(tiff) == 0) && std::size_t(TIFFScanlineSize(tiff)) == image.row_bytes() &&
         image.row_bytes() == std::size_t(s.bits / 8u) * s.channels * s.width;
}

// From the disk to where they belong, without a copy in between: playing back is bound by memory.
bool read_stored_rows(TIFF* tiff, const Source& s, const TiffFile& file, Image& image) {
  std::uint32_t per_strip = s.height;
  TIFFGetFieldDefaulted(tiff, TIFFTAG_ROWSPERSTRIP, &per_strip);
  per_strip = std::clamp<std::uint32_t>(per_strip, 1, s.height);
  std::vector<std::byte*> rows;
  for (std::uint32_t y = 0, strip = 0; y < s.height; y += per_strip, ++strip) {
    const std::uint32_t end = std::min(s.height, y + per_strip);
    rows.clear();
    for (std::uint32_t row = y; row < end; ++row) rows.push_back(image.row(int(s.height - 1 - row)));
    const std::size_t size = rows.size() * image.row_bytes();
    if (TIFFGetStrileByteCount(tiff, strip) < size) return false;
    const Result<std::size_t> got = file.disk->read_rows_at(TIFFGetStrileOffset(tiff, strip), rows, image.row_bytes());
    if (!got || *got < size) return false;
  }
  return true;
}

// Strip by strip where strips are small enough to stay in a core's cache, or else row by row.
bool read_rows(TIFF* tiff, const Source& s, const TiffFile& file, Image& image) {
  if (file.disk && stored_as_shown(tiff, s, image)) return read_stored_rows(tiff, s, file, image);
  constexpr tmsize_t most_of_a_strip = tmsize_t(1) << 20;
  const tmsize_t row_bytes = TIFFScanlineSize(tiff), strip = TIFFStripSize(tiff);
  if (row_bytes <= 0 || std::size_t(row_bytes) < std::size_t(s.bits / 8u) * s.channels * s.width) return false;
  const bool by_strips = strip >= row_bytes && strip <= most_of_a_strip;
  const std::uint32_t rows = by_strips ? std::uint32_t(strip / row_bytes) : 1;
  std::vector<std::byte> block(static_cast<std::size_t>(by_strips ? strip : row_bytes));
  for (std::uint32_t y = 0, number = 0; y < s.height; y += rows, ++number) {
    const std::uint32_t count = std::min(rows, s.height - y);
    if (!by_strips && TIFFReadScanline(tiff, block.data(), y, 0) < 0) return false;
    if (by_strips && TIFFReadEncodedStrip(tiff, number, block.data(), row_bytes * count) != row_bytes * count)
      return false;
    for (std::uint32_t i = 0; i < count; ++i) take_row(s, block.data() + std::size_t(row_bytes) * i, image, y + i);
  }
  return true;
}

// Palettes, tiles, other colour spaces: as libtiff shows them on a screen, 8 bits a channel.
Result<Image> read_shown(TIFF* tiff, const Source& s, const TiffFile& file) {
  char reason[1024] = "";
  if (s.bits > 8 || !TIFFRGBAImageOK(tiff, reason))
    return project_error("",
                         fmt::format("is a TIFF of a kind that is not read ({} bits, {} channels{}{})", s.bits,
                                     s.channels, s.tiled ? ", tiled" : "", *reason ? std::string(": ") + reason : ""),
                         "store it with rows of 8 or 16 bits or 32-bit float, grey or RGB");
  Image image(int(s.width), int(s.height), PixelFormat::rgba8fixed);
  auto* const pixels = reinterpret_cast<std::uint32_t*>(image.row(0));
  TIFFRGBAImage shown{};
  if (!TIFFRGBAImageBegin(&shown, tiff, 1, reason))
    return failure("", fmt::format("is a damaged TIFF file: {}", reason));
  // Rows come as they are stored, the first at the top; the picture is turned later.
  shown.orientation = ORIENTATION_TOPLEFT, shown.req_orientation = ORIENTATION_BOTLEFT;
  const bool whole = TIFFRGBAImageGet(&shown, pixels, s.width, s.height) == 1;
  TIFFRGBAImageEnd(&shown);
  if (!whole || file.damaged()) return failure("", fmt::format("is a damaged or incomplete TIFF file: {}", file.error));
  return image;
}

}  // namespace

static void read_tags(TIFF* tiff, ImageTags& tags) {
  std::uint16_t orientation = ORIENTATION_TOPLEFT;
  TIFFGetFieldDefaulted(tiff, TIFFTAG_ORIENTATION, &orientation);
  if (orientation >= 1 && orientation <= 8) tags.orientation = orientation;
  std::uint32_t size = 0;
  const void* profile = nullptr;
  if (TIFFGetField(tiff, TIFFTAG_ICCPROFILE, &size, &profile) == 1)
    tags.colour = space_of_profile({static_cast<const std::byte*>(profile), size});
}

static Result<Image> decode(TiffFile& file, const DecodeLimits& limits, ImageTags* tags) {
  const auto damaged = [&] {
    const std::string why = file.error.empty() ? "it ends too early" : file.error;
    return failure("", fmt::format("is a damaged or incomplete TIFF file: {}", why));
  };
  const Tiff tiff = open_tiff(file, "rm");
  if (!tiff) return damaged();
  const Source source = source_of(tiff.get());
  if (tags) read_tags(tiff.get(), *tags);
  if (const Status size = check_decoded_size(source.width, source.height, limits); !size) return size.error();
  if (!source.is_plain()) return read_shown(tiff.get(), source, file);
  Image image(int(source.width), int(source.height), format_of(source));
  if (limits.header_only) return image;
  if (!read_rows(tiff.get(), source, file, image) || file.damaged()) return damaged();
  return image;
}

Result<Image> decode_tiff(std::span<const std::byte> bytes, const DecodeLimits& limits) {
  TiffFile file;
  file.source = bytes;
  return decode(file, limits, nullptr);
}

Result<Image> read_tiff(const InputFile& disk, const DecodeLimits& limits, ImageTags& tags) {
  TiffFile file;
  file.disk = &disk;
  return decode(file, limits, &tags);
}

}  // namespace cookline
