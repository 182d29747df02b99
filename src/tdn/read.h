// TDN text and files to documents.
#pragma once
#include <filesystem>
#include <string>
#include <string_view>

#include "base/result.h"
#include "tdn/document.h"
#include "tdn/read_node.h"

namespace cookline::tdn {

// Reads a document of version 1.0 to 2.1, `format: tdn` or `tdxn`, YAML or JSON, or the list of operators alone. Older
// forms of flags, connections, parameter values and pages become today's. A malformed field is an error, the first
// one is given; unknown fields are kept. `file` names the text in errors.
Result<Document> read_document_text(std::string_view text, const std::string& file, const ReadLimits& limits = {});

// Reads a file. It must be a regular file.
Result<Document> read_document(const std::filesystem::path& path, const ReadLimits& limits = {});

struct RefLimits {
  std::size_t depth = 32;             // files that refer to one another in a row
  std::size_t operators = 1'000'000;  // of the document with everything it refers to, each time it does
  ReadLimits file;
};

// Reads the files that operators name as `tdn_ref` into their `content`, and those that these name. A reference is
// looked for beside the file that holds it, then in each folder above. Files used twice are read once. Errors: missing
// or broken files, references in a circle, limits.
Status resolve_refs(Document& document, const RefLimits& limits = {});

}  // namespace cookline::tdn
