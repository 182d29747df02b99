// Networks to documents.
#pragma once
#include <string>
#include <vector>

#include "base/result.h"
#include "graph/network.h"
#include "tdn/document.h"

namespace cookline::tdn {

// What the header says of the writer; empty texts leave what the document was loaded with.
struct SaveHeader {
  std::string generator;    // "Cookline/0.1.0"
  std::string exported_at;  // ISO 8601, UTC
};

// The document of a component: what differs from the defaults of the types, and what load_document() kept of the
// document it came from. Components with files of their own are named by tdn_ref, without their contents. Type defaults
// and templates are not sought: every operator says what it has. The version is 2.0, or 2.1 where values per component
// need it. Export mode is not part of the format: such a parameter is written with its constant value.
Document document_of(const Network& network, NodeId component, const SaveHeader& header = {});

struct SavedFile {
  std::string path, text;
};

// The texts of a component's file and of all files that hold parts of it, outer ones first. Nothing is written. It is
// an error if two components share a file and differ.
Result<std::vector<SavedFile>> save_texts(const Network& network, NodeId component, const std::string& path,
                                          const SaveHeader& header = {});

}  // namespace cookline::tdn
