// Any bytes as a TDN document: reading must end in a document or an error with a place; a document must survive being
// written and read again, and applying its defaults and templates must end too.
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <string_view>

#include "tdn/read.h"
#include "tdn/resolve.h"
#include "tdn/write.h"

namespace {

void check(bool holds, const char* what) {
  if (holds) return;
  std::fprintf(stderr, "broken promise: %s\n", what);
  std::abort();
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace cookline;
  using namespace cookline::tdn;
  const std::string_view text(reinterpret_cast<const char*>(data), size);
  const Result<Document> document = read_document_text(text, "fuzz.tdn", {.nodes = 100'000, .expanded_bytes = 16u << 20});
  if (!document) {
    check(document.error().where.starts_with("fuzz.tdn"), "an error names its place");
    check(!document.error().what.empty(), "an error says what is wrong");
    return 0;
  }
  const std::string written = write_document(*document);
  const Result<Document> again = read_document_text(written, "again.tdn");
  if (!again) std::fprintf(stderr, "%s\n%s\n", to_string(again.error()).c_str(), written.c_str());
  check(bool(again), "what is written can be read");
  if (!(*again == *document)) std::fprintf(stderr, "%s\n", written.c_str());
  check(*again == *document, "what is written reads back equal");
  check(write_document(*again) == written, "writing is stable");
  const Result<Document> full = resolved(*document, 100'000);
  if (full) check(full->type_defaults.empty() && full->par_templates.empty(), "defaults and templates are used up");
  return 0;
}
