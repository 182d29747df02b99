// Inside the tdn layer: parameters of an operator of a network as a document has them.
#pragma once
#include <vector>

#include "graph/node.h"
#include "tdn/pars.h"

namespace cookline::tdn {

// Built-in parameters that are not at their default, without those of sequences.
std::vector<NamedPar> saved_parameters(const cookline::Node& node);

// Sequences, built-in and custom, whose number of blocks or values are not the default.
std::vector<Sequence> saved_sequences(const cookline::Node& node);

// Pages of custom parameters; the parameters of a custom sequence are defined once.
std::vector<Page> saved_pages(const cookline::Node& node);

}  // namespace cookline::tdn
