// Which image files make up a sequence: those of a folder, or those that a pattern of names matches, in the order of
// their numbers.
#pragma once
#include <cstdint>
#include <filesystem>
#include <optional>
#include <string_view>
#include <vector>

#include "base/result.h"

namespace cookline {

struct SequenceFile {
  std::filesystem::path path;
  std::optional<std::int64_t> number;  // the last run of digits in its name
  bool missing = false;                // there is no such file, but there are those before and behind it
};

// Whether a name stands for several files: it has *, ?, a run of # or a %d, %4d, %04d.
bool is_sequence_pattern(std::string_view name);

// The images of a folder, or those that a pattern in the last part of a path matches, in natural order: digits compare
// as numbers, so 2 comes before 10. Of a folder, images without a number are left out where others have one, and so are
// contact sheets.
// Where the names of a group differ in their number alone and most numbers from the first to the last are there (in
// steps of their greatest common divisor), the others are in the list too, as missing.
// Errors: no such folder, no image in it, a pattern that matches none.
Result<std::vector<SequenceFile>> list_sequence(const std::filesystem::path& path);

// Whether a sorts before b as people count.
bool natural_less(std::string_view a, std::string_view b);

}  // namespace cookline
