// CHOP to TOP in the engine: every layout and data format against a reference that lays samples out one by one.
#include <array>
#include <cmath>

#include "kernels/pixels.h"
#include "studio.h"

namespace cookline {
namespace {

using Pixel = std::array<float, 4>;

// A table of channels as a Constant CHOP cannot hold them: `count` channels of `length` samples that all differ.
struct Laying : Studio {
  NodeId chop = make("constantCHOP"), top = make("choptoTOP", {{"chop", text("constant1")}});

  void fill(int count, int length) {
    if (!network.set_blocks(chop, "const", count)) throw std::runtime_error("blocks");
    for (int c = 0; c < count; ++c) {
      set(chop, "const" + std::to_string(c) + "name", text("c" + std::to_string(c)));
      set(chop, "const" + std::to_string(c) + "value", value(c));
    }
    set(chop, "single", false);
    set(chop, "start", 0.0);
    set(chop, "end", double(length - 1));
  }
  static double value(int channel) { return 0.25 + channel; }
};

std::vector<Pixel> pixels_of(const Image& image) {
  std::vector<Pixel> all;
  for (int y = 0; y < image.height(); ++y)
    for (int x = 0; x < image.width(); ++x) {
      Pixel p;
      kernels::load_pixels(image.format(), image.row(y) + x * info(image.format()).bytes, 1, &p[0], &p[1], &p[2],
                           &p[3]);
      all.push_back(p);
    }
  return all;
}

TEST(chop_to_top, each_set_of_channels_is_a_row_from_the_bottom_up) {
  Laying s;
  s.fill(7, 5);
  struct Case {
    const char* format;
    int size, rows;
    PixelFormat pixels;
  };
  for (const auto& [format, size, rows, pixels] :
       {Case{"r", 1, 7, PixelFormat::mono32float}, Case{"rg", 2, 3, PixelFormat::rg32float},
        Case{"rgb", 3, 2, PixelFormat::rgb32float}, Case{"rgba", 4, 1, PixelFormat::rgba32float},
        Case{"a", 1, 7, PixelFormat::a32float}}) {
    s.set(s.top, "dataformat", Studio::text(format));
    const ImageHandle image = s.image(s.top);
    ASSERT_EQ(image->width(), 5) << format;
    ASSERT_EQ(image->height(), rows) << format;
    EXPECT_EQ(image->format(), pixels);
    for (int y = 0; y < rows; ++y) {
      const Pixel p = pixels_of(*image)[std::size_t(y) * 5];
      const int first = *format == 'a' ? 3 : 0;
      for (int c = 0; c < size; ++c) EXPECT_EQ(p[std::size_t(first + c)], float(Laying::value(y * size + c))) << format;
    }
  }
}

TEST(chop_to_top, one_channel_is_red_and_opaque_where_the_pixels_have_colour) {
  Laying s;
  s.fill(1, 3);
  s.set(s.top, "format", Studio::text("rgba32float"));
  EXPECT_EQ(pixels_of(*s.image(s.top))[2], (Pixel{0.25f, 0, 0, 1}));
}

TEST(chop_to_top, cropped_rows_end_at_the_width_and_are_filled_up_behind_their_samples) {
  Laying s;
  s.fill(2, 5);
  s.set(s.top, "outputresolution", Studio::text("custom"));
  s.set(s.top, "resolutionw", std::int64_t(3));
  s.set(s.top, "resolutionh", std::int64_t(3));
  s.set(s.top, "rgba1", 9.0);
  std::vector<Pixel> pixels = pixels_of(*s.image(s.top));
  EXPECT_EQ(pixels[2][0], 0.25f);
  EXPECT_EQ(pixels[3][0], 1.25f);
  EXPECT_EQ(pixels[6][0], 9.0f);  // no third set
  s.set(s.top, "resolutionw", std::int64_t(7));
  pixels = pixels_of(*s.image(s.top));
  EXPECT_EQ(pixels[4][0], 0.25f);
  EXPECT_EQ(pixels[5][0], 9.0f);
}

TEST(chop_to_top, wrapped_sets_go_on_in_further_rows_and_begin_in_rows_of_their_own) {
  Laying s;
  s.fill(2, 5);
  s.set(s.top, "layout", Studio::text("rowswrapped"));
  EXPECT_EQ(s.image(s.top)->height(), 2);  // as wide as it is long
  s.set(s.top, "outputresolution", Studio::text("custom"));
  s.set(s.top, "resolutionw", std::int64_t(2));
  s.set(s.top, "resolutionh", std::int64_t(6));
  s.set(s.top, "rgba1", 9.0);
  std::vector<float> reds;
  for (const Pixel& p : pixels_of(*s.image(s.top))) reds.push_back(p[0]);
  const float a = 0.25f, b = 1.25f, none = 9;
  EXPECT_EQ(reds, (std::vector<float>{a, a, a, a, a, none, b, b, b, b, b, none}));
}

TEST(chop_to_top, a_square_is_the_smallest_that_holds_all_sets_one_behind_the_other) {
  Laying s;
  for (int count = 1; count <= 5; ++count)
    for (const int length : {1, 2, 3, 5, 9}) {
      s.fill(count, length);
      s.set(s.top, "layout", Studio::text("square"));
      s.set(s.top, "rgba1", 9.0);
      const ImageHandle image = s.image(s.top);
      const int side = int(std::ceil(std::sqrt(double(count * length))));
      ASSERT_EQ(image->width(), side);
      ASSERT_EQ(image->height(), side);
      const std::vector<Pixel> pixels = pixels_of(*image);
      for (int i = 0; i < side * side; ++i)
        EXPECT_EQ(pixels[std::size_t(i)][0], i < count * length ? float(Laying::value(i / length)) : 9.0f);
    }
}

TEST(chop_to_top, legacy_is_grey_for_two_channels_and_gives_three_an_alpha_that_rises) {
  Laying s;
  s.set(s.top, "dataformat", Studio::text("legacy"));
  s.fill(2, 4);
  EXPECT_EQ(pixels_of(*s.image(s.top))[1], (Pixel{0.25f, 0.25f, 0.25f, 0.25f}));
  s.fill(3, 4);
  EXPECT_EQ(pixels_of(*s.image(s.top))[3], (Pixel{0.25f, 1.25f, 2.25f, 0.75f}));
  s.fill(5, 4);
  EXPECT_EQ(pixels_of(*s.image(s.top))[3], (Pixel{0.25f, 1.25f, 2.25f, 3.25f}));
}

TEST(chop_to_top, clamping_keeps_samples_between_0_and_1) {
  Laying s;
  s.fill(2, 1);
  s.set(s.chop, "const0value", -3.0);
  s.set(s.top, "clamp", true);
  EXPECT_EQ(pixels_of(*s.image(s.top))[0][0], 0.0f);
  EXPECT_EQ(pixels_of(*s.image(s.top))[1][0], 1.0f);
}

TEST(chop_to_top, too_few_channels_for_a_set_warn) {
  Laying s;
  s.fill(2, 4);
  s.set(s.top, "dataformat", Studio::text("rgba"));
  const Result<PixelPlanHandle> plan = s.engine.plan(s.top);
  ASSERT_TRUE(plan);
  const Result<CookedPixels> cooked = cook_pixels(**plan, s.engine.cache());
  ASSERT_TRUE(cooked);
  ASSERT_EQ(cooked->warnings.size(), 1u);
  EXPECT_NE(cooked->warnings[0].what.find("2 channels of 4 samples: not one set"), std::string::npos);
}

TEST(chop_to_top, what_is_no_chop_is_an_error) {
  Laying s;
  s.set(s.top, "chop", Studio::text("constant2"));
  s.make("constantTOP");
  const Result<ImageHandle> image = s.engine.image(s.top);
  ASSERT_FALSE(image);
  EXPECT_EQ(image.error().where, "/chopto1.chop");
}

}  // namespace
}  // namespace cookline
