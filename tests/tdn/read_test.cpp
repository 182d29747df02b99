// Documents as they are read: every part of the format, its older forms, and the errors.
#include "tdn/read.h"

#include <gtest/gtest.h>

#include "tdn/full_example.h"

namespace cookline::tdn {
namespace {

Document read(std::string_view text) {
  const Result<Document> document = read_document_text(text, "show.tdn");
  EXPECT_TRUE(document) << (document ? "" : to_string(document.error()));
  return document ? *document : Document{};
}

std::string error_of(std::string_view text) {
  const Result<Document> document = read_document_text(text, "show.tdn");
  return document ? "no error" : to_string(document.error());
}

// An operator with further lines, in a document whose operators begin in line 3.
std::string with_operator(std::string_view lines) {
  return "format: tdn\noperators:\n- name: op1\n  type: baseCOMP\n" + std::string(lines);
}

Operator read_operator(std::string_view lines) { return read(with_operator(lines)).root.children.at(0); }
std::string operator_error(std::string_view lines) { return error_of(with_operator(lines)); }

const Operator& child(const Document& document, std::string_view name) {
  for (const Operator& op : document.root.children)
    if (op.name.value == name) return op;
  throw std::out_of_range(std::string(name));
}

ParValue constant(Value value) { return {ParMode::constant, std::move(value), "", {}}; }
ParValue code(ParMode mode, std::string text) { return {mode, std::int64_t{0}, std::move(text), {}}; }

TEST(read, the_header_of_the_full_example) {
  const Document document = read(full_example);
  EXPECT_EQ(document.format.value, "tdn");
  EXPECT_EQ(document.version.value, "2.0");
  EXPECT_EQ(document.build->value, 3);
  EXPECT_EQ(document.generator->value, "Embody/6.0.4");
  EXPECT_EQ(document.td_build->value, "2025.32050");
  EXPECT_EQ(document.source_file->value, "Show.toe");
  EXPECT_EQ(document.exported_at->value, "2026-02-19T14:30:00Z");
  EXPECT_EQ(document.network_path->value, "/show");
  EXPECT_TRUE(document.options->include_dat_content->value);
  EXPECT_TRUE(document.warnings.empty());
  EXPECT_EQ(document.type_defaults.at(0).parameters.at(0), (NamedPar{"opacity", {}, constant(0.5)}));
  EXPECT_EQ(document.par_templates.at(0).pars.at(0).label->value, "Build Number");
}

TEST(read, the_root_component_of_the_full_example) {
  const Operator root = read(full_example).root;
  EXPECT_EQ(root.type.value, "baseCOMP");
  EXPECT_EQ(root.flags->at(0), (Flag{"expose", false, {}}));
  EXPECT_EQ(root.color->value, (Vec3{0.3, 0.5, 0.9}));
  EXPECT_EQ(root.tags->at(0).value, "tdn");
  EXPECT_EQ(root.comment->value, "Main component");
  EXPECT_EQ(root.parameters.at(0).value, code(ParMode::expression, "me"));
  EXPECT_EQ(root.parameters.at(1).value, constant("=not an expression"));
  EXPECT_EQ(root.storage->find("coords")->find("$type")->text, "tuple");
  EXPECT_EQ(root.annotations.at(0).opacity->value, 0.8);
  EXPECT_EQ(root.annotations.at(0).size->value, (Vec2{1070, 660}));
}

TEST(read, custom_parameters_of_the_full_example) {
  const std::vector<Page> pages = read(full_example).root.custom_pars;
  const CustomPar& speed = pages.at(0).pars.at(0);
  EXPECT_EQ(speed.style.value, "Float");
  EXPECT_EQ(speed.default_value->at(0), Value(std::int64_t{1}));
  EXPECT_EQ(speed.max->at(3), 10.0);
  EXPECT_EQ(speed.clamp_min->at(0), true);
  EXPECT_FALSE(speed.clamp_max);
  EXPECT_EQ(speed.value, constant(2.5));
  const CustomPar& mode = pages[0].pars.at(1);
  EXPECT_EQ(mode.menu_names->at(1).value, "ease");
  EXPECT_EQ(mode.menu_labels->at(1).value, "Ease In/Out");
  const CustomPar& tint = pages[0].pars.at(2);
  EXPECT_EQ(tint.default_value->at(1), Value(0.2));
  EXPECT_EQ(tint.default_value->at(3), std::nullopt);
  EXPECT_EQ(tint.values->value, (std::vector{constant(std::int64_t{1}), code(ParMode::expression, "me.time.seconds"),
                                             code(ParMode::bind, "op('a').par.x")}));
  EXPECT_EQ(component_names(tint), (std::vector<std::string>{"Tintr", "Tintg", "Tintb"}));
  EXPECT_EQ(pages.at(1).from_template->value, "about");
  EXPECT_EQ(pages[1].overrides.at(0).values.at(0), constant(std::int64_t{14}));
  EXPECT_EQ(pages[1].overrides.at(1).values.size(), 3u);
}

TEST(read, operators_of_the_full_example) {
  const Document document = read(full_example);
  EXPECT_EQ(child(document, "noise1").position->value, (Vec2{200, -100}));
  const Operator& level = child(document, "level1");
  ASSERT_EQ(level.inputs.size(), 3u);
  EXPECT_EQ(level.inputs[0].source, "noise1");
  EXPECT_EQ(level.inputs[1].source, "");
  EXPECT_EQ(level.inputs[2].source, "/other/switch1");
  EXPECT_TRUE(level.flags && level.flags->empty());
  EXPECT_EQ(level.comment->value, "on: off");
  EXPECT_EQ(level.dock->value, "noise1");
  EXPECT_EQ(child(document, "level2").inputs.at(0), (Connection{"comp1", 2, {}, {}}));
  const Operator& comp = child(document, "comp1");
  EXPECT_EQ(comp.comp_inputs.at(0).source, "comp2");
  EXPECT_EQ(comp.children.at(0).name.value, "null1");
  EXPECT_EQ(comp.annotations.at(0).mode.value, "comment");
  EXPECT_EQ(comp.startup_storage->find("version")->integer, 1);
  EXPECT_TRUE(child(document, "comp2").palette_clone->value);
  EXPECT_EQ(child(document, "comp3").tox_ref->value, "parts/comp3.tox");
  EXPECT_TRUE(child(document, "info1").dat_read_only->value);
  const Sequence& sequence = child(document, "constant1").sequences.at(0);
  EXPECT_EQ(sequence.name.value, "const");
  EXPECT_EQ(sequence.blocks.size(), 3u);
  EXPECT_TRUE(sequence.blocks[1].pars.empty());
  EXPECT_EQ(sequence.blocks[2].pars.at(0).value, code(ParMode::expression, "me.time.frame"));
}

TEST(read, every_value_knows_its_line_and_column) {
  const Document document = read(full_example);
  const auto line_of = [](std::string_view needle) {
    return 1 + std::count(full_example.begin(), full_example.begin() + std::ptrdiff_t(full_example.find(needle)), '\n');
  };
  const ParValue& period = child(document, "noise1").parameters.at(1).value;
  EXPECT_EQ(period.place.line, line_of("period:"));
  EXPECT_EQ(period.place.column, 13u);
  EXPECT_EQ(child(document, "level1").inputs.at(2).place.line, line_of("- /other/switch1"));
  EXPECT_EQ(child(document, "text1").dat_content->line_place(1).line, line_of("    print('ready')"));
}

TEST(read, prefixes_of_parameter_values_and_their_escapes) {
  const Operator op = read_operator(
      "  parameters: {a: '=x', b: '~x', c: '==x', d: '~~x', e: '=', f: x=, g: '', h: '= =x', i: '=~x', j: 1.0, k: 1.5, "
      "l: off}\n");
  const std::vector<ParValue> expected{code(ParMode::expression, "x"),
                                       code(ParMode::bind, "x"),
                                       constant("=x"),
                                       constant("~x"),
                                       code(ParMode::expression, ""),
                                       constant("x="),
                                       constant(""),
                                       code(ParMode::expression, " =x"),
                                       code(ParMode::expression, "~x"),
                                       constant(std::int64_t{1}),
                                       constant(1.5),
                                       constant(false)};
  for (std::size_t i = 0; i < expected.size(); ++i)
    EXPECT_EQ(op.parameters.at(i).value, expected[i]) << op.parameters[i].name;
}

TEST(read, older_forms_become_todays) {
  const Document document = read(R"({
	"format": "tdn", "version": "1.0", "build": null,
	"operators": [
		{"name": "a", "type": "baseCOMP", "flags": {"viewer": true, "expose": false},
		 "parameters": {"tx": {"expr": "me.time.frame"}, "ty": {"bind": "op('b').par.x"}},
		 "inputs": [{"index": 2, "source": "b"}, {"index": 0, "source": "c"}],
		 "custom_pars": [{"name": "A", "style": "Int", "page": "One"}, {"name": "B", "style": "Str", "page": "Two"},
		                 {"name": "C", "style": "Toggle", "page": "One"}, {"name": "D", "style": "Pulse"}]},
		{"name": "b", "type": "textDAT", "dat_content": ["x", "", "y"], "dat_content_format": "text"},
		{"name": "c", "type": "textDAT", "dat_content": "x\ny", "dat_content_format": "text"}
	]
})");
  const Operator& a = document.root.children.at(0);
  EXPECT_EQ(*a.flags, (std::vector<Flag>{{"viewer", true, {}}, {"expose", false, {}}}));
  EXPECT_EQ(a.parameters.at(0).value, code(ParMode::expression, "me.time.frame"));
  EXPECT_EQ(a.parameters.at(1).value, code(ParMode::bind, "op('b').par.x"));
  ASSERT_EQ(a.inputs.size(), 3u);
  EXPECT_EQ(a.inputs[0].source, "c");
  EXPECT_EQ(a.inputs[1].source, "");
  EXPECT_EQ(a.inputs[2].source, "b");
  ASSERT_EQ(a.custom_pars.size(), 3u);
  EXPECT_EQ(a.custom_pars[0].pars.at(1).name.value, "C");
  EXPECT_EQ(a.custom_pars[2].name.value, "Custom");
  EXPECT_TRUE(a.custom_pars[0].pars[0].extra.empty());
  EXPECT_EQ(document.root.children.at(1).dat_content->table.text, "x\n\ny");
  EXPECT_EQ(document.root.children.at(2).dat_content->table.text, "x\ny");
  EXPECT_FALSE(document.build);
}

TEST(read, version_2_1_has_one_value_per_component) {
  const Document document = read(R"(format: tdxn
version: '2.1'
operators:
- name: a
  type: baseCOMP
  custom_pars:
    P:
    - name: Size
      style: WH
      default: [500, 250]
      normMax: [1000, 2000]
      readOnly: [false, true]
      enable: false
      enableExpr: [a, '']
      help: [one, two]
      defaultExpr: me.x
      defaultMode: EXPRESSION
      bindRange: true
      password: true
  flags: [cloneImmune, -showDocked]
annotations:
- {name: n, mode: networkbox, size: [1, 2], backAlpha: 0, titleHeight: 40, bodyFontSize: 12}
)");
  const CustomPar& size = document.root.children.at(0).custom_pars.at(0).pars.at(0);
  EXPECT_EQ(size.default_value->at(1), Value(std::int64_t{250}));
  EXPECT_EQ(size.norm_max->at(0), 1000.0);
  EXPECT_EQ(size.read_only->at(0), false);
  EXPECT_EQ(size.read_only->at(1), true);
  EXPECT_EQ(size.enable->at(1), false);
  EXPECT_EQ(size.help->at(1), "two");
  EXPECT_EQ(size.default_expr->at(1), "me.x");
  EXPECT_TRUE(size.bind_range->value);
  EXPECT_EQ(document.root.annotations.at(0).title_height->value, 40);
  EXPECT_TRUE(document.warnings.empty());
}

TEST(read, the_list_of_operators_alone_is_a_document) {
  EXPECT_EQ(read("- name: a\n  type: nullTOP\n").root.children.at(0).type.value, "nullTOP");
  EXPECT_TRUE(read("[{\"name\": \"a\", \"type\": \"nullTOP\"}]").bare);
}

TEST(read, names_of_components_follow_style_size_and_values) {
  const auto names = [](std::string_view definition) {
    return component_names(
        read_operator("  custom_pars: {P: [{name: " + std::string(definition) + "}]}\n").custom_pars.at(0).pars.at(0));
  };
  using Names = std::vector<std::string>;
  EXPECT_EQ(names("A, style: Float"), (Names{"A"}));
  EXPECT_EQ(names("A, style: Float, size: 3"), (Names{"A1", "A2", "A3"}));
  EXPECT_EQ(names("A, style: Int, values: [1, 2]"), (Names{"A1", "A2"}));
  EXPECT_EQ(names("A, style: Str, size: 3"), (Names{"A"}));
  EXPECT_EQ(names("A, style: RGBA"), (Names{"Ar", "Ag", "Ab", "Aa"}));
  EXPECT_EQ(names("A, style: RGBA, size: 3"), (Names{"Ar", "Ag", "Ab"}));
  EXPECT_EQ(names("A, style: XYZW, values: [1, 2]"), (Names{"Ax", "Ay"}));
  EXPECT_EQ(names("Anchorx, style: XYZW, values: [1, 2]"), (Names{"Anchorx", "Anchory"}));
  EXPECT_EQ(names("Wallx, style: XY, size: 2"), (Names{"Wallxx", "Wallxy"}));
  EXPECT_EQ(names("A, style: UV, size: 9"), (Names{"Au", "Av"}));
}

TEST(read, text_fields_take_numbers_and_truth_values_as_they_are_spelled) {
  const Document document =
      read("format: tdn\nversion: 2.0\ntd_build: 2025.10\noperators:\n- {name: 1, type: baseCOMP, comment: on}\n");
  EXPECT_EQ(document.version.value, "2.0");
  EXPECT_EQ(document.td_build->value, "2025.10");
  EXPECT_EQ(document.root.children.at(0).name.value, "1");
  EXPECT_EQ(document.root.children.at(0).comment->value, "on");
  ASSERT_EQ(document.warnings.size(), 1u);
  EXPECT_EQ(document.warnings[0].where, "show.tdn:5:38 /1.comment");
  EXPECT_EQ(document.warnings[0].what, "on without quotes is a truth value in YAML; it is read as text");
}

TEST(read, cells_of_tables_are_text_and_short_rows_are_filled) {
  const Operator op = read_operator("  dat_content:\n  - [a, 1.50, ~]\n  - [b]\n");
  EXPECT_EQ(op.dat_content->table.rows, (std::vector<std::vector<std::string>>{{"a", "1.50", ""}, {"b", "", ""}}));
}

TEST(read, an_empty_list_of_content_is_what_its_format_says) {
  EXPECT_TRUE(read_operator("  dat_content: []\n  dat_content_format: table\n").dat_content->table.is_table);
  EXPECT_FALSE(read_operator("  dat_content_format: text\n  dat_content: []\n").dat_content->table.is_table);
}

TEST(read, fields_that_are_null_count_as_absent) {
  const Operator op = read_operator("  parameters:\n  flags: ~\n  inputs: null\n  children:\n");
  EXPECT_EQ(op, read_operator(""));
}

TEST(read, unknown_fields_are_kept_and_likely_slips_are_warned_of) {
  const Document document = read(
      "format: tdn\nx_vendor: {a: 1}\noperators:\n- name: a\n  type: baseCOMP\n  inptus: [b]\n  param: {}\n  zz: "
      "[1]\n");
  EXPECT_EQ(document.root.extra.at(0).entry.key, "x_vendor");
  EXPECT_EQ(document.root.children.at(0).extra.size(), 3u);
  ASSERT_EQ(document.warnings.size(), 2u);
  EXPECT_EQ(document.warnings[0].where, "show.tdn:6:3 /a");
  EXPECT_EQ(document.warnings[0].what, "the field 'inptus' is not known and has no effect");
  EXPECT_EQ(document.warnings[0].hint, "did you mean 'inputs'?");
  EXPECT_EQ(document.warnings[1].hint, "did you mean 'parameters'?");
}

TEST(read, unknown_flags_and_newer_versions_are_warned_of) {
  const Document document =
      read("format: tdn\nversion: '3.0'\noperators:\n- {name: a, type: nullTOP, flags: [veiwer]}\n");
  ASSERT_EQ(document.warnings.size(), 2u);
  EXPECT_EQ(document.warnings[0].what, "the flag 'veiwer' is not known and has no effect");
  EXPECT_EQ(document.warnings[0].hint, "did you mean 'viewer'?");
  EXPECT_EQ(document.warnings[1].what, "version 3.0 is newer than 2.1, the newest known");
}

TEST(read, headers_that_are_wrong_are_errors) {
  EXPECT_EQ(error_of("a: 1\n"),
            "show.tdn:1:1: this is not a TDN document: expected a map with 'format: tdn' and 'operators', found a map");
  EXPECT_EQ(error_of("hello\n"),
            "show.tdn:1:1: this is not a TDN document: expected a map with 'format: tdn' and 'operators', found the "
            "text 'hello'");
  EXPECT_EQ(error_of("format: tdm\noperators: []\n"),
            "show.tdn:1:9 format: must be 'tdn' or 'tdxn', found 'tdm'; did you mean 'tdn'?");
  EXPECT_EQ(error_of("format: tdn\n"),
            "show.tdn:1:1: the document has no 'operators'; an empty network has 'operators: []'");
  for (const char* version : {"two", "2.", ".1", "2.0.1", "-1", "99999999999999999999", "''"})
    EXPECT_TRUE(error_of("format: tdn\nversion: " + std::string(version) + "\noperators: []\n")
                    .starts_with("show.tdn:2:10 version: must be a version such as '2.0', found"))
        << version;
  EXPECT_EQ(error_of("format: tdn\nbuild: x\noperators: []\n"),
            "show.tdn:2:8 build: must be a whole number, found the text 'x'");
  EXPECT_EQ(
      error_of("format: tdn\noptions: {include_dat_content: 'true'}\noperators: []\n"),
      "show.tdn:2:32 options.include_dat_content: must be true or false, found the text 'true'; remove the quotes");
  EXPECT_EQ(error_of("format: tdn\noperators: {a: 1}\n"),
            "show.tdn:2:12 operators: must be a list of operators, found a map");
}

TEST(read, operators_that_are_wrong_are_errors) {
  EXPECT_EQ(error_of("- type: nullTOP\n"), "show.tdn:1:3: an operator needs a 'name'");
  EXPECT_EQ(error_of("- name: a\n"), "show.tdn:1:3 /a: an operator needs a 'type', e.g. noiseTOP");
  EXPECT_EQ(error_of("- 5\n- a\n"),
            "show.tdn:1:3: must be an operator: a map with 'name' and 'type', found the number 5");
  EXPECT_EQ(error_of("- {name: a, type: nullTOP}\n- {name: a, type: nullTOP}\n"),
            "show.tdn:2:10: the name 'a' is taken by the operator in line 1");
  EXPECT_EQ(operator_error("  position: [1]\n"),
            "show.tdn:5:13 /op1.position: must be a list of 2 numbers, found a list of 1");
  EXPECT_EQ(operator_error("  color: [1, x, 2]\n"), "show.tdn:5:14 /op1.color: must be a number, found the text 'x'");
  EXPECT_EQ(operator_error("  color: red\n"),
            "show.tdn:5:10 /op1.color: must be a list of 3 numbers, found the text 'red'");
  EXPECT_EQ(operator_error("  size: [.inf, 1]\n"), "show.tdn:5:10 /op1.size: must be a number, found the number inf");
  EXPECT_EQ(operator_error("  tags: tdn\n"),
            "show.tdn:5:9 /op1.tags: must be a list of texts, found the text 'tdn'; write it as [tdn]");
  EXPECT_EQ(operator_error("  comment: [a]\n"), "show.tdn:5:12 /op1.comment: must be text, found a list");
  EXPECT_EQ(operator_error("  flags: viewer\n"),
            "show.tdn:5:10 /op1.flags: must be a list of flags such as [viewer, -expose], found the text 'viewer'");
  EXPECT_EQ(operator_error("  flags: [on]\n"), "show.tdn:5:11 /op1.flags: must be the name of a flag, found true");
  EXPECT_EQ(operator_error("  storage: [1]\n"), "show.tdn:5:12 /op1.storage: must be a map, found a list");
  EXPECT_EQ(operator_error("  children:\n  - {name: b, type: baseCOMP, children: [{name: c, type: x, inputs: 1}]}\n"),
            "show.tdn:6:69 /op1/b/c.inputs: must be a list of operator names, null where an input is free, found the "
            "number 1");
  EXPECT_EQ(operator_error("  tdn_ref: a.tdn\n  children: [{name: b, type: x}]\n"),
            "show.tdn:5:12 /op1: an operator has either 'tdn_ref' or 'children', found both; remove one of them");
}

TEST(read, connections_that_are_wrong_are_errors) {
  EXPECT_EQ(operator_error("  inputs: [{index: -1, source: a}]\n"),
            "show.tdn:5:20 /op1.inputs.index: must be a whole number from 0 to 9999, found the number -1");
  EXPECT_EQ(operator_error("  inputs: [{index: 1000000000, source: a}]\n"),
            "show.tdn:5:20 /op1.inputs.index: must be a whole number from 0 to 9999, found the number 1000000000");
  EXPECT_EQ(operator_error("  inputs: [a, {index: 0, source: b}]\n"),
            "show.tdn:5:15 /op1.inputs: input 0 is wired twice");
  EXPECT_EQ(operator_error("  inputs: [[a]]\n"), "show.tdn:5:12 /op1.inputs: must be text, found a list");
}

TEST(read, parameters_that_are_wrong_are_errors) {
  EXPECT_EQ(operator_error("  parameters: [1]\n"),
            "show.tdn:5:15 /op1.parameters: must be a map of parameter names and values, found a list");
  EXPECT_EQ(operator_error("  parameters: {tx: }\n"),
            "show.tdn:5:20 /op1.parameters.tx: the parameter has no value; write '' for an empty text");
  EXPECT_EQ(operator_error("  parameters: {tx: [1, 2]}\n"),
            "show.tdn:5:20 /op1.parameters.tx: must be a number, a text, true or false, found a list");
  EXPECT_EQ(operator_error("  parameters: {tx: {expression: x}}\n"),
            "show.tdn:5:20 /op1.parameters.tx: must be a number, a text, true or false, or a map of one text, 'expr' "
            "or 'bind', found a map");
  EXPECT_EQ(operator_error("  parameters: {tx: .nan}\n"),
            "show.tdn:5:20 /op1.parameters.tx: must be a finite number, found the number nan");
  EXPECT_EQ(operator_error("  sequences: {const: {a: 1}}\n"),
            "show.tdn:5:22 /op1.sequences.const: must be a list of blocks, found a map");
  EXPECT_EQ(operator_error("  sequences: {const: [1]}\n"),
            "show.tdn:5:23 /op1.sequences.const: must be a map of parameter names and values, found the number 1");
}

TEST(read, custom_parameters_that_are_wrong_are_errors) {
  const auto page_error = [](std::string_view par) {
    return operator_error("  custom_pars: {P: [{" + std::string(par) + "}]}\n");
  };
  EXPECT_EQ(page_error("style: Float"),
            "show.tdn:5:21 /op1.custom_pars.P: the definition of a custom parameter needs a 'name'");
  EXPECT_EQ(page_error("name: A"),
            "show.tdn:5:21 /op1.custom_pars.P.A: the definition of a custom parameter needs a 'style', e.g. Float");
  EXPECT_EQ(page_error("name: A, style: Flaot"),
            "show.tdn:5:38 /op1.custom_pars.P.A: 'Flaot' is no style of custom parameters; did you mean 'Float'?");
  EXPECT_EQ(page_error("name: A, style: Float, size: 1000000000"),
            "show.tdn:5:51 /op1.custom_pars.P.A: a parameter has 1 to 256 components, found size 1000000000");
  EXPECT_EQ(page_error("name: A, style: Float, min: low"),
            "show.tdn:5:50 /op1.custom_pars.P.min: must be a number or a list of numbers, found the text 'low'");
  EXPECT_EQ(page_error("name: A, style: Float, clampMin: 1"),
            "show.tdn:5:55 /op1.custom_pars.P.clampMin: must be true or false, or a list of them, found the number 1");
  EXPECT_EQ(page_error("name: A, style: Menu, menuNames: a"),
            "show.tdn:5:55 /op1.custom_pars.P.menuNames: must be a list of texts, found the text 'a'; write it as [a]");
  EXPECT_EQ(
      page_error("name: A, style: XYZ, values: 1"),
      "show.tdn:5:51 /op1.custom_pars.P.values: must be a list of values, one for each component, found the number 1");
  EXPECT_EQ(operator_error("  custom_pars: {P: {Build: 1}}\n"),
            "show.tdn:5:20 /op1.custom_pars.P: must be a list of parameters, or a map that names a template as '$t', "
            "found a map");
  EXPECT_EQ(operator_error("  custom_pars: 1\n"),
            "show.tdn:5:16 /op1.custom_pars: must be a map of page names and lists of parameters, found the number 1");
}

TEST(read, content_that_is_wrong_is_an_error) {
  EXPECT_EQ(operator_error("  dat_content: {a: 1}\n"),
            "show.tdn:5:16 /op1.dat_content: must be a text, a list of lines, or a list of rows, found a map");
  EXPECT_EQ(operator_error("  dat_content: [[a], b]\n"),
            "show.tdn:5:22 /op1.dat_content: must be a list of cells, found the text 'b'");
  EXPECT_EQ(operator_error("  dat_content: [a, [b]]\n"), "show.tdn:5:20 /op1.dat_content: must be text, found a list");
  EXPECT_EQ(operator_error("  dat_content: [[{}]]\n"),
            "show.tdn:5:18 /op1.dat_content: must be text, found an empty map");
  EXPECT_EQ(operator_error("  dat_content: x\n  dat_content_format: table\n"),
            "show.tdn:5:16 /op1.dat_content: the format is 'table', found the text 'x'; a table is a list of rows, "
            "each a list of cells");
  EXPECT_EQ(
      operator_error("  dat_content: [[x]]\n  dat_content_format: text\n"),
      "show.tdn:5:16 /op1.dat_content: the format is 'text', found a list; a text is one text or a list of lines");
  EXPECT_EQ(operator_error("  dat_content: x\n  dat_content_format: tabel\n"),
            "show.tdn:6:23 /op1.dat_content_format: must be 'text' or 'table', found the text 'tabel'; did you mean "
            "'table'?");
  std::string wide = "  dat_content:\n  - [x";
  for (int i = 0; i < 20'000; ++i) wide += ",x";
  wide += "]\n";
  for (int i = 0; i < 20'000; ++i) wide += "  - [x]\n";
  EXPECT_EQ(operator_error(wide),
            "show.tdn:6:3 /op1.dat_content: a table of 20001 rows and 20001 columns is too large");
}

TEST(read, annotations_that_are_wrong_are_errors) {
  EXPECT_EQ(operator_error("  annotations: [{mode: comment}]\n"),
            "show.tdn:5:17 /op1.annotations: an annotation needs a 'name'");
  EXPECT_EQ(operator_error("  annotations: [{name: a}]\n"),
            "show.tdn:5:17 /op1.annotations: an annotation needs a 'mode': annotate, comment or networkbox");
  EXPECT_EQ(operator_error("  annotations: [{name: a, mode: coment}]\n"),
            "show.tdn:5:33 /op1.annotations: the mode must be annotate, comment or networkbox, found 'coment'; did you "
            "mean 'comment'?");
}

}  // namespace
}  // namespace cookline::tdn
