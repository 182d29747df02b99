// All operator types with their parameters expanded to single components: what the network, Python, TDN and the
// reference pages look names up in.
#pragma once
#include <map>
#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "base/result.h"
#include "op/common.h"
#include "op/op.h"

namespace cookline {

// One scalar parameter, built-in or custom.
struct ParInfo {
  std::string name, label, page, help, unit;
  std::string group;  // name of its ParGroup: "t" of tx, else its own name
  Style style = Style::Float;
  int vec_index = 0, vec_size = 1;
  double min = 0, max = 1, norm_min = 0, norm_max = 1;
  bool clamp_min = false, clamp_max = false;
  std::vector<std::string> menu_names, menu_labels;
  std::string menu_source;  // expression or DAT path that fills the menu (custom menus)
  Value default_value;
  std::string default_expr;  // created in expression mode if not empty
  std::string default_bind;  // created in bind mode if not empty
  bool custom = false, read_only = false, start_section = false;
  std::string sequence;  // name of the sequence it is a block parameter of
  int block = -1;        // its block index

  // Where a built-in parameter is stored: row `row` of table `table` (0 the operator's own), component vec_index.
  int table = -1;
  const Par* row = nullptr;
  const Par* sequence_row = nullptr;  // for block parameters

  bool is_number() const;  // value is a double or an int
  bool is_menu() const { return style == Style::Menu || style == Style::StrMenu; }
};
using ParInfoHandle = std::shared_ptr<const ParInfo>;

// Bounds, menus and types: the value as the parameter stores it. Numbers are clamped, menu names become indices (Menu),
// text becomes a number where that is exact. An error says what was found and what is allowed.
Result<Value> coerce(const ParInfo& info, const Value& value);

// Name of the menu item a Menu parameter's value stands for, or the text of a StrMenu; "" if out of range.
std::string menu_item(const ParInfo& info, const Value& value);

// The parameters of an operator as its functions read them: one struct a table, own first.
struct ParSet {
  std::vector<std::shared_ptr<void>> tables;
  const void* own() const { return tables.front().get(); }
  template <class T>
  const T& common(std::size_t i = 1) const {
    return *static_cast<const T*>(tables[i].get());
  }
};

struct TypeInfo {
  const OpDef* def = nullptr;
  std::vector<ParTable> tables;     // own first, then common ones
  std::vector<ParInfoHandle> pars;  // in order, sequences with their least number of blocks
  std::vector<std::string> pages;

  ParSet make_pars() const;
  ParSet copy_pars(const ParSet& from) const;
  // Block parameters of block `index` of a sequence.
  std::vector<ParInfoHandle> block_pars(const ParInfo& sequence, int index) const;
};

// Writes one value into the structs; the value must have been coerced.
void store(ParSet& set, const ParInfo& info, const Value& value);

class Registry {
 public:
  explicit Registry(std::span<const OpDef* const> ops);
  Registry(const Registry&) = delete;
  Registry& operator=(const Registry&) = delete;

  const TypeInfo* find(std::string_view type) const;  // null if unknown
  std::vector<const TypeInfo*> all() const;           // by type name
  // "noizeTOP: unknown operator type; did you mean 'noiseTOP'?"
  Error unknown_type(std::string_view type, std::string where) const;

 private:
  std::map<std::string, TypeInfo, std::less<>> types_;
};

}  // namespace cookline
