#include "ops/dat/support/table_changes.h"

#include <map>
#include <set>
#include <string>

namespace cookline::dat {
namespace {

using Rows = std::vector<std::vector<std::string>>;
Rows rows_of(const Table& t) { return t.is_table ? t.rows : Rows{{t.text}}; }
std::size_t width_of(const Rows& rows) { return rows.empty() ? 0 : rows[0].size(); }

std::vector<std::string> row_names(const Rows& rows) {
  std::vector<std::string> names;
  for (const auto& row : rows) names.push_back(row.empty() ? std::string() : row[0]);
  return names;
}
std::vector<std::string> col_names(const Rows& rows) { return rows.empty() ? std::vector<std::string>() : rows[0]; }

// Indices of those of `names` that `others` has fewer of.
std::vector<int> missing_in(const std::vector<std::string>& names, const std::vector<std::string>& others) {
  std::map<std::string, int> left;
  for (const std::string& name : others) ++left[name];
  std::vector<int> missing;
  for (std::size_t i = 0; i < names.size(); ++i)
    if (--left[names[i]] < 0) missing.push_back(int(i));
  return missing;
}

}  // namespace

TableChanges compare_tables(const Table& before, const Table& now) {
  const Rows a = rows_of(before), b = rows_of(now);
  TableChanges changes;
  changes.size_changed = a.size() != b.size() || width_of(a) != width_of(b) || before.is_table != now.is_table;
  changes.shrunk = b.size() < a.size() || width_of(b) < width_of(a);
  std::set<int> rows, cols;
  for (std::size_t r = 0; r < std::min(a.size(), b.size()); ++r)
    for (std::size_t c = 0; c < std::min(width_of(a), width_of(b)); ++c)
      if (a[r][c] != b[r][c]) {
        changes.cells_changed.emplace_back(int(r), int(c));
        changes.former_cells.push_back(a[r][c]);
        rows.insert(int(r)), cols.insert(int(c));
      }
  changes.rows_changed.assign(rows.begin(), rows.end());
  changes.cols_changed.assign(cols.begin(), cols.end());
  // The one cell of free text has no name.
  if (!before.is_table || !now.is_table) return changes;
  changes.rows_added = missing_in(row_names(b), row_names(a)),
  changes.rows_removed = missing_in(row_names(a), row_names(b));
  changes.cols_added = missing_in(col_names(b), col_names(a)),
  changes.cols_removed = missing_in(col_names(a), col_names(b));
  return changes;
}

}  // namespace cookline::dat
