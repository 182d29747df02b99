// What the engine does for every CHOP: the parameters of its Common page, before and after the operator's own cook.
#pragma once
#include <string>
#include <vector>

#include "base/result.h"
#include "op/registry.h"

namespace cookline {

// Sample Rate Match: the inputs brought to one rate. Errors: rates differ and that is said to be one; more than a
// hundred million samples.
Result<std::vector<Held>> match_rates(std::vector<Held> inputs, ResampleRate how, const std::string& path);

// Scope, Rename and Time Slice: channels outside Scope are the first input's, then names are changed, then the samples
// of this frame are cut out.
void finish_channels(const OpDef& def, const ParSet& pars, const std::vector<Held>& inputs, const Frame& frame,
                     Channels& channels);

// Whether Time Slice makes an operator's channels depend on time.
bool slices(const OpDef& def, const ParSet& pars);

}  // namespace cookline
