// Runs shaders on the first device, under Vulkan's validation layer, and reads what they made as floats.
#pragma once
#include <gtest/gtest.h>

#include <array>
#include <functional>

#include "gpu/gpu.h"
#include "kernels/pixels.h"

namespace cookline {

// Closed before the process ends: drivers do not expect a device that outlives main().
inline std::unique_ptr<Gpu>& test_gpu_slot() {
  static std::unique_ptr<Gpu> gpu;
  return gpu;
}
class CloseGpu final : public testing::Environment {
  void TearDown() override { test_gpu_slot().reset(); }
};
inline Gpu& test_gpu() {
  auto& gpu = test_gpu_slot();
  if (!gpu) {
    gpu = std::make_unique<Gpu>(GpuSettings{.time_limit_s = 60, .validate = true});
    testing::AddGlobalTestEnvironment(new CloseGpu);
  }
  return *gpu;
}

using Rgba = std::array<float, 4>;

// All pixels of one slice, from the bottom left, row by row, as TOPs see them.
inline std::vector<Rgba> pixels_of(const Image& image, int slice = 0) {
  EXPECT_TRUE(bool(image.fetch()));
  const std::size_t w = std::size_t(image.width());
  std::vector<float> p(4 * w);
  std::vector<Rgba> all;
  for (int y = 0; y < image.height(); ++y) {
    kernels::load_pixels(image.format(), image.row(y, slice), image.width(), &p[0], &p[w], &p[2 * w], &p[3 * w]);
    for (std::size_t x = 0; x < w; ++x) all.push_back({p[x], p[w + x], p[2 * w + x], p[3 * w + x]});
  }
  return all;
}

// A picture in memory whose pixels are colour(x, y, slice).
inline ImageHandle picture(int width, int height, PixelFormat format, const std::function<Rgba(int, int, int)>& colour,
                           TextureKind kind = TextureKind::texture2d, int slices = 1) {
  auto image = std::make_shared<Image>(width, height, format, kind, slices);
  const std::size_t w = std::size_t(width);
  std::vector<float> p(4 * w);
  for (int s = 0; s < slices; ++s)
    for (int y = 0; y < height; ++y) {
      for (int x = 0; x < width; ++x) {
        const Rgba c = colour(x, y, s);
        for (std::size_t k = 0; k < 4; ++k) p[k * w + std::size_t(x)] = c[k];
      }
      kernels::store_pixels(format, &p[0], &p[w], &p[2 * w], &p[3 * w], width, image->row(y, s));
    }
  return image;
}

// A shader with its job: fill in what the test is about, then run.
struct Shader {
  ShaderRequest request;
  ShaderJob job;
  std::vector<std::string> warnings;

  explicit Shader(const std::string& text, int width = 4, int height = 3,
                  PixelFormat format = PixelFormat::rgba32float) {
    request.main = {"shader1", text};
    job.width_px = width, job.height_px = height, job.format = format;
  }
  Shader& input(ImageHandle image, TextureFilter filter = TextureFilter::linear, Wrap wrap = Wrap::zero) {
    job.inputs.push_back({std::move(image), filter, {wrap, wrap, wrap}});
    return *this;
  }
  Shader& uniform(const std::string& name, std::vector<double> numbers, int width = 4) {
    job.uniforms.push_back({name, std::move(numbers), width});
    return *this;
  }
  Result<ImageHandle> run() {
    request.inputs.clear();
    for (const ShaderTexture& t : job.inputs) request.inputs.push_back(t.image->kind());
    if (job.inputs_per_slice > 0 && request.inputs.size() > std::size_t(job.inputs_per_slice))
      request.inputs.resize(std::size_t(job.inputs_per_slice));
    request.output = job.kind, request.format = job.format;
    Result<ShaderProgramHandle> program = test_gpu().compile(request);
    if (!program) return program.error();
    job.program = *program;
    warnings.clear();
    return test_gpu().run(job, warnings);
  }
  // What it makes; a failure fails the test.
  std::vector<Rgba> pixels(int slice = 0, std::size_t buffer = 0) {
    Result<ImageHandle> image = run();
    EXPECT_TRUE(bool(image)) << (image ? "" : to_string(image.error()));
    if (!image) return std::vector<Rgba>(std::size_t(job.width_px * job.height_px));
    return pixels_of(buffer == 0 ? **image : *(*image)->colour_buffers[buffer - 1], slice);
  }
};

inline void expect_near(const Rgba& a, const Rgba& b, float tolerance, const std::string& where = {}) {
  for (std::size_t k = 0; k < 4; ++k) EXPECT_NEAR(a[k], b[k], tolerance) << where << " channel " << k;
}

}  // namespace cookline
