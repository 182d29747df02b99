// A small network with Python for tests: operators of every family, made here so that the layer is tested alone.
#pragma once
#include <gtest/gtest.h>

#include <filesystem>
#include <memory>
#include <string>
#include <vector>

#include "base/random.h"
#include "cook/engine.h"
#include "op/op.h"
#include "script/interpreter.h"

namespace cookline::testing {

struct BasePars {};
inline constexpr std::array<Par, 0> base_table{};

struct ContentPars {};
inline constexpr std::array<Par, 0> content_table{};
inline Result<Table> content_cook(Cook& cook, const ContentPars&) { return cook.services.content(); }

struct ExecutePars {
  bool active = true, start = true, create = false, exit = true, framestart = true, frameend = true;
};
inline constexpr Par execute_table[] = {
    par<&ExecutePars::active>("active", "Active").on("Execute").help("Test."),
    par<&ExecutePars::start>("start", "Start").on("Execute").help("Test."),
    par<&ExecutePars::create>("create", "Create").on("Execute").help("Test."),
    par<&ExecutePars::exit>("exit", "Exit").on("Execute").help("Test."),
    par<&ExecutePars::framestart>("framestart", "Frame Start").on("Execute").help("Test."),
    par<&ExecutePars::frameend>("frameend", "Frame End").on("Execute").help("Test."),
};
inline Result<Table> execute_cook(Cook& cook, const ExecutePars&) { return cook.services.content(); }

enum class Kind { flat, ramp };
inline constexpr MenuItem kinds[] = {{"flat", "Flat"}, {"ramp", "Ramp"}};
struct PicturePars {
  Kind type = Kind::flat;
  double period = 1;
  XYZ t = {};
  int seed = 1;
  bool mono = true;
  std::string file;
  OpRef<Image> other;
  Pulse reset;
};
inline constexpr Par picture_table[] = {
    par<&PicturePars::type>("type", "Type").on("Noise").items(kinds).help("Test."),
    par<&PicturePars::period>("period", "Period").on("Noise").slider(0, 4).at_least(0).help("Test."),
    par<&PicturePars::t>("t", "Translate").on("Transform").help("Test."),
    par<&PicturePars::seed>("seed", "Seed").on("Noise").help("Test."),
    par<&PicturePars::mono>("mono", "Monochrome").on("Noise").help("Test."),
    par<&PicturePars::file>("file", "File").on("Noise").as(Style::File).help("Test."),
    par<&PicturePars::other>("top", "TOP").on("Noise").help("Test."),
    par<&PicturePars::reset>("reset", "Reset").on("Noise").help("Test."),
};
// Red is the column's centre over the width, green the row's, blue `period`, alpha 1.
inline void picture_shade(const PicturePars& pars, const Tiles&, Tile& out) {
  for (int i = 0; i < out.count; ++i) {
    out.r[i] = (float(out.x + i) + 0.5f) / float(out.width);
    out.g[i] = (float(out.y) + 0.5f) / float(out.height);
    out.b[i] = float(pars.period), out.a[i] = 1;
  }
}

struct ConstantBlock {
  std::string name;
  double value = 0;
};
struct ChannelPars {
  std::vector<ConstantBlock> consts;
  double length = 1;
};
inline constexpr Par constant_rows[] = {
    par<&ConstantBlock::name>("name", "Name").help("Test."),
    par<&ConstantBlock::value>("value", "Value").help("Test."),
};
inline constexpr Par channel_table[] = {
    sequence<&ChannelPars::consts>("const", "Constant", constant_rows).on("Constant").blocks_at_least(1).help("Test."),
    par<&ChannelPars::length>("length", "Length").on("Constant").help("Test."),
};
// Sample i of a channel is its value + i.
inline Result<Channels> channel_cook(const ChannelPars& pars) {
  Channels out;
  for (const ConstantBlock& block : pars.consts) {
    if (block.name.empty()) continue;
    out.channels.push_back({block.name, {}});
    for (int i = 0; i < int(pars.length); ++i) out.channels.back().samples.push_back(block.value + i);
  }
  return out;
}

inline std::vector<const OpDef*> test_operators() {
  static const OpDef base =
      Define<BasePars, base_table>(Family::COMP, "baseCOMP", "Base", "Holds operators.").inputs(0, 0);
  static const OpDef text = Define<ContentPars, content_table>(Family::DAT, "textDAT", "Text", "Holds text.")
                                .holds_content()
                                .cook<&content_cook>();
  static const OpDef table = Define<ContentPars, content_table>(Family::DAT, "tableDAT", "Table", "Holds a table.")
                                 .holds_content()
                                 .cook<&content_cook>();
  static const OpDef execute = Define<ExecutePars, execute_table>(Family::DAT, "executeDAT", "Execute", "Runs.")
                                   .holds_content()
                                   .cook<&execute_cook>();
  static const OpDef noise = Define<PicturePars, picture_table>(Family::TOP, "noiseTOP", "Noise", "A picture.")
                                 .inputs(0, 2)
                                 .shade<&picture_shade>();
  static const OpDef constant =
      Define<ChannelPars, channel_table>(Family::CHOP, "constantCHOP", "Constant", "Channels.").cook<&channel_cook>();
  return {&base, &text, &table, &execute, &noise, &constant};
}

// The network /project with one component, an engine, Python. What print() writes is kept as lines.
class ScriptTest : public ::testing::Test {
 protected:
  static const Registry& registry() {
    static const std::vector<const OpDef*> operators = test_operators();
    static const Registry registry(operators);
    return registry;
  }

  void SetUp() override {
    engine.set_frame({0, {60, 1}});
    engine.log = [this](const LogLine& line) { log.push_back(line); };
    script = std::make_unique<Script>(
        engine, ScriptOptions{.project_name = "test.tdn",
                              .output = [this](const std::string& line) { printed.push_back(line); }});
    project = make("baseCOMP", "project", network.root());
  }

  NodeId make(std::string_view type, std::string_view name, NodeId parent = {}) {
    const Result<NodeId> made = network.create(parent ? parent : project, type, name);
    EXPECT_TRUE(made) << to_string(made.error());
    return *made;
  }
  NodeId text(std::string_view name, std::string contents, NodeId parent = {}) {
    const NodeId dat = make("textDAT", name, parent);
    network.set_content(dat, {.text = std::move(contents)});
    return dat;
  }

  // Runs a script whose assert statements are the test.
  void run(const std::string& code) {
    const Status status = script->run_text(code, "test.py");
    EXPECT_TRUE(status) << to_string(status.error());
  }
  // The error a script ends with.
  Error error_of(const std::string& code) {
    const Status status = script->run_text(code, "test.py");
    EXPECT_FALSE(status) << code;
    return status ? Error{} : status.error();
  }
  Error eval_error(NodeId owner, const std::string& expression) {
    const Result<Value> value = script->evaluate(owner, expression);
    EXPECT_FALSE(value) << expression;
    return value ? Error{} : value.error();
  }
  Value eval(NodeId owner, const std::string& expression) {
    const Result<Value> value = script->evaluate(owner, expression);
    EXPECT_TRUE(value) << to_string(value.error());
    return value ? *value : Value();
  }
  void frame(std::int64_t index) {
    const Status status = engine.script_phase({index, {60, 1}});
    EXPECT_TRUE(status) << to_string(status.error());
  }

  Network network{registry()};
  Engine engine{network, {}};
  std::unique_ptr<Script> script;  // before the engine goes
  NodeId project;
  std::vector<std::string> printed;
  std::vector<LogLine> log;
};

}  // namespace cookline::testing
