// Networks to documents: load, save and load again is the same network, and what is not understood survives.
#include "tdn/save.h"

#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>

#include "base/random.h"
#include "ops/list.h"
#include "tdn/full_example.h"
#include "tdn/load.h"
#include "tdn/read.h"
#include "tdn/write.h"

namespace cookline::tdn {
namespace {

namespace fs = std::filesystem;

const Registry& registry() {
  static const Registry all(all_operators());
  return all;
}

// A network filled from a text; the component that was loaded.
struct Loaded {
  Network network{registry()};
  std::vector<Warning> warnings;
  NodeId component;

  explicit Loaded(std::string_view text) {
    const Result<Document> document = read_document_text(text, "show.tdn");
    EXPECT_TRUE(document) << (document ? "" : to_string(document.error()) + "\n" + std::string(text));
    if (!document) return;
    const Result<NodeId> id = load_document(*document, network, warnings);
    EXPECT_TRUE(id) << (id ? "" : to_string(id.error()) + "\n" + std::string(text));
    if (id) component = *id;
  }
  std::string saved() const { return write_document(document_of(network, component)); }
  const Parameter& par(std::string_view path, std::string_view name) const {
    return *network.at(network.lookup(network.root(), path)).find(name);
  }
};

// Everything a network says of its operators, one line each.
std::string facts(const Network& network) {
  std::string out;
  for (const NodeId id : network.walk(network.root())) {
    const cookline::Node& node = network.at(id);
    out += network.path(id) + " " + node.type_name + " at " + std::to_string(node.position.first) + " " +
           std::to_string(node.position.second) + " size " + std::to_string(node.size.first) + " '" + node.comment +
           "' dock " + network.path(node.dock) + " " + as_text(node.content) + "\n";
    for (const Parameter& par : node.pars) {
      out += "  " + par.info->name + " " + par.info->label + " " + std::string(mode_name(par.mode)) + " " +
             to_text(par.value) + " default " + to_text(par.info->default_value) + " " + std::to_string(par.info->min) +
             ".." + std::to_string(par.info->max);
      if (par.mode == cookline::ParMode::EXPRESSION) out += " =" + par.expr;
      if (par.mode == cookline::ParMode::BIND) out += " ~" + par.bind_expr;
      out += par.enable ? "\n" : " off\n";
    }
    for (const auto& wires : {node.inputs, node.comp_inputs})
      for (const Wire& wire : wires)
        out += "  from " + network.path(wire.source) + " " + std::to_string(wire.output) + "\n";
    for (const auto& list : {node.storage, node.startup_storage, node.extra})
      for (const auto& [key, json] : list)
        if (key != "/document") out += "  " + key + ": " + json + "\n";  // the header may get another version
    for (const std::string& note : node.annotations) out += "  " + note + "\n";
    for (const std::string& tag : node.tags) out += "  #" + tag + "\n";
    out += node.flags == Flags{} ? "" : "  flags\n";
  }
  return out;
}

TEST(save, the_full_example_is_the_same_network_after_saving_and_loading) {
  const Loaded first(full_example);
  const std::string text = first.saved();
  const Loaded second(text);
  EXPECT_EQ(facts(second.network), facts(first.network)) << text;
  EXPECT_EQ(second.saved(), text);
}

TEST(save, only_what_differs_from_the_defaults_is_written) {
  Network network(registry());
  const NodeId noise = *network.create(network.root(), "noiseTOP", "noise1");
  const NodeId level = *network.create(network.root(), "levelTOP", "level1");
  ASSERT_TRUE(network.set_value(noise, "period", 2.5));
  ASSERT_TRUE(network.set_value(noise, "type", Value("sparse")));
  ASSERT_TRUE(network.set_expression(level, "opacity", "me.time.seconds"));
  ASSERT_TRUE(network.connect(noise, 0, level, 0));
  EXPECT_EQ(write_document(document_of(network, network.root(), {"Cookline/1", "2026-01-02T03:04:05Z"})), R"(format: tdn
version: '2.0'
generator: Cookline/1
exported_at: '2026-01-02T03:04:05Z'
network_path: /
options:
  include_dat_content: true
type: baseCOMP
operators:
- name: noise1
  type: noiseTOP
  parameters:
    type: sparse
    period: 2.5
- name: level1
  type: levelTOP
  parameters:
    opacity: =me.time.seconds
  inputs:
  - noise1
)");
}

TEST(save, what_is_not_understood_survives) {
  const std::string text = R"(x_first: 1
format: tdxn
version: '2.1'
build: 7
td_build: 2025.1
options: {include_dat_content: true, x_option: 2}
type_defaults: {nullTOP: {x_default: [1]}}
operators:
- name: a
  type: projectionTOP
  x_operator: {deep: [1.0, null]}
  parameters: {file: a.mov, play: =me.digits}
  sequences: {seq: [{a: 1}, {}]}
  flags: [viewer, cloneImmune, -showDocked]
  inputs: [{index: 0, source: b, x_wire: true}]
- name: b
  type: baseCOMP
  palette_clone: true
  parameters: {resizecomp: =me}
  custom_pars:
    Empty: []
    P: [{name: A, style: Str, password: true, x_par: [a], defaultExpr: me.name, defaultMode: CONSTANT}]
- {name: c, type: infoDAT, dat_read_only: true}
- {name: d, type: baseCOMP, tox_ref: d.tox}
annotations: [{name: n, mode: comment, size: [1, 2], x_note: 3}]
)";
  const Loaded first(text);
  const std::string saved = first.saved();
  EXPECT_EQ(saved, R"(x_first: 1
format: tdxn
version: '2.1'
build: 7
td_build: '2025.1'
network_path: /
options:
  include_dat_content: true
  x_option: 2
type_defaults:
  nullTOP:
    x_default: [1]
type: baseCOMP
operators:
- name: a
  type: projectionTOP
  parameters:
    file: a.mov
    play: =me.digits
  sequences:
    seq:
    - a: 1
    - {}
  flags:
  - cloneImmune
  - -showDocked
  - viewer
  inputs:
  - index: 0
    source: b
    x_wire: true
  x_operator:
    deep:
    - 1.0
    - null
- name: b
  type: baseCOMP
  parameters:
    resizecomp: =me
  custom_pars:
    Empty: []
    P:
    - name: A
      style: Str
      password: true
      defaultExpr: me.name
      defaultMode: CONSTANT
      x_par:
      - a
  palette_clone: true
- name: c
  type: infoDAT
  dat_read_only: true
- name: d
  type: baseCOMP
  tox_ref: d.tox
annotations:
- name: n
  mode: comment
  size: [1, 2]
  x_note: 3
)");
  EXPECT_EQ(facts(Loaded(saved).network), facts(first.network));
}

TEST(save, custom_sequences_are_defined_once_and_keep_the_values_of_their_blocks) {
  const Loaded first(
      "- name: c\n  type: baseCOMP\n  custom_pars:\n    P:\n    - {name: Items, style: Sequence}\n    - {name: size, "
      "style: XY, sequence: Items, default: [1, 2]}\n"
      "    - {name: name, style: Str, label: Title, sequence: Items}\n    - {name: After, style: Int}\n"
      "  sequences: {Items: [{sizex: 2}, {}, {sizey: =me.digits, name: x}]}\n");
  const std::string text = first.saved();
  EXPECT_NE(text.find("    - name: size\n      style: XY\n      default: [1, 2]\n      sequence: Items\n"),
            std::string::npos)
      << text;
  EXPECT_NE(text.find("  sequences:\n    Items:\n    - sizex: 2\n    - {}\n    - sizey: =me.digits\n      name: x\n"),
            std::string::npos)
      << text;
  EXPECT_EQ(facts(Loaded(text).network), facts(first.network)) << text;
}

TEST(save, parameters_and_blocks_that_the_type_does_not_have_are_written_again) {
  const Loaded first(
      "- {name: b, type: noiseTOP, parameters: {monochrome: true, perod: =me.digits, period: 2}}\n"
      "- name: c\n  type: constantCHOP\n  sequences: {const: [{name: x, vlaue: 2}, {}, {vlaue: 3}], other: [{a: 1}, "
      "{}]}\n"
      "- {name: d, type: constantCHOP, sequences: {const: [{vlaue: 2}]}}\n");
  const std::string text = first.saved();
  for (const char* kept : {"period: 2\n", "monochrome: true\n", "perod: =me.digits\n",
                           "    - name: x\n      vlaue: 2\n    - {}\n    - vlaue: 3\n",
                           "    other:\n    - a: 1\n    - {}\n", "    const:\n    - vlaue: 2\n"})
    EXPECT_NE(text.find(kept), std::string::npos) << kept << text;
  Loaded second(text);
  EXPECT_EQ(facts(second.network), facts(first.network));
  EXPECT_EQ(second.saved(), text);
  ASSERT_TRUE(second.network.set_blocks(second.network.lookup(second.network.root(), "/c"), "const", 1));
  EXPECT_EQ(second.saved().find("vlaue: 3"), std::string::npos);
}

TEST(save, sequences_without_blocks_stay_without) {
  const Loaded first(
      "- name: c\n  type: baseCOMP\n  custom_pars:\n    P:\n    - {name: Items, style: Sequence}\n    - {name: size, "
      "style: XY, sequence: Items, default: [1, 2]}\n"
      "  sequences: {Items: []}\n");
  const std::string text = first.saved();
  EXPECT_EQ(first.par("/c", "Items").value, Value(std::int64_t{0}));
  EXPECT_EQ(facts(Loaded(text).network), facts(first.network)) << text;
  EXPECT_NE(text.find("- name: size\n"), std::string::npos) << text;
  EXPECT_EQ(Loaded(text).saved(), text);
}

TEST(save, exported_parameters_keep_the_value_that_they_have_without_the_export) {
  Loaded first("- {name: a, type: noiseTOP}\n");
  const NodeId a = first.network.lookup(first.network.root(), "/a");
  ASSERT_TRUE(first.network.set_value(a, "period", 3.0));
  ASSERT_TRUE(first.network.set_export(a, "period", "/c:chan1"));
  const std::string text = first.saved();
  EXPECT_NE(text.find("period: 3\n"), std::string::npos) << text;
  Loaded second(text);
  EXPECT_EQ(second.par("/a", "period").value, Value(3.0));
  EXPECT_EQ(second.par("/a", "period").mode, cookline::ParMode::CONSTANT) << "the exporting CHOP exports again";
}

TEST(save, wires_to_other_components_are_written_as_paths) {
  const Loaded first(
      "- {name: noise1, type: noiseTOP}\n- {name: comp1, type: baseCOMP, children: [{name: a, type: nullTOP, inputs: "
      "[/noise1]}]}\n"
      "- {name: comp2, type: compositeTOP, dock: noise1, inputs: [null, noise1, {index: 2, source: comp1, output: "
      "3}]}\n");
  EXPECT_EQ(facts(Loaded(first.saved()).network), facts(first.network)) << first.saved();
}

// Gives a parameter a random value of its kind, or code.
void change(Network& network, NodeId id, const ParInfo& info, std::uint64_t random) {
  if (info.style == cookline::Style::Pulse || info.style == cookline::Style::Momentary) return;
  if (info.style == cookline::Style::Sequence) {
    (void)network.set_blocks(id, info.name, info.row->min_blocks + int(random % 3));
    return;
  }
  static const std::vector<std::string> texts = {"", "a b", "=x", "~y", "on", "12", "x\ny", "é: #", "null"};
  switch (random % 5) {
    case 0:
      (void)network.set_expression(id, info.name, texts[random / 5 % texts.size()]);
      break;
    case 1:
      (void)network.set_bind(id, info.name, texts[random / 5 % texts.size()]);
      break;
    case 2:
      break;
    default:
      if (info.is_number())
        (void)network.set_value(id, info.name, (double(random / 5 % 20001) - 10000) / 300);
      else if (info.style == cookline::Style::Menu)
        (void)network.set_value(id, info.name, std::int64_t(random / 5 % 7));
      else if (info.style == cookline::Style::Toggle)
        (void)network.set_value(id, info.name, random / 5 % 2 == 1);
      else
        (void)network.set_value(id, info.name, texts[random / 5 % texts.size()]);
  }
}

TEST(save, every_parameter_of_every_operator_type_survives_in_every_mode) {
  for (std::uint64_t seed = 0; seed < 10; ++seed) {
    Loaded first("[]");
    std::uint64_t counter = 0;
    for (const TypeInfo* type : registry().all()) {
      const NodeId id = *first.network.create(first.network.root(), type->def->type);
      // Sequences first: their blocks have parameters of their own.
      for (const bool sequences : {true, false}) {
        std::vector<ParInfoHandle> infos;
        for (const Parameter& par : first.network.at(id).pars)
          if ((par.info->style == cookline::Style::Sequence) == sequences) infos.push_back(par.info);
        for (const ParInfoHandle& info : infos) change(first.network, id, *info, random_bits(seed, counter++));
      }
    }
    const std::string text = first.saved();
    const Loaded second(text);
    ASSERT_EQ(facts(second.network), facts(first.network));
    ASSERT_EQ(second.saved(), text);
  }
}

TEST(save, custom_parameters_of_every_style_survive) {
  std::string text = "- name: c\n  type: baseCOMP\n  custom_pars:\n    P:\n";
  for (const std::string_view style : par_styles())
    if (style != "Sequence")
      text += "    - {name: A" + std::string(style) + ", style: " + std::string(style) +
              ", label: L, help: [h], startSection: true, readOnly: true, enableExpr: x}\n";
  text +=
      "    - {name: Menu2, style: Menu, menuNames: [a, b], menuLabels: [A, B], default: b, value: a}\n"
      "    - {name: Menu4, style: Menu, menuSource: tdu.x, default: q, value: r}\n"
      "    - {name: Menu5, style: Menu, menuSource: tdu.x, default: q}\n"
      "    - {name: Menu6, style: Menu, menuSource: tdu.x}\n"
      "    - {name: Menu3, style: StrMenu, menuSource: tdu.x, default: q}\n"
      "    - {name: Vec, style: Float, size: 3, default: [1, 2, 3], min: [0.0, 1.0, 2.0], max: 9, clampMin: true, "
      "clampMax: [true, false, true], values: [1, =x, ~y]}\n"
      "    - {name: Tint, style: RGBA, size: 3, normMin: -1, normMax: 2, enable: [true, false, true], values: [0.5, "
      "0.25, 1]}\n"
      "    - {name: Int2, style: Int, min: -5, max: 5, default: 2, value: 3}\n"
      "    - {name: Code, style: Float, defaultExpr: a, defaultMode: EXPRESSION, value: 2}\n"
      "    - {name: Bind, style: Float, defaultBindExpr: a, defaultMode: BIND}\n";
  const Loaded first(text);
  const std::string saved = first.saved();
  EXPECT_EQ(facts(Loaded(saved).network), facts(first.network)) << saved;
  EXPECT_EQ(Loaded(saved).saved(), saved);
  EXPECT_NE(saved.find("version: '2.1'"), std::string::npos);
}

class save_files_test : public testing::Test {
 protected:
  save_files_test() : folder_(fs::temp_directory_path() / ("cookline_save_" + std::to_string(::getpid()))) {
    fs::create_directories(folder_);
  }
  ~save_files_test() override { fs::remove_all(folder_); }

