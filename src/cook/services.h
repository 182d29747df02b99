// What the engine answers to an operator that cooks (op/cook.h, Services).
#pragma once
#include "cook/engine.h"

namespace cookline {

class EngineServices final : public Services {
 public:
  EngineServices(Engine& engine, NodeId id) : engine_(engine), id_(id) {}
  Result<std::vector<ParView>> parameters(std::string_view ops, std::string_view pars, bool custom,
                                          bool builtin) override;
  Result<std::vector<std::pair<std::string, double>>> info(std::string_view op) override;
  Result<Table> info_table(std::string_view op) override;
  std::string path_of(std::string_view op) override;
  std::optional<Value> take_reply(const std::string& callback) override;
  Result<Value> evaluate(const std::string& expression, std::span<const std::pair<std::string, Value>> names) override;
  Result<std::string> read_text_file(const std::string& file, std::string_view encoding) override;
  Status write_text_file(const std::string& file, const std::string& text) override;
  Result<MediaHandle> open_media(const std::string& file, int generation) override;
  Result<SoundHandle> open_sound(const std::string& file, int generation) override;
  const Table& content() override;

 private:
  Engine& engine_;
  NodeId id_;
};

// What a call of an operator's function is given, at the current frame. Its state is as it was before the frame.
struct Engine::Step {
  EngineServices services;
  Cook cook;
  Call call;

  Step(Engine& engine, NodeId id, const Filled& filled, std::span<const Held> inputs);
  Step(const Step&) = delete;
  Step& operator=(const Step&) = delete;
};

}  // namespace cookline
