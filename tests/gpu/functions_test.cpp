// The functions that every shader may call, against the engine's own and plain formulas.
#include <algorithm>
#include <cmath>

#include "gpu/shader_harness.h"
#include "kernels/noise.h"

namespace cookline {
namespace {

using kernels::NoiseType;

struct NoiseCase {
  NoiseType type;
  int dimensions;
  bool quality;
};

TEST(noise, equals_that_of_the_noise_top) {
  constexpr int n = 64;
  for (const NoiseCase& c : {NoiseCase{NoiseType::perlin2d, 2, false}, NoiseCase{NoiseType::perlin3d, 3, false},
                             NoiseCase{NoiseType::perlin4d, 4, false}, NoiseCase{NoiseType::simplex2d, 2, false},
                             NoiseCase{NoiseType::simplex3d, 3, false}, NoiseCase{NoiseType::simplex4d, 4, false},
                             NoiseCase{NoiseType::simplex2d, 2, true}, NoiseCase{NoiseType::simplex3d, 3, true},
                             NoiseCase{NoiseType::simplex4d, 4, true}}) {
    // Multiples of 1/256 are the same number in the shader and here; odd shares keep them off the simplices' edges.
    const auto at = [](int x, int y, int k) {
      return double(x * (37 + 2 * k) % 4096 - 2048) / 256 + double(y * (53 + 4 * k) % 2048) / 256 + k * 0.125;
    };
    std::array<std::vector<double>, 4> p;
    for (int y = 0; y < n; ++y)
      for (int x = 0; x < n; ++x)
        for (int k = 0; k < 4; ++k) p[std::size_t(k)].push_back(at(x, y, k));
    std::vector<float> sum(std::size_t(n * n));
    kernels::NoiseSettings settings{.type = c.type, .harmon = 0, .quality = c.quality};
    kernels::noise_points(settings, {p[0], p[1], p[2], p[3]}, sum);
    const std::string name = std::string(int(c.type) < 3 ? "TDPerlinNoise" : "TDSimplexNoise");
    const std::string part = std::string("xyzw").substr(0, std::size_t(c.dimensions));
    Shader s(
        "vec4 p() { ivec2 i = ivec2(gl_FragCoord.xy); vec4 v; for (int k = 0; k < 4; ++k) v[k] = float(i.x * (37 + 2 * "
        "k) % 4096 - 2048) "
        "/ 256.0 + float(i.y * (53 + 4 * k) % 2048) / 256.0 + float(k) * 0.125; return v; }\n"
        "out vec4 c; void main() { c = vec4(" +
            name + "(p()." + part + ")); }",
        n, n);
    s.request.quality_noise = c.quality;
    const auto made = s.pixels();
    int unequal = 0;
    for (std::size_t i = 0; i < made.size(); ++i) {
      unequal += std::abs(made[i][0] - sum[i]) > 1e-5f;
    }
    // Points on the border between two simplices may be seen from either side.
    EXPECT_LE(unequal, c.type == NoiseType::simplex3d || c.type == NoiseType::simplex4d ? n * n / 100 : 0)
        << name << c.dimensions << " quality " << c.quality << " first " << made[0][0] << " " << sum[0];
  }
}

TEST(functions, hue_saturation_value_there_and_back) {
  Shader s(
      "out vec4 c; void main() { vec3 v = vec3(vUV.st, fract(vUV.s * 5.0 + vUV.t)); vec3 hsv = TDRGBToHSV(v);\n"
      "c = vec4(TDHSVToRGB(hsv) - v, max(max(hsv.x, hsv.y), hsv.z)); }",
      16, 16);
  for (const Rgba& p : s.pixels()) {
    expect_near({p[0], p[1], p[2], 0}, {0, 0, 0, 0}, 1e-6f);
    EXPECT_LE(p[3], 1);
  }
  Shader known("out vec4 c; void main() { c = vec4(TDRGBToHSV(vec3(0.2, 0.8, 0.4)), 1); }", 1, 1);
  expect_near(known.pixels()[0], {1.0f / 3 + 1.0f / 3 / 6, 0.75f, 0.8f, 1}, 1e-6f);
}

TEST(functions, matrices_turn_as_their_names_say) {
  Shader s(
      "out vec4 c; void main() { int i = int(gl_FragCoord.x); vec3 x = vec3(1, 0, 0), y = vec3(0, 1, 0), z = vec3(0, "
      "0, 1);\n"
      "float q = 1.5707963; vec3 v = i == 0 ? TDRotateX(q) * y : i == 1 ? TDRotateY(q) * z : i == 2 ? TDRotateZ(q) * x "
      ":\n"
      "i == 3 ? TDRotateOnAxis(q, z) * x : i == 4 ? TDScale(2, 3, 4) * vec3(1) : i == 5 ? (TDTranslate(1, 2, 3) * "
      "vec4(1)).xyz :\n"
      "i == 6 ? TDRotateToVector(vec3(0, 0, 5), y) * vec3(0.1, 0.2, 0.3) : i == 7 ? TDRotateToVector(x * 2.0, y) * z "
      ":\n"
      "i == 8 ? TDCreateRotMatrix(x, y) * x : TDCreateRotMatrix(x, -x) * x; c = vec4(v, 1); }",
      10, 1);
  const auto made = s.pixels();
  const Rgba expected[] = {{0, 0, 1, 1}, {1, 0, 0, 1},          {0, 1, 0, 1}, {0, 1, 0, 1}, {2, 3, 4, 1},
                           {2, 3, 4, 1}, {0.1f, 0.2f, 0.3f, 1}, {1, 0, 0, 1}, {0, 1, 0, 1}, {-1, 0, 0, 1}};
  for (std::size_t i = 0; i < 10; ++i) expect_near(made[i], expected[i], 1e-5f, "matrix " + std::to_string(i));
}

TEST(functions, dither_keeps_the_mean_and_whole_steps) {
  Shader s("out vec4 c; void main() { c = TDDither(vec4(vec3(100.3 / 255.0), 1)); }", 64, 64, PixelFormat::rgba8fixed);
  double sum = 0;
  for (const Rgba& p : s.pixels()) sum += double(p[0]) * 255;
  EXPECT_NEAR(sum / 4096, 100.3, 0.05);
  Shader whole("out vec4 c; void main() { c = TDDither(vec4(vec3(100.0 / 255.0), 1)); }", 64, 64,
               PixelFormat::rgba8fixed);
  for (const Rgba& p : whole.pixels()) EXPECT_NEAR(p[0] * 255, 100, 1e-4);
}

TEST(functions, lookups_are_there) {
  Shader s(
      "out vec4 c; void main() { c = vec4(texture(sTDSineLookup, vUV.s).r, texture(sTDNoiseMap, vUV.st).r, 0, 1); }",
      256, 4);
  const auto made = s.pixels();
  double mean = 0;
  for (int x = 0; x < 256; ++x) {
    EXPECT_NEAR(made[std::size_t(x)][0], 0.5 + 0.5 * std::sin(2 * M_PI * (x + 0.5) / 256), 1e-3);
    mean += double(made[std::size_t(x)][1]) / 256;
  }
  EXPECT_NEAR(mean, 0.5, 0.1);
}

}  // namespace
}  // namespace cookline
