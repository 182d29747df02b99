// The numbers that a GLSL TOP's parameter pages give to its shader.
#pragma once
#include "gpu/gpu.h"
#include "ops/top/shader/pars.h"

namespace cookline::shader_op {

// Fills the job's uniforms, texture buffers, counters and constants.
Status add_numbers(const Cook& cook, const Pars& p, const Inputs<Image>& in, ShaderJob& job);

}  // namespace cookline::shader_op
