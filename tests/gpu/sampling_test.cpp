// Where shaders find pixels: coordinates, orientation, filters and extends, against sums done here.
#include <cmath>

#include "gpu/shader_harness.h"

namespace cookline {
namespace {

Rgba spot(int x, int y, int s) {
  return {float(x * 37 % 101) / 101, float(y * 53 % 97) / 97, float((x + y + s * 5) % 7) / 7, 1};
}

TEST(coordinates, vuv_runs_from_the_bottom_left_through_pixel_centres) {
  const auto made = Shader("out vec4 c; void main() { c = vec4(vUV.st, vUV.p, 1); }", 5, 3).pixels();
  for (int y = 0; y < 3; ++y)
    for (int x = 0; x < 5; ++x)
      expect_near(made[std::size_t(y * 5 + x)], {(x + 0.5f) / 5, (y + 0.5f) / 3, 0, 1}, 1e-6f);
}

TEST(coordinates, frag_coord_counts_pixels_from_the_bottom_left) {
  const auto made = Shader("out vec4 c; void main() { c = gl_FragCoord; }", 5, 3).pixels();
  for (int y = 0; y < 3; ++y)
    for (int x = 0; x < 5; ++x) {
      EXPECT_EQ(made[std::size_t(y * 5 + x)][0], float(x) + 0.5f);
      EXPECT_EQ(made[std::size_t(y * 5 + x)][1], float(y) + 0.5f);
    }
}

TEST(coordinates, texel_zero_is_at_the_bottom_left_and_an_input_at_vuv_is_itself) {
  const ImageHandle in = picture(6, 4, PixelFormat::rgba32float, spot);
  const auto whole =
      Shader("out vec4 c; void main() { c = texture(sTD2DInputs[0], vUV.st); }", 6, 4).input(in).pixels();
  const auto texels =
      Shader("out vec4 c; void main() { c = texelFetch(sTD2DInputs[0], ivec2(gl_FragCoord.xy), 0); }", 6, 4)
          .input(in)
          .pixels();
  for (int y = 0; y < 4; ++y)
    for (int x = 0; x < 6; ++x) {
      expect_near(whole[std::size_t(y * 6 + x)], spot(x, y, 0), 1e-6f);
      EXPECT_EQ(texels[std::size_t(y * 6 + x)], spot(x, y, 0));
    }
}

TEST(coordinates, infos_tell_the_sizes) {
  Shader s(
      "out vec4 c; void main() { c = gl_FragCoord.x < 1.0 ? uTDOutputInfo.res : gl_FragCoord.x < 2.0 ? "
      "uTD2DInfos[1].res : "
      "gl_FragCoord.x < 3.0 ? uTD3DInfos[0].res : uTD3DInfos[0].depth; }",
      4, 1);
  s.input(picture(2, 2, PixelFormat::rgba8fixed, spot));
  s.input(picture(8, 4, PixelFormat::rgba8fixed, spot, TextureKind::texture3d, 16));
  s.input(picture(10, 5, PixelFormat::rgba8fixed, spot));
  const auto made = s.pixels();
  expect_near(made[0], {0.25f, 1, 4, 1}, 0);
  expect_near(made[1], {0.1f, 0.2f, 10, 5}, 1e-7f);
  expect_near(made[2], {0.125f, 0.25f, 8, 4}, 0);
  EXPECT_EQ(made[3][0], 1 / 16.0f);
  EXPECT_EQ(made[3][1], 16);
  EXPECT_EQ(made[3][2], 0);
}

// The texel at an index beyond the edge.
int wrapped(int i, int n, Wrap wrap) {
  if (i >= 0 && i < n) return i;
  switch (wrap) {
    case Wrap::zero:
      return -1;
    case Wrap::repeat:
      return ((i % n) + n) % n;
    case Wrap::mirror: {
      const int m = ((i % (2 * n)) + 2 * n) % (2 * n);
      return m < n ? m : 2 * n - 1 - m;
    }
    default:
      return std::clamp(i, 0, n - 1);
  }
}

Rgba sampled(double u, double v, int w, int h, TextureFilter filter, Wrap wrap) {
  const auto texel = [&](int x, int y) {
    x = wrapped(x, w, wrap), y = wrapped(y, h, wrap);
    return x < 0 || y < 0 ? Rgba{0, 0, 0, 0} : spot(x, y, 0);
  };
  if (filter == TextureFilter::nearest) return texel(int(std::floor(u * w)), int(std::floor(v * h)));
  const double x = u * w - 0.5, y = v * h - 0.5, fx = x - std::floor(x), fy = y - std::floor(y);
  const int x0 = int(std::floor(x)), y0 = int(std::floor(y));
  Rgba sum = {};
  for (int j = 0; j < 2; ++j)
    for (int i = 0; i < 2; ++i) {
      const Rgba t = texel(x0 + i, y0 + j);
      for (std::size_t k = 0; k < 4; ++k) sum[k] += float((i ? fx : 1 - fx) * (j ? fy : 1 - fy)) * t[k];
    }
  return sum;
}

TEST(sampling, filters_and_extends_agree_with_a_plain_reference) {
  const int w = 5, h = 4, n = 23;
  const ImageHandle in = picture(w, h, PixelFormat::rgba32float, spot);
  for (const TextureFilter filter : {TextureFilter::nearest, TextureFilter::linear})
    for (const Wrap wrap : {Wrap::hold, Wrap::zero, Wrap::repeat, Wrap::mirror}) {
      // From two widths before to two widths behind, never on an edge between texels.
      Shader s("out vec4 c; void main() { c = texture(sTD2DInputs[0], vUV.st * 5.0 - 2.0 + 0.003); }", n, n);
      const auto made = s.input(in, filter, wrap).pixels();
      for (int y = 0; y < n; ++y)
        for (int x = 0; x < n; ++x) {
          const double u = (x + 0.5) / n * 5 - 2 + 0.003, v = (y + 0.5) / n * 5 - 2 + 0.003;
          expect_near(made[std::size_t(y * n + x)], sampled(u, v, w, h, filter, wrap), 1.0f / 255,
                      "filter " + std::to_string(int(filter)) + " wrap " + std::to_string(int(wrap)));
        }
    }
}

TEST(sampling, mipmaps_average_what_is_far_away) {
  const ImageHandle in = picture(64, 64, PixelFormat::rgba32float, [](int x, int y, int) {
    return Rgba{float((x + y) % 2), float(x % 2), 0.25f, 1};
  });
  Shader far("out vec4 c; void main() { c = textureLod(sTD2DInputs[0], vUV.st, 6.0); }", 1, 1);
  expect_near(far.input(in, TextureFilter::mipmap).pixels()[0], {0.5f, 0.5f, 0.25f, 1}, 0.01f);
}

TEST(sampling, volumes_and_arrays_have_their_slices) {
  const ImageHandle volume = picture(3, 2, PixelFormat::rgba32float, spot, TextureKind::texture3d, 4);
  const ImageHandle array = picture(3, 2, PixelFormat::rgba32float, spot, TextureKind::texture2darray, 4);
  Shader s(
      "out vec4 c; void main() { c = gl_FragCoord.y < 1.0 ? texture(sTD3DInputs[0], vec3(0.5, 0.25, (gl_FragCoord.x) / "
      "4.0))\n"
      ": texture(sTD2DArrayInputs[0], vec3(0.5, 0.25, floor(gl_FragCoord.x))); }",
      4, 2);
  const auto made = s.input(array).input(volume, TextureFilter::nearest).pixels();
  for (int i = 0; i < 4; ++i) {
    expect_near(made[std::size_t(i)], spot(1, 0, i), 1e-6f);
    expect_near(made[std::size_t(4 + i)], spot(1, 0, i), 1e-6f);
  }
}

TEST(sampling, cubes_look_along_directions) {
  const ImageHandle cube = picture(
      2, 2, PixelFormat::rgba32float,
      [](int, int, int face) {
        return Rgba{float(face), 0, 0, 1};
      },
      TextureKind::cube, 6);
  Shader s(
      "out vec4 c; void main() { vec3 d[6] = vec3[](vec3(1,0,0), vec3(-1,0,0), vec3(0,1,0), vec3(0,-1,0), vec3(0,0,1), "
      "vec3(0,0,-1)); c = texture(sTDCubeInputs[0], d[int(gl_FragCoord.x)]); }",
      6, 1);
  const auto made = s.input(cube).pixels();
  for (std::size_t i = 0; i < 6; ++i) EXPECT_EQ(made[i][0], float(i));
}

TEST(sampling, an_index_may_differ_by_pixel) {
  Shader s("out vec4 c; void main() { c = texture(sTD2DInputs[nonuniformEXT(int(gl_FragCoord.x) % 2)], vec2(0.5)); }",
           4, 1);
  s.input(picture(1, 1, PixelFormat::rgba32float, [](int, int, int) { return Rgba{1, 0, 0, 1}; }));
  s.input(picture(1, 1, PixelFormat::rgba32float, [](int, int, int) { return Rgba{0, 1, 0, 1}; }));
  const auto image = s.run();
  if (!image) {  // what a device cannot do is an error, not another picture
    EXPECT_NE(to_string(image.error()).find("cannot index samplers"), std::string::npos) << to_string(image.error());
    return;
  }
  for (std::size_t i = 0; i < 4; ++i) EXPECT_EQ(pixels_of(**image)[i][1], float(i % 2));
}

TEST(sampling, a_sampler_of_ones_own_looks_at_its_top) {
  Shader s("uniform sampler2D sMask; out vec4 c; void main() { c = texture(sMask, vUV.st); }", 2, 2);
  const ImageHandle mask = picture(2, 2, PixelFormat::rgba32float, spot);
  s.job.samplers.push_back({"sMask", {mask, TextureFilter::nearest, {}}});
  const auto made = s.pixels();
  for (int i = 0; i < 4; ++i) expect_near(made[std::size_t(i)], spot(i % 2, i / 2, 0), 1e-6f);
  s.job.samplers.clear();
  const auto without = s.run();
  ASSERT_FALSE(bool(without));
  EXPECT_NE(to_string(without.error()).find("sMask"), std::string::npos);
}

}  // namespace
}  // namespace cookline
