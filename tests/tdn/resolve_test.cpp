// Type defaults and templates as the engine gets them.
#include "tdn/resolve.h"

#include <gtest/gtest.h>

#include "tdn/full_example.h"
#include "tdn/read.h"

namespace cookline::tdn {
namespace {

Document read(std::string_view text) {
  const Result<Document> document = read_document_text(text, "show.tdn");
  EXPECT_TRUE(document) << (document ? "" : to_string(document.error()));
  return document ? *document : Document{};
}

TEST(resolve, operators_take_what_their_type_has_in_common_and_keep_their_own) {
  const Result<Document> document = resolved(read(full_example));
  ASSERT_TRUE(document);
  EXPECT_TRUE(document->type_defaults.empty());
  const Operator& level1 = document->root.children.at(1);
  const Operator& level2 = document->root.children.at(2);
  ASSERT_EQ(level1.parameters.size(), 2u);
  EXPECT_EQ(level1.parameters[0].name, "opacity");
  EXPECT_EQ(level1.parameters[0].value.constant, Value(0.5));
  EXPECT_EQ(level1.parameters[1].value.constant, Value(std::int64_t{3}));
  EXPECT_EQ(level2.parameters.at(1).value.constant, Value(std::int64_t{2}));
  EXPECT_TRUE(level1.flags->empty()) << "an empty list of its own replaces the common one";
  EXPECT_EQ(level2.flags->at(0).name, "viewer");
  EXPECT_EQ(level1.size->value, (Vec2{130, 90}));
  EXPECT_EQ(level1.color->value, (Vec3{0.67, 0.67, 0.67}));
  EXPECT_EQ(level1.tags->at(0).value, "common");
  EXPECT_FALSE(document->root.children.at(0).flags);
}

TEST(resolve, pages_from_templates_get_definitions_and_values) {
  const Result<Document> document = resolved(read(full_example));
  ASSERT_TRUE(document);
  EXPECT_TRUE(document->par_templates.empty());
  const Page& about = document->root.custom_pars.at(1);
  EXPECT_FALSE(about.from_template);
  EXPECT_TRUE(about.overrides.empty());
  ASSERT_EQ(about.pars.size(), 2u);
  EXPECT_EQ(about.pars[0].label->value, "Build Number");
  EXPECT_EQ(about.pars[0].value->constant, Value(std::int64_t{14}));
  EXPECT_EQ(about.pars[1].values->value.size(), 3u);
}

TEST(resolve, defaults_reach_nested_operators) {
  const Result<Document> document =
      resolved(read("format: tdn\ntype_defaults: {nullTOP: {parameters: {a: 1}}}\noperators:\n- {name: a, type: "
                    "baseCOMP, children: [{name: b, type: nullTOP}]}\n"));
  ASSERT_TRUE(document);
  EXPECT_EQ(document->root.children.at(0).children.at(0).parameters.at(0).name, "a");
}

TEST(resolve, unknown_templates_and_parameters_are_errors) {
  const std::string head =
      "format: tdn\npar_templates: {about: [{name: Build, style: Int}]}\noperators:\n- name: a\n  type: baseCOMP\n";
  EXPECT_EQ(to_string(resolved(read(head + "  custom_pars: {P: {$t: abuot}}\n")).error()),
            "show.tdn:6:25 /a.custom_pars.P: there is no template 'abuot'; did you mean 'about'?");
  EXPECT_EQ(to_string(resolved(read(head + "  custom_pars: {P: {$t: about, Biuld: 1}}\n")).error()),
            "show.tdn:6:32 /a.custom_pars.P: the template 'about' has no parameter 'Biuld'; did you mean 'Build'?");
}

TEST(resolve, a_small_file_cannot_expand_to_a_huge_network) {
  std::string text = "format: tdn\ntype_defaults:\n  nullTOP:\n    parameters:\n";
  for (int i = 0; i < 1000; ++i) text += "      p" + std::to_string(i) + ": 1\n";
  text += "operators:\n";
  for (int i = 0; i < 1000; ++i) text += "- {name: n" + std::to_string(i) + ", type: nullTOP}\n";
  EXPECT_TRUE(resolved(read(text)));
  EXPECT_EQ(to_string(resolved(read(text), 10'000).error()),
            "show.tdn:1016:3: type defaults and templates expand to too many values");
}

}  // namespace
}  // namespace cookline::tdn
