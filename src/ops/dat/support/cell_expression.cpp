#include "ops/dat/support/cell_expression.h"

#include <fmt/format.h>

namespace cookline::dat {

std::string expression_text(Cook& cook, const std::string& par, const std::string& value) {
  const auto views = cook.services.parameters(cook.path, par, false, true);
  if (!views || views->empty() || views->front().mode != "EXPRESSION") return value;
  return views->front().expression;
}

Result<std::string> evaluate_cell(Cook& cook, const std::string& par, const std::string& expression, std::size_t row,
                                  std::size_t col) {
  if (expression.empty()) return std::string();
  const std::pair<std::string, Value> names[] = {{"me.subRow", std::int64_t(row)}, {"me.subCol", std::int64_t(col)}};
  auto value = cook.services.evaluate(expression, names);
  if (!value) return cook.error(par, fmt::format("cell {}, {}: {}", row, col, value.error().what), value.error().hint);
  return to_text(*value);
}

}  // namespace cookline::dat
