// Shaders on a device: any Vulkan 1.1 device, and lavapipe where there is no GPU. The device is opened when it is first
// needed. Thread-safe.
#pragma once
#include <array>
#include <cstdint>
#include <memory>
#include <string>
#include <vector>

#include "base/result.h"
#include "data/image.h"
#include "gpu/shader.h"

namespace cookline {

// What is known of a device of this machine.
struct DeviceFacts {
  std::string name, kind, driver, api;  // kind: discrete, integrated, virtual, cpu, other
  std::uint64_t memory_bytes = 0;       // its own, or the machine's where it has none
  std::string unusable;                 // why it cannot be used; empty: it can
};
// All devices, in the order of preference; the first is used unless another is asked for.
Result<std::vector<DeviceFacts>> list_devices();

struct GpuSettings {
  std::string device;              // part of a name, or a number in list_devices; empty: the first
  std::string cache_folder;        // of compiled pipelines; empty: none
  double time_limit_s = 300;       // for what the device is given at once
  std::uint64_t memory_bytes = 0;  // for textures; 0: three quarters of the device's memory
  bool validate = false;           // Vulkan's validation layer; what it reports is an error
};

enum class Wrap { hold, zero, repeat, mirror };
enum class TextureFilter { nearest, linear, mipmap };

struct ShaderTexture {
  ImageHandle image;
  TextureFilter filter = TextureFilter::linear;
  std::array<Wrap, 3> wrap = {Wrap::zero, Wrap::zero, Wrap::zero};  // u, v, w
};
struct NamedTexture {
  std::string name;
  ShaderTexture texture;
};
// Numbers by name. Of a uniform: elements of an array one after another, columns of a matrix likewise; `width` numbers
// an element. Of a texture buffer: `width` (1 to 4) numbers a texel.
struct NamedNumbers {
  std::string name;
  std::vector<double> numbers;
  int width = 1;
};

struct ShaderJob {
  ShaderProgramHandle program;
  std::vector<ShaderTexture> inputs;
  int inputs_per_slice = 0;  // 0: every slice sees all; else slice i sees this many, from number i times this many on
  std::vector<NamedTexture> samplers;
  std::vector<NamedNumbers> uniforms, texture_buffers, counters, constants;
  int width_px = 1, height_px = 1, slices = 1;
  TextureKind kind = TextureKind::texture2d;
  PixelFormat format = PixelFormat::rgba8fixed;
  double aspect = 1;
  int pass = 0;
  std::array<float, 4> clear = {0, 0, 0, 0};  // what the outputs hold before
  std::array<int, 3> dispatch = {0, 0, 0};    // groups of a compute shader; 0: enough to cover the output
};

// A volume or an array whose slices are the first slices of pictures of its size and format; null ones are transparent
// black.
struct StackJob {
  std::vector<ImageHandle> slices;
  TextureKind kind = TextureKind::texture3d;
  int width_px = 1, height_px = 1;
  PixelFormat format = PixelFormat::rgba8fixed;
  double aspect = 1;
  int newest_slice = 0;
};

class Gpu {
 public:
  explicit Gpu(GpuSettings settings);
  ~Gpu();
  Gpu(const Gpu&) = delete;
  Gpu& operator=(const Gpu&) = delete;

  // Compiles a shader, or gives what was made of the same text before. Needs no device.
  Result<ShaderProgramHandle> compile(const ShaderRequest& request);
  // Starts a job and returns its first colour buffer, which holds the others. The picture is on the device; whoever
  // fetches it waits. Warnings tell of uniforms that do not fit.
  Result<ImageHandle> run(const ShaderJob& job, std::vector<std::string>& warnings);
  // Makes one picture of many. It is on the device, as are those then; what was there already is not moved.
  Result<ImageHandle> stack(const StackJob& job);
  // Whether a device is open.
  bool in_use() const;
  // The device in use, opened if it is not yet.
  Result<DeviceFacts> device();

 private:
  struct Impl;
  std::unique_ptr<Impl> impl_;
};

}  // namespace cookline
