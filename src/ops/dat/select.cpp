// Select DAT: rows and columns of another DAT.
#include <fmt/format.h>

#include "base/text.h"
#include "op/op.h"
#include "ops/dat/support/cell_expression.h"

namespace cookline::select_dat_op {
namespace {

enum class Extract { all, byname, byindex, bynameindex, byindexname, bynames, byexpr };
enum class Output { data, string, expr };
constexpr MenuItem extracts[] = {{"all", "All"},
                                 {"byname", "by Name"},
                                 {"byindex", "by Index"},
                                 {"bynameindex", "by Start Name, End Index"},
                                 {"byindexname", "by Start Index, End Name"},
                                 {"bynames", "by Values"},
                                 {"byexpr", "by Condition"}};
constexpr MenuItem outputs[] = {{"data", "Input Data"}, {"string", "Strings"}, {"expr", "Expressions"}};
inline constexpr const char* any_cell = "re.match('.*',me.inputCell.val) != None";

struct Pars {
  OpRef<Table> dat;
  bool firstrow = false, firstcol = false;
  Extract extractrows = Extract::all;
  std::string rownamestart;
  int rowindexstart = 0;
  std::string rownameend;
  int rowindexend = 0;
  std::string rownames, rowexpr = any_cell;
  int fromcol = 0;
  Extract extractcols = Extract::all;
  std::string colnamestart;
  int colindexstart = 0;
  std::string colnameend;
  int colindexend = 0;
  std::string colnames, colexpr = any_cell;
  int fromrow = 0;
  Output output = Output::data;
};
constexpr Par table[] = {
    par<&Pars::dat>("dat", "DAT").on("Select").help("The DAT to read where no input is wired."),
    par<&Pars::firstrow>("firstrow", "Include First Row").on("Select").help("Keep the first row whatever is chosen."),
    par<&Pars::firstcol>("firstcol", "Include First Col")
        .on("Select")
        .help("Keep the first column whatever is chosen."),
    par<&Pars::extractrows>("extractrows", "Select Rows").on("Select").items(extracts).help("How rows are chosen."),
    par<&Pars::rownamestart>("rownamestart", "Start Row Name").on("Select").help("Cell of the first chosen row."),
    par<&Pars::rowindexstart>("rowindexstart", "Start Row Index")
        .on("Select")
        .slider(0, 10)
        .help("First chosen row; negative ones count from the end."),
    par<&Pars::rownameend>("rownameend", "End Row Name")
        .on("Select")
        .help("Cell of the last chosen row; empty: to the end."),
    par<&Pars::rowindexend>("rowindexend", "End Row Index")
        .on("Select")
        .slider(0, 10)
        .help("Last chosen row; negative ones count from the end."),
    par<&Pars::rownames>("rownames", "Row Select Values")
        .on("Select")
        .help("Patterns of the cells of chosen rows; ^pattern takes away."),
    par<&Pars::rowexpr>("rowexpr", "Row Select Condition")
        .on("Select")
        .help("A Python expression; rows are chosen where it is true of me.inputCell."),
    par<&Pars::fromcol>("fromcol", "From Column")
        .on("Select")
        .slider(0, 10)
        .help("The column whose cells choose rows."),
    par<&Pars::extractcols>("extractcols", "Select Cols").on("Select").items(extracts).help("How columns are chosen."),
    par<&Pars::colnamestart>("colnamestart", "Start Col Name").on("Select").help("Cell of the first chosen column."),
    par<&Pars::colindexstart>("colindexstart", "Start Col Index")
        .on("Select")
        .slider(0, 10)
        .help("First chosen column; negative ones count from the end."),
    par<&Pars::colnameend>("colnameend", "End Col Name")
        .on("Select")
        .help("Cell of the last chosen column; empty: to the end."),
    par<&Pars::colindexend>("colindexend", "End Col Index")
        .on("Select")
        .slider(0, 10)
        .help("Last chosen column; negative ones count from the end."),
    par<&Pars::colnames>("colnames", "Col Select Values")
        .on("Select")
        .help("Patterns of the cells of chosen columns; ^pattern takes away."),
    par<&Pars::colexpr>("colexpr", "Col Select Condition")
        .on("Select")
        .help("A Python expression; columns are chosen where it is true of me.inputCell."),
    par<&Pars::fromrow>("fromrow", "From Row").on("Select").slider(0, 10).help("The row whose cells choose columns."),
    // TD differs: Strings would expand Tscript variables, which there are none of here.
    par<&Pars::output>("output", "Output")
        .on("Select")
        .items(outputs)
        .help("Cells as they are (both first items), or evaluated as Python expressions."),
};

// One direction of the choice: rows by the cells of a column, or columns by the cells of a row.
struct Choice {
  Extract how;
  const std::string &name_start, &name_end, &names, &condition;
  int index_start, index_end;
  bool keep_first;
  const char* condition_par;
};

std::ptrdiff_t from_end(int index, std::size_t count) { return index < 0 ? std::ptrdiff_t(count) + index : index; }

std::ptrdiff_t place_of(const std::vector<std::string>& keys, const std::string& name) {
  const auto at = std::find(keys.begin(), keys.end(), name);
  return at == keys.end() ? -1 : at - keys.begin();
}

// First and last index, -1 where a name is not there; the last may lie before the first, which chooses nothing.
std::pair<std::ptrdiff_t, std::ptrdiff_t> bounds(const Choice& c, const std::vector<std::string>& keys) {
  const bool start_by_name = c.how == Extract::byname || c.how == Extract::bynameindex;
  const bool end_by_name = c.how == Extract::byname || c.how == Extract::byindexname;
  const std::ptrdiff_t first =
      start_by_name ? place_of(keys, c.name_start) : std::max<std::ptrdiff_t>(0, from_end(c.index_start, keys.size()));
  std::ptrdiff_t last = from_end(c.index_end, keys.size());
  if (end_by_name) last = c.name_end.empty() ? std::ptrdiff_t(keys.size()) - 1 : place_of(keys, c.name_end);
  return {first, first < 0 ? -2 : last};
}

Result<bool> meets(Cook& cook, const Choice& c, const std::string& condition, const std::string& key, std::size_t row,
                   std::size_t col) {
  const std::pair<std::string, Value> names[] = {
      {"me.inputCell.val", key}, {"me.inputCell.row", std::int64_t(row)}, {"me.inputCell.col", std::int64_t(col)}};
  auto value = cook.services.evaluate(condition, names);
  if (!value)
    return cook.error(c.condition_par, fmt::format("cell {}, {}: {}", row, col, value.error().what),
                      value.error().hint);
  return to_bool(*value);
}

// Indices of what is chosen. `row_of` and `col_of` tell where key i is in the table.
template <class F>
Result<std::vector<std::size_t>> choose(Cook& cook, const Choice& c, const std::vector<std::string>& keys, F place) {
  std::vector<std::size_t> chosen;
  const auto [first, last] = bounds(c, keys);
  const std::string condition =
      c.how == Extract::byexpr ? dat::expression_text(cook, c.condition_par, c.condition) : std::string();
  for (std::size_t i = 0; i < keys.size(); ++i) {
    bool take = c.how == Extract::all || (c.keep_first && i == 0);
    if (!take && c.how == Extract::bynames) {
      take = match_patterns(c.names, keys[i]);
    } else if (!take && c.how == Extract::byexpr) {
      const auto [row, col] = place(i);
      auto met = meets(cook, c, condition, keys[i], row, col);
      if (!met) return met.error();
      take = *met;
    } else if (!take) {
      take = std::ptrdiff_t(i) >= first && std::ptrdiff_t(i) <= last;
    }
    if (take) chosen.push_back(i);
  }
  return chosen;
}

Result<std::string> shown(Cook& cook, const Pars& p, const std::string& cell, std::size_t row, std::size_t col) {
  if (p.output != Output::expr || cell.empty()) return cell;
  return dat::evaluate_cell(cook, "output", cell, row, col);
}

Result<Table> cook(Cook& cook, const Pars& p, const Inputs<Table>& in) {
  const Table* from = in.wired() > 0 && in[0] ? in[0] : in.at(p.dat);
  if (!from) return Table{};
  if (!from->is_table || from->rows.empty()) return *from;
  const std::size_t height = from->rows.size(), width = from->columns();
  const std::size_t key_col = std::min(std::size_t(std::max<std::ptrdiff_t>(0, from_end(p.fromcol, width))),
                                       std::max<std::size_t>(1, width) - 1);
  const std::size_t key_row =
      std::min(std::size_t(std::max<std::ptrdiff_t>(0, from_end(p.fromrow, height))), height - 1);
  std::vector<std::string> row_keys;
  for (const auto& row : from->rows) row_keys.push_back(width ? row[key_col] : std::string());
  const Choice by_row{p.extractrows,   p.rownamestart, p.rownameend, p.rownames, p.rowexpr,
                      p.rowindexstart, p.rowindexend,  p.firstrow,   "rowexpr"};
  const Choice by_col{p.extractcols,   p.colnamestart, p.colnameend, p.colnames, p.colexpr,
                      p.colindexstart, p.colindexend,  p.firstcol,   "colexpr"};
  auto rows = choose(cook, by_row, row_keys, [&](std::size_t i) { return std::pair(i, key_col); });
  if (!rows) return rows.error();
  auto cols = choose(cook, by_col, from->rows[key_row], [&](std::size_t i) { return std::pair(key_row, i); });
  if (!cols) return cols.error();
  Table out{.is_table = true};
  for (std::size_t r : *rows) {
    auto& row = out.rows.emplace_back();
    for (std::size_t c : *cols) {
      auto cell = shown(cook, p, from->rows[r][c], r, c);
      if (!cell) return cell.error();
      row.push_back(std::move(*cell));
    }
  }
  return out;
}

}  // namespace
}  // namespace cookline::select_dat_op

namespace cookline {

const OpDef& select_dat() {
  using namespace select_dat_op;
  static const OpDef op = Define<Pars, table>(Family::DAT, "selectDAT", "Select", "Rows and columns of another DAT.")
                              .inputs(0, 1)
                              .cook<&cook>();
  return op;
}

}  // namespace cookline
