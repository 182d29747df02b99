// What each image codec gives to the table in image_file.cpp. One source file per codec; used by src/io alone.
#pragma once
#include <cstddef>
#include <cstdint>
#include <span>
#include <string>
#include <utility>
#include <vector>

#include "base/result.h"
#include "data/image.h"
#include "io/file_bytes.h"
#include "io/image_file.h"
#include "io/image_tags.h"

namespace cookline {

using EncodedImage = Result<std::vector<std::byte>>;

EncodedImage encode_tiff(const Image& image, const EncodeOptions& options);
Result<Image> decode_tiff(std::span<const std::byte> bytes, const DecodeLimits& limits);
// Reads only what it needs of the file: its directory is often at the end.
Result<Image> read_tiff(const InputFile& file, const DecodeLimits& limits, ImageTags& tags);

EncodedImage encode_jpeg(const Image& image, const EncodeOptions& options);
Result<Image> decode_jpeg(std::span<const std::byte> bytes, const DecodeLimits& limits);

EncodedImage encode_bmp(const Image& image, const EncodeOptions& options);
Result<Image> decode_bmp(std::span<const std::byte> bytes, const DecodeLimits& limits);

EncodedImage encode_exr(const Image& image, const EncodeOptions& options);
Result<Image> decode_exr(std::span<const std::byte> bytes, const DecodeLimits& limits);
// Its parts and channels, and what its header says in words and numbers; nothing of a damaged file.
using Metadata = std::vector<std::pair<std::string, std::string>>;
Metadata exr_metadata(std::span<const std::byte> bytes);
// The item of inputcolorspace for the picture that is read; empty for data, and where the file says nothing.
std::string exr_colour(std::span<const std::byte> bytes);

EncodedImage encode_png(const Image& image, const EncodeOptions& options);
Result<Image> decode_png(std::span<const std::byte> bytes, const DecodeLimits& limits);

EncodedImage encode_dds(const Image& image, const EncodeOptions& options);
Result<Image> decode_dds(std::span<const std::byte> bytes, const DecodeLimits& limits);

EncodedImage encode_webp(const Image& image, const EncodeOptions& options);
Result<Image> decode_webp(std::span<const std::byte> bytes, const DecodeLimits& limits);

Status check_decoded_size(std::int64_t width_px, std::int64_t height_px, const DecodeLimits& limits);

}  // namespace cookline
