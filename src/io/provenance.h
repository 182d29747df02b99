// A short text inside image files that tells how to render them again, and where each type of file keeps it.
#pragma once
#include <cstddef>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "io/image_file.h"

namespace cookline {

// Most bytes of a text that every type of file can hold: what fits into one segment of a JPEG, escaped for XML.
inline constexpr std::size_t max_provenance_bytes = 10000;
// The name of the text: keyword of a PNG's iTXt chunk, attribute of an OpenEXR, XML element in an XMP packet.
inline constexpr std::string_view provenance_name = "cookline";

// Whether files of the type can hold it; BMP and DDS cannot.
bool keeps_provenance(ImageFileType type);

// An XMP packet with the text as its one property. The text is UTF-8 without control characters but line ends and tabs.
std::string xmp_of(std::string_view text);

// Puts an XMP packet into the bytes of a whole JPEG (an APP1 segment) or WebP (a chunk). The picture stays as it is.
void add_xmp_to_jpeg(std::vector<std::byte>& file, std::string_view xmp);
void add_xmp_to_webp(std::vector<std::byte>& file, std::string_view xmp, int width_px, int height_px, bool alpha);

// The text in an image's bytes. Errors: there is none, it is damaged, or the type keeps none.
Result<std::string> provenance_of(std::span<const std::byte> bytes);

}  // namespace cookline
