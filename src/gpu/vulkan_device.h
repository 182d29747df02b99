// An opened Vulkan device with its one queue, its memory within a budget and its samplers. Private to the gpu layer.
#pragma once
#include <chrono>
#include <map>
#include <mutex>
#include <vulkan/vulkan_raii.hpp>

#include "gpu/gpu.h"

namespace cookline {

// A fence was not signalled in time: the device is given up.
struct DeviceTimeout {};
// Textures and buffers would not fit into the budget.
struct DeviceMemoryShort {
  std::uint64_t wanted = 0, used = 0, limit = 0;
};

class VulkanDevice {
 public:
  // Throws vk::SystemError.
  VulkanDevice(vk::raii::Context context, vk::raii::Instance instance, vk::raii::PhysicalDevice physical,
               const GpuSettings& settings);
  ~VulkanDevice();

  vk::raii::Context context;
  vk::raii::Instance instance;
  vk::raii::DebugUtilsMessengerEXT messenger{nullptr};
  vk::raii::PhysicalDevice physical;
  std::uint32_t family = 0;  // of the queue
  vk::raii::Device device{nullptr};
  vk::raii::Queue queue{nullptr};
  vk::raii::CommandPool commands{nullptr};
  vk::raii::PipelineCache pipeline_cache{nullptr};
  vk::PhysicalDeviceLimits limits;
  bool uneven_indices = false;  // can index samplers differently from pixel to pixel
  std::string name;
  std::mutex mutex;       // of the queue, the pools and everything that is recorded
  bool given_up = false;  // a shader did not come to its end, or the device is lost
  std::chrono::nanoseconds time_limit;

  // Memory for a resource; throws DeviceMemoryShort.
  vk::raii::DeviceMemory allocate(const vk::MemoryRequirements& needs, vk::MemoryPropertyFlags wanted,
                                  vk::MemoryPropertyFlags liked = {});
  void freed(std::uint64_t bytes) { used_ -= bytes; }

  vk::Sampler sampler(TextureFilter filter, const std::array<Wrap, 3>& wrap);
  // What the validation layer has reported since the last call, empty if nothing.
  std::string take_reports();

 private:
  friend VkBool32 report(VkDebugUtilsMessageSeverityFlagBitsEXT, VkDebugUtilsMessageTypeFlagsEXT,
                         const VkDebugUtilsMessengerCallbackDataEXT*, void*);
  void load_pipeline_cache(const std::string& folder);
  void save_pipeline_cache() const;

  vk::PhysicalDeviceMemoryProperties memory_;
  std::uint64_t used_ = 0, limit_ = 0;
  std::map<std::array<int, 4>, vk::raii::Sampler> samplers_;
  std::string cache_file_;
  std::mutex report_mutex_;
  std::string reports_;
};
using VulkanDeviceHandle = std::shared_ptr<VulkanDevice>;

// The instance, with the validation layer if wanted and there; a usage error names what is missing.
Result<std::pair<vk::raii::Context, vk::raii::Instance>> open_instance(bool validate);
// Usable devices first, GPUs before software.
std::vector<std::pair<vk::raii::PhysicalDevice, DeviceFacts>> devices_of(const vk::raii::Instance& instance);
Result<VulkanDeviceHandle> open_device(const GpuSettings& settings);

// A caught exception of the device as an error.
Error device_error(const std::exception& caught, const std::string& device);

}  // namespace cookline
