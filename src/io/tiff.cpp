// TIFF through libtiff, in memory: one picture of 8 or 16 bits or 32-bit float in strips, little-endian, top row first,
// alpha stated as associated (premultiplied). No tag tells of time, program or machine.
#include <fmt/format.h>
#include <tiffio.h>

#include <algorithm>
#include <cstdarg>
#include <cstring>
#include <memory>
#include <new>

#include "io/codecs.h"
#include "io/colour_tags.h"
#include "io/row_converter.h"

namespace cookline {
namespace {

constexpr std::int64_t max_tiff_bytes = 0xf000'0000;  // offsets have 32 bits; what is left holds the tags
constexpr std::size_t strip_bytes = std::size_t(1) << 18;
constexpr tmsize_t max_allocation = tmsize_t(1) << 32;

// A file in memory, read or written by libtiff, and the first error it met.
struct MemoryFile {
  std::span<const std::byte> source;  // when reading
  std::vector<std::byte> written;     // when writing
  std::size_t at = 0;
  bool writing = false;
  std::string error;
  bool ends_early = false;  // more was read than there is: libtiff does without some tags, but the file is not whole

  bool damaged() const { return ends_early || !error.empty(); }

  std::size_t size() const { return writing ? written.size() : source.size(); }
};

MemoryFile& file_of(thandle_t handle) { return *static_cast<MemoryFile*>(handle); }

tmsize_t read_some(thandle_t handle, void* to, tmsize_t size) {
  MemoryFile& file = file_of(handle);
  const std::size_t left = file.at < file.size() ? file.size() - file.at : 0;
  const std::size_t count = std::min(left, std::size_t(size));
  const std::byte* const from = file.writing ? file.written.data() : file.source.data();
  if (count) std::memcpy(to, from + file.at, count);
  file.at += count;
  file.ends_early = file.ends_early || (!file.writing && count < std::size_t(size));
  return tmsize_t(count);
}

tmsize_t write_some(thandle_t handle, void* from, tmsize_t size) try {
  MemoryFile& file = file_of(handle);
  if (!file.writing) return -1;
  const auto* const bytes = static_cast<const std::byte*>(from);
  if (file.at == file.written.size()) {
    file.written.insert(file.written.end(), bytes, bytes + size);
  } else {
    file.written.resize(std::max(file.written.size(), file.at + std::size_t(size)));
    std::memcpy(file.written.data() + file.at, bytes, std::size_t(size));
  }
  file.at += std::size_t(size);
  return size;
} catch (const std::bad_alloc&) {
  return -1;  // libtiff is C: nothing may be thrown through it
}

toff_t seek(thandle_t handle, toff_t offset, int whence) {
  MemoryFile& file = file_of(handle);
  const std::size_t base = whence == SEEK_SET ? 0 : whence == SEEK_CUR ? file.at : file.size();
  file.at = base + std::size_t(offset);
  return file.at;
}

int close_nothing(thandle_t) { return 0; }
toff_t size_of(thandle_t handle) { return file_of(handle).size(); }

int keep_error(TIFF*, void* user, const char*, const char* format, va_list arguments) {
  char text[256];
  std::vsnprintf(text, sizeof text, format, arguments);
  std::string& error = static_cast<MemoryFile*>(user)->error;
  if (error.empty()) error = text;
  return 1;
}
int drop_warning(TIFF*, void*, const char*, const char*, va_list) { return 1; }

struct Close {
  void operator()(TIFF* tiff) const { TIFFClose(tiff); }
};
using Tiff = std::unique_ptr<TIFF, Close>;

Tiff open(MemoryFile& file, const char* mode) {
  const std::unique_ptr<TIFFOpenOptions, decltype(&TIFFOpenOptionsFree)> options(TIFFOpenOptionsAlloc(),
                                                                                 &TIFFOpenOptionsFree);
  if (!options) throw std::bad_alloc();
  TIFFOpenOptionsSetErrorHandlerExtR(options.get(), keep_error, &file);
  TIFFOpenOptionsSetWarningHandlerExtR(options.get(), drop_warning, nullptr);
  TIFFOpenOptionsSetMaxSingleMemAlloc(options.get(), max_allocation);
  return Tiff(TIFFClientOpenExt("", mode, &file, read_some, write_some, seek, close_nothing, size_of, nullptr, nullptr,
                                options.get()));
}

// How a pixel format is stored in a TIFF.
struct Shape {
  PixelFormat format;  // of the rows before their last step: dropping alpha
  int channels;        // in the file; format may have alpha as one more
  int bits;            // of a channel
  bool alpha;

