#include "render/take_diff.h"

#include <fmt/format.h>

#include <cmath>
#include <limits>
#include <map>
#include <set>

#include "base/parallel.h"
#include "io/image_file.h"
#include "kernels/pixels.h"

namespace cookline {
namespace fs = std::filesystem;
namespace {

Result<ImageHandle> read_picture(const TakePicture& picture, MediaPool& movies) {
  if (!picture.in_movie) {
    Result<Image> image = read_image_file(picture.path);
    return image ? Result<ImageHandle>(std::make_shared<const Image>(*std::move(image))) : image.error();
  }
  const Result<MediaHandle> movie = movies.open(picture.path);
  return movie ? (*movie)->read(*picture.in_movie) : Result<ImageHandle>(movie.error());
}

// A row of a picture: all r, all g, all b, all a.
void load_row(const Image& image, int y, std::vector<float>& row) {
  const auto width = std::size_t(image.width());
  row.resize(4 * width);
  kernels::load_pixels(image.format(), image.row(y), image.width(), row.data(), row.data() + width,
                       row.data() + 2 * width, row.data() + 3 * width);
}

void compare(PictureDifference& d, MediaPool& movies) {
  const Result<ImageHandle> first = read_picture(d.a, movies), second = read_picture(d.b, movies);
  if (!first || !second) return void(d.problem = (first ? second.error() : first.error()).what);
  const Image &a = **first, &b = **second;
  if (a.width() != b.width() || a.height() != b.height())
    return void(d.problem = fmt::format("{}x{} and {}x{} pixels", a.width(), a.height(), b.width(), b.height()));
  double squares = 0;
  std::vector<float> row_a, row_b;
  for (int y = 0; y < a.height(); ++y) {
    load_row(a, y, row_a), load_row(b, y, row_b);
    for (std::size_t i = 0; i < row_a.size(); ++i) {
      const double difference = std::abs(double(row_a[i]) - double(row_b[i]));
      squares += difference * difference;
      d.largest = std::max(d.largest, difference);
    }
  }
  d.equal = squares == 0;
  const double values = 4.0 * a.width() * a.height();
  d.psnr_db = d.equal ? std::numeric_limits<double>::infinity() : 10 * std::log10(values / squares);
}

struct Listed {
  TakePicture picture;
  std::string hash;  // of its file; empty: not known
};

// A take as it is compared.
struct Pictures {
  std::map<std::int64_t, Listed> by_index;
  bool movie = false;
};

Result<Pictures> pictures_of(const TakeLog& log, MediaPool& movies) {
  Pictures pictures;
  for (const auto& [name, image] : log.images) {
    const std::string path = (log.folder() / name).string();
    if (image_file_type_of(path)) {
      pictures.by_index[image.index] = {{path}, image.file};
      continue;
    }
    const Result<MediaHandle> movie = movies.open(path);
    if (!movie) return movie.error();
    pictures.movie = true;
    const auto before = std::int64_t(pictures.by_index.size());  // of another movie of the take
    for (std::int64_t i = 0; i < (*movie)->facts().count; ++i) pictures.by_index[before + i] = {{path, i}, image.file};
  }
  return pictures;
}

// Gives the pictures of a movie the indices of images in their order; those behind them go on counting.
void number_as(const Pictures& images, Pictures& movie) {
  std::map<std::int64_t, Listed> renumbered;
  std::int64_t index = 0;
  auto image = images.by_index.begin();
  for (auto& [number, listed] : movie.by_index) {
    if (image != images.by_index.end()) index = image++->first;
    renumbered[index++] = std::move(listed);
  }
  movie.by_index = std::move(renumbered);
}

}  // namespace

TakeLog log_of_file(const fs::path& file) {
  TakeLog log;
  log.path = file;
  log.images[file.filename().string()] = {.name = file.filename().string()};
  return log;
}

Result<std::vector<PictureDifference>> diff_takes(const TakeLog& a, const TakeLog& b, MediaPool& movies) {
  Result<Pictures> first = pictures_of(a, movies), second = pictures_of(b, movies);
  if (!first) return first.error();
  if (!second) return second.error();
  if (first->movie && !second->movie) number_as(*second, *first);
  if (second->movie && !first->movie) number_as(*first, *second);
  std::set<std::int64_t> indices;
  for (const auto& [index, listed] : first->by_index) indices.insert(index);
  for (const auto& [index, listed] : second->by_index) indices.insert(index);
  std::vector<PictureDifference> differences;
  std::vector<std::size_t> unknown;  // those that the logs do not tell
  for (const std::int64_t index : indices) {
    const auto in_a = first->by_index.find(index), in_b = second->by_index.find(index);
    const bool is_in_a = in_a != first->by_index.end(), is_in_b = in_b != second->by_index.end();
    PictureDifference d{.index = index};
    if (is_in_a) d.a = in_a->second.picture;
    if (is_in_b) d.b = in_b->second.picture;
    if (!is_in_a || !is_in_b)
      d.problem = fmt::format("only {} has it", is_in_a ? "the first take" : "the second take");
    else if (!in_a->second.hash.empty() && in_a->second.hash == in_b->second.hash)
      d.equal = true, d.psnr_db = std::numeric_limits<double>::infinity();
    else
      unknown.push_back(differences.size());
    differences.push_back(std::move(d));
  }
  const auto compare_one = [&](std::int64_t i) { compare(differences[unknown[std::size_t(i)]], movies); };
  const auto count = std::int64_t(unknown.size());
  if (!first->movie && !second->movie)
    parallel_for(count, compare_one);
  else  // movies are quick in their order only
    for (std::int64_t i = 0; i < count; ++i) compare_one(i);
  return differences;
}

Result<Image> picture_of_difference(const PictureDifference& d, MediaPool& movies) {
  const Result<ImageHandle> a = read_picture(d.a, movies), b = read_picture(d.b, movies);
  if (!a) return a.error();
  if (!b) return b.error();
  if ((*a)->width() != (*b)->width() || (*a)->height() != (*b)->height()) return failure(d.a.path, d.problem);
  Image picture((*a)->width(), (*a)->height(), PixelFormat::rgba8fixed);
  const auto width = std::size_t(picture.width());
  std::vector<float> row_a, row_b, row(4 * width, 1.0f);
  for (int y = 0; y < picture.height(); ++y) {
    load_row(**a, y, row_a), load_row(**b, y, row_b);
    for (std::size_t i = 0; i < 3 * width; ++i) row[i] = 10 * std::abs(row_a[i] - row_b[i]);
    kernels::store_pixels(picture.format(), row.data(), row.data() + width, row.data() + 2 * width,
                          row.data() + 3 * width, picture.width(), picture.row(y));
  }
  return picture;
}

}  // namespace cookline
