// What each image codec gives to the table in image_file.cpp. One source file per codec; used by src/io alone.
#pragma once
#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

#include "base/result.h"
#include "data/image.h"
#include "io/image_file.h"

namespace cookline {

using EncodedImage = Result<std::vector<std::byte>>;

EncodedImage encode_tiff(const Image& image, const EncodeOptions& options);
Result<Image> decode_tiff(std::span<const std::byte> bytes, const DecodeLimits& limits);

EncodedImage encode_jpeg(const Image& image, const EncodeOptions& options);
Result<Image> decode_jpeg(std::span<const std::byte> bytes, const DecodeLimits& limits);

EncodedImage encode_bmp(const Image& image, const EncodeOptions& options);
Result<Image> decode_bmp(std::span<const std::byte> bytes, const DecodeLimits& limits);

EncodedImage encode_exr(const Image& image, const EncodeOptions& options);
Result<Image> decode_exr(std::span<const std::byte> bytes, const DecodeLimits& limits);

EncodedImage encode_png(const Image& image, const EncodeOptions& options);
Result<Image> decode_png(std::span<const std::byte> bytes, const DecodeLimits& limits);

EncodedImage encode_dds(const Image& image, const EncodeOptions& options);
Result<Image> decode_dds(std::span<const std::byte> bytes, const DecodeLimits& limits);

EncodedImage encode_webp(const Image& image, const EncodeOptions& options);
Result<Image> decode_webp(std::span<const std::byte> bytes, const DecodeLimits& limits);

Status check_decoded_size(std::int64_t width_px, std::int64_t height_px, const DecodeLimits& limits);

}  // namespace cookline
