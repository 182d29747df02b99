#include "ops/top/shader/uniforms.h"

#include <fmt/format.h>

#include "base/text.h"

namespace cookline::shader_op {
namespace {

// Elements of `width` components, one a sample: channel 0 first. Channels that are missing count as 0.
NamedNumbers numbers_of(const std::string& name, const Channels& channels, int width) {
  NamedNumbers n{name, {}, width};
  for (std::size_t i = 0; i < channels.length(); ++i)
    for (std::size_t c = 0; c < std::size_t(width); ++c)
      n.numbers.push_back(c < channels.channels.size() ? channels.channels[c].samples[i] : 0);
  return n;
}

// A matrix row by row, from a text such as a tdu.Matrix has.
std::vector<double> numbers_in(const std::string& text) {
  std::string plain = text;
  for (char& c : plain)
    if (c == '[' || c == ']' || c == '(' || c == ')' || c == ',' || c == ';') c = ' ';
  std::vector<double> numbers;
  for (const std::string& word : split_words(plain)) {
    const auto number = parse_number(word);
    if (!number) return {};
    numbers.push_back(*number);
  }
  return numbers;
}

Result<NamedNumbers> matrix_of(const Cook& cook, const MatrixBlock& block, std::size_t index, const Inputs<Image>& in) {
  std::vector<double> rows = numbers_in(block.value.path);
  if (const Table* table = in.at(block.value)) {
    rows = numbers_in(as_text(*table));
  } else if (const Channels* channels = in.at(OpRef<Channels>{block.value.path, block.value.input})) {
    rows.clear();
    for (const Channel& c : channels->channels) rows.push_back(c.samples.empty() ? 0 : c.samples.front());
  }
  if (rows.size() != 16)
    return cook.error(
        fmt::format("matrix{}value", index), fmt::format("'{}' is no matrix of 16 numbers", block.value.path),
        "a tdu.Matrix by expression, 16 numbers row by row, a table DAT of 4x4 cells, or a CHOP of 16 channels");
  NamedNumbers n{block.name, {}, 16};
  for (std::size_t column = 0; column < 4; ++column)
    for (std::size_t row = 0; row < 4; ++row) n.numbers.push_back(rows[row * 4 + column]);
  return n;
}

Error no_chop(const Cook& cook, const std::string& parameter, const std::string& path) {
  return cook.error(parameter, path.empty() ? "no CHOP is named" : fmt::format("'{}' is no CHOP", path));
}

Status add_arrays(const Cook& cook, const Pars& p, const Inputs<Image>& in, ShaderJob& job) {
  for (std::size_t i = 0; i < p.array.size(); ++i) {
    const ArrayBlock& block = p.array[i];
    if (block.name.empty()) continue;
    const Channels* channels = in.at(block.chop);
    if (!channels) return no_chop(cook, fmt::format("array{}chop", i), block.chop.path);
    (block.texture_buffer ? job.texture_buffers : job.uniforms)
        .push_back(numbers_of(block.name, *channels, block.type + 1));
  }
  return {};
}

Status add_counters(const Cook& cook, const Pars& p, const Inputs<Image>& in, ShaderJob& job) {
  for (std::size_t i = 0; i < p.ac.size(); ++i) {
    const CounterBlock& block = p.ac[i];
    if (block.name.empty()) continue;
    if (block.initvalue == Initial::val) {
      job.counters.push_back({block.name, {double(block.singlevalue)}, 1});
      continue;
    }
    const Channels* channels = in.at(block.chopvalue);
    if (!channels) return no_chop(cook, fmt::format("ac{}chopvalue", i), block.chopvalue.path);
    NamedNumbers n = numbers_of(block.name, *channels, 1);
    if (n.numbers.size() == 1) n.numbers.push_back(0);  // one sample is the first counter's, not that of all
    job.counters.push_back(std::move(n));
  }
  return {};
}

}  // namespace

Status add_numbers(const Cook& cook, const Pars& p, const Inputs<Image>& in, ShaderJob& job) {
  for (const VectorBlock& v : p.vec)
    if (!v.name.empty()) job.uniforms.push_back({v.name, {v.value.begin(), v.value.end()}, 4});
  for (const ColourBlock& c : p.color) {
    if (c.name.empty()) continue;
    const double by = p.premultrgbbyalpha ? c.alpha : 1;
    job.uniforms.push_back({c.name, {c.rgb[0] * by, c.rgb[1] * by, c.rgb[2] * by, c.alpha}, 4});
  }
  if (Status status = add_arrays(cook, p, in, job); !status) return status;
  for (std::size_t i = 0; i < p.matrix.size(); ++i) {
    if (p.matrix[i].name.empty()) continue;
    Result<NamedNumbers> matrix = matrix_of(cook, p.matrix[i], i, in);
    if (!matrix) return matrix.error();
    job.uniforms.push_back(std::move(*matrix));
  }
  for (const ConstantBlock& c : p.consts)
    if (!c.name.empty()) job.constants.push_back({c.name, {c.value}, 1});
  return add_counters(cook, p, in, job);
}

}  // namespace cookline::shader_op
