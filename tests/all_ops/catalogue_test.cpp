// Names, labels, pages, styles, groups, menus and documented defaults of every operator against TouchDesigner's own,
// which catalogue.json states for the operators we have.
#include <algorithm>
#include <fstream>
#include <map>
#include <nlohmann/json.hpp>
#include <set>

#include "base/text.h"
#include "every_operator.h"

namespace cookline {
namespace {

using nlohmann::json;

const json& catalogue() {
  static const json data = json::parse(std::ifstream(TESTS_DIR "/all_ops/catalogue.json"));
  return data;
}

// A difference that is meant; types and parameters are patterns.
struct Exception {
  std::string_view types, pars, what, reason;
};
constexpr Exception exceptions[] = {
    {"*TOP", "chanmask", "style", "a text of letters; TouchDesigner shows it as a menu of 16"},
    {"*DAT", "language extension", "menu", "the documentation lists the first items only"},
    {"*DAT", "language", "default", "a hint for editors; TouchDesigner sets it when it creates the operator"},
    {"*executeDAT tableDAT", "defaultreadencoding loadonstartpulse writepulse", "presence",
     "seen in projects; one File page serves all DATs"},
    {"audiofileinCHOP countCHOP inCHOP timerCHOP", "timeslice", "default", "they follow their input, or always slice"},
    {"glsl*TOP", "sampler*", "presence", "of the newest builds, as the GLSL MAT has them"},
    {"moviefileoutTOP", "file", "default", "the documented default, not the empty text after creation"},
    {"moviefileoutTOP", "moviepixelformat", "menu", "the documentation names items of several codecs twice"},
    {"moviefileoutTOP", "audiobitrate", "menu", "the documentation joins it with Audio Codec's"},
    {"moviefileoutTOP", "audiocodec", "presence",
     "lost in the documentation, which joins its menu with Audio Bit Rate's"},
    {"parameterCHOP", "parameters", "label", "the name that projects use, and its label"},
    {"selectDAT", "rowexpr colexpr", "default", "the documented default, not the empty text after creation"},
    {"infoCHOP", "", "inputs", "the documentation does not say what its input is for"},
    {"containerCOMP", "uvbuttons*", "presence", "three toggles under one name in the documentation"},
    {"containerCOMP", "resize???? reposition????", "group", "single parameters in projects"},
    {"containerCOMP", "justifymethod", "label", "a slip of the documentation"},
    {"containerCOMP", "justifymethod", "menu", "a slip of the documentation"},
};

struct Difference {
  std::string type, par, what, ours, theirs;
};
using Differences = std::vector<Difference>;

bool excepts(const Exception& e, const Difference& d) {
  return e.what == d.what && match_patterns(e.types, d.type) && (e.pars.empty() || match_patterns(e.pars, d.par));
}

std::string menu_text(const ParInfo& par) {
  json items = json::array();
  for (std::size_t i = 0; i < par.menu_names.size(); ++i) items.push_back({par.menu_names[i], par.menu_labels[i]});
  return items.dump();
}

std::string default_text(const ParInfo& par) {
  if (!par.default_expr.empty()) return par.default_expr;
  return par.style == Style::Menu ? menu_item(par, par.default_value) : to_text(par.default_value);
}

std::string text_of(const json& value) {
  if (value.is_boolean()) return value.get<bool>() ? "1" : "0";
  if (value.is_number()) return to_text(Value(value.get<double>()));
  return value.get<std::string>();
}

void compare(const std::string& type, const ParInfo& ours, const json& theirs, Differences& differences) {
  const auto check = [&](const char* what, const std::string& a, const std::string& b) {
    if (a != b) differences.push_back({type, ours.name, what, a, b});
  };
  check("page", ours.page, theirs["page"]);
  check("label", ours.label, theirs["label"]);
  check("group", ours.group, theirs.value("group", ours.name));
  check("sequence", ours.sequence, theirs.value("sequence", ours.sequence));
  if (theirs.contains("style")) check("style", std::string(style_name(ours.style)), theirs["style"]);
  if (theirs.contains("menu")) check("menu", menu_text(ours), theirs["menu"].dump());
  if (theirs.contains("default")) check("default", default_text(ours), text_of(theirs["default"]));
}

// The operator's rows and those of its common pages.
std::vector<json> rows_of(const std::string& name) {
  const json& op = catalogue()["operators"][name];
  std::vector<json> rows = op["pars"];
  const std::string family(family_names[std::size_t(all_types().find(name)->def->family)]);
  const std::set<std::string> optional = {"parmcolorspace", "parmreferencewhite", "renamefrom", "renameto"};
  const std::vector<std::string> extra = op.value("common", std::vector<std::string>{});
  for (json row : catalogue()["common"][family]) {
    const std::string par = row["name"];
    if (family != "COMP" && optional.contains(par) && std::find(extra.begin(), extra.end(), par) == extra.end())
      continue;
    if (op.contains("commonDefaults") && op["commonDefaults"].contains(par)) row["default"] = op["commonDefaults"][par];
    rows.push_back(row);
  }
  return rows;
}

// How many inputs there are, and the labels of those that the documentation names.
void compare_inputs(const OpDef& def, const json& theirs, Differences& differences) {
  const std::string name(def.type);
  if (def.max_in == any_number ? theirs.empty() : std::size_t(def.max_in) != theirs.size())
    differences.push_back({name, "", "inputs", std::to_string(def.max_in), std::to_string(theirs.size())});
  for (std::size_t i = 0; i < std::min(theirs.size(), def.input_labels.size()); ++i)
    if (theirs[i] != "" && theirs[i] != def.input_labels[i])
      differences.push_back({name, "", "input label", std::string(def.input_labels[i]), theirs[i]});
}

Differences differences_of(const TypeInfo& type) {
  const std::string name(type.def->type);
  Differences differences;
  compare_inputs(*type.def, catalogue()["operators"][name]["inputs"], differences);
  std::set<std::string> known;
  std::map<std::string, ParInfoHandle> ours;
  for (const ParInfoHandle& par : all_pars(type)) ours[par->name] = par;
  for (const json& row : rows_of(name)) {
    const std::string par = row["name"];
    known.insert(par);
    if (const auto at = ours.find(par); at != ours.end())
      compare(name, *at->second, row, differences);
    else
      differences.push_back({name, par, "presence", "missing", row["page"]});
  }
  for (const auto& [par, info] : ours)
    if (!known.contains(par)) differences.push_back({name, par, "presence", info->page, "missing"});
  return differences;
}

class Catalogue : public EveryOperator {};
INSTANTIATE_TEST_SUITE_P(all, Catalogue, testing::ValuesIn(all_types().all()), type_suffix);

TEST_P(Catalogue, has_touchdesigners_parameters_and_no_others) {
  ASSERT_TRUE(catalogue()["operators"].contains(name())) << "add the operator's facts to tests/all_ops/catalogue.json";
  for (const Difference& d : differences_of(type()))
    EXPECT_TRUE(
        std::any_of(std::begin(exceptions), std::end(exceptions), [&](const Exception& e) { return excepts(e, d); }))
        << d.type << "." << d.par << ": " << d.what << " is '" << d.ours << "', in TouchDesigner '" << d.theirs << "'";
}

TEST(catalogue, has_no_exception_without_a_difference) {
  Differences all;
  for (const TypeInfo* type : all_types().all())
    for (Difference& d : differences_of(*type)) all.push_back(std::move(d));
  for (const Exception& e : exceptions)
    EXPECT_TRUE(std::any_of(all.begin(), all.end(), [&](const Difference& d) { return excepts(e, d); }))
        << e.types << " " << e.pars << " " << e.what << ": no longer differs (" << e.reason << ")";
}

TEST_P(Catalogue, has_touchdesigners_label) {
  EXPECT_EQ(std::string(type().def->label) + " " + std::string(family_names[std::size_t(type().def->family)]),
            catalogue()["operators"][name()]["label"]);
}

}  // namespace
}  // namespace cookline
