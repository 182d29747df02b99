// OpenEXR files through their library, in memory: scan lines of half or 32-bit float, the channels of any number of
// pictures in one part, or each picture in a part of its own. Alpha is associated (premultiplied), as the format
// defines. The library throws; what it throws ends here.
#include <ImfChannelList.h>
#include <ImfFrameBuffer.h>
#include <ImfHeader.h>
#include <ImfIO.h>
#include <ImfIntAttribute.h>
#include <ImfMultiPartOutputFile.h>
#include <ImfOutputFile.h>
#include <ImfOutputPart.h>
#include <ImfPartType.h>
#include <ImfStandardAttributes.h>
#include <ImfStringAttribute.h>
#include <fmt/format.h>

#include <algorithm>
#include <cstring>
#include <new>

#include "io/codecs.h"
#include "io/exr_attributes.h"
#include "io/exr_channels.h"
#include "io/provenance.h"
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

// Passthrough is taken for what pictures are computed in.
Imf::Chromaticities chromaticities_of(const OutputColour& colour) {
  const kernels::ColourSpace* space = kernels::colour_space_named(colour.space);
  if (!space) space = &kernels::colour_spaces().front();
  const auto point = [](const double(&xy)[2]) { return Imath::V2f(float(xy[0]), float(xy[1])); };
  return {point(space->red), point(space->green), point(space->blue), point(space->white)};
}

// Whether the channels are a colour: red, green and blue under these names, or grey.
bool is_colour(const std::vector<ExrChannel>& channels) {
  const auto has = [&](std::string_view name) {
    return std::any_of(channels.begin(), channels.end(), [&](const auto& c) { return exr_component(c.name) == name; });
  };
  return (has("R") && has("G") && has("B")) || (has("Y") && channels.size() <= 2);
}

// A picture on its way into the file, band by band, so that a large one is not in memory once more in its format.
class Source {
 public:
  Source(const Image& image, const ExrNames& names, const EncodeOptions& options)
      : image_(image),
        format_(as_float(image.format())),
        channels_(exr_channels(image.format(), names)),
        convert_(image.format(), format_, image.width(),
                 !options.exr.points && is_colour(channels_) ? options.colour : OutputColour{}) {}

  int width() const { return image_.width(); }
  int height() const { return image_.height(); }
  std::size_t row_bytes() const { return std::size_t(width()) * std::size_t(info(format_).bytes); }
  Imf::PixelType type() const { return is_half(format_) ? Imf::HALF : Imf::FLOAT; }
  void list(Imf::ChannelList& list) const {
    for (const ExrChannel& c : channels_) list.insert(c.name, Imf::Channel(type()));
  }
  // Lines from `top` on, for the library, which counts lines of the whole picture.
  void load(int top, int count, Imf::FrameBuffer& view) {
    rows_.resize(std::max(rows_.size(), row_bytes() * std::size_t(count)));
    for (int y = 0; y < count; ++y)
      convert_(image_.row(height() - 1 - top - y), rows_.data() + row_bytes() * std::size_t(y));
    const auto pixel = std::size_t(info(format_).bytes), sample = std::size_t(is_half(format_) ? 2 : 4);
    char* const origin = reinterpret_cast<char*>(rows_.data()) - top * std::ptrdiff_t(row_bytes());
    for (const ExrChannel& c : channels_)
      view.insert(c.name, Imf::Slice(type(), origin + std::size_t(c.component) * sample, pixel, row_bytes()));
  }

 private:
  const Image& image_;
  PixelFormat format_;
  std::vector<ExrChannel> channels_;
  OutputRows convert_;
  std::vector<std::byte> rows_;
};

// The library keeps its blocks of lines whole whatever the bands are.
template <class Part>
void write_part(Part& part, std::span<Source> sources) {
  const int height = sources.front().height();
  std::size_t row_bytes = 0;
  for (const Source& source : sources) row_bytes += source.row_bytes();
  const int band = int(std::clamp<std::size_t>(band_bytes / row_bytes, block_lines, std::size_t(height) + block_lines));
  for (int top = 0; top < height; top += band) {
    const int count = std::min(band, height - top);
    Imf::FrameBuffer view;
    for (Source& source : sources) source.load(top, count, view);
    part.setFrameBuffer(view);
    part.writePixels(count);
  }
}

Imf::Header header_of(const Image& first, std::span<const Source> sources, const EncodeOptions& options) {
  Imf::Header header(first.width(), first.height());
  // All parts of a file share the display window; one of another size has a data window of its own.
  header.dataWindow() = {{0, 0}, {sources.front().width() - 1, sources.front().height() - 1}};
  header.compression() = scheme_of(options.compression);
  Imf::addChromaticities(header, chromaticities_of(options.colour));
  if (options.colour.converts()) header.insert(exr_space_attribute, Imf::StringAttribute(options.colour.space));
  if (options.exr.points) header.insert(exr_points_attribute, Imf::IntAttribute(1));
  for (const ExrAttribute& attribute : options.exr.attributes) add_exr_attribute(header, attribute);
  for (const Source& source : sources) source.list(header.channels());
  return header;
}

void add_provenance(Imf::Header& header, const EncodeOptions& options) {
  if (!options.provenance.empty())
    header.insert(std::string(provenance_name), Imf::StringAttribute(options.provenance));
}

void write_parts(WriteStream& stream, const Image& image, std::vector<Source>& sources, const EncodeOptions& options) {
  const std::vector<std::string> names = exr_part_names(options.exr, image.format());
  std::vector<Imf::Header> headers;
  for (std::size_t i = 0; i < sources.size(); ++i) {
    headers.push_back(header_of(image, {&sources[i], 1}, options));
    headers.back().setName(names[i]);
    headers.back().setType(Imf::SCANLINEIMAGE);
  }
  add_provenance(headers.front(), options);
  Imf::MultiPartOutputFile file(stream, headers.data(), int(headers.size()), false, 0);
  for (std::size_t i = 0; i < sources.size(); ++i) {
    Imf::OutputPart part(file, int(i));
    write_part(part, {&sources[i], 1});
  }
}

std::vector<std::byte> written(const Image& image, const EncodeOptions& options) {
  std::vector<Source> sources;
  sources.emplace_back(image, options.exr.names, options);
  for (const ExrLayer& layer : options.exr.layers) sources.emplace_back(*layer.image, layer.names, options);
  WriteStream stream;
  if (options.compression == Compression::none) {
    std::size_t bytes = 4096;
    for (const Source& source : sources) bytes += source.row_bytes() * std::size_t(source.height() + 1);
    stream.bytes.reserve(bytes);
  }
  if (options.exr.parts) {
    write_parts(stream, image, sources, options);
  } else {
    Imf::Header header = header_of(image, sources, options);
    add_provenance(header, options);
    Imf::OutputFile file(stream, header, 0);
    write_part(file, sources);
  }
  return std::move(stream.bytes);
}

}  // namespace

EncodedImage encode_exr(const Image& image, const EncodeOptions& options) try {
  if (const Status fits = check_exr(options.exr, image.width(), image.height(), image.format()); !fits)
    return fits.error();
  for (const ExrAttribute& attribute : options.exr.attributes)
    if (const Status known = check_exr_attribute(attribute); !known) return known.error();
  return written(image, options);
} catch (const std::bad_alloc&) {
  throw;
} catch (const std::exception& error) {
  return failure("", fmt::format("OpenEXR encoder: {}", error.what()));
}

}  // namespace cookline
