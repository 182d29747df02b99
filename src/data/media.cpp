#include "data/media.h"

#include <fmt/format.h>

#include <algorithm>

#include "data/float_format.h"

namespace cookline {
namespace {

// Rows of every picture are counted from its top; the even field has the first.
int field_height(int height_px, Field field) {
  return std::max(1, field == Field::even ? (height_px + 1) / 2 : field == Field::odd ? height_px / 2 : height_px);
}

// With alpha where it had none.
PixelFormat with_alpha(PixelFormat format) {
  switch (info(format).component) {
    case Component::u16:
      return PixelFormat::rgba16fixed;
    case Component::f16:
      return PixelFormat::rgba16float;
    case Component::f32:
    case Component::packed11:
      return PixelFormat::rgba32float;
    default:
      return format == PixelFormat::srgba8fixed ? format : PixelFormat::rgba8fixed;
  }
}

}  // namespace

std::string what_is_missing(const MediaFacts& facts) {
  if (facts.missing.empty()) return {};
  const std::size_t count = facts.missing.size();
  return fmt::format("{} of the sequence {} missing, the first is {}",
                     count == 1 ? "1 image" : fmt::format("{} images", count), count == 1 ? "is" : "are",
                     facts.missing.front());
}

PictureFacts facts_of_view(const PictureFacts& facts, const MediaView& view) {
  PictureFacts seen = facts;
  seen.height_px = field_height(facts.height_px, view.field);
  if (view.bottom_half_alpha) {
    seen.height_px = std::max(1, seen.height_px / 2);
    seen.format = with_alpha(facts.format);
    seen.aspect = facts.aspect * 2;
  }
  // Another space has colours that are outside of sRGB.
  if (!view.colour.empty()) seen.format = as_float(seen.format);
  if (view == MediaView{}) return seen;
  Hasher hasher;
  hasher.add(facts.key).add(view.field).add(view.bottom_half_alpha).add(view.multiply_rgb);
  hasher.text(view.colour).text(view.white);
  seen.key = hasher.key();
  return seen;
}

}  // namespace cookline
