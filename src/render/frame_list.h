// Frame lists as on every render farm: "1-100", "1-100x2", "1,3,7-9", inclusive.
#pragma once
#include <cstddef>
#include <cstdint>
#include <string_view>
#include <vector>

#include "base/result.h"

namespace cookline {

// The frames in the order given, doubles dropped. Errors name the part that is wrong, also the one that makes it more
// than `most` frames.
Result<std::vector<std::int64_t>> parse_frame_list(std::string_view text, std::size_t most = 10'000'000);

}  // namespace cookline
