// Any bytes as an image file: reading must end in a picture or an error, and a picture that was read must survive being
// written, as PNG exactly. The check sums of PNG chunks are made right, as guessing them is not what is tested.
#include <libdeflate.h>

#include <algorithm>
#include <span>

#include "fuzz.h"
#include "io/codecs.h"
#include "io/image_file.h"

namespace {
using namespace cookline;
using fuzz::check;
using Bytes = std::vector<std::uint8_t>;

constexpr std::size_t png_start = 8;  // of the first chunk: length, name, data, check sum

std::uint32_t number_at(const Bytes& bytes, std::size_t at) {
  return std::uint32_t(bytes[at]) << 24 | std::uint32_t(bytes[at + 1]) << 16 | std::uint32_t(bytes[at + 2]) << 8 |
         bytes[at + 3];
}

bool is_png(const Bytes& bytes) { return bytes.size() > 33 && bytes[0] == 0x89 && bytes[1] == 'P'; }

void repair_check_sums(Bytes& bytes) {
  for (std::size_t at = png_start; at + 12 <= bytes.size();) {
    const std::size_t length = number_at(bytes, at);
    if (length > bytes.size() - at - 12) return;
    const std::uint32_t sum = libdeflate_crc32(0, bytes.data() + at + 4, length + 4);
    for (std::size_t i = 0; i < 4; ++i) bytes[at + 8 + length + i] = std::uint8_t(sum >> (24 - 8 * i));
    at += length + 12;
  }
}

// Large pictures are legal, but would make a fuzzer slow.
constexpr DecodeLimits limits = {.pixels = 1 << 20};

// Whether a PNG holds every pixel of the format.
bool fits_png(PixelFormat format) {
  const Component component = info(format).component;
  const Layout layout = info(format).layout;
  return !info(format).srgb && (component == Component::u8 || component == Component::u16) &&
         (layout == Layout::rgba || layout == Layout::mono || layout == Layout::monoalpha);
}

void check_image(const Bytes& bytes) {
  (void)exr_metadata(std::as_bytes(std::span(bytes)));
  const Result<Image> image = decode_image(std::as_bytes(std::span(bytes)), limits);
  if (!image) return check(!image.error().what.empty(), "an error says what is wrong");
  const bool exact = fits_png(image->format());
  const auto file = encode_image(*image, exact ? ImageFileType::png : ImageFileType::exr);
  check(bool(file), "a picture that was read can be written");
  const Result<Image> again = decode_image(*file);
  check(bool(again), "what is written can be read");
  check(again->width() == image->width() && again->height() == image->height(), "a picture keeps its size");
  if (!exact) return;
  check(again->format() == image->format(), "a picture keeps its format");
  check(std::ranges::equal(again->pixels(), image->pixels()), "a picture keeps its pixels");
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  Bytes bytes(data, data + size);
  if (is_png(bytes)) repair_check_sums(bytes);
  check_image(bytes);
  return 0;
}
