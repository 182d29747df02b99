// Encodes and writes finished pictures on all cores while the next frames cook. What waits is bounded in bytes; when that is
// full, the caller encodes for itself. Nothing is ever dropped.
#pragma once
#include <cstdint>
#include <filesystem>
#include <functional>
#include <memory>

#include "base/result.h"
#include "data/image.h"
#include "io/atomic_file.h"
#include "io/image_file.h"

namespace cookline {

struct WrittenImage {
  std::filesystem::path path;
  std::int64_t take = 0, index = 0, frame = 0;
  std::size_t bytes = 0;
  double encode_s = 0;
};

struct ImageJob {
  ImageHandle image;
  WrittenImage file;  // bytes and encode_s are filled in
  ImageFileType type = ImageFileType::jpeg;
  EncodeOptions encode;
};

class Writer {
 public:
  // `on_written` is called from any thread, one call at a time.
  Writer(WriteOptions options, std::size_t queue_bytes, std::function<void(const WrittenImage&)> on_written);
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
