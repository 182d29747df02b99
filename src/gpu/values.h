// Numbers of parameters as the bytes of a shader's uniform block.
#pragma once
#include <cstddef>
#include <cstdint>
#include <vector>

#include "gpu/gpu.h"

namespace cookline {

// A number as the four bytes that a shader reads. Whole numbers beyond the type's ends become those, NaN 0.
std::uint32_t bits_of(UniformType type, double value);

// The uniform block of a program, std140. What has no value is 0; warnings tell of values that the shader has no
// uniform for, or one of another size.
std::vector<std::byte> uniform_block(const ShaderProgram& program, const std::vector<NamedNumbers>& values,
                                     std::vector<std::string>& warnings);
// Likewise of atomic counters: a single value counts for all of an array.
std::vector<std::byte> counter_block(const ShaderProgram& program, const std::vector<NamedNumbers>& values,
                                     std::vector<std::string>& warnings);
// Constants that the shader does not have.
void check_constants(const ShaderProgram& program, const std::vector<NamedNumbers>& values,
                     std::vector<std::string>& warnings);

}  // namespace cookline
