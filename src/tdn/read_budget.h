// What reading one text has used up of its limits, and small helpers shared by the YAML and the JSON reader.
#pragma once
#include <cstddef>
#include <optional>
#include <string_view>
#include <vector>

#include "tdn/read_node.h"

namespace cookline::tdn {

// Number of values and bytes of text in a tree.
struct NodeSize {
  std::size_t nodes = 0, bytes = 0;
};
NodeSize size_of(const Node& node);

class ReadBudget {
 public:
  explicit ReadBudget(const ReadLimits& limits) : limits_(limits) {}
  // Takes from what is left; false if there is not enough.
  bool take(NodeSize size);
  const ReadLimits& limits() const { return limits_; }
  // Says which limit was hit.
  std::string spent_message() const;

 private:
  ReadLimits limits_;
  NodeSize used_;
};

// Line and column of a byte of the text.
Place place_of(std::string_view text, std::size_t offset);

// Offset of the first byte that is not valid UTF-8 (surrogates and overlong forms are not), or nothing.
std::optional<std::size_t> invalid_utf8(std::string_view text);

// Keeps the last of equal keys, at the place in the order of the first.
void keep_last_of_equal_keys(std::vector<Entry>& entries);

}  // namespace cookline::tdn
