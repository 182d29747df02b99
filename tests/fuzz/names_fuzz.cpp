// Any text as patterns of channel names and as network paths. Lines: a pattern, what its matches are renamed to, then
// channel names; the first two are also paths in a small network.
#include <algorithm>
#include <set>

#include "base/text.h"
#include "data/channel_names.h"
#include "fuzz.h"
#include "graph/network.h"

namespace {
using namespace cookline;
using fuzz::check;

void check_channels(const std::string& from, const std::string& to, const std::set<std::string>& names) {
  const std::vector<std::string> list(names.begin(), names.end());
  const std::vector<std::string> renamed = rename_channels(list, from, to);
  check(renamed.size() == list.size(), "renaming keeps every channel");
  check(std::set(renamed.begin(), renamed.end()).size() == list.size(), "no two channels get one name");
  for (std::size_t i = 0; i < list.size(); ++i)
    if (!split_words(to).empty() && renamed[i] != list[i])
      check(match_patterns("* ^" + from, list[i]) || split_words(from).size() != 1 ||
                match_pattern(split_words(from)[0], list[i]),
            "only what matches is renamed", list[i] + " " + renamed[i]);
}

// Components three deep, each with a placeholder beside it.
struct SmallNetwork {
  Registry registry{std::span<const OpDef* const>()};
  Network network{registry};
  std::vector<NodeId> nodes{network.root()};

  SmallNetwork() {
    NodeId at = network.root();
    for (const char* name : {"show", "look1", "layer2"}) {
      at = *network.create(at, "baseCOMP", name, true);
      nodes.push_back(at);
      nodes.push_back(*network.create(at, "noiseTOP", "noise1", true));
    }
  }
};

void check_paths(const std::string& text) {
  static const SmallNetwork small;
  const Network& network = small.network;
  for (NodeId from : small.nodes) {
    for (NodeId found : {network.lookup(from, text), network.lookup_in(from, text)}) {
      if (!found) continue;
      check(network.find(found) != nullptr, "what is found exists", text);
      check(network.lookup(from, network.path(found)) == found, "a path finds what it names", network.path(found));
    }
    for (bool bare_is_child : {false, true}) {
      const std::vector<NodeId> matches = network.match(from, text, bare_is_child);
      check(std::set(matches.begin(), matches.end()).size() == matches.size(), "nothing matches twice", text);
      for (NodeId match : matches) check(network.find(match) != nullptr, "what matches exists", text);
    }
  }
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  std::vector<std::string> lines = fuzz::lines_of(fuzz::text_of(data, size));
  lines.resize(std::max<std::size_t>(lines.size(), 2));
  check_channels(lines[0], lines[1], {lines.begin() + 2, lines.end()});
  expand_names(lines[0]);
  check_paths(lines[0]);
  check_paths(lines[1]);
  return 0;
}
