#include "render/take_diff.h"

#include <fmt/format.h>

#include <cmath>
#include <limits>
#include <map>
#include <set>

#include "io/image_file.h"
#include "kernels/pixels.h"

namespace cookline {
namespace {

struct Planes {
  int width = 0, height = 0;
  std::vector<float> values;  // r, g, b, a of each row after one another
};

Result<Planes> read_planes(const std::string& path) {
  const Result<Image> image = read_image_file(path);
  if (!image) return image.error();
  Planes p{image->width(), image->height(), {}};
  const std::size_t width = std::size_t(p.width);
  p.values.resize(4 * width * std::size_t(p.height));
  for (int y = 0; y < p.height; ++y) {
    float* row = p.values.data() + 4 * width * std::size_t(y);
    kernels::load_pixels(image->format(), image->row(y), p.width, row, row + width, row + 2 * width, row + 3 * width);
  }
  return p;
}

void compare(ImageDifference& d) {
  const Result<Planes> a = read_planes(d.a), b = read_planes(d.b);
  if (!a || !b) return void(d.problem = (a ? b.error() : a.error()).what);
  if (a->width != b->width || a->height != b->height)
    return void(d.problem = fmt::format("{}x{} and {}x{} pixels", a->width, a->height, b->width, b->height));
  double squares = 0;
  for (std::size_t i = 0; i < a->values.size(); ++i) {
    const double difference = std::abs(double(a->values[i]) - double(b->values[i]));
    squares += difference * difference;
    d.largest = std::max(d.largest, difference);
  }
  d.equal = squares == 0;
  d.psnr_db = d.equal ? std::numeric_limits<double>::infinity() : 10 * std::log10(double(a->values.size()) / squares);
}

std::map<std::int64_t, const LoggedImage*> by_index(const TakeLog& log) {
  std::map<std::int64_t, const LoggedImage*> images;
  for (const auto& [name, image] : log.images) images[image.index] = &image;
  return images;
}

}  // namespace

std::vector<ImageDifference> diff_takes(const TakeLog& a, const TakeLog& b) {
  const auto first = by_index(a), second = by_index(b);
  std::set<std::int64_t> indices;
  for (const auto& [index, image] : first) indices.insert(index);
  for (const auto& [index, image] : second) indices.insert(index);
  std::vector<ImageDifference> differences;
  for (const std::int64_t index : indices) {
    ImageDifference d{.index = index};
    const auto in_a = first.find(index), in_b = second.find(index);
    if (in_a != first.end()) d.a = (a.folder() / in_a->second->name).string();
    if (in_b != second.end()) d.b = (b.folder() / in_b->second->name).string();
    if (d.a.empty() || d.b.empty()) {
      d.problem = fmt::format("only {} has it", d.a.empty() ? "the second take" : "the first take");
    } else if (in_a->second->file == in_b->second->file) {
      d.equal = true, d.psnr_db = std::numeric_limits<double>::infinity();
    } else {
      compare(d);
    }
    differences.push_back(std::move(d));
  }
  return differences;
}

Result<Image> picture_of_difference(const ImageDifference& d) {
  const Result<Planes> a = read_planes(d.a), b = read_planes(d.b);
  if (!a) return a.error();
  if (!b) return b.error();
  if (a->width != b->width || a->height != b->height) return failure(d.a, d.problem);
  Image picture(a->width, a->height, PixelFormat::rgba8fixed);
  const std::size_t width = std::size_t(a->width);
  std::vector<float> row(4 * width, 1.0f);
  for (int y = 0; y < a->height; ++y) {
    const std::size_t at = 4 * width * std::size_t(y);
    for (std::size_t i = 0; i < 3 * width; ++i) row[i] = 10 * std::abs(a->values[at + i] - b->values[at + i]);
    kernels::store_pixels(picture.format(), row.data(), row.data() + width, row.data() + 2 * width,
                          row.data() + 3 * width, a->width, picture.row(y));
  }
  return picture;
}

}  // namespace cookline
