// Type defaults and templates applied: the document as an engine wants it.
#pragma once
#include <cstddef>

#include "base/result.h"
#include "tdn/document.h"

namespace cookline::tdn {

// Gives every operator what type_defaults say of its type (parameters one by one, flags, size, color and tags where the
// operator has none of its own), and every page made from a template its definitions with the values of the page. The
// result has neither type_defaults nor par_templates. Documents in `content` are left as they are.
// Errors: an unknown template, a value for a parameter that the template has not, more than `most_values` values.
Result<Document> resolved(Document document, std::size_t most_values = 2'000'000);

}  // namespace cookline::tdn
