// Everything that lives as long as a device is open. Private to the gpu layer.
#pragma once
#include "gpu/pipeline.h"
#include "gpu/submission.h"

namespace cookline {

struct DeviceState : std::enable_shared_from_this<DeviceState> {
  VulkanDeviceHandle device;
  std::shared_ptr<TexturePool> pool;
  DeviceQueue queue;
  PipelineStore pipelines;
  TextureHandle noise_map, sine_lookup;  // what every shader may sample
  HostBufferHandle noise_tables;
  std::vector<HostBufferHandle> read_buffers;  // that nobody reads into; fresh memory costs more than the copy

  explicit DeviceState(VulkanDeviceHandle opened)
      : device(opened), pool(std::make_shared<TexturePool>(opened)), queue(opened, pool), pipelines(opened) {}
  // Makes the textures that every shader may sample. Once, with the device locked.
  void make_lookups();
  // A buffer to read into, used again or new, and back. With the device locked.
  HostBufferHandle take_read_buffer(std::uint64_t bytes);
  void give_back(HostBufferHandle buffer);
};

// A picture that is a texture. Reading it waits for the device.
class TexturePixels final : public DevicePixels {
 public:
  TexturePixels(std::shared_ptr<DeviceState> state, TextureHandle texture)
      : state_(std::move(state)), texture_(std::move(texture)) {}
  ~TexturePixels() override;
  TexturePixels(const TexturePixels&) = delete;
  TexturePixels& operator=(const TexturePixels&) = delete;
  void start_read() const override;
  Status wait() const override;
  Status read(std::byte* to) const override;
  const TextureHandle& texture() const { return texture_; }
  bool is_on(const DeviceState& state) const { return state_.get() == &state; }

 private:
  // A copy to memory that has been submitted.
  struct Copy {
    SubmissionHandle submission;
    HostBufferHandle buffer;
  };
  Copy submit_copy() const;

  std::shared_ptr<DeviceState> state_;
  TextureHandle texture_;
  mutable std::optional<Copy> started_;  // guarded by the device's lock
};

// The texture of a picture, uploaded within the submission if it is not on the device yet.
TextureHandle texture_of(DeviceState& state, Submission& submission, const Image& image);
// A copy of it with all its levels.
TextureHandle with_mipmaps(DeviceState& state, Submission& submission, const TextureHandle& texture);

// Gpu::stack. The device is locked.
Result<ImageHandle> stack_pictures(const std::shared_ptr<DeviceState>& state, const StackJob& job);

// The exception being handled, as an error.
Error caught_error(const DeviceState& state);

// Records and submits a job. The device is locked.
Result<ImageHandle> run_job(const std::shared_ptr<DeviceState>& state, const ShaderJob& job,
                            std::vector<std::string>& warnings);

}  // namespace cookline
