// Any text as a shader. Its first byte chooses the stage, the pixel format, the inputs and what is written.
#include "fuzz.h"
#include "gpu/shader.h"

using namespace cookline;

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  if (size == 0) return 0;
  const std::string text(reinterpret_cast<const char*>(data) + 1, size - 1);
  ShaderRequest request;
  request.compute = data[0] & 1;
  request.access = data[0] & 2 ? OutputAccess::readwrite : OutputAccess::writeonly;
  request.format = PixelFormat((data[0] >> 2) % pixel_format_count);
  request.inputs.assign(std::size_t(data[0] >> 6), TextureKind::texture2d);
  request.main = {"shader", text};
  request.includes["part"] = {"part", "float part() { return 1.0; }\n"};
  const Result<ShaderProgramHandle> program = compile_shader(request);
  if (!program) {
    fuzz::check(!program.error().what.empty(), "an error says what is wrong", text);
    return 0;
  }
  fuzz::check(!(*program)->main.empty() && (*program)->main[0] == 0x07230203, "a program is SPIR-V", text);
  for (const ShaderUniform& u : (*program)->uniforms)
    fuzz::check(u.offset >= 0 && u.offset < (*program)->uniform_bytes, "a uniform lies in its block", text);
  return 0;
}
