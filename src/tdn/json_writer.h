// Values to JSON text in one line, and back: how parts of a document that the network does not understand are kept in
// it.
#pragma once
#include <string>

#include "tdn/node.h"

namespace cookline::tdn {

// read_json() gives an equal value. Infinity and NaN are written as Python does.
std::string to_json(const Node& node);

}  // namespace cookline::tdn
