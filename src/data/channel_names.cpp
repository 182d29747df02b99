#include "data/channel_names.h"

#include <algorithm>
#include <charconv>
#include <optional>
#include <set>

#include "base/text.h"

namespace cookline {
namespace {

std::optional<int> whole_number(std::string_view text) {
  int value = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
  if (error != std::errc() || end != text.data() + text.size() || text.empty() || value < 0) return {};
  return value;
}

constexpr std::size_t most_names = 100000;  // a bound against typing errors such as [1-999999999]

std::string padded(std::int64_t value, std::size_t width) {
  std::string text = std::to_string(value);
  if (text.size() < width) text.insert(0, width - text.size(), '0');
  return text;
}

// "1-5:2" or "a-c": the items of a range, or nothing if the text is no range. Leading zeros are kept: [01-10].
std::vector<std::string> range_items(std::string_view set) {
  const std::size_t dash = set.find('-'), colon = set.find(':');
  if (dash == std::string_view::npos || dash == 0) return {};
  const std::string_view first = set.substr(0, dash);
  const std::string_view last = set.substr(dash + 1, colon == std::string_view::npos ? colon : colon - dash - 1);
  int step = 1;
  if (colon != std::string_view::npos) step = std::max(1, whole_number(set.substr(colon + 1)).value_or(1));
  std::vector<std::string> items;
  const auto low = whole_number(first), high = whole_number(last);
  if (low && high) {
    const std::size_t width = first.size() > 1 && first[0] == '0' ? first.size() : 0;
    // In 64 bits, as the last number plus a step may be no int any more.
    const std::int64_t direction = *low <= *high ? step : -std::int64_t(step);
    for (std::int64_t i = *low; direction > 0 ? i <= *high : i >= *high; i += direction) {
      items.push_back(padded(i, width));
      if (items.size() == most_names) break;
    }
  } else if (first.size() == 1 && last.size() == 1) {
    const auto end = std::int64_t(static_cast<unsigned char>(last[0]));
    for (std::int64_t c = static_cast<unsigned char>(first[0]); c <= end; c += step) items.emplace_back(1, char(c));
  }
  return items;
}

std::vector<std::string> set_items(std::string_view set) {
  std::vector<std::string> items = range_items(set);
  if (items.empty())
    for (char c : set) items.emplace_back(1, c);
  return items;
}

// The sets of a word with the text before each of them, the text behind the last one as a set of one item.
std::vector<std::vector<std::string>> word_parts(std::string_view word) {
  std::vector<std::vector<std::string>> parts;
  while (true) {
    const std::size_t open = word.find('['), close = word.find(']', open == std::string_view::npos ? 0 : open);
    if (open == std::string_view::npos || close == std::string_view::npos || close == open + 1) break;
    parts.push_back(set_items(word.substr(open + 1, close - open - 1)));
    for (std::string& item : parts.back()) item.insert(0, word.substr(0, open));
    word.remove_prefix(close + 1);
  }
  parts.push_back({std::string(word)});
  return parts;
}

std::vector<std::string> expand_word(std::string_view word) {
  const std::vector<std::vector<std::string>> parts = word_parts(word);
  std::vector<std::size_t> chosen(parts.size());  // an item of each part; counts up, the last part fastest
  std::vector<std::string> names;
  while (names.size() < most_names) {
    std::string& name = names.emplace_back();
    for (std::size_t i = 0; i < parts.size(); ++i) name += parts[i][chosen[i]];
    std::size_t at = parts.size();
    while (at > 0 && ++chosen[at - 1] == parts[at - 1].size()) chosen[--at] = 0;
    if (at == 0) break;
  }
  return names;
}

// What each `*` of the pattern stands for in the name, or nothing if it does not match; each takes as little as it can.
std::optional<std::vector<std::string>> captures(std::string_view pattern, std::string_view name) {
  const std::size_t star = pattern.find('*');
  if (star == std::string_view::npos) {
    if (!match_pattern(pattern, name)) return {};
    return std::vector<std::string>();
  }
  const std::string_view head = pattern.substr(0, star), rest = pattern.substr(star + 1);
  for (std::size_t begin = 0; begin <= name.size(); ++begin) {
    if (!match_pattern(head, name.substr(0, begin))) continue;
    for (std::size_t end = begin; end <= name.size(); ++end) {
      if (!match_pattern(rest, name.substr(end))) continue;
      auto found = captures(rest, name.substr(end));
      if (!found) continue;
      found->insert(found->begin(), std::string(name.substr(begin, end - begin)));
      return found;
    }
  }
  return {};
}

std::string substitute(std::string_view to, const std::vector<std::string>& found) {
  std::string name;
  std::size_t next = 0;
  for (std::size_t i = 0; i < to.size(); ++i) {
    if (to[i] != '*') {
      name += to[i];
      continue;
    }
    std::size_t group = next++;
    const std::size_t close = to.find(')', i);
    if (i + 1 < to.size() && to[i + 1] == '(' && close != std::string_view::npos)
      if (const auto number = whole_number(to.substr(i + 2, close - i - 2))) {
        group = std::size_t(*number);
        i = close, --next;
      }
    if (group < found.size()) name += found[group];
  }
  return name;
}

// "tx" gives tx1, tx2 …; "chan3" gives chan4 …: the first that is free.
std::string next_free(const std::string& name, const std::set<std::string>& taken) {
  std::size_t digits = name.size();
  while (digits > 0 && name[digits - 1] >= '0' && name[digits - 1] <= '9') --digits;
  const std::string base = name.substr(0, digits);
  std::int64_t number = whole_number(std::string_view(name).substr(digits)).value_or(0);
  std::string candidate = name;
  while (taken.count(candidate)) candidate = base + std::to_string(++number);
  return candidate;
}

struct Rule {
  std::string from, to;
  std::vector<std::string> expansion;  // of `to`; one entry if it spells out one name
  std::size_t used = 0;
};

std::vector<Rule> rules_of(std::string_view from, std::string_view to) {
  const std::vector<std::string> froms = split_words(from), tos = split_words(to);
  std::vector<Rule> rules;
  if (tos.empty()) return rules;
  for (std::size_t i = 0; i < froms.size(); ++i) {
    const std::string& target = tos[std::min(i, tos.size() - 1)];
    rules.push_back({froms[i], target, expand_word(target)});
  }
  return rules;
}

}  // namespace

std::vector<std::string> expand_names(std::string_view patterns) {
  std::vector<std::string> names;
  for (const std::string& word : split_words(patterns))
    for (std::string& name : expand_word(word))
      if (names.size() < most_names) names.push_back(std::move(name));
  return names;
}

std::vector<std::string> rename_channels(std::span<const std::string> names, std::string_view from,
                                         std::string_view to) {
  std::vector<Rule> rules = rules_of(from, to);
  std::vector<std::string> renamed(names.begin(), names.end());
  std::vector<bool> changed(names.size());
  std::set<std::string> taken;
  for (std::size_t i = 0; i < names.size(); ++i) {
    for (Rule& rule : rules) {
      const auto found = captures(rule.from, names[i]);
      if (!found) continue;
      renamed[i] = substitute(rule.expansion[std::min(rule.used++, rule.expansion.size() - 1)], *found);
      changed[i] = renamed[i] != names[i];
      break;
    }
    if (!changed[i]) taken.insert(renamed[i]);
  }
  // Names that stay keep theirs; of the new ones the earlier channel wins.
  for (std::size_t i = 0; i < renamed.size(); ++i) {
    if (!changed[i]) continue;
    renamed[i] = next_free(renamed[i], taken);
    taken.insert(renamed[i]);
  }
  return renamed;
}

}  // namespace cookline
