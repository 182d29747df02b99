// Image files as media: one, or the files of a sequence, read ahead on all cores when they are asked for in a row.
#include <fmt/format.h>
#include <sys/stat.h>

#include <algorithm>
#include <cerrno>
#include <map>
#include <mutex>

#include "base/parallel.h"
#include "io/codecs.h"
#include "io/file_bytes.h"
#include "io/image_file.h"
#include "io/image_sequence.h"
#include "io/media.h"

namespace cookline {
namespace fs = std::filesystem;
namespace {

constexpr std::int64_t most_ahead = 32;  // images read at once

// OpenEXR and our DDS hold colours that are multiplied by alpha, so does a TIFF of ours; the others by their definition
// do not.
AlphaKind alpha_of(const fs::path& path) {
  const auto type = image_file_type_of(path);
  const bool multiplied = type == ImageFileType::exr || type == ImageFileType::dds || type == ImageFileType::tiff;
  return multiplied ? AlphaKind::premultiplied : AlphaKind::straight;
}

class ImageMedia final : public Media {
 public:
  ImageMedia(MediaFacts facts, std::vector<SequenceFile> files, std::shared_ptr<PictureStore> pictures,
             std::shared_ptr<UsedFiles> used)
      : facts_(std::move(facts)), files_(std::move(files)), pictures_(std::move(pictures)), used_(std::move(used)) {}
  const MediaFacts& facts() const override { return facts_; }
  Result<PictureFacts> picture(std::int64_t index) override;
  Result<ImageHandle> read(std::int64_t index) override;

 private:
  PictureFacts know(std::int64_t index, const Key& key, const ImageHeader& header);
  Result<ImageHandle> read_picture(std::int64_t index);
  Result<Key> key_of(std::int64_t index) const;
  std::int64_t ahead_of(std::int64_t index, std::size_t bytes);

