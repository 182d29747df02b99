// Joining tables of parameter rows at compile time, for operators that share a page.
#pragma once
#include <array>

#include "op/par.h"

namespace cookline {

template <std::size_t... N>
constexpr auto join_rows(const std::array<Par, N>&... tables) {
  std::array<Par, (N + ...)> rows;
  std::size_t at = 0;
  const auto append = [&](const auto& table) {
    for (const Par& row : table) rows[at++] = row;
  };
  (append(tables), ...);
  return rows;
}

}  // namespace cookline