  std::size_t pixel_bytes() const { return std::size_t(channels * bits / 8); }
  bool is_float() const { return bits == 32; }
};

Shape shape_of(PixelFormat format) {
  using F = PixelFormat;
  const Component component = info(format).component;
  const int bits = component == Component::u8 ? 8 : info(format).fixed() ? 16 : 32;
  const auto of_depth = [&](F eight, F sixteen, F floating) {
    return bits == 8 ? eight : bits == 16 ? sixteen : floating;
  };
  const F grey = of_depth(F::mono8fixed, F::mono16fixed, F::mono32float);
  const F grey_alpha = of_depth(F::monoalpha8fixed, F::monoalpha16fixed, F::monoalpha32float);
  const F colour_alpha = of_depth(F::rgba8fixed, F::rgba16fixed, F::rgba32float);
  switch (info(format).layout) {
    case Layout::mono:
      return {grey, 1, bits, false};
    case Layout::a:
    case Layout::monoalpha:
      return {grey_alpha, 2, bits, true};
    case Layout::rg:
    case Layout::rgb:
      return {colour_alpha, 3, bits, false};
    case Layout::rgba:
      break;
  }
  return {colour_alpha, 4, bits, true};
}

std::uint16_t scheme_of(Compression compression) {
  if (compression == Compression::lzw) return COMPRESSION_LZW;
  return compression == Compression::zip ? COMPRESSION_ADOBE_DEFLATE : COMPRESSION_NONE;
}

void write_tags(TIFF* tiff, const Image& image, const Shape& shape, Compression compression) {
  TIFFSetField(tiff, TIFFTAG_IMAGEWIDTH, std::uint32_t(image.width()));
  TIFFSetField(tiff, TIFFTAG_IMAGELENGTH, std::uint32_t(image.height()));
  TIFFSetField(tiff, TIFFTAG_BITSPERSAMPLE, shape.bits);
  TIFFSetField(tiff, TIFFTAG_SAMPLESPERPIXEL, shape.channels);
  TIFFSetField(tiff, TIFFTAG_SAMPLEFORMAT, shape.is_float() ? SAMPLEFORMAT_IEEEFP : SAMPLEFORMAT_UINT);
  TIFFSetField(tiff, TIFFTAG_PHOTOMETRIC, shape.channels < 3 ? PHOTOMETRIC_MINISBLACK : PHOTOMETRIC_RGB);
  TIFFSetField(tiff, TIFFTAG_PLANARCONFIG, PLANARCONFIG_CONTIG);
  TIFFSetField(tiff, TIFFTAG_ORIENTATION, ORIENTATION_TOPLEFT);
  const std::uint16_t kind = EXTRASAMPLE_ASSOCALPHA;
  if (shape.alpha) TIFFSetField(tiff, TIFFTAG_EXTRASAMPLES, 1, &kind);
  const std::uint16_t scheme = scheme_of(compression);
  TIFFSetField(tiff, TIFFTAG_COMPRESSION, scheme);
  // Differences of neighbours, which compress better than pixels.
  if (scheme != COMPRESSION_NONE)
    TIFFSetField(tiff, TIFFTAG_PREDICTOR, shape.is_float() ? PREDICTOR_FLOATINGPOINT : PREDICTOR_HORIZONTAL);
}

// Rows of the picture, top row first, as they stand in the file.
class FileRows {
 public:
  FileRows(const Image& image, const Shape& shape)
      : image_(image),
        shape_(shape),
        convert_(image.format(), shape.format, image.width()),
        row_(std::size_t(image.width()) * std::size_t(info(shape.format).bytes)) {}

  std::size_t row_bytes() const { return std::size_t(image_.width()) * shape_.pixel_bytes(); }

  void write(int top_row, std::byte* to) {
    const std::byte* const from = image_.row(image_.height() - 1 - top_row);
    const std::size_t stride = std::size_t(info(shape_.format).bytes), kept = shape_.pixel_bytes();
    if (stride == kept) return convert_(from, to);
    convert_(from, row_.data());
    for (std::size_t x = 0; x < std::size_t(image_.width()); ++x)
      std::memcpy(to + x * kept, row_.data() + x * stride, kept);
  }

