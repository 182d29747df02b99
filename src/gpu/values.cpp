#include "gpu/values.h"

#include <fmt/format.h>

#include <algorithm>
#include <bit>
#include <cmath>
#include <cstring>

namespace cookline {
namespace {

constexpr int std140_stride = 16;  // of an array's elements and a matrix's columns

void put(std::vector<std::byte>& block, std::size_t at, UniformType type, double value) {
  const std::uint32_t bits = bits_of(type, value);
  if (at + sizeof bits <= block.size()) std::memcpy(block.data() + at, &bits, sizeof bits);
}

// One element: a scalar, a vector, or the columns of a matrix.
void put_element(std::vector<std::byte>& block, const ShaderUniform& u, std::size_t at,
                 std::span<const double> numbers) {
  for (int column = 0; column < u.columns; ++column)
    for (int row = 0; row < u.rows; ++row) {
      const std::size_t i = std::size_t(column * u.rows + row);
      if (i < numbers.size()) put(block, at + std::size_t(column * std140_stride + row * 4), u.type, numbers[i]);
    }
}

bool mentioned(const ShaderProgram& program, const std::string& name) {
  return std::binary_search(program.words.begin(), program.words.end(), name);
}

void warn_unknown(const ShaderProgram& program, const std::string& name, std::string_view what,
                  std::vector<std::string>& warnings) {
  if (!mentioned(program, name)) warnings.push_back(fmt::format("the shader has no {} '{}'", what, name));
}

// Numbers for a matrix come as 4x4; smaller matrices take its upper left part.
std::vector<double> fitted(const ShaderUniform& u, const NamedNumbers& v) {
  if (u.columns == 1 || v.width != 16) return v.numbers;
  std::vector<double> part;
  for (int column = 0; column < u.columns; ++column)
    for (int row = 0; row < u.rows; ++row) part.push_back(v.numbers[std::size_t(column * 4 + row)]);
  return part;
}

}  // namespace

std::uint32_t bits_of(UniformType type, double value) {
  const auto whole = [&](double lo, double hi) {
    return std::isnan(value) ? 0 : std::clamp(std::trunc(value), lo, hi);
  };
  switch (type) {
    case UniformType::number:
      return std::bit_cast<std::uint32_t>(float(value));
    case UniformType::integer:
      return std::uint32_t(std::int32_t(whole(-2147483648.0, 2147483647.0)));
    case UniformType::natural:
      return std::uint32_t(whole(0, 4294967295.0));
    default:
      return value != 0;
  }
}

std::vector<std::byte> uniform_block(const ShaderProgram& program, const std::vector<NamedNumbers>& values,
                                     std::vector<std::string>& warnings) {
  std::vector<std::byte> block(std::size_t(program.uniform_bytes));
  for (const NamedNumbers& v : values) {
    const auto u =
        std::find_if(program.uniforms.begin(), program.uniforms.end(), [&](const auto& x) { return x.name == v.name; });
    if (u == program.uniforms.end()) {
      warn_unknown(program, v.name, "uniform", warnings);
      continue;
    }
    if ((u->columns > 1) != (v.width == 16))
      warnings.push_back(u->columns > 1
                             ? fmt::format("the uniform '{}' is a matrix: set it on the Matrices page", u->name)
                             : fmt::format("the uniform '{}' is no matrix", u->name));
    const std::vector<double> numbers = fitted(*u, v);
    const std::size_t size = u->array ? std::size_t(v.width == 16 ? u->rows * u->columns : v.width) : numbers.size();
    const std::size_t given = size ? numbers.size() / size : 0;
    const std::size_t stride = std::size_t(u->array ? std140_stride * u->columns : 0);
    if (u->array && given > std::size_t(u->count))
      warnings.push_back(fmt::format("the uniform '{}' has {} elements; the CHOP has {}", u->name, u->count, given));
    for (std::size_t i = 0; i < std::min(given, std::size_t(u->count)); ++i)
      put_element(block, *u, std::size_t(u->offset) + i * stride, std::span(numbers).subspan(i * size, size));
  }
  return block;
}

std::vector<std::byte> counter_block(const ShaderProgram& program, const std::vector<NamedNumbers>& values,
                                     std::vector<std::string>& warnings) {
  std::vector<std::byte> block(std::size_t(program.counter_bytes));
  for (const NamedNumbers& v : values) {
    const auto c =
        std::find_if(program.counters.begin(), program.counters.end(), [&](const auto& x) { return x.name == v.name; });
    if (c == program.counters.end()) {
      warn_unknown(program, v.name, "atomic counter", warnings);
      continue;
    }
    for (int i = 0; i < c->count && !v.numbers.empty(); ++i) {
      const std::size_t from = v.numbers.size() == 1 ? 0 : std::size_t(i);
      if (from < v.numbers.size()) put(block, std::size_t(c->offset + 4 * i), UniformType::natural, v.numbers[from]);
    }
  }
  return block;
}

void check_constants(const ShaderProgram& program, const std::vector<NamedNumbers>& values,
                     std::vector<std::string>& warnings) {
  for (const NamedNumbers& v : values)
    if (std::none_of(program.constants.begin(), program.constants.end(),
                     [&](const auto& c) { return c.name == v.name; }))
      warn_unknown(program, v.name, "specialisation constant", warnings);
}

}  // namespace cookline
