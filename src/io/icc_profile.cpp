// Built by Little CMS from primaries, white and curve.
#include "io/icc_profile.h"

#include <lcms2.h>

#include <array>
#include <cmath>
#include <cstring>
#include <memory>
#include <string>

#include "kernels/colour_space.h"

namespace cookline {
namespace {

using kernels::ColourSpace;
using kernels::Curve;

struct Close {
  void operator()(void* profile) const { cmsCloseProfile(profile); }
  void operator()(cmsToneCurve* curve) const { cmsFreeToneCurve(curve); }
};
using ToneCurve = std::unique_ptr<cmsToneCurve, Close>;

// Stored value to light: parametric where the standard is, else 4096 steps of the transform itself.
ToneCurve tone_curve(const ColourSpace& space) {
  constexpr std::array<double, 5> srgb = {2.4, 1 / 1.055, 0.055 / 1.055, 1 / 12.92, 0.04045};
  constexpr std::array<double, 5> rec709 = {1 / 0.45, 1 / 1.099, 0.099 / 1.099, 1 / 4.5, 0.081};
  if (space.curve == Curve::linear) return ToneCurve(cmsBuildGamma(nullptr, 1));
  if (space.curve == Curve::gamma26) return ToneCurve(cmsBuildGamma(nullptr, 2.6));
  if (space.curve == Curve::srgb) return ToneCurve(cmsBuildParametricToneCurve(nullptr, 4, srgb.data()));
  if (space.curve == Curve::rec709) return ToneCurve(cmsBuildParametricToneCurve(nullptr, 4, rec709.data()));
  ColourSpace linear = space;
  linear.curve = Curve::linear;
  const double white = kernels::light_of_white(space.curve, "default");
  const kernels::ColourTransform transform(space, linear, white);
  std::array<cmsUInt16Number, 4096> table{};
  for (std::size_t i = 0; i < table.size(); ++i) {
    const double v = double(i) / double(table.size() - 1);
    // Light of the peak is 1 in a profile.
    const double light = transform({v, v, v})[1] * white;
    table[i] = cmsUInt16Number(std::lround(std::fmin(std::fmax(light, 0), 1) * 65535));
  }
  return ToneCurve(cmsBuildTabulatedToneCurve16(nullptr, table.size(), table.data()));
}

void put_text(cmsHPROFILE profile, cmsTagSignature tag, const char* text) {
  cmsMLU* const words = cmsMLUalloc(nullptr, 1);
  cmsMLUsetASCII(words, "en", "US", text);
  cmsWriteTag(profile, tag, words);
  cmsMLUfree(words);
}

}  // namespace

std::vector<std::byte> icc_profile(std::string_view name, bool grey) {
  const ColourSpace* const space = kernels::colour_space_named(name);
  if (!space || space->curve == Curve::acesproxy) return {};
  const cmsCIExyY white = {space->white[0], space->white[1], 1};
  const cmsCIExyYTRIPLE primaries = {
      {space->red[0], space->red[1], 1}, {space->green[0], space->green[1], 1}, {space->blue[0], space->blue[1], 1}};
  const ToneCurve curve = tone_curve(*space);
  cmsToneCurve* const curves[3] = {curve.get(), curve.get(), curve.get()};
  const std::unique_ptr<void, Close> profile(grey ? cmsCreateGrayProfile(&white, curve.get())
                                                  : cmsCreateRGBProfile(&white, &primaries, curves));
  cmsSetProfileVersion(profile.get(), 4.3);
  put_text(profile.get(), cmsSigProfileDescriptionTag, std::string(name).c_str());
  put_text(profile.get(), cmsSigCopyrightTag, "No copyright, use freely");
  cmsUInt32Number size = 0;
  cmsSaveProfileToMem(profile.get(), nullptr, &size);
  std::vector<std::byte> bytes(size);
  cmsSaveProfileToMem(profile.get(), bytes.data(), &size);
  // The date of creation, bytes 24 to 35 of the header, is no fact about the space: 1 January 2026.
  constexpr std::array<unsigned char, 12> date = {0x07, 0xea, 0, 1, 0, 1};
  std::memcpy(bytes.data() + 24, date.data(), date.size());
  std::memset(bytes.data() + 40, 0, 4);   // the platform it was made on
  std::memset(bytes.data() + 84, 0, 16);  // the checksum, which covers neither and may be left out
  return bytes;
}

}  // namespace cookline
