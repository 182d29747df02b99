// What shaders are given and what they make: uniforms, passes, colour buffers, slices, compute groups.
#include <cmath>

#include "gpu/shader_harness.h"

namespace cookline {
namespace {

TEST(uniforms, arrive_with_their_types) {
  Shader s(
      "uniform float a; uniform vec2 b; uniform ivec3 i; uniform bool on; uniform uint n; uniform vec4 v;\n"
      "out vec4 c; void main() { c = vec4(a, b.y, i.z + (on ? 100 : 0), n) + v; }",
      1, 1);
  s.uniform("a", {1.5, 9, 9, 9}).uniform("b", {0, 2.5, 0, 0}).uniform("i", {1, 2, -3.7, 0}).uniform("on", {1, 0, 0, 0});
  s.uniform("n", {4000000000.0}).uniform("v", {0.25, 0.25, 0.25, 0.25});
  expect_near(s.pixels()[0], {1.75f, 2.75f, 97.25f, 4000000000.0f}, 1e-6f);
  EXPECT_TRUE(s.warnings.empty());
}

TEST(uniforms, without_a_value_are_zero) {
  Shader s("uniform vec4 a; out vec4 c; void main() { c = a + 0.5; }", 1, 1);
  expect_near(s.pixels()[0], {0.5f, 0.5f, 0.5f, 0.5f}, 0);
}

TEST(uniforms, that_the_shader_does_not_have_are_told_by_name) {
  Shader s("out vec4 c; // uSpare is spoken of\nvoid main() { c = vec4(1); }", 1, 1);
  s.uniform("uNone", {1}).uniform("uSpare", {1});
  s.job.constants.push_back({"kNone", {1}, 1});
  s.job.counters.push_back({"aNone", {1}, 1});
  s.pixels();
  ASSERT_EQ(s.warnings.size(), 3u);
  EXPECT_NE(s.warnings[0].find("uNone"), std::string::npos);
  EXPECT_NE(s.warnings[1].find("aNone"), std::string::npos);
  EXPECT_NE(s.warnings[2].find("kNone"), std::string::npos);
}

TEST(uniforms, arrays_take_an_element_a_sample) {
  Shader s(
      "uniform float a[4]; uniform vec3 b[2]; out vec4 c; void main() { c = vec4(a[0] + a[3] * 10.0, b[1].z, a[2], "
      "b[0].x); }",
      1, 1);
  s.uniform("a", {1, 2, 3, 4}, 1).uniform("b", {5, 6, 7, 8, 9, 10}, 3);
  expect_near(s.pixels()[0], {41, 10, 3, 5}, 0);
}

TEST(uniforms, matrices_come_column_by_column_and_small_ones_take_the_corner) {
  Shader s(
      "uniform mat4 m; uniform mat3 n; uniform mat2 l[2]; out vec4 c; void main() { c = vec4((m * vec4(1, 0, 0, 0)).y, "
      "n[2][1], "
      "m[3][2], l[0][1][0]); }",
      1, 1);
  std::vector<double> m(16);
  for (int i = 0; i < 16; ++i) m[std::size_t(i)] = i;
  s.uniform("m", m, 16).uniform("n", m, 16);
  expect_near(s.pixels()[0], {1, 9, 14, 0}, 0);
  EXPECT_TRUE(s.warnings.empty());
}

TEST(uniforms, texture_buffers_hold_samples) {
  Shader s("uniform samplerBuffer b; out vec4 c; void main() { c = texelFetch(b, int(gl_FragCoord.x)); }", 3, 1);
  s.job.texture_buffers.push_back({"b", {1, 2, 3, 4, 5, 6}, 2});
  const auto made = s.pixels();
  expect_near(made[0], {1, 2, 0, 0}, 0);
  expect_near(made[2], {5, 6, 0, 0}, 0);
}

TEST(uniforms, special_constants_are_set_by_name) {
  Shader s(
      "layout(constant_id = 0) const int steps = 3; layout(constant_id = 1) const float k = 0.5; layout(constant_id = "
      "2) const bool on = false;\n"
      "out vec4 c; void main() { float sum = 0.0; for (int i = 0; i < steps; ++i) sum += k; c = vec4(sum, on, 0, 1); }",
      1, 1);
  expect_near(s.pixels()[0], {1.5f, 0, 0, 1}, 0);
  s.job.constants = {{"steps", {10}, 1}, {"k", {0.25}, 1}, {"on", {1}, 1}};
  expect_near(s.pixels()[0], {2.5f, 1, 0, 1}, 0);
}

TEST(uniforms, atomic_counters_count_from_their_start) {
  Shader s(
      "uniform atomic_uint n; uniform atomic_uint more[2]; out vec4 c; void main() { uint i = "
      "atomicCounterIncrement(n); c = vec4(i, "
      "atomicCounter(more[1]), 0, 1); }",
      8, 8);
  s.job.counters = {{"n", {100}, 1}, {"more", {1, 7}, 1}};
  const auto made = s.pixels();
  std::vector<bool> seen(64);
  for (const Rgba& p : made) {
    ASSERT_GE(p[0], 100);
    ASSERT_LT(p[0], 164);
    EXPECT_FALSE(seen[std::size_t(p[0] - 100)]);
    seen[std::size_t(p[0] - 100)] = true;
    EXPECT_EQ(p[1], 7);
  }
}

TEST(outputs, the_pass_is_known) {
  Shader s("out vec4 c; void main() { c = vec4(uTDPass); }", 1, 1);
  s.job.pass = 5;
  EXPECT_EQ(s.pixels()[0][0], 5);
}

TEST(outputs, several_colour_buffers_are_written_at_once) {
  Shader s(
      "layout(location = 0) out vec4 a; layout(location = 1) out vec4 b; layout(location = 2) out vec4 d;\n"
      "void main() { a = vec4(1); b = vec4(vUV.s); d = vec4(3); }",
      2, 1);
  s.request.colour_buffers = 3;
  expect_near(s.pixels(0, 0)[1], {1, 1, 1, 1}, 0);
  expect_near(s.pixels(0, 1)[1], {0.75f, 0.75f, 0.75f, 0.75f}, 1e-6f);
  expect_near(s.pixels(0, 2)[0], {3, 3, 3, 3}, 0);
}

TEST(outputs, slices_are_drawn_one_by_one) {
  for (const TextureKind kind : {TextureKind::texture2darray, TextureKind::texture3d}) {
    Shader s("out vec4 c; void main() { c = vec4(uTDCurrentDepth, vUV.p, uTDOutputInfo.depth.y, 1); }", 2, 2);
    s.job.kind = kind, s.job.slices = 5;
    for (int i = 0; i < 5; ++i) expect_near(s.pixels(i)[3], {float(i), (i + 0.5f) / 5, 5, 1}, 1e-6f);
  }
}

TEST(outputs, slices_may_see_inputs_of_their_own) {
  Shader s("out vec4 c; void main() { c = texture(sTD2DInputs[0], vUV.st) + 10.0 * texture(sTD2DInputs[1], vUV.st); }",
           1, 1);
  s.job.kind = TextureKind::texture2darray, s.job.slices = 3, s.job.inputs_per_slice = 2;
  for (int i = 0; i < 4; ++i)
    s.input(picture(1, 1, PixelFormat::rgba32float, [i](int, int, int) { return Rgba{float(i), 0, 0, 0}; }));
  EXPECT_EQ(s.pixels(0)[0][0], 10);
  EXPECT_EQ(s.pixels(1)[0][0], 32);
  EXPECT_EQ(s.pixels(2)[0][0], 10);  // they begin again
}

TEST(outputs, compute_groups_cover_the_output_whatever_its_size) {
  Shader s(
      "layout(local_size_x = 8, local_size_y = 8) in; void main() { TDImageStoreOutput(0, gl_GlobalInvocationID, "
      "vec4(gl_GlobalInvocationID, 1)); }",
      13, 9);
  s.request.compute = true;
  const auto made = s.pixels();
  for (int y = 0; y < 9; ++y)
    for (int x = 0; x < 13; ++x) expect_near(made[std::size_t(y * 13 + x)], {float(x), float(y), 0, 1}, 0);
}

TEST(outputs, compute_outputs_start_cleared_and_as_many_groups_run_as_asked_for) {
  Shader s("layout(local_size_x = 2) in; void main() { TDImageStoreOutput(0, gl_GlobalInvocationID, vec4(1)); }", 6, 1);
  s.request.compute = true;
  s.job.clear = {0.25f, 0.5f, 0.75f, 1}, s.job.dispatch = {2, 1, 1};
  const auto made = s.pixels();
  expect_near(made[3], {1, 1, 1, 1}, 0);
  expect_near(made[4], {0.25f, 0.5f, 0.75f, 1}, 0);
}

TEST(outputs, compute_shaders_may_read_what_they_wrote) {
  Shader s(
      "layout(local_size_x = 4) in; void main() { ivec3 p = ivec3(gl_GlobalInvocationID); TDImageStoreOutput(0, p, "
      "vec4(p.x));\n"
      "TDImageStoreOutput(1, p, TDImageLoadOutput(0, p) * 2.0); }",
      4, 1);
  s.request.compute = true, s.request.access = OutputAccess::readwrite, s.request.colour_buffers = 2;
  EXPECT_EQ(s.pixels(0, 1)[3][0], 6);
}

TEST(outputs, a_vertex_shader_of_ones_own_passes_its_outputs_by_name) {
  Shader s("in vec2 second; in vec2 texCoord; out vec4 c; void main() { c = vec4(texCoord, second); }", 2, 2);
  s.request.vertex = {"vertex1",
                      "out vec2 texCoord; out vec2 second; void main() { texCoord = uv[0].st; second = vec2(5, 6); "
                      "gl_Position = TDSOPToProj(vec4(P, 1.0)); }"};
  expect_near(s.pixels()[3], {0.75f, 0.75f, 5, 6}, 1e-6f);
}

TEST(outputs, begun_reads_give_the_same_pixels_and_may_be_left) {
  const auto make = [] { return *Shader("out vec4 c; void main() { c = vec4(gl_FragCoord.xy, 0, 1); }", 5, 3).run(); };
  const ImageHandle plain = make(), begun = make(), left = make();
  EXPECT_FALSE(begun->fetched());
  begun->start_fetch();
  begun->start_fetch();
  left->start_fetch();
  EXPECT_EQ(pixels_of(*begun), pixels_of(*plain));
  EXPECT_TRUE(begun->fetched());
  begun->start_fetch();
  EXPECT_TRUE(bool(begun->device()->wait()));
}

TEST(outputs, pictures_are_stacked_to_volumes_and_arrays_wherever_they_lie) {
  for (const PixelFormat format :
       {PixelFormat::rgba8fixed, PixelFormat::rgb16float, PixelFormat::mono16float, PixelFormat::rgba32float})
    for (const TextureKind kind : {TextureKind::texture3d, TextureKind::texture2darray}) {
      const ImageHandle here = picture(3, 2, format, [](int x, int y, int) {
        return Rgba{float(x) / 2, float(y), 0.25f, 1};
      });
      const ImageHandle there =
          *Shader("out vec4 c; void main() { c = vec4(vUV.s, 0.5, 1.0, 1.0); }", 3, 2, format).run();
      const Result<ImageHandle> made = test_gpu().stack({{here, nullptr, there, here}, kind, 3, 2, format, 1.5, 2});
      ASSERT_TRUE(made) << to_string(made.error());
      EXPECT_EQ((*made)->kind(), kind);
      EXPECT_EQ((*made)->slices(), 4);
      EXPECT_EQ((*made)->aspect, 1.5);
      EXPECT_EQ((*made)->newest_slice, 2);
      EXPECT_EQ(pixels_of(**made, 0), pixels_of(*here));
      EXPECT_EQ(pixels_of(**made, 2), pixels_of(*there));
      EXPECT_EQ(pixels_of(**made, 3), pixels_of(*here));
      const std::byte* const empty = (*made)->row(0, 1);
      EXPECT_TRUE(std::all_of(empty, empty + (*made)->slice_bytes(), [](std::byte b) { return b == std::byte(0); }));
    }
}

TEST(outputs, the_same_job_gives_the_same_bytes) {
  Shader s(
      "out vec4 c; void main() { c = vec4(sin(vUV.s * 40.0), TDSimplexNoise(vUV.st * 9.0), fract(vUV.t * 7.0), 1); }",
      64, 64);
  EXPECT_EQ(s.pixels(), s.pixels());
}

}  // namespace
}  // namespace cookline
