#include "render/file_name.h"

#include <fmt/format.h>

#include <algorithm>
#include <set>
#include <system_error>

#include "base/text.h"
#include "io/atomic_file.h"
#include "io/image_file.h"
#include "io/movie_format.h"

namespace cookline {
namespace fs = std::filesystem;

Result<std::string> complete_name(const std::string& file, std::string_view suffix, std::string_view extension) {
  const bool single = std::count(suffix.begin(), suffix.end(), '.') == 1;
  std::error_code ignored;
  if (file.empty()) return std::string(suffix);
  if (file.ends_with(suffix)) {
    // "look0.0.jpg" ends with the suffix by being made with it; so does "10.0.jpg", made of "1" and "0.0.jpg".
    return file;
  }
  if (file.ends_with('/') || fs::is_directory(file, ignored))
    return file + (file.ends_with('/') ? "" : "/") + std::string(suffix);
  if (is_movie_name("x." + std::string(extension)) && is_movie_name(file)) return file;
  const auto named = image_file_type_of(file);
  if (!named) return file + "." + std::string(suffix);
  const auto wanted = image_file_type_of("x." + std::string(extension));
  if (wanted && named != wanted)
    return project_error({},
                         fmt::format("the file name '{}' is that of a {} image, but Image File Type is {}", file,
                                     info(*named).label, info(*wanted).label),
                         "make the two agree");
  if (single) return file;
  return fs::path(file).replace_extension().string() + "." + std::string(suffix);
}

Result<fs::path> place_name(const OutputFolder& folder, const std::string& name) {
  if (name.find('\0') != std::string::npos) return project_error({}, "the file name has a zero byte in it");
  const fs::path given(name);
  const fs::path path = given.is_absolute() ? given : folder.path / given;
  const bool free = given.is_absolute() && !folder.confined;
  if (!free && !is_inside(folder.path, path))
    return project_error(name, fmt::format("this name leaves the output folder '{}'", folder.path.string()),
                         folder.confined ? "give another --out, or a name inside it" : "give the folder with --out");
  return path.lexically_normal();
}

std::int64_t first_free_take(const fs::path& image, std::int64_t n) {
  // "look.3.0.jpg" for n = 3: every name that begins with "look.M." or is "look.M.ext" takes M.
  const std::string name = image.filename().string();
  const std::string number = std::to_string(n);
  const std::size_t last = image.stem().string().rfind('.');
  std::string stem = image.stem().string();
  if (stem.size() < number.size()) return n;
  if (!stem.ends_with(number) || (last != std::string::npos && stem.substr(0, last).ends_with(number)))
    stem = stem.substr(0, last);
  const std::string prefix = stem.substr(0, stem.size() - std::min(stem.size(), number.size()));
  std::set<std::int64_t> taken;
  std::error_code error;
  const fs::path folder = image.has_parent_path() ? image.parent_path() : fs::path(".");
  for (fs::directory_iterator it(folder, error), end; !error && it != end; it.increment(error)) {
    const std::string other = it->path().filename().string();
    if (!other.starts_with(prefix)) continue;
    const std::size_t dot = other.find('.', prefix.size());
    if (dot == std::string::npos || dot == prefix.size()) continue;
    const std::string digits = other.substr(prefix.size(), dot - prefix.size());
    if (std::all_of(digits.begin(), digits.end(), [](char c) { return c >= '0' && c <= '9'; }) && digits.size() < 18)
      taken.insert(std::stoll(digits));
  }
  while (taken.contains(n)) ++n;
  return n;
}

}  // namespace cookline
