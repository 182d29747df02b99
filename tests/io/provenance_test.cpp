#include "io/provenance.h"

#include <algorithm>

#include "io_testing.h"

namespace cookline {
namespace {
using namespace io_testing;

constexpr ImageFileType keepers[] = {ImageFileType::png, ImageFileType::jpeg, ImageFileType::tiff, ImageFileType::exr,
                                     ImageFileType::webp};
const std::string sample = R"({"cookline":"1","recipe":{"set":["a=<&>\"'\u00f6]]>"]}})";

std::vector<std::byte> encoded(ImageFileType type, PixelFormat format, EncodeOptions options) {
  auto file = encode_image(random_image(37, 21, format, 5), type, options);
  EXPECT_TRUE(file) << to_string(file.error());
  return *file;
}

TEST(provenance, text_reads_back_exactly_from_every_type_that_keeps_it) {
  for (const ImageFileType type : keepers)
    for (const PixelFormat format : {PixelFormat::rgba8fixed, PixelFormat::mono8fixed, PixelFormat::rgb16float})
      for (const double quality : {0.5, 1.0})
        for (const std::size_t more : {0, 1, 5000}) {
          const std::string text = sample.substr(0, sample.size() - 1) + std::string(more, '"') + "}";
          const auto read = provenance_of(encoded(type, format, {.quality = quality, .provenance = text}));
          ASSERT_TRUE(read) << info(type).name << ": " << to_string(read.error());
          EXPECT_EQ(*read, text) << info(type).name;
        }
}

TEST(provenance, it_changes_no_pixel) {
  for (const ImageFileType type : keepers)
    for (const PixelFormat format : {PixelFormat::rgba8fixed, PixelFormat::mono8fixed, PixelFormat::rg8fixed})
      for (const double quality : {0.5, 1.0}) {
        const auto with = decode_image(encoded(type, format, {.quality = quality, .provenance = sample}));
        const auto without = decode_image(encoded(type, format, {.quality = quality}));
        ASSERT_TRUE(with && without) << info(type).name;
        EXPECT_EQ(with->format(), without->format());
        EXPECT_TRUE(std::ranges::equal(with->pixels(), without->pixels())) << info(type).name;
      }
}

TEST(provenance, files_without_it_are_errors_that_say_why) {
  for (const ImageFileType type : keepers) {
    const auto none = provenance_of(encoded(type, PixelFormat::rgba8fixed, {}));
    ASSERT_FALSE(none);
    EXPECT_NE(none.error().what.find("--no-provenance"), std::string::npos);
  }
  for (const ImageFileType type : {ImageFileType::bmp, ImageFileType::dds}) {
    EXPECT_FALSE(keeps_provenance(type));
    const auto none = provenance_of(encoded(type, PixelFormat::rgba8fixed, {.provenance = sample}));
    ASSERT_FALSE(none);
    EXPECT_NE(none.error().hint.find("cannot"), std::string::npos);
  }
}

TEST(provenance, files_that_end_anywhere_are_no_danger) {
  for (const ImageFileType type : keepers) {
    const auto file = encoded(type, PixelFormat::rgba8fixed, {.provenance = sample});
    for (std::size_t size = 0; size < std::min<std::size_t>(file.size(), 2000); ++size) {
      // A copy of its own, so that a sanitizer sees what is read behind it.
      const std::vector<std::byte> part(file.begin(), file.begin() + std::ptrdiff_t(size));
      const auto read = provenance_of(part);
      EXPECT_TRUE(!read || *read == sample);
    }
  }
}

TEST(provenance, a_text_that_no_segment_holds_is_refused) {
  const auto file = encode_image(random_image(4, 4, PixelFormat::rgba8fixed, 1), ImageFileType::jpeg,
                                 {.provenance = std::string(max_provenance_bytes + 1, 'x')});
  ASSERT_FALSE(file);
  EXPECT_NE(file.error().what.find("10001 bytes"), std::string::npos);
}

}  // namespace
}  // namespace cookline
