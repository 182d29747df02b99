// DAT Execute DAT: calls Python functions when the contents of a DAT change.
#include "ops/dat/support/execute_page.h"
#include "ops/dat/support/table_changes.h"

namespace cookline::datexecute_dat_op {
namespace {

enum class Execute { start, end };
constexpr MenuItem executes[] = {{"start", "Start of Frame"}, {"end", "End of Frame"}};
constexpr std::string_view page = "DAT Execute";

struct Pars : dat::ExecutePage {
  OpRef<Table> dat;
  bool tablechange = true, rowchange = false, colchange = false, cellchange = false, sizechange = false;
  Execute execute = Execute::start;
};
constexpr std::array own_rows{
    par<&Pars::dat>("dat", "DAT").on(page).help("The DAT that is watched."),
    par<&Pars::tablechange>("tablechange", "Table Change")
        .on(page)
        .help("onTableChange(dat, prevDAT, info): anything has changed."),
    par<&Pars::rowchange>("rowchange", "Row Change")
        .on(page)
        .help("onRowChange(dat, rows): the indices of rows that changed. Older projects use it."),
    par<&Pars::colchange>("colchange", "Column Change")
        .on(page)
        .help("onColChange(dat, cols): the indices of columns that changed. Older projects use it."),
    par<&Pars::cellchange>("cellchange", "Cell Change")
        .on(page)
        .help("onCellChange(dat, cells, prev): cells and their former texts. Older projects use it."),
    par<&Pars::sizechange>("sizechange", "Size Change")
        .on(page)
        .help("onSizeChange(dat): rows or columns were added or removed; after a removal the three above are not "
              "called. Older projects use it."),
    par<&Pars::execute>("execute", "Execute")
        .on(page)
        .items(executes)
        .help("At once, as often as something changes in a frame; or once a frame at most, with all changes since the "
              "last call."),
};
constexpr auto table = join_rows(dat::execute_rows(page), own_rows, dat::edit_row(page), dat::file_rows("File"));

struct State : dat::FileState {
  bool watching = false;
  TableHandle seen;
  std::int64_t called = -1;  // frame of the last call
};

using Lists = std::vector<std::pair<std::string, ListArgument>>;

ListArgument indices(const std::vector<int>& list) {
  ListArgument a;
  for (int i : list) a.items.emplace_back(std::int64_t(i));
  return a;
}

// `cellsChanged` is the path of the DAT and then row, column, row, column …
Lists info_lists(const dat::TableChanges& c, const std::string& path) {
  ListArgument cells{{path}};
  for (const auto& [row, col] : c.cells_changed)
    cells.items.insert(cells.items.end(), {std::int64_t(row), std::int64_t(col)});
  return {{"rowsChanged", indices(c.rows_changed)},
          {"rowsAdded", indices(c.rows_added)},
          {"rowsRemoved", indices(c.rows_removed)},
          {"colsChanged", indices(c.cols_changed)},
          {"colsAdded", indices(c.cols_added)},
          {"colsRemoved", indices(c.cols_removed)},
          {"cellsChanged", cells},
          {"sizeChanged", {{c.size_changed}}}};
}

// Rows and columns that came at the end count as changed, too.
std::vector<int> with_new(std::vector<int> changed, std::size_t before, std::size_t now) {
  for (std::size_t i = before; i < now; ++i) changed.push_back(int(i));
  return changed;
}

void call(Cook& cook, const Pars& p, const TableHandle& before, const Table& now, const dat::TableChanges& c) {
  const std::string path = cook.services.path_of(p.dat.path);
  const TableArgument dat{path, nullptr};
  if (p.tablechange) cook.emit({"onTableChange", {dat, TableArgument{path, before}, info_lists(c, path)}, false});
  if (!c.shrunk) {
    const std::vector<int> rows = with_new(c.rows_changed, before->rows.size(), now.rows.size());
    const std::vector<int> cols = with_new(c.cols_changed, before->columns(), now.columns());
    if (p.rowchange && !rows.empty()) cook.emit({"onRowChange", {dat, indices(rows)}, false});
    if (p.colchange && !cols.empty()) cook.emit({"onColChange", {dat, indices(cols)}, false});
    ListArgument former;
    for (const std::string& text : c.former_cells) former.items.emplace_back(text);
    if (p.cellchange && !c.cells_changed.empty())
      cook.emit({"onCellChange", {dat, CellArgument{path, c.cells_changed}, former}, false});
  }
  if (p.sizechange && c.size_changed) cook.emit({"onSizeChange", {dat}, false});
}

Status watch(Cook& cook, const Pars& p, const Inputs<Table>& in, const Frame& frame, State& state) {
  if (Status status = dat::keep_file(cook, p, state); !status) return status;
  const TableHandle now = in.handle(p.dat.input);
  const bool known = state.watching && state.seen && now;
  if (known && state.seen != now && p.active) {
    // Once a frame: what changes later is told with the next frame's changes.
    if (p.execute == Execute::end && state.called == frame.index) return {};
    const dat::TableChanges changes = dat::compare_tables(*state.seen, *now);
    if (changes.any()) {
      call(cook, p, state.seen, *now, changes);
      state.called = frame.index;
    }
  }
  state.seen = now;
  state.watching = true;
  return {};
}

Result<Table> cook(Cook& cook, const Pars& p, const Inputs<Table>& in, State& state) {
  return dat::execute_text(cook, p, in, state);
}

}  // namespace
}  // namespace cookline::datexecute_dat_op

namespace cookline {

const OpDef& datexecute_dat() {
  using namespace datexecute_dat_op;
  static const OpDef op =
      Define<Pars, table>(Family::DAT, "datexecuteDAT", "DAT Execute", "Calls Python functions when a DAT changes.")
          .inputs(0, 1)
          .holds_content()
          .cook<&cook>()
          .watch<&watch>();
  return op;
}

}  // namespace cookline
