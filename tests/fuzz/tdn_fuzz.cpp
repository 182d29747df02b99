// Any bytes as a TDN document: reading must end in a document or an error with a place; a document must survive being
// written and read again; a network made of it must survive being saved and loaded.
#include <cstdint>
#include <string_view>

#include "fuzz.h"
#include "ops/list.h"
#include "tdn/load.h"
#include "tdn/read.h"
#include "tdn/save.h"
#include "tdn/write.h"

namespace {

using cookline::fuzz::check;

// A network of the document; without references, which would be read from the fuzzer's own disk.
void check_network(const cookline::tdn::Document& document) {
  using namespace cookline;
  using namespace cookline::tdn;
  static const Registry registry(all_operators());
  Network network(registry);
  std::vector<Warning> warnings;
  const Result<NodeId> component = load_document(document, network, warnings);
  if (!component) return check(component.error().where.starts_with("fuzz.tdn"), "an error of loading names its place");
  const std::string saved = write_document(document_of(network, *component));
  const Result<Document> again = read_document_text(saved, "saved.tdn");
  check(bool(again), "what is saved can be read", again ? "" : to_string(again.error()) + "\n" + saved);
  Network second(registry);
  const Result<NodeId> reloaded = load_document(*again, second, warnings);
  check(bool(reloaded), "what is saved can be loaded", reloaded ? "" : to_string(reloaded.error()) + "\n" + saved);
  const std::string twice = write_document(document_of(second, *reloaded));
  check(twice == saved, "saving is stable", saved + "\n--- second\n" + twice);
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace cookline;
  using namespace cookline::tdn;
  const std::string_view text = fuzz::text_of(data, size);
  const Result<Document> document =
      read_document_text(text, "fuzz.tdn", {.nodes = 100'000, .expanded_bytes = 16u << 20});
  if (!document) {
    check(document.error().where.starts_with("fuzz.tdn"), "an error names its place");
    check(!document.error().what.empty(), "an error says what is wrong");
    return 0;
  }
  const std::string written = write_document(*document);
  const Result<Document> again = read_document_text(written, "again.tdn");
  check(bool(again), "what is written can be read", again ? "" : to_string(again.error()) + "\n" + written);
  check(*again == *document, "what is written reads back equal", written);
  check(write_document(*again) == written, "writing is stable");
  check_network(*document);
  return 0;
}
