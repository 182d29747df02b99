#include "data/float_format.h"

namespace cookline {

PixelFormat as_float(PixelFormat format) {
  using F = PixelFormat;
  const Component component = info(format).component;
  const bool half = component != Component::u16 && component != Component::f32;
  switch (info(format).layout) {
    case Layout::mono:
      return half ? F::mono16float : F::mono32float;
    case Layout::a:
      return half ? F::a16float : F::a32float;
    case Layout::monoalpha:
      return half ? F::monoalpha16float : F::monoalpha32float;
    case Layout::rg:
      return half ? F::rg16float : F::rg32float;
    case Layout::rgb:
      return half ? F::rgb16float : F::rgb32float;
    case Layout::rgba:
      break;
  }
  return half ? F::rgba16float : F::rgba32float;
}

}  // namespace cookline
