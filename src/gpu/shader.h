// From the text of a shader, as people write it for TouchDesigner's GLSL TOP, to a program that a device can run. Needs
// no device.
#pragma once
#include <array>
#include <cstdint>
#include <map>
#include <memory>
#include <string>
#include <vector>

#include "base/hash.h"
#include "base/result.h"
#include "data/image.h"

namespace cookline {

// GLSL and the name under which its lines appear in messages: the path of its DAT.
struct ShaderText {
  std::string name, text;
};

enum class OutputAccess { writeonly, readonly, readwrite };

// All that a program depends on. Texts that are empty are not there.
struct ShaderRequest {
  bool compute = false;                        // or a pixel shader, with or without a vertex shader of its own
  ShaderText directives;                       // goes before everything else
  ShaderText main;                             // the pixel or the compute shader
  ShaderText vertex;                           // empty: a rectangle that covers the output
  std::map<std::string, ShaderText> includes;  // by the name in #include
  std::vector<TextureKind> inputs;
  TextureKind output = TextureKind::texture2d;
  PixelFormat format = PixelFormat::rgba8fixed;
  int colour_buffers = 1;
  OutputAccess access = OutputAccess::writeonly;  // of a compute shader's outputs
  bool quality_noise = false;
};

// The basic types of uniforms.
enum class UniformType { number, integer, natural, boolean };

// A value of the shader's own that parameters set. Offsets and strides as in std140.
struct ShaderUniform {
  std::string name;
  UniformType type = UniformType::number;
  int rows = 1, columns = 1;  // a vector has one column
  int count = 1;              // elements of an array
  bool array = false;
  int offset = 0;  // bytes in the block
};

// A texture or texture buffer that the shader declares itself.
struct ShaderSampler {
  std::string name;
  int binding = 0;
  TextureKind kind = TextureKind::texture2d;
  bool buffer = false;
  bool used = false;
};

struct AtomicCounter {
  std::string name;
  int offset = 0, count = 1;
};

struct SpecialConstant {
  std::string name;
  std::uint32_t id = 0;
  UniformType type = UniformType::integer;
};

struct ShaderProgram {
  Key key;  // of everything it was made from
  bool compute = false;
  std::vector<std::uint32_t> vertex, main;  // SPIR-V
  std::vector<ShaderUniform> uniforms;
  int uniform_binding = -1, uniform_bytes = 0;  // -1: the shader has none
  std::vector<ShaderSampler> samplers;
  std::vector<AtomicCounter> counters;
  int counter_binding = -1, counter_bytes = 0;
  std::vector<SpecialConstant> constants;
  std::array<int, 3> local_size = {1, 1, 1};
  int outputs = 1;                 // number of colour buffers the shader can write
  bool uneven_indices = false;     // it indexes samplers differently from pixel to pixel (nonuniformEXT)
  std::string log;                 // the compiler's warnings, each a line
  std::vector<std::string> words;  // identifiers in the user's own text, sorted
};
using ShaderProgramHandle = std::shared_ptr<const ShaderProgram>;

// Compiles and links. Errors carry the compiler's words, each with the DAT and the line of the user's own text.
Result<ShaderProgramHandle> compile_shader(const ShaderRequest& request);

// The key of the program that a request leads to.
Key key_of(const ShaderRequest& request);

// The names in a text's #include directives, in order.
std::vector<std::string> included_names(const std::string& text);

}  // namespace cookline
