// Resolution TOP: its input in the size that its own Output Resolution states.
#include "base/parallel.h"
#include "kernels/area.h"
#include "kernels/pixels.h"
#include "ops/top/pass.h"

namespace cookline::resolution_op {
namespace {

struct Pars {
  bool highqualresize = false;
};
constexpr Par table[] = {
    // TD differs: how is not published; here by the areas that pixels cover.
    par<&Pars::highqualresize>("highqualresize", "High Quality Resize")
        .on("Resolution")
        .help("Smaller pictures are averages of the areas that their pixels cover, larger ones interpolated, whatever "
              "Input Smoothness says."),
};

bool pointwise(const Pars& p) { return !p.highqualresize; }

Result<ImageHandle> cook(Cook& cook, const Pars&, const Inputs<Image>& in) {
  const kernels::AreaResize resize(in.handle(0), cook.width_px, cook.height_px);
  auto out = std::make_shared<Image>(cook.width_px, cook.height_px, cook.format);
  out->aspect = cook.aspect;
  parallel_for(cook.height_px, [&](std::int64_t row) {
    const std::size_t w = std::size_t(cook.width_px);
    std::vector<float> planes(4 * w);
    float *r = planes.data(), *g = r + w, *b = g + w, *a = b + w;
    resize.row(int(row), r, g, b, a);
    kernels::store_pixels(cook.format, r, g, b, a, cook.width_px, out->row(int(row)));
  });
  return ImageHandle(out);
}

}  // namespace
}  // namespace cookline::resolution_op

namespace cookline {

const OpDef& resolution_top() {
  using namespace resolution_op;
  static const OpDef op = Define<Pars, table>(Family::TOP, "resolutionTOP", "Resolution",
                                              "Brings its input to the size that its Common page states.")
                              .inputs(1, 1)
                              .shade<&pass::copy_first<Pars>>()
                              .cook<&cook>()
                              .pointwise<&pointwise>()
                              .use<&pass::first<Pars>>();
  return op;
}

}  // namespace cookline
