// Pictures that went wrong or look as if: what a run does about errors of operators, pixels that are no numbers, black
// pictures and repeated ones.
#pragma once
#include <array>
#include <cstdint>
#include <optional>
#include <string_view>

#include "data/image.h"

namespace cookline {

// stop: the run ends with an error. warn: the image is written, its line in the log has the warning. skip: it is not
// written. black: black is written in its place. What was skipped or replaced is logged as missing.
enum class OnFault : std::uint8_t { allow, warn, stop, skip, black };
inline constexpr std::array<std::string_view, 5> on_fault_names = {"allow", "warn", "stop", "skip", "black"};
std::optional<OnFault> on_fault_named(std::string_view name);

struct FaultPolicy {
  OnFault error = OnFault::stop;       // an operator's error while an image is planned or cooked: stop, skip, black
  OnFault nan = OnFault::stop;         // infinite or NaN pixels in a float picture: all but allow
  OnFault black = OnFault::allow;      // all pixels black: allow, warn, stop
  OnFault duplicate = OnFault::allow;  // the same pixels as the image before in its take: allow, warn, stop
};

// Opaque black.
Image black_image(int width_px, int height_px, PixelFormat format);
// Whether colour is 0 in all pixels; of a picture that is alpha alone, whether that is.
bool is_black(const Image& image);

}  // namespace cookline
