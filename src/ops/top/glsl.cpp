// GLSL TOP: a GLSL pixel or compute shader, written as for TouchDesigner, run on a Vulkan device.
#include "ops/support/rows.h"
#include "ops/top/shader/cook.h"
#include "ops/top/shader/parameters.h"

namespace cookline::glsl_op {
namespace {

using shader_op::Pars;
constexpr auto table =
    join_rows(shader_op::text_rows, shader_op::behavior_rows, std::array{shader_op::load_names_row},
              shader_op::dispatch_rows, shader_op::output_rows(shader_op::accesses), shader_op::input_rows,
              shader_op::colour_page, shader_op::uniform_rows, shader_op::buffer_page);

OutputAccess access(const Pars& p) { return p.outputaccess == 0 ? OutputAccess::writeonly : OutputAccess::readwrite; }

}  // namespace
}  // namespace cookline::glsl_op

namespace cookline {

const OpDef& glsl_top() {
  using namespace glsl_op;
  static const OpDef op = shader_op::shader_top<&access>(
      Define<Pars, table>(Family::TOP, "glslTOP", "GLSL", "Pixels from a shader of one's own."), 3);
  return op;
}

}  // namespace cookline
