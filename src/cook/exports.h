// CHOPs whose export flag is on drive the parameters that their Export Method names.
#pragma once
#include <functional>
#include <span>
#include <string>
#include <vector>

#include "base/result.h"
#include "graph/network.h"

namespace cookline {

class Engine;

class Exports {
 public:
  // Puts the parameters that the CHOPs drive now into EXPORT mode, and those that they no longer drive back into
  // CONSTANT mode. `warn` gets channels and rows that name no parameter.
  void apply(Engine& engine, std::span<const NodeId> chops, const std::function<void(const Error&)>& warn);

 private:
  struct Driven {
    NodeId target;
    std::string par, source;  // "/path/to/chop:channel"
  };
  using Warn = std::function<void(const Error&)>;
  void add(Engine& engine, NodeId chop, const Warn& warn, std::vector<Driven>& list) const;
  void by_name(Engine& engine, NodeId chop, const Warn& warn, std::vector<Driven>& list) const;
  void by_table(Engine& engine, NodeId chop, bool index, const Warn& warn, std::vector<Driven>& list) const;
  void drive(Network& network, const Driven& driven, const Warn& warn) const;

  std::vector<Driven> driven_;  // as of the last call
};

}  // namespace cookline
