// Tests that run once for each operator of the registry; their names end in the operator's type.
#pragma once
#include <gtest/gtest.h>

#include "op/registry.h"
#include "ops/list.h"

namespace cookline {

inline const Registry& all_types() {
  static const Registry registry{all_operators()};
  return registry;
}

class EveryOperator : public testing::TestWithParam<const TypeInfo*> {
 public:
  const TypeInfo& type() const { return *GetParam(); }
  std::string name() const { return std::string(type().def->type); }
};

inline std::string type_suffix(const testing::TestParamInfo<const TypeInfo*>& info) {
  return std::string(info.param->def->type);
}

// Every parameter, those of the first block of each sequence included.
inline std::vector<ParInfoHandle> all_pars(const TypeInfo& type) {
  std::vector<ParInfoHandle> list = type.pars;
  for (const ParInfoHandle& par : type.pars) {
    if (par->style != Style::Sequence || to_int(par->default_value) > 0) continue;
    for (const ParInfoHandle& block : type.block_pars(*par, 0)) list.push_back(block);
  }
  return list;
}

}  // namespace cookline
