// Table DAT: rows and columns of text, edited by scripts and files or filled by expressions.
#include "base/text.h"
#include "op/op.h"
#include "ops/dat/support/cell_expression.h"
#include "ops/dat/support/file_page.h"

namespace cookline::table_dat_op {
namespace {

enum class Fill { manual, setsize, setsizeandcontents, fillbycol, fillbyrow };
constexpr MenuItem fills[] = {{"manual", "Manual"},
                              {"setsize", "Set Size"},
                              {"setsizeandcontents", "Set Size and Contents"},
                              {"fillbycol", "Fill by Column"},
                              {"fillbyrow", "Fill by Row"}};

struct Block {
  std::string names, expr;
};
struct Pars : dat::FilePage {
  Pulse edit;
  bool removeblank = false;
  Fill fill = Fill::manual;
  int rows = 1, cols = 1;
  std::string cellexpr;
  bool includenames = true;
  std::vector<Block> blocks = {{}};
};
constexpr Par block_rows[] = {
    par<&Block::names>("names", "Names").help("Names of one or more columns or rows, separated by spaces."),
    par<&Block::expr>("expr", "Cell Expression")
        .help("Python expression of each cell under these names; me.subRow and me.subCol count from 0."),
};
constexpr std::array own_rows{
    par<&Pars::edit>("edit", "Edit..").on("Table").help("Opens an editor in TouchDesigner; does nothing without one."),
    par<&Pars::removeblank>("removeblank", "Remove Blank Lines").on("Table").help("Empty lines of a file are no rows."),
    par<&Pars::fill>("fill", "Fill Type")
        .on("Fill")
        .items(fills)
        .help("Where the cells come from: editing, or the parameters below."),
    par<&Pars::rows>("rows", "Rows").on("Fill").at_least(0).slider(0, 10).help("Number of rows, names not counted."),
    par<&Pars::cols>("cols", "Columns")
        .on("Fill")
        .at_least(0)
        .slider(0, 10)
        .help("Number of columns, names not counted."),
    par<&Pars::cellexpr>("cellexpr", "Cell Expression")
        .on("Fill")
        .help("Python expression of each cell for Set Size and Contents; me.subRow and me.subCol are its place."),
    par<&Pars::includenames>("includenames", "Include Names")
        .on("Fill")
        .help("Names make a first row (Fill by Column) or column."),
    sequence<&Pars::blocks>("fills", "Fills", block_rows)
        .on("Fill")
        .blocks_at_least(1)
        .help("Columns or rows of one kind each."),
};
constexpr auto table = join_rows(dat::file_rows("Table"), own_rows);

// Comma-separated values with quotes as RFC 4180 has them.
Table from_csv(const std::string& text) {
  Table t{.is_table = true};
  std::vector<std::string> row{""};
  bool quoted = false, any = false;
  const auto end_row = [&] {
    t.rows.push_back(std::move(row));
    row = {""}, any = false;
  };
  for (std::size_t i = 0; i < text.size(); ++i) {
    const char c = text[i];
    if (quoted) {
      if (c != '"')
        row.back() += c;
      else if (i + 1 < text.size() && text[i + 1] == '"')
        row.back() += text[++i];
      else
        quoted = false;
      continue;
    }
    if (c == '\n') {
      end_row();
      continue;
    }
    any = true;
    if (c == '"' && row.back().empty())
      quoted = true;
    else if (c == ',')
      row.emplace_back();
    else if (c != '\r')
      row.back() += c;
  }
  if (any) end_row();
  std::size_t widest = 0;
  for (const auto& r : t.rows) widest = std::max(widest, r.size());
  for (auto& r : t.rows) r.resize(widest);
  return t;
}

Table parse(const Cook&, const std::string& text, const dat::FilePage& page) {
  const auto& p = static_cast<const Pars&>(page);
  Table t = to_lower(p.file).ends_with(".csv") ? from_csv(text) : as_table(text);
  if (p.removeblank)
    std::erase_if(t.rows, [](const auto& row) {
      return std::all_of(row.begin(), row.end(), [](const std::string& cell) { return cell.empty(); });
    });
  return t;
}

Table sized(const Table& from, std::size_t rows, std::size_t cols) {
  Table t = from.is_table ? from : as_table(from.text);
  t.rows.resize(rows);
  for (auto& row : t.rows) row.resize(cols);
  return t;
}

Status fill_cells(Cook& cook, const Pars& p, Table& t) {
  const std::string expression = dat::expression_text(cook, "cellexpr", p.cellexpr);
  for (std::size_t r = 0; r < t.rows.size(); ++r)
    for (std::size_t c = 0; c < t.rows[r].size(); ++c) {
      auto cell = dat::evaluate_cell(cook, "cellexpr", expression, r, c);
      if (!cell) return cell.error();
      t.rows[r][c] = *cell;
    }
  return {};
}

// Each named line (a column, or a row that is turned over afterwards) with its cells.
Result<std::vector<std::vector<std::string>>> named_lines(Cook& cook, const Pars& p, std::size_t cells, bool columns) {
  std::vector<std::vector<std::string>> lines;
  for (std::size_t b = 0; b < p.blocks.size(); ++b) {
    const std::string par_name = "fills" + std::to_string(b) + "expr";
    const std::string expression = dat::expression_text(cook, par_name, p.blocks[b].expr);
    std::size_t sub = 0;  // of the line in its block
    for (const std::string& name : split_words(p.blocks[b].names)) {
      std::vector<std::string> line;
      if (p.includenames) line.push_back(name);
      for (std::size_t i = 0; i < cells; ++i) {
        auto cell = dat::evaluate_cell(cook, par_name, expression, columns ? i : sub, columns ? sub : i);
        if (!cell) return cell.error();
        line.push_back(*cell);
      }
      lines.push_back(std::move(line));
      ++sub;
    }
  }
  return lines;
}

Result<Table> filled(Cook& cook, const Pars& p, const Table& held) {
  const std::size_t rows = std::size_t(p.rows), cols = std::size_t(p.cols);
  if (p.fill == Fill::setsize || p.fill == Fill::setsizeandcontents) {
    Table t = sized(held, rows, cols);
    if (p.fill == Fill::setsizeandcontents)
      if (Status s = fill_cells(cook, p, t); !s) return s.error();
    return t;
  }
  const bool columns = p.fill == Fill::fillbycol;
  auto lines = named_lines(cook, p, columns ? rows : cols, columns);
  if (!lines) return lines.error();
  Table t{.is_table = true};
  if (!columns) {
    t.rows = std::move(*lines);
    return t;
  }
  t.rows.resize(lines->empty() ? 0 : lines->front().size());
  for (std::size_t r = 0; r < t.rows.size(); ++r)
    for (const auto& line : *lines) t.rows[r].push_back(line[r]);
  return t;
}

Result<Table> cook(Cook& cook, const Pars& p, dat::FileState& state) {
  auto held = dat::current_text(cook, p, state, parse);
  if (!held) return held.error();
  if (p.fill != Fill::manual) return filled(cook, p, *held);
  return held->is_table ? *held : as_table(held->text);
}

// A file is read once, when the network starts; what scripts edit afterwards is theirs.
Time time_of(const Pars&) { return Time::fixed; }

}  // namespace
}  // namespace cookline::table_dat_op

namespace cookline {

const OpDef& table_dat() {
  using namespace table_dat_op;
  static const OpDef op = Define<Pars, table>(Family::DAT, "tableDAT", "Table", "Rows and columns of text.")
                              .holds_content()
                              .cook<&cook>()
                              .time_of<&time_of>();
  return op;
}

}  // namespace cookline
