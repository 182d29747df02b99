// Limits of reading, places, UTF-8.
#include "tdn/read_budget.h"

#include <fmt/format.h>

#include <map>

namespace cookline::tdn {

NodeSize size_of(const Node& node) {
  NodeSize size{1, node.text.size()};
  const auto add = [&size](NodeSize more) { size = {size.nodes + more.nodes, size.bytes + more.bytes}; };
  for (const Node& item : node.items) add(size_of(item));
  for (const Entry& entry : node.entries) {
    add(size_of(entry.value));
    size.bytes += entry.key.size();
  }
  return size;
}

bool ReadBudget::take(NodeSize size) {
  used_ = {used_.nodes + size.nodes, used_.bytes + size.bytes};
  return used_.nodes <= limits_.nodes && used_.bytes <= limits_.expanded_bytes;
}

std::string ReadBudget::spent_message() const {
  if (used_.nodes > limits_.nodes) return fmt::format("holds more than {} values, aliases expanded", limits_.nodes);
  return fmt::format("holds more than {} bytes of text, aliases expanded", limits_.expanded_bytes);
}

Place place_of(std::string_view text, std::size_t offset) {
  Place place{1, 1};
  for (const char c : text.substr(0, offset)) {
    if (c == '\n')
      place = {place.line + 1, 1};
    else if ((static_cast<unsigned char>(c) & 0xC0) != 0x80)
      ++place.column;
  }
  return place;
}

std::optional<std::size_t> invalid_utf8(std::string_view text) {
  const auto byte = [text](std::size_t i) { return i < text.size() ? static_cast<unsigned char>(text[i]) : 0u; };
  std::size_t i = 0;
  while (i < text.size()) {
    const unsigned lead = byte(i);
    if (lead < 0x80) {
      ++i;
      continue;
    }
    const std::size_t length = lead >= 0xC2 && lead < 0xE0   ? 2
                               : lead >= 0xE0 && lead < 0xF0 ? 3
                               : lead >= 0xF0 && lead < 0xF5 ? 4
                                                             : 0;
    if (length == 0) return i;
    // The second byte's range rules out overlong forms, surrogates and what lies behind U+10FFFF.
    const unsigned low = lead == 0xE0 ? 0xA0 : lead == 0xF0 ? 0x90 : 0x80;
    const unsigned high = lead == 0xED ? 0x9F : lead == 0xF4 ? 0x8F : 0xBF;
    if (byte(i + 1) < low || byte(i + 1) > high) return i;
    for (std::size_t k = 2; k < length; ++k)
      if ((byte(i + k) & 0xC0) != 0x80) return i;
    i += length;
  }
  return std::nullopt;
}

void keep_last_of_equal_keys(std::vector<Entry>& entries) {
  if (entries.size() < 2) return;
  std::map<std::string, std::size_t, std::less<>> seen;
  std::size_t kept = 0;
  for (std::size_t i = 0; i < entries.size(); ++i) {
    const auto [at, is_new] = seen.try_emplace(entries[i].key, kept);
    if (at->second != i) entries[at->second] = std::move(entries[i]);
    if (is_new) ++kept;
  }
  entries.resize(kept);
}

}  // namespace cookline::tdn
