#include "cook/colour_space.h"

#include "kernels/colour_space.h"

namespace cookline {
namespace {

bool is_colour(Style style) { return style == Style::RGB || style == Style::RGBA; }

std::array<double, 3> to_srgb(const std::array<double, 3>& colour, std::string_view space) {
  const kernels::ColourSpace* const from = kernels::colour_space_named(space);
  const kernels::ColourSpace& srgb = kernels::colour_spaces().front();
  if (!from || from == &srgb) return colour;
  return kernels::ColourTransform(*from, srgb)(colour);
}

void convert_rows(std::span<const Par> rows, void* pars, std::string_view space) {
  for (const Par& row : rows) {
    if (row.style == Style::Sequence)
      for (std::int64_t i = 0; i < to_int(row.get(pars, 0)); ++i)
        convert_rows(row.block, row.block_at(pars, int(i)), space);
    if (!is_colour(row.style)) continue;
    std::array<double, 3> colour{};
    for (int c = 0; c < 3; ++c) colour[std::size_t(c)] = to_double(row.get(pars, c));
    const std::array<double, 3> converted = to_srgb(colour, space);
    for (int c = 0; c < 3; ++c) row.set(pars, c, converted[std::size_t(c)]);
  }
}

}  // namespace

void convert_colours(const TypeInfo& type, ParSet& pars) {
  if (!type.def->colour_pars) return;
  const int index = static_cast<const ColourCommon*>(pars.tables.back().get())->parmcolorspace;
  if (index <= 0) return;
  convert_rows(type.def->pars, pars.tables.front().get(), colour_space_item(index));
}

}  // namespace cookline
