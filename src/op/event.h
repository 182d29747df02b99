// A callback that an operator asks for; the script layer makes it after the cook.
#pragma once
#include <string>
#include <utility>
#include <variant>
#include <vector>

#include "data/table.h"
#include "data/value.h"

namespace cookline {

struct ChannelArgument {
  std::string op, channel;
};  // a Channel of the CHOP with this path
struct ParArgument {
  std::string op, par;
};  // a Par
// Timer's Segment; `index` is its int. Dotted names are members of its members: row.<column>, custom.<column>.
struct SegmentArgument {
  std::vector<std::pair<std::string, Value>> members;
};
struct TableArgument {
  std::string op;
  TableHandle former;
};  // a DAT; if `former`, with these contents
struct ListArgument {
  std::vector<Value> items;
};
struct CellArgument {
  std::string op;
  std::vector<std::pair<int, int>> cells;
};  // list of Cells of a DAT
using Argument = std::variant<Value, ChannelArgument, ParArgument, SegmentArgument, TableArgument, ListArgument,
                              CellArgument, std::vector<std::pair<ParArgument, Value>>,  // list of (par, prev)
                              std::vector<std::pair<std::string, ListArgument>>>;  // an info object with named lists

struct Event {
  std::string callback;             // function name, "onDone"
  std::vector<Argument> arguments;  // behind the operator itself
  bool owner_first = true;          // the first argument is the operator that emits it
  bool wants_reply = false;         // the result is kept for Services::take_reply
};

}  // namespace cookline
