// Render Select TOP: one of the colour buffers of a TOP that makes several. It stays where it lies, on the device or in
// memory.
#include <fmt/format.h>

#include "op/op.h"
#include "ops/top/support/fitted.h"

namespace cookline::renderselect_op {
namespace {

struct Pars {
  OpRef<Image> top;
  int colorbufindex = 0;
  int cameraindex = 0;
  int peellayerindex = 0;
  bool imageoutput = false;
};
constexpr Par table[] = {
    par<&Pars::top>("top", "TOP").on("Render Select").help("The TOP whose colour buffer is shown: a GLSL TOP."),
    par<&Pars::colorbufindex>("colorbufindex", "Color Buffer Index")
        .on("Render Select")
        .at_least(0)
        .slider(0, 7)
        .help("Which of its colour buffers, from 0, which is the picture that it shows itself."),
    par<&Pars::cameraindex>("cameraindex", "Camera Index")
        .on("Render Select")
        .at_least(0)
        .slider(0, 7)
        .help("For Render TOPs: no effect on other TOPs."),
    par<&Pars::peellayerindex>("peellayerindex", "Peel Layer Index")
        .on("Render Select")
        .at_least(0)
        .slider(0, 7)
        .help("For Render TOPs: no effect on other TOPs."),
    par<&Pars::imageoutput>("imageoutput", "Image Output")
        .on("Render Select")
        .help("For Render TOPs: no effect on other TOPs."),
};

Use use(const Pars& p, const Connected& connected) {
  if (!connected[p.top.input]) return {};
  return {{p.top.input}, p.colorbufindex == 0};
}

ImageHandle transparent(const Cook& cook) {
  auto image = std::make_shared<Image>(cook.width_px, cook.height_px, cook.format);
  image->aspect = cook.aspect;
  std::fill_n(image->row(0), image->bytes(), std::byte(0));
  return image;
}

Result<ImageHandle> cook(Cook& cook, const Pars& p, const Inputs<Image>& in) {
  ImageHandle image = in.handle(p.top.input);
  if (!image && !p.top.path.empty()) return cook.error("top", fmt::format("'{}' is no TOP", p.top.path));
  if (!image) return transparent(cook);
  const std::size_t index = std::size_t(p.colorbufindex), count = image->colour_buffers.size() + 1;
  if (index >= count)
    return cook.error(
        "colorbufindex", fmt::format("'{}' has {} color buffer{}", p.top.path, count, count == 1 ? "" : "s"),
        fmt::format("an index from 0 to {}; # of Color Buffers of a GLSL TOP says how many it makes", count - 1));
  if (index > 0) image = image->colour_buffers[index - 1];
  return fitted(image, cook);
}

}  // namespace
}  // namespace cookline::renderselect_op

namespace cookline {

const OpDef& renderselect_top() {
  using namespace renderselect_op;
  static const OpDef op = Define<Pars, table>(Family::TOP, "renderselectTOP", "Render Select",
                                              "Shows a colour buffer of a TOP that makes several.")
                              .cook<&cook>()
                              .use<&use>()
                              .runs_on_device();
  return op;
}

}  // namespace cookline