 private:
  const Image& image_;
  Shape shape_;
  RowConverter convert_;
  std::vector<std::byte> row_;
};

bool write_strips(TIFF* tiff, const Image& image, const Shape& shape) {
  FileRows rows(image, shape);
  const int per_strip = int(std::clamp<std::size_t>(strip_bytes / rows.row_bytes(), 1, std::size_t(image.height())));
  TIFFSetField(tiff, TIFFTAG_ROWSPERSTRIP, std::uint32_t(per_strip));
  std::vector<std::byte> strip(rows.row_bytes() * std::size_t(per_strip));
  std::uint32_t number = 0;
  for (int y = 0; y < image.height(); y += per_strip, ++number) {
    const int count = std::min(per_strip, image.height() - y);
    for (int i = 0; i < count; ++i) rows.write(y + i, strip.data() + rows.row_bytes() * std::size_t(i));
    const auto size = tmsize_t(rows.row_bytes() * std::size_t(count));
    if (TIFFWriteEncodedStrip(tiff, number, strip.data(), size) < 0) return false;
  }
  return true;
}

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

bool read_rows(TIFF* tiff, const Source& s, Image& image) {
  const std::size_t sample = s.bits / 8u, from_step = sample * s.channels;
  const auto to_step = std::size_t(info(image.format()).bytes), kept = std::min(from_step, to_step);
  const tmsize_t needed = TIFFScanlineSize(tiff);
  if (needed <= 0 || std::size_t(needed) < from_step * s.width) return false;
  std::vector<std::byte> row(static_cast<std::size_t>(needed));
  for (std::uint32_t y = 0; y < s.height; ++y) {
    if (TIFFReadScanline(tiff, row.data(), y, 0) < 0) return false;
    std::byte* to = image.row(int(s.height - 1 - y));
    for (std::uint32_t x = 0; x < s.width; ++x, to += to_step) {
      std::memcpy(to, row.data() + x * from_step, kept);
      if (kept < to_step) write_one(to + kept, s);
    }
  }
  return true;
}

// Palettes, tiles, other colour spaces: as libtiff shows them on a screen, 8 bits a channel.
Result<Image> read_shown(TIFF* tiff, const Source& s, const MemoryFile& file) {
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

EncodedImage encode_tiff(const Image& image, const EncodeOptions& options) {
  const Shape shape = shape_of(image.format());
  const auto bytes = std::int64_t(image.width()) * image.height() * std::int64_t(shape.pixel_bytes());
  if (bytes > max_tiff_bytes)
    return project_error("",
                         fmt::format("a picture of {} x {} pixels needs {} bytes, and a TIFF holds at most {}",
                                     image.width(), image.height(), bytes, max_tiff_bytes),
                         "choose exr");
  MemoryFile file;
  file.writing = true;
  if (options.compression == Compression::standard || options.compression == Compression::none)
    file.written.reserve(std::size_t(bytes) + 4096 + std::size_t(image.height()) * 16);
  bool whole = false;
  if (Tiff tiff = open(file, "wl")) {
    write_tags(tiff.get(), image, shape, options.compression);
    if (const auto profile = profile_of(options.colour, shape.channels < 3); !profile.empty())
      TIFFSetField(tiff.get(), TIFFTAG_ICCPROFILE, std::uint32_t(profile.size()), profile.data());
    if (!options.provenance.empty()) TIFFSetField(tiff.get(), TIFFTAG_IMAGEDESCRIPTION, options.provenance.c_str());
    whole = write_strips(tiff.get(), image, shape) && TIFFWriteDirectory(tiff.get()) == 1;
  }
  if (!whole || file.damaged()) return failure("", fmt::format("TIFF encoder: {}", file.error));
  return std::move(file.written);
}

Result<Image> decode_tiff(std::span<const std::byte> bytes, const DecodeLimits& limits) {
  MemoryFile file;
  file.source = bytes;
  const auto damaged = [&] {
    const std::string why = file.error.empty() ? "it ends too early" : file.error;
    return failure("", fmt::format("is a damaged or incomplete TIFF file: {}", why));
  };
  const Tiff tiff = open(file, "rm");
  if (!tiff) return damaged();
  const Source source = source_of(tiff.get());
  if (const Status size = check_decoded_size(source.width, source.height, limits); !size) return size.error();
  if (!source.is_plain()) return read_shown(tiff.get(), source, file);
  Image image(int(source.width), int(source.height), format_of(source));
  if (limits.header_only) return image;
  if (!read_rows(tiff.get(), source, image) || file.damaged()) return damaged();
  return image;
}

}  // namespace cookline
