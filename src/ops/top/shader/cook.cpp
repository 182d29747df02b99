#include "ops/top/shader/cook.h"

#include <fmt/format.h>

#include <algorithm>

#include "base/text.h"
#include "gpu/gpu.h"
#include "ops/top/shader/uniforms.h"

namespace cookline::shader_op {
namespace {

struct TextPar {
  const OpRef<Table>* ref;
  std::string_view name;
};
TextPar main_text(const Pars& p) {
  return p.mode == Mode::compute ? TextPar{&p.computedat, "computedat"} : TextPar{&p.pixeldat, "pixeldat"};
}

// The shaders' own texts, in which #include directives are looked for.
std::vector<const OpRef<Table>*> texts_of(const Pars& p) {
  std::vector<const OpRef<Table>*> list = {main_text(p).ref, &p.predat};
  if (p.mode == Mode::vertexpixel) list.push_back(&p.vertexdat);
  return list;
}

void add_includes(const std::string& text, std::vector<std::string>& names) {
  for (std::string& name : included_names(text))
    if (std::find(names.begin(), names.end(), name) == names.end()) names.push_back(std::move(name));
}

// Of all inputs, those that the shader sees: the wired ones that are connected, then those of TOPs.
std::vector<ImageHandle> seen_images(const Pars& p, const Inputs<Image>& in) {
  std::vector<ImageHandle> images;
  for (int i = 0; i < in.wired(); ++i)
    if (ImageHandle image = in.handle(i)) images.push_back(std::move(image));
  for (const int i : p.tops.inputs)
    if (ImageHandle image = in.handle(i)) images.push_back(std::move(image));
  return images;
}

Result<ShaderText> text_at(const Cook& cook, const TextPar& par, const Inputs<Image>& in, bool needed) {
  const OpRef<Table>& ref = *par.ref;
  if (ref.path.empty() && !needed) return ShaderText{};
  if (ref.path.empty()) return cook.error(par.name, "no shader is named", "name the DAT that holds it");
  if (ref.input < 0) return cook.error(par.name, fmt::format("there is no operator '{}'", ref.path));
  const Table* table = in.at(ref);
  if (!table) return cook.error(par.name, fmt::format("'{}' is no DAT", ref.path));
  std::string text = as_text(*table);
  if (needed && trim(text).empty()) return cook.error(par.name, fmt::format("'{}' is empty", ref.path));
  return ShaderText{ref.path, std::move(text)};
}

// The names in the #include directives of all texts; those of the texts included so far are added behind.
std::vector<std::string> included(const std::vector<const Table*>& texts, const std::vector<const Table*>& also) {
  std::vector<std::string> names;
  for (const Table* table : texts)
    if (table) add_includes(as_text(*table), names);
  for (const Table* table : also)
    if (table) add_includes(as_text(*table), names);
  return names;
}

Status add_included(const Cook& cook, const Pars& p, const Inputs<Image>& in, ShaderRequest& request) {
  std::vector<const Table*> texts, also;
  for (const OpRef<Table>* ref : texts_of(p)) texts.push_back(in.at(*ref));
  for (int i = cook.first_also; i < in.size(); ++i) also.push_back(in.at(OpRef<Table>{{}, i}));
  const std::vector<std::string> names = included(texts, also);
  for (std::size_t i = 0; i < names.size(); ++i) {
    if (i >= also.size() || !also[i])
      return cook.error(main_text(p).name, fmt::format("there is no DAT '{}' to #include", names[i]));
    request.includes[names[i]] = {names[i], as_text(*also[i])};
  }
  return {};
}

Result<ShaderRequest> request_of(const Cook& cook, const Pars& p, const Inputs<Image>& in,
                                 const std::vector<TextureKind>& inputs, OutputAccess access) {
  ShaderRequest request;
  request.compute = p.mode == Mode::compute;
  Result<ShaderText> main = text_at(cook, main_text(p), in, true);
  if (!main) return main.error();
  Result<ShaderText> directives = text_at(cook, {&p.predat, "predat"}, in, false);
  if (!directives) return directives.error();
  request.main = std::move(*main), request.directives = std::move(*directives);
  if (!request.compute) {
    Result<ShaderText> vertex = text_at(cook, {&p.vertexdat, "vertexdat"}, in, false);
    if (!vertex) return vertex.error();
    request.vertex = std::move(*vertex);
  }
  if (Status status = add_included(cook, p, in, request); !status) return status.error();
  request.inputs = inputs;
  request.output = TextureKind(p.type), request.format = cook.format, request.colour_buffers = p.numcolorbufs;
  request.access = access, request.quality_noise = p.simplexnoise == Noise::quality;
  return request;
}

// With N inputs a slice, the shader sees as many as there are for one.
std::vector<TextureKind> seen_kinds(const Pars& p, const std::vector<ImageHandle>& images) {
  std::vector<TextureKind> kinds;
  for (const ImageHandle& image : images) kinds.push_back(image->kind());
  const bool by_slice = p.inputmapping == Mapping::ninputs && p.type != 0;
  if (by_slice && kinds.size() > std::size_t(p.nval)) kinds.resize(std::size_t(p.nval));
  return kinds;
}

Status no_buffers(const Cook& cook, const Pars& p) {
  for (std::size_t i = 0; i < p.buffer.size(); ++i)
    if (!p.buffer[i].pop.empty())
      return cook.error(fmt::format("buffer{}pop", i),
                        fmt::format("'{}' cannot be read: there are no POPs here", p.buffer[i].pop));
  return {};
}

Error placed(const Cook& cook, Error error) {
  if (error.where.empty()) error.where = cook.path;
  return error;
}

Status add_textures(const Cook& cook, const Pars& p, const Inputs<Image>& in, const std::vector<ImageHandle>& images,
                    ShaderJob& job) {
  const auto uv = Wrap(p.inputextenduv);
  for (const ImageHandle& image : images)
    job.inputs.push_back({image, TextureFilter(cook.input_filter), {uv, uv, Wrap(p.inputextendw)}});
  for (std::size_t i = 0; i < p.sampler.size(); ++i) {
    const SamplerBlock& s = p.sampler[i];
    if (s.name.empty()) continue;
    ImageHandle image = s.top.input >= 0 ? in.handle(s.top.input) : nullptr;
    if (!image) return cook.error(fmt::format("sampler{}top", i), "no TOP is named", "name the TOP that is sampled");
    job.samplers.push_back(
        {s.name, {image, TextureFilter(s.filter), {Wrap(s.extendu), Wrap(s.extendv), Wrap(s.extendw)}}});
  }
  return {};
}

// The slices of the output: one's own number, or the first input's.
int slices_of(const Pars& p, const std::vector<ImageHandle>& images) {
  if (p.type == 0) return 1;
  if (p.depth == Depth::custom) return p.customdepth;
  return images.empty() ? 1 : images[0]->slices();
}

}  // namespace

// What the other mode would need is not cooked.
Use use(const Pars& p, const Connected& connected) {
  Use use;
  for (int i = 0; i < connected.wired; ++i) use.inputs.push_back(i);
  const auto add = [&](int input) {
    if (input >= 0) use.inputs.push_back(input);
  };
  for (const int i : p.tops.inputs) add(i);
  for (const OpRef<Table>* ref : texts_of(p)) add(ref->input);
  for (const ArrayBlock& a : p.array) add(a.name.empty() ? -1 : a.chop.input);
  for (const MatrixBlock& m : p.matrix) add(m.name.empty() ? -1 : m.value.input);
  for (const CounterBlock& c : p.ac) add(c.name.empty() || c.initvalue == Initial::val ? -1 : c.chopvalue.input);
  for (const SamplerBlock& s : p.sampler) add(s.name.empty() ? -1 : s.top.input);
  return use;
}

TextureKind kind(const Pars& p) { return TextureKind(p.type); }

std::vector<std::string> also_reads(const Pars& p, std::span<const Held> inputs, std::span<const Held> also) {
  std::vector<const Table*> texts, more;
  const auto table_of = [](const Held& held) { return held.table.get(); };
  for (const OpRef<Table>* ref : texts_of(p))
    if (ref->input >= 0 && std::size_t(ref->input) < inputs.size())
      texts.push_back(table_of(inputs[std::size_t(ref->input)]));
  for (const Held& held : also) more.push_back(table_of(held));
  return included(texts, more);
}

namespace {

// Pictures are not cooked for a review: its inputs are pictures of their kind, but of one pixel.
Result<ShaderProgramHandle> program_of(const Cook& cook, const Pars& p, const Inputs<Image>& in, OutputAccess access) {
  Result<ShaderRequest> request = request_of(cook, p, in, seen_kinds(p, seen_images(p, in)), access);
  if (!request) return request.error();
  Result<ShaderProgramHandle> program = cook.gpu ? cook.gpu->compile(*request) : compile_shader(*request);
  if (!program) return placed(cook, program.error());
  return program;
}

using Edits = std::vector<std::pair<std::string, Value>>;

// Names blocks of a sequence that have no name yet, and makes more of them, for those of `names` that are not there.
template <class Block>
void name_blocks(std::string_view sequence, const std::vector<Block>& blocks, const std::vector<std::string>& names,
                 Edits& edits) {
  std::size_t next = 0, count = blocks.size();
  for (const std::string& name : names) {
    if (std::any_of(blocks.begin(), blocks.end(), [&](const Block& b) { return b.name == name; })) continue;
    while (next < blocks.size() && !blocks[next].name.empty()) ++next;
    if (next >= count) edits.emplace_back(sequence, std::int64_t(count = next + 1));
    edits.emplace_back(fmt::format("{}{}name", sequence, next++), name);
  }
}

}  // namespace

Result<Edits> pulsed(Cook& cook, const Pars& p, const Inputs<Image>& in, OutputAccess access) {
  if (!p.loaduniformnames.pressed) return Edits{};
  Result<ShaderProgramHandle> program = program_of(cook, p, in, access);
  if (!program) return program.error();
  std::vector<std::string> vectors, arrays, matrices, counters, constants, samplers;
  const auto coloured = [&](const std::string& name) {
    return std::any_of(p.color.begin(), p.color.end(), [&](const ColourBlock& c) { return c.name == name; });
  };
  for (const ShaderUniform& u : (*program)->uniforms)
    if (!coloured(u.name)) (u.columns > 1 ? matrices : u.array ? arrays : vectors).push_back(u.name);
  for (const ShaderSampler& s : (*program)->samplers) (s.buffer ? arrays : samplers).push_back(s.name);
  for (const AtomicCounter& c : (*program)->counters) counters.push_back(c.name);
  for (const SpecialConstant& c : (*program)->constants) constants.push_back(c.name);
  Edits edits;
  name_blocks("vec", p.vec, vectors, edits);
  name_blocks("array", p.array, arrays, edits);
  name_blocks("matrix", p.matrix, matrices, edits);
  name_blocks("ac", p.ac, counters, edits);
  name_blocks("const", p.consts, constants, edits);
  name_blocks("sampler", p.sampler, samplers, edits);
  return edits;
}

Result<std::vector<std::string>> review(Cook& cook, const Pars& p, const Inputs<Image>& in, OutputAccess access) {
  Result<ShaderProgramHandle> program = program_of(cook, p, in, access);
  if (!program) return program.error();
  return split_lines((*program)->log);
}

Result<ImageHandle> cook(Cook& cook, const Pars& p, const Inputs<Image>& in, OutputAccess access) {
  if (!cook.gpu) return cook.error("", "shaders cannot run here: no device was asked for");
  if (Status status = no_buffers(cook, p); !status) return status.error();
  const std::vector<ImageHandle> images = seen_images(p, in);
  Result<ShaderRequest> request = request_of(cook, p, in, seen_kinds(p, images), access);
  if (!request) return request.error();
  Result<ShaderProgramHandle> program = cook.gpu->compile(*request);
  if (!program) return placed(cook, program.error());
  ShaderJob job;
  job.program = *program;
  if (Status status = add_textures(cook, p, in, images, job); !status) return status.error();
  if (Status status = add_numbers(cook, p, in, job); !status) return status.error();
  if (p.inputmapping == Mapping::ninputs && p.type != 0) job.inputs_per_slice = p.nval;
  job.width_px = cook.width_px, job.height_px = cook.height_px, job.slices = slices_of(p, images);
  job.kind = kind(p), job.format = cook.format, job.aspect = cook.aspect, job.pass = cook.pass;
  if (p.clearoutputs)
    for (std::size_t i = 0; i < 4; ++i) job.clear[i] = float(p.clearvalue[i]);
  if (!p.autodispatchsize) std::copy(p.dispatchsize.begin(), p.dispatchsize.end(), job.dispatch.begin());
  Result<ImageHandle> image = cook.gpu->run(job, cook.warnings);
  if (!image) return placed(cook, image.error());
  return image;
}

}  // namespace cookline::shader_op
