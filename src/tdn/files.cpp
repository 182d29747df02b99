// Documents in files, and files that refer to others.
#include <fmt/format.h>

#include <algorithm>
#include <fstream>
#include <iterator>
#include <map>

#include "tdn/read.h"

namespace cookline::tdn {
namespace {

namespace fs = std::filesystem;

Result<std::string> read_file(const fs::path& path, const ReadLimits& limits) {
  std::error_code code;
  const fs::file_status status = fs::status(path, code);
  if (!fs::exists(status)) return project_error(path.string(), "there is no such file");
  // A pipe or a device could keep us waiting for ever.
  if (!fs::is_regular_file(status)) return project_error(path.string(), "this is no file");
  std::ifstream file(path, std::ios::binary);
  if (!file) return failure(path.string(), "the file cannot be opened", "check its permissions");
  // One byte more than allowed is enough to see that there are too many.
  std::string text;
  char buffer[1 << 16];
  while (text.size() <= limits.bytes && file.read(buffer, sizeof buffer).gcount() > 0)
    text.append(buffer, std::size_t(file.gcount()));
  if (file.bad()) return failure(path.string(), "the file cannot be read");
  return text;
}

class RefResolver {
 public:
  explicit RefResolver(const RefLimits& limits) : limits_(limits) {}

  Status resolve(Document& document) {
    chain_.push_back(fs::weakly_canonical(document.file, code_));
    const Result<std::size_t> total = fill(document.file, document.root);
    chain_.pop_back();
    return total ? Status() : Status(total.error());
  }

 private:
  struct Loaded {
    std::shared_ptr<const Document> document;
    std::size_t operators = 0;  // with all that it refers to
  };

  // Loads the references below an operator; gives the number of operators, those of references included.
  Result<std::size_t> fill(const std::string& file, Operator& op) {
    std::size_t total = 1;
    for (Operator& child : op.children) {
      Result<std::size_t> below = fill(file, child);
      if (!below) return below;
      total += *below;
    }
    if (op.tdn_ref) {
      const Result<Loaded> loaded = load(file, *op.tdn_ref, op.name.value);
      if (!loaded) return loaded.error();
      op.content = loaded->document;
      total += loaded->operators;
    }
    if (total > limits_.operators)
      return project_error(
          place_text(file, op.place),
          fmt::format("the network has more than {} operators, references included", limits_.operators));
    return total;
  }

  Result<Loaded> load(const std::string& file, const Text& ref, const std::string& name) {
    const std::string where = fmt::format("{} {}.tdn_ref", place_text(file, ref.place), name);
    const fs::path path = find(file, ref.value);
    if (path.empty())
      return project_error(
          where, fmt::format("there is no file {} beside {} or in a folder above", in_quotes(ref.value), file));
    if (std::find(chain_.begin(), chain_.end(), path) != chain_.end())
      return project_error(where,
                           fmt::format("the reference to {} leads back to a file it is part of", in_quotes(ref.value)));
    if (const auto known = loaded_.find(path); known != loaded_.end()) return known->second;
    if (chain_.size() > limits_.depth)
      return project_error(where, fmt::format("more than {} files refer to one another in a row", limits_.depth));

    Result<Document> document = read_document(path, limits_.file);
    if (!document) return document.error();
    chain_.push_back(path);
    const Result<std::size_t> total = fill(document->file, document->root);
    chain_.pop_back();
    if (!total) return total.error();
    return loaded_[path] = Loaded{std::make_shared<const Document>(std::move(*document)), *total};
  }

  // The file, as a canonical path; empty if there is none. Embody's references are relative to the folder of the
  // project, which is one above the file.
  fs::path find(const std::string& file, const std::string& ref) {
    fs::path folder = fs::absolute(file, code_).parent_path();
    while (true) {
      const fs::path path = folder / ref;
      if (fs::exists(path, code_)) return fs::canonical(path, code_);
      if (folder == folder.parent_path()) return {};
      folder = folder.parent_path();
    }
  }

  RefLimits limits_;
  std::vector<fs::path> chain_;  // from the document to the file being read
  std::map<fs::path, Loaded> loaded_;
  std::error_code code_;  // of file system calls whose result says enough
};

}  // namespace

Result<Document> read_document(const fs::path& path, const ReadLimits& limits) {
  const Result<std::string> text = read_file(path, limits);
  if (!text) return text.error();
  return read_document_text(*text, path.string(), limits);
}

Status resolve_refs(Document& document, const RefLimits& limits) { return RefResolver(limits).resolve(document); }

}  // namespace cookline::tdn
