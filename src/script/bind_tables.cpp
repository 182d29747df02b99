// Functions of td._core about what DATs hold: reading any DAT, editing those that hold text or a table of their own.
#include <fmt/format.h>
#include <pybind11/stl.h>

#include <algorithm>

#include "base/text.h"
#include "script/core.h"

namespace cookline::python {
namespace {

using Row = std::vector<std::string>;

// The contents as rows: text gives one cell a line.
TableHandle rows_of(Core& core, Id id) {
  TableHandle table = core.take(core.engine().table(core.node(id).id));
  if (table->is_table) return table;
  auto lines = std::make_shared<Table>(Table{.is_table = true});
  std::size_t at = 0;
  while (at < table->text.size()) {
    const std::size_t end = std::min(table->text.find('\n', at), table->text.size());
    lines->rows.push_back({table->text.substr(at, end - at)});
    at = end + 1;
  }
  return lines;
}

// Makes an edit of the DAT's own contents, as a table.
template <class F>
void edit(Core& core, Id id, F change) {
  Node& node = core.node(id);
  const std::string path = core.network().path(node.id);
  if (node.type && !node.type->def->holds_content)
    core.raise(project_error(path, fmt::format("a {} makes its contents itself and cannot be edited", node.type_name),
                             "edit its source"));
  if (node.flags.lock) core.raise(project_error(path, "the operator is locked"));
  core.network().change_content(node.id, [&](Table& content) {
    if (!content.is_table) content = as_table(content.text);
    change(content.rows);
    std::size_t widest = 0;
    for (const Row& row : content.rows) widest = std::max(widest, row.size());
    for (Row& row : content.rows) row.resize(widest);
  });
}

std::size_t place(std::ptrdiff_t at, std::size_t size) {
  return std::size_t(std::clamp<std::ptrdiff_t>(at, 0, std::ptrdiff_t(size)));
}

void insert_column(std::vector<Row>& rows, std::ptrdiff_t at, const Row& values) {
  if (rows.size() < values.size()) rows.resize(values.size(), Row(rows.empty() ? 0 : rows.front().size()));
  for (std::size_t r = 0; r < rows.size(); ++r)
    rows[r].insert(rows[r].begin() + std::ptrdiff_t(place(at, rows[r].size())),
                   r < values.size() ? values[r] : std::string());
}

void define_reading(CoreClass& c) {
  c.def("text", [](Core& core, Id id) { return as_text(*core.take(core.engine().table(core.node(id).id))); });
  c.def("is_table", [](Core& core, Id id) { return core.take(core.engine().table(core.node(id).id))->is_table; });
  c.def("table_size", [](Core& core, Id id) {
    const TableHandle table = rows_of(core, id);
    return std::pair(table->rows.size(), table->columns());
  });
  c.def("cell", [](Core& core, Id id, std::size_t row, std::size_t column) -> std::optional<std::string> {
    const TableHandle table = rows_of(core, id);
    if (row >= table->rows.size() || column >= table->rows[row].size()) return std::nullopt;
    return table->rows[row][column];
  });
  c.def("rows", [](Core& core, Id id) { return rows_of(core, id)->rows; });
  // Index of the first row (column) whose first cell is `name`, -1 if there is none.
  c.def("find_row", [](Core& core, Id id, const std::string& name) {
    const TableHandle table = rows_of(core, id);
    for (std::size_t r = 0; r < table->rows.size(); ++r)
      if (!table->rows[r].empty() && table->rows[r].front() == name) return std::int64_t(r);
    return std::int64_t(-1);
  });
  c.def("find_column", [](Core& core, Id id, const std::string& name) {
    const TableHandle table = rows_of(core, id);
    if (table->rows.empty()) return std::int64_t(-1);
    const auto at = std::find(table->rows.front().begin(), table->rows.front().end(), name);
    return at == table->rows.front().end() ? std::int64_t(-1) : std::int64_t(at - table->rows.front().begin());
  });
}

}  // namespace

void define_tables(CoreClass& c) {
  define_reading(c);
  c.def("set_text", [](Core& core, Id id, std::string text) {
    Node& node = core.node(id);
    // A table takes text as tab separated cells, as in TouchDesigner.
    const bool table = node.content.is_table || node.type_name == "tableDAT";
    core.network().set_content(node.id, table ? as_table(text) : Table{.text = std::move(text)});
  });
  c.def("set_rows", [](Core& core, Id id, std::vector<Row> values) {
    edit(core, id, [&](std::vector<Row>& rows) { rows = std::move(values); });
  });
  c.def("set_cell", [](Core& core, Id id, std::size_t row, std::size_t column, std::string text) {
    edit(core, id, [&](std::vector<Row>& rows) {
      if (row >= rows.size() || column >= rows[row].size())
        core.raise(
            project_error(core.network().path(unpack(id)), fmt::format("there is no cell [{}, {}]", row, column)));
      rows[row][column] = std::move(text);
    });
  });
  c.def("insert_row", [](Core& core, Id id, std::ptrdiff_t at, Row values) {
    edit(core, id, [&](std::vector<Row>& rows) {
      rows.insert(rows.begin() + std::ptrdiff_t(place(at, rows.size())), std::move(values));
    });
  });
  c.def("insert_column", [](Core& core, Id id, std::ptrdiff_t at, const Row& values) {
    edit(core, id, [&](std::vector<Row>& rows) { insert_column(rows, at, values); });
  });
  c.def("delete_row", [](Core& core, Id id, std::size_t at) {
    edit(core, id, [&](std::vector<Row>& rows) {
      if (at < rows.size()) rows.erase(rows.begin() + std::ptrdiff_t(at));
    });
  });
  c.def("delete_column", [](Core& core, Id id, std::size_t at) {
    edit(core, id, [&](std::vector<Row>& rows) {
      for (Row& row : rows)
        if (at < row.size()) row.erase(row.begin() + std::ptrdiff_t(at));
    });
  });
}

}  // namespace cookline::python
