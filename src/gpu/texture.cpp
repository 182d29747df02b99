#include "gpu/texture.h"

#include <fmt/format.h>

#include <algorithm>
#include <bit>

namespace cookline {
namespace {

using vk::Format;

vk::ComponentMapping mapping(Layout layout) {
  using S = vk::ComponentSwizzle;
  switch (layout) {
    case Layout::mono:
      return {S::eR, S::eR, S::eR, S::eOne};
    case Layout::rg:
      return {S::eR, S::eG, S::eZero, S::eOne};
    case Layout::a:
      return {S::eZero, S::eZero, S::eZero, S::eR};
    case Layout::monoalpha:
      return {S::eR, S::eR, S::eR, S::eG};
    case Layout::rgb:
      return {S::eR, S::eG, S::eB, S::eOne};
    default:
      return {};
  }
}

Format by_channels(int channels, Format one, Format two, Format four) {
  return channels == 1 ? one : channels == 2 ? two : four;
}

}  // namespace

DeviceFormat device_format(PixelFormat format) {
  const PixelFormatInfo& f = info(format);
  const int n = f.channels == 3 ? 4 : f.channels;
  switch (f.component) {
    case Component::u8:
      if (f.srgb) return {Format::eR8G8B8A8Srgb, Format::eR8G8B8A8Unorm, 4, mapping(f.layout)};
      {
        const Format v = by_channels(n, Format::eR8Unorm, Format::eR8G8Unorm, Format::eR8G8B8A8Unorm);
        return {v, v, n, mapping(f.layout)};
      }
    case Component::u16: {
      const Format v = by_channels(n, Format::eR16Unorm, Format::eR16G16Unorm, Format::eR16G16B16A16Unorm);
      return {v, v, 2 * n, mapping(f.layout)};
    }
    case Component::f16: {
      const Format v = by_channels(n, Format::eR16Sfloat, Format::eR16G16Sfloat, Format::eR16G16B16A16Sfloat);
      return {v, v, 2 * n, mapping(f.layout)};
    }
    case Component::f32: {
      const Format v = by_channels(n, Format::eR32Sfloat, Format::eR32G32Sfloat, Format::eR32G32B32A32Sfloat);
      return {v, v, 4 * n, mapping(f.layout)};
    }
    case Component::packed10:
      return {Format::eA2B10G10R10UnormPack32, Format::eA2B10G10R10UnormPack32, 4, mapping(f.layout)};
    default:
      return {Format::eB10G11R11UfloatPack32, Format::eB10G11R11UfloatPack32, 4, mapping(f.layout)};
  }
}

HostBuffer::HostBuffer(VulkanDeviceHandle on, std::uint64_t size, vk::BufferUsageFlags usage)
    : device(std::move(on)), buffer(device->device, vk::BufferCreateInfo({}, size, usage)), bytes(size) {
  using F = vk::MemoryPropertyFlagBits;
  memory = device->allocate(buffer.getMemoryRequirements(), F::eHostVisible | F::eHostCoherent, F::eHostCached);
  bytes = buffer.getMemoryRequirements().size;
  buffer.bindMemory(*memory, 0);
  mapped = static_cast<std::byte*>(memory.mapMemory(0, size));
}

HostBuffer::~HostBuffer() {
  if (*memory) device->freed(bytes);
}

void TexturePool::check(const TextureShape& s) const {
  const vk::PhysicalDeviceLimits& l = device_->limits;
  const std::uint32_t side = s.kind == TextureKind::texture3d ? l.maxImageDimension3D : l.maxImageDimension2D;
  const std::uint32_t deep = s.kind == TextureKind::texture3d ? l.maxImageDimension3D : l.maxImageArrayLayers;
  if (std::uint32_t(std::max(s.width, s.height)) > side || std::uint32_t(s.slices) > deep)
    throw failure({}, fmt::format("{}x{}x{} pixels are too many for {}", s.width, s.height, s.slices, device_->name),
                  fmt::format("its textures have at most {} pixels a side and {} slices", side, deep));
  const auto can = device_->physical.getFormatProperties(device_format(s.format).format).optimalTilingFeatures;
  using F = vk::FormatFeatureFlagBits;
  if (!(can & F::eSampledImage) || (s.written && !(can & F::eColorAttachment)))
    throw failure({}, fmt::format("{} has no textures of the pixel format {}", device_->name, info(s.format).name),
                  "choose another Pixel Format");
}

std::unique_ptr<Texture> TexturePool::make(const TextureShape& s) {
  check(s);
  auto texture = std::make_unique<Texture>();
  texture->shape = s;
  const DeviceFormat format = device_format(s.format);
  const bool volume = s.kind == TextureKind::texture3d;
  if (s.mipmaps) texture->levels = std::uint32_t(std::bit_width(unsigned(std::max(s.width, s.height))));
  using U = vk::ImageUsageFlagBits;
  using C = vk::ImageCreateFlagBits;
  vk::ImageUsageFlags usage = U::eSampled | U::eTransferSrc | U::eTransferDst;
  vk::ImageCreateFlags flags;
  const auto can = device_->physical.getFormatProperties(format.written).optimalTilingFeatures;
  const bool stored = s.written && (can & vk::FormatFeatureFlagBits::eStorageImage);
  if (s.written) usage |= U::eColorAttachment;
  if (stored) usage |= U::eStorage;
  if (stored && format.written != format.format) flags |= C::eMutableFormat | C::eExtendedUsage;
  if (s.kind == TextureKind::cube) flags |= C::eCubeCompatible;
  if (volume && s.written) flags |= C::e2DArrayCompatible;
  const auto type = s.line ? vk::ImageType::e1D : volume ? vk::ImageType::e3D : vk::ImageType::e2D;
  const std::uint32_t layers = volume ? 1 : std::uint32_t(s.slices);
  texture->image = vk::raii::Image(
      device_->device,
      vk::ImageCreateInfo(flags, type, format.format,
                          {std::uint32_t(s.width), std::uint32_t(s.height), volume ? std::uint32_t(s.slices) : 1},
                          texture->levels, layers, vk::SampleCountFlagBits::e1, vk::ImageTiling::eOptimal, usage));
  const vk::MemoryRequirements needs = texture->image.getMemoryRequirements();
  texture->memory = device_->allocate(needs, vk::MemoryPropertyFlagBits::eDeviceLocal);
  texture->bytes = needs.size;
  texture->image.bindMemory(*texture->memory, 0);

  using V = vk::ImageViewType;
  const V view = s.line                                  ? V::e1D
                 : volume                                ? V::e3D
                 : s.kind == TextureKind::cube           ? V::eCube
                 : s.kind == TextureKind::texture2darray ? V::e2DArray
                                                         : V::e2D;
  const vk::ImageSubresourceRange all(vk::ImageAspectFlagBits::eColor, 0, texture->levels, 0, layers);
  const auto view_of = [&](V kind, Format f, const vk::ComponentMapping& map, const vk::ImageSubresourceRange& range,
                           vk::ImageUsageFlags uses) {
    const vk::ImageViewUsageCreateInfo only(uses);
    return vk::raii::ImageView(device_->device,
                               vk::ImageViewCreateInfo({}, *texture->image, kind, f, map, range, &only));
  };
  texture->sampled = view_of(view, format.format, format.sampled, all, U::eSampled);
  if (stored)
    texture->stored =
        view_of(view, format.written, {}, {vk::ImageAspectFlagBits::eColor, 0, 1, 0, layers}, U::eStorage);
  for (int i = 0; s.written && i < s.slices; ++i)
    texture->targets.push_back(view_of(
        V::e2D, format.format, {}, {vk::ImageAspectFlagBits::eColor, 0, 1, std::uint32_t(i), 1}, U::eColorAttachment));
  return texture;
}

TextureHandle TexturePool::take(const TextureShape& shape) {
  std::unique_ptr<Texture> texture;
  {
    const std::lock_guard lock(mutex_);
    const auto at = std::find_if(idle_.begin(), idle_.end(), [&](const auto& t) { return t->shape == shape; });
    if (at != idle_.end()) {
      texture = std::move(*at);
      idle_.erase(at);
    }
  }
  if (!texture) texture = make(shape);
  return TextureHandle(texture.release(), [pool = shared_from_this()](Texture* t) {
    const std::lock_guard lock(pool->mutex_);
    pool->idle_.emplace_back(t);
  });
}

void TexturePool::clear() {
  const std::lock_guard lock(mutex_);
  for (const auto& texture : idle_) device_->freed(texture->bytes);
  idle_.clear();
}

}  // namespace cookline
