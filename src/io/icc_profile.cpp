// Built by Little CMS from primaries, white and curve.
#include "io/icc_profile.h"

#include <lcms2.h>

#include <array>
#include <cmath>
#include <cstring>
#include <memory>
#include <optional>
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

// What tells one space from others: its primaries as seen under the white of profiles, and some points of its curve.
struct Traits {
  std::string_view space;
  std::array<double, 9> primaries{};  // XYZ of red, green and blue; none of grey
  std::array<double, 3> curve{};
};

std::optional<Traits> traits_of(std::span<const std::byte> bytes) {
  const std::unique_ptr<void, Close> profile(cmsOpenProfileFromMem(bytes.data(), cmsUInt32Number(bytes.size())));
  if (!profile) return std::nullopt;
  const bool grey = cmsGetColorSpace(profile.get()) == cmsSigGrayData;
  Traits traits;
  constexpr cmsTagSignature tags[] = {cmsSigRedColorantTag, cmsSigGreenColorantTag, cmsSigBlueColorantTag};
  for (std::size_t i = 0; i < 3 && !grey; ++i) {
    const auto* const xyz = static_cast<const cmsCIEXYZ*>(cmsReadTag(profile.get(), tags[i]));
    if (!xyz) return std::nullopt;
    traits.primaries[3 * i] = xyz->X, traits.primaries[3 * i + 1] = xyz->Y, traits.primaries[3 * i + 2] = xyz->Z;
  }
  const auto* const curve =
      static_cast<const cmsToneCurve*>(cmsReadTag(profile.get(), grey ? cmsSigGrayTRCTag : cmsSigRedTRCTag));
  if (!curve) return std::nullopt;
  for (std::size_t i = 0; i < 3; ++i) traits.curve[i] = cmsEvalToneCurveFloat(curve, 0.25f * float(i + 1));
  return traits;
}

std::vector<Traits> traits_of_spaces() {
  std::vector<Traits> all;
  for (const ColourSpace& space : kernels::colour_spaces())
    if (auto traits = traits_of(icc_profile(space.name, false))) {
      traits->space = space.name;
      all.push_back(*traits);
    }
  return all;
}

template <std::size_t n>
bool near(const std::array<double, n>& a, const std::array<double, n>& b) {
  constexpr double step = 0.004;  // a profile of another program rounds its numbers, or takes a power of 2.2 for sRGB
  for (std::size_t i = 0; i < n; ++i)
    if (std::abs(a[i] - b[i]) > step) return false;
  return true;
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

std::string_view space_of_profile(std::span<const std::byte> profile) {
  static const std::vector<Traits> spaces = traits_of_spaces();
  const std::optional<Traits> traits = traits_of(profile);
  if (!traits) return {};
  const bool grey = traits->primaries == std::array<double, 9>{};
  for (const Traits& space : spaces)
    if (near(space.curve, traits->curve) && (grey || near(space.primaries, traits->primaries))) return space.space;
  return {};
}

}  // namespace cookline
