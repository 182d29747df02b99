#include "gpu/pipeline.h"

#include <map>

#include "gpu/contract.h"
#include "gpu/values.h"

namespace cookline {
namespace {

constexpr std::size_t most_pipelines = 256;

using vk::DescriptorType;

// Values of specialisation constants, as the pipeline takes them.
struct Constants {
  std::vector<vk::SpecializationMapEntry> entries;
  std::vector<std::uint32_t> data;
};

Constants constants_of(const ShaderJob& job) {
  Constants c;
  for (const SpecialConstant& constant : job.program->constants)
    for (const NamedNumbers& given : job.constants)
      if (given.name == constant.name && !given.numbers.empty()) {
        c.entries.emplace_back(constant.id, std::uint32_t(c.data.size() * 4), 4);
        c.data.push_back(bits_of(constant.type, given.numbers[0]));
      }
  return c;
}

// Binding → kind and number.
using Bindings = std::map<std::uint32_t, std::pair<DescriptorType, std::uint32_t>>;

Bindings user_bindings(const ShaderProgram& p) {
  Bindings b;
  if (p.uniform_binding >= 0) b[std::uint32_t(p.uniform_binding)] = {DescriptorType::eUniformBuffer, 1};
  if (p.counter_binding >= 0) b[std::uint32_t(p.counter_binding)] = {DescriptorType::eStorageBuffer, 1};
  for (const ShaderSampler& s : p.samplers)
    b[std::uint32_t(s.binding)] = {
        s.buffer ? DescriptorType::eUniformTexelBuffer : DescriptorType::eCombinedImageSampler, 1};
  return b;
}

Bindings engine_bindings(const ShaderJob& job) {
  using E = EngineBindings;
  Bindings b;
  b[E::infos] = {DescriptorType::eUniformBuffer, 1};
  const std::size_t seen = job.inputs_per_slice > 0 ? std::size_t(job.inputs_per_slice) : job.inputs.size();
  for (std::size_t i = 0; i < std::min(seen, job.inputs.size()); ++i) {
    auto& [type, count] = b[std::uint32_t(input_binding(job.inputs[i].image->kind()))];
    type = DescriptorType::eCombinedImageSampler, ++count;
  }
  b[E::noise_map] = b[E::sine_lookup] = {DescriptorType::eCombinedImageSampler, 1};
  b[E::noise_tables] = {DescriptorType::eStorageBuffer, 1};
  if (job.program->compute) b[E::outputs] = {DescriptorType::eStorageImage, std::uint32_t(job.program->outputs)};
  return b;
}

vk::raii::DescriptorSetLayout set_layout(const VulkanDevice& device, const Bindings& bindings, Pipeline& pipeline) {
  std::vector<vk::DescriptorSetLayoutBinding> list;
  for (const auto& [binding, what] : bindings) {
    list.emplace_back(binding, what.first, what.second, vk::ShaderStageFlagBits::eAll);
    pipeline.needs.emplace_back(what.first, what.second);
  }
  return {device.device, vk::DescriptorSetLayoutCreateInfo({}, list)};
}

vk::raii::ShaderModule module_of(const VulkanDevice& device, const std::vector<std::uint32_t>& words) {
  return {device.device, vk::ShaderModuleCreateInfo({}, words)};
}

vk::raii::RenderPass pass_of(const VulkanDevice& device, vk::Format format, std::size_t buffers) {
  const vk::AttachmentDescription colour({}, format, vk::SampleCountFlagBits::e1, vk::AttachmentLoadOp::eClear,
                                         vk::AttachmentStoreOp::eStore, vk::AttachmentLoadOp::eDontCare,
                                         vk::AttachmentStoreOp::eDontCare, vk::ImageLayout::eGeneral,
                                         vk::ImageLayout::eGeneral);
  const std::vector<vk::AttachmentDescription> attachments(buffers, colour);
  std::vector<vk::AttachmentReference> references;
  for (std::size_t i = 0; i < buffers; ++i) references.emplace_back(std::uint32_t(i), vk::ImageLayout::eGeneral);
  const vk::SubpassDescription subpass({}, vk::PipelineBindPoint::eGraphics, {}, references);
  return {device.device, vk::RenderPassCreateInfo({}, attachments, subpass)};
}

vk::raii::Pipeline draw_pipeline(const VulkanDevice& device, const ShaderJob& job, const Pipeline& parts,
                                 const vk::SpecializationInfo& constants) {
  const vk::raii::ShaderModule vertex = module_of(device, job.program->vertex),
                               pixel = module_of(device, job.program->main);
  const std::array stages = {
      vk::PipelineShaderStageCreateInfo({}, vk::ShaderStageFlagBits::eVertex, *vertex, "main"),
      vk::PipelineShaderStageCreateInfo({}, vk::ShaderStageFlagBits::eFragment, *pixel, "main", &constants)};
  const vk::PipelineVertexInputStateCreateInfo no_vertices;
  const vk::PipelineInputAssemblyStateCreateInfo strip({}, vk::PrimitiveTopology::eTriangleStrip);
  const vk::PipelineViewportStateCreateInfo viewport({}, 1, nullptr, 1, nullptr);
  vk::PipelineRasterizationStateCreateInfo raster;
  raster.lineWidth = 1;
  const vk::PipelineMultisampleStateCreateInfo one_sample({}, vk::SampleCountFlagBits::e1);
  using C = vk::ColorComponentFlagBits;
  vk::PipelineColorBlendAttachmentState plain;
  plain.colorWriteMask = C::eR | C::eG | C::eB | C::eA;
  const std::vector<vk::PipelineColorBlendAttachmentState> blends(std::size_t(job.program->outputs), plain);
  const vk::PipelineColorBlendStateCreateInfo blend({}, VK_FALSE, vk::LogicOp::eCopy, blends);
  const std::array dynamic = {vk::DynamicState::eViewport, vk::DynamicState::eScissor};
  const vk::PipelineDynamicStateCreateInfo later({}, dynamic);
  return {device.device, device.pipeline_cache,
          vk::GraphicsPipelineCreateInfo({}, stages, &no_vertices, &strip, nullptr, &viewport, &raster, &one_sample,
                                         nullptr, &blend, &later, *parts.layout, *parts.pass)};
}

}  // namespace

PipelineHandle PipelineStore::make(const ShaderJob& job) {
  auto made = std::make_shared<Pipeline>();
  const ShaderProgram& program = *job.program;
  made->sets[0] = set_layout(*device_, user_bindings(program), *made);
  made->sets[1] = set_layout(*device_, engine_bindings(job), *made);
  const std::array sets = {*made->sets[0], *made->sets[1]};
  const vk::PushConstantRange passes(vk::ShaderStageFlagBits::eAll, 0, 8);
  made->layout = vk::raii::PipelineLayout(device_->device, vk::PipelineLayoutCreateInfo({}, sets, passes));
  const Constants constants = constants_of(job);
  const vk::SpecializationInfo special(std::uint32_t(constants.entries.size()), constants.entries.data(),
                                       constants.data.size() * 4, constants.data.data());
  if (!program.compute) {
    made->pass = pass_of(*device_, device_format(job.format).format, std::size_t(program.outputs));
    made->pipeline = draw_pipeline(*device_, job, *made, special);
    return made;
  }
  const vk::raii::ShaderModule module = module_of(*device_, program.main);
  const vk::PipelineShaderStageCreateInfo stage({}, vk::ShaderStageFlagBits::eCompute, *module, "main", &special);
  made->pipeline = vk::raii::Pipeline(device_->device, device_->pipeline_cache,
                                      vk::ComputePipelineCreateInfo({}, stage, *made->layout));
  return made;
}

PipelineHandle PipelineStore::get(const ShaderJob& job) {
  Hasher h;
  h.add(job.program->key).add(job.format).add(job.inputs_per_slice);
  const Constants constants = constants_of(job);
  for (std::size_t i = 0; i < constants.data.size(); ++i) h.add(constants.entries[i].constantID).add(constants.data[i]);
  const Key key = h.key();
  if (const auto at = known_.find(key); at != known_.end()) return at->second;
  PipelineHandle made = make(job);
  if (order_.size() >= most_pipelines) {
    known_.erase(order_.front());
    order_.pop_front();
  }
  order_.push_back(key);
  return known_[key] = made;
}

}  // namespace cookline
