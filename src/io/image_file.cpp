// The one table of image file types: a new codec is one source file, its functions in codecs.h and its row here.
#include "io/image_file.h"

#include <fmt/format.h>

#include <algorithm>
#include <new>

#include "base/text.h"
#include "io/codecs.h"
#include "io/file_bytes.h"
#include "io/image_orientation.h"
#include "io/image_tags.h"
#include "io/provenance.h"

namespace cookline {
namespace {
using namespace std::string_view_literals;

struct ImageFileRow {
  ImageFileTypeInfo info;
  std::array<std::string_view, 2> first_bytes;  // of a file of this type; the second may be empty
  EncodedImage (*encode)(const Image&, const EncodeOptions&);
  Result<Image> (*decode)(std::span<const std::byte>, const DecodeLimits&);
  bool header_first = false;  // what image_tags() looks for stands before the pixels, in a few bytes
  // Where the whole file need not be in memory.
  Result<Image> (*read)(const InputFile&, const DecodeLimits&, ImageTags&) = nullptr;
};

constexpr std::array<ImageFileRow, image_file_type_count> rows = {{
    {{"tiff", "TIFF", {"tif", "tiff"}}, {"II*\0"sv, "MM\0*"sv}, encode_tiff, decode_tiff, false, read_tiff},
    {{"jpeg", "JPEG", {"jpg", "jpeg"}}, {"\xff\xd8\xff"sv}, encode_jpeg, decode_jpeg, true},
    {{"bmp", "BMP", {"bmp"}}, {"BM"sv}, encode_bmp, decode_bmp, true},
    {{"exr", "OpenEXR", {"exr"}}, {"\x76\x2f\x31\x01"sv}, encode_exr, decode_exr, true},
    {{"png", "PNG", {"png"}}, {"\x89PNG\r\n\x1a\n"sv}, encode_png, decode_png},
    {{"dds", "DDS", {"dds"}}, {"DDS "sv}, encode_dds, decode_dds, true},
    {{"webp", "WebP", {"webp"}}, {"RIFF"sv}, encode_webp, decode_webp},
}};

constexpr std::size_t recognised_bytes = 16;  // at least as many as a row's first_bytes

const ImageFileRow& row_of(ImageFileType type) { return rows[std::size_t(type)]; }

const ImageFileRow* recognise(std::span<const std::byte> bytes) {
  const std::string_view text(reinterpret_cast<const char*>(bytes.data()), bytes.size());
  const auto starts = [&](std::string_view first) { return !first.empty() && text.starts_with(first); };
  const auto row =
      std::ranges::find_if(rows, [&](const ImageFileRow& r) { return std::ranges::any_of(r.first_bytes, starts); });
  return row == rows.end() ? nullptr : &*row;
}

// "tiff, jpeg, …": all types.
std::string type_names() {
  std::string names;
  for (const ImageFileRow& row : rows) names += (names.empty() ? "" : ", ") + std::string(row.info.name);
  return names;
}

}  // namespace

const ImageFileTypeInfo& info(ImageFileType type) { return row_of(type).info; }

std::optional<ImageFileType> image_file_type_named(std::string_view name) {
  for (std::size_t i = 0; i < rows.size(); ++i)
    if (rows[i].info.name == name) return ImageFileType(i);
  return std::nullopt;
}

std::optional<ImageFileType> image_file_type_of(const std::filesystem::path& path) {
  const std::string extension = to_lower(path.extension().string());
  if (extension.size() < 2) return std::nullopt;
  for (std::size_t i = 0; i < rows.size(); ++i)
    if (std::ranges::count(rows[i].info.extensions, std::string_view(extension).substr(1))) return ImageFileType(i);
  return std::nullopt;
}

std::optional<Compression> compression_named(std::string_view name) {
  const auto found = std::ranges::find(compression_names, name);
  if (found == compression_names.end()) return std::nullopt;
  return Compression(found - compression_names.begin());
}

Status can_compress(ImageFileType type, Compression compression) {
  using C = Compression;
  static constexpr std::array tiff = {C::none, C::lzw, C::zip};
  static constexpr std::array exr = {C::none, C::rle, C::zips, C::zip, C::piz, C::dwaa, C::dwab};
  std::span<const C> known;
  if (type == ImageFileType::tiff) known = tiff;
  if (type == ImageFileType::exr) known = exr;
  if (compression == C::standard || std::ranges::count(known, compression)) return {};
  std::string names(compression_names[std::size_t(C::standard)]);
  for (const C c : known) names += fmt::format(", {}", compression_names[std::size_t(c)]);
  return project_error("", fmt::format("image file type '{}' has no compression '{}'; available: {}", info(type).name,
                                       compression_names[std::size_t(compression)], names));
}

EncodedImage encode_image(const Image& image, ImageFileType type, const EncodeOptions& options) try {
  if (const Status possible = can_compress(type, options.compression); !possible) return possible.error();
  if (options.provenance.size() > max_provenance_bytes)
    return failure("", fmt::format("{} bytes of provenance are more than the {} that a file can hold",
                                   options.provenance.size(), max_provenance_bytes));
  // OpenEXR brings its pictures into the space band by band.
  if (options.colour.converts() && type != ImageFileType::exr)
    return row_of(type).encode(in_output_colour(image, options.colour), options);
  return row_of(type).encode(image, options);
} catch (const std::bad_alloc&) {
  return failure("", fmt::format("no memory to encode a picture of {} x {} pixels", image.width(), image.height()));
}

Status check_decoded_size(std::int64_t width_px, std::int64_t height_px, const DecodeLimits& limits) {
  if (width_px >= 1 && height_px >= 1 && width_px <= limits.side_px && height_px <= limits.side_px &&
      width_px * height_px <= limits.pixels)
    return {};
  return project_error("", fmt::format("states a size of {} x {} pixels; at most {} on a side and {} in all are read",
                                       width_px, height_px, limits.side_px, limits.pixels));
}

namespace {

// A picture as it is stored, and what its file says of it.
struct StoredImage {
  Image image;
  ImageTags tags;

