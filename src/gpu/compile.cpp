// Shaders through glslang: preprocessing, SPIR-V, and what is known of their uniforms.
#include <fmt/format.h>
#include <glslang/Public/ResourceLimits.h>
#include <glslang/Public/ShaderLang.h>
#include <glslang/SPIRV/GlslangToSpv.h>

#include <algorithm>
#include <cctype>
#include <list>
#include <mutex>

#include "base/text.h"
#include "gpu/contract.h"
#include "gpu/redeclared.h"
#include "gpu/shader.h"
#include "gpu/spirv.h"

namespace cookline {
namespace {

constexpr auto messages = EShMessages(EShMsgSpvRules | EShMsgVulkanRules);
constexpr int max_errors = 8;  // of which a message tells

// glslang's process-wide tables live as long as the process.
void start_glslang() {
  static std::once_flag once;
  std::call_once(once, [] { glslang::InitializeProcess(); });
}

// The user's text as it is compiled: a #version line stands for nothing, as the engine says which version it is, and
// editors' byte order marks are left out.
std::string without_version(const std::string& text) {
  std::string out = text.starts_with("\xef\xbb\xbf") ? text.substr(3) : text;
  for (std::size_t at = 0; at < out.size();) {
    const std::size_t end = std::min(out.find('\n', at), out.size());
    std::size_t first = out.find_first_not_of(" \t", at);
    if (first < end && out[first] == '#') {
      first = out.find_first_not_of(" \t", first + 1);
      if (first < end && out.compare(first, 7, "version") == 0)
        std::fill(out.begin() + long(at), out.begin() + long(end), ' ');
    }
    at = end + 1;
  }
  return out;
}

class Includer final : public glslang::TShader::Includer {
 public:
  explicit Includer(const ShaderRequest& request) : request_(request) {}
  IncludeResult* includeLocal(const char* name, const char*, std::size_t depth) override { return find(name, depth); }
  IncludeResult* includeSystem(const char* name, const char*, std::size_t depth) override { return find(name, depth); }
  void releaseInclude(IncludeResult*) override {}

 private:
  IncludeResult* find(const char* name, std::size_t depth) {
    const auto at = request_.includes.find(name);
    if (at == request_.includes.end() || depth > 32) return nullptr;
    texts_.push_back(without_version(at->second.text));
    results_.emplace_back(at->second.name, texts_.back().data(), texts_.back().size(), nullptr);
    return &results_.back();
  }
  const ShaderRequest& request_;
  std::list<std::string> texts_;
  std::list<IncludeResult> results_;
};

// The compiler's lines without its counts, "name:12: 'x' : undeclared identifier".
std::string words_of(const char* log, std::string_view severity) {
  std::string text;
  int count = 0;
  for (const std::string& line : split_lines(log)) {
    if (!line.starts_with(severity) || line.find("No code generated") != std::string::npos ||
        line.find("compilation terminated") != std::string::npos)
      continue;
    if (++count > max_errors) continue;
    const std::size_t stage = line.find(" stage: ");  // "ERROR: Linking fragment stage: Missing entry point"
    text += (text.empty() ? "" : "\n") +
            std::string(trim(line.substr(stage == std::string::npos ? severity.size() : stage + 8)));
  }
  if (count > max_errors) text += fmt::format("\n{} more", count - max_errors);
  return text;
}

Error compile_error(const ShaderRequest& request, const char* log, std::string_view deed) {
  std::string words = words_of(log, "ERROR:");
  if (words.empty()) words = trim(log);
  return project_error(
      {}, fmt::format("the {} shader does not {}: {}", request.compute ? "compute" : "pixel", deed, words));
}

struct Stage {
  EShLanguage language;
  std::string head, engine, directives, user;
  const char* texts[4];
  const char* names[4];
  int sizes[4];
  std::string name;
  glslang::TShader shader;
  Includer includer;

  Stage(const ShaderRequest& request, EShLanguage stage, const ShaderText& text)
      : language(stage),
        head(
            "#version 460\n#extension GL_GOOGLE_include_directive : enable\n#extension GL_EXT_nonuniform_qualifier : "
            "enable\n"),
        engine(engine_text(request, stage == EShLangVertex)),
        directives(without_version(request.directives.text) + "\n"),
        user(without_version(text.text)),
        texts{head.c_str(), directives.c_str(), engine.c_str(), user.c_str()},
        names{"engine", request.directives.name.c_str(), "engine", text.name.c_str()},
        sizes{int(head.size()), int(directives.size()), int(engine.size()), int(user.size())},
        name(text.name),
        shader(stage),
        includer(request) {
    set_up(shader);
  }
  Stage(const Stage&) = delete;
  Stage& operator=(const Stage&) = delete;

