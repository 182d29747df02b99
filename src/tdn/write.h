// Documents to TDN text (YAML, version 2.0).
#pragma once
#include <string>

#include "tdn/document.h"

namespace cookline::tdn {

// The document as values, in the order of fields in which Embody writes them; unknown fields stand where they stood.
Node to_node(const Document& document);

// The document as YAML. Reading it gives an equal document. Comments of the file it came from are not part of it.
// What is said in type_defaults and templates is written as it is; nothing is moved there that was not.
// TD differs: numbers are exact, where Embody rounds to ten decimal places.
std::string write_document(const Document& document);

}  // namespace cookline::tdn
