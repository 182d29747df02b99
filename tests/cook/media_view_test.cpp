// Pictures of files in a view: values of every colour space brought back into sRGB.
#include "cook/media_view.h"

#include <gtest/gtest.h>

#include <cmath>

#include "base/random.h"
#include "kernels/colour_space.h"
#include "kernels/pixels.h"

namespace cookline {
namespace {

using F = PixelFormat;

constexpr int width = 61, height = 17;

Image in_space(const kernels::ColourSpace& space, double white, const std::vector<float>& values) {
  Image image(width, height, F::rgba32float);
  const kernels::ColourTransform transform(kernels::colour_spaces().front(), space, white);
  for (int y = 0; y < height; ++y) {
    std::vector<float> planes(values.begin() + y * width * 4, values.begin() + (y + 1) * width * 4);
    float* const r = planes.data();
    transform(r, r + width, r + 2 * width, width);
    kernels::store_pixels(F::rgba32float, r, r + width, r + 2 * width, r + 3 * width, width, image.row(y));
  }
  return image;
}

TEST(media_view, brings_values_of_every_space_back_into_srgb) {
  std::vector<float> values(std::size_t(width * height) * 4);
  for (std::size_t i = 0; i < values.size(); ++i) values[i] = float(random_unit(7, i)) * 0.98f + 0.02f;
  for (const kernels::ColourSpace& space : kernels::colour_spaces())
    for (const char* white : {"default", "sdr", "hdr"}) {
      SCOPED_TRACE(std::string(space.name) + " " + white);
      const auto stored =
          std::make_shared<const Image>(in_space(space, kernels::light_of_white(space.curve, white), values));
      MediaView view;
      view.colour = space.name, view.white = white;
      const ImageHandle seen = picture_in_view(stored, view);
      ASSERT_EQ(seen->format(), F::rgba32float);
      for (int y = 0; y < height; ++y) {
        std::vector<float> planes(std::size_t(width) * 4);
        float* const r = planes.data();
        kernels::load_pixels(F::rgba32float, seen->row(y), width, r, r + width, r + 2 * width, r + 3 * width);
        for (std::size_t i = 0; i < planes.size(); ++i) {
          const float wanted = values[std::size_t(y * width * 4) + i];
          ASSERT_NEAR(planes[i], wanted, 1e-4f) << i;  // PQ is that steep in the dark
        }
      }
    }
}

TEST(media_view, of_another_space_is_float_with_the_same_channels) {
  const std::pair<F, F> formats[] = {{F::rgba8fixed, F::rgba16float},   {F::rgba16fixed, F::rgba32float},
                                     {F::mono8fixed, F::mono16float},   {F::monoalpha16fixed, F::monoalpha32float},
                                     {F::rgb10a2fixed, F::rgba16float}, {F::srgba8fixed, F::rgba16float},
                                     {F::rgba16float, F::rgba16float}};
  for (const auto& [from, to] : formats) {
    MediaView view;
    EXPECT_EQ(facts_of_view({8, 4, 2, from, {}, {}}, view).format, from);
    view.colour = "acescg";
    const PictureFacts facts = facts_of_view({8, 4, 2, from, {}, {}}, view);
    EXPECT_EQ(facts.format, to);
    EXPECT_NE(facts.key, facts_of_view({8, 4, 2, from, {}, {}}, {}).key);
    EXPECT_EQ(picture_in_view(std::make_shared<const Image>(8, 4, from), view)->format(), to);
  }
}

}  // namespace
}  // namespace cookline
