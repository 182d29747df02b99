// Expressions that DATs evaluate once for each cell, with names such as me.subRow that tell the cell.
#pragma once
#include <string>

#include "op/cook.h"

namespace cookline::dat {

// The expression that the operator's own text parameter `par` holds: its text, or in expression mode the expression
// itself, which must not be evaluated once for all.
std::string expression_text(Cook& cook, const std::string& par, const std::string& value);

// The text of a cell; an empty expression gives an empty cell. Errors name the parameter and the cell.
Result<std::string> evaluate_cell(Cook& cook, const std::string& par, const std::string& expression, std::size_t row,
                                  std::size_t col);

}  // namespace cookline::dat
