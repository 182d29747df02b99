// One row of an operator's parameter table: the name, range and menu of a field of its Pars struct, as constexpr data.
// The field's C++ type fixes the style, so a row cannot disagree with its field; the struct's initialisers are the
// defaults, stated once.
#pragma once
#include <algorithm>
#include <array>
#include <limits>
#include <span>
#include <string>
#include <string_view>
#include <type_traits>
#include <vector>

#include "data/value.h"

namespace cookline {

class Image;
struct Channels;
struct Table;

// TouchDesigner's parameter styles (Par.style).
enum class Style {
  Float,
  Int,
  Toggle,
  Momentary,
  Pulse,
  Menu,
  Str,
  StrMenu,
  File,
  FileSave,
  Folder,
  Python,
  OP,
  COMP,
  TOP,
  CHOP,
  SOP,
  DAT,
  MAT,
  POP,
  Object,
  PanelCOMP,
  XY,
  XYZ,
  XYZW,
  UV,
  UVW,
  WH,
  RGB,
  RGBA,
  Header,
  Sequence,
};

struct MenuItem {
  std::string_view name, label;
};

// Field types beyond double, int, bool, std::string and enums.
template <Style S, int N>
struct Vec : std::array<double, N> {};
using XY = Vec<Style::XY, 2>;
using XYZ = Vec<Style::XYZ, 3>;
using XYZW = Vec<Style::XYZW, 4>;
using UV = Vec<Style::UV, 2>;
using WH = Vec<Style::WH, 2>;
using RGB = Vec<Style::RGB, 3>;
using RGBA = Vec<Style::RGBA, 4>;
template <int N>
using Floats = Vec<Style::Float, N>;  // suffixes 1, 2, 3 …
template <int N>
struct Ints : std::array<int, N> {};  // likewise; resolutionw/h with .suffixes("wh")

// A pulse button: pressed in the one cook after it was pulsed.
struct Pulse {
  bool pressed = false;
};

// A parameter that names an operator; the engine resolves it and passes what that operator holds as an extra input.
// T is Image, Channels or Table; void for a path that is only text to the cook (styles OP, COMP …).
template <class T>
struct OpRef {
  std::string path;
  int input = -1;  // index among the inputs, -1 when empty or unresolved
};

// The same for any number of operators: paths and patterns, "ramp* ../a/null1 ^ramp2".
template <class T>
struct OpRefs {
  std::string path;
  std::vector<int> inputs;         // in the order of the list
  std::vector<std::string> names;  // of the operators, likewise
};

// One row. A vector field is one row that expands to one parameter a component (`tx ty tz`); a sequence field
// (std::vector<Block>) is one row that expands to `name`, `name0…`, `name1…` for its block rows.
struct Par {
  std::string_view name, label, page = "", help_text = "", unit = "";
  Style style = Style::Float;
  int size = 1;                  // components
  std::string_view suffix = "";  // one character a component; empty: none
  double min = 0, max = 1, soft_min = 0, soft_max = 1;
  bool clamp_min = false, clamp_max = false;
  std::span<const MenuItem> menu = {};
  // What older builds called it, `#` standing for the index of its block, without its components: "uniname#".
  std::string_view former = "";
  std::string_view default_expr = "";  // the parameter is created in expression mode
  bool many = false;                   // an OpRefs
  bool previous_frame = false;         // an OpRef that reads its operator one frame back (feedback)
  bool lenient = false;                // an OpRef that may name an operator that does not exist
  bool section = false;                // a line is drawn above it
  std::span<const Par> block = {};     // rows of a sequence
  int min_blocks = 0;

  void (*set)(void* pars, int component, const Value&) = nullptr;
  Value (*get)(const void* pars, int component) = nullptr;
  // Of a reference that is read: tells it which input it is, and the operator's name; OpRefs are told one after
  // another.
  void (*set_input)(void* pars, int input, std::string_view name) = nullptr;
  void* (*block_at)(void* pars, int index) = nullptr;  // sequence: the vector must be long enough

