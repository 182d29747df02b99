// Pipelines of shader programs for the outputs they write. Private to the gpu layer.
#pragma once
#include <unordered_map>

#include "gpu/texture.h"

namespace cookline {

struct Pipeline {
  std::array<vk::raii::DescriptorSetLayout, 2> sets{vk::raii::DescriptorSetLayout{nullptr},
                                                    vk::raii::DescriptorSetLayout{nullptr}};
  std::vector<vk::DescriptorPoolSize> needs;  // descriptors of one draw
  vk::raii::PipelineLayout layout{nullptr};
  vk::raii::RenderPass pass{nullptr};  // of pixel shaders
  vk::raii::Pipeline pipeline{nullptr};
};
using PipelineHandle = std::shared_ptr<const Pipeline>;

// Pipelines by content; the least recently made go first. Called with the device locked.
class PipelineStore {
 public:
  explicit PipelineStore(VulkanDeviceHandle device) : device_(std::move(device)) {}
  // Throws vk::SystemError.
  PipelineHandle get(const ShaderJob& job);

 private:
  PipelineHandle make(const ShaderJob& job);
  VulkanDeviceHandle device_;
  std::unordered_map<Key, PipelineHandle, KeyHash> known_;
  std::deque<Key> order_;
};

}  // namespace cookline
