// Pictures as files: the table of image file types, encoding and decoding. Files hold the top row first, Image the
// bottom row; these functions turn the picture over.
#pragma once
#include <array>
#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "data/image.h"
#include "io/exr_options.h"
#include "io/output_colour.h"

namespace cookline {

struct FileDigest;

// In the order of Movie File Out's Image File Type menu; webp is not in it.
enum class ImageFileType : std::uint8_t { tiff, jpeg, bmp, exr, png, dds, webp };
inline constexpr int image_file_type_count = 7;

struct ImageFileTypeInfo {
  std::string_view name, label;                // menu item
  std::array<std::string_view, 2> extensions;  // lower case, without the dot; the first is the one written
};

const ImageFileTypeInfo& info(ImageFileType type);
std::optional<ImageFileType> image_file_type_named(std::string_view name);
// By the extension, in either case.
std::optional<ImageFileType> image_file_type_of(const std::filesystem::path& path);

enum class ChromaSubsampling : std::uint8_t { s444, s422, s420 };
inline constexpr std::array<std::string_view, 3> chroma_names = {"444", "422", "420"};

// How much work goes into a PNG: about as much time as a JPEG takes, or several tries for few bytes (half a second a
// megapixel where that pays).
enum class PngEffort : std::uint8_t { fast, small };

// How TIFF (none, lzw, zip) and OpenEXR (all but lzw) compress; dwaa and dwab lose a little, the others nothing.
// `standard` is the type's own: none for TIFF, zip for OpenEXR.
enum class Compression : std::uint8_t { standard, none, rle, lzw, zips, zip, piz, dwaa, dwab };
inline constexpr std::array<std::string_view, 9> compression_names = {"standard", "none", "rle",  "lzw", "zips",
                                                                      "zip",      "piz",  "dwaa", "dwab"};
std::optional<Compression> compression_named(std::string_view name);
// Whether files of the type can be compressed so; the error names what they can.
Status can_compress(ImageFileType type, Compression compression);

struct EncodeOptions {
  // Movie File Out's Quality, 0 to 1: JPEG and WebP quality are 100 times it; WebP at 1 is lossless.
  double quality = 0.9;
  ChromaSubsampling chroma = ChromaSubsampling::s420;  // JPEG
  PngEffort png_effort = PngEffort::fast;
  Compression compression = Compression::standard;
  // ASCII text kept beside the pixels (io/provenance.h), where the type can; empty: none.
  std::string provenance;
  OutputColour colour;    // pictures are brought into this space, and the file says so where its type can
  bool mip_maps = false;  // DDS: all smaller levels follow, each the mean of 2 x 2 pixels of the one before
  ExrOptions exr;         // OpenEXR: names of channels, further pictures, attributes
};

// The file of a picture. Stored values are written as they are but for options.colour; alpha is neither multiplied nor
// divided out. What each type keeps is told in docs/formats.md; where it has fewer bits, values are limited to [0, 1]
// and rounded to nearest. The same picture and options give the same bytes, whenever and wherever.
// Errors: a picture larger than the type allows, a compression it does not have, alpha alone in a JPEG.
Result<std::vector<std::byte>> encode_image(const Image& image, ImageFileType type, const EncodeOptions& options = {});

// Larger pictures are refused before memory is asked for on the word of a damaged header.
struct DecodeLimits {
  std::int64_t side_px = 65536, pixels = std::int64_t(1) << 28;
  bool header_only = false;  // the size and format are wanted: pixels may stay undefined and damaged
};

// The picture in a file's bytes, its type seen from its first bytes. Grey gives mono or mono+alpha, everything else
// RGBA, in the file's depth; a DDS gives the pixel format it states. Pictures that EXIF
// or a TIFF says were stored on a side or mirrored come the right way up. Damaged and incomplete files are errors.
Result<Image> decode_image(std::span<const std::byte> bytes, const DecodeLimits& limits = {});

inline constexpr std::size_t max_image_file_bytes = std::size_t(1) << 31;
// decode_image of a file of at most so many bytes; errors carry the path.
Result<Image> read_image_file(const std::filesystem::path& path);
// The same, with the space that the file says its colours are in (ImageHeader::colour), and if `digest` is not null,
// what tells the file that was decoded from others.
struct ColourImage {
  Image image;
  std::string colour;
};
Result<ColourImage> read_colour_image(const std::filesystem::path& path, FileDigest* digest);

// What is known of a picture without its pixels.
struct ImageHeader {
  int width_px = 1, height_px = 1;  // the right way up
  PixelFormat format = PixelFormat::rgba8fixed;
  std::string colour;  // io/image_tags.h
};
// Errors: those of read_image_file() as far as they show in the header.
Result<ImageHeader> read_image_header(const std::filesystem::path& path);

}  // namespace cookline