  // The right way up.
  Image seen(bool size_only) && {
    return size_only ? oriented_size(std::move(image), tags.orientation) : oriented(std::move(image), tags.orientation);
  }
};

Result<StoredImage> stored(std::span<const std::byte> bytes, const DecodeLimits& limits) {
  const ImageFileRow* row = recognise(bytes);
  if (!row) return project_error("", fmt::format("is no image file of a known type; readable: {}", type_names()));
  Result<Image> image = row->decode(bytes, limits);
  if (!image) return image.error();
  return StoredImage{*std::move(image), image_tags(bytes)};
}

// Up to so many bytes of its beginning.
Result<std::vector<std::byte>> head_of(const InputFile& file, std::size_t bytes) {
  std::vector<std::byte> head(bytes);
  const Result<std::size_t> got = file.read_at(0, head);
  if (!got) return got.error();
  head.resize(*got);
  return head;
}

// Of a file, of which no more is read than is needed; for a digest all of it, once.
Result<StoredImage> stored(InputFile& file, const std::filesystem::path& path, const DecodeLimits& limits,
                           FileDigest* digest) {
  constexpr std::size_t header_bytes = std::size_t(1) << 16;  // most headers are within
  const Result<std::vector<std::byte>> head = head_of(file, recognised_bytes);
  if (!head) return head.error();
  const ImageFileRow* row = recognise(*head);
  if (row && row->read) {
    ImageTags tags;
    Result<Image> image = row->read(file, limits, tags);
    if (!image) return image.error();
    if (digest) {
      Result<FileDigest> found = file.digest();
      if (!found) return found.error();
      *digest = *std::move(found);
    }
    return StoredImage{*std::move(image), std::move(tags)};
  }
  if (row && row->header_first && limits.header_only)
    if (const auto begin = head_of(file, header_bytes))
      if (Result<StoredImage> header = stored(*begin, limits)) return header;
  const auto bytes = read_file_bytes(path, max_image_file_bytes);
  if (bytes && digest) *digest = digest_bytes(*bytes);
  return bytes ? stored(*bytes, limits) : bytes.error();
}

Result<StoredImage> stored(const std::filesystem::path& path, const DecodeLimits& limits, FileDigest* digest) try {
  Result<InputFile> file = InputFile::open(path);
  if (file && digest) file->begin_digest();
  Result<StoredImage> found = file ? stored(*file, path, limits, digest) : file.error();
  if (found) return found;
  Error error = found.error();
  error.where = path;
  return error;
} catch (const std::bad_alloc&) {
  return failure(path, "no memory to decode the picture");
}

}  // namespace

Result<Image> decode_image(std::span<const std::byte> bytes, const DecodeLimits& limits) try {
  Result<StoredImage> found = stored(bytes, limits);
  return found ? (*std::move(found)).seen(limits.header_only) : Result<Image>(found.error());
} catch (const std::bad_alloc&) {
  return failure("", "no memory to decode the picture");
}

Result<Image> read_image_file(const std::filesystem::path& path) {
  Result<ColourImage> read = read_colour_image(path, nullptr);
  return read ? std::move(read->image) : Result<Image>(read.error());
}

Result<ColourImage> read_colour_image(const std::filesystem::path& path, FileDigest* digest) {
  Result<StoredImage> found = stored(path, {}, digest);
  if (!found) return found.error();
  std::string colour = found->tags.colour;
  return ColourImage{(*std::move(found)).seen(false), std::move(colour)};
}

Result<ImageHeader> read_image_header(const std::filesystem::path& path) {
  Result<StoredImage> found = stored(path, {.header_only = true}, nullptr);
  if (!found) return found.error();
  const std::string colour = found->tags.colour;
  const Image image = (*std::move(found)).seen(true);
  return ImageHeader{image.width(), image.height(), image.format(), colour};
}

}  // namespace cookline