  void set_up(glslang::TShader& to) {
    to.setStringsWithLengthsAndNames(texts, sizes, names, 4);
    to.setEnvInput(glslang::EShSourceGlsl, language, glslang::EShClientVulkan, 100);
    to.setEnvClient(glslang::EShClientVulkan, glslang::EShTargetVulkan_1_1);
    to.setEnvTarget(glslang::EShTargetSpv, glslang::EShTargetSpv_1_3);
    to.setEnvInputVulkanRulesRelaxed();
    to.setGlobalUniformBlockName("TDUniforms");
    to.setAtomicCounterBlockName("TDCounters");
    to.setAutoMapBindings(true);
    to.setAutoMapLocations(true);
  }
  // What is wrong before the shader itself is parsed, as a line of the compiler's log; empty: nothing.
  std::string trouble() {
    glslang::TShader first(language);
    set_up(first);
    std::string text;
    if (!first.preprocess(GetDefaultResources(), 460, ECoreProfile, false, false, messages, &text, includer))
      return first.getInfoLog();
    const std::string uniform = redeclared_uniform(text);
    if (uniform.empty()) return {};
    const int line = line_of_uniform(user, uniform);
    return fmt::format("ERROR: {}{}: '{}' : cannot be a uniform, as the name is declared otherwise before", name,
                       line > 0 ? fmt::format(":{}", line) : "", uniform);
  }
  bool parse() { return shader.parse(GetDefaultResources(), 460, ECoreProfile, false, false, messages, includer); }
};

UniformType type_of(glslang::TBasicType basic) {
  switch (basic) {
    case glslang::EbtInt:
      return UniformType::integer;
    case glslang::EbtUint:
      return UniformType::natural;
    case glslang::EbtBool:
      return UniformType::boolean;
    default:
      return UniformType::number;
  }
}

std::string plain_name(const std::string& name) { return name.substr(0, name.find('[')); }

ShaderSampler sampler_of(const glslang::TObjectReflection& u, bool used) {
  const glslang::TSampler& s = u.getType()->getSampler();
  ShaderSampler sampler{plain_name(u.name), u.getBinding()};
  sampler.buffer = s.dim == glslang::EsdBuffer;
  sampler.kind = s.dim == glslang::Esd3D     ? TextureKind::texture3d
                 : s.dim == glslang::EsdCube ? TextureKind::cube
                 : s.arrayed                 ? TextureKind::texture2darray
                                             : TextureKind::texture2d;
  sampler.used = used;
  return sampler;
}

// What the engine cannot fill: blocks and images that the shader declares for itself.
Status refuse(const std::string& name, std::string_view what, std::string_view hint) {
  return project_error({}, fmt::format("the shader declares the {} {}, which nothing can fill", what, name),
                       std::string(hint));
}

Status read_uniforms(const glslang::TProgram& linked, ShaderProgram& program) {
  for (int i = 0; i < linked.getNumUniformBlocks(); ++i) {
    const auto& block = linked.getUniformBlock(i);
    if (block.name == "TDUniforms")
      program.uniform_binding = block.getBinding(), program.uniform_bytes = block.size;
    else if (!block.name.starts_with("TD"))
      return refuse(block.name, "uniform block", "use plain uniforms");
  }
  for (int i = 0; i < linked.getNumUniformVariables(); ++i) {
    const auto& u = linked.getUniform(i);
    const glslang::TType& type = *u.getType();
    if (type.getBasicType() == glslang::EbtSampler) {
      if (type.getQualifier().layoutSet == EngineBindings::set) continue;
      if (type.getSampler().image) return refuse(u.name, "image", "a compute shader writes with TDImageStoreOutput()");
      if (type.isArray()) return refuse(u.name, "array of samplers", "declare one sampler for each TOP");
      program.samplers.push_back(sampler_of(u, u.stages != 0));
      continue;
    }
    if (u.index < 0 || linked.getUniformBlock(u.index).name != "TDUniforms") continue;
    ShaderUniform uniform{plain_name(u.name), type_of(type.getBasicType())};
    uniform.rows = type.isMatrix() ? type.getMatrixRows() : type.getVectorSize();
    uniform.columns = type.isMatrix() ? type.getMatrixCols() : 1;
    uniform.array = type.isArray();
    uniform.count = std::max(1, u.size), uniform.offset = u.offset;
    program.uniforms.push_back(std::move(uniform));
  }
  return {};
}

Status read_counters(const glslang::TProgram& linked, ShaderProgram& program) {
  for (int i = 0; i < linked.getNumBufferBlocks(); ++i) {
    const auto& block = linked.getBufferBlock(i);
    if (block.name.starts_with("TDCounters"))
      program.counter_binding = block.getBinding(), program.counter_bytes = block.size;
    else if (!block.name.starts_with("TD"))
      return refuse(block.name, "buffer", "atomic counters and uniforms are what can be set");
  }
  for (int i = 0; i < linked.getNumBufferVariables(); ++i) {
    const auto& v = linked.getBufferVariable(i);
    if (v.index >= 0 && linked.getBufferBlock(v.index).name.starts_with("TDCounters"))
      program.counters.push_back({plain_name(v.name), v.offset, std::max(1, v.size)});
  }
  return {};
}

bool is_word(char c) { return std::isalnum(static_cast<unsigned char>(c)) != 0 || c == '_'; }

void collect_words(const std::string& text, std::vector<std::string>& words) {
  for (std::size_t at = 0; at < text.size(); ++at) {
    if (!is_word(text[at])) continue;
    std::size_t end = at;
    while (end < text.size() && is_word(text[end])) ++end;
    words.push_back(text.substr(at, end - at));
    at = end;
  }
}

std::vector<std::string> words_in(const ShaderRequest& request) {
  std::vector<std::string> words;
  collect_words(request.main.text, words);
  collect_words(request.vertex.text, words);
  for (const auto& [name, include] : request.includes) collect_words(include.text, words);
  std::sort(words.begin(), words.end());
  words.erase(std::unique(words.begin(), words.end()), words.end());
  return words;
}

std::vector<std::uint32_t> spirv_of(const glslang::TProgram& linked, EShLanguage stage) {
  std::vector<std::uint32_t> words;
  glslang::SpvOptions options;
  glslang::GlslangToSpv(*linked.getIntermediate(stage), words, &options);
  return words;
}

Result<ShaderProgramHandle> finish(const ShaderRequest& request, glslang::TProgram& linked, std::list<Stage>& stages) {
  auto program = std::make_shared<ShaderProgram>();
  program->key = key_of(request), program->compute = request.compute;
  if (!linked.buildReflection(EShReflectionSeparateBuffers | EShReflectionAllBlockVariables |
                              EShReflectionStrictArraySuffix))
    return project_error({}, "the shader's uniforms cannot be read", "please report this shader");
  if (Status status = read_uniforms(linked, *program); !status) return status.error();
  if (Status status = read_counters(linked, *program); !status) return status.error();
  for (const Stage& stage : stages)
    (stage.language == EShLangVertex ? program->vertex : program->main) = spirv_of(linked, stage.language);
  if (!request.vertex.text.empty())
    for (const std::string& name : match_locations(program->vertex, program->main))
      return project_error(
          {}, fmt::format("the pixel shader reads '{}', which the vertex shader does not write", name),
          "a vertex shader of one's own must write what the pixel shader reads: vUV is not there by itself");
  if (request.compute)
    for (int i = 0; i < 3; ++i) program->local_size[std::size_t(i)] = int(linked.getLocalSize(i));
  program->uneven_indices = has_uneven_indices(program->main);
  program->constants = special_constants(program->main);
  for (Stage& stage : stages)
    if (const std::string words = words_of(stage.shader.getInfoLog(), "WARNING:"); !words.empty())
      program->log += words + "\n";
  program->words = words_in(request);
  program->outputs = request.colour_buffers;
  return ShaderProgramHandle(program);
}

}  // namespace

Key key_of(const ShaderRequest& request) {
  Hasher h;
  h.add(request.compute).text(request.directives.text).text(request.main.text).text(request.vertex.text);
  h.text(request.main.name).text(request.vertex.name).text(request.directives.name);
  for (const auto& [name, include] : request.includes) h.text(name).text(include.name).text(include.text);
  for (const TextureKind kind : request.inputs) h.add(kind);
  h.add(request.output).add(request.format).add(request.colour_buffers).add(request.access).add(request.quality_noise);
  return h.key();
}

std::vector<std::string> included_names(const std::string& text) {
  std::vector<std::string> names;
  for (const std::string& line : split_lines(text)) {
    const std::string_view bare = trim(line);
    if (!bare.starts_with('#')) continue;
    const std::string_view rest = trim(bare.substr(1));
    if (!rest.starts_with("include")) continue;
    const std::string_view quoted = trim(rest.substr(7));
    if (quoted.size() < 3 || (quoted[0] != '<' && quoted[0] != '"')) continue;
    const std::size_t end = quoted.find(quoted[0] == '<' ? '>' : '"', 1);
    if (end != std::string_view::npos) names.emplace_back(quoted.substr(1, end - 1));
  }
  return names;
}

Result<ShaderProgramHandle> compile_shader(const ShaderRequest& request) {
  start_glslang();
  const ShaderText plain_vertex{"engine", default_vertex_text()};
  std::list<Stage> stages;
  stages.emplace_back(request, request.compute ? EShLangCompute : EShLangFragment, request.main);
  if (!request.compute)
    stages.emplace_back(request, EShLangVertex, request.vertex.text.empty() ? plain_vertex : request.vertex);
  glslang::TProgram linked;
  for (Stage& stage : stages) {
    if (const std::string trouble = stage.trouble(); !trouble.empty())
      return compile_error(request, trouble.c_str(), "compile");
    if (!stage.parse()) return compile_error(request, stage.shader.getInfoLog(), "compile");
    linked.addShader(&stage.shader);
  }
  if (!linked.link(messages) || !linked.mapIO()) return compile_error(request, linked.getInfoLog(), "link");
  return finish(request, linked, stages);
}

}  // namespace cookline
