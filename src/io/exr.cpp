// OpenEXR through its library, in memory: one part of scan lines, channels R, G, B and A or Y and A, half or 32-bit
// float. Alpha is associated (premultiplied), as the format defines. The library throws; what it throws ends here.
#include <ImfChannelList.h>
#include <ImfFrameBuffer.h>
#include <ImfHeader.h>
#include <ImfIO.h>
#include <ImfInputPart.h>
#include <ImfMultiPartInputFile.h>
#include <ImfOutputFile.h>
#include <ImfPartType.h>
#include <ImfStandardAttributes.h>
#include <ImfStringAttribute.h>
#include <fmt/format.h>

#include <algorithm>
#include <cstring>
#include <new>
#include <stdexcept>

#include "io/codecs.h"
#include "io/provenance.h"
#include "io/row_converter.h"
#include "kernels/colour_space.h"

namespace cookline {
namespace {

constexpr std::size_t band_bytes = std::size_t(16) << 20, block_lines = 256;  // DWAB's blocks are the largest

class WriteStream : public Imf::OStream {
 public:
  WriteStream() : Imf::OStream("") {}
  void write(const char* from, int count) override {
    bytes.resize(std::max(bytes.size(), at_ + std::size_t(count)));
    std::memcpy(bytes.data() + at_, from, std::size_t(count));
    at_ += std::size_t(count);
  }
  std::uint64_t tellp() override { return at_; }
  void seekp(std::uint64_t at) override { at_ = at; }

  std::vector<std::byte> bytes;

 private:
  std::size_t at_ = 0;
};

class ReadStream : public Imf::IStream {
 public:
  explicit ReadStream(std::span<const std::byte> bytes) : Imf::IStream(""), bytes_(bytes) {}
  bool read(char* to, int count) override {
    if (at_ > bytes_.size() || std::size_t(count) > bytes_.size() - at_) throw std::runtime_error("it ends too early");
    std::memcpy(to, bytes_.data() + at_, std::size_t(count));
    at_ += std::size_t(count);
    return at_ < bytes_.size();
  }
  std::uint64_t tellg() override { return at_; }
  void seekg(std::uint64_t at) override { at_ = at; }

