// Inside the tdn layer: parameters of a document to those of one operator of a network.
#pragma once
#include <string>
#include <vector>

#include "base/result.h"
#include "graph/network.h"
#include "tdn/document.h"

namespace cookline::tdn {

// The operator that is being filled, and the file it comes from.
struct Target {
  Network& network;
  NodeId id;
  const std::string& file;

  // An error of the network, with the place in the file instead of the path alone.
  Error at(Place place, const std::string& field, const Error& cause) const;
};

// Makes custom parameters, replacing those of the same name, and gives them their values. A page's template must have
// been resolved. The blocks of custom sequences are made for as many as `sequences` name, at least one.
Status load_custom_pars(const Target& target, const std::vector<Page>& pages, const std::vector<Sequence>& sequences);

// Sizes the built-in sequences, and sets the parameters of all blocks.
Status load_sequences(const Target& target, const std::vector<Sequence>& sequences);

// Sets parameters.
Status load_parameters(const Target& target, const std::vector<NamedPar>& parameters);

}  // namespace cookline::tdn
