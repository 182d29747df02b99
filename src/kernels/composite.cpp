#include "kernels/composite.h"

#include <limits>

#undef HWY_TARGET_INCLUDE
#define HWY_TARGET_INCLUDE "kernels/composite.cpp"
#include <hwy/foreach_target.h>
#include <hwy/highway.h>

#include "kernels/planes-inl.h"
// After its vectors:
#include "kernels/composite_operations-inl.h"

HWY_BEFORE_NAMESPACE();
namespace cookline::kernels::HWY_NAMESPACE {

using Run = void (*)(const ConstPlanes&, const ConstPlanes&, const Planes&, std::size_t);

template <class Operation>
void run(const ConstPlanes& top, const ConstPlanes& bottom, const Planes& out, std::size_t count) {
  combine_runs(top, bottom, out, count, [](const Rgba& a, const Rgba& b) HWY_ATTR { return Operation::pixel(a, b); });
}

template <class... Operations>
inline constexpr std::array<Run, sizeof...(Operations)> runs_of = {&run<Operations>...};

// In the order of CompositeOperation.
inline constexpr auto& runs =
    runs_of<Add, Atop, Average, Brightest, Color, BurnLinear, ChromaDifference, Color, DarkerColor, Difference, Dimmest,
            Divide, Dodge, Exclude, Freeze, Glow, HardLight, HardMix, Heat, Hue, Inside, InsideLuminance, Inverse,
            LighterColor, LuminanceDifference, Maximum, Minimum, Multiply, Negate, Outside, OutsideLuminance, Over,
            Overlay, PinLight, Reflect, Screen, SoftLight, LinearLight, StencilLuminance, Subtract, Subtractive, Under,
            VividLight, Xor, YFilm, ZFilm>;
static_assert(runs.size() == composite_operations.size());

void composite_run(std::size_t operation, const ConstPlanes& top, const ConstPlanes& bottom, const Planes& out,
                   std::size_t count) {
  runs[operation](top, bottom, out, count);
}

}  // namespace cookline::kernels::HWY_NAMESPACE
HWY_AFTER_NAMESPACE();

#if HWY_ONCE
namespace cookline::kernels {

HWY_EXPORT(composite_run);

void composite(CompositeOperation operation, const ConstPlanes& top, const ConstPlanes& bottom, const Planes& out,
               int count) {
  HWY_DYNAMIC_DISPATCH(composite_run)(std::size_t(operation), top, bottom, out, std::size_t(count));
}

}  // namespace cookline::kernels
#endif
