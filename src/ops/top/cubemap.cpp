// Cube Map TOP: the six faces of a cube from a picture each or from an unfolded cube, and back.
#include <fmt/format.h>

#include <algorithm>

#include "base/parallel.h"
#include "kernels/pixels.h"
#include "kernels/resample.h"
#include "op/op.h"

namespace cookline::cubemap_op {
namespace {

enum class Mode {
  onepersidetocubemap,
  verticalcrosstocubemap,
  cubemaptoverticalcross,
  horizontalcrosstocubemap,
  cubemaptohorizontalcross
};
constexpr MenuItem modes[] = {{"onepersidetocubemap", "One Input Per Side to Cube Map"},
                              {"verticalcrosstocubemap", "Vertical Cross to Cube Map"},
                              {"cubemaptoverticalcross", "Cube Map to Vertical Cross"},
                              {"horizontalcrosstocubemap", "Horizontal Cross to Cube Map"},
                              {"cubemaptohorizontalcross", "Cube Map to Horizontal Cross"}};

struct Pars {
  Mode mode = Mode::onepersidetocubemap;
};
// TD differs: which way round the faces are is not documented; here a shader sees them upright from inside.
constexpr Par table[] = {
    par<&Pars::mode>("mode", "Mode")
        .on("Cube Map")
        .items(modes)
        .help("From six inputs, in the order +X, -X, +Y, -Y, +Z, -Z, or from one that shows the cube unfolded: a cube "
              "map for samplerCube in shaders; or the reverse. Seen from inside, upright; in a cross +Z is in the "
              "middle, -Z below -Y and upside down or right of +X."),
};

constexpr int faces = 6;
constexpr std::string_view face_names[faces] = {"+X", "-X", "+Y", "-Y", "+Z", "-Z"};

// Where a face lies in a cross, in faces from its upper left corner.
struct Place {
  int column, row;
  bool upside_down = false;
};
struct Cross {
  int columns, rows;
  Place places[faces];
};
constexpr Cross vertical = {3, 4, {{2, 1}, {0, 1}, {1, 0}, {1, 2}, {1, 1}, {1, 3, true}}};
constexpr Cross horizontal = {4, 3, {{2, 1}, {0, 1}, {1, 0}, {1, 2}, {1, 1}, {3, 1}}};

bool makes_cube(Mode mode) { return mode != Mode::cubemaptoverticalcross && mode != Mode::cubemaptohorizontalcross; }
TextureKind kind(const Pars& p) { return makes_cube(p.mode) ? TextureKind::cube : TextureKind::texture2d; }
const Cross& cross_of(Mode mode) {
  return mode == Mode::verticalcrosstocubemap || mode == Mode::cubemaptoverticalcross ? vertical : horizontal;
}

Natural reshape(const Pars& p, const Natural& input) {
  Natural made = input;
  if (p.mode == Mode::onepersidetocubemap) {
    made.width_px = made.height_px = std::max(input.width_px, input.height_px);
  } else if (makes_cube(p.mode)) {
    const Cross& cross = cross_of(p.mode);
    made.width_px = made.height_px = std::max({1, input.width_px / cross.columns, input.height_px / cross.rows});
  } else {
    const Cross& cross = cross_of(p.mode);
    made.width_px = input.width_px * cross.columns, made.height_px = input.height_px * cross.rows;
  }
  return made;
}

// A part of an image: pixels from its lower left corner.
struct Part {
  double x, y, width, height;
};

// Rows of a face begin at its top, as samplerCube has it; those of all other pictures at the bottom.
kernels::PixelMap onto_face(const Part& from, int side, bool upside_down) {
  kernels::PixelMap map;
  map.xx = from.width / side, map.x0 = from.x;
  map.yy = -from.height / side, map.y0 = from.y + from.height;
  if (upside_down) {
    map.xx = -map.xx, map.x0 = from.x + from.width;
    map.yy = -map.yy, map.y0 = from.y;
  }
  return map;
}

void sample(const kernels::Texture& texture, kernels::Filter filter, const kernels::PixelMap& map, Image& out,
            int slice) {
  parallel_for(out.height(), [&](std::int64_t row) {
    const std::size_t n = std::size_t(out.width());
    std::vector<float> planes(4 * n);
    float *r = planes.data(), *g = r + n, *b = g + n, *a = b + n;
    kernels::sample_run(texture, filter, kernels::Extend::hold, map, 0, int(row), out.width(), r, g, b, a);
    kernels::store_pixels(out.format(), r, g, b, a, out.width(), out.row(int(row), slice));
  });
}

Result<ImageHandle> to_cube(Cook& cook, const Pars& p, const Inputs<Image>& in) {
  if (cook.width_px != cook.height_px)
    return cook.error("resolutionw",
                      fmt::format("the faces of a cube are square, not {}x{}", cook.width_px, cook.height_px));
  const int side = cook.width_px;
  const auto filter = kernels::Filter(cook.input_filter);
  auto out = std::make_shared<Image>(side, side, cook.format, TextureKind::cube, faces);
  out->aspect = cook.aspect;
  const bool each = p.mode == Mode::onepersidetocubemap;
  const Cross& cross = cross_of(p.mode);
  for (int face = 0; face < faces; ++face) {
    const ImageHandle& input = in.handle(each ? face : 0);
    if (!input)
      return cook.error("mode", fmt::format("there is no input {} for the side {}", face, face_names[face]),
                        "connect a picture for each of the six sides");
    Part part = {0, 0, double(input->width()), double(input->height())};
    if (!each) {
      part.width /= cross.columns, part.height /= cross.rows;
      const Place& place = cross.places[face];
      part.x = place.column * part.width, part.y = (cross.rows - 1 - place.row) * part.height;
    }
    const bool upside_down = !each && cross.places[face].upside_down;
    sample(kernels::make_texture(input, filter), filter, onto_face(part, side, upside_down), *out, face);
  }
  return ImageHandle(out);
}

// One face as a picture of its own.
ImageHandle face_of(const Image& cube, int face) {
  auto picture = std::make_shared<Image>(cube.width(), cube.height(), cube.format());
  std::copy_n(cube.row(0, face), cube.slice_bytes(), picture->row(0));
  return picture;
}

Result<ImageHandle> to_cross(Cook& cook, const Pars& p, const Inputs<Image>& in) {
  const ImageHandle& cube = in.handle(0);
  if (cube->kind() != TextureKind::cube)
    return cook.error("mode", "the input is a plain picture, not a cube map", "take it from another Cube Map TOP");
  const Cross& cross = cross_of(p.mode);
  auto out = std::make_shared<Image>(cook.width_px, cook.height_px, cook.format);
  out->aspect = cook.aspect;
  std::fill_n(out->row(0), out->bytes(), std::byte(0));
  const auto filter = kernels::Filter(cook.input_filter);
  for (int face = 0; face < faces; ++face) {
    const Place& place = cross.places[face];
    const int row = cross.rows - 1 - place.row;
    const int left = place.column * out->width() / cross.columns,
              right = (place.column + 1) * out->width() / cross.columns, bottom = row * out->height() / cross.rows,
              top = (row + 1) * out->height() / cross.rows;
    if (right <= left || top <= bottom) continue;
    Image part(right - left, top - bottom, cook.format);
    const Part all = {0, 0, double(cube->width()), double(cube->height())};
    kernels::PixelMap map = onto_face(all, 1, place.upside_down);
    map.xx /= part.width(), map.yy /= part.height();
    sample(kernels::make_texture(face_of(*cube, face), filter), filter, map, part, 0);
    const std::size_t bytes = std::size_t(info(cook.format).bytes);
    for (int y = 0; y < part.height(); ++y)
      std::copy_n(part.row(y), part.row_bytes(), out->row(bottom + y) + std::size_t(left) * bytes);
  }
  return ImageHandle(out);
}

Result<ImageHandle> cook(Cook& cook, const Pars& p, const Inputs<Image>& in) {
  if (!in.handle(0))
    return cook.error("mode", "there is no input", "connect a picture, or one for each of the six sides");
  Result<ImageHandle> made = makes_cube(p.mode) ? to_cube(cook, p, in) : to_cross(cook, p, in);
  return made;
}

}  // namespace
}  // namespace cookline::cubemap_op

namespace cookline {

const OpDef& cubemap_top() {
  using namespace cubemap_op;
  static const OpDef op = Define<Pars, table>(Family::TOP, "cubemapTOP", "Cube Map",
                                              "Makes cube maps of pictures, and pictures of cube maps.")
                              .inputs(1, 6)
                              .reshape<&reshape>()
                              .kind<&kind>("mode")
                              .cook<&cook>();
  return op;
}

}  // namespace cookline
