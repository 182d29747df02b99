// Bringing several sets of channels to one interval: the Align menu that Select, Math and other CHOPs have.
#pragma once
#include <span>
#include <vector>

#include "data/channels.h"
#include "op/par.h"

namespace cookline::chop {

enum class Align { automatic, none, stretch, start, end, shift1, trim1, stretch1, trim, squash };
inline constexpr MenuItem align_items[] = {{"auto", "Automatic"},
                                           {"none", "Extend to Min/Max"},
                                           {"stretch", "Stretch to Min/Max"},
                                           {"start", "Shift to Minimum"},
                                           {"end", "Shift to Maximum"},
                                           {"shift1", "Shift to First Interval"},
                                           {"trim1", "Trim to First Interval"},
                                           {"stretch1", "Stretch to First Interval"},
                                           {"trim", "Trim to Smallest Interval"},
                                           {"squash", "Stretch to Smallest Interval"}};

// The same channels on one interval, in the same order. Sets without channels take no part in choosing the interval.
// The rate is that of the first set; sets of other rates are taken to be resampled already.
std::vector<Channels> align(std::span<const Channels* const> sets, Align how);

}  // namespace cookline::chop
