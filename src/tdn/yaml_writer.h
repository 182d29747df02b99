// A tree of values to YAML text in the form TDN files have: block style, short vectors of numbers in one line, texts of
// several lines as literal blocks, quotes exactly where a YAML 1.1 reader would otherwise see something else.
#pragma once
#include <string>

#include "tdn/node.h"

namespace cookline::tdn {

// The text of a document whose root is the node; ends with one newline. read_yaml() reads back an equal tree.
std::string to_yaml(const Node& root);

}  // namespace cookline::tdn
