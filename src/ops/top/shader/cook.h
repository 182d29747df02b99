// What GLSL TOP and GLSL Multi TOP do with their parameters.
#pragma once
#include "gpu/shader.h"
#include "ops/top/shader/pars.h"

namespace cookline::shader_op {

Use use(const Pars& p, const Connected& connected);
std::vector<std::string> also_reads(const Pars& p, std::span<const Held> inputs, std::span<const Held> also);
// The menu of Output Access differs between the two operators.
Result<ImageHandle> cook(Cook& cook, const Pars& p, const Inputs<Image>& in, OutputAccess access);
// The compiler's messages; an error if the shader does not compile.
Result<std::vector<std::string>> review(Cook& cook, const Pars& p, const Inputs<Image>& in, OutputAccess access);

// Load Uniform Names: a block for every uniform, counter, constant and sampler of the shader that no block names.
Result<std::vector<std::pair<std::string, Value>>> pulsed(Cook& cook, const Pars& p, const Inputs<Image>& in,
                                                          OutputAccess access);

}  // namespace cookline::shader_op
