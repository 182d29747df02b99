// Pictures in colour that show none.
#include "kernels/grey.h"

#include "kernel_testing.h"

namespace cookline::kernels {
namespace {

TEST(grey, one_pixel_of_colour_is_seen_wherever_it_is_and_alpha_never_on_every_target) {
  on_every_target([] {
    for (const std::size_t count : {0, 1, 3, 31, 32, 33, 64, 65, 127, 200}) {
      std::vector<std::byte> pixels(4 * count);
      std::vector<std::byte> expected(count);
      for (std::size_t i = 0; i < count; ++i) {
        expected[i] = std::byte(random_bits(3, i));
        for (std::size_t c = 0; c < 3; ++c) pixels[4 * i + c] = expected[i];
        pixels[4 * i + 3] = std::byte(random_bits(4, i));
      }
      std::vector<std::byte> bytes(count);
      ASSERT_TRUE(grey_bytes(pixels.data(), count, bytes.data())) << count;
      ASSERT_EQ(bytes, expected) << count;
      for (std::size_t i = 0; i < pixels.size(); ++i) {
        pixels[i] ^= std::byte(1 << i % 8);
        ASSERT_EQ(grey_bytes(pixels.data(), count, bytes.data()), i % 4 == 3) << i << " of " << count;
        pixels[i] ^= std::byte(1 << i % 8);
      }
    }
  });
}

}  // namespace
}  // namespace cookline::kernels
