// Operator types for tests of the network, and a network of them that is edited in one line each.
#pragma once
#include <gtest/gtest.h>

#include <stdexcept>

#include "graph/network.h"

namespace cookline {

struct PlainPars {
  double gain = 1;
  std::string text = "x";
  Pulse go;
};
inline constexpr Par plain_rows[] = {
    par<&PlainPars::gain>("gain", "Gain").on("Main").range(0, 4).help("Gain."),
    par<&PlainPars::text>("text", "Text").on("Main").help("Text."),
    par<&PlainPars::go>("go", "Go").on("Main").help("Go."),
};
struct ListBlock {
  std::string name = "n";
  double value = 0;
};
struct ListPars {
  std::vector<ListBlock> item = {{"first", 1}};
  double last = 5;
};
inline constexpr Par item_rows[] = {
    par<&ListBlock::name>("name", "Name").help("Name."),
    par<&ListBlock::value>("value", "Value").help("Value."),
};
inline constexpr Par list_rows[] = {
    sequence<&ListPars::item>("item", "Item", item_rows).on("Main").blocks_at_least(1).help("Items."),
    par<&ListPars::last>("last", "Last").on("Main").expression("me.digits").help("Last."),
};
struct NoPars {};
inline constexpr std::array<Par, 0> no_rows{};

inline Result<Channels> no_channels(const PlainPars&) { return Channels{}; }
inline Result<Table> no_table(const ListPars&) { return Table{}; }
inline void no_pixels(const PlainPars&, const Tiles&, Tile&) {}

inline const Registry& plain_types() {
  static const OpDef chop =
      Define<PlainPars, plain_rows>(Family::CHOP, "plainCHOP", "Plain", "").inputs(0, 2).cook<&no_channels>();
  static const OpDef top =
      Define<PlainPars, plain_rows>(Family::TOP, "plainTOP", "Plain", "").inputs(0, 1).shade<&no_pixels>();
  static const OpDef dat = Define<ListPars, list_rows>(Family::DAT, "listDAT", "List", "").cook<&no_table>();
  static const OpDef base = Define<NoPars, no_rows>(Family::COMP, "baseCOMP", "Base", "");
  static const OpDef* const list[] = {&chop, &top, &dat, &base};
  static const Registry registry{list};
  return registry;
}

// Edits that must succeed.
struct Tree {
  Network net{plain_types()};

  NodeId make(std::string_view type, std::string_view path) {
    const std::size_t slash = path.rfind('/');
    const NodeId parent = slash == 0 ? net.root() : net.lookup(net.root(), path.substr(0, slash));
    const Result<NodeId> id = net.create(parent, type, path.substr(slash + 1));
    if (!id) throw std::runtime_error(to_string(id.error()));
    return *id;
  }
  void must(const Status& status) {
    if (!status) throw std::runtime_error(to_string(status.error()));
  }
  std::string error(const Status& status) const { return status ? "no error" : to_string(status.error()); }
  std::string paths(const std::vector<NodeId>& ids) const {
    std::string text;
    for (const NodeId id : ids) text += (text.empty() ? "" : " ") + net.path(id);
    return text;
  }
  std::string pars(NodeId id) const {
    std::string text;
    for (const Parameter& p : net.at(id).pars)
      if (p.info->page == "Main" || p.info->custom)
        text += (text.empty() ? "" : " ") + p.info->name + "=" + to_text(p.value);
    return text;
  }
};

}  // namespace cookline
