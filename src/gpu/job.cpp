// One shader job as commands of the device: its textures, descriptors and draws.
#include <fmt/format.h>

#include <algorithm>
#include <cstring>

#include "gpu/contract.h"
#include "gpu/device_state.h"
#include "gpu/values.h"

namespace cookline {
namespace {

constexpr std::uint64_t alignment = 256;  // of buffers' parts: what every device allows

struct Part {
  std::uint64_t offset = 0, bytes = 0;
};

// Everything small that a job gives to its shader, in one buffer.
class Arena {
 public:
  Part add(const void* data, std::size_t size) {
    bytes_.resize((bytes_.size() + alignment - 1) / alignment * alignment);
    const Part part{bytes_.size(), std::max<std::size_t>(size, 16)};
    bytes_.resize(bytes_.size() + part.bytes);
    if (size) std::memcpy(bytes_.data() + part.offset, data, size);
    return part;
  }
  const std::vector<std::byte>& bytes() const { return bytes_; }

 private:
  std::vector<std::byte> bytes_;
};

class Job {
 public:
  Job(const std::shared_ptr<DeviceState>& state, const ShaderJob& job, std::vector<std::string>& warnings)
      : state_(state), job_(job), program_(*job.program), warnings_(warnings), s_(state->queue.begin()) {}
  ImageHandle run();

 private:
  // What the slices see of the inputs; one for all, or one a slice.
  struct View {
    std::vector<std::size_t> inputs;
    Part infos;
    std::array<vk::DescriptorSet, 2> sets;
  };
  void check() const;
  void check_groups() const;
  void take_inputs();
  void take_outputs();
  void make_views();
  Part infos(const View& view);
  void make_buffer();
  void make_sets();
  void write_set(View& view);
  void draw();
  void dispatch();
  vk::DescriptorImageInfo image_info(const ShaderTexture& t, const TextureHandle& texture) const;

