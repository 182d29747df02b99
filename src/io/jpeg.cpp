// JPEG through TurboJPEG. Baseline, with the accurate integer transform, whose result is the same on every processor.
#include <fmt/format.h>
#include <turbojpeg.h>

#include <algorithm>
#include <cmath>
#include <cstdint>
#include <memory>
#include <new>

#include "io/codecs.h"
#include "io/colour_tags.h"
#include "io/provenance.h"
#include "io/row_converter.h"
#include "kernels/grey.h"

namespace cookline {
namespace {

constexpr int max_jpeg_side_px = 65500;                         // libjpeg's own limit
constexpr std::size_t most_grey_pixels = std::size_t(1) << 26;  // what larger ones save is not worth the memory

// A compressor and the buffer it writes to; both are kept from picture to picture.
struct Compressor {
  tjhandle handle = tjInitCompress();
  unsigned char* buffer = nullptr;
  unsigned long capacity = 0;

  Compressor() = default;
  ~Compressor() {
    tjFree(buffer);
    if (handle) tjDestroy(handle);
  }
  Compressor(const Compressor&) = delete;
  Compressor& operator=(const Compressor&) = delete;
};

// Each thread has its own, because a handle serves one call at a time and costs more to make than a small picture.
Compressor& thread_compressor() {
  thread_local Compressor compressor;
  return compressor;
}

struct Destroy {
  void operator()(void* handle) const { tjDestroy(handle); }
};

int jpeg_quality(double quality) { return quality > 0 ? int(std::clamp(std::round(quality * 100), 1.0, 100.0)) : 1; }

int subsampling(ChromaSubsampling chroma) {
  switch (chroma) {
    case ChromaSubsampling::s444:
      return TJSAMP_444;
    case ChromaSubsampling::s422:
      return TJSAMP_422;
    case ChromaSubsampling::s420:
      break;
  }
  return TJSAMP_420;
}

// The two formats that TurboJPEG takes as they are.
PixelFormat jpeg_source_format(PixelFormat format) {
  if (format == PixelFormat::srgba8fixed) return format;
  const Layout layout = info(format).layout;
  return layout == Layout::mono || layout == Layout::monoalpha ? PixelFormat::mono8fixed : PixelFormat::rgba8fixed;
}

// The plane of brightness of a picture in colour that has no colour, as TurboJPEG wants it: the first row at the top,
// its last column and row repeated where planes of less colour need an even number. Null if the picture has some
// colour.
PixelMemory grey_of(const Image& image, int chroma) {
  const std::size_t width = std::size_t(image.width()), height = std::size_t(image.height()),
                    row = std::size_t(tjPlaneWidth(0, image.width(), chroma)),
                    rows = std::size_t(tjPlaneHeight(0, image.height(), chroma));
  if (width * height > most_grey_pixels) return {};
  PixelMemory grey = allocate_pixels(row * rows);
  std::byte* to = grey.get();
  for (std::size_t y = 0; y < height; ++y, to += row) {
    if (!kernels::grey_bytes(image.row(int(height - 1 - y)), width, to)) return {};
    std::fill(to + width, to + row, to[width - 1]);
  }
  for (std::size_t y = height; y < rows; ++y, to += row) std::copy_n(to - row, row, to);
  return grey;
}

// Without colour, brightness is red itself and both differences of colour are 128, exactly: TurboJPEG, given these,
// makes the same file without working them out.
int compress_grey(Compressor& with, const PixelMemory& grey, const Image& image, int chroma, int quality,
                  unsigned long& size) {
  const auto colours =
      std::size_t(tjPlaneWidth(1, image.width(), chroma)) * std::size_t(tjPlaneHeight(1, image.height(), chroma));
  const PixelMemory none = allocate_pixels(colours);
  std::fill_n(none.get(), colours, std::byte(128));
  const auto plane = [](const PixelMemory& bytes) { return reinterpret_cast<const unsigned char*>(bytes.get()); };
  const unsigned char* planes[] = {plane(grey), plane(none), plane(none)};
  return tjCompressFromYUVPlanes(with.handle, planes, image.width(), nullptr, image.height(), chroma, &with.buffer,
                                 &size, quality, TJFLAG_ACCURATEDCT);
}

EncodedImage compress(const Image& image, const EncodeOptions& options) {
  const bool grey = image.format() == PixelFormat::mono8fixed;
  Compressor& with = thread_compressor();
  if (!with.handle) throw std::bad_alloc();
  const unsigned char* const before = with.buffer;
  unsigned long size = with.capacity;
  const int chroma = grey ? TJSAMP_GRAY : subsampling(options.chroma), quality = jpeg_quality(options.quality);
  const PixelMemory without_colour = grey ? PixelMemory() : grey_of(image, chroma);
  const int failed = without_colour
                         ? compress_grey(with, without_colour, image, chroma, quality, size)
                         : tjCompress2(with.handle, reinterpret_cast<const unsigned char*>(image.row(0)), image.width(),
                                       int(image.row_bytes()), image.height(), grey ? TJPF_GRAY : TJPF_RGBX,
                                       &with.buffer, &size, chroma, quality, TJFLAG_BOTTOMUP | TJFLAG_ACCURATEDCT);
  // A grown buffer has at least the size of what is in it; how much more, TurboJPEG does not say.
  if (with.buffer != before) with.capacity = size;
  if (failed != 0) return failure("", fmt::format("JPEG encoder: {}", tjGetErrorStr2(with.handle)));
  const auto* const bytes = reinterpret_cast<const std::byte*>(with.buffer);
  std::vector<std::byte> file(bytes, bytes + size);
  if (const auto profile = profile_of(options.colour, grey); !profile.empty()) add_profile_to_jpeg(file, profile);
  if (!options.provenance.empty()) add_xmp_to_jpeg(file, xmp_of(options.provenance));
  return file;
}

// Ink as Adobe's programs store it: 255 is no ink.
void ink_to_rgba(const std::uint8_t* cmyk, int count, std::uint8_t* rgba) {
  for (int x = 0; x < count; ++x, cmyk += 4, rgba += 4) {
    for (int c = 0; c < 3; ++c) rgba[c] = std::uint8_t((cmyk[c] * cmyk[3] + 127) / 255);
    rgba[3] = 255;
  }
}

}  // namespace

EncodedImage encode_jpeg(const Image& image, const EncodeOptions& options) {
  if (info(image.format()).layout == Layout::a)
    return project_error(
        "", fmt::format("pixel format {} has only alpha, which JPEG does not hold", info(image.format()).name),
        "choose png or a format with colour");
  if (std::max(image.width(), image.height()) > max_jpeg_side_px)
    return project_error(
        "", fmt::format("a picture of {} x {} pixels does not fit into a JPEG, which has at most {} on a side",
                        image.width(), image.height(), max_jpeg_side_px));
  const PixelFormat format = jpeg_source_format(image.format());
  return format == image.format() ? compress(image, options) : compress(converted(image, format), options);
}

Result<Image> decode_jpeg(std::span<const std::byte> bytes, const DecodeLimits& limits) {
  // A new one each time: after a damaged file, a used one can fail on the next good file.
  const std::unique_ptr<void, Destroy> decompressor(tjInitDecompress());
  if (!decompressor) throw std::bad_alloc();
  const tjhandle handle = decompressor.get();
  const auto damaged = [&] {
    return failure("", fmt::format("is a damaged or incomplete JPEG file: {}", tjGetErrorStr2(handle)));
  };
  const auto* const data = reinterpret_cast<const unsigned char*>(bytes.data());
  int width = 0, height = 0, chroma = 0, colours = 0;
  if (tjDecompressHeader3(handle, data, bytes.size(), &width, &height, &chroma, &colours) != 0) return damaged();
  if (const Status size = check_decoded_size(width, height, limits); !size) return size.error();

  const bool grey = colours == TJCS_GRAY, ink = colours == TJCS_CMYK || colours == TJCS_YCCK;
  Image image(width, height, grey ? PixelFormat::mono8fixed : PixelFormat::rgba8fixed);
  if (limits.header_only) return image;
  auto* const pixels = reinterpret_cast<std::uint8_t*>(image.row(0));
  // Stopping at the first warning keeps damaged files from passing as grey areas.
  if (tjDecompress2(handle, data, bytes.size(), pixels, width, int(image.row_bytes()), height,
                    grey  ? TJPF_GRAY
                    : ink ? TJPF_CMYK
                          : TJPF_RGBA,
                    TJFLAG_BOTTOMUP | TJFLAG_ACCURATEDCT | TJFLAG_STOPONWARNING | TJFLAG_LIMITSCANS) != 0)
    return damaged();
  if (ink) ink_to_rgba(pixels, width * height, pixels);
  return image;
}

}  // namespace cookline
