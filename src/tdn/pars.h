// What a TDN document says of parameters: values in their modes, sequences, definitions of custom parameters.
#pragma once
#include <array>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "data/value.h"
#include "tdn/node.h"

namespace cookline::tdn {

// A value and where it was written.
template <class T>
struct At {
  T value{};
  Place place{};
  bool operator==(const At&) const = default;
};
using Text = At<std::string>;
using Vec2 = std::array<double, 2>;
using Vec3 = std::array<double, 3>;

// A field that is not known, and its position among the fields of its object.
struct Extra {
  std::size_t index = 0;
  Entry entry;
  bool operator==(const Extra& other) const { return entry == other.entry; }
};

enum class ParMode { constant, expression, bind };

// A parameter's value: `5`, `=me.time.frame`, `~op('a').par.x`. Prefixes and their escapes (`==`, `~~`) are resolved.
struct ParValue {
  ParMode mode = ParMode::constant;
  Value constant = std::int64_t{0};  // whole numbers below 2^53 are integers
  std::string code;                  // the expression, or the bind expression
  Place place;
  bool operator==(const ParValue&) const = default;
};

struct NamedPar {
  std::string name;
  Place place;
  ParValue value;
  bool operator==(const NamedPar&) const = default;
};

// A block of a sequence names its parameters without the prefix: `value`, not `const0value`.
struct Block {
  std::vector<NamedPar> pars;
  Place place;
  bool operator==(const Block&) const = default;
};

struct Sequence {
  Text name;
  std::vector<Block> blocks;
  bool operator==(const Sequence&) const = default;
};

// One value for all components of a parameter, or (version 2.1) one for each.
template <class T>
struct Components {
  std::vector<T> values;
  bool is_list = false;
  Place place;
  bool operator==(const Components&) const = default;

  // The value for a component; nothing if the list is too short to name it.
  std::optional<T> at(std::size_t component) const {
    const std::size_t i = is_list ? component : 0;
    return i < values.size() ? std::optional<T>(values[i]) : std::nullopt;
  }
};

// The definition and the value of a custom parameter. An absent range is 0 to 1, an absent default 0, "" or false.
struct CustomPar {
  Text name, style;
  std::optional<Text> label;
  std::optional<At<std::int64_t>> size;
  std::optional<At<bool>> start_section;
  std::optional<Components<Value>> default_value;
  std::optional<Components<double>> min, max;
  std::optional<Components<bool>> clamp_min, clamp_max;
  std::optional<Components<double>> norm_min, norm_max;
  std::optional<Text> menu_source;
  std::optional<std::vector<Text>> menu_names, menu_labels;
  std::optional<Components<bool>> read_only, password, style_clone_immune;
  std::optional<At<bool>> bind_range;
  std::optional<Components<std::string>> default_expr, default_bind_expr, default_mode;
  std::optional<Components<bool>> enable;
  std::optional<Components<std::string>> enable_expr, help;
  std::optional<ParValue> value;
  std::optional<At<std::vector<ParValue>>> values;
  std::optional<Text> sequence;
  std::vector<Extra> extra;
  Place place;
  bool operator==(const CustomPar&) const = default;
};

// A page that takes its parameters from a template gives values for some of them.
struct Override {
  std::string name;
  std::vector<ParValue> values;
  bool is_list = false;
  Place place;
  bool operator==(const Override&) const = default;
};

struct Page {
  Text name;
  std::vector<CustomPar> pars;
  std::optional<Text> from_template;  // then `pars` is empty and `overrides` holds
  std::vector<Override> overrides;
  bool operator==(const Page&) const = default;
};

// The names of the parameters that a definition makes: `Posx Posy Posz` for an XYZ called Pos, `Weight1 Weight2` for a
// Float of size 2, else the name itself. Arity is `size`, else the number of values, else the full one of the style;
// old files name a group of less than full arity by its first component (`Posx`), which is seen and undone.
std::vector<std::string> component_names(const CustomPar& par);

// The styles a custom parameter can have.
std::span<const std::string_view> par_styles();

// A constant in the form a document has it: numbers without a fraction below 2^53 are integers (but not -0).
Value compact(const Value& value);

}  // namespace cookline::tdn
