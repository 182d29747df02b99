// OpenEXR files through their library, in memory. Of several parts the first is read, of several layers the first that
// is a colour. The library throws; what it throws ends here.
#include <ImfChannelList.h>
#include <ImfFrameBuffer.h>
#include <ImfHeader.h>
#include <ImfIO.h>
#include <ImfInputPart.h>
#include <ImfMultiPartInputFile.h>
#include <ImfPartType.h>
#include <ImfStandardAttributes.h>
#include <ImfStringAttribute.h>
#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <cstring>
#include <new>
#include <stdexcept>

#include "io/codecs.h"
#include "io/exr_attributes.h"
#include "io/exr_channels.h"
#include "io/provenance.h"
#include "kernels/colour_space.h"

namespace cookline {
namespace {

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

// The channels that are read, by the components of the pixels they become; of RGBA some may not be there.
struct Picture {
  PixelFormat format = PixelFormat::rgba32float;
  std::vector<std::string> names;
};

// The library's view of pixels whose top row comes first, of a picture with its corner at (left, top).
Imf::FrameBuffer view_of(std::byte* pixels, const Picture& picture, int width, int left, int top) {
  const bool half = is_half(picture.format);
  const auto sample = std::size_t(half ? 2 : 4), pixel = std::size_t(info(picture.format).bytes);
  const std::ptrdiff_t row = std::ptrdiff_t(pixel) * width;
  char* const origin = reinterpret_cast<char*>(pixels) - std::ptrdiff_t(left) * std::ptrdiff_t(pixel) - top * row;
  Imf::FrameBuffer view;
  for (std::size_t c = 0; c < picture.names.size(); ++c)
    view.insert(picture.names[c], Imf::Slice(half ? Imf::HALF : Imf::FLOAT, origin + c * sample, pixel,
                                             std::size_t(row), 1, 1, exr_component(picture.names[c]) == "A"));
  return view;
}

// Half if all channels of that name which are there are.
Picture picture_of(const Imf::ChannelList& channels, PixelFormat half, PixelFormat single,
                   std::vector<std::string> names) {
  bool halves = true;
  for (const std::string& name : names)
    if (const Imf::Channel* channel = channels.findChannel(name)) halves = halves && channel->type == Imf::HALF;
  return {halves ? half : single, std::move(names)};
}

// The colour of a layer, if it has one; alpha alone counts outside of layers.
std::optional<Picture> colour_of(const Imf::ChannelList& channels, std::string_view layer) {
  using F = PixelFormat;
  const std::string before = layer.empty() ? "" : std::string(layer) + ".";
  const auto has = [&](const char* name) { return channels.findChannel(before + name) != nullptr; };
  const auto picture = [&](F half, F single, std::initializer_list<const char*> components) {
    std::vector<std::string> names;
    for (const char* component : components) names.push_back(before + component);
    return picture_of(channels, half, single, std::move(names));
  };
  if (has("R") || has("G") || has("B")) return picture(F::rgba16float, F::rgba32float, {"R", "G", "B", "A"});
  if (has("X") || has("Z")) return std::nullopt;  // Y is a coordinate
  if (has("Y") && has("A")) return picture(F::monoalpha16float, F::monoalpha32float, {"Y", "A"});
  if (has("Y")) return picture(F::mono16float, F::mono32float, {"Y"});
  if (has("A") && layer.empty()) return picture(F::a16float, F::a32float, {"A"});
  return std::nullopt;
}

// What of a part is read: the colour outside of layers or of the first layer that has one; else the channels of the
// first layer, four at most. Names are in the order of the alphabet, as they are in the file.
Picture first_picture(const Imf::ChannelList& channels) {
  using F = PixelFormat;
  std::vector<std::string> names;
  for (auto c = channels.begin(); c != channels.end(); ++c) names.emplace_back(c.name());
  if (auto colour = colour_of(channels, "")) return *colour;
  for (const std::string& name : names)
    if (auto colour = colour_of(channels, exr_layer(name))) return *colour;
  constexpr std::pair<F, F> formats[] = {{F::mono16float, F::mono32float},
                                         {F::rg16float, F::rg32float},
                                         {F::rgb16float, F::rgb32float},
                                         {F::rgba16float, F::rgba32float}};
  const std::string layer(exr_layer(names.front()));
  std::erase_if(names, [&](const std::string& name) { return exr_layer(name) != layer; });
  names.resize(std::min(names.size(), std::size(formats)));
  const auto [half, single] = formats[names.size() - 1];
  return picture_of(channels, half, single, std::move(names));
}

bool has_colour(const Imf::ChannelList& channels) {
  if (channels.begin() == channels.end()) return false;
  const std::string first = first_picture(channels).names.front();
  return exr_component(first) == "R" || exr_component(first) == "Y";
}

// Why the pixels of a part cannot be read, or nothing.
std::string unreadable(const Imf::Header& header) {
  if (header.hasType() && Imf::isDeepData(header.type())) return "holds deep pixels";
  if (header.channels().begin() == header.channels().end()) return "has no channels";
  for (const std::string& name : first_picture(header.channels()).names)
    if (const Imf::Channel* channel = header.channels().findChannel(name))
      if (channel->xSampling != 1 || channel->ySampling != 1)
        return fmt::format("stores channel {} at a lower resolution", name);
  return "";
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
  const Picture picture = first_picture(header.channels());
  const PixelFormat format = picture.format;
  if (limits.header_only)
    return Image(int(extent(display.min.x, display.max.x)), int(extent(display.min.y, display.max.y)), format);
  const int width = int(extent(data.min.x, data.max.x)), height = int(extent(data.min.y, data.max.y));
  std::vector<std::byte> rows(std::size_t(width) * std::size_t(height) * std::size_t(info(format).bytes));
  Imf::InputPart part(file, 0);
  part.setFrameBuffer(view_of(rows.data(), picture, width, data.min.x, data.min.y));
  part.readPixels(data.min.y, data.max.y);
  return placed(rows, format, data, display);
}

std::string names_of(const Imf::ChannelList& channels) {
  std::string names;
  for (auto c = channels.begin(); c != channels.end(); ++c)
    names += fmt::format("{}{}", names.empty() ? "" : " ", c.name());
  return names;
}

Metadata metadata(std::span<const std::byte> bytes) {
  ReadStream stream(bytes);
  const Imf::MultiPartInputFile file(stream, 0, false);
  Metadata found;
  std::string parts;
  for (int i = 0; i < file.parts(); ++i) {
    const Imf::Header& header = file.header(i);
    const std::string name = header.hasName() ? header.name() : "";
    found.emplace_back(name.empty() ? "channels" : "channels of " + name, names_of(header.channels()));
    parts += fmt::format("{}{}", i ? " " : "", name);
  }
  if (!parts.empty()) found.emplace(found.begin(), "parts", parts);
  const Imf::Header& first = file.header(0);
  for (auto a = first.begin(); a != first.end(); ++a)
    if (auto text = exr_attribute_text(a.attribute()); text && !is_own_exr_attribute(a.name()))
      found.emplace_back(a.name(), std::move(*text));
  return found;
}

bool near(const Imath::V2f& a, const double (&b)[2]) {
  return std::abs(a.x - b[0]) < 0.002 && std::abs(a.y - b[1]) < 0.002;
}

// By our own attribute; else light of the primaries that it states, where they are not those of sRGB.
std::string colour(std::span<const std::byte> bytes) {
  ReadStream stream(bytes);
  const Imf::MultiPartInputFile file(stream, 0, false);
  const Imf::Header& header = file.header(0);
  if (header.find(exr_points_attribute) != header.end() || !has_colour(header.channels())) return {};
  if (const auto* named = header.findTypedAttribute<Imf::StringAttribute>(exr_space_attribute))
    return kernels::colour_space_named(named->value()) ? named->value() : "";
  if (!Imf::hasChromaticities(header)) return {};
  const Imf::Chromaticities c = Imf::chromaticities(header);
  for (const char* name : {"aces2065-1", "acescg", "displayp3d65linear"}) {
    const kernels::ColourSpace& space = *kernels::colour_space_named(name);
    if (near(c.red, space.red) && near(c.green, space.green) && near(c.blue, space.blue) && near(c.white, space.white))
      return name;
  }
  return {};
}

}  // namespace

Result<Image> decode_exr(std::span<const std::byte> bytes, const DecodeLimits& limits) try {
  return read(bytes, limits);
} catch (const std::bad_alloc&) {
  throw;
} catch (const std::exception& error) {
  return failure("", fmt::format("is a damaged or incomplete OpenEXR file: {}", error.what()));
}

Metadata exr_metadata(std::span<const std::byte> bytes) try { return metadata(bytes); } catch (const std::bad_alloc&) {
  throw;
} catch (const std::exception&) {
  return {};  // what is wrong is told when the picture is read
}

std::string exr_colour(std::span<const std::byte> bytes) try { return colour(bytes); } catch (const std::bad_alloc&) {
  throw;
} catch (const std::exception&) {
  return {};
}

}  // namespace cookline
