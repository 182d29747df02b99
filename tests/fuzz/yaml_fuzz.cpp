// Any tree of values, and any text that is read as one: what the YAML writer makes must read back equal and be written
// the same again. The first byte chooses between the two.
#include <fuzzer/FuzzedDataProvider.h>

#include "fuzz.h"
#include "tdn/read_node.h"
#include "tdn/yaml_writer.h"

namespace {
using namespace cookline;
using namespace cookline::tdn;
using fuzz::check;

// Text as files may hold it: YAML readers refuse bytes that are no UTF-8 and control characters, so these become
// others.
std::string any_text(FuzzedDataProvider& bytes) {
  constexpr std::string_view characters = "\n\t '\"#:-?,[]{}&*!|>%@`~<=.0123456789+eExX_abcntfyonTNuse/\\";
  std::string text;
  for (std::size_t left = bytes.ConsumeIntegralInRange<std::size_t>(0, 40); left > 0; --left) {
    const auto at = bytes.ConsumeIntegralInRange<std::size_t>(0, characters.size() + 3);
    if (at < characters.size())
      text += characters[at];
    else
      text += std::string_view(at % 2 ? "\u00e9" : "\U0001F600");
  }
  return text;
}

tdn::Node any_node(FuzzedDataProvider& bytes, int depth) {
  switch (bytes.ConsumeIntegralInRange(0, depth > 0 ? 6 : 4)) {
    case 0:
      return null_node();
    case 1:
      return boolean_node(bytes.ConsumeBool());
    case 2:
      return integer_node(bytes.ConsumeIntegral<std::int64_t>());
    case 3:
      return real_node(bytes.ConsumeFloatingPoint<double>());
    case 4:
      return text_node(any_text(bytes));
    case 5: {
      tdn::Node list = list_node();
      for (int left = bytes.ConsumeIntegralInRange(0, 6); left > 0; --left)
        list.items.push_back(any_node(bytes, depth - 1));
      return list;
    }
    default:
      break;
  }
  tdn::Node map = map_node();
  for (int left = bytes.ConsumeIntegralInRange(0, 6); left > 0; --left)
    if (std::string key = any_text(bytes); !map.find(key))
      map.entries.push_back({std::move(key), {}, any_node(bytes, depth - 1)});
  return map;
}

void check_round_trip(const tdn::Node& root) {
  const std::string written = to_yaml(root);
  const Result<tdn::Node> again = read_yaml(written, "written");
  check(bool(again), "what is written can be read", written + (again ? "" : "\n" + to_string(again.error())));
  check(*again == root, "what is written reads back equal", written);
  check(to_yaml(*again) == written, "writing is stable", written + "\n---\n" + to_yaml(*again));
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  if (size == 0) return 0;
  if (data[0] % 2) {
    FuzzedDataProvider bytes(data + 1, size - 1);
    check_round_trip(any_node(bytes, 5));
    return 0;
  }
  const Result<tdn::Node> root =
      read_node(fuzz::text_of(data + 1, size - 1), "fuzz", {.nodes = 100'000, .expanded_bytes = 16u << 20});
  if (root)
    check_round_trip(*root);
  else
    check(root.error().where.starts_with("fuzz"), "an error names its place", to_string(root.error()));
  return 0;
}
