// Documents to networks.
#pragma once
#include <filesystem>
#include <vector>

#include "base/result.h"
#include "graph/network.h"
#include "tdn/document.h"

namespace cookline::tdn {

// Puts the component that a document describes into a network: at the document's network_path, whose components are
// made as far as they are missing, or into the root for "/" and for documents without a path. References must have been
// resolved (resolve_refs). Gives the component.
//
// An operator of a type that the registry has not becomes a placeholder that keeps its data, and a component keeps
// parameters that it has not (those of TouchDesigner's panels), with a warning unless they look like slips. Errors name
// file, line and column: unknown parameters, values that do not fit, sources of wires that are not there, illegal
// names. What the network has no place for (header, unknown fields) is kept with the operators, so that saving writes
// it again. After an error the network is incomplete.
Result<NodeId> load_document(const Document& document, Network& network, std::vector<Warning>& warnings);

// Reads a file with all it refers to, and loads it.
Status load_file(const std::filesystem::path& path, Network& network, std::vector<Warning>& warnings);

}  // namespace cookline::tdn
