// One operator of a network as data: its type, parameters, wires, flags and what editors keep with it.
#pragma once
#include <array>
#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "data/table.h"
#include "op/registry.h"

namespace cookline {

// A handle: an index that is used again, and a generation that is not. A stale handle finds nothing.
struct NodeId {
  std::uint32_t index = 0, generation = 0;  // generation 0: no node
  explicit operator bool() const { return generation != 0; }
  auto operator<=>(const NodeId&) const = default;
};
struct NodeIdHash {
  std::size_t operator()(const NodeId& id) const { return (std::size_t(id.generation) << 32) ^ id.index; }
};

enum class ParMode { CONSTANT, EXPRESSION, EXPORT, BIND };
std::string_view mode_name(ParMode mode);

// State of one parameter. `value` is always coerced; it is what CONSTANT mode gives and what other modes fall back to.
struct Parameter {
  ParInfoHandle info;
  ParMode mode = ParMode::CONSTANT;
  Value value;
  std::string expr, bind_expr;
  std::string export_source;  // "/path/to/chop:channel" in EXPORT mode
  bool enable = true;
  std::string enable_expr;
  std::uint64_t pulses = 0;    // how often it was pulsed
  bool pulse_pending = false;  // until the operator has cooked
  bool pulse_over = false;     // pending only for pictures that are still to be cooked in this frame
  std::string source;          // "show.tdn:12:7" where it was set, if a file set it
};

// An input connection; `output` counts a component's outputs.
struct Wire {
  NodeId source;
  int output = 0;
};

struct Flags {
  bool bypass = false, lock = false, display = false, render = false, viewer = false, expose = true,
       allow_cooking = true, export_channels = false;
  bool operator==(const Flags&) const = default;
};

// How editors show an operator.
struct Look {
  std::pair<double, double> position{0, 0}, size{200, 100};
  std::optional<std::array<double, 3>> color;
  std::string comment;
  std::vector<std::string> tags;
  NodeId dock;
  bool operator==(const Look&) const = default;
};

struct Node : Look {
  NodeId id, parent;
  std::string name;
  const TypeInfo* type = nullptr;  // null: a placeholder for a type we do not have
  std::string type_name;
  std::vector<NodeId> children;  // in network order: order of creation
  std::vector<Parameter> pars;   // built-in, then custom
  std::vector<std::string> custom_pages;
  std::vector<Wire> inputs;       // gaps have no source
  std::vector<Wire> comp_inputs;  // top and bottom connectors of components
  Flags flags;

  std::uint64_t revision = 0;  // counts edits of its parameters

  Table content;  // of DATs that hold text or a table
  std::uint64_t content_revision = 0;

  // Kept, not understood: JSON texts by key. Storage values use $type wrappers for tuples, sets and bytes.
  std::vector<std::pair<std::string, std::string>> storage, startup_storage;
  std::vector<std::pair<std::string, std::string>> extra;  // unknown fields of the file
  std::vector<std::string> annotations;                    // of a component
  std::string source;                                      // "show.tdn:12:7", if a file made it
  std::string file;  // the file that holds this component's contents, if it has one of its own (tdn_ref)

  bool is_comp() const { return type ? type->def->family == Family::COMP : type_name.ends_with("COMP"); }
  // "TOP", "CHOP", …, from the type's ending, also for placeholders.
  std::string family() const;

  Parameter* find(std::string_view name);
  const Parameter* find(std::string_view name) const;
};

// "noise12" → {"noise", 12}; no digits: {name, nullopt}.
std::pair<std::string, std::optional<std::int64_t>> split_digits(std::string_view name);

}  // namespace cookline
