// The operations of TouchDesigner's Composite TOP (and of every TOP that lays one picture over another) on runs of
// premultiplied pixels.
#pragma once
#include <array>
#include <cstdint>
#include <string_view>
#include <utility>

#include "kernels/planes.h"

namespace cookline::kernels {

// In the order of the menu. (`xor` is a word of C++.)
enum class CompositeOperation : std::uint8_t {
  add,
  atop,
  average,
  brightest,
  burncolor,
  burnlinear,
  chromadifference,
  color,
  darkercolor,
  difference,
  dimmest,
  divide,
  dodge,
  exclude,
  freeze,
  glow,
  hardlight,
  hardmix,
  heat,
  hue,
  inside,
  insideluminance,
  inverse,
  lightercolor,
  luminancedifference,
  maximum,
  minimum,
  multiply,
  negate,
  outside,
  outsideluminance,
  over,
  overlay,
  pinlight,
  reflect,
  screen,
  softlight,
  linearlight,
  stencilluminance,
  subtract,
  subtractive,
  under,
  vividlight,
  exclusive_or,
  yfilm,
  zfilm
};

// Code name and label of every operation, in the order of the enumeration: the menu of operators.
inline constexpr std::array<std::pair<std::string_view, std::string_view>, 46> composite_operations = {{
    {"add", "Add"},
    {"atop", "Atop"},
    {"average", "Average"},
    {"brightest", "Brightest"},
    {"burncolor", "Burn Color"},
    {"burnlinear", "Burn Linear"},
    {"chromadifference", "Chroma Difference"},
    {"color", "Color"},
    {"darkercolor", "Darker Color"},
    {"difference", "Difference"},
    {"dimmest", "Dimmest"},
    {"divide", "Divide"},
    {"dodge", "Dodge"},
    {"exclude", "Exclude"},
    {"freeze", "Freeze"},
    {"glow", "Glow"},
    {"hardlight", "Hard Light"},
    {"hardmix", "Hard Mix"},
    {"heat", "Heat"},
    {"hue", "Hue"},
    {"inside", "Inside"},
    {"insideluminance", "Inside Luminance"},
    {"inverse", "Inverse"},
    {"lightercolor", "Lighter Color"},
    {"luminancedifference", "Luminance Difference"},
    {"maximum", "Maximum"},
    {"minimum", "Minimum"},
    {"multiply", "Multiply"},
    {"negate", "Negate"},
    {"outside", "Outside"},
    {"outsideluminance", "Outside Luminance"},
    {"over", "Over"},
    {"overlay", "Overlay"},
    {"pinlight", "Pinlight"},
    {"reflect", "Reflect"},
    {"screen", "Screen"},
    {"softlight", "Soft Light"},
    {"linearlight", "Linear Light"},
    {"stencilluminance", "Stencil Luminance"},
    {"subtract", "Subtract"},
    {"subtractive", "Subtractive"},
    {"under", "Under"},
    {"vividlight", "Vivid Light"},
    {"xor", "Xor"},
    {"yfilm", "Y Film"},
    {"zfilm", "Z Film"},
}};

// out = top operation bottom, pixel by pixel; `out` may be either input. Colours are premultiplied by their alpha. The
// formulas and where each comes from are in composite_operations-inl.h.
// Finite input gives finite or overflowing output but never NaN: a quotient x / 0 is the largest number of x's sign,
// and 0 / 0 is 0. TD differs: there, such quotients are infinite or undefined; pictures of fixed format show no
// difference.
void composite(CompositeOperation operation, const ConstPlanes& top, const ConstPlanes& bottom, const Planes& out,
               int count);

}  // namespace cookline::kernels
