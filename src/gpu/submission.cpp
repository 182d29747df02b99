#include "gpu/submission.h"

#include <algorithm>

namespace cookline {
namespace {

constexpr std::size_t most_running = 8;

vk::ImageSubresourceLayers level_of(const TextureShape& s, std::uint32_t level) {
  const bool volume = s.kind == TextureKind::texture3d;
  return {vk::ImageAspectFlagBits::eColor, level, 0, volume ? 1 : std::uint32_t(s.slices)};
}

vk::Extent3D extent_of(const TextureShape& s, std::uint32_t level) {
  const auto side = [&](int full) { return std::max(1u, std::uint32_t(full) >> level); };
  return {side(s.width), side(s.height), s.kind == TextureKind::texture3d ? side(s.slices) : 1};
}

}  // namespace

void full_barrier(const vk::raii::CommandBuffer& commands) {
  using A = vk::AccessFlagBits;
  const vk::MemoryBarrier all(A::eMemoryWrite, A::eMemoryRead | A::eMemoryWrite);
  commands.pipelineBarrier(vk::PipelineStageFlagBits::eAllCommands, vk::PipelineStageFlagBits::eAllCommands, {}, all,
                           {}, {});
}

void begin_texture(const vk::raii::CommandBuffer& commands, Texture& texture) {
  if (!texture.fresh) return;
  using A = vk::AccessFlagBits;
  const bool volume = texture.shape.kind == TextureKind::texture3d;
  const vk::ImageSubresourceRange all(vk::ImageAspectFlagBits::eColor, 0, texture.levels, 0,
                                      volume ? 1 : std::uint32_t(texture.shape.slices));
  const vk::ImageMemoryBarrier to({}, A::eMemoryRead | A::eMemoryWrite, vk::ImageLayout::eUndefined,
                                  vk::ImageLayout::eGeneral, VK_QUEUE_FAMILY_IGNORED, VK_QUEUE_FAMILY_IGNORED,
                                  *texture.image, all);
  commands.pipelineBarrier(vk::PipelineStageFlagBits::eAllCommands, vk::PipelineStageFlagBits::eAllCommands, {}, {}, {},
                           to);
  texture.fresh = false;
}

std::uint64_t packed_bytes(const TextureShape& s) {
  return std::uint64_t(s.width) * std::uint64_t(s.height) * std::uint64_t(s.slices) *
         std::uint64_t(device_format(s.format).bytes);
}

vk::BufferImageCopy whole_copy(const TextureShape& s) { return {0, 0, 0, level_of(s, 0), {0, 0, 0}, extent_of(s, 0)}; }

void make_mipmaps(const vk::raii::CommandBuffer& commands, Texture& texture) {
  for (std::uint32_t level = 1; level < texture.levels; ++level) {
    const auto corner = [&](std::uint32_t l) {
      const vk::Extent3D e = extent_of(texture.shape, l);
      return vk::Offset3D(int(e.width), int(e.height), int(e.depth));
    };
    const vk::ImageBlit half(level_of(texture.shape, level - 1), {vk::Offset3D(), corner(level - 1)},
                             level_of(texture.shape, level), {vk::Offset3D(), corner(level)});
    full_barrier(commands);
    commands.blitImage(*texture.image, vk::ImageLayout::eGeneral, *texture.image, vk::ImageLayout::eGeneral, half,
                       vk::Filter::eLinear);
  }
}

void DeviceQueue::retire() {
  while (!running_.empty() && running_.front()->fence.getStatus() == vk::Result::eSuccess) {
    running_.front()->held.clear();
    // Whoever still waits for it keeps it from being used again.
    if (running_.front().use_count() == 1) spare_.push_back(std::move(running_.front()));
    running_.pop_front();
  }
}

SubmissionHandle DeviceQueue::begin() {
  if (device_->given_up) throw DeviceTimeout{};
  retire();
  if (running_.size() >= most_running) {
    wait(running_.front());
    retire();
  }
  SubmissionHandle s;
  if (!spare_.empty()) {
    s = std::move(spare_.front());
    spare_.pop_front();
    device_->device.resetFences(*s->fence);
  } else {
    s = std::make_shared<Submission>();
    s->fence = vk::raii::Fence(device_->device, vk::FenceCreateInfo());
    s->commands = std::move(vk::raii::CommandBuffers(
        device_->device, vk::CommandBufferAllocateInfo(*device_->commands, vk::CommandBufferLevel::ePrimary, 1))[0]);
  }
  s->commands.begin(vk::CommandBufferBeginInfo(vk::CommandBufferUsageFlagBits::eOneTimeSubmit));
  full_barrier(s->commands);
  return s;
}

void DeviceQueue::submit(const SubmissionHandle& submission) {
  full_barrier(submission->commands);
  submission->commands.end();
  const vk::SubmitInfo work({}, {}, *submission->commands);
  running_.push_back(submission);
  device_->queue.submit(work, *submission->fence);
}

void DeviceQueue::wait(const SubmissionHandle& submission) {
  const vk::Result result =
      device_->device.waitForFences(*submission->fence, VK_TRUE, std::uint64_t(device_->time_limit.count()));
  if (result == vk::Result::eSuccess) return;
  device_->given_up = true;
  throw DeviceTimeout{};
}

void DeviceQueue::make_room() {
  if (!running_.empty()) wait(running_.back());
  retire();
  pool_->clear();
}

}  // namespace cookline
