// Work that the device is given at once, and what must live until it is done. Private to the gpu layer.
#pragma once
#include "gpu/texture.h"

namespace cookline {

// One command buffer with its fence. What it uses is held until the fence is signalled.
struct Submission {
  vk::raii::CommandBuffer commands{nullptr};
  vk::raii::Fence fence{nullptr};
  std::vector<std::shared_ptr<void>> held;
};
using SubmissionHandle = std::shared_ptr<Submission>;

// The device's queue: everything runs in the order in which it was given. Called with the device locked.
class DeviceQueue {
 public:
  DeviceQueue(VulkanDeviceHandle device, std::shared_ptr<TexturePool> pool)
      : device_(std::move(device)), pool_(std::move(pool)) {}

  // A command buffer that has begun, behind a barrier to all that was submitted before.
  SubmissionHandle begin();
  void submit(const SubmissionHandle& submission);
  // Waits for all up to this one, within the time limit; throws DeviceTimeout.
  void wait(const SubmissionHandle& submission);
  // Waits for everything and destroys textures that nobody uses.
  void make_room();

 private:
  void retire();
  VulkanDeviceHandle device_;
  std::shared_ptr<TexturePool> pool_;
  std::deque<SubmissionHandle> running_, spare_;
};

// All memory written before is seen by all that follows.
void full_barrier(const vk::raii::CommandBuffer& commands);
// Brings a texture into the one layout that is used for everything.
void begin_texture(const vk::raii::CommandBuffer& commands, Texture& texture);
// Copies between the first level of a texture and a buffer with tightly packed device pixels.
std::uint64_t packed_bytes(const TextureShape& shape);
vk::BufferImageCopy whole_copy(const TextureShape& shape);
void make_mipmaps(const vk::raii::CommandBuffer& commands, Texture& texture);

}  // namespace cookline
