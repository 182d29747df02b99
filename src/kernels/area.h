// Pictures in another size, every output pixel the average of the area that it covers: no pixel of the input is passed
// over, nothing rings.
#pragma once
#include <vector>

#include "data/image.h"

namespace cookline::kernels {

// Stretches the first slice of a picture in memory over width_px × height_px. An axis that shrinks is averaged by the
// exact parts of pixels that an output pixel covers; one that grows is interpolated between pixel centres, edges held.
// In linear light for srgba8fixed. Of an axis that stays, values come out unchanged.
class AreaResize {
 public:
  AreaResize(ImageHandle image, int width_px, int height_px);
  // One row of the output into four planes. Thread-safe.
  void row(int y, float* r, float* g, float* b, float* a) const;

 private:
  // The pixels of the input that one of the output depends on, in order, and their weights, whose sum is 1.
  struct Taps {
    int first = 0;
    std::vector<float> weights;
  };
  static Taps taps_of(int i, int from, int to);

  ImageHandle image_;
  std::vector<Taps> columns_, rows_;
};

}  // namespace cookline::kernels
