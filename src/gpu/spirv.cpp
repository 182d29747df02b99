#include "gpu/spirv.h"

#include <cstring>

namespace cookline {
namespace {

// Numbers of the SPIR-V specification 1.3: instructions, decorations and storage classes.
constexpr std::uint32_t op_name = 5, op_capability = 17, op_variable = 59, op_decorate = 71;
constexpr std::uint32_t op_type_bool = 20, op_type_int = 21, op_type_float = 22;
constexpr std::uint32_t op_spec_constant_true = 48, op_spec_constant = 50;
constexpr std::uint32_t decoration_spec_id = 1, decoration_location = 30;
constexpr std::uint32_t storage_input = 1, storage_output = 3;
constexpr std::uint32_t capability_uneven_samplers = 5307;  // SampledImageArrayNonUniformIndexing
constexpr std::size_t header_words = 5;

// Calls visit(opcode, first word of the operands, number of operands) for every instruction.
template <class Words, class Visit>
void walk(Words& module, const Visit& visit) {
  for (std::size_t at = header_words; at < module.size();) {
    const std::uint32_t words = module[at] >> 16;
    if (words == 0 || at + words > module.size()) return;
    visit(module[at] & 0xffff, &module[at + 1], std::size_t(words - 1));
    at += words;
  }
}

std::map<std::uint32_t, std::string> names_of(const std::vector<std::uint32_t>& module) {
  std::map<std::uint32_t, std::string> names;
  walk(module, [&](std::uint32_t op, const std::uint32_t* w, std::size_t n) {
    if (op != op_name || n < 2) return;
    const char* text = reinterpret_cast<const char*>(w + 1);
    names[w[0]] = std::string(text, strnlen(text, (n - 1) * 4));
  });
  return names;
}

std::map<std::string, std::uint32_t> variables_of(const std::vector<std::uint32_t>& module, std::uint32_t storage) {
  const auto names = names_of(module);
  std::map<std::string, std::uint32_t> ids;
  walk(module, [&](std::uint32_t op, const std::uint32_t* w, std::size_t n) {
    if (op == op_variable && n >= 3 && w[2] == storage)
      if (const auto name = names.find(w[1]); name != names.end()) ids[name->second] = w[1];
  });
  return ids;
}

}  // namespace

std::vector<SpecialConstant> special_constants(const std::vector<std::uint32_t>& module) {
  const auto names = names_of(module);
  std::map<std::uint32_t, UniformType> types;      // of types
  std::map<std::uint32_t, UniformType> constants;  // of constants
  std::map<std::uint32_t, std::uint32_t> spec_ids;
  walk(module, [&](std::uint32_t op, const std::uint32_t* w, std::size_t n) {
    if (op == op_type_bool) types[w[0]] = UniformType::boolean;
    if (op == op_type_float) types[w[0]] = UniformType::number;
    if (op == op_type_int && n >= 3) types[w[0]] = w[2] ? UniformType::integer : UniformType::natural;
    if (op == op_decorate && n >= 3 && w[1] == decoration_spec_id) spec_ids[w[0]] = w[2];
    if (op >= op_spec_constant_true && op <= op_spec_constant && n >= 2) constants[w[1]] = types[w[0]];
  });
  std::vector<SpecialConstant> list;
  for (const auto& [id, type] : constants)
    if (spec_ids.contains(id) && names.contains(id)) list.push_back({names.at(id), spec_ids[id], type});
  return list;
}

bool has_uneven_indices(const std::vector<std::uint32_t>& module) {
  bool found = false;
  walk(module, [&](std::uint32_t op, const std::uint32_t* w, std::size_t) {
    found |= op == op_capability && w[0] == capability_uneven_samplers;
  });
  return found;
}

std::vector<std::string> match_locations(const std::vector<std::uint32_t>& vertex, std::vector<std::uint32_t>& pixel) {
  const auto outputs = variables_of(vertex, storage_output), inputs = variables_of(pixel, storage_input);
  std::map<std::uint32_t, std::uint32_t> written;
  walk(vertex, [&](std::uint32_t op, const std::uint32_t* w, std::size_t n) {
    if (op == op_decorate && n >= 3 && w[1] == decoration_location) written[w[0]] = w[2];
  });
  std::vector<std::string> missing;
  std::map<std::uint32_t, std::uint32_t> moved;
  for (const auto& [name, id] : inputs) {
    if (name.starts_with("gl_")) continue;
    const auto output = outputs.find(name);
    if (output == outputs.end() || !written.contains(output->second))
      missing.push_back(name);
    else
      moved[id] = written[output->second];
  }
  walk(pixel, [&](std::uint32_t op, std::uint32_t* w, std::size_t n) {
    if (op == op_decorate && n >= 3 && w[1] == decoration_location && moved.contains(w[0])) w[2] = moved[w[0]];
  });
  return missing;
}

}  // namespace cookline
