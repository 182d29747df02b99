// Pictures of a device as the slices of one: copied there, so that a volume which changes in one slice is not brought
// to the device anew.
#include <algorithm>

#include "gpu/device_state.h"

namespace cookline {
namespace {

// The first slice of a texture into slice `at` of another.
vk::ImageCopy copy_into(const TextureShape& shape, int at) {
  const bool volume = shape.kind == TextureKind::texture3d;
  const auto aspect = vk::ImageAspectFlagBits::eColor;
  vk::ImageCopy copy({aspect, 0, 0, 1}, {}, {aspect, 0, volume ? 0 : std::uint32_t(at), 1}, {0, 0, volume ? at : 0},
                     {std::uint32_t(shape.width), std::uint32_t(shape.height), 1});
  return copy;
}

ImageHandle stacked(const std::shared_ptr<DeviceState>& state, const StackJob& job) {
  const TextureShape shape{job.format, job.kind, job.width_px, job.height_px, int(job.slices.size())};
  const SubmissionHandle s = state->queue.begin();
  const TextureHandle texture = state->pool->take(shape);
  begin_texture(s->commands, *texture);
  s->held.push_back(texture);
  s->held.push_back(state);
  const bool volume = shape.kind == TextureKind::texture3d;
  const vk::ImageSubresourceRange all(vk::ImageAspectFlagBits::eColor, 0, 1, 0,
                                      volume ? 1 : std::uint32_t(shape.slices));
  if (std::ranges::count(job.slices, nullptr) > 0)
    s->commands.clearColorImage(*texture->image, vk::ImageLayout::eGeneral, vk::ClearColorValue(), all);
  std::vector<TextureHandle> from;
  for (const ImageHandle& slice : job.slices) from.push_back(slice ? texture_of(*state, *s, *slice) : nullptr);
  full_barrier(s->commands);
  for (std::size_t i = 0; i < from.size(); ++i)
    if (from[i])
      s->commands.copyImage(*from[i]->image, vk::ImageLayout::eGeneral, *texture->image, vk::ImageLayout::eGeneral,
                            copy_into(shape, int(i)));
  state->queue.submit(s);
  auto image = std::make_shared<Image>(shape.width, shape.height, shape.format, shape.kind, shape.slices,
                                       std::make_shared<TexturePixels>(state, texture));
  image->aspect = job.aspect, image->newest_slice = job.newest_slice;
  return image;
}

}  // namespace

Result<ImageHandle> stack_pictures(const std::shared_ptr<DeviceState>& state, const StackJob& job) {
  try {
    try {
      return stacked(state, job);
    } catch (const DeviceMemoryShort&) {
      state->read_buffers.clear();
      state->queue.make_room();
      return stacked(state, job);
    }
  } catch (...) {
    return caught_error(*state);
  }
}

}  // namespace cookline
