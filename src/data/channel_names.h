// TouchDesigner's channel name patterns that make names: expansion (`t[xyz]`, `c[1-5:2]`) and replacement (`*(0)`).
// Matching alone is match_pattern of base/text.h.
#pragma once
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace cookline {

// Every name that a space-separated list of patterns spells out, in order: `geo[1-3:2]:s[xy]` gives geo1:sx geo1:sy
// geo3:sx geo3:sy. `[a-c]` and `[1-12]` are ranges (`:n` is their step), other sets are single characters. At most
// 100,000 names.
std::vector<std::string> expand_names(std::string_view patterns);

// Renames those of `names` that a pattern of `from` matches to the pattern at the same place of `to` (its last one if
// there are fewer). In `to`, `*` stands for what the next `*` of the match stood for, `*(n)` for what its n-th did, and
// an expansion gives one name after the other. Names that would be equal get the next free number.
// An empty `to` renames nothing.
std::vector<std::string> rename_channels(std::span<const std::string> names, std::string_view from,
                                         std::string_view to);

}  // namespace cookline
