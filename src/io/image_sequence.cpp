#include "io/image_sequence.h"

#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <numeric>
#include <string>

#include "base/text.h"
#include "io/image_file.h"

namespace cookline {
namespace fs = std::filesystem;
namespace {

constexpr std::size_t most_digits = 18;  // of a number in a name
constexpr std::size_t most_files = 10'000'000;

bool is_digit(char c) { return c >= '0' && c <= '9'; }

// A name as text before its last number, the digits, and text behind it: "0.12.png" is "0.", "12", ".png".
struct Numbered {
  std::string before, digits, behind;
};

Numbered split_number(const std::string& name) {
  const std::size_t dot = name.rfind('.');
  std::size_t end = dot == std::string::npos ? name.size() : dot;
  while (end > 0 && !is_digit(name[end - 1])) --end;
  std::size_t begin = end;
  while (begin > 0 && is_digit(name[begin - 1]) && end - begin < most_digits) --begin;
  return {name.substr(0, begin), name.substr(begin, end - begin), name.substr(end)};
}

// %d, %4d or %04d at the beginning of `text`: its length, 0 if there is none, and the least number of digits.
std::size_t percent_field(std::string_view text, std::size_t& digits) {
  std::size_t at = 1;
  while (at < text.size() && is_digit(text[at])) ++at;
  if (text.empty() || text[0] != '%' || at > 4 || at >= text.size() || text[at] != 'd') return 0;
  digits = 1;
  if (at > 1) digits = std::max<std::size_t>(1, std::size_t(*parse_number(text.substr(1, at - 1))));
  return at + 1;
}

// The digits at the beginning of `name`, for a field of at least `least`; longer ones have no leading zero.
std::size_t digits_for_field(std::string_view name, std::size_t least) {
  std::size_t n = 0;
  while (n < name.size() && is_digit(name[n])) ++n;
  return n < least || (n > least && name[0] == '0') ? 0 : n;
}

bool matches(std::string_view pattern, std::string_view name) {
  if (pattern.empty()) return name.empty();
  std::size_t digits = 1;
  if (const std::size_t field = percent_field(pattern, digits)) {
    const std::size_t n = digits_for_field(name, digits);
    return n > 0 && matches(pattern.substr(field), name.substr(n));
  }
  if (pattern[0] == '#') {
    const std::size_t field = std::min(pattern.find_first_not_of('#'), pattern.size());
    const std::size_t n = digits_for_field(name, field);
    return n > 0 && matches(pattern.substr(field), name.substr(n));
  }
  if (pattern[0] == '*') {
    for (std::size_t skip = 0; skip <= name.size(); ++skip)
      if (matches(pattern.substr(1), name.substr(skip))) return true;
    return false;
  }
  return !name.empty() && (pattern[0] == '?' || pattern[0] == name[0]) && matches(pattern.substr(1), name.substr(1));
}

struct Group {
  Numbered shape;  // of its first file
  std::vector<std::int64_t> numbers;
};

// The name that number `n` of a group would have, with as many digits as the first file.
std::string name_of(const Group& group, std::int64_t n) {
  return fmt::format("{}{:0{}}{}", group.shape.before, n, group.shape.digits.size(), group.shape.behind);
}

// Adds what is missing between the first and the last number.
void add_missing(const Group& group, const fs::path& folder, std::vector<SequenceFile>& files) {
  std::vector<std::int64_t> numbers = group.numbers;
  std::sort(numbers.begin(), numbers.end());
  std::int64_t step = 0;
  for (std::size_t i = 1; i < numbers.size(); ++i) step = std::gcd(step, numbers[i] - numbers[i - 1]);
  if (step == 0) return;
  const std::int64_t places = (numbers.back() - numbers.front()) / step + 1;
  if (places >= 2 * std::int64_t(numbers.size())) return;
  for (std::size_t i = 1; i < numbers.size(); ++i)
    for (std::int64_t n = numbers[i - 1] + step; n < numbers[i]; n += step)
      files.push_back({folder / name_of(group, n), n, true});
}

void add_all_missing(const fs::path& folder, std::vector<SequenceFile>& files) {
  std::map<std::pair<std::string, std::string>, Group> groups;
  for (const SequenceFile& file : files) {
    if (!file.number) continue;
    Numbered shape = split_number(file.path.filename().string());
    Group& group = groups[{shape.before, shape.behind}];
    const bool shortest = group.numbers.empty() || shape.digits.size() < group.shape.digits.size();
    if (shortest) group.shape = shape;
    group.numbers.push_back(*file.number);
  }
  for (const auto& [names, group] : groups) add_missing(group, folder, files);
}

// The images of a folder whose names the pattern matches; all, if it is empty.
Result<std::vector<SequenceFile>> find_files(const fs::path& folder, const std::string& pattern) {
  std::error_code failed;
  std::vector<SequenceFile> files;
  fs::directory_iterator entry(folder, failed);
  for (; !failed && entry != fs::directory_iterator(); entry.increment(failed)) {
    const std::string name = entry->path().filename().string();
    const bool wanted =
        pattern.empty() ? !name.starts_with('.') && !name.starts_with("contact-sheet.") : matches(pattern, name);
    std::error_code ignored;
    if (!wanted || !image_file_type_of(name) || entry->is_directory(ignored)) continue;
    if (files.size() == most_files) return project_error(folder.string(), "holds more images than can be listed");
    const std::string digits = split_number(name).digits;
    files.push_back({entry->path(), digits.empty() ? std::nullopt : std::optional(std::stoll(digits))});
  }
  if (!failed) return files;
  Error error = project_error(folder.string(), fmt::format("the folder cannot be read: {}", failed.message()));
  error.missing = true;
  return error;
}

}  // namespace

bool is_sequence_pattern(std::string_view name) {
  if (name.find_first_of("*?#") != std::string_view::npos) return true;
  std::size_t digits = 0;
  for (std::size_t at = name.find('%'); at != std::string_view::npos; at = name.find('%', at + 1))
    if (percent_field(name.substr(at), digits)) return true;
  return false;
}

bool natural_less(std::string_view a, std::string_view b) {
  std::size_t i = 0, j = 0;
  while (i < a.size() && j < b.size()) {
    if (!is_digit(a[i]) || !is_digit(b[j])) {
      if (a[i] != b[j]) return a[i] < b[j];
      ++i, ++j;
      continue;
    }
    std::size_t end_a = i, end_b = j;
    while (end_a < a.size() && is_digit(a[end_a])) ++end_a;
    while (end_b < b.size() && is_digit(b[end_b])) ++end_b;
    while (i < end_a && a[i] == '0') ++i;
    while (j < end_b && b[j] == '0') ++j;
    if (end_a - i != end_b - j) return end_a - i < end_b - j;
    if (const int order = a.substr(i, end_a - i).compare(b.substr(j, end_b - j)); order != 0) return order < 0;
    i = end_a, j = end_b;
  }
  if ((i < a.size()) != (j < b.size())) return j < b.size();
  return a < b;  // they differ in leading zeros alone
}

Result<std::vector<SequenceFile>> list_sequence(const fs::path& path) {
  std::error_code ignored;
  const bool whole_folder = fs::is_directory(path, ignored);
  const fs::path folder = whole_folder ? path : path.parent_path().empty() ? fs::path(".") : path.parent_path();
  Result<std::vector<SequenceFile>> found = find_files(folder, whole_folder ? "" : path.filename().string());
  if (!found) return found;
  std::vector<SequenceFile>& files = *found;
  if (whole_folder && std::any_of(files.begin(), files.end(), [](const auto& f) { return f.number.has_value(); }))
    std::erase_if(files, [](const SequenceFile& f) { return !f.number; });
  if (files.empty()) {
    Error error = project_error(
        path.string(), whole_folder ? "there is no image in the folder" : "no image file has a name that matches");
    error.missing = true;
    return error;
  }
  add_all_missing(folder, files);
  std::sort(files.begin(), files.end(), [](const SequenceFile& a, const SequenceFile& b) {
    return natural_less(a.path.filename().string(), b.path.filename().string());
  });
  return found;
}

}  // namespace cookline
