// Shaders that were damaged at random, with random uniforms, run or are refused; nothing crashes or hangs.
#include <cmath>

#include "base/random.h"
#include "gpu/shader_harness.h"

namespace cookline {
namespace {

const char* const seeds[] = {
    "uniform vec4 u; uniform float a[4]; out vec4 c;\nfloat f(vec2 p) { return fract(sin(dot(p, vec2(12.9, 78.2))) * "
    "43758.5); }\n"
    "void main() { vec4 s = texture(sTD2DInputs[0], vUV.st); for (int i = 0; i < 4; ++i) s += a[i] * f(vUV.st + "
    "float(i)); c = s + u; }",
    "uniform mat4 m; layout(location = 0) out vec4 c; layout(location = 1) out vec4 d;\n"
    "void main() { vec2 p = vUV.st * 2.0 - 1.0; c = m * vec4(p, TDSimplexNoise(vec3(p, 1)), 1); d = "
    "texelFetch(sTD2DInputs[0], ivec2(p * 9.0), 0); }",
    "layout(local_size_x = 4, local_size_y = 4) in; shared vec4 row[16];\n"
    "void main() { row[gl_LocalInvocationIndex] = vec4(gl_GlobalInvocationID, 1); barrier(); memoryBarrierShared();\n"
    "TDImageStoreOutput(0, gl_GlobalInvocationID, row[15 - gl_LocalInvocationIndex] / uTDOutputInfo.res.z); }",
};

std::string damaged(std::string text, std::uint64_t seed) {
  const std::string_view pieces[] = {"0",       "-1", "1e38", "vec4", "ivec2", "float", "[", "]", "(",  ")", ";",
                                     "uTDPass", "{",  "}",    "*",    "/",     "for",   "u", "a", "0u", "#", "\n"};
  std::uint64_t n = 0;
  const auto dice = [&](std::size_t sides) { return std::size_t(random_bits(seed, n++) % sides); };
  for (std::size_t changes = 1 + dice(2); changes > 0; --changes) {
    const std::size_t at = dice(text.size()), length = dice(6);
    const std::string_view piece = pieces[dice(std::size(pieces))];
    switch (dice(3)) {
      case 0:
        text.erase(at, length);
        break;
      case 1:
        text.insert(at, piece);
        break;
      default:
        text.replace(at, length, text.substr(dice(text.size()), length));
    }
    if (text.empty()) text = "x";
  }
  return text;
}

TEST(damaged_shaders, run_or_are_refused) {
  int made = 0;
  for (std::uint64_t seed = 0; seed < 400; ++seed) {
    Shader s(damaged(seeds[seed % 3], seed), 6, 5, PixelFormat(seed % std::uint64_t(pixel_format_count)));
    s.request.compute = seed % 3 == 2;
    s.request.colour_buffers = seed % 3 == 1 ? 2 : 1;
    s.input(picture(3, 2, PixelFormat::rgba8fixed, [](int x, int y, int) {
      return Rgba{float(x) / 3, float(y) / 2, 0, 1};
    }));
    std::vector<double> numbers;
    for (std::uint64_t i = 0; i < random_bits(seed, 99) % 20; ++i)
      numbers.push_back((random_unit(seed, i) - 0.5) * std::pow(10.0, double(random_bits(seed, 50 + i) % 80) - 20));
    s.uniform("u", numbers)
        .uniform("a", numbers, int(1 + seed % 4))
        .uniform("m", std::vector<double>(16, seed % 2 ? 1e30 : -0.5), 16);
    const auto image = s.run();
    if (image) {
      ++made;
      EXPECT_TRUE(bool((*image)->fetch())) << s.request.main.text;
    } else {
      EXPECT_FALSE(image.error().what.empty());
    }
  }
  EXPECT_GT(made, 20);
  EXPECT_LT(made, 380);
}

}  // namespace
}  // namespace cookline