  std::shared_ptr<DeviceState> state_;
  const ShaderJob& job_;
  const ShaderProgram& program_;
  std::vector<std::string>& warnings_;
  SubmissionHandle s_;
  PipelineHandle pipeline_;
  std::vector<TextureHandle> inputs_, samplers_, outputs_;
  Arena arena_;
  Part uniforms_, counters_;
  std::vector<Part> texture_buffers_;  // of program_.samplers
  std::vector<View> views_;
  HostBufferHandle buffer_;
};

void Job::check() const {
  if (program_.uneven_indices && !state_->device->uneven_indices)
    throw project_error(
        {},
        fmt::format("{} cannot index samplers differently from pixel to pixel (nonuniformEXT)", state_->device->name),
        "sample all of them and choose by a condition, or use another device");
  const vk::PhysicalDeviceLimits& l = state_->device->limits;
  const auto most = [&](std::uint64_t found, std::uint64_t allowed, std::string_view what, std::string hint) {
    if (found > allowed)
      throw project_error(
          {}, fmt::format("{} {} are too many for {}: at most {}", found, what, state_->device->name, allowed),
          std::move(hint));
  };
  most(std::uint64_t(program_.uniform_bytes), l.maxUniformBufferRange, "bytes of uniforms",
       "long arrays can be texture buffers");
  // Two more are the engine's own: the noise map and the sine.
  const std::size_t inputs = job_.inputs_per_slice > 0 ? std::size_t(job_.inputs_per_slice) : job_.inputs.size();
  most(inputs + program_.samplers.size() + 2,
       std::min(l.maxPerStageDescriptorSamplers, l.maxPerStageDescriptorSampledImages), "textures",
       "join some of them before");
  if (!program_.compute) most(std::uint64_t(program_.outputs), l.maxColorAttachments, "color buffers", {});
  for (const NamedNumbers& buffer : job_.texture_buffers)
    most(buffer.numbers.size() / std::size_t(buffer.width), l.maxTexelBufferElements, "samples in a texture buffer",
         {});
  if (program_.compute) check_groups();
}

void Job::check_groups() const {
  const vk::PhysicalDeviceLimits& l = state_->device->limits;
  const auto& n = program_.local_size;
  const std::uint64_t together = std::uint64_t(n[0]) * std::uint64_t(n[1]) * std::uint64_t(n[2]);
  for (std::size_t i = 0; i < 3; ++i)
    if (std::uint32_t(n[i]) > l.maxComputeWorkGroupSize[i] || together > l.maxComputeWorkGroupInvocations)
      throw project_error(
          {}, fmt::format("a group of {}x{}x{} is too large for {}", n[0], n[1], n[2], state_->device->name),
          fmt::format("at most {}x{}x{} and {} in all", l.maxComputeWorkGroupSize[0], l.maxComputeWorkGroupSize[1],
                      l.maxComputeWorkGroupSize[2], l.maxComputeWorkGroupInvocations));
}

void Job::take_inputs() {
  const auto take = [&](const ShaderTexture& t) {
    TextureHandle texture = texture_of(*state_, *s_, *t.image);
    return t.filter == TextureFilter::mipmap ? with_mipmaps(*state_, *s_, texture) : texture;
  };
  for (const ShaderTexture& input : job_.inputs) inputs_.push_back(take(input));
  for (const ShaderSampler& sampler : program_.samplers) {
    const auto given =
        std::find_if(job_.samplers.begin(), job_.samplers.end(), [&](const auto& n) { return n.name == sampler.name; });
    if (!sampler.buffer && sampler.used && given == job_.samplers.end())
      throw project_error({}, fmt::format("the shader samples '{}', to which no TOP is given", sampler.name),
                          "name it and its TOP on the Samplers page");
    if (given != job_.samplers.end() && given->texture.image->kind() != sampler.kind)
      throw project_error({}, fmt::format("the sampler '{}' is of another dimension than its TOP", sampler.name));
    samplers_.push_back(sampler.buffer || given == job_.samplers.end() ? nullptr : take(given->texture));
  }
}

void Job::take_outputs() {
  TextureShape shape{job_.format, job_.kind, job_.width_px, job_.height_px, job_.slices};
  shape.written = true;
  for (int i = 0; i < program_.outputs; ++i) {
    outputs_.push_back(state_->pool->take(shape));
    begin_texture(s_->commands, *outputs_.back());
    s_->held.push_back(outputs_.back());
  }
  if (program_.compute && !*outputs_[0]->stored)
    throw failure({},
                  fmt::format("{} lets compute shaders write no pictures of the pixel format {}", state_->device->name,
                              info(job_.format).name),
                  "choose another Pixel Format");
}

Part Job::infos(const View& view) {
  std::vector<float> values;
  // `offset` is in units of the coordinate that names slices: parts of a volume, whole slices of an array.
  const auto add = [&](int width, int height, int depth, float offset = 0) {
    const float w = float(width), h = float(height), d = float(depth);
    values.insert(values.end(), {1 / w, 1 / h, w, h, 1 / d, d, offset, 0});
  };
  add(job_.width_px, job_.height_px, job_.slices);
  for (const TextureKind kind : info_order)
    for (const std::size_t i : view.inputs)
      if (const Image& image = *job_.inputs[i].image; image.kind() == kind)
        add(image.width(), image.height(), kind == TextureKind::cube ? 1 : image.slices(),
            float(image.newest_slice) / (kind == TextureKind::texture3d ? float(image.slices()) : 1.0f));
  return arena_.add(values.data(), values.size() * 4);
}

void Job::make_views() {
  const std::size_t all = job_.inputs.size(), some = std::size_t(job_.inputs_per_slice);
  const std::size_t count = some > 0 && all > 0 ? std::size_t(job_.slices) : 1;
  for (std::size_t slice = 0; slice < count; ++slice) {
    View view;
    for (std::size_t i = 0; i < (count > 1 || some > 0 ? std::min(some, all) : all); ++i)
      view.inputs.push_back((slice * some + i) % all);
    view.infos = infos(view);
    views_.push_back(std::move(view));
  }
}

void Job::make_buffer() {
  make_views();
  const auto uniforms = uniform_block(program_, job_.uniforms, warnings_);
  const auto counters = counter_block(program_, job_.counters, warnings_);
  check_constants(program_, job_.constants, warnings_);
  uniforms_ = arena_.add(uniforms.data(), uniforms.size());
  counters_ = arena_.add(counters.data(), counters.size());
  for (const ShaderSampler& sampler : program_.samplers) {
    std::vector<float> texels;
    for (const NamedNumbers& given : job_.texture_buffers)
      if (sampler.buffer && given.name == sampler.name)
        for (std::size_t i = 0; i < given.numbers.size(); i += std::size_t(given.width))
          for (int k = 0; k < 4; ++k)
            texels.push_back(k < given.width && i + std::size_t(k) < given.numbers.size()
                                 ? float(given.numbers[i + std::size_t(k)])
                                 : 0);
    texture_buffers_.push_back(sampler.buffer ? arena_.add(texels.data(), texels.size() * 4) : Part{});
  }
  using U = vk::BufferUsageFlagBits;
  buffer_ = std::make_shared<HostBuffer>(state_->device, arena_.bytes().size(),
                                         U::eUniformBuffer | U::eStorageBuffer | U::eUniformTexelBuffer);
  std::memcpy(buffer_->mapped, arena_.bytes().data(), arena_.bytes().size());
  s_->held.push_back(buffer_);
}

vk::DescriptorImageInfo Job::image_info(const ShaderTexture& t, const TextureHandle& texture) const {
  return {state_->device->sampler(t.filter, t.wrap), *texture->sampled, vk::ImageLayout::eGeneral};
}

void Job::make_sets() {
  const auto count = std::uint32_t(views_.size());
  std::vector<vk::DescriptorPoolSize> sizes = pipeline_->needs;
  for (vk::DescriptorPoolSize& size : sizes) size.descriptorCount *= count;
  auto pool = std::make_shared<vk::raii::DescriptorPool>(state_->device->device,
                                                         vk::DescriptorPoolCreateInfo({}, 2 * count, sizes));
  s_->held.push_back(pool);
  const std::array layouts = {*pipeline_->sets[0], *pipeline_->sets[1]};
  for (View& view : views_) {
    const auto sets = (*state_->device->device).allocateDescriptorSets(vk::DescriptorSetAllocateInfo(**pool, layouts));
    std::copy(sets.begin(), sets.end(), view.sets.begin());
    write_set(view);
  }
}

void Job::write_set(View& view) {
  std::deque<vk::DescriptorImageInfo> images;
  std::deque<std::vector<vk::DescriptorImageInfo>> arrays;
  std::deque<vk::DescriptorBufferInfo> buffers;
  std::deque<vk::BufferView> texels;
  std::vector<vk::WriteDescriptorSet> writes;
  const auto put_buffer = [&](vk::DescriptorSet set, int binding, vk::DescriptorType type, vk::Buffer buffer,
                              const Part& part) {
    buffers.emplace_back(buffer, part.offset, part.bytes);
    writes.emplace_back(set, std::uint32_t(binding), 0, 1, type, nullptr, &buffers.back());
  };
  const auto put_images = [&](vk::DescriptorSet set, int binding, vk::DescriptorType type,
                              std::vector<vk::DescriptorImageInfo> infos) {
    if (infos.empty()) return;
    arrays.push_back(std::move(infos));
    writes.emplace_back(set, std::uint32_t(binding), 0, type, arrays.back());
  };
  using T = vk::DescriptorType;
  using E = EngineBindings;
  if (program_.uniform_binding >= 0)
    put_buffer(view.sets[0], program_.uniform_binding, T::eUniformBuffer, *buffer_->buffer, uniforms_);
  if (program_.counter_binding >= 0)
    put_buffer(view.sets[0], program_.counter_binding, T::eStorageBuffer, *buffer_->buffer, counters_);
  for (std::size_t i = 0; i < program_.samplers.size(); ++i) {
    const ShaderSampler& sampler = program_.samplers[i];
    if (sampler.buffer) {
      auto texel_view = std::make_shared<vk::raii::BufferView>(
          state_->device->device, vk::BufferViewCreateInfo({}, *buffer_->buffer, vk::Format::eR32G32B32A32Sfloat,
                                                           texture_buffers_[i].offset, texture_buffers_[i].bytes));
      s_->held.push_back(texel_view);
      texels.push_back(**texel_view);
      writes.emplace_back(view.sets[0], std::uint32_t(sampler.binding), 0, 1, T::eUniformTexelBuffer, nullptr, nullptr,
                          &texels.back());
    } else if (samplers_[i]) {
      const auto given = std::find_if(job_.samplers.begin(), job_.samplers.end(),
                                      [&](const auto& n) { return n.name == sampler.name; });
      put_images(view.sets[0], sampler.binding, T::eCombinedImageSampler, {image_info(given->texture, samplers_[i])});
    }
  }
  put_buffer(view.sets[1], E::infos, T::eUniformBuffer, *buffer_->buffer, view.infos);
  put_buffer(view.sets[1], E::noise_tables, T::eStorageBuffer, *state_->noise_tables->buffer, {0, sizeof(NoiseBuffer)});
  const ShaderTexture plain{nullptr, TextureFilter::linear, {Wrap::repeat, Wrap::repeat, Wrap::repeat}};
  put_images(view.sets[1], E::noise_map, T::eCombinedImageSampler, {image_info(plain, state_->noise_map)});
  put_images(view.sets[1], E::sine_lookup, T::eCombinedImageSampler, {image_info(plain, state_->sine_lookup)});
  for (const TextureKind kind : info_order) {
    std::vector<vk::DescriptorImageInfo> infos;
    for (const std::size_t i : view.inputs)
      if (job_.inputs[i].image->kind() == kind) infos.push_back(image_info(job_.inputs[i], inputs_[i]));
    put_images(view.sets[1], input_binding(kind), T::eCombinedImageSampler, std::move(infos));
  }
  if (program_.compute) {
    std::vector<vk::DescriptorImageInfo> infos;
    for (const TextureHandle& output : outputs_)
      infos.emplace_back(vk::Sampler(), *output->stored, vk::ImageLayout::eGeneral);
    put_images(view.sets[1], E::outputs, T::eStorageImage, std::move(infos));
  }
  state_->device->device.updateDescriptorSets(writes, {});
}

void Job::draw() {
  const auto& c = s_->commands;
  const auto w = std::uint32_t(job_.width_px), h = std::uint32_t(job_.height_px);
  const vk::ClearValue clear(vk::ClearColorValue(job_.clear));
  const std::vector<vk::ClearValue> clears(outputs_.size(), clear);
  for (int slice = 0; slice < job_.slices; ++slice) {
    std::vector<vk::ImageView> targets;
    for (const TextureHandle& output : outputs_) targets.push_back(*output->targets[std::size_t(slice)]);
    auto frame = std::make_shared<vk::raii::Framebuffer>(
        state_->device->device, vk::FramebufferCreateInfo({}, *pipeline_->pass, targets, w, h, 1));
    s_->held.push_back(frame);
    const View& view = views_[std::min(std::size_t(slice), views_.size() - 1)];
    const std::array<int, 2> passes = {job_.pass, slice};
    c.beginRenderPass(vk::RenderPassBeginInfo(*pipeline_->pass, **frame, {{0, 0}, {w, h}}, clears),
                      vk::SubpassContents::eInline);
    c.bindPipeline(vk::PipelineBindPoint::eGraphics, *pipeline_->pipeline);
    c.bindDescriptorSets(vk::PipelineBindPoint::eGraphics, *pipeline_->layout, 0, view.sets, {});
    c.pushConstants<int>(*pipeline_->layout, vk::ShaderStageFlagBits::eAll, 0, passes);
    c.setViewport(0, vk::Viewport(0, 0, float(w), float(h), 0, 1));
    c.setScissor(0, vk::Rect2D({0, 0}, {w, h}));
    c.draw(4, 1, 0, 0);
    c.endRenderPass();
  }
}

void Job::dispatch() {
  const auto& c = s_->commands;
  const bool volume = job_.kind == TextureKind::texture3d;
  const vk::ImageSubresourceRange all(vk::ImageAspectFlagBits::eColor, 0, 1, 0,
                                      volume ? 1 : std::uint32_t(job_.slices));
  for (const TextureHandle& output : outputs_)
    c.clearColorImage(*output->image, vk::ImageLayout::eGeneral, vk::ClearColorValue(job_.clear), all);
  full_barrier(c);
  const std::array<int, 3> size = {job_.width_px, job_.height_px, job_.slices};
  std::array<std::uint32_t, 3> groups;
  for (std::size_t i = 0; i < 3; ++i) {
    const int local = std::max(1, program_.local_size[i]);
    groups[i] = std::uint32_t(job_.dispatch[i] > 0 ? job_.dispatch[i] : (size[i] + local - 1) / local);
    if (groups[i] > state_->device->limits.maxComputeWorkGroupCount[i])
      throw project_error({}, fmt::format("{} groups are too many for {}", groups[i], state_->device->name),
                          fmt::format("at most {}", state_->device->limits.maxComputeWorkGroupCount[i]));
  }
  const std::array<int, 2> passes = {job_.pass, 0};
  c.bindPipeline(vk::PipelineBindPoint::eCompute, *pipeline_->pipeline);
  c.bindDescriptorSets(vk::PipelineBindPoint::eCompute, *pipeline_->layout, 0, views_[0].sets, {});
  c.pushConstants<int>(*pipeline_->layout, vk::ShaderStageFlagBits::eAll, 0, passes);
  c.dispatch(groups[0], groups[1], groups[2]);
}

ImageHandle Job::run() {
  check();
  pipeline_ = state_->pipelines.get(job_);
  s_->held.push_back(std::const_pointer_cast<Pipeline>(pipeline_));
  s_->held.push_back(state_);
  take_inputs();
  take_outputs();
  make_buffer();
  make_sets();
  full_barrier(s_->commands);
  program_.compute ? dispatch() : draw();
  state_->queue.submit(s_);
  std::vector<std::shared_ptr<Image>> images;
  for (const TextureHandle& output : outputs_) {
    images.push_back(std::make_shared<Image>(job_.width_px, job_.height_px, job_.format, job_.kind, job_.slices,
                                             std::make_shared<TexturePixels>(state_, output)));
    images.back()->aspect = job_.aspect;
  }
  images[0]->colour_buffers.assign(images.begin() + 1, images.end());
  return images[0];
}

}  // namespace

Result<ImageHandle> run_job(const std::shared_ptr<DeviceState>& state, const ShaderJob& job,
                            std::vector<std::string>& warnings) {
  try {
    try {
      return Job(state, job, warnings).run();
    } catch (const DeviceMemoryShort&) {
      state->read_buffers.clear();
      state->queue.make_room();
      warnings.clear();
      return Job(state, job, warnings).run();
    }
  } catch (...) {
    return caught_error(*state);
  }
}

}  // namespace cookline
