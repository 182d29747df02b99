// Textures and buffers of a device. Private to the gpu layer.
#pragma once
#include <deque>
#include <functional>

#include "gpu/vulkan_device.h"

namespace cookline {

// How a picture lies on a device. Formats of three channels have a fourth there.
struct DeviceFormat {
  vk::Format format, written;  // written: what compute shaders see, sRGB formats as plain ones
  int bytes = 4;               // of a pixel
  vk::ComponentMapping sampled;
};
DeviceFormat device_format(PixelFormat format);

struct TextureShape {
  PixelFormat format = PixelFormat::rgba8fixed;
  TextureKind kind = TextureKind::texture2d;
  int width = 1, height = 1, slices = 1;
  bool mipmaps = false, written = false;  // written: a target of shaders
  bool line = false;                      // one-dimensional
  auto operator<=>(const TextureShape&) const = default;
};

struct Texture {
  TextureShape shape;
  vk::raii::DeviceMemory memory{nullptr};
  vk::raii::Image image{nullptr};
  vk::raii::ImageView sampled{nullptr};
  vk::raii::ImageView stored{nullptr};       // as compute shaders write it; null unless `written`
  std::vector<vk::raii::ImageView> targets;  // of each slice, as pixel shaders write it
  std::uint32_t levels = 1;
  std::uint64_t bytes = 0;
  bool fresh = true;  // nothing is known of its layout yet
};
using TextureHandle = std::shared_ptr<Texture>;

// A buffer that both sides see.
struct HostBuffer {
  VulkanDeviceHandle device;
  vk::raii::DeviceMemory memory{nullptr};
  vk::raii::Buffer buffer{nullptr};
  std::uint64_t bytes = 0;
  std::byte* mapped = nullptr;

  HostBuffer(VulkanDeviceHandle on, std::uint64_t size, vk::BufferUsageFlags usage);
  ~HostBuffer();
  HostBuffer(const HostBuffer&) = delete;
  HostBuffer& operator=(const HostBuffer&) = delete;
};
using HostBufferHandle = std::shared_ptr<HostBuffer>;

// Makes textures, and gives those that nobody holds any more to the next who wants such a one. They are destroyed when
// memory is short. Called with the device locked, except that handles may be dropped anywhere.
class TexturePool : public std::enable_shared_from_this<TexturePool> {
 public:
  explicit TexturePool(VulkanDeviceHandle device) : device_(std::move(device)) {}
  // Throws vk::SystemError, DeviceMemoryShort, or Error if the device cannot have such a texture.
  TextureHandle take(const TextureShape& shape);
  // Destroys what is not in use; nothing may be running.
  void clear();

 private:
  std::unique_ptr<Texture> make(const TextureShape& shape);
  void check(const TextureShape& shape) const;
  VulkanDeviceHandle device_;
  std::mutex mutex_;
  std::deque<std::unique_ptr<Texture>> idle_;
};

}  // namespace cookline
