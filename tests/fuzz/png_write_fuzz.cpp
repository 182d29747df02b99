// Any bytes as pixels of any shape: every PNG that is written must read back exactly, in both efforts. The first bytes
// choose format, width, effort and how often pixels repeat; the picture is as high as the rest reaches.
#include <algorithm>
#include <cstring>

#include "fuzz.h"
#include "io/image_file.h"

namespace {
using namespace cookline;
using fuzz::check;

constexpr std::size_t shape_bytes = 5;
constexpr PixelFormat formats[] = {PixelFormat::mono8fixed,  PixelFormat::monoalpha8fixed,  PixelFormat::rgba8fixed,
                                   PixelFormat::mono16fixed, PixelFormat::monoalpha16fixed, PixelFormat::rgba16fixed};

Image picture(const std::uint8_t* data, std::size_t size) {
  const PixelFormat format = formats[data[0] % std::size(formats)];
  const int width = 1 + data[1] + 256 * (data[2] % 4);
  // Each byte is used several times, which makes runs and pictures of several bands.
  const std::size_t repeat = 1 + data[4], given = size - shape_bytes;
  const std::size_t row_bytes = std::size_t(width) * std::size_t(info(format).bytes);
  const std::size_t height = std::clamp<std::size_t>(given * repeat / row_bytes, 1, 2000);
  Image image(width, int(height), format);
  for (std::size_t i = 0; i < image.bytes(); ++i)
    image.row(0)[i] = given ? std::byte(data[shape_bytes + i / repeat % given]) : std::byte(0);
  return image;
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  if (size < shape_bytes) return 0;
  const Image image = picture(data, size);
  const PngEffort effort = data[3] % 8 == 0 ? PngEffort::small : PngEffort::fast;
  const auto file = encode_image(image, ImageFileType::png, {.png_effort = effort});
  check(bool(file), "every picture can be written");
  const Result<Image> read = decode_image(*file);
  check(bool(read), "what is written can be read", read ? "" : to_string(read.error()));
  check(read->width() == image.width() && read->height() == image.height() && read->format() == image.format(),
        "a picture keeps its size and format");
  check(std::ranges::equal(read->pixels(), image.pixels()), "a picture keeps its pixels");
  const std::size_t rows = image.bytes() + std::size_t(image.height());
  check(file->size() <= rows + rows / 1000 + 200, "a file is hardly larger than its rows");
  return 0;
}
