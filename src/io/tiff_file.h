// A file as libtiff sees it, shared by reading and writing.
#pragma once
#include <tiffio.h>

#include <cstddef>
#include <memory>
#include <span>
#include <string>
#include <vector>

#include "io/file_bytes.h"

namespace cookline {

// A file that libtiff reads from disk or memory, or writes in memory, and the first error it met.
struct TiffFile {
  const InputFile* disk = nullptr;    // when reading a file
  std::span<const std::byte> source;  // when reading in memory
  std::vector<std::byte> written;     // when writing
  std::size_t at = 0;
  bool writing = false;
  std::string error;
  bool ends_early = false;  // more was read than there is: libtiff does without some tags, but the file is not whole

  bool damaged() const { return ends_early || !error.empty(); }

  std::size_t size() const { return writing ? written.size() : disk ? std::size_t(disk->size()) : source.size(); }

  // How many bytes there are at `at`; a file that cannot be read ends there.
  std::size_t read(std::span<std::byte> to);
};

struct CloseTiff {
  void operator()(TIFF* tiff) const { TIFFClose(tiff); }
};
using Tiff = std::unique_ptr<TIFF, CloseTiff>;

// `mode` is libtiff's: "rm" or "wl". Null if the file is no TIFF; `file` then says why.
Tiff open_tiff(TiffFile& file, const char* mode);

}  // namespace cookline
