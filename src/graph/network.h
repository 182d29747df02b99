// The network: all operators in a tree of components, and every edit that can be made to it. Each edit that changes
// what a cook could see makes a new epoch. Not thread-safe; one thread owns it (the script phase).
#pragma once
#include <functional>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "base/result.h"
#include "graph/edit_list.h"
#include "graph/node.h"

namespace cookline {

class Network {
 public:
  explicit Network(const Registry& registry);
  Network(const Network&) = delete;
  Network& operator=(const Network&) = delete;

  const Registry& registry() const { return registry_; }
  NodeId root() const { return root_; }
  // Counts every edit; equal epochs mean an unchanged network.
  std::uint64_t epoch() const { return epoch_; }
  void touch() { ++epoch_; }
  // Counts the edits that make, destroy or flag operators: lists of operators made at the same count are still right.
  std::uint64_t structure() const { return structure_; }

  // Undo and redo of the edits below.
  EditList& edits() { return edits_; }

  // Null for a stale handle.
  const Node* find(NodeId id) const;
  Node* find(NodeId id);
  const Node& at(NodeId id) const { return *find(id); }  // the handle must be valid

  // The operator is there, or an undo or redo could bring it back.
  bool may_exist(NodeId id) const;

  std::string path(NodeId id) const;  // "/" or "/a/b"; "" for a stale handle

  // The operator a path names, seen from `from`, as in TouchDesigner: "/a/b" absolute; "b" a sibling; "./b" a child;
  // ".." the parent; "../b" a sibling of the parent; "../.." the parent's parent. None if there is none.
  NodeId lookup(NodeId from, std::string_view path) const;
  // The same with a bare name meaning a child of `component`, as COMP.op() does.
  NodeId lookup_in(NodeId component, std::string_view path) const;
  // All operators that match a list of paths or patterns ("noise* ../x/*"), in network order.
  std::vector<NodeId> match(NodeId from, std::string_view patterns, bool bare_is_child = false) const;
  // `id` and everything below it, parents first, in network order.
  std::vector<NodeId> walk(NodeId id) const;

  // Makes an operator. An empty name, or one that is taken, becomes the next free one ("noise1", "noise2"). The type
  // may be unknown if `placeholder` is set: the operator then keeps its data and fails whatever needs it.
  Result<NodeId> create(NodeId parent, std::string_view type, std::string_view name = {}, bool placeholder = false);
  Status destroy(NodeId id);
  // A copy of `id` and all below it, wires inside kept, under `parent`.
  Result<NodeId> copy(NodeId id, NodeId parent, std::string_view name = {});
  Status rename(NodeId id, std::string_view name);

  // Connects an output to an input; replaces what was there. An input beyond the last grows a multi-input operator.
  Status connect(NodeId source, int output, NodeId target, int input);
  Status disconnect(NodeId target, int input);

  // Parameters. Setting a value makes the mode CONSTANT, an expression EXPRESSION, a bind BIND.
  Status set_value(NodeId id, std::string_view par, const Value& value);
  Status set_expression(NodeId id, std::string_view par, std::string expr);
  Status set_bind(NodeId id, std::string_view par, std::string expr);
  Status set_mode(NodeId id, std::string_view par, ParMode mode);
  Status set_export(NodeId id, std::string_view par, std::string source);
  // Whether editors let it be changed, and an expression for that; empty ones stay as they are.
  Status set_enable(NodeId id, std::string_view par, std::optional<bool> enable, std::optional<std::string> expr);
  Status pulse(NodeId id, std::string_view par);
  // Ends the pulses of an operator that has seen them, or all that are still pending.
  void clear_pulses(NodeId id);
  void clear_pulses();
  // The same at the end of a script phase, but TOPs, whose pictures come later, keep theirs until end_pulses() unless
  // they are pulsed again.
  void settle_pulses();
  void end_pulses();
  Status set_blocks(NodeId id, std::string_view sequence, int count);
  // A parameter by name, or by a name that differs in case or, for custom ones, in the capital (record → Record).
  Parameter* parameter(NodeId id, std::string_view name);
  // "noiseTOP has no parameter 'monochrome'; did you mean 'mono'?"
  Error no_parameter(const Node& node, std::string_view name) const;

  // Custom parameters of components. Components of a vector are added one by one with vec_index and group set.
  Status add_custom(NodeId id, ParInfo info);
  Status remove_custom(NodeId id, std::string_view name);
  Status change_custom(NodeId id, std::string_view name, const std::function<void(ParInfo&)>& change);
  // Puts the custom parameters into the order of these group names; others keep their places behind.
  void order_custom(NodeId id, const std::vector<std::string>& groups);
  void set_custom_pages(NodeId id, std::vector<std::string> pages);

  void set_flags(NodeId id, const Flags& flags);
  void set_content(NodeId id, Table content);
  // Edits the text or table of a DAT in place.
  void change_content(NodeId id, const std::function<void(Table&)>& change);
  void change_look(NodeId id, const std::function<void(Look&)>& change);

 private:
  friend class EditList;
  struct TextHash {
    using is_transparent = void;
    std::size_t operator()(std::string_view text) const { return std::hash<std::string_view>()(text); }
  };
  // The children of a component by name, and for names that were taken the least number that may be free.
  struct Names {
    std::unordered_map<std::string, NodeId, TextHash, std::equal_to<>> ids;
    std::unordered_map<std::string, std::int64_t, TextHash, std::equal_to<>> next;
  };
  struct Slot {
    std::unique_ptr<Node> node;
    std::uint32_t generation = 0;
    bool held = false;  // destroyed, but the edit list may bring it back
    Names names;
  };
  Node& add_node(NodeId parent, const TypeInfo* type, std::string_view type_name, std::string name);
  std::string free_name(const Node& parent, std::string_view wanted);
  void set_name(Node& node, std::string_view wanted);
  NodeId child(const Node& parent, std::string_view name) const;
  NodeId step_path(NodeId at, std::string_view path) const;
  NodeId relative_start(NodeId from, std::string_view& path) const;
  void match_below(NodeId at, std::string_view pattern, std::vector<NodeId>& found) const;
  Result<Parameter*> editable(NodeId id, std::string_view par);
  Status edit(NodeId id, std::string_view par, const std::function<Status(Parameter&)>& change);
  void keep_parameters(const Node& node);
  // An operator without children leaves the tree with its place among its siblings, and comes back; release gives its
  // handle up.
  std::pair<std::unique_ptr<Node>, std::size_t> take_out(NodeId id);
  void put_back(std::unique_ptr<Node> node, std::size_t place);
  void release(NodeId id);
  // Takes away wires from and docks to operators that are not there.
  void drop_dangling();
  void rebuilt() { ++structure_, touch(); }
  void changed(Node& node) { ++node.revision, touch(); }

  const Registry& registry_;
  std::vector<Slot> slots_;
  std::vector<std::uint32_t> free_;
  NodeId root_;
  std::uint64_t epoch_ = 1, structure_ = 1;
  EditList edits_{*this};
  std::vector<NodeId> pulsed_;  // operators with pulses that may be pending
};

// Names of operators: letters, digits, underscore, not empty, not beginning with a digit's neighbour like '.' or '/'.
bool legal_name(std::string_view name);

}  // namespace cookline
