// What GLSL TOP and GLSL Multi TOP do with their parameters.
#pragma once
#include "gpu/shader.h"
#include "ops/top/shader/pars.h"

namespace cookline::shader_op {

Use use(const Pars& p, const Connected& connected);
std::vector<std::string> also_reads(const Pars& p, std::span<const Held> inputs, std::span<const Held> also);
TextureKind kind(const Pars& p);
// The menu of Output Access differs between the two operators.
Result<ImageHandle> cook(Cook& cook, const Pars& p, const Inputs<Image>& in, OutputAccess access);
// The compiler's messages; an error if the shader does not compile.
Result<std::vector<std::string>> review(Cook& cook, const Pars& p, const Inputs<Image>& in, OutputAccess access);

// Load Uniform Names: a block for every uniform, counter, constant and sampler of the shader that no block names.
Result<std::vector<std::pair<std::string, Value>>> pulsed(Cook& cook, const Pars& p, const Inputs<Image>& in,
                                                          OutputAccess access);

// The functions above for one operator: `access` reads its own menu of Output Access.
template <OutputAccess (*access)(const Pars&)>
struct With {
  static Result<ImageHandle> cook(Cook& c, const Pars& p, const Inputs<Image>& in) {
    return shader_op::cook(c, p, in, access(p));
  }
  static Result<std::vector<std::string>> review(Cook& c, const Pars& p, const Inputs<Image>& in) {
    return shader_op::review(c, p, in, access(p));
  }
  static Result<std::vector<std::pair<std::string, Value>>> pulsed(Cook& c, const Pars& p, const Inputs<Image>& in) {
    return shader_op::pulsed(c, p, in, access(p));
  }
};

// Completes the definition of an operator that runs a shader.
template <OutputAccess (*access)(const Pars&), class Definition>
OpDef shader_top(Definition definition, int max_inputs) {
  return definition.inputs(0, max_inputs)
      .colour_pars()
      .template cook<&With<access>::cook>()
      .template use<&use>()
      .template kind<&kind>("type")
      .template also_reads<&also_reads>()
      .template review<&With<access>::review>()
      .template pulsed<&With<access>::pulsed>()
      .runs_on_device();
}

}  // namespace cookline::shader_op
