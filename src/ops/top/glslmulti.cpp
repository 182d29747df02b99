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
}  // namespace cookline::glslmulti_op

namespace cookline {

const OpDef& glslmulti_top() {
  using namespace glslmulti_op;
  static const OpDef op = Define<Pars, table>(Family::TOP, "glslmultiTOP", "GLSL Multi",
                                              "Pixels from a shader of one's own, with any number of inputs.")
                              .inputs(0, any_number)
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