  void save(const std::string& name, const std::string& text) { std::ofstream(folder_ / name) << text; }
  NodeId at(const Network& network, std::string_view path) { return network.lookup(network.root(), path); }

  fs::path folder_;
};

TEST_F(save_files_test, components_with_their_own_files_are_saved_to_them) {
  save("show.tdn",
       "format: tdn\noperators:\n- {name: a, type: baseCOMP, tdn_ref: part.tdn, position: [5, 6], flags: "
       "[cloneImmune]}\n- {name: b, type: baseCOMP, tdn_ref: part.tdn}\n");
  save("part.tdn",
       "format: tdn\nx: 1\nnetwork_path: /elsewhere/part\ntype: baseCOMP\nflags: [showCustomOnly]\ncustom_pars: {P: "
       "[{name: Amount, style: Float, value: 2}]}\n"
       "operators:\n- {name: null1, type: nullTOP}\n");
  Network network(registry());
  std::vector<Warning> warnings;
  ASSERT_TRUE(load_file(folder_ / "show.tdn", network, warnings));
  const std::string show = (folder_ / "show.tdn").string();
  Result<std::vector<SavedFile>> files = save_texts(network, network.root(), show);
  ASSERT_TRUE(files) << to_string(files.error());
  ASSERT_EQ(files->size(), 2u);
  EXPECT_NE(files->at(0).text.find("tdn_ref: part.tdn"), std::string::npos) << files->at(0).text;
  EXPECT_EQ(files->at(0).text.find("null1"), std::string::npos);
  EXPECT_TRUE(files->at(1).text.starts_with("format: tdn\nx: 1\nversion: '2.0'\nnetwork_path: /elsewhere/part\n"))
      << files->at(1).text;
  EXPECT_NE(files->at(1).text.find("- name: null1"), std::string::npos);
  for (const SavedFile& file : *files) std::ofstream(file.path) << file.text;
  Network again(registry());
  ASSERT_TRUE(load_file(show, again, warnings));
  EXPECT_EQ(facts(again), facts(network));

  ASSERT_TRUE(network.create(at(network, "/a"), "nullTOP", "null2"));
  EXPECT_EQ(save_texts(network, network.root(), show).error().hint, "give it a file of its own");
}

}  // namespace
}  // namespace cookline::tdn
