// TDN for every operator type: all parameters at other values than their defaults, in every mode, saved and loaded.
#include <fmt/format.h>

#include "base/text.h"
#include "every_operator.h"
#include "random_settings.h"
#include "tdn/load.h"
#include "tdn/read.h"
#include "tdn/save.h"
#include "tdn/write.h"

namespace cookline {
namespace {

using RoundTrip = testing::TestWithParam<const TypeInfo*>;
INSTANTIATE_TEST_SUITE_P(all, RoundTrip, testing::ValuesIn(all_types().all()), type_suffix);

bool has_value(const ParInfo& info) {
  return info.style != Style::Pulse && info.style != Style::Momentary && info.style != Style::Header &&
         info.style != Style::Sequence && !info.read_only;
}

// A value of the parameter's kind that is not its default; texts are such that a file has to quote.
Value another_value(const ParInfo& info, std::uint64_t random) {
  static const std::string texts[] = {"a b", "=x", "~y", "on", "012", "x\ny", "é: #", "null", "1e3", "- a", "==", " "};
  if (info.style == Style::Toggle) return !to_bool(info.default_value);
  if (info.style == Style::Menu)
    return (to_int(info.default_value) + 1 +
            std::int64_t(random % std::max<std::size_t>(1, info.menu_names.size() - 1))) %
           std::int64_t(info.menu_names.size());
  if (!info.is_number()) return texts[random % std::size(texts)];
  for (int i = 0;; ++i) {
    const double number = info.norm_min + (info.norm_max - info.norm_min) * random_unit(random, std::uint64_t(i));
    if (Value value = *coerce(info, number); value != info.default_value || i == 20) return value;
  }
}

std::string state(const Network& network, NodeId id) {
  std::string text;
  for (const Parameter& par : network.at(id).pars)
    text += fmt::format("{} {} '{}' '{}' '{}'\n", par.info->name, mode_name(par.mode), to_text(par.value), par.expr,
                        par.bind_expr);
  return text;
}

void set_everything(Network& network, NodeId id, std::uint64_t seed, int mode) {
  std::vector<ParInfoHandle> sequences, infos;
  for (const Parameter& par : network.at(id).pars)
    if (par.info->style == Style::Sequence) sequences.push_back(par.info);
  for (const ParInfoHandle& info : sequences)
    ASSERT_TRUE(network.set_blocks(id, info->name, info->row->min_blocks + int(random_bits(seed, 999) % 4)));
  for (const Parameter& par : network.at(id).pars)
    if (has_value(*par.info)) infos.push_back(par.info);
  std::uint64_t drawn = 0;
  for (const ParInfoHandle& info : infos) {
    const std::uint64_t random = random_bits(seed, drawn++);
    const std::string code = fmt::format("op('x: {}')[0] + 1  # '\"", random % 1000);
    switch (mode < 0 ? int(random / 7 % 3) : mode) {
      case 0:
        ASSERT_TRUE(network.set_value(id, info->name, another_value(*info, random))) << info->name;
        break;
      case 1:
        ASSERT_TRUE(network.set_expression(id, info->name, code));
        break;
      default:
        ASSERT_TRUE(network.set_bind(id, info->name, code));
    }
  }
}

// All parameters constant, all expressions, all bound, then mixed.
TEST_P(RoundTrip, all_parameters_in_all_modes_are_the_same_after_saving_and_loading) {
  std::uint64_t seed = 0;
  for (const int mode : {0, 0, 0, 1, 2, -1, -1, -1}) {
    Network network(all_types());
    const NodeId id = *network.create(network.root(), GetParam()->def->type, "one");
    set_everything(network, id, ++seed, mode);
    const std::string text = tdn::write_document(tdn::document_of(network, network.root(), {"test", ""}));
    Network other(all_types());
    const Result<tdn::Document> document = tdn::read_document_text(text, "saved.tdn");
    ASSERT_TRUE(document) << to_string(document.error()) << text;
    std::vector<tdn::Warning> warnings;
    const Result<NodeId> loaded = tdn::load_document(*document, other, warnings);
    ASSERT_TRUE(loaded) << to_string(loaded.error()) << text;
    EXPECT_TRUE(warnings.empty()) << warnings[0].where << " " << warnings[0].what;
    EXPECT_EQ(state(other, other.lookup(other.root(), "/one")), state(network, id)) << text;
    EXPECT_EQ(tdn::write_document(tdn::document_of(other, other.root(), {"test", ""})), text);
  }
}

}  // namespace
}  // namespace cookline