  const MediaFacts facts_;
  const std::vector<SequenceFile> files_;
  const std::shared_ptr<PictureStore> pictures_;
  const std::shared_ptr<UsedFiles> used_;
  std::mutex mutex_;
  std::vector<PictureFacts> known_;             // of each picture, as they were last
  std::map<std::int64_t, FileDigest> digests_;  // of files that were read, until they are noted
  std::int64_t last_read_ = -1;
};

// What tells this version of the file from others.
Result<Key> ImageMedia::key_of(std::int64_t index) const {
  const SequenceFile& file = files_[std::size_t(index)];
  if (file.missing) {
    Error error = project_error(file.path.string(), fmt::format("image {} of the sequence is missing", *file.number),
                                "there are images before and behind it");
    error.missing = true;
    return error;
  }
  struct stat facts {};
  if (::stat(file.path.c_str(), &facts) != 0) return file_error(file.path, "read", errno);
  Hasher hasher;
  hasher.text(file.path.string()).add(std::int64_t(facts.st_size));
  hasher.add(std::int64_t(facts.st_mtim.tv_sec)).add(std::int64_t(facts.st_mtim.tv_nsec));
  return hasher.key();
}

Result<PictureFacts> ImageMedia::picture(std::int64_t index) {
  const Result<Key> key = key_of(index);
  if (!key) return key.error();
  {
    std::lock_guard lock(mutex_);
    known_.resize(files_.size());
    if (known_[std::size_t(index)].key == *key) return known_[std::size_t(index)];
  }
  const Result<ImageHeader> header = read_image_header(files_[std::size_t(index)].path);
  if (!header) return header.error();
  return know(index, *key, *header);
}

PictureFacts ImageMedia::know(std::int64_t index, const Key& key, const ImageHeader& header) {
  PictureFacts facts{header.width_px, header.height_px, double(header.width_px) / header.height_px, header.format, key,
                     header.colour};
  std::lock_guard lock(mutex_);
  known_.resize(files_.size());
  return known_[std::size_t(index)] = std::move(facts);
}

// How many images from `index` on to read at once: several when they are asked for in a row.
std::int64_t ImageMedia::ahead_of(std::int64_t index, std::size_t bytes) {
  std::lock_guard lock(mutex_);
  const bool in_a_row = index == last_read_ + 1;
  last_read_ = index;
  const auto room = std::int64_t(pictures_->fresh_budget_bytes() / std::max<std::size_t>(1, bytes));
  const std::int64_t wanted = in_a_row ? std::min<std::int64_t>({thread_limit(), most_ahead, room}) : 1;
  return std::clamp<std::int64_t>(wanted, 1, std::int64_t(files_.size()) - index);
}

// Nothing is made from an image that cannot be read: it is not noted.
Result<ImageHandle> ImageMedia::read(std::int64_t index) {
  Result<ImageHandle> image = read_picture(index);
  if (!image || !used_) return image;
  const fs::path& path = files_[std::size_t(index)].path;
  std::unique_lock lock(mutex_);
  const auto read = digests_.extract(index);
  lock.unlock();
  // It may have been read for another player of the same file.
  const Status noted = read ? (used_->read(path, read.mapped()), Status()) : used_->read(path);
  return noted ? image : noted.error();
}

Result<ImageHandle> ImageMedia::read_picture(std::int64_t index) {
  const Result<PictureFacts> facts = picture(index);
  if (!facts) return facts.error();
  const PictureFacts& f = *facts;
  const std::int64_t count =
      ahead_of(index, std::size_t(f.width_px) * std::size_t(f.height_px) * std::size_t(info(f.format).bytes));
  if (ImageHandle known = pictures_->find(f.key)) return known;
  const auto slots = std::size_t(count);
  std::vector<Result<ImageHandle>> made(slots, Result<ImageHandle>{ImageHandle{}});
  parallel_for(count, [&](std::int64_t i) {
    const Result<Key> key = key_of(index + i);
    if (!key || (i > 0 && pictures_->find(*key))) return;
    const fs::path& path = files_[std::size_t(index + i)].path;
    FileDigest digest;
    Result<ColourImage> read = read_colour_image(path, used_ ? &digest : nullptr);
    Result<ImageHandle>& slot = made[std::size_t(i)];
    if (!read) {
      slot = read.error();
      return;
    }
    Image& image = read->image;
    image.aspect = know(index + i, *key, {image.width(), image.height(), image.format(), read->colour}).aspect;
    slot = std::make_shared<const Image>(std::move(image));
    pictures_->keep(*key, *slot);
    if (!used_) return;
    std::lock_guard lock(mutex_);
    digests_.insert_or_assign(index + i, std::move(digest));
  });
  // What is wrong with images behind it is told when it is their turn.
  if (made[0] && !*made[0]) return failure(files_[std::size_t(index)].path.string(), "the file vanished meanwhile");
  return made[0];
}

}  // namespace

Result<MediaHandle> open_images(const fs::path& path, std::shared_ptr<PictureStore> pictures,
                                std::shared_ptr<UsedFiles> used) {
  std::error_code ignored;
  MediaFacts facts{.path = path.string()};
  std::vector<SequenceFile> files = {{path, {}, false}};
  if (!fs::exists(path, ignored) || fs::is_directory(path, ignored)) {
    Result<std::vector<SequenceFile>> list = list_sequence(path);
    if (!list) return list.error();
    files = std::move(*list);
    facts.kind = MediaKind::sequence;
    const auto unnumbered = [](const SequenceFile& f) { return !f.number; };
    if (std::none_of(files.begin(), files.end(), unnumbered))
      for (const SequenceFile& file : files) facts.numbers.push_back(*file.number);
    if (!std::is_sorted(facts.numbers.begin(), facts.numbers.end())) facts.numbers.clear();
  }
  for (const SequenceFile& file : files)
    if (file.missing) facts.missing.push_back(*file.number);
  facts.count = std::int64_t(files.size());
  facts.alpha = alpha_of(files.front().path);
  // Of other types nothing is told.
  if (image_file_type_of(files.front().path) == ImageFileType::exr)
    if (const auto bytes = read_file_bytes(files.front().path, max_image_file_bytes))
      facts.metadata = exr_metadata(*bytes);
  return MediaHandle(
      std::make_shared<ImageMedia>(std::move(facts), std::move(files), std::move(pictures), std::move(used)));
}

}  // namespace cookline
