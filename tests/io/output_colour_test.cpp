// Output Color Space: pixels in the files and what the files say, read by lcms and by the formats' own programs.
#include "io/output_colour.h"

#include <gtest/gtest.h>
#include <lcms2.h>

#include <cmath>

#include "io/icc_profile.h"
#include "io/image_file.h"
#include "io/row_converter.h"
#include "io_testing.h"
#include "kernels/colour_space.h"

namespace cookline {
namespace {

using io_testing::bytes_of;

Image colours(PixelFormat format) {
  Image image(8, 4, PixelFormat::rgba32float);
  for (int i = 0; i < 32; ++i) {
    const float v[4] = {float(i) / 31, float((i * 7) % 32) / 31, float((i * 13) % 32) / 31, 1};
    std::memcpy(image.row(i / 8) + (i % 8) * 16, v, 16);
  }
  return converted(image, format);
}

std::string text(const std::vector<std::byte>& bytes) {
  return {reinterpret_cast<const char*>(bytes.data()), bytes.size()};
}

TEST(output_colour, files_hold_the_converted_pixels) {
  const Image image = colours(PixelFormat::rgba32float);
  for (const kernels::ColourSpace& space : kernels::colour_spaces()) {
    SCOPED_TRACE(space.name);
    EncodeOptions options;
    options.colour.space = space.name;
    const auto file = encode_image(image, ImageFileType::exr, options);
    ASSERT_TRUE(file);
    const Result<Image> read = decode_image(*file);
    ASSERT_TRUE(read);
    const kernels::ColourTransform transform(kernels::colour_spaces()[0], space,
                                             kernels::light_of_white(space.curve, "default"));
    for (int i = 0; i < 32; ++i) {
      float in[4], out[4];
      std::memcpy(in, image.row(i / 8) + (i % 8) * 16, 16);
      std::memcpy(out, read->row(i / 8) + (i % 8) * 16, 16);
      if (space.name != "srgb") transform(&in[0], &in[1], &in[2], 1);
      for (int c = 0; c < 4; ++c) ASSERT_EQ(in[c], out[c]);
    }
  }
}

TEST(output_colour, files_say_which_space_they_are_in) {
  const Image image = colours(PixelFormat::rgba8fixed);
  const auto file = [&](ImageFileType type, std::string_view space) {
    EncodeOptions options;
    options.colour.space = space;
    return text(*encode_image(image, type, options));
  };
  EXPECT_NE(file(ImageFileType::png, "srgb").find("sRGB"), std::string::npos);
  EXPECT_EQ(file(ImageFileType::png, "passthrough").find("sRGB"), std::string::npos);
  const std::string p3 = file(ImageFileType::png, "displayp3d65");
  const std::size_t code = p3.find("cICP");
  ASSERT_NE(code, std::string::npos);
  EXPECT_EQ(p3.substr(code + 4, 4), std::string("\x0c\x0d\0\x01", 4));
  EXPECT_NE(p3.find("iCCPdisplayp3d65"), std::string::npos);
  EXPECT_EQ(p3.find("sRGB"), std::string::npos);
  EXPECT_EQ(file(ImageFileType::png, "acescg").find("cICP"), std::string::npos);
  for (const ImageFileType type : {ImageFileType::jpeg, ImageFileType::tiff, ImageFileType::webp}) {
    const std::vector<std::byte> profile = icc_profile("rec2020", false);
    EXPECT_NE(file(type, "rec2020").find(text(profile)), std::string::npos);
    EXPECT_EQ(file(type, "srgb").find("acsp"), std::string::npos) << "sRGB needs no words";
  }
}

TEST(output_colour, files_with_a_profile_are_read_by_their_decoders) {
  for (const PixelFormat format : {PixelFormat::rgba8fixed, PixelFormat::mono8fixed})
    for (const ImageFileType type : {ImageFileType::jpeg, ImageFileType::tiff, ImageFileType::webp, ImageFileType::png,
                                     ImageFileType::exr, ImageFileType::bmp, ImageFileType::dds}) {
      EncodeOptions options;
      options.colour.space = "rec2020";
      options.quality = 1;
      const auto file = encode_image(colours(format), type, options);
      ASSERT_TRUE(file);
      const Result<Image> read = decode_image(*file);
      ASSERT_TRUE(read) << to_string(read.error());
      EXPECT_EQ(read->width(), 8);
    }
}

// lcms brings a stored colour of each profile back to sRGB: the inverse of our own transform.
TEST(output_colour, profiles_mean_what_the_transform_does) {
  const cmsHPROFILE srgb = cmsCreate_sRGBProfile();
  for (const kernels::ColourSpace& space : kernels::colour_spaces()) {
    SCOPED_TRACE(space.name);
    const std::vector<std::byte> bytes = icc_profile(space.name, false);
    if (space.curve == kernels::Curve::acesproxy) {
      EXPECT_TRUE(bytes.empty());
      continue;
    }
    const cmsHPROFILE profile = cmsOpenProfileFromMem(bytes.data(), cmsUInt32Number(bytes.size()));
    ASSERT_NE(profile, nullptr);
    const bool peak = space.curve == kernels::Curve::pq || space.curve == kernels::Curve::hlg;
    const cmsHTRANSFORM back = cmsCreateTransform(profile, TYPE_RGB_DBL, srgb, TYPE_RGB_DBL,
                                                  INTENT_RELATIVE_COLORIMETRIC, cmsFLAGS_NOOPTIMIZE | cmsFLAGS_NOCACHE);
    for (const auto& colour : {std::array<double, 3>{0.5, 0.4, 0.3}, {0.9, 0.2, 0.6}, {0.3, 0.7, 0.6}}) {
      std::array<double, 3> found{};
      // Light of the peak is 1 in a profile, so 1 stands for the peak here as well.
      const auto stored = kernels::ColourTransform(kernels::colour_spaces()[0], space, 1)(colour);
      cmsDoTransform(back, stored.data(), found.data(), 1);
      for (std::size_t c = 0; c < 3; ++c) EXPECT_NEAR(found[c], colour[c], peak ? 0.02 : 0.004);
    }
    cmsDeleteTransform(back);
    cmsCloseProfile(profile);
    EXPECT_EQ(text(bytes), text(icc_profile(space.name, false)));
  }
  cmsCloseProfile(srgb);
}

}  // namespace
}  // namespace cookline
