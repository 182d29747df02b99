// What a DAT holds: either free text or a table of text cells.
#pragma once
#include <memory>
#include <string>
#include <vector>

namespace cookline {

struct Table {
  bool is_table = false;
  std::string text;                            // when !is_table
  std::vector<std::vector<std::string>> rows;  // when is_table; all rows have the same length
  bool operator==(const Table&) const = default;

  std::size_t columns() const { return rows.empty() ? 0 : rows.front().size(); }
};

// The table as TouchDesigner's DAT.text gives it: cells joined by tabs, rows ended by newlines; text is returned as is.
std::string as_text(const Table& table);
// Text as a table: lines are rows, tabs part cells; short rows are filled with empty cells.
Table as_table(const std::string& text);

using TableHandle = std::shared_ptr<const Table>;

}  // namespace cookline
