// Documents to networks: every field arrives, errors name file, line and column.
#include "tdn/load.h"

#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>

#include "ops/list.h"
#include "tdn/full_example.h"
#include "tdn/read.h"

namespace cookline::tdn {
namespace {

namespace fs = std::filesystem;

// A network filled from a text, or the error.
struct Loaded {
  std::unique_ptr<Registry> registry = std::make_unique<Registry>(all_operators());
  std::unique_ptr<Network> network = std::make_unique<Network>(*registry);
  std::vector<Warning> warnings;
  std::string error;

  explicit Loaded(std::string_view text) {
    const Result<Document> document = read_document_text(text, "show.tdn");
    if (!document) {
      error = to_string(document.error());
      return;
    }
    const Result<NodeId> component = load_document(*document, *network, warnings);
    if (!component) error = to_string(component.error());
  }

  const cookline::Node& at(std::string_view path) const {
    const NodeId id = network->lookup(network->root(), path);
    if (!id) throw std::out_of_range(std::string(path));
    return network->at(id);
  }
  const Parameter& par(std::string_view path, std::string_view name) const {
    const Parameter* found = at(path).find(name);
    if (!found) throw std::out_of_range(std::string(name));
    return *found;
  }
};

std::string error_of(std::string_view operators) {
  return Loaded("format: tdn\noperators:\n" + std::string(operators)).error;
}

TEST(load, the_full_example_arrives_in_the_network) {
  const Loaded loaded(full_example);
  ASSERT_EQ(loaded.error, "");
  const cookline::Node& show = loaded.at("/show");
  EXPECT_EQ(show.type_name, "baseCOMP");
  EXPECT_EQ(show.children.size(), 10u);
  EXPECT_FALSE(show.flags.expose);
  EXPECT_EQ(show.color, (std::array<double, 3>{0.3, 0.5, 0.9}));
  EXPECT_EQ(show.tags, std::vector<std::string>{"tdn"});
  EXPECT_EQ(show.comment, "Main component");
  EXPECT_EQ(show.annotations.size(), 1u);
  EXPECT_EQ(show.storage.at(2),
            (std::pair<std::string, std::string>{"coords", R"({"$type": "tuple", "$value": [10, 20]})"}));
  EXPECT_EQ(loaded.at("/show/noise1").position, (std::pair<double, double>{200, -100}));
  EXPECT_EQ(loaded.at("/show/noise1").source, "show.tdn:80:3");
  EXPECT_EQ(loaded.network->path(loaded.at("/show/level1").dock), "/show/noise1");
  EXPECT_EQ(loaded.at("/show/table1").content.rows.at(1).at(1), "60");
  EXPECT_EQ(loaded.at("/show/text1").content.text, "# First\nprint('ready')\n");
  EXPECT_EQ(loaded.at("/show/comp1/null1").position.first, 300);
  EXPECT_EQ(loaded.network->path(loaded.at("/show/comp1").comp_inputs.at(0).source), "/show/comp2");
}

TEST(load, parameters_get_values_modes_and_the_place_they_come_from) {
  const Loaded loaded(full_example);
  ASSERT_EQ(loaded.error, "");
  EXPECT_EQ(menu_item(*loaded.par("/show/noise1", "type").info, loaded.par("/show/noise1", "type").value), "sparse");
  EXPECT_EQ(loaded.par("/show/noise1", "period").mode, cookline::ParMode::EXPRESSION);
  EXPECT_EQ(loaded.par("/show/noise1", "period").expr, "absTime.frame * 0.1");
  EXPECT_EQ(loaded.par("/show/noise1", "period").source, "show.tdn:84:13");
  EXPECT_EQ(loaded.par("/show", "opshortcut").value, Value("=not an expression"));
  EXPECT_EQ(loaded.par("/show/constant1", "const0value").value, Value(0.5));
  EXPECT_EQ(loaded.par("/show/constant1", "const2value").expr, "me.time.frame");
  EXPECT_EQ(loaded.par("/show/constant1", "const").value, Value(std::int64_t{3}));
}

TEST(load, custom_parameters_are_made_with_their_attributes) {
  const Loaded loaded(full_example);
  ASSERT_EQ(loaded.error, "");
  EXPECT_EQ(loaded.at("/show").custom_pages, (std::vector<std::string>{"Controls", "About"}));
  const Parameter& speed = loaded.par("/show", "Speed");
  EXPECT_EQ(speed.value, Value(2.5));
  EXPECT_EQ(speed.info->default_value, Value(1.0));
  EXPECT_EQ(speed.info->max, 10);
  EXPECT_TRUE(speed.info->clamp_min);
  EXPECT_FALSE(speed.info->clamp_max);
  EXPECT_EQ(speed.info->norm_max, 5);
  EXPECT_EQ(speed.info->help, "How fast");
  const Parameter& mode = loaded.par("/show", "Mode");
  EXPECT_EQ(mode.value, Value(std::int64_t{1}));
  EXPECT_EQ(mode.info->menu_labels.at(1), "Ease In/Out");
  EXPECT_TRUE(loaded.par("/show", "Tintr").info->start_section);
  EXPECT_EQ(loaded.par("/show", "Tintr").info->default_value, Value(0.1));
  EXPECT_EQ(loaded.par("/show", "Tintg").mode, cookline::ParMode::EXPRESSION);
  EXPECT_EQ(loaded.par("/show", "Tintb").bind_expr, "op('a').par.x");
  EXPECT_EQ(loaded.par("/show", "Tintb").info->group, "Tint");
  EXPECT_EQ(loaded.par("/show", "Build").info->label, "Build Number");
  EXPECT_TRUE(loaded.par("/show", "Build").info->read_only);
  EXPECT_EQ(loaded.par("/show", "Posz").value, Value(3.0));
}

TEST(load, wires_are_made_by_sibling_name_and_by_path) {
  const Loaded loaded(
      "- {name: noise1, type: noiseTOP}\n- {name: comp1, type: baseCOMP, children: [{name: out1, type: nullTOP, "
      "inputs: [/noise1]}]}\n"
      "- {name: comp2, type: compositeTOP, inputs: [null, noise1, {index: 2, source: comp1, output: 3}]}\n");
  ASSERT_EQ(loaded.error, "");
  EXPECT_EQ(loaded.network->path(loaded.at("/comp1/out1").inputs.at(0).source), "/noise1");
  const auto& inputs = loaded.at("/comp2").inputs;
  ASSERT_EQ(inputs.size(), 3u);
  EXPECT_FALSE(inputs[0].source);
  EXPECT_EQ(loaded.network->path(inputs[1].source), "/noise1");
  EXPECT_EQ(inputs[2].output, 3);
}

TEST(load, wires_from_outside_the_exported_component_stay_open_with_a_warning) {
  const Loaded loaded(full_example);
  ASSERT_EQ(loaded.error, "");
  ASSERT_EQ(loaded.at("/show/level1").inputs.size(), 1u);
  const auto warned = std::find_if(loaded.warnings.begin(), loaded.warnings.end(),
                                   [](const Warning& w) { return w.where == "show.tdn:97:5 /show/level1.inputs"; });
  ASSERT_NE(warned, loaded.warnings.end());
  EXPECT_EQ(warned->what, "'/other/switch1' is not part of the document; the input stays open");
  EXPECT_EQ(error_of("- {name: a, type: nullTOP, inputs: [/b/c]}\n"),
            "show.tdn:3:37 /a.inputs: there is no operator '/b/c'");
}

TEST(load, documents_land_where_network_path_says) {
  const auto path_of = [](std::string_view path) {
    const Loaded loaded("format: tdn\nnetwork_path: " + std::string(path) +
                        "\ntype: baseCOMP\noperators: [{name: a, type: nullTOP}]\n");
    if (!loaded.error.empty()) return loaded.error;
    for (const NodeId id : loaded.network->walk(loaded.network->root()))
      if (loaded.network->at(id).name == "a") return loaded.network->path(id);
    return std::string("none");
  };
  EXPECT_EQ(path_of("/"), "/a");
  EXPECT_EQ(path_of("/project1/show"), "/project1/show/a");
  EXPECT_EQ(path_of("show"), "show.tdn:2:15 network_path: must begin with '/', found 'show'");
  EXPECT_EQ(path_of("/a b"),
            "show.tdn:2:15 network_path: 'a b' is not an operator name; letters, digits and _ are allowed");
}

TEST(load, unknown_types_become_placeholders_that_keep_their_data) {
  const Loaded loaded(
      "- name: x\n  type: glslSOP\n  parameters: {pixeldat: x_pixel, outputresolution: custom}\n  sequences: {vec: "
      "[{name: a}]}\n"
      "  inputs: [y]\n- {name: y, type: projectionTOP}\n- {name: c, type: panelCOMP, custom_pars: {P: [{name: A, "
      "style: Float, value: 3}]},"
      " children: [{name: z, type: nullTOP}]}\n");
  ASSERT_EQ(loaded.error, "");
  EXPECT_EQ(loaded.at("/x").type, nullptr);
  EXPECT_EQ(loaded.network->path(loaded.at("/x").inputs.at(0).source), "/y");
  EXPECT_EQ(loaded.par("/c", "A").value, Value(3.0));
  EXPECT_TRUE(loaded.at("/c/z").type);
}

TEST(load, custom_sequences_get_their_blocks) {
  const Loaded loaded(
      "- name: c\n  type: baseCOMP\n  custom_pars:\n    P:\n    - {name: Items, style: Sequence}\n    - {name: size, "
      "style: Float, sequence: Items}\n"
      "  sequences: {Items: [{size: 2}, {}, {size: =me.digits}]}\n");
  ASSERT_EQ(loaded.error, "");
  EXPECT_EQ(loaded.par("/c", "Items").value, Value(std::int64_t{3}));
  EXPECT_EQ(loaded.par("/c", "Items0size").value, Value(2.0));
  EXPECT_EQ(loaded.par("/c", "Items1size").value, Value(0.0));
  EXPECT_EQ(loaded.par("/c", "Items2size").expr, "me.digits");
}

TEST(load, enable_states_and_default_code_of_custom_parameters_arrive) {
  const Loaded loaded(
      "- name: c\n  type: baseCOMP\n  custom_pars:\n    P:\n    - {name: Size, style: WH, enable: [true, false], "
      "enableExpr: me.par.x}\n"
      "    - {name: A, style: Float, defaultExpr: me.digits, defaultMode: EXPRESSION}\n");
  ASSERT_EQ(loaded.error, "");
  EXPECT_TRUE(loaded.par("/c", "Sizew").enable);
  EXPECT_FALSE(loaded.par("/c", "Sizeh").enable);
  EXPECT_EQ(loaded.par("/c", "Sizeh").enable_expr, "me.par.x");
  EXPECT_EQ(loaded.par("/c", "A").info->default_expr, "me.digits");
  EXPECT_EQ(loaded.par("/c", "A").mode, cookline::ParMode::EXPRESSION);
}

TEST(load, names_that_a_type_does_not_have_are_warned_of_with_the_right_name_and_kept) {
  const Loaded loaded(
      "format: tdn\noperators:\n- {name: a, type: baseCOMP, parameters: {parentshortcot: =me}}\n"
      "- {name: b, type: noiseTOP, parameters: {monochrome: true, period: 2}}\n"
      "- name: c\n  type: constantCHOP\n  sequences: {const: [{name: x, vlaue: 2}, {}], other: [{a: 1}]}\n");
  ASSERT_EQ(loaded.error, "");
  std::string told;
  for (const Warning& w : loaded.warnings) told += w.where + ": " + w.what + "; " + w.hint + "\n";
  EXPECT_EQ(
      told,
      "show.tdn:3:42 /a.parentshortcot: baseCOMP has no parameter 'parentshortcot'; it is kept and has no effect; "
      "did you mean 'parentshortcut'?\n"
      "show.tdn:4:42 /b.monochrome: noiseTOP has no parameter 'monochrome'; it is kept and has no effect; did you mean "
      "'mono'?\n"
      "show.tdn:7:33 /c.const0vlaue: constantCHOP has no parameter 'const0vlaue'; it is kept and has no effect; did "
      "you mean 'const0value'?\n"
      "show.tdn:7:49 /c.other: constantCHOP has no parameter 'other'; it is kept and has no effect; 'cookline ops "
      "constantCHOP' lists them\n");
  EXPECT_EQ(loaded.par("/b", "period").value, Value(2.0));
  EXPECT_EQ(loaded.par("/c", "const0name").value, Value(std::string("x")));
  EXPECT_EQ(loaded.par("/c", "const").value, Value(std::int64_t{2}));
}

TEST(load, a_file_full_of_unknown_names_is_loaded_with_suggestions_for_some) {
  std::string text = "- name: a\n  type: noiseTOP\n  parameters:\n";
  for (int i = 0; i < 20000; ++i) text += "    periodd" + std::to_string(i) + std::string(80, 'x') + ": 1\n";
  const Loaded loaded("format: tdn\noperators:\n" + text);
  ASSERT_EQ(loaded.error, "");
  ASSERT_EQ(loaded.warnings.size(), 20000u);
  EXPECT_EQ(loaded.warnings.front().hint, "did you mean 'period'?");
  EXPECT_EQ(loaded.warnings.back().hint, "");
}

// The format's specification uses a parameter name that its operator does not have, as real files do.
TEST(load, a_file_in_the_manner_of_the_specifications_complete_example_loads) {
  const Loaded loaded(R"(format: tdn
version: '2.0'
generator: Embody/6.0.4
network_path: /
type: baseCOMP
type_defaults:
  baseCOMP: {parameters: {resizecomp: =me, repocomp: =me}}
par_templates:
  about:
    - {name: Build, style: Int, label: Build Number, readOnly: true}
operators:
  - name: controller
    type: baseCOMP
    custom_pars:
      Controls:
        - {name: Speed, style: Float, default: 1, max: 10, clampMin: true, normMax: 5, value: 2.5}
        - {name: Mode, style: Menu, menuNames: [linear, ease], menuLabels: [Linear, Ease In/Out], value: 1}
      About: {$t: about, Build: 3}
    flags: [viewer]
    comp_inputs: [renderer]
    children:
      - name: noise1
        type: noiseTOP
        parameters: {type: sparse, amp: 0.8, period: 2, monochrome: true, resolutionw: 1920, resolutionh: 1080}
      - name: level1
        type: levelTOP
        parameters: {opacity: =parent().par.Speed / 10}
        inputs: [noise1]
      - name: config
        type: tableDAT
        dat_content: [[key, value], [fps, '60']]
        dat_content_format: table
        flags: [lock]
  - {name: renderer, type: baseCOMP, custom_pars: {About: {$t: about, Build: 1}}}
)");
  ASSERT_EQ(loaded.error, "");
  EXPECT_EQ(loaded.warnings.size(), 5u);
  EXPECT_EQ(loaded.par("/controller/noise1", "period").value, Value(2.0));
  EXPECT_EQ(loaded.par("/controller", "Mode").value, Value(std::int64_t{1}));
}

TEST(load, menus_that_are_filled_by_a_source_take_the_items_that_the_file_mentions) {
  const Loaded loaded(
      "- name: c\n  type: baseCOMP\n  custom_pars: {P: [{name: A, style: Menu, menuSource: tdu.x, default: left, "
      "value: right}, {name: B, style: Menu, menuSource: x}]}\n");
  ASSERT_EQ(loaded.error, "");
  EXPECT_EQ(menu_item(*loaded.par("/c", "A").info, loaded.par("/c", "A").value), "right");
  EXPECT_EQ(menu_item(*loaded.par("/c", "A").info, loaded.par("/c", "A").info->default_value), "left");
  EXPECT_EQ(loaded.par("/c", "B").value, Value(std::int64_t{0}));
}

TEST(load, pulses_in_files_are_not_pressed) {
  const Loaded loaded("- name: c\n  type: baseCOMP\n  custom_pars: {P: [{name: Go, style: Pulse, value: 1}]}\n");
  ASSERT_EQ(loaded.error, "");
  EXPECT_EQ(loaded.par("/c", "Go").value, Value(false));
}

TEST(load, errors_name_the_place_the_operator_and_what_to_do) {
  EXPECT_EQ(error_of("- name: a\n  type: noiseTOP\n  parameters: {period: long}\n"),
            "show.tdn:5:24 /a.period: 'long' is not a number; a number is needed here");
  EXPECT_TRUE(error_of("- name: a\n  type: noiseTOP\n  parameters: {type: sprase}\n")
                  .starts_with("show.tdn:5:22 /a.type: 'sprase' is not an item of the menu"));
  EXPECT_EQ(error_of("- name: a b\n  type: noiseTOP\n"),
            "show.tdn:3:9 /: 'a b' is not an operator name; letters, digits and _ are allowed");
  EXPECT_EQ(error_of("- {name: a, type: nullTOP, children: [{name: b, type: nullTOP}]}\n"),
            "show.tdn:3:46 /a: a nullTOP cannot hold other operators; only components can");
  EXPECT_EQ(error_of("- {name: a, type: nullTOP, inputs: [nosie1]}\n- {name: noise1, type: noiseTOP}\n"),
            "show.tdn:3:37 /a.inputs: there is no operator 'nosie1'; did you mean 'noise1'?");
  EXPECT_EQ(error_of("- {name: a, type: nullTOP, inputs: [null, b]}\n- {name: b, type: noiseTOP}\n"),
            "show.tdn:3:43 /a.inputs: input 1 does not exist: nullTOP has 1 input");
  EXPECT_EQ(error_of("- {name: a, type: baseCOMP, custom_pars: {P: [{name: 'A b', style: Float}]}}\n"),
            "show.tdn:3:47 /a.A b: 'A b' is not a parameter name; letters and digits are allowed");
  EXPECT_EQ(error_of("- {name: a, type: baseCOMP, custom_pars: {P: [{name: A, style: Float, default: x}]}}\n"),
            "show.tdn:3:80 /a.A: 'x' is not a number; a number is needed here");
  EXPECT_EQ(error_of("- {name: a, type: baseCOMP, custom_pars: {P: [{name: A, style: XY, values: [1, 2, 3]}]}}\n"),
            "show.tdn:3:76 /a.A: 3 values for 2 components");
  EXPECT_TRUE(error_of("- {name: a, type: baseCOMP, custom_pars: {P: {$t: x}}}\n")
                  .starts_with("show.tdn:3:51 /a.custom_pars.P: there is no template 'x'"));
}

TEST(load, components_with_too_many_operators_are_errors) {
  std::string text;
  for (int i = 0; i < 20'001; ++i) text += "- {name: n" + std::to_string(i) + ", type: nullTOP}\n";
  EXPECT_EQ(error_of(text), "show.tdn:1:1 /: the component holds 20001 operators, at most 20000 are allowed");
}

TEST(load, components_with_too_many_parameters_are_errors) {
  std::string text =
      "- name: c\n  type: baseCOMP\n  custom_pars: {P: [{name: Items, style: Sequence}, {name: x, style: Float, "
      "sequence: Items}]}\n  sequences: {Items: [";
  for (int i = 0; i < 20'000; ++i) text += "{}, ";
  EXPECT_EQ(error_of(text + "{}]}\n"), "show.tdn:5:53 /c.x: the component has more than 10000 parameters");
}

TEST(load, a_missing_dock_and_contents_that_cannot_be_read_are_warned_of) {
  const Loaded loaded(
      "- {name: a, type: nullTOP, dock: b}\n- {name: c, type: baseCOMP, tox_ref: c.tox}\n- {name: d, type: baseCOMP, "
      "palette_clone: true}\n");
  ASSERT_EQ(loaded.error, "");
  ASSERT_EQ(loaded.warnings.size(), 3u);
  EXPECT_EQ(loaded.warnings[0].what, "its contents are in 'c.tox', which cannot be read; it stays empty");
  EXPECT_EQ(loaded.warnings[1].where, "show.tdn:3:44 /d");
  EXPECT_EQ(loaded.warnings[2].what, "there is no operator 'b' to dock to");
}

TEST(load, a_root_of_another_type_keeps_what_the_network_has_no_parameters_for) {
  const Loaded loaded(
      "format: tdn\nnetwork_path: /\ntype: containerCOMP\nparameters: {w: 100, resizecomp: =me}\noperators: []\n");
  EXPECT_EQ(loaded.error, "");
}

class load_file_test : public testing::Test {
 protected:
  load_file_test() : folder_(fs::temp_directory_path() / ("cookline_load_" + std::to_string(::getpid()))) {
    fs::create_directories(folder_);
  }
  ~load_file_test() override { fs::remove_all(folder_); }
  fs::path folder_;
};

TEST_F(load_file_test, components_are_filled_from_the_files_they_refer_to) {
  std::ofstream(folder_ / "show.tdn")
      << "format: tdn\noperators:\n- {name: a, type: baseCOMP, tdn_ref: part.tdn, position: [5, 6], comment: outer}\n"
         "- {name: b, type: baseCOMP, tdn_ref: part.tdn}\n";
  std::ofstream(folder_ / "part.tdn") << "format: tdn\nnetwork_path: /elsewhere/part\ntype: baseCOMP\ncustom_pars: {P: "
                                         "[{name: Amount, style: Float, value: 2}]}\n"
                                         "comment: inner\noperators:\n- {name: null1, type: nullTOP, parameters: "
                                         "{outputresolution: =parent().par.Amount}}\n";
  const Registry registry(all_operators());
  Network network(registry);
  std::vector<Warning> warnings;
  const Status status = load_file(folder_ / "show.tdn", network, warnings);
  ASSERT_TRUE(status) << to_string(status.error());
  for (const char* path : {"/a", "/b"}) {
    const cookline::Node& comp = network.at(network.lookup(network.root(), path));
    EXPECT_EQ(comp.children.size(), 1u);
    EXPECT_EQ(comp.find("Amount")->value, Value(2.0));
    EXPECT_EQ(comp.comment, "inner");
    EXPECT_EQ(fs::path(comp.file).filename(), "part.tdn");
  }
  EXPECT_EQ(network.at(network.lookup(network.root(), "/a")).position.first, 5);
  EXPECT_TRUE(network.at(network.lookup(network.root(), "/b/null1")).source.ends_with("part.tdn:7:3"));
  EXPECT_FALSE(load_file(folder_ / "no.tdn", network, warnings));
}

}  // namespace
}  // namespace cookline::tdn
