#include "render/faults.h"

#include <gtest/gtest.h>

#include "io/row_converter.h"

namespace cookline {
namespace {

TEST(faults, black_is_opaque_and_black_in_every_pixel_format) {
  for (int i = 0; i < pixel_format_count; ++i) {
    const auto format = PixelFormat(i);
    const Image black = black_image(5, 3, format);
    const Image seen = converted(black, PixelFormat::rgba32float);
    const bool alpha_alone = info(format).layout == Layout::a;
    for (int y = 0; y < 3; ++y) {
      const auto* const row = reinterpret_cast<const float*>(seen.row(y));
      for (int x = 0; x < 5; ++x) {
        EXPECT_EQ(row[4 * x + 3], 1) << info(format).name;
        for (int c = 0; c < 3 && !alpha_alone; ++c) EXPECT_EQ(row[4 * x + c], 0) << info(format).name;
      }
    }
    EXPECT_EQ(is_black(black), !alpha_alone) << info(format).name;
  }
}

TEST(faults, one_pixel_that_is_not_black_is_seen_wherever_it_is) {
  for (int at = 0; at < 6 * 4; ++at) {
    Image image = black_image(6, 4, PixelFormat::mono8fixed);
    image.row(0)[at] = std::byte(1);
    EXPECT_FALSE(is_black(image));
  }
}

TEST(faults, policies_have_the_names_of_the_command_line) {
  for (std::size_t i = 0; i < on_fault_names.size(); ++i) EXPECT_EQ(on_fault_named(on_fault_names[i]), OnFault(i));
  EXPECT_FALSE(on_fault_named("ignore"));
}

}  // namespace
}  // namespace cookline