 private:
  std::span<const std::byte> bytes_;
  std::size_t at_ = 0;
};

// The component of a format that EXR can hold: half for what half holds exactly (8- and 10-bit steps stay apart).
bool as_half(PixelFormat format) {
  const Component component = info(format).component;
  return component != Component::u16 && component != Component::f32;
}

PixelFormat stored_format(PixelFormat format) {
  using F = PixelFormat;
  const bool half = as_half(format);
  switch (info(format).layout) {
    case Layout::mono:
      return half ? F::mono16float : F::mono32float;
    case Layout::a:
      return half ? F::a16float : F::a32float;
    case Layout::monoalpha:
      return half ? F::monoalpha16float : F::monoalpha32float;
    case Layout::rg:
      return half ? F::rg16float : F::rg32float;
    case Layout::rgb:
      return half ? F::rgb16float : F::rgb32float;
    case Layout::rgba:
      break;
  }
  return half ? F::rgba16float : F::rgba32float;
}

// Names of the channels in the order in which the format stores them.
std::vector<const char*> channel_names(Layout layout) {
  switch (layout) {
    case Layout::mono:
      return {"Y"};
    case Layout::a:
      return {"A"};
    case Layout::monoalpha:
      return {"Y", "A"};
    case Layout::rg:
      return {"R", "G"};
    case Layout::rgb:
      return {"R", "G", "B"};
    case Layout::rgba:
      break;
  }
  return {"R", "G", "B", "A"};
}

Imf::Compression scheme_of(Compression compression) {
  switch (compression) {
    case Compression::none:
      return Imf::NO_COMPRESSION;
    case Compression::rle:
      return Imf::RLE_COMPRESSION;
    case Compression::zips:
      return Imf::ZIPS_COMPRESSION;
    case Compression::piz:
      return Imf::PIZ_COMPRESSION;
    case Compression::dwaa:
      return Imf::DWAA_COMPRESSION;
    case Compression::dwab:
      return Imf::DWAB_COMPRESSION;
    default:
      return Imf::ZIP_COMPRESSION;
  }
}

bool is_half(PixelFormat format) { return info(format).component == Component::f16; }

// The library's view of pixels whose top row comes first, of a picture with its corner at (left, top).
Imf::FrameBuffer view_of(std::byte* pixels, PixelFormat format, int width, int left, int top) {
  const auto sample = std::size_t(is_half(format) ? 2 : 4), pixel = std::size_t(info(format).bytes);
  const std::ptrdiff_t row = std::ptrdiff_t(pixel) * width;
  char* const origin = reinterpret_cast<char*>(pixels) - std::ptrdiff_t(left) * std::ptrdiff_t(pixel) - top * row;
  const auto names = channel_names(info(format).layout);
  Imf::FrameBuffer view;
  for (std::size_t c = 0; c < names.size(); ++c)
    view.insert(names[c], Imf::Slice(is_half(format) ? Imf::HALF : Imf::FLOAT, origin + c * sample, pixel,
                                     std::size_t(row), 1, 1, names[c] == std::string_view("A") ? 1.0 : 0.0));
  return view;
}

// Passthrough is taken for what pictures are computed in.
Imf::Chromaticities chromaticities_of(const OutputColour& colour) {
  const kernels::ColourSpace* space = kernels::colour_space_named(colour.space);
  if (!space) space = &kernels::colour_spaces().front();
  const auto point = [](const double(&xy)[2]) { return Imath::V2f(float(xy[0]), float(xy[1])); };
  return {point(space->red), point(space->green), point(space->blue), point(space->white)};
}

std::vector<std::byte> written(const Image& image, const EncodeOptions& options) {
  const PixelFormat format = stored_format(image.format());
  const int width = image.width(), height = image.height();
  const std::size_t row_bytes = std::size_t(width) * std::size_t(info(format).bytes);

  Imf::Header header(width, height);
  header.compression() = scheme_of(options.compression);
  Imf::addChromaticities(header, chromaticities_of(options.colour));
  if (!options.provenance.empty())
    header.insert(std::string(provenance_name), Imf::StringAttribute(options.provenance));
  for (const char* name : channel_names(info(format).layout))
    header.channels().insert(name, Imf::Channel(is_half(format) ? Imf::HALF : Imf::FLOAT));
  WriteStream stream;
  if (options.compression == Compression::none)
    stream.bytes.reserve(row_bytes * std::size_t(height) + row_bytes + 4096);
  {
    // Band by band, so that a large picture is not in memory once more in the file's format. The library keeps its
    // blocks of lines whole whatever the bands are.
    Imf::OutputFile file(stream, header, 0);
    const int band =
        int(std::clamp<std::size_t>(band_bytes / row_bytes, block_lines, std::size_t(height) + block_lines));
    std::vector<std::byte> rows(row_bytes * std::size_t(std::min(band, height)));
    RowConverter convert(image.format(), format, width);
    for (int top = 0; top < height; top += band) {
      const int count = std::min(band, height - top);
      for (int y = 0; y < count; ++y)
        convert(image.row(height - 1 - top - y), rows.data() + row_bytes * std::size_t(y));
      file.setFrameBuffer(view_of(rows.data(), format, width, 0, top));
      file.writePixels(count);
    }
  }
  return std::move(stream.bytes);
}

// The format for the channels of a file; which is none for files without any that are known.
std::optional<PixelFormat> format_of(const Imf::ChannelList& channels) {
  using F = PixelFormat;
  const auto has = [&](const char* name) { return channels.findChannel(name) != nullptr; };
  bool half = true;
  for (const char* name : {"R", "G", "B", "A", "Y"})
    if (has(name)) half = half && channels[name].type == Imf::HALF;
  if (has("R") || has("G") || has("B")) return half ? F::rgba16float : F::rgba32float;
  if (has("Y") && has("A")) return half ? F::monoalpha16float : F::monoalpha32float;
  if (has("Y")) return half ? F::mono16float : F::mono32float;
  if (has("A")) return half ? F::a16float : F::a32float;
  return std::nullopt;
}

// Why the pixels of a part cannot be read, or nothing.
std::string unreadable(const Imf::Header& header) {
  if (header.hasType() && Imf::isDeepData(header.type())) return "holds deep pixels";
  std::string names;
  for (auto c = header.channels().begin(); c != header.channels().end(); ++c) {
    names += fmt::format("{}{}", names.empty() ? "" : ", ", c.name());
    if (c.channel().xSampling != 1 || c.channel().ySampling != 1)
      return fmt::format("stores channel {} at a lower resolution", c.name());
  }
  return format_of(header.channels()) ? "" : fmt::format("has no channel R, G, B, A or Y, but {}", names);
}

std::int64_t extent(int low, int high) { return std::int64_t(high) - low + 1; }

// The display window, with what the data window has of it; all else is 0.
Image placed(const std::vector<std::byte>& rows, PixelFormat format, const Imath::Box2i& data,
             const Imath::Box2i& display) {
  Image image(int(extent(display.min.x, display.max.x)), int(extent(display.min.y, display.max.y)), format);
  const auto pixel = std::size_t(info(format).bytes);
  const std::size_t row_bytes = std::size_t(extent(data.min.x, data.max.x)) * pixel;
  const int left = std::max(data.min.x, display.min.x), right = std::min(data.max.x, display.max.x);
  for (int y = 0; y < image.height(); ++y) {
    const std::int64_t line = std::int64_t(display.min.y) + y;
    std::byte* const to = image.row(image.height() - 1 - y);
    const bool within = line >= data.min.y && line <= data.max.y && left <= right;
    if (!within || left > display.min.x || right < display.max.x) std::memset(to, 0, image.row_bytes());
    if (!within) continue;
    const std::byte* const from =
        rows.data() + std::size_t(line - data.min.y) * row_bytes + std::size_t(std::int64_t(left) - data.min.x) * pixel;
    std::memcpy(to + std::size_t(std::int64_t(left) - display.min.x) * pixel, from,
                std::size_t(extent(left, right)) * pixel);
  }
  return image;
}

Result<Image> read(std::span<const std::byte> bytes, const DecodeLimits& limits) {
  ReadStream stream(bytes);
  Imf::MultiPartInputFile file(stream, 0, false);
  const Imf::Header& header = file.header(0);
  const Imath::Box2i data = header.dataWindow(), display = header.displayWindow();
  for (const Imath::Box2i& window : {data, display})
    if (const Status size =
            check_decoded_size(extent(window.min.x, window.max.x), extent(window.min.y, window.max.y), limits);
        !size)
      return size.error();
  if (const std::string why = unreadable(header); !why.empty())
    return project_error("", fmt::format("is an OpenEXR file that is not read: it {}", why));
  if (!file.partComplete(0)) return failure("", "is an incomplete OpenEXR file");
  const PixelFormat format = *format_of(header.channels());
  if (limits.header_only)
    return Image(int(extent(display.min.x, display.max.x)), int(extent(display.min.y, display.max.y)), format);
  const int width = int(extent(data.min.x, data.max.x)), height = int(extent(data.min.y, data.max.y));
  std::vector<std::byte> rows(std::size_t(width) * std::size_t(height) * std::size_t(info(format).bytes));
  Imf::InputPart part(file, 0);
  part.setFrameBuffer(view_of(rows.data(), format, width, data.min.x, data.min.y));
  part.readPixels(data.min.y, data.max.y);
  return placed(rows, format, data, display);
}

}  // namespace

EncodedImage encode_exr(const Image& image, const EncodeOptions& options) try {
  return written(image, options);
} catch (const std::bad_alloc&) {
  throw;
} catch (const std::exception& error) {
  return failure("", fmt::format("OpenEXR encoder: {}", error.what()));
}

Result<Image> decode_exr(std::span<const std::byte> bytes, const DecodeLimits& limits) try {
  return read(bytes, limits);
} catch (const std::bad_alloc&) {
  throw;
} catch (const std::exception& error) {
  return failure("", fmt::format("is a damaged or incomplete OpenEXR file: {}", error.what()));
}

}  // namespace cookline
