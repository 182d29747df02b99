// What the engine remembers of one operator between cooks. Private to the cook layer.
#pragma once
#include <memory>
#include <string>
#include <vector>

#include "cook/engine.h"

namespace cookline {

struct Engine::Runtime {
  NodeId id;

  // Parameters: constants are filled in once per revision, the others on every evaluation.
  std::uint64_t revision = ~std::uint64_t(0);
  std::shared_ptr<const ParSet> constants;
  // Parameters that are not constant, and references that are read, in table order. Copies: evaluating may edit both.
  std::shared_ptr<const std::vector<Parameter>> dynamic;
  std::shared_ptr<const std::vector<ParInfoHandle>> ref_pars;
  std::uint64_t filled_serial = 0, filled_epoch = 0;
  bool filled_pulsed = false;
  Filled filled;

  std::shared_ptr<const ParSet> hashed_pars;
  Key pars_hash;

  // What it holds, and when that was made.
  Held held;
  std::vector<Held> held_inputs;  // what the inputs held then
  std::shared_ptr<const ParSet> held_pars;
  std::uint64_t cooked_serial = 0, cooked_epoch = 0;
  std::int64_t cook_count = 0;
  CookStats stats;
  bool moving = false;
  bool bypassed = false;  // when it was made
  bool asked = false;     // its cook asked the Services for values of others
  std::uint64_t content_revision = ~std::uint64_t(0);

  std::shared_ptr<void> state;      // of stepped operators
  std::shared_ptr<void> committed;  // as the frame before left it; what a failed frame goes back to
  std::optional<Chosen> chosen;     // in the frame and epoch in which it was last stepped
  std::uint64_t chosen_serial = 0, chosen_epoch = 0;
  std::uint64_t begun_serial = 0;    // frame in which `committed` was set
  std::uint64_t stepped_serial = 0;  // frame in which the state last advanced
  std::string suffix;                // me.fileSuffix
  std::map<std::string, Value> replies;

  std::vector<std::string> warnings;
  std::string error;
};

// Appends to what an operator's inputs hold what OpDef::also_reads names, until it names no more. Status read(name,
// held) fills one in.
template <class Read>
Status append_also_read(const OpDef& def, const void* pars, std::vector<Held>& held, const Read& read) {
  if (!def.also_reads) return {};
  const std::size_t named = held.size();
  for (;;) {
    const std::span<const Held> so_far(held);
    const std::vector<std::string> names = def.also_reads(pars, so_far.first(named), so_far.subspan(named));
    const std::size_t known = held.size() - named;
    if (names.size() <= known) return {};
    held.emplace_back();
    if (Status status = read(names[known], held.back()); !status) return status;
  }
}

}  // namespace cookline
