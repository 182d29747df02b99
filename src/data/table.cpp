#include "data/table.h"

#include <algorithm>

namespace cookline {

std::string as_text(const Table& table) {
  if (!table.is_table) return table.text;
  std::string text;
  for (const auto& row : table.rows) {
    for (std::size_t i = 0; i < row.size(); ++i) {
      if (i) text += '\t';
      text += row[i];
    }
    text += '\n';
  }
  return text;
}

Table as_table(const std::string& text) {
  Table table{.is_table = true};
  std::size_t at = 0, widest = 0;
  while (at < text.size()) {
    const std::size_t end = std::min(text.find('\n', at), text.size());
    std::vector<std::string> row{""};
    for (std::size_t i = at; i < end; ++i) {
      if (text[i] == '\t')
        row.emplace_back();
      else if (text[i] != '\r')
        row.back() += text[i];
    }
    widest = std::max(widest, row.size());
    table.rows.push_back(std::move(row));
    at = end + 1;
  }
  for (auto& row : table.rows) row.resize(widest);
  return table;
}

}  // namespace cookline
