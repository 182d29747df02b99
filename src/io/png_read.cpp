// PNG reading through libspng: every colour type, depth and interlacing.
#include <fmt/format.h>
#include <spng.h>

#include <memory>
#include <new>
#include <string_view>

#include "io/codecs.h"

namespace cookline {
namespace {

constexpr std::size_t max_chunk_bytes = std::size_t(1) << 26, max_kept_bytes = std::size_t(1) << 27;

struct Free {
  void operator()(spng_ctx* context) const { spng_ctx_free(context); }
};
using Context = std::unique_ptr<spng_ctx, Free>;

// What a PNG becomes, and the name libspng has for that.
struct Target {
  PixelFormat format;
  int spng_format;
};

Target target_of(const spng_ihdr& header, bool transparent_colour) {
  using F = PixelFormat;
  const bool deep = header.bit_depth == 16;
  if (header.color_type == SPNG_COLOR_TYPE_GRAYSCALE_ALPHA)
    return {deep ? F::monoalpha16fixed : F::monoalpha8fixed, SPNG_FMT_PNG};
  if (header.color_type == SPNG_COLOR_TYPE_GRAYSCALE && !transparent_colour)
    return deep ? Target{F::mono16fixed, SPNG_FMT_PNG} : Target{F::mono8fixed, SPNG_FMT_G8};
  return deep ? Target{F::rgba16fixed, SPNG_FMT_RGBA16} : Target{F::rgba8fixed, SPNG_FMT_RGBA8};
}

// Rows come in the file's order (with interlacing: several times), each to its place from the bottom. 0 or an error.
int decode_rows(spng_ctx* context, Image& image) {
  for (;;) {
    spng_row_info row{};
    if (const int error = spng_get_row_info(context, &row)) return error == SPNG_EOI ? 0 : error;
    const int y = image.height() - 1 - int(row.row_num);
    const int error = spng_decode_row(context, image.row(y), image.row_bytes());
    if (error == SPNG_EOI) return 0;
    if (error) return error;
  }
}

// libspng takes the picture for complete without its last bytes.
bool has_end(std::span<const std::byte> bytes) {
  using namespace std::string_view_literals;
  const std::string_view text(reinterpret_cast<const char*>(bytes.data()), bytes.size());
  return text.rfind("\0\0\0\0IEND\xae\x42\x60\x82"sv) != std::string_view::npos;
}

}  // namespace

Result<Image> decode_png(std::span<const std::byte> bytes, const DecodeLimits& limits) {
  const Context context(spng_ctx_new(0));
  if (!context) throw std::bad_alloc();
  const auto damaged = [](int error) {
    if (error == SPNG_EMEM) throw std::bad_alloc();
    return failure("", fmt::format("is a damaged or incomplete PNG file: {}", spng_strerror(error)));
  };
  if (!has_end(bytes)) return failure("", "is an incomplete PNG file: it has no end");
  if (const int error = spng_set_png_buffer(context.get(), bytes.data(), bytes.size())) return damaged(error);
  if (const int error = spng_set_chunk_limits(context.get(), max_chunk_bytes, max_kept_bytes)) return damaged(error);
  spng_ihdr header{};
  if (const int error = spng_get_ihdr(context.get(), &header)) return damaged(error);
  if (const Status size = check_decoded_size(header.width, header.height, limits); !size) return size.error();

  spng_trns transparent{};
  const int no_colour = spng_get_trns(context.get(), &transparent);
  if (no_colour != 0 && no_colour != SPNG_ECHUNKAVAIL) return damaged(no_colour);
  const Target target = target_of(header, no_colour == 0);
  Image image(int(header.width), int(header.height), target.format);
  if (limits.header_only) return image;
  const int flags = SPNG_DECODE_PROGRESSIVE | SPNG_DECODE_TRNS;
  if (const int error = spng_decode_image(context.get(), nullptr, 0, target.spng_format, flags)) return damaged(error);
  if (const int error = decode_rows(context.get(), image)) return damaged(error);
  // What follows the pixels must be whole as well.
  if (const int error = spng_decode_chunks(context.get())) return damaged(error);
  return image;
}

}  // namespace cookline
