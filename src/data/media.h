// Pictures kept in files, as TOPs play them back: one image, a sequence of images or a movie, whoever decodes it.
#pragma once
#include <cstdint>
#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "base/hash.h"
#include "base/result.h"
#include "data/image.h"
#include "data/rate.h"

namespace cookline {

enum class MediaKind : std::uint8_t { image, sequence, movie };
// What colours next to an alpha below 1 mean: as they are, or multiplied by it already.
enum class AlphaKind : std::uint8_t { straight, premultiplied };

struct MediaFacts {
  MediaKind kind = MediaKind::image;
  std::string path;        // as opened
  std::int64_t count = 1;  // of pictures, at least 1
  Rate rate{0, 1};         // pictures per second; 0/1 for what has none of its own
  AlphaKind alpha = AlphaKind::straight;
  bool has_audio = false;
  std::vector<std::int64_t> numbers;  // of a sequence whose files are numbered: the number of each picture, ascending
  std::vector<std::int64_t> missing;  // of those numbers, the ones without a file
  std::vector<std::pair<std::string, std::string>> metadata;  // as the file words it
};

struct PictureFacts {
  int width_px = 1, height_px = 1;
  double aspect = 1;
  PixelFormat format = PixelFormat::rgba8fixed;
  Key key;                  // equal keys, equal pixels: of the file's path, size and time stamp
  std::string colour = {};  // the item of Input Color Space that the file says it is in; empty: it says nothing
};

// Thread-safe.
class Media {
 public:
  virtual ~Media() = default;
  virtual const MediaFacts& facts() const = 0;
  // Picture `index` of [0, count) without decoding it, and its pixels. Errors name the file, and the number that is
  // missing in a sequence.
  virtual Result<PictureFacts> picture(std::int64_t index) = 0;
  virtual Result<ImageHandle> read(std::int64_t index) = 0;
};
using MediaHandle = std::shared_ptr<Media>;

// Every second row of a picture, counted from its top.
enum class Field : std::uint8_t { both, even, odd };

// How a stored picture is looked at; applied in this order.
struct MediaView {
  Field field = Field::both;
  bool bottom_half_alpha = false;  // the lower half is the alpha of the upper one
  // The colour space that values are in, which are brought into sRGB; empty: they are taken as they are.
  std::string colour = {};
  std::string white = {};     // item of Input Reference White, of spaces with a peak
  bool multiply_rgb = false;  // by alpha
  bool operator==(const MediaView&) const = default;
};

// "2 images of the sequence are missing, the first is 12"; empty if none is.
std::string what_is_missing(const MediaFacts& facts);

// Size, format and key of a picture in a view.
PictureFacts facts_of_view(const PictureFacts& facts, const MediaView& view);

}  // namespace cookline
