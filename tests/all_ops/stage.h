// A small network around one operator: inputs of its family that move, operators its parameters can refer to, files,
// and a record of all that can be seen of it while frames run: pixels, channels, text, callbacks, images wanted,
// files written, warnings and errors.
#pragma once
#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "cook/engine.h"
#include "every_operator.h"

namespace cookline {

using Settings = std::vector<std::pair<std::string, Value>>;

struct StageOptions {
  EngineOptions engine;
  int wires = 3;  // of inputs, at most
};

class Stage {
 public:
  Stage(const TypeInfo& type, const Settings& settings, const StageOptions& options = {});
  Stage(const Stage&) = delete;

  // Runs frames [first, last) and gives all that was seen of the operator, as text.
  std::string run(std::int64_t first, std::int64_t last);
  // Sets a parameter of the operator; block parameters make their block. Text that begins with "=" is an expression
  // ("=frame*a+b"), "!3" a pulse in frame 3. "unwired" disconnects its inputs, "wired" connects the first to another.
  void set(const std::string& par, const Value& value);
  Engine& engine() { return engine_; }
  NodeId probe() const { return probe_; }
  const std::vector<NodeId>& inputs() const { return inputs_; }
  // Pixels of TOPs and samples of CHOPs that are no numbers, seen so far.
  int not_numbers() const { return not_numbers_; }

  // Operators of each family that parameters can refer to.
  static std::vector<std::string> targets(Style style);

 private:
  NodeId make(std::string_view type, std::string_view name, const Settings& settings = {});
  void set_on(NodeId id, std::string_view par, const Value& value);
  void make_pictures();
  void make_channels();
  void make_texts();
  void make_shaders();
  void make_watched();
  void change(std::int64_t frame);
  void wire(const TypeInfo& type, int most);
  void answer_scripts();
  void see(const std::string& what) { seen_ += what + "\n"; }
  void see_picture();
  void see_channels();
  void see_requests();

  Network network_{all_types()};
  Engine engine_;
  NodeId probe_;
  std::vector<NodeId> inputs_;
  std::map<std::string, std::string> files_;
  std::multimap<std::int64_t, std::string> pulses_;
  std::string seen_;
  int not_numbers_ = 0;
  bool edited_ = false;
};

}  // namespace cookline
