// Cache Select TOP: one of the pictures that a Cache TOP keeps.
#include <cstdlib>

#include "ops/top/chosen.h"

namespace cookline::cacheselect_op {
namespace {

struct Pars {
  OpRef<Image> cachetop;
  int index = 0;
};
constexpr Par table[] = {
    par<&Pars::cachetop>("cachetop", "Cache TOP").on("Cache Select").help("The Cache TOP that keeps the picture."),
    par<&Pars::index>("index", "Cache Index")
        .on("Cache Select")
        .slider(-32, 0)
        .help("Which of its pictures: 0 the newest, -1 the one before it. What it does not hold yet is transparent "
              "black."),
};

int place(const Pars& p) { return std::abs(p.index); }
Use use(const Pars&, const Connected&) { return {}; }

}  // namespace
}  // namespace cookline::cacheselect_op

namespace cookline {

const OpDef& cacheselect_top() {
  using namespace cacheselect_op;
  static const OpDef op =
      Define<Pars, table>(Family::TOP, "cacheselectTOP", "Cache Select", "Shows a picture that a Cache TOP keeps.")
          .shade<&chosen::blend<Pars>>()
          .use<&use>()
          .stored_place<&place>();
  return op;
}

}  // namespace cookline
