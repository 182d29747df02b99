// What a device cannot do is said, and harms nothing that comes after.
#include "gpu/shader_harness.h"

namespace cookline {
namespace {

std::string fails(Shader& s) {
  const auto image = s.run();
  EXPECT_FALSE(bool(image));
  return image ? "" : to_string(image.error());
}
const std::string white = "out vec4 c; void main() { c = vec4(1); }";

TEST(limits, pictures_larger_than_the_device_has_are_refused) {
  Shader s(white, 100000, 1);
  EXPECT_NE(fails(s).find("100000x1x1 pixels are too many"), std::string::npos);
  Shader small(white, 1, 1);
  EXPECT_EQ(small.pixels()[0][0], 1);
}

TEST(limits, groups_larger_than_the_device_has_are_refused) {
  Shader s("layout(local_size_x = 64, local_size_y = 64, local_size_z = 4) in; void main() {}", 1, 1);
  s.request.compute = true;
  EXPECT_NE(fails(s).find("64x64x4"), std::string::npos);
}

// What one device can and another cannot is drawn or refused, never lost.
void runs_or_says(Shader& s, const std::string& words) {
  const auto image = s.run();
  const std::string said = image ? words : to_string(image.error());
  EXPECT_NE(said.find(words), std::string::npos) << said;
}

TEST(limits, uniforms_larger_than_a_block_are_refused) {
  Shader s("uniform vec4 a[70000]; out vec4 c; void main() { c = a[int(gl_FragCoord.x)]; }", 1, 1);
  runs_or_says(s, "bytes of uniforms are too many");
}

TEST(limits, inputs_beyond_what_the_device_samples_are_refused) {
  Shader s("out vec4 c; void main() { c = texture(sTD2DInputs[TD_NUM_2D_INPUTS - 1], vUV.st); }", 1, 1);
  const ImageHandle in = picture(1, 1, PixelFormat::rgba8fixed, [](int, int, int) { return Rgba{1, 0, 0, 1}; });
  for (int i = 0; i < 300; ++i) s.input(in);
  runs_or_says(s, "textures are too many");
}

TEST(limits, samples_beyond_a_texture_buffer_are_refused) {
  Shader s("uniform samplerBuffer b; out vec4 c; void main() { c = texelFetch(b, 0); }", 1, 1);
  s.job.texture_buffers.push_back({"b", std::vector<double>(20'000'000), 1});
  runs_or_says(s, "samples in a texture buffer are too many");
}

TEST(limits, numbers_beyond_a_type_become_its_ends) {
  Shader s(
      "layout(constant_id = 0) const int k = 3; layout(constant_id = 1) const uint n = 3; uniform int i; out vec4 c;\n"
      "void main() { c = vec4(k, n, i, 1); }",
      1, 1);
  s.job.constants = {{"k", {1e20}, 1}, {"n", {-5}, 1}};
  s.uniform("i", {-1e300});
  expect_near(s.pixels()[0], {2147483647.0f, 0, -2147483648.0f, 1}, 0);
}

TEST(limits, memory_is_bounded_and_used_again) {
  Gpu small({.memory_bytes = 24u << 20});
  ShaderRequest request;
  request.main = {"white", white};
  request.format = PixelFormat::rgba32float;
  ShaderJob job;
  job.program = *small.compile(request);
  job.width_px = 1024, job.height_px = 512, job.format = PixelFormat::rgba32float;  // 8 MB
  std::vector<std::string> warnings;
  for (int i = 0; i < 20; ++i) {
    const auto image = small.run(job, warnings);
    ASSERT_TRUE(bool(image)) << to_string(image.error());
  }
  std::vector<ImageHandle> kept;
  std::string error;
  for (int i = 0; i < 4 && error.empty(); ++i) {
    const auto image = small.run(job, warnings);
    if (image)
      kept.push_back(*image);
    else
      error = to_string(image.error());
  }
  EXPECT_NE(error.find("no memory for 8 MB more"), std::string::npos) << error;
  kept.clear();
  EXPECT_TRUE(bool(small.run(job, warnings)));
}

TEST(limits, an_unknown_device_is_refused_with_those_that_there_are) {
  Gpu none({.device = "Voodoo"});
  const auto facts = none.device();
  ASSERT_FALSE(bool(facts));
  EXPECT_NE(to_string(facts.error()).find("'Voodoo'"), std::string::npos);
  const auto devices = list_devices();
  ASSERT_TRUE(bool(devices));
  ASSERT_FALSE(devices->empty());
  EXPECT_NE(to_string(facts.error()).find((*devices)[0].name), std::string::npos);
}

}  // namespace
}  // namespace cookline
