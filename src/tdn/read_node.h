// Text to a positioned tree of values: YAML 1.1 as PyYAML's SafeLoader reads it, and JSON. Broken or hostile text gives
// an error that names the place; time and memory stay in proportion to the text and below the limits.
#pragma once
#include <cstddef>
#include <string_view>

#include "base/result.h"
#include "tdn/node.h"

namespace cookline::tdn {

struct ReadLimits {
  std::size_t bytes = 64u << 20;            // of the text
  std::size_t depth = 200;                  // lists and maps inside each other
  std::size_t nodes = 1'000'000;            // values, those repeated by aliases included
  std::size_t expanded_bytes = 256u << 20;  // text of all values, that repeated by aliases included
};

// Reads one document. Text that begins with `{` or `[` (behind a byte order mark and blanks) is read as JSON, and if it
// is none, as YAML; other text as YAML. `file` names the text in errors: "show.tdn:12:7".
Result<Node> read_node(std::string_view text, std::string_view file, const ReadLimits& limits = {});

// "show.tdn:12:7", or the file alone where the place is unknown.
std::string place_text(std::string_view file, Place place);

// YAML: anchors, aliases and merge keys (`<<`) are expanded; of equal keys the last counts; tags other than YAML's own
// str, int, float, bool, null, seq and map are errors.
Result<Node> read_yaml(std::string_view text, std::string_view file, const ReadLimits& limits = {});

// JSON (RFC 8259), and NaN, Infinity and -Infinity as Python writes them; of equal keys the last counts.
Result<Node> read_json(std::string_view text, std::string_view file, const ReadLimits& limits = {});

}  // namespace cookline::tdn
