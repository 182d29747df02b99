// Several processes that share the work of one take (--cooperate): each runs all frames, cooks those whose lease it
// gets and waits in the end for those of the others.
#pragma once
#include <atomic>
#include <cstdint>
#include <filesystem>
#include <map>
#include <memory>
#include <mutex>
#include <set>
#include <string>
#include <unordered_set>

#include "render/leases.h"
#include "render/take_log.h"

namespace cookline {

// One take, as one of its processes sees it.
class SharedTake {
 public:
  // Makes the log, or joins those who write it. Errors: files of the take that nobody logged, a take of other settings,
  // a process that does not share.
  static Result<std::unique_ptr<SharedTake>> join(const std::filesystem::path& log, const TakeHeader& header,
                                                  const UsedMedia& media, double lifetime_s);
  ~SharedTake();

  // All frames are run again, to make what others did not.
  void begin_pass();
  // Whether this process is to make the image, by a lease of it and its neighbours.
  Result<bool> wants(std::int64_t index, const std::string& name);
  // It is being made here, or left to others.
  void begin_image(std::int64_t index);
  void leave_image(std::int64_t index, const std::string& name);
  // From any thread.
  Status image(LoggedImage image);
  Status skipped(const SkippedImage& image);

  // Whether every image that was left to others is there; a lease that nobody holds is worth another pass.
  enum class Left { nothing, others_work, work };
  Left look();
  std::size_t left() const { return left_.size(); }
  // Says the end of the take, unless another has. All images are there.
  Status end(const std::atomic<bool>* stop, bool sync);
  // Images that others skipped or replaced.
  std::int64_t faulty() const { return faulty_; }

 private:
  SharedTake(std::filesystem::path log, const TakeHeader& header) : log_(std::move(log)), header_(header) {}
  Status open();
  Status check_made_alike() const;
  void skip_read_lines();
  void read_news();
  void read_news_of(const std::filesystem::path& file);
  bool has(const std::string& name);
  void go_to_block(std::int64_t block);
  void finish_image(std::int64_t index);
  Status append(const std::string& line);

  std::filesystem::path log_;
  TakeHeader header_;
  UsedFilesLog used_{{}, {}};  // guarded
  int fd_ = -1;
  std::unique_ptr<Leases> leases_;
  std::mutex mutex_;                                     // of used_, done_, making_ and block_
  std::unordered_set<std::string> done_;                 // names of images that are there, or given up
  std::map<std::int64_t, int> making_;                   // images on their way to the disk, by block
  std::map<std::int64_t, bool> blocks_;                  // of this pass: is it ours?
  std::int64_t block_ = -1;                              // the one in hand
  std::map<std::string, std::int64_t> left_;             // to others: name and index
  std::map<std::filesystem::path, std::uint64_t> read_;  // how far others' lines are known
  bool whole_ = false;
  std::int64_t faulty_ = 0;
};

class Cooperation {
 public:
  explicit Cooperation(double lifetime_s) : lifetime_s_(lifetime_s) {}
  // Joined when it is first asked for.
  Result<SharedTake*> take(const std::filesystem::path& log, const TakeHeader& header, const UsedMedia& media);
  // From any thread; null: not joined yet.
  SharedTake* find(const std::string& log) const;
  void begin_pass();
  void note_whole() { whole_ = true; }

  enum class Next { done, another_pass, stopped };
  // After a pass: waits for the others, until there is something to do or all is there; then the takes are ended.
  Result<Next> wait(const std::atomic<bool>* stop, bool sync);
  // Images that are left to others now.
  std::size_t left() const;
  std::int64_t faulty() const;

 private:
  double lifetime_s_;
  bool whole_ = false;        // the last pass came to its end
  mutable std::mutex mutex_;  // of takes_, which only the thread that runs the take changes
  std::map<std::string, std::unique_ptr<SharedTake>> takes_;
};

}  // namespace cookline
