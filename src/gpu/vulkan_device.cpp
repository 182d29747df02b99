#include "gpu/vulkan_device.h"

#include <fmt/format.h>

#include <algorithm>
#include <cstring>
#include <filesystem>
#include <fstream>

#include "base/hash.h"
#include "base/text.h"

namespace cookline {
namespace {

constexpr const char* validation_layer = "VK_LAYER_KHRONOS_validation";
constexpr std::uint32_t least_api = VK_API_VERSION_1_1;

std::string version_text(std::uint32_t v) {
  return fmt::format("{}.{}.{}", VK_API_VERSION_MAJOR(v), VK_API_VERSION_MINOR(v), VK_API_VERSION_PATCH(v));
}

std::string kind_name(vk::PhysicalDeviceType type) {
  switch (type) {
    case vk::PhysicalDeviceType::eDiscreteGpu:
      return "discrete";
    case vk::PhysicalDeviceType::eIntegratedGpu:
      return "integrated";
    case vk::PhysicalDeviceType::eVirtualGpu:
      return "virtual";
    case vk::PhysicalDeviceType::eCpu:
      return "cpu";
    default:
      return "other";
  }
}
int preference(const DeviceFacts& facts) {
  const std::string_view order[] = {"discrete", "integrated", "virtual", "cpu", "other"};
  const auto at = std::find(std::begin(order), std::end(order), facts.kind);
  return int(at - std::begin(order)) + (facts.unusable.empty() ? 0 : 10);
}

// A family that draws and computes, which all devices that draw have.
std::optional<std::uint32_t> queue_family(const vk::raii::PhysicalDevice& physical) {
  const auto families = physical.getQueueFamilyProperties();
  const vk::QueueFlags wanted = vk::QueueFlagBits::eGraphics | vk::QueueFlagBits::eCompute;
  for (std::size_t i = 0; i < families.size(); ++i)
    if ((families[i].queueFlags & wanted) == wanted) return std::uint32_t(i);
  return std::nullopt;
}

DeviceFacts facts_of(const vk::raii::PhysicalDevice& physical) {
  const vk::PhysicalDeviceProperties p = physical.getProperties();
  DeviceFacts facts{std::string(p.deviceName.data()), kind_name(p.deviceType), "", version_text(p.apiVersion)};
  if (p.apiVersion >= VK_API_VERSION_1_2) {
    const auto chain = physical.getProperties2<vk::PhysicalDeviceProperties2, vk::PhysicalDeviceDriverProperties>();
    const auto& driver = chain.get<vk::PhysicalDeviceDriverProperties>();
    facts.driver = fmt::format("{} {}", driver.driverName.data(), driver.driverInfo.data());
  }
  const vk::PhysicalDeviceMemoryProperties memory = physical.getMemoryProperties();
  for (std::uint32_t i = 0; i < memory.memoryHeapCount; ++i)
    if (memory.memoryHeaps[i].flags & vk::MemoryHeapFlagBits::eDeviceLocal)
      facts.memory_bytes = std::max<std::uint64_t>(facts.memory_bytes, memory.memoryHeaps[i].size);
  if (p.apiVersion < least_api)
    facts.unusable = fmt::format("Vulkan {} is too old: at least 1.1 is needed", facts.api);
  else if (!queue_family(physical))
    facts.unusable = "it has no queue that draws and computes";
  return facts;
}

vk::SamplerAddressMode address(Wrap wrap) {
  switch (wrap) {
    case Wrap::zero:
      return vk::SamplerAddressMode::eClampToBorder;
    case Wrap::repeat:
      return vk::SamplerAddressMode::eRepeat;
    case Wrap::mirror:
      return vk::SamplerAddressMode::eMirroredRepeat;
    default:
      return vk::SamplerAddressMode::eClampToEdge;
  }
}

// What shaders may use where the device has it.
vk::PhysicalDeviceFeatures wanted_features(const vk::PhysicalDeviceFeatures& there) {
  vk::PhysicalDeviceFeatures features;
  features.shaderStorageImageExtendedFormats = there.shaderStorageImageExtendedFormats;
  features.shaderStorageImageReadWithoutFormat = there.shaderStorageImageReadWithoutFormat;
  features.shaderStorageImageWriteWithoutFormat = there.shaderStorageImageWriteWithoutFormat;
  features.shaderSampledImageArrayDynamicIndexing = there.shaderSampledImageArrayDynamicIndexing;
  features.shaderStorageImageArrayDynamicIndexing = there.shaderStorageImageArrayDynamicIndexing;
  features.fragmentStoresAndAtomics = there.fragmentStoresAndAtomics;
  features.vertexPipelineStoresAndAtomics = there.vertexPipelineStoresAndAtomics;
  features.robustBufferAccess = there.robustBufferAccess;
  features.independentBlend = there.independentBlend;
  features.shaderFloat64 = there.shaderFloat64;
  features.shaderInt64 = there.shaderInt64;
  features.imageCubeArray = there.imageCubeArray;
  return features;
}

}  // namespace

VkBool32 report(VkDebugUtilsMessageSeverityFlagBitsEXT, VkDebugUtilsMessageTypeFlagsEXT,
                const VkDebugUtilsMessengerCallbackDataEXT* data, void* device) {
  auto& self = *static_cast<VulkanDevice*>(device);
  const std::lock_guard lock(self.report_mutex_);
  self.reports_ += std::string(data->pMessage) + "\n";
  return VK_FALSE;
}

Result<std::pair<vk::raii::Context, vk::raii::Instance>> open_instance(bool validate) {
  try {
    vk::raii::Context context;
    std::vector<const char*> layers, extensions;
    if (validate) {
      const auto there = context.enumerateInstanceLayerProperties();
      if (std::none_of(there.begin(), there.end(),
                       [](const auto& l) { return std::strcmp(l.layerName, validation_layer) == 0; }))
        return usage_error({}, "Vulkan's validation layer is not installed", "Debian: vulkan-validationlayers");
      layers.push_back(validation_layer);
      extensions.push_back(VK_EXT_DEBUG_UTILS_EXTENSION_NAME);
    }
    const vk::ApplicationInfo application("cookline", 1, "cookline", 1, VK_API_VERSION_1_1);
    vk::raii::Instance instance(context, vk::InstanceCreateInfo({}, &application, layers, extensions));
    return std::pair(std::move(context), std::move(instance));
  } catch (const std::exception& caught) {
    return failure({}, fmt::format("Vulkan does not start: {}", caught.what()),
                   "shaders need a Vulkan driver; without a GPU: Debian's mesa-vulkan-drivers");
  }
}

std::vector<std::pair<vk::raii::PhysicalDevice, DeviceFacts>> devices_of(const vk::raii::Instance& instance) {
  std::vector<std::pair<vk::raii::PhysicalDevice, DeviceFacts>> devices;
  for (vk::raii::PhysicalDevice& physical : vk::raii::PhysicalDevices(instance)) {
    DeviceFacts facts = facts_of(physical);
    devices.emplace_back(std::move(physical), std::move(facts));
  }
  std::stable_sort(devices.begin(), devices.end(),
                   [](const auto& a, const auto& b) { return preference(a.second) < preference(b.second); });
  return devices;
}

Result<std::vector<DeviceFacts>> list_devices() {
  auto opened = open_instance(false);
  if (!opened) return opened.error();
  try {
    std::vector<DeviceFacts> list;
    for (auto& [physical, facts] : devices_of(opened->second)) list.push_back(std::move(facts));
    return list;
  } catch (const vk::SystemError&) {  // a loader without any driver says so by an error
    return std::vector<DeviceFacts>{};
  }
}

Result<VulkanDeviceHandle> open_device(const GpuSettings& settings) {
  auto opened = open_instance(settings.validate);
  if (!opened) return opened.error();
  try {
    auto devices = devices_of(opened->second);
    std::string all;
    for (std::size_t i = 0; i < devices.size(); ++i)
      all += fmt::format("{}{} {}", i ? ", " : "", i, devices[i].second.name);
    const auto number = parse_number(settings.device);
    for (std::size_t i = 0; i < devices.size(); ++i) {
      auto& [physical, facts] = devices[i];
      const bool meant =
          number ? double(i) == *number : to_lower(facts.name).find(to_lower(settings.device)) != std::string::npos;
      if (!meant) continue;
      if (!facts.unusable.empty()) return usage_error(facts.name, facts.unusable);
      return std::make_shared<VulkanDevice>(std::move(opened->first), std::move(opened->second), std::move(physical),
                                            settings);
    }
    if (devices.empty())
      return failure({}, "there is no Vulkan device for shaders",
                     "install a GPU's driver, or Debian's mesa-vulkan-drivers for machines without one");
    return usage_error("--device", fmt::format("no device is named '{}'; there are: {}", settings.device, all));
  } catch (const std::exception& caught) {
    return device_error(caught, settings.device);
  }
}

VulkanDevice::VulkanDevice(vk::raii::Context c, vk::raii::Instance i, vk::raii::PhysicalDevice p,
                           const GpuSettings& settings)
    : context(std::move(c)), instance(std::move(i)), physical(std::move(p)), family(*queue_family(physical)) {
  if (settings.validate) {
    using Severity = vk::DebugUtilsMessageSeverityFlagBitsEXT;
    using Type = vk::DebugUtilsMessageTypeFlagBitsEXT;
    messenger = vk::raii::DebugUtilsMessengerEXT(
        instance, vk::DebugUtilsMessengerCreateInfoEXT({}, Severity::eError | Severity::eWarning, Type::eValidation,
                                                       report, this));
  }
  const vk::PhysicalDeviceProperties properties = physical.getProperties();
  limits = properties.limits;
  name = properties.deviceName.data();
  time_limit = std::chrono::nanoseconds(std::int64_t(settings.time_limit_s * 1e9));
  const vk::PhysicalDeviceFeatures features = wanted_features(physical.getFeatures());
  const float priority = 1;
  const vk::DeviceQueueCreateInfo queues({}, family, 1, &priority);
  // Indices of samplers that differ from pixel to pixel.
  vk::PhysicalDeviceDescriptorIndexingFeatures indexing;
  std::vector<const char*> extensions;
  const auto offered = physical.enumerateDeviceExtensionProperties();
  if (std::any_of(offered.begin(), offered.end(), [](const auto& e) {
        return std::strcmp(e.extensionName, VK_EXT_DESCRIPTOR_INDEXING_EXTENSION_NAME) == 0;
      })) {
    extensions.push_back(VK_EXT_DESCRIPTOR_INDEXING_EXTENSION_NAME);
    const auto chain =
        physical.getFeatures2<vk::PhysicalDeviceFeatures2, vk::PhysicalDeviceDescriptorIndexingFeatures>();
    indexing.shaderSampledImageArrayNonUniformIndexing =
        chain.get<vk::PhysicalDeviceDescriptorIndexingFeatures>().shaderSampledImageArrayNonUniformIndexing;
    uneven_indices = indexing.shaderSampledImageArrayNonUniformIndexing;
  }
  device = vk::raii::Device(physical, vk::DeviceCreateInfo({}, queues, {}, extensions, &features, &indexing));
  queue = vk::raii::Queue(device, family, 0);
  commands = vk::raii::CommandPool(
      device, vk::CommandPoolCreateInfo(vk::CommandPoolCreateFlagBits::eResetCommandBuffer, family));
  memory_ = physical.getMemoryProperties();
  limit_ = settings.memory_bytes ? settings.memory_bytes : facts_of(physical).memory_bytes / 4 * 3;
  load_pipeline_cache(settings.cache_folder);
}

VulkanDevice::~VulkanDevice() {
  if (given_up) return;
  try {
    device.waitIdle();
    save_pipeline_cache();
  } catch (const vk::SystemError&) {  // a lost device has nothing to wait for
  }
}

vk::raii::DeviceMemory VulkanDevice::allocate(const vk::MemoryRequirements& needs, vk::MemoryPropertyFlags wanted,
                                              vk::MemoryPropertyFlags liked) {
  if (used_ + needs.size > limit_) throw DeviceMemoryShort{needs.size, used_, limit_};
  std::optional<std::uint32_t> type;
  for (const vk::MemoryPropertyFlags flags : {wanted | liked, wanted})
    for (std::uint32_t i = 0; i < memory_.memoryTypeCount && !type; ++i)
      if ((needs.memoryTypeBits >> i & 1) && (memory_.memoryTypes[i].propertyFlags & flags) == flags) type = i;
  if (!type) throw DeviceMemoryShort{needs.size, used_, limit_};
  vk::raii::DeviceMemory memory(device, vk::MemoryAllocateInfo(needs.size, *type));
  used_ += needs.size;
  return memory;
}

vk::Sampler VulkanDevice::sampler(TextureFilter filter, const std::array<Wrap, 3>& wrap) {
  const std::array<int, 4> key = {int(filter), int(wrap[0]), int(wrap[1]), int(wrap[2])};
  if (const auto known = samplers_.find(key); known != samplers_.end()) return *known->second;
  const bool smooth = filter != TextureFilter::nearest;
  const auto f = smooth ? vk::Filter::eLinear : vk::Filter::eNearest;
  const auto mips = filter == TextureFilter::mipmap ? vk::SamplerMipmapMode::eLinear : vk::SamplerMipmapMode::eNearest;
  vk::SamplerCreateInfo info({}, f, f, mips, address(wrap[0]), address(wrap[1]), address(wrap[2]));
  info.maxLod = filter == TextureFilter::mipmap ? VK_LOD_CLAMP_NONE : 0;
  info.borderColor = vk::BorderColor::eFloatTransparentBlack;
  return *samplers_.emplace(key, vk::raii::Sampler(device, info)).first->second;
}

std::string VulkanDevice::take_reports() {
  const std::lock_guard lock(report_mutex_);
  return std::exchange(reports_, {});
}

// The driver checks that a cache is its own; a file that is damaged or of another driver is as good as none.
void VulkanDevice::load_pipeline_cache(const std::string& folder) {
  std::string bytes;
  if (!folder.empty()) {
    const vk::PhysicalDeviceProperties p = physical.getProperties();
    const Key id = hash_bytes(std::as_bytes(std::span(p.pipelineCacheUUID.data(), p.pipelineCacheUUID.size())));
    cache_file_ = folder + "/pipelines-" + to_hex(id).substr(0, 16);
    std::ifstream file(cache_file_, std::ios::binary);
    bytes.assign(std::istreambuf_iterator<char>(file), {});
  }
  pipeline_cache = vk::raii::PipelineCache(device, vk::PipelineCacheCreateInfo({}, bytes.size(), bytes.data()));
}

void VulkanDevice::save_pipeline_cache() const {
  if (cache_file_.empty()) return;
  const std::vector<std::uint8_t> bytes = pipeline_cache.getData();
  std::error_code error;
  if (std::filesystem::file_size(cache_file_, error) == bytes.size() && !error) return;
  std::filesystem::create_directories(std::filesystem::path(cache_file_).parent_path(), error);
  const std::string temporary = fmt::format("{}.{}.tmp", cache_file_, std::uintptr_t(this));
  {
    std::ofstream file(temporary, std::ios::binary);
    file.write(reinterpret_cast<const char*>(bytes.data()), std::streamsize(bytes.size()));
    if (!file) return;
  }
  std::filesystem::rename(temporary, cache_file_, error);
}

Error device_error(const std::exception& caught, const std::string& device) {
  const std::string on = device.empty() ? "the device" : device;
  if (dynamic_cast<const vk::DeviceLostError*>(&caught))
    return failure({}, fmt::format("{} was lost while it ran the shader", on),
                   "a shader that takes too long or reads where it may not can cause this");
  if (dynamic_cast<const vk::OutOfDeviceMemoryError*>(&caught) ||
      dynamic_cast<const vk::OutOfHostMemoryError*>(&caught))
    return failure({}, fmt::format("{} has no memory left", on), "render at a smaller resolution, or fewer at a time");
  return failure({}, fmt::format("{}: {}", on, caught.what()));
}

}  // namespace cookline
