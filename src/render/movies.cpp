#include "render/movies.h"

#include <chrono>
#include <cmath>
#include <condition_variable>
#include <deque>
#include <mutex>
#include <optional>
#include <thread>
#include <vector>

namespace cookline {
namespace fs = std::filesystem;
namespace {

struct Portion {
  ImageHandle image;                         // or, if there is none,
  std::vector<std::vector<double>> samples;  // of all channels
  std::size_t bytes() const {
    if (image) return image->bytes();
    return samples.empty() ? 0 : samples.size() * samples.front().size() * sizeof(double);
  }
};

}  // namespace

struct MovieTake::Shared {
  WrittenImage file;
  MovieSettings settings;
  WriteOptions options;
  std::size_t queue_bytes;

  std::mutex mutex;  // of what follows
  std::condition_variable changed;
  std::deque<Portion> queue;
  std::size_t waiting = 0;  // bytes
  bool ended = false;
  std::optional<Error> error;

  // Of the thread alone, until it has ended.
  std::unique_ptr<MovieWriter> writer;
  Hasher pixels;
  std::thread thread;

  Status submit(Portion portion);
  void work();
  Status write(const Portion& portion);
  Status write_sound(const Portion& portion);
  void join();
};

void MovieTake::Shared::work() {
  std::unique_lock lock(mutex);
  for (;;) {
    changed.wait(lock, [&] { return ended || !queue.empty(); });
    if (queue.empty()) return;
    const Portion portion = std::move(queue.front());
    queue.pop_front();
    lock.unlock();
    const auto start = std::chrono::steady_clock::now();
    Status status = error ? Status() : write(portion);
    file.encode_s += std::chrono::duration<double>(std::chrono::steady_clock::now() - start).count();
    lock.lock();
    waiting -= portion.bytes();
    if (!status && !error) error = status.error();
    changed.notify_all();
  }
}

Status MovieTake::Shared::write(const Portion& portion) {
  if (!portion.image) return write_sound(portion);
  const Image& image = *portion.image;
  if (!writer) {
    Result<std::unique_ptr<MovieWriter>> opened =
        MovieWriter::open(file.path, settings, image.width(), image.height(), options);
    if (!opened) return opened.error();
    writer = std::move(*opened);
  }
  pixels.add(hash_pixels(image));
  return writer->picture(image);
}

Status MovieTake::Shared::write_sound(const Portion& portion) {
  std::vector<std::span<const double>> channels(portion.samples.begin(), portion.samples.end());
  return writer->sound(channels);
}

Status MovieTake::Shared::submit(Portion portion) {
  std::unique_lock lock(mutex);
  const std::size_t bytes = portion.bytes();
  changed.wait(lock, [&] { return error || queue.empty() || waiting + bytes <= queue_bytes; });
  if (error) return *error;
  waiting += bytes;
  queue.push_back(std::move(portion));
  changed.notify_all();
  return {};
}

void MovieTake::Shared::join() {
  {
    std::lock_guard lock(mutex);
    ended = true;
  }
  changed.notify_all();
  if (thread.joinable()) thread.join();
}

MovieTake::MovieTake(WrittenImage file, MovieSettings settings, WriteOptions options, std::size_t queue_bytes)
    : shared_(std::make_unique<Shared>()) {
  shared_->file = std::move(file);
  shared_->file.images = 0;
  shared_->settings = std::move(settings);
  shared_->options = options;
  shared_->queue_bytes = queue_bytes;
  shared_->thread = std::thread([s = shared_.get()] { s->work(); });
}

MovieTake::~MovieTake() { shared_->join(); }

const WrittenImage& MovieTake::file() const { return shared_->file; }
bool MovieTake::has_sound() const { return shared_->settings.sound.has_value(); }

Status MovieTake::picture(ImageHandle image, double cook_s) {
  shared_->file.cook_s += cook_s;
  ++shared_->file.images;
  return shared_->submit({std::move(image), {}});
}

Status MovieTake::sound(const Channels& channels) {
  Portion portion;
  for (const Channel& channel : channels.channels) portion.samples.push_back(channel.samples);
  return shared_->submit(std::move(portion));
}

Status MovieTake::silence() {
  const MovieSettings& s = shared_->settings;
  if (!s.sound) return {};
  const double per_picture = s.sound->rate_hz / s.rate.hz();
  const double last = double(shared_->file.images);
  const auto count = std::size_t(std::floor(last * per_picture) - std::floor((last - 1) * per_picture));
  return shared_->submit({nullptr, std::vector(std::size_t(s.sound->channels), std::vector<double>(count))});
}

fs::path part_name(const fs::path& movie) {
  fs::path name = movie;
  return name.replace_extension().concat(".part" + movie.extension().string());
}

Result<std::optional<WrittenImage>> MovieTake::finish(bool whole) {
  Shared& s = *shared_;
  s.join();
  if (s.error) return *s.error;
  if (!s.writer || !s.settings.keep) return std::optional<WrittenImage>();
  Result<MovieFacts> facts = s.writer->close(whole ? s.file.path : part_name(s.file.path));
  if (!facts) return facts.error();
  s.file.bytes = facts->bytes;
  s.file.file_hash = to_hex(facts->file);
  s.file.pixel_hash = to_hex(s.pixels.key());
  std::error_code ignored;
  if (whole) fs::remove(part_name(s.file.path), ignored);
  return std::optional(s.file);
}

}  // namespace cookline
