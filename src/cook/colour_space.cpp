#include "cook/colour_space.h"

#include "kernels/colour_space.h"

namespace cookline {
namespace {

bool is_colour(Style style) { return style == Style::RGB || style == Style::RGBA; }

}  // namespace

std::array<double, 3> to_srgb(const std::array<double, 3>& colour, std::string_view space) {
  const kernels::ColourSpace* const from = kernels::colour_space_named(space);
  const kernels::ColourSpace& srgb = kernels::colour_spaces().front();
  if (!from || from == &srgb) return colour;
  return kernels::ColourTransform(*from, srgb)(colour);
}

void convert_colours(const TypeInfo& type, ParSet& pars) {
  if (!type.def->colour_pars) return;
  const int index = static_cast<const ColourCommon*>(pars.tables.back().get())->parmcolorspace;
  if (index <= 0) return;
  const std::string_view space = colour_space_item(index);
  void* own = pars.tables.front().get();
  for (const Par& row : type.def->pars) {
    if (!is_colour(row.style)) continue;
    std::array<double, 3> colour{};
    for (int c = 0; c < 3; ++c) colour[std::size_t(c)] = to_double(row.get(own, c));
    const std::array<double, 3> converted = to_srgb(colour, space);
    for (int c = 0; c < 3; ++c) row.set(own, c, converted[std::size_t(c)]);
  }
}

}  // namespace cookline
