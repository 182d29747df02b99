#include "gpu/gpu.h"

#include <fmt/format.h>

#include <deque>
#include <unordered_map>

#include "gpu/device_state.h"

namespace cookline {

Error caught_error(const DeviceState& state) {
  const VulkanDevice& device = *state.device;
  try {
    throw;
  } catch (const Error& error) {
    return error;
  } catch (const DeviceTimeout&) {
    return failure({},
                   fmt::format("the shader has not come to its end within {:g} seconds on {}",
                               std::chrono::duration<double>(device.time_limit).count(), device.name),
                   "a loop may never end; --device-timeout allows more");
  } catch (const DeviceMemoryShort& memory) {
    return failure({},
                   fmt::format("{} has no memory for {} MB more: {} of {} MB are in use", device.name,
                               memory.wanted >> 20, memory.used >> 20, memory.limit >> 20),
                   "render at a smaller resolution, or allow more with --device-memory");
  } catch (const std::exception& caught) {
    if (dynamic_cast<const vk::DeviceLostError*>(&caught)) state.device->given_up = true;
    return device_error(caught, device.name);
  }
}

struct Gpu::Impl {
  GpuSettings settings;
  std::mutex mutex;
  std::optional<Result<std::shared_ptr<DeviceState>>> state;
  std::unordered_map<Key, Result<ShaderProgramHandle>, KeyHash> programs;
  std::deque<Key> order;

  Result<std::shared_ptr<DeviceState>> open() {
    const std::lock_guard lock(mutex);
    if (state) return *state;
    Result<VulkanDeviceHandle> device = open_device(settings);
    if (!device) return state.emplace(device.error());
    auto opened = std::make_shared<DeviceState>(*device);
    try {
      const std::lock_guard device_lock((*device)->mutex);
      opened->make_lookups();
    } catch (...) {
      return state.emplace(caught_error(*opened));
    }
    return state.emplace(opened);
  }
};

Gpu::Gpu(GpuSettings settings) : impl_(std::make_unique<Impl>()) { impl_->settings = std::move(settings); }

Gpu::~Gpu() {
  if (!impl_->state || !*impl_->state) return;
  const std::shared_ptr<DeviceState> state = **impl_->state;
  const std::lock_guard lock(state->device->mutex);
  // A device that still runs a shader without end cannot be closed; the process ends with it.
  if (state->device->given_up) {
    new std::shared_ptr<DeviceState>(state);
    return;
  }
  try {
    state->queue.make_room();
  } catch (...) {  // what went wrong has been told to whoever waited for it
    new std::shared_ptr<DeviceState>(state);
  }
}

Result<ShaderProgramHandle> Gpu::compile(const ShaderRequest& request) {
  constexpr std::size_t most = 256;
  const Key key = key_of(request);
  {
    const std::lock_guard lock(impl_->mutex);
    if (const auto known = impl_->programs.find(key); known != impl_->programs.end()) return known->second;
  }
  Result<ShaderProgramHandle> program = compile_shader(request);
  const std::lock_guard lock(impl_->mutex);
  if (impl_->programs.emplace(key, program).second) impl_->order.push_back(key);
  if (impl_->order.size() > most) {
    impl_->programs.erase(impl_->order.front());
    impl_->order.pop_front();
  }
  return program;
}

Result<ImageHandle> Gpu::run(const ShaderJob& job, std::vector<std::string>& warnings) {
  Result<std::shared_ptr<DeviceState>> state = impl_->open();
  if (!state) return state.error();
  const std::lock_guard lock((*state)->device->mutex);
  Result<ImageHandle> image = run_job(*state, job, warnings);
  if (std::string reports = (*state)->device->take_reports(); image && !reports.empty())
    return failure({}, "Vulkan's validation layer reports: " + reports);
  return image;
}

Result<ImageHandle> Gpu::stack(const StackJob& job) {
  Result<std::shared_ptr<DeviceState>> state = impl_->open();
  if (!state) return state.error();
  const std::lock_guard lock((*state)->device->mutex);
  Result<ImageHandle> image = stack_pictures(*state, job);
  if (std::string reports = (*state)->device->take_reports(); image && !reports.empty())
    return failure({}, "Vulkan's validation layer reports: " + reports);
  return image;
}

bool Gpu::in_use() const {
  const std::lock_guard lock(impl_->mutex);
  return impl_->state && *impl_->state;
}

Result<DeviceFacts> Gpu::device() {
  Result<std::shared_ptr<DeviceState>> state = impl_->open();
  if (!state) return state.error();
  for (const auto& [physical, facts] : devices_of((*state)->device->instance))
    if (*physical == *(*state)->device->physical) return facts;
  return failure({}, "the device is gone");
}

}  // namespace cookline
