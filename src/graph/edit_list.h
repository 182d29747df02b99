// What was edited in the undo blocks of a network, so that it can be undone and redone. A step keeps the parts of
// operators that its edits replaced; undoing exchanges them with those in the network, and redoing exchanges them back.
#pragma once
#include <deque>
#include <functional>
#include <memory>
#include <set>
#include <string>
#include <tuple>
#include <variant>
#include <vector>

#include "base/result.h"
#include "graph/node.h"

namespace cookline {

class Network;

// Edits are kept only while a block is open and enabled: without one, nothing is stored or copied. What was edited
// outside of blocks stays as it is; an undo leaves out what such edits made impossible. Pulses and storage are not
// edits.
class EditList {
 public:
  // Called when its step is undone (true) or redone (false); its own edits are not kept.
  using Callback = std::function<Status(bool undo)>;
  // The oldest step is forgotten when there are more.
  static constexpr std::size_t most_steps = 200;

  explicit EditList(Network& network) : network_(network) {}

  // Opens a block. Blocks nest: the outermost one is the step and gives its name. `enable` false: what is edited up to
  // the end of the block, also in blocks inside, cannot be undone.
  void begin(std::string name, bool enable = true);
  // Closes the innermost block; the outermost one becomes a step if anything was edited, and what could be redone is
  // forgotten. An error if no block is open.
  Status end();
  // Closes blocks until `depth` are open: those that a callback has left open.
  void end_above(std::size_t depth);
  std::size_t depth() const { return open_.size(); }

  // Whether edits are being kept now.
  bool recording() const { return recording_; }
  // Off: no block keeps anything until it is on again.
  bool enabled() const { return enabled_; }
  void enable(bool on);

  // Undoes the last step, redoes the one undone last; nothing happens if there is none. An error inside a block or in
  // another undo, or if a callback failed; all else of the step is then done nevertheless.
  Status undo();
  Status redo();
  // Names of the steps; what comes next is last.
  std::vector<std::string> undo_names() const { return names(done_); }
  std::vector<std::string> redo_names() const { return names(undone_); }
  // Forgets all steps and ends all blocks.
  void clear();
  // Adds a call to the open block; an error if there is none. Without effect where nothing is kept.
  Status add_callback(Callback callback);

  // Parts of an operator that one edit can replace.
  struct AllParameters {
    std::vector<Parameter> pars;
    std::vector<std::string> custom_pages;
  };
  struct Wires {
    std::vector<Wire> inputs, comp_inputs;
  };
  struct Name {
    std::string text;
  };
  struct Existence {
    std::unique_ptr<Node> node;  // null while the network has it
    std::size_t place = 0;       // among its parent's children
  };
  using Part = std::variant<Parameter, AllParameters, Wires, Look, Flags, Table, Name, Existence, Callback>;
  // Keeps what an edit replaces; only while recording().
  void keep(NodeId id, Part before);

 private:
  struct Change {
    NodeId id;
    Part part;
  };
  struct Step {
    std::string name;
    std::vector<Change> changes;
  };
  static std::vector<std::string> names(const std::deque<Step>& steps);
  void update();
  void drop(Step& step);
  void drop_all(std::deque<Step>& steps);
  Status apply(std::deque<Step>& from, std::deque<Step>& to, bool undo);
  Status exchange(Change& change, bool undo);
  void exchange_existence(NodeId id, Existence& part);

  Network& network_;
  std::deque<Step> done_, undone_;
  std::vector<bool> open_;  // for every open block whether it is enabled
  Step step_;               // of the open blocks
  // What step_ keeps already: a part that is edited again and again in one block is kept once.
  std::set<std::tuple<NodeId, std::size_t, std::string>> kept_;
  bool enabled_ = true, applying_ = false, recording_ = false;
};

}  // namespace cookline
