// A network and an engine for tests: operators made, set and wired in one line each, and pictures cooked.
#pragma once
#include <gtest/gtest.h>

#include <stdexcept>

#include "cook/engine.h"
#include "ops/list.h"

namespace cookline {

class Studio {
 public:
  using Settings = std::vector<std::pair<std::string_view, Value>>;

  explicit Studio(EngineOptions options = {}) : engine(network, std::move(options)) {}
  Studio(const Studio&) = delete;

  Registry registry{all_operators()};
  Network network{registry};
  Engine engine;

  NodeId make(std::string_view type, const Settings& settings = {}, const std::vector<NodeId>& inputs = {}) {
    const NodeId id = value(network.create(network.root(), type));
    for (const auto& [par, v] : settings) check(network.set_value(id, par, v));
    for (std::size_t i = 0; i < inputs.size(); ++i)
      if (inputs[i]) check(network.connect(inputs[i], 0, id, int(i)));
    return id;
  }
  // Of that size.
  NodeId make(std::string_view type, int width, int height, const Settings& settings = {},
              const std::vector<NodeId>& inputs = {}) {
    const NodeId id = make(type, settings, inputs);
    set(id, "outputresolution", text("custom"));
    set(id, "resolutionw", std::int64_t(width));
    set(id, "resolutionh", std::int64_t(height));
    return id;
  }
  void set(NodeId id, std::string_view par, const Value& v) { check(network.set_value(id, par, v)); }
  ImageHandle image(NodeId id) { return value(engine.image(id)); }

  static Value text(std::string_view t) { return std::string(t); }

 private:
  template <class T>
  static T value(Result<T> result) {
    if (!result) throw std::runtime_error(to_string(result.error()));
    return *result;
  }
  static void check(const Status& status) {
    if (!status) throw std::runtime_error(to_string(status.error()));
  }
};

}  // namespace cookline
