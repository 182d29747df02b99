// Colour spaces by the names of TouchDesigner's menus, and pixels brought from one into another.
#pragma once
#include <array>
#include <span>
#include <string_view>

namespace cookline::kernels {

// How light becomes stored values.
enum class Curve { linear, srgb, rec709, gamma26, pq, hlg, acesproxy };

struct ColourSpace {
  std::string_view name;
  double red[2], green[2], blue[2], white[2];  // CIE xy
  Curve curve = Curve::linear;
};

// sRGB is the first: the space that pictures are computed in.
std::span<const ColourSpace> colour_spaces();
// Null for "passthrough" and unknown names.
const ColourSpace* colour_space_named(std::string_view name);

// Other primaries go through linear light, other whites are adapted (Bradford). Linear, sRGB, Rec. 709 and gamma curves
// keep the sign of negative values; PQ, HLG and ACESproxy have none and limit to what they can store. 1 of a space
// without a peak is white; `white` says how much light that is in PQ (1 is 10,000 cd/m2) and HLG (1 is the peak).
class ColourTransform {
 public:
  ColourTransform(const ColourSpace& from, const ColourSpace& to, double white = 1);
  // In place.
  void operator()(float* r, float* g, float* b, int count) const;
  // One colour, accurate to a float's precision.
  std::array<double, 3> operator()(const std::array<double, 3>& colour) const;

 private:
  Curve from_, to_;
  std::array<std::array<double, 3>, 3> matrix_;  // of linear light, rows
};

// Whether the largest value is a certain light, and white is less: PQ and HLG.
bool has_peak(Curve curve);

// The light of white in a space with a peak, for ColourTransform: of the items default, sdr and hdr of Output Reference
// White. Sources: ITU-R BT.2408 (203 cd/m2 for HDR), 100 cd/m2 for SDR, on a display of 1,000 cd/m2 for HLG.
double light_of_white(Curve curve, std::string_view reference_white);

}  // namespace cookline::kernels
