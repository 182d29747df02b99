// Encodes and writes finished pictures on all cores while the next frames cook. What waits is bounded in bytes; when
// that is full, the caller encodes for itself. Nothing is ever dropped.
#pragma once
#include <cstdint>
#include <filesystem>
#include <functional>
#include <memory>
#include <string>
#include <vector>

#include "base/hash.h"
#include "base/result.h"
#include "data/image.h"
#include "io/atomic_file.h"
#include "io/image_file.h"
#include "io/movie_format.h"

namespace cookline {

struct WrittenImage {
  std::filesystem::path path;
  std::string sink;    // path of the operator whose picture it is
  std::string suffix;  // the end of its name, "0.12.jpg", where it has one
  std::string names;   // the pattern of its name and those of its take (TakeHeader::names), where it has one
  std::int64_t take = 0, index = 0, frame = 0;
  bool movie = false;       // a movie, or a picture of one
  std::int64_t images = 1;  // in the file: of a movie, its pictures
  std::int64_t order = -1;  // of the take among those that Unique Suffix numbered in the run
  std::string device;       // that the pixels' last digits may depend on; empty: none
  int width_px = 0, height_px = 0;
  PixelFormat format = PixelFormat::rgba8fixed;
  std::size_t bytes = 0;
  double cook_s = 0, encode_s = 0;
  std::string pixel_hash, file_hash;  // XXH3-128 of the stored pixels and of the file's bytes, hexadecimal
  std::vector<std::string> warnings;
  std::string fault;     // why it is no picture of its frame, but skipped, or black; empty: it is one
  bool skipped = false;  // for its fault it is not written
  std::string take_log;  // key of the log it belongs to; empty: none
};

struct ImageJob {
  ImageHandle image;
  WrittenImage file;  // bytes, encode_s and hashes are filled in
  ImageFileType type = ImageFileType::jpeg;
  EncodeOptions encode;
  std::shared_ptr<const MovieSettings> movie;  // it goes into a movie, whose first picture it is
};

// Of size, format and stored pixels of a picture.
Key hash_pixels(const Image& image);
// Of all pictures that go into the file; of one alone it is that one's.
Key hash_pixels(const ImageJob& job);
// The picture, then those of the layers.
std::vector<ImageHandle> pictures_of(const ImageJob& job);

class Writer {
 public:
  struct Hooks {
    // What an image says of how it was made (EncodeOptions::provenance), from any thread; may be empty. All but the
    // file's size and hash is known of the image.
    std::function<std::string(const WrittenImage&)> provenance;
    // From any thread, one call at a time; its error is that of the image.
    std::function<Status(const WrittenImage&)> on_written;
  };
  Writer(WriteOptions options, std::size_t queue_bytes, Hooks hooks);
  ~Writer();  // waits for what was submitted

  // Hands a picture over. The error is the first that any image met; later images are then no longer written.
  Status submit(ImageJob job);
  // Waits until everything is on disk.
  Status finish();

 private:
  struct Shared;
  std::unique_ptr<Shared> shared_;
};

}  // namespace cookline
