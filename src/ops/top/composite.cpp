// Composite TOP: any number of pictures combined from the left, the first on top.
#include <algorithm>

#include "ops/top/generator/output_page.h"
#include "ops/top/pass.h"
#include "ops/top/transform/cook_rows.h"
#include "ops/top/transform/overlay.h"

namespace cookline::composite_top_op {
namespace {

enum class FixedLayer { input1, input2 };
constexpr MenuItem fixed_layers[] = {{"input1", "Input 1"}, {"input2", "Input 2"}};

struct Pars {
  OpRefs<Image> top;
  bool previewgrid = false, selectinput = false;
  int inputindex = 0;
  kernels::CompositeOperation operand = kernels::CompositeOperation::multiply;
  bool swaporder = false;
  FixedLayer size = FixedLayer::input2;
  Prefit prefit = Prefit::fill;
  JustifyH justifyh = JustifyH::center;
  JustifyV justifyv = JustifyV::center;
  kernels::Extend extend = kernels::Extend::zero;
  double r = 0;
  XY t = {0, 0};
  LengthUnit tunit = LengthUnit::fraction;
  XY s = {1, 1}, p = {0.5, 0.5};
  LengthUnit punit = LengthUnit::fraction;
  XY tstep = {0, 0};
  LengthUnit tstepunit = LengthUnit::fraction;
  bool legacyxform = false;
};
constexpr Par table[] = {
    par<&Pars::top>("top", "TOP")
        .on("Composite")
        .help("More TOPs that are combined after the wired inputs: paths and patterns."),
    par<&Pars::previewgrid>("previewgrid", "Preview Grid")
        .on("Composite")
        .help("Shows all operations in a grid; the right half of each tile has its inputs swapped."),
    par<&Pars::selectinput>("selectinput", "Select Input").on("Composite").help("Passes one input through instead."),
    par<&Pars::inputindex>("inputindex", "Input Index")
        .on("Composite")
        .at_least(0)
        .slider(0, 10)
        .help("The input that Select Input passes through, from 0."),
    par<&Pars::operand>("operand", "Operation")
        .on("Composite")
        .items(operation_menu)
        .help("How each input is combined with the result of those before it."),
    par<&Pars::swaporder>("swaporder", "Swap Operation Order")
        .on("Composite")
        .help("Swaps the two sides of every operation."),
    par<&Pars::size>("size", "Fixed Layer")
        .on("Transform")
        .items(fixed_layers)
        .help("The input that gives size and aspect and stays in place; all others are overlays."),
    par<&Pars::prefit>("prefit", "Pre-Fit Overlay")
        .on("Transform")
        .items(prefits)
        .help("How overlays are brought to the size of the fixed layer."),
    par<&Pars::justifyh>("justifyh", "Justify Horizontal")
        .on("Transform")
        .items(justify_h)
        .help("Where overlays of another width lie."),
    par<&Pars::justifyv>("justifyv", "Justify Vertical")
        .on("Transform")
        .items(justify_v)
        .help("Where overlays of another height lie."),
    par<&Pars::extend>("extend", "Extend Overlay").on("Transform").items(extends).help("What lies outside an overlay."),
    par<&Pars::r>("r", "Rotate")
        .on("Transform")
        .slider(-180, 180)
        .in("deg")
        .help("Rotates overlays counter-clockwise."),
    par<&Pars::t>("t", "Translate").on("Transform").slider(-1, 1).help("Moves overlays."),
    par<&Pars::tunit>("tunit", "Translate Units").on("Transform").items(unit_menu).help("The unit of Translate."),
    par<&Pars::s>("s", "Scale").on("Transform").slider(0, 5).help("Scales overlays."),
    par<&Pars::p>("p", "Pivot")
        .on("Transform")
        .slider(0, 1)
        .help("The point about which overlays are scaled and rotated."),
    par<&Pars::punit>("punit", "Pivot Units").on("Transform").items(unit_menu).help("The unit of Pivot."),
    par<&Pars::tstep>("tstep", "Translate Step")
        .on("Transform")
        .slider(-1, 1)
        .help("Moves the third input by this, the fourth by twice this and so on."),
    par<&Pars::tstepunit>("tstepunit", "Translate Step Units")
        .on("Transform")
        .items(unit_menu)
        .help("The unit of Translate Step."),
    par<&Pars::legacyxform>("legacyxform", "Legacy Transform")
        .on("Transform")
        .help("Rotates clockwise and translates last, as early versions of TouchDesigner did."),
};

void combine(kernels::CompositeOperation operation, bool swap, const kernels::Planes& result,
             const kernels::ConstPlanes& layer, int count) {
  if (swap)
    kernels::composite(operation, layer, result, result, count);
  else
    kernels::composite(operation, result, layer, result, count);
}

// Input Index, brought among the inputs there are; -1 where Select Input is off.
int selected(const Pars& p, int inputs) { return p.selectinput ? std::min(p.inputindex, inputs - 1) : -1; }

void shade(const Pars& p, const Tiles& in, Tile& out) {
  const int only = selected(p, int(in.inputs.size()));
  if (only >= 0) return pass::copy_tile(in[only], out);
  bool any = false;
  for (const InTile& layer : in.inputs) {
    if (!layer) continue;
    if (any)
      combine(p.operand, p.swaporder, planes(out), planes(layer), out.count);
    else
      pass::copy_tile(layer, out);
    any = true;
  }
  if (!any) pass::copy_tile({}, out);
}

// One input as it is laid under or over the others.
struct Layer {
  kernels::Texture texture;
  kernels::PixelMap map;
  kernels::Extend extend = kernels::Extend::hold;
};

Placement placement(const Pars& p, int input, const PictureSize& output) {
  Placement place{p.prefit, p.justifyh, p.justifyv, p.r};
  place.translate = in_heights(p.t, p.tunit, output);
  const Point2 step = in_heights(p.tstep, p.tstepunit, output);
  const int steps = std::max(0, input - 1);
  place.translate.x += steps * step.x, place.translate.y += steps * step.y;
  place.scale = {p.s[0], p.s[1]};
  place.pivot = p.p, place.pivot_unit = p.punit, place.legacy = p.legacyxform;
  return place;
}

// The fixed layer, or an input that is alone, fills the output; all others are overlays.
std::vector<Layer> layers(const Pars& p, const Inputs<Image>& in, kernels::Filter filter, const PictureSize& output) {
  std::vector<int> connected;
  for (int i = 0; i < in.size(); ++i)
    if (in[i]) connected.push_back(i);
  std::vector<Layer> list;
  for (const int i : connected) {
    const Image& image = *in[i];
    Layer layer{kernels::make_texture(in.handle(i), filter)};
    if (i == int(p.size) || connected.size() == 1) {
      layer.map = kernels::stretch(image.width(), image.height(), output.width, output.height);
    } else {
      layer.map = overlay_map(placement(p, i, output), {image.width(), image.height(), image.aspect}, output);
      layer.extend = p.extend;
    }
    list.push_back(std::move(layer));
  }
  return list;
}

// Pixels of one row of the output, shown through a map from the output to the whole composite.
struct Run {
  int x, y, count;
  kernels::PixelMap map;
};

class Composer {
 public:
  Composer(const std::vector<Layer>& layers, kernels::Filter filter, int width)
      : layers_(layers), filter_(filter), scratch_(row_planes(memory_, width)) {}

