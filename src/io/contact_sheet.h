// One picture that shows a whole take: evenly chosen frames as captioned thumbnails on a grid.
#pragma once
#include <cstdint>
#include <filesystem>
#include <span>
#include <string>
#include <vector>

#include "base/result.h"
#include "data/image.h"
#include "io/atomic_file.h"
#include "io/image_file.h"

namespace cookline {

struct ContactFrame {
  std::filesystem::path file;
  std::string caption;        // empty: the file's name without its extension
  std::int64_t picture = -1;  // of a movie: which one of it; below 0: the file is an image
};

struct ContactSheetOptions {
  int max_frames = 25;     // at least 1; more files than this: an even choice with the first and the last
  int thumbnail_px = 240;  // longer side of a thumbnail, 16 to 4096; smaller pictures keep their size
  PngEffort png_effort = PngEffort::fast;  // of the file
};

// Which of `count` frames a sheet of at most max_frames shows, ascending: both ends and even steps between.
std::vector<std::size_t> chosen_frames(std::size_t count, std::size_t max_frames);

// The sheet as an rgba8fixed picture, dark neutral grey between and behind the thumbnails (alpha counts as
// premultiplied). Files are read on all cores. Errors: no frames, options out of range, a file that cannot be read.
Result<Image> contact_sheet(std::span<const ContactFrame> frames, const ContactSheetOptions& options = {});

// contact_sheet as a PNG file, see write_file.
Status write_contact_sheet(std::span<const ContactFrame> frames, const std::filesystem::path& path,
                           const ContactSheetOptions& options = {}, const WriteOptions& write = {});

}  // namespace cookline
