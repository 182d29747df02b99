// Inside the tdn layer: parts of a document that a network does not understand, kept as JSON in its operators' `extra`.
// Keys without a slash are unknown fields of the operator; the others say what they belong to.
#pragma once
#include <optional>
#include <string>
#include <string_view>

#include "graph/node.h"
#include "tdn/node.h"

namespace cookline::tdn {

inline constexpr std::string_view keep_document = "/document";        // header of the document the component came from
inline constexpr std::string_view keep_fields = "/fields";            // fields of the operator without a member in it
inline constexpr std::string_view keep_custom_par = "/custom_pars/";  // + name: further fields of its definition
inline constexpr std::string_view keep_input = "/inputs/";            // + index: further fields of the connection
inline constexpr std::string_view keep_comp_input = "/comp_inputs/";

// Sets or replaces; an empty map removes.
void keep(cookline::Node& node, std::string_view key, const Node& value);
// What was kept under a key, or nothing.
std::optional<Node> kept(const cookline::Node& node, std::string_view key);
// A JSON text as a value, an empty map if it is none.
Node parse_kept(std::string_view json);

}  // namespace cookline::tdn
