// Reading whole files, and the one place where the system's error numbers become sentences.
#pragma once
#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <string_view>
#include <vector>

#include "base/hash.h"
#include "base/result.h"

namespace cookline {

// The whole content of a regular file. Errors: missing, a folder, no permission, larger than max_bytes.
Result<std::vector<std::byte>> read_file_bytes(const std::filesystem::path& path, std::size_t max_bytes);

// What tells a file from others, read block by block: files may be larger than memory.
struct FileDigest {
  Key hash;                     // hash_bytes() of all of it
  std::uint64_t bytes = 0;      // its size
  std::vector<std::byte> head;  // its first 64 bytes, or all there are
};

// Errors: those of read_file_bytes() but for the size.
Result<FileDigest> digest_file(const std::filesystem::path& path);

// What went wrong with `path` when the system said `error` (an errno value). `action` completes "cannot be …":
// "read", "written". Names the folder, limit or free space that matters.
Error file_error(const std::filesystem::path& path, std::string_view action, int error);

}  // namespace cookline
