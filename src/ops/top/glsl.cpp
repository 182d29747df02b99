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

Result<ImageHandle> cook(Cook& cook, const Pars& p, const Inputs<Image>& in) {
  return shader_op::cook(cook, p, in, access(p));
}
Result<std::vector<std::string>> review(Cook& cook, const Pars& p, const Inputs<Image>& in) {
  return shader_op::review(cook, p, in, access(p));
}

Result<std::vector<std::pair<std::string, Value>>> pulsed(Cook& cook, const Pars& p, const Inputs<Image>& in) {
  return shader_op::pulsed(cook, p, in, access(p));
}

}  // namespace
}  // namespace cookline::glsl_op

namespace cookline {

const OpDef& glsl_top() {
  using namespace glsl_op;
  static const OpDef op = Define<Pars, table>(Family::TOP, "glslTOP", "GLSL", "Pixels from a shader of one's own.")
                              .inputs(0, 3)
                              .colour_pars()
                              .cook<&cook>()
                              .use<&shader_op::use>()
                              .also_reads<&shader_op::also_reads>()
                              .review<&review>()
                              .pulsed<&pulsed>()
                              .runs_on_device();
  return op;
}

}  // namespace cookline
