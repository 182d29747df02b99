// Where an image goes: from a sink's File parameter to a path, inside the output folder or refused.
#pragma once
#include <cstdint>
#include <filesystem>
#include <string>
#include <string_view>

#include "base/result.h"

namespace cookline {

struct OutputFolder {
  std::filesystem::path path = ".";  // relative names start here
  bool confined = false;             // absolute names must lie inside it too (the option --out)
};

// The File parameter with the image's suffix ("0.12.jpg") where it lacks one: "", "dir/", "name", "name.jpg" become
// "0.12.jpg", "dir/0.12.jpg", "name.0.12.jpg", "name.0.12.jpg". A single image ("0.jpg") keeps "name.jpg" as it is, a
// movie ("0.mov") any name of a movie.
// Errors: an extension of another image type than `extension`.
Result<std::string> complete_name(const std::string& file, std::string_view suffix, std::string_view extension);

// The path of a completed name. Errors: it leaves the output folder.
Result<std::filesystem::path> place_name(const OutputFolder& folder, const std::string& name);

// The first take number from `n` on for which nothing exists yet: no file in the folder of `path_of(n)` whose name
// begins like that take's images do ("look.3." of look.3.0.jpg).
std::int64_t first_free_take(const std::filesystem::path& image_of_take_n, std::int64_t n);

}  // namespace cookline