  // Combines all layers into `to`, whose first pixel is the run's.
  void run(kernels::CompositeOperation operation, bool swap, const Run& run, const kernels::Planes& to) {
    for (std::size_t i = 0; i < layers_.size(); ++i) {
      const Layer& layer = layers_[i];
      const kernels::Planes& into = i ? scratch_ : to;
      kernels::sample_run(layer.texture, filter_, layer.extend, through(run.map, layer.map), run.x, run.y, run.count,
                          into.r, into.g, into.b, into.a);
      if (i) combine(operation, swap, to, scratch_, run.count);
    }
  }

 private:
  const std::vector<Layer>& layers_;
  kernels::Filter filter_;
  std::vector<float> memory_;
  kernels::Planes scratch_;
};

// The tiles of the preview grid: all operations in the order of the menu, from the upper left.
constexpr int grid = 7;
static_assert(grid * grid >= int(kernels::composite_operations.size()));

void preview_row(const Pars& p, Composer& composer, const Cook& cook, int y, const kernels::Planes& row) {
  const std::int64_t width = cook.width_px, height = cook.height_px;
  const std::int64_t up = y * grid / height;
  for (std::int64_t half = 0; half < 2 * grid; ++half) {
    const std::int64_t across = half / 2, tile = (grid - 1 - up) * grid + across;
    // Pixels whose centre lies in this half of the tile.
    const int first = int((half * width + grid) / (2 * grid)), last = int(((half + 1) * width + grid) / (2 * grid));
    const kernels::Planes to = {row.r + first, row.g + first, row.b + first, row.a + first};
    if (tile >= std::int64_t(kernels::composite_operations.size())) {
      for (float* plane : {to.r, to.g, to.b, to.a}) std::fill_n(plane, last - first, 0.0f);
      continue;
    }
    const kernels::PixelMap map = {grid, 0, -double(across * width), 0, grid, -double(up * height)};
    composer.run(kernels::CompositeOperation(tile), p.swaporder != (half % 2 == 1), {first, y, last - first, map}, to);
  }
}

Result<ImageHandle> cook(Cook& cook, const Pars& p, const Inputs<Image>& in) {
  const auto filter = kernels::Filter(cook.input_filter);
  const std::vector<Layer> list = layers(p, in, filter, {cook.width_px, cook.height_px, cook.aspect});
  return cook_rows(cook, [&] {
    return [&, composer = Composer(list, filter, cook.width_px)](int y, const kernels::Planes& row) mutable {
      if (p.previewgrid)
        preview_row(p, composer, cook, y, row);
      else
        composer.run(p.operand, p.swaporder, {0, y, cook.width_px, {}}, row);
    };
  });
}

Use use(const Pars& p, const Connected& connected) {
  const int only = selected(p, int(connected.is.size()));
  if (only >= 0) return {{only}, connected[only]};
  Use all;
  for (int i = 0; i < int(connected.is.size()); ++i)
    if (connected[i]) all.inputs.push_back(i);
  all.pass = all.inputs.size() == 1 && !p.previewgrid;
  return all;
}

int size_input(const Pars& p) { return int(p.size); }

// Filled and untransformed overlays are what the engine's own resampling gives.
// TD differs: where such an overlay has another size, its edges are held, not faded out over half a pixel.
bool pointwise(const Pars& p) {
  if (p.selectinput) return true;
  const bool moved = p.r != 0 || p.t != XY{0, 0} || p.s != XY{1, 1} || p.tstep != XY{0, 0};
  return p.prefit == Prefit::fill && !moved && !p.previewgrid;
}

}  // namespace
}  // namespace cookline::composite_top_op

namespace cookline {

const OpDef& composite_top() {
  using namespace composite_top_op;
  static const OpDef op = Define<Pars, table>(Family::TOP, "compositeTOP", "Composite", "Combines pictures in 46 ways.")
                              .inputs(0, any_number)
                              .shade<&shade>()
                              .cook<&cook>()
                              .use<&use>()
                              .size_input<&size_input>()
                              .pointwise<&pointwise>();
  return op;
}

}  // namespace cookline