  constexpr Par on(std::string_view p) const {
    Par r = *this;
    r.page = p;
    return r;
  }
  // Values outside are clamped.
  constexpr Par range(double lo, double hi) const {
    Par r = *this;
    r.min = r.soft_min = lo, r.max = r.soft_max = hi, r.clamp_min = r.clamp_max = true;
    return r;
  }
  constexpr Par at_least(double lo) const {
    Par r = *this;
    r.min = lo, r.clamp_min = true, r.max = std::max(r.max, lo);
    return r;
  }
  constexpr Par slider(double lo, double hi) const {
    Par r = *this;
    r.soft_min = lo, r.soft_max = hi;
    return r;
  }
  constexpr Par in(std::string_view u) const {
    Par r = *this;
    r.unit = u;
    return r;
  }
  constexpr Par items(std::span<const MenuItem> m) const {
    Par r = *this;
    r.menu = m;
    return r;
  }
  constexpr Par help(std::string_view d) const {
    Par r = *this;
    r.help_text = d;
    return r;
  }
  constexpr Par as(Style s) const {
    Par r = *this;
    r.style = s;
    return r;
  }
  constexpr Par suffixes(std::string_view s) const {
    Par r = *this;
    r.suffix = s;
    return r;
  }
  constexpr Par expression(std::string_view e) const {
    Par r = *this;
    r.default_expr = e;
    return r;
  }
  constexpr Par previous() const {
    Par r = *this;
    r.previous_frame = true;
    return r;
  }
  constexpr Par formerly(std::string_view n) const {
    Par r = *this;
    r.former = n;
    return r;
  }
  constexpr Par may_be_missing() const {
    Par r = *this;
    r.lenient = true;
    return r;
  }
  constexpr Par starts_section() const {
    Par r = *this;
    r.section = true;
    return r;
  }
  constexpr Par blocks_at_least(int n) const {
    Par r = *this;
    r.min_blocks = n;
    return r;
  }
};

namespace detail {
template <class>
struct member;
template <class C, class F>
struct member<F C::*> {
  using owner = C;
  using type = F;
};

// What a field type means to a row.
template <class F>
struct field {
  static constexpr Style style = std::is_enum_v<F> ? Style::Menu : Style::Float;
  static constexpr int size = 1;
  static constexpr bool is_ref = false, reads = false, many = false;
};
template <>
struct field<bool> : field<double> {
  static constexpr Style style = Style::Toggle;
};
template <>
struct field<int> : field<double> {
  static constexpr Style style = Style::Int;
};
template <>
struct field<std::string> : field<double> {
  static constexpr Style style = Style::Str;
};
template <>
struct field<Pulse> : field<double> {
  static constexpr Style style = Style::Pulse;
};
template <Style S, int N>
struct field<Vec<S, N>> : field<double> {
  static constexpr Style style = S;
  static constexpr int size = N;
};
template <int N>
struct field<Ints<N>> : field<int> {
  static constexpr int size = N;
};
template <class T>
struct field<OpRef<T>> : field<double> {
  static constexpr Style style = std::is_same_v<T, Image>      ? Style::TOP
                                 : std::is_same_v<T, Channels> ? Style::CHOP
                                 : std::is_same_v<T, Table>    ? Style::DAT
                                                               : Style::OP;
  static constexpr bool is_ref = true, reads = !std::is_void_v<T>;
};
template <class T>
struct field<OpRefs<T>> : field<OpRef<T>> {
  static constexpr bool many = true;
};

constexpr std::string_view default_suffix(Style style) {
  switch (style) {
    case Style::XY:
    case Style::XYZ:
    case Style::XYZW:
      return "xyzw";
    case Style::UV:
    case Style::UVW:
      return "uvw";
    case Style::WH:
      return "wh";
    case Style::RGB:
    case Style::RGBA:
      return "rgba";
    default:
      return "1234";
  }
}

template <class F>
void assign(F& f, int component, const Value& v) {
  if constexpr (std::is_enum_v<F>)
    f = F(to_int(v));
  else if constexpr (std::is_same_v<F, bool>)
    f = to_bool(v);
  else if constexpr (std::is_same_v<F, int>)
    f = int(std::clamp<std::int64_t>(to_int(v), std::numeric_limits<int>::min(), std::numeric_limits<int>::max()));
  else if constexpr (std::is_same_v<F, double>)
    f = to_double(v);
  else if constexpr (std::is_same_v<F, std::string>)
    f = to_text(v);
  else if constexpr (std::is_same_v<F, Pulse>)
    f.pressed = to_bool(v);
  else if constexpr (field<F>::is_ref)
    f.path = to_text(v);
  else
    assign(f[std::size_t(component)], 0, v);
}

template <class F>
Value read(const F& f, int component) {
  if constexpr (std::is_enum_v<F>)
    return std::int64_t(f);
  else if constexpr (std::is_same_v<F, int>)
    return std::int64_t(f);
  else if constexpr (std::is_same_v<F, bool> || std::is_same_v<F, double> || std::is_same_v<F, std::string>)
    return f;
  else if constexpr (std::is_same_v<F, Pulse>)
    return f.pressed;
  else if constexpr (field<F>::is_ref)
    return f.path;
  else
    return read(f[std::size_t(component)], 0);
}
}  // namespace detail

// A row for the field M of a Pars struct. Chain .on(page).help(text) and, where they apply, range, items, as …
template <auto M>
constexpr Par par(std::string_view name, std::string_view label) {
  using C = typename detail::member<decltype(M)>::owner;
  using F = typename detail::member<decltype(M)>::type;
  Par p{.name = name, .label = label};
  p.style = detail::field<F>::style;
  p.size = detail::field<F>::size;
  if (p.size > 1) p.suffix = detail::default_suffix(p.style);
  p.set = [](void* o, int c, const Value& v) { detail::assign(static_cast<C*>(o)->*M, c, v); };
  p.get = [](const void* o, int c) -> Value { return detail::read(static_cast<const C*>(o)->*M, c); };
  p.many = detail::field<F>::many;
  if constexpr (detail::field<F>::many)
    p.set_input = [](void* o, int input, std::string_view called) {
      F& refs = static_cast<C*>(o)->*M;
      refs.inputs.push_back(input), refs.names.emplace_back(called);
    };
  else if constexpr (detail::field<F>::reads)
    p.set_input = [](void* o, int input, std::string_view) { (static_cast<C*>(o)->*M).input = input; };
  return p;
}

// A row for a sequence: M is a std::vector<Block> field, `rows` the table of Block's own rows (names without index).
// Its value is the number of blocks.
template <auto M>
constexpr Par sequence(std::string_view name, std::string_view label, std::span<const Par> rows) {
  using C = typename detail::member<decltype(M)>::owner;
  Par p{.name = name, .label = label, .style = Style::Sequence, .block = rows};
  p.set = [](void* o, int, const Value& v) {
    (static_cast<C*>(o)->*M).resize(std::size_t(std::clamp<std::int64_t>(to_int(v), 0, 10000)));
  };
  p.get = [](const void* o, int) -> Value { return std::int64_t((static_cast<const C*>(o)->*M).size()); };
  p.block_at = [](void* o, int i) -> void* { return &(static_cast<C*>(o)->*M)[std::size_t(i)]; };
  return p;
}

// Compile-time review of a table: code names of built-in parameters (lower case and digits), unique names, page and
// help present, menus filled, ranges in order.
constexpr bool code_name(std::string_view n) {
  if (n.empty() || n[0] < 'a' || n[0] > 'z') return false;
  for (char c : n.substr(1))
    if (!((c >= 'a' && c <= 'z') || (c >= '0' && c <= '9'))) return false;
  return true;
}
constexpr bool well_formed(std::span<const Par> pars, bool in_block = false) {
  for (std::size_t i = 0; i < pars.size(); ++i) {
    const Par& p = pars[i];
    if (!code_name(p.name) || p.label.empty() || p.help_text.empty() || p.min > p.max) return false;
    if (p.page.empty() != in_block) return false;
    if (p.style == Style::Menu && p.menu.empty()) return false;
    if (p.style == Style::Sequence && !well_formed(p.block, true)) return false;
    for (std::size_t j = 0; j < i; ++j)
      if (pars[j].name == p.name) return false;
  }
  return true;
}

// "Float", "XYZ" … and back; nullptr-like failure is Style::Float with found = false.
std::string_view style_name(Style style);
bool style_named(std::string_view name, Style& style);

}  // namespace cookline
