// Inside the tdn layer: definitions of custom parameters as a document has them (one for a group of components) and as
// a network has them (one for each component).
#pragma once
#include <span>
#include <string>
#include <vector>

#include "base/result.h"
#include "graph/node.h"
#include "tdn/pars.h"

namespace cookline::tdn {

// One for each component. Errors name the field of the definition in `where`; nothing else is in it.
Result<std::vector<ParInfo>> par_infos(const CustomPar& par, const std::string& page);

// Fields of a definition that par_infos() has no place for, as a map; empty if there are none.
Node remaining_fields(const CustomPar& par);

// The definition, with values, of the components of a group. `remaining` is what remaining_fields() gave. Ranges,
// defaults and labels that need not be said are left out.
CustomPar custom_par_of(std::span<const Parameter* const> components, const Node& remaining);

// The value of a parameter as a document has it: menu items by name, numbers, text, truth values, code.
ParValue par_value_of(const Parameter& par);

}  // namespace cookline::tdn
