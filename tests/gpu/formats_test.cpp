// What shaders write, by pixel format: the same values as the engine itself stores.
#include <cmath>
#include <cstring>

#include "gpu/shader_harness.h"

namespace cookline {
namespace {

// A ramp with values between the steps of fixed formats, beyond both ends, and in all channels.
Rgba ramp(int x, int y) {
  const float v = float(x) / 24 * 1.25f - 0.125f;
  return {v, 1 - v, float(y) * 0.29f, 0.1f + v * 0.5f};
}
const std::string ramp_shader =
    "out vec4 c; void main() { float v = floor(gl_FragCoord.x) / 24.0 * 1.25 - 0.125;\n"
    "c = TDOutputSwizzle(vec4(v, 1.0 - v, floor(gl_FragCoord.y) * 0.29, 0.1 + v * 0.5)); }";

// How far a device may be from the engine: fixed formats and 32-bit floats are exact, shorter ones may be rounded
// either way, sRGB is worked out by each in its own way.
float step_of(PixelFormat format) {
  if (info(format).srgb) return 0.009f;
  switch (info(format).component) {
    case Component::packed11:
      return 0.04f;
    case Component::packed10:
    case Component::f16:
      return 1.0f / 1000;
    default:
      return 2e-7f;
  }
}

class format_case : public testing::TestWithParam<int> {};

TEST_P(format_case, is_written_as_the_engine_stores_it) {
  const auto format = PixelFormat(GetParam());
  const auto made = Shader(ramp_shader, 25, 3, format).pixels();
  const auto stored = pixels_of(*picture(25, 3, format, [](int x, int y, int) { return ramp(x, y); }));
  ASSERT_EQ(made.size(), stored.size());
  for (std::size_t i = 0; i < made.size(); ++i)
    expect_near(made[i], stored[i], step_of(format), std::string(info(format).name) + " pixel " + std::to_string(i));
}

TEST_P(format_case, is_read_as_tops_see_it) {
  const auto format = PixelFormat(GetParam());
  const ImageHandle in = picture(25, 3, format, [](int x, int y, int) { return ramp(x, y); });
  Shader s("out vec4 c; void main() { c = texelFetch(sTD2DInputs[0], ivec2(gl_FragCoord.xy), 0); }", 25, 3);
  const auto made = s.input(in).pixels();
  const auto seen = pixels_of(*in);
  for (std::size_t i = 0; i < made.size(); ++i)
    expect_near(made[i], seen[i], info(format).srgb ? 1.0f / 255 : 1e-6f, std::string(info(format).name));
}

TEST_P(format_case, comes_back_from_the_device_unchanged) {
  const auto format = PixelFormat(GetParam());
  const ImageHandle in = picture(25, 3, format, [](int x, int y, int) { return ramp(x, y); });
  Shader s("out vec4 c; void main() { c = texelFetch(sTD2DInputs[0], ivec2(gl_FragCoord.xy), 0); }", 25, 3);
  ASSERT_TRUE(bool(s.input(in).run()));
  std::vector<std::byte> back(in->bytes());
  ASSERT_TRUE(in->device() != nullptr);
  ASSERT_TRUE(bool(in->device()->read(back.data())));
  EXPECT_EQ(std::memcmp(back.data(), in->pixels().data(), back.size()), 0);
}

TEST_P(format_case, is_written_alike_by_compute_shaders) {
  const auto format = PixelFormat(GetParam());
  Shader s(
      "layout(local_size_x = 8, local_size_y = 2) in; void main() { vec2 p = vec2(gl_GlobalInvocationID.xy);\n"
      "float v = p.x / 24.0 * 1.25 - 0.125; TDImageStoreOutput(0, gl_GlobalInvocationID, vec4(v, 1.0 - v, p.y * 0.29, "
      "0.1 + v * 0.5)); }",
      25, 3, format);
  s.request.compute = true;
  const auto made = s.pixels(), drawn = Shader(ramp_shader, 25, 3, format).pixels();
  for (std::size_t i = 0; i < made.size(); ++i)
    expect_near(made[i], drawn[i], step_of(format), std::string(info(format).name));
}

INSTANTIATE_TEST_SUITE_P(every, format_case, testing::Range(0, pixel_format_count),
                         [](const auto& i) { return std::string(pixel_formats[std::size_t(i.param)].name); });

TEST(formats, fixed_ones_clamp_and_round_to_the_nearest_step) {
  const auto made = Shader("out vec4 c; void main() { c = vec4(-1.0, 2.0, 0.4 / 255.0, 0.6 / 255.0); }", 1, 1,
                           PixelFormat::rgba8fixed)
                        .pixels();
  expect_near(made[0], {0, 1, 0, 1.0f / 255}, 1e-7f);
}

TEST(formats, nan_and_infinity_stay_what_they_are) {
  Shader s("uniform float z; out vec4 c; void main() { c = vec4(z / z, 1.0 / z, -1.0 / z, 1.0); }", 1, 1);
  const auto made = s.uniform("z", {0}).pixels();
  EXPECT_TRUE(std::isnan(made[0][0]));
  EXPECT_TRUE(std::isinf(made[0][1]));
  EXPECT_TRUE(std::isinf(made[0][2]));
}

}  // namespace
}  // namespace cookline
