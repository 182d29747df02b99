// What differs between two tables: what a DAT Execute tells its functions.
#pragma once
#include <utility>
#include <vector>

#include "data/table.h"

namespace cookline::dat {

// Indices count in the new table, those of removed rows and columns in the old one. Rows and columns are added or
// removed by their names, the cells of the first column and row; they are changed where the cells at the same place
// differ. Free text counts as a table of one cell.
struct TableChanges {
  std::vector<int> rows_changed, rows_added, rows_removed, cols_changed, cols_added, cols_removed;
  std::vector<std::pair<int, int>> cells_changed;  // row, column
  std::vector<std::string> former_cells;           // what the changed cells held before
  bool size_changed = false, shrunk = false;
  bool any() const { return size_changed || !cells_changed.empty(); }
};

TableChanges compare_tables(const Table& before, const Table& now);

}  // namespace cookline::dat
