// The Output page of TOPs that draw a picture of their own and may lay it over an input.
#pragma once
#include <array>

#include "kernels/composite.h"
#include "op/op.h"

namespace cookline {

// Menu of the 46 operations.
inline constexpr auto operation_menu = [] {
  std::array<MenuItem, kernels::composite_operations.size()> items{};
  for (std::size_t i = 0; i < items.size(); ++i)
    items[i] = {kernels::composite_operations[i].first, kernels::composite_operations[i].second};
  return items;
}();

// Rows for the fields compoverinput, operand and swaporder of P.
template <class P>
constexpr std::array<Par, 3> output_page() {
  return {par<&P::compoverinput>("compoverinput", "Comp Over Input")
              .on("Output")
              .help("Lays the picture over the input; off, the input only gives size and format."),
          par<&P::operand>("operand", "Operation")
              .on("Output")
              .items(operation_menu)
              .help("How the picture is combined with the input."),
          par<&P::swaporder>("swaporder", "Swap Order").on("Output").help("The input is on top instead.")};
}

// One table after another.
template <std::size_t M, std::size_t N>
constexpr std::array<Par, M + N> joined(const std::array<Par, M>& first, const std::array<Par, N>& second) {
  std::array<Par, M + N> rows{};
  std::copy(first.begin(), first.end(), rows.begin());
  std::copy(second.begin(), second.end(), rows.begin() + M);
  return rows;
}

inline kernels::Planes planes(const Tile& tile) { return {tile.r, tile.g, tile.b, tile.a}; }
inline kernels::ConstPlanes planes(const InTile& tile) { return {tile.r, tile.g, tile.b, tile.a}; }

// Combines what `out` holds with the input as the Output page says.
template <class P>
void comp_over_input(const P& p, const InTile& input, Tile& out) {
  if (!p.compoverinput || !input) return;
  const kernels::Planes own = planes(out);
  if (p.swaporder)
    kernels::composite(p.operand, planes(input), own, own, out.count);
  else
    kernels::composite(p.operand, own, planes(input), own, out.count);
}

}  // namespace cookline
