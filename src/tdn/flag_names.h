// Inside the tdn layer: the flags of a network that documents name. `export` is not in the format; readers ignore it.
#pragma once
#include <string_view>

#include "graph/node.h"

namespace cookline::tdn {

struct FlagName {
  std::string_view name;
  bool Flags::*member;
};
inline constexpr FlagName flag_names[] = {{"bypass", &Flags::bypass},
                                          {"lock", &Flags::lock},
                                          {"display", &Flags::display},
                                          {"render", &Flags::render},
                                          {"viewer", &Flags::viewer},
                                          {"expose", &Flags::expose},
                                          {"allowCooking", &Flags::allow_cooking},
                                          {"export", &Flags::export_channels}};

}  // namespace cookline::tdn
