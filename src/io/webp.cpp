// WebP through libwebp: 8 bits, RGB or RGBA, lossless at quality 1 and lossy below.
#include <fmt/format.h>
#include <webp/decode.h>
#include <webp/encode.h>

#include <algorithm>
#include <cstring>
#include <memory>
#include <new>

#include "io/codecs.h"
#include "io/colour_tags.h"
#include "io/little_endian.h"
#include "io/provenance.h"
#include "io/row_converter.h"

namespace cookline {
namespace {

// 0 is fastest, 9 densest; of a lossless file, the effort within that level.
constexpr int lossless_level = 2;

bool has_alpha(PixelFormat format) {
  const Layout layout = info(format).layout;
  return layout == Layout::rgba || layout == Layout::a || layout == Layout::monoalpha;
}

int append_bytes(const std::uint8_t* from, std::size_t count, const WebPPicture* picture) try {
  auto& file = *static_cast<std::vector<std::byte>*>(picture->custom_ptr);
  const auto* const bytes = reinterpret_cast<const std::byte*>(from);
  file.insert(file.end(), bytes, bytes + count);
  return 1;
} catch (const std::bad_alloc&) {
  return 0;  // libwebp is C: nothing may be thrown through it
}

// The settings for a quality of 0 to 1; false if the library does not know them.
bool configure(WebPConfig& config, double quality) {
  if (!WebPConfigInit(&config)) return false;
  if (quality >= 1) {
    config.exact = 1;  // colour where alpha is 0 stays
    return WebPConfigLosslessPreset(&config, lossless_level) != 0;
  }
  config.quality = quality > 0 ? float(quality * 100) : 0.0f;
  config.alpha_quality = 100;
  return WebPValidateConfig(&config) != 0;
}

// The rows as the library wants them: RGBA, top row first.
std::vector<std::uint8_t> rows_of(const Image& image) {
  const std::size_t row_bytes = std::size_t(image.width()) * 4;
  std::vector<std::uint8_t> rows(row_bytes * std::size_t(image.height()));
  RowConverter convert(image.format(), PixelFormat::rgba8fixed, image.width());
  for (int y = 0; y < image.height(); ++y)
    convert(image.row(image.height() - 1 - y), reinterpret_cast<std::byte*>(rows.data() + row_bytes * std::size_t(y)));
  return rows;
}

struct FreePicture {
  void operator()(WebPPicture* picture) const { WebPPictureFree(picture); }
};

}  // namespace

EncodedImage encode_webp(const Image& image, const EncodeOptions& options) {
  if (std::max(image.width(), image.height()) > WEBP_MAX_DIMENSION)
    return project_error(
        "", fmt::format("a picture of {} x {} pixels does not fit into a WebP, which has at most {} on a side",
                        image.width(), image.height(), WEBP_MAX_DIMENSION));
  WebPConfig config;
  WebPPicture picture;
  if (!configure(config, options.quality) || !WebPPictureInit(&picture))
    return failure("", "WebP encoder: the library does not fit this program");
  const std::unique_ptr<WebPPicture, FreePicture> owner(&picture);
  std::vector<std::byte> file;
  picture.use_argb = config.lossless;
  picture.width = image.width();
  picture.height = image.height();
  picture.writer = append_bytes;
  picture.custom_ptr = &file;
  const std::vector<std::uint8_t> rows = rows_of(image);
  const auto import = has_alpha(image.format()) ? WebPPictureImportRGBA : WebPPictureImportRGBX;
  if (!import(&picture, rows.data(), image.width() * 4)) throw std::bad_alloc();
  if (WebPEncode(&config, &picture)) {
    if (const auto profile = profile_of(options.colour, false); !profile.empty())
      add_profile_to_webp(file, profile, image.width(), image.height(), has_alpha(image.format()));
    if (!options.provenance.empty())
      add_xmp_to_webp(file, xmp_of(options.provenance), image.width(), image.height(), has_alpha(image.format()));
    return file;
  }
  if (picture.error_code == VP8_ENC_ERROR_OUT_OF_MEMORY) throw std::bad_alloc();
  return failure("", fmt::format("WebP encoder: error {}", int(picture.error_code)));
}

Result<Image> decode_webp(std::span<const std::byte> bytes, const DecodeLimits& limits) {
  const auto damaged = [] { return failure("", "is a damaged or incomplete WebP file"); };
  const auto* const data = reinterpret_cast<const std::uint8_t*>(bytes.data());
  // The size that the file states, which the library takes for a mere hint.
  if (bytes.size() < 12 || little_endian_at(bytes, 4) > bytes.size() - 8) return damaged();
  WebPDecoderConfig config;
  if (!WebPInitDecoderConfig(&config)) return failure("", "WebP decoder: the library does not fit this program");
  if (WebPGetFeatures(data, bytes.size(), &config.input) != VP8_STATUS_OK) return damaged();
  const int width = config.input.width, height = config.input.height;
  if (const Status size = check_decoded_size(width, height, limits); !size) return size.error();
  if (config.input.has_animation)
    return project_error("", "is an animated WebP, which is not read as an image", "store one picture");
  Image image(width, height, PixelFormat::rgba8fixed);
  if (limits.header_only) return image;
  config.options.flip = 1;
  config.output.colorspace = MODE_RGBA;
  config.output.is_external_memory = 1;
  config.output.u.RGBA = {reinterpret_cast<std::uint8_t*>(image.row(0)), int(image.row_bytes()), image.bytes()};
  const VP8StatusCode status = WebPDecode(data, bytes.size(), &config);
  WebPFreeDecBuffer(&config.output);
  if (status == VP8_STATUS_OUT_OF_MEMORY) throw std::bad_alloc();
  if (status != VP8_STATUS_OK) return damaged();
  return image;
}

}  // namespace cookline
