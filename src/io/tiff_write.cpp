// TIFF through libtiff, in memory: one picture of 8 or 16 bits or 32-bit float in strips, little-endian, top row first,
// alpha stated as associated (premultiplied). No tag tells of time, program or machine.
#include <fmt/format.h>

#include <algorithm>
#include <cstring>

#include "io/codecs.h"
#include "io/colour_tags.h"
#include "io/row_converter.h"
#include "io/tiff_file.h"

namespace cookline {
namespace {

constexpr std::int64_t max_tiff_bytes = 0xf000'0000;  // offsets have 32 bits; what is left holds the tags
constexpr std::size_t strip_bytes = std::size_t(1) << 18;

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

}  // namespace

EncodedImage encode_tiff(const Image& image, const EncodeOptions& options) {
  const Shape shape = shape_of(image.format());
  const auto bytes = std::int64_t(image.width()) * image.height() * std::int64_t(shape.pixel_bytes());
  if (bytes > max_tiff_bytes)
    return project_error("",
                         fmt::format("a picture of {} x {} pixels needs {} bytes, and a TIFF holds at most {}",
                                     image.width(), image.height(), bytes, max_tiff_bytes),
                         "choose exr");
  TiffFile file;
  file.writing = true;
  if (options.compression == Compression::standard || options.compression == Compression::none)
    file.written.reserve(std::size_t(bytes) + 4096 + std::size_t(image.height()) * 16);
  bool whole = false;
  if (Tiff tiff = open_tiff(file, "wl")) {
    write_tags(tiff.get(), image, shape, options.compression);
    if (const auto profile = profile_of(options.colour, shape.channels < 3); !profile.empty())
      TIFFSetField(tiff.get(), TIFFTAG_ICCPROFILE, std::uint32_t(profile.size()), profile.data());
    if (!options.provenance.empty()) TIFFSetField(tiff.get(), TIFFTAG_IMAGEDESCRIPTION, options.provenance.c_str());
    whole = write_strips(tiff.get(), image, shape) && TIFFWriteDirectory(tiff.get()) == 1;
  }
  if (!whole || file.damaged()) return failure("", fmt::format("TIFF encoder: {}", file.error));
  return std::move(file.written);
}

}  // namespace cookline
