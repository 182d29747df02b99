// GLSL Multi TOP: a GLSL pixel or compute shader, written as for TouchDesigner, run on a Vulkan device.
#include "ops/support/rows.h"
#include "ops/top/shader/cook.h"
#include "ops/top/shader/parameters.h"

namespace cookline::glslmulti_op {
namespace {

using shader_op::Pars;
constexpr auto table = join_rows(shader_op::text_rows, std::array{shader_op::load_names_row}, shader_op::dispatch_rows,
                                 shader_op::output_rows(shader_op::multi_accesses), shader_op::uniform_rows);

OutputAccess access(const Pars& p) { return OutputAccess(p.outputaccess); }

}  // namespace
}  // namespace cookline::glslmulti_op

namespace cookline {

const OpDef& glslmulti_top() {
  using namespace glslmulti_op;
  static const OpDef op = shader_op::shader_top<&access>(
      Define<Pars, table>(Family::TOP, "glslmultiTOP", "GLSL Multi",
                          "Pixels from a shader of one's own, with any number of inputs."),
      any_number);
  return op;
}

}  // namespace cookline
