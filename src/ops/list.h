// Every operator of src/ops, in the order of their file names. The list is written by CMake from the files themselves.
#pragma once
#include <span>

#include "op/op.h"

namespace cookline {

std::span<const OpDef* const> all_operators();

}  // namespace cookline
