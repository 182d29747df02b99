// Pictures as files: the table of image file types, encoding and decoding. Files hold the top row first, Image the
// bottom row; these functions turn the picture over.
#pragma once
#include <array>
#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <optional>
#include <span>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "data/image.h"

namespace cookline {

// In the order of Movie File Out's Image File Type menu.
enum class ImageFileType : std::uint8_t { tiff, jpeg, bmp, exr, png, dds };
inline constexpr int image_file_type_count = 6;

struct ImageFileTypeInfo {
  std::string_view name, label;                // menu item
  std::array<std::string_view, 2> extensions;  // lower case, without the dot; the first is the one written
};

const ImageFileTypeInfo& info(ImageFileType type);
std::optional<ImageFileType> image_file_type_named(std::string_view name);
// By the extension, in either case.
std::optional<ImageFileType> image_file_type_of(const std::filesystem::path& path);

// Whether encode_image knows the type; the error names the ones it does know.
Status can_write(ImageFileType type);

enum class ChromaSubsampling : std::uint8_t { s444, s422, s420 };

// How much work goes into a PNG: least time, or few bytes.
enum class PngEffort : std::uint8_t { fast, small };

struct EncodeOptions {
  double quality = 0.9;  // Movie File Out's Quality, 0 to 1: JPEG quality is 100 times it, at least 1
  ChromaSubsampling chroma = ChromaSubsampling::s420;  // JPEG
  PngEffort png_effort = PngEffort::fast;
};

// The file of a picture. Stored values are written as they are: no colour conversion, alpha neither multiplied nor
// divided out; float formats are limited to [0, 1].
// PNG: 8 bits for 8-bit formats, 16 for all others; mono is grey, mono+alpha and alpha alone (grey 0) are grey with
// alpha, RG and RGB are RGB, RGBA is RGBA. JPEG: 8 bits, grey or RGB, without alpha; alpha alone is an error.
// Errors: a type that cannot be written, a picture larger than the type allows.
Result<std::vector<std::byte>> encode_image(const Image& image, ImageFileType type, const EncodeOptions& options = {});

// The picture in a file's bytes, its type seen from its first bytes. Grey gives mono or mono+alpha, everything else
// RGBA; fixed, 8 or 16 bits. Damaged and incomplete files are errors, and so are pictures of more than 2^28 pixels
// or 65,536 pixels on a side.
Result<Image> decode_image(std::span<const std::byte> bytes);

// decode_image of a file of at most 2 GiB; errors carry the path.
Result<Image> read_image_file(const std::filesystem::path& path);

}  // namespace cookline
