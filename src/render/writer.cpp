#include "render/writer.h"

#include <tbb/task_group.h>

#include <atomic>
#include <chrono>
#include <deque>
#include <mutex>
#include <optional>

#include "base/parallel.h"
#include "base/thread_sanitizer.h"
#include "io/provenance.h"

namespace cookline {
namespace {
// What keeps a core busy while pictures come unevenly; more of them waiting would only take new memory, which the
// kernel is slow to give.
constexpr int waiting_per_thread = 4;

std::size_t bytes_of(const ImageJob& job) {
  std::size_t bytes = 0;
  for (const ImageHandle& picture : pictures_of(job)) bytes += picture->bytes();
  return bytes;
}
}  // namespace

Key hash_pixels(const Image& image) {
  Hasher h;
  return h.add(image.width())
      .add(image.height())
      .add(int(image.format()))
      .bytes(image.pixels().data(), image.bytes())
      .key();
}

struct Writer::Shared {
  WriteOptions options;
  std::size_t queue_bytes;
  Hooks hooks;
  tbb::task_group tasks;
  std::atomic<std::size_t> waiting{0};  // bytes of pictures handed over and not yet written
  std::atomic<int> images{0};           // how many they are
  std::atomic<bool> failed{false};
  std::mutex mutex;            // of on_written and of what is below
  std::deque<ImageJob> queue;  // a task for each
  std::optional<Error> error;

  void write(ImageJob& job);
  void write_next();
  void wait() {
    tasks.wait();
    take_over(this);
  }
  void fail(Error e) {
    std::lock_guard lock(mutex);
    if (!error) error = std::move(e);
    failed = true;
  }
};

void Writer::Shared::write(ImageJob& job) {
  if (failed) return;
  const auto start = std::chrono::steady_clock::now();
  if (job.file.pixel_hash.empty()) job.file.pixel_hash = to_hex(hash_pixels(job));
  if (hooks.provenance && keeps_provenance(job.type)) job.encode.provenance = hooks.provenance(job.file);
  Result<std::vector<std::byte>> bytes = encode_image(*job.image, job.type, job.encode);
  if (!bytes) {
    Error e = bytes.error();
    if (e.where.empty()) e.where = job.file.path.string();
    return fail(std::move(e));
  }
  job.file.encode_s = std::chrono::duration<double>(std::chrono::steady_clock::now() - start).count();
  job.file.bytes = bytes->size();
  job.file.file_hash = to_hex(hash_bytes(*bytes));
  if (Status status = write_file(job.file.path, *bytes, options); !status) return fail(status.error());
  std::unique_lock lock(mutex);
  const Status noted = hooks.on_written ? hooks.on_written(job.file) : Status();
  lock.unlock();
  if (!noted) fail(noted.error());
}

// The task of one picture; which one does not matter.
void Writer::Shared::write_next() {
  take_over(this);
  ImageJob job;
  {
    std::lock_guard lock(mutex);
    job = std::move(queue.front());
    queue.pop_front();
  }
  write(job);
  const std::size_t bytes = bytes_of(job);
  job = {};
  waiting -= bytes;
  --images;
  hand_over(this);
}

Writer::Writer(WriteOptions options, std::size_t queue_bytes, Hooks hooks) : shared_(std::make_unique<Shared>()) {
  shared_->options = options;
  shared_->queue_bytes = queue_bytes;
  shared_->hooks = std::move(hooks);
}

Writer::~Writer() { shared_->wait(); }

Status Writer::submit(ImageJob job) {
  Shared& s = *shared_;
  if (s.failed) return finish();
  const std::size_t bytes = bytes_of(job);
  // A single thread has nobody else to encode: waiting would only keep images from the disk.
  const int threads = thread_limit();
  const bool full = s.images >= waiting_per_thread * threads || (s.waiting + bytes > s.queue_bytes && s.images > 0);
  if (full || threads == 1) {
    s.write(job);
    return s.failed ? finish() : Status();
  }
  s.waiting += bytes;
  ++s.images;
  {
    std::lock_guard lock(s.mutex);
    s.queue.push_back(std::move(job));
  }
  hand_over(&s);
  s.tasks.run([&s] { s.write_next(); });
  return {};
}

Status Writer::finish() {
  shared_->wait();
  std::lock_guard lock(shared_->mutex);
  return shared_->error ? Status(*shared_->error) : Status();
}

}  // namespace cookline
