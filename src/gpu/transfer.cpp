// Pictures between memory and the device.
#include <algorithm>
#include <cmath>
#include <cstring>

#include "base/random.h"
#include "gpu/contract.h"
#include "gpu/device_state.h"

namespace cookline {
namespace {

// Formats of three channels have a fourth on the device, whose value is never seen.
void spread(const std::byte* from, std::byte* to, std::size_t pixels, std::size_t part) {
  for (std::size_t i = 0; i < pixels; ++i, from += 3 * part, to += 4 * part) {
    std::memcpy(to, from, 3 * part);
    std::memset(to + 3 * part, 0, part);
  }
}
void gather(const std::byte* from, std::byte* to, std::size_t pixels, std::size_t part) {
  for (std::size_t i = 0; i < pixels; ++i, from += 4 * part, to += 3 * part) std::memcpy(to, from, 3 * part);
}
bool has_fourth(PixelFormat format) {
  return info(format).channels == 3 && device_format(format).bytes != info(format).bytes;
}

TextureHandle upload(DeviceState& state, Submission& s, const TextureShape& shape, const std::byte* pixels) {
  const std::uint64_t bytes = packed_bytes(shape);
  auto staging = std::make_shared<HostBuffer>(state.device, bytes, vk::BufferUsageFlagBits::eTransferSrc);
  if (has_fourth(shape.format))
    spread(pixels, staging->mapped, bytes / std::uint64_t(device_format(shape.format).bytes),
           std::size_t(info(shape.format).bytes / 3));
  else
    std::memcpy(staging->mapped, pixels, bytes);
  TextureHandle texture = state.pool->take(shape);
  begin_texture(s.commands, *texture);
  s.commands.copyBufferToImage(*staging->buffer, *texture->image, vk::ImageLayout::eGeneral, whole_copy(shape));
  s.held.push_back(staging);
  s.held.push_back(texture);
  return texture;
}

std::uint16_t half_of(float value) {  // of numbers in [0, 1], exact enough for a lookup
  const int exponent = value > 0 ? std::max(-14, int(std::floor(std::log2(value)))) : -14;
  const double steps = std::round(std::ldexp(double(value), 10 - exponent));
  if (steps < 1024) return std::uint16_t(steps);
  return std::uint16_t(((exponent + 15) << 10) + int(steps) - 1024);
}

}  // namespace

TextureHandle texture_of(DeviceState& state, Submission& s, const Image& image) {
  const std::shared_ptr<const DevicePixels> there = image.device();
  if (const auto* pixels = dynamic_cast<const TexturePixels*>(there.get()); pixels && pixels->is_on(state)) {
    s.held.push_back(pixels->texture());
    return pixels->texture();
  }
  if (Status status = image.fetch(); !status) throw status.error();
  const TextureShape shape{image.format(), image.kind(), image.width(), image.height(), image.slices()};
  TextureHandle texture = upload(state, s, shape, image.pixels().data());
  image.keep_on_device(std::make_shared<TexturePixels>(state.shared_from_this(), texture));
  return texture;
}

TextureHandle with_mipmaps(DeviceState& state, Submission& s, const TextureHandle& texture) {
  TextureShape shape = texture->shape;
  shape.mipmaps = true, shape.written = false;
  TextureHandle copy = state.pool->take(shape);
  begin_texture(s.commands, *copy);
  const vk::BufferImageCopy whole = whole_copy(shape);
  full_barrier(s.commands);
  s.commands.copyImage(*texture->image, vk::ImageLayout::eGeneral, *copy->image, vk::ImageLayout::eGeneral,
                       vk::ImageCopy(whole.imageSubresource, {}, whole.imageSubresource, {}, whole.imageExtent));
  make_mipmaps(s.commands, *copy);
  s.held.push_back(copy);
  return copy;
}

// With the device locked.
TexturePixels::Copy TexturePixels::submit_copy() const {
  const HostBufferHandle buffer = state_->take_read_buffer(packed_bytes(texture_->shape));
  const SubmissionHandle s = state_->queue.begin();
  s->commands.copyImageToBuffer(*texture_->image, vk::ImageLayout::eGeneral, *buffer->buffer,
                                whole_copy(texture_->shape));
  s->held.push_back(buffer);
  s->held.push_back(texture_);
  state_->queue.submit(s);
  return {s, buffer};
}

void TexturePixels::start_read() const {
  const std::lock_guard lock(state_->device->mutex);
  try {
    if (!started_) started_ = submit_copy();
  } catch (...) {  // read() tries again, and tells
  }
}

// Command buffers may only be freed with the device locked, and here may be the last to hold one.
TexturePixels::~TexturePixels() {
  if (!started_) return;
  const std::lock_guard lock(state_->device->mutex);
  started_.reset();
}

Status TexturePixels::wait() const {
  try {
    SubmissionHandle s;
    {
      const std::lock_guard lock(state_->device->mutex);
      s = state_->queue.begin();
      state_->queue.submit(s);
    }
    state_->queue.wait(s);
    const std::lock_guard lock(state_->device->mutex);
    s.reset();
    return {};
  } catch (...) {
    return caught_error(*state_);
  }
}

Status TexturePixels::read(std::byte* to) const {
  try {
    Copy copy;
    {
      const std::lock_guard lock(state_->device->mutex);
      copy = started_ ? std::move(*started_) : submit_copy();
      started_.reset();
    }
    state_->queue.wait(copy.submission);
    const PixelFormat format = texture_->shape.format;
    const std::uint64_t bytes = packed_bytes(texture_->shape);
    if (has_fourth(format))
      gather(copy.buffer->mapped, to, bytes / std::uint64_t(device_format(format).bytes),
             std::size_t(info(format).bytes / 3));
    else
      std::memcpy(to, copy.buffer->mapped, bytes);
    const std::lock_guard lock(state_->device->mutex);
    state_->give_back(std::move(copy.buffer));
    copy.submission.reset();
    return {};
  } catch (...) {
    return caught_error(*state_);
  }
}

HostBufferHandle DeviceState::take_read_buffer(std::uint64_t bytes) {
  for (HostBufferHandle& idle : read_buffers)
    if (idle->bytes >= bytes && idle->bytes / 2 <= bytes) {
      HostBufferHandle buffer = std::move(idle);
      std::erase(read_buffers, nullptr);
      return buffer;
    }
  const auto make = [&] { return std::make_shared<HostBuffer>(device, bytes, vk::BufferUsageFlagBits::eTransferDst); };
  try {
    return make();
  } catch (const DeviceMemoryShort&) {
    read_buffers.clear();
    queue.make_room();
    return make();
  }
}

void DeviceState::give_back(HostBufferHandle buffer) {
  constexpr std::size_t most = 2;
  if (read_buffers.size() >= most) read_buffers.erase(read_buffers.begin());
  read_buffers.push_back(std::move(buffer));
}

void DeviceState::make_lookups() {
  const SubmissionHandle s = queue.begin();
  std::vector<std::byte> noise(256 * 256);
  for (std::size_t i = 0; i < noise.size(); ++i) noise[i] = std::byte(random_bits(0x7d, i) >> 56);
  noise_map = upload(*this, *s, {PixelFormat::mono8fixed, TextureKind::texture2d, 256, 256}, noise.data());
  constexpr int samples = 1024;
  std::vector<std::uint16_t> sine(samples);
  for (int i = 0; i < samples; ++i)
    sine[std::size_t(i)] = half_of(float(0.5 + 0.5 * std::sin(2 * M_PI * (i + 0.5) / samples)));
  TextureShape line{PixelFormat::mono16float, TextureKind::texture2d, samples, 1};
  line.line = true;
  sine_lookup = upload(*this, *s, line, reinterpret_cast<const std::byte*>(sine.data()));
  noise_tables = std::make_shared<HostBuffer>(device, sizeof(NoiseBuffer), vk::BufferUsageFlagBits::eStorageBuffer);
  fill_noise_buffer(*reinterpret_cast<NoiseBuffer*>(noise_tables->mapped));
  queue.submit(s);
}

}  // namespace cookline
