// Which instruction sets the pixel kernels run on. Every target gives the same bytes; tests prove it by choosing one.
#pragma once
#include <string>
#include <vector>

namespace cookline::kernels {

// Names of the instruction sets compiled in that this processor has ("AVX2", "AVX3", "AVX3_DL", …), best first.
std::vector<std::string> available_targets();

// Restricts kernels to one of available_targets(); empty lifts the restriction. False if there is no such target here.
// Not thread-safe: call it while no kernel runs.
bool use_target(const std::string& name);

}  // namespace cookline::kernels
