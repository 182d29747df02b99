#include "render/cooperation.h"

#include <fcntl.h>
#include <fmt/format.h>
#include <sys/file.h>
#include <unistd.h>

#include <chrono>
#include <fstream>
#include <nlohmann/json.hpp>
#include <span>
#include <thread>
#include <utility>

#include "io/atomic_file.h"
#include "io/file_bytes.h"
#include "render/take_check.h"

namespace cookline {
namespace fs = std::filesystem;
namespace {

using Json = nlohmann::ordered_json;
// Images that one lease is for: enough to be worth the file, few enough that the last one is not waited for long.
constexpr std::int64_t block_size = 8;
constexpr std::chrono::milliseconds look_again{100};
constexpr const char* end_part = "end";

std::string part_of(std::int64_t block) { return std::to_string(block); }

// What two recipes say differently: "res is 64x64 there and 32x32 here".
std::string difference(const std::string& there, const std::string& here) {
  const Json a = Json::parse(there, nullptr, false), b = Json::parse(here, nullptr, false);
  if (a.is_object() && b.is_object())
    for (const auto& [key, value] : b.items())
      if (!a.contains(key) || a.at(key) != value)
        return fmt::format("{} is {} there and {} here", key, a.contains(key) ? a.at(key).dump() : "nothing",
                           value.dump());
  return "the settings differ";
}

std::string text_from(const fs::path& path, std::uint64_t offset) {
  std::ifstream file(path, std::ios::binary);
  file.seekg(std::streamoff(offset));
  return {std::istreambuf_iterator<char>(file), {}};
}

}  // namespace

Result<std::unique_ptr<SharedTake>> SharedTake::join(const fs::path& log, const TakeHeader& header,
                                                     const UsedMedia& media, double lifetime_s) {
  std::unique_ptr<SharedTake> take(new SharedTake(log, header));
  if (Status status = take->open(); !status) return status.error();
  if (Status status = take->check_made_alike(); !status) return status.error();
  Result<std::unique_ptr<Leases>> leases = Leases::join(shared_folder(log), lifetime_s);
  if (!leases) return leases.error();
  take->leases_ = std::move(*leases);
  // What is written from here on is news; until here it is looked at file by file.
  take->skip_read_lines();
  const Result<TakeLog> known = read_take_log(log);
  if (!known) return known.error();
  take->whole_ = known->whole;
  take->used_ = UsedFilesLog(media, known->media);
  const TakeCheck check = check_take(*known, std::span(&*known, 1));
  take->done_.insert(check.good.begin(), check.good.end());
  return take;
}

SharedTake::~SharedTake() {
  leases_.reset();
  if (fd_ >= 0) ::close(fd_);
}

// Processes that share have the log locked together, one that does not for itself.
Status SharedTake::open() {
  std::error_code ignored;
  if (!fs::exists(log_, ignored)) {
    for (const fs::directory_entry& entry : fs::directory_iterator(log_.parent_path(), ignored))
      if (header_.index_of(entry.path().filename().string()) >= 0 && !fs::exists(log_, ignored))
        return project_error(entry.path().string(), "this file exists already, and no log says what it is",
                             "use another folder or number");
    const std::string first = line_of(header_) + "\n";
    if (Status status = write_file(log_, std::as_bytes(std::span(first))); !status && !fs::exists(log_, ignored))
      return status;
  }
  fd_ = ::open(log_.c_str(), O_RDWR | O_APPEND | O_CLOEXEC);
  if (fd_ < 0) return file_error(log_, "written", errno);
  if (::flock(fd_, LOCK_SH | LOCK_NB) == 0 || errno == ENOLCK || errno == EOPNOTSUPP) return {};
  if (errno != EWOULDBLOCK) return file_error(log_, "locked", errno);
  return failure(log_.string(), "another process is writing this take without --cooperate",
                 "wait for it, or give another folder or number");
}

Status SharedTake::check_made_alike() const {
  const Result<TakeLog> before = read_take_log(log_);
  if (!before) return before.error();
  const TakeHeader& there = before->header;
  std::string what;
  if (there.engine != header_.engine)
    what = fmt::format("it was begun by version {}, this is {}", there.engine, header_.engine);
  else if (there.project != header_.project)
    what = fmt::format("it is of another project than {} is now", header_.source);
  else if (there.device != header_.device)
    what = fmt::format("its shaders run on '{}', here on '{}'", there.device, header_.device);
  else if (there.made_by() != header_.made_by())
    what = difference(there.recipe, header_.recipe);
  else if (before->frames != header_.frames)
    what = fmt::format("its frames are {}, not {}", before->frames, header_.frames);
  else if (there.sink != header_.sink)
    what = fmt::format("it is of {}, not of {}", there.sink, header_.sink);
  if (what.empty()) return {};
  return project_error(log_.string(), "this take cannot be shared: " + what,
                       "start all processes with the same project and options, or give another folder or number");
}

void SharedTake::skip_read_lines() {
  std::vector<fs::path> files = log_parts(log_);
  files.push_back(log_);
  for (const fs::path& file : files) read_[file] = text_from(file, 0).rfind('\n') + 1;
}

void SharedTake::read_news() {
  for (const fs::path& part : log_parts(log_))
    if (part != leases_->own_file()) read_news_of(part);
  read_news_of(log_);  // last: it has what parts had
}

void SharedTake::read_news_of(const fs::path& file) {
  std::uint64_t& known = read_[file];
  std::error_code failed;
  if (const std::uintmax_t size = fs::file_size(file, failed); failed || size == known) return;
  std::string text = text_from(file, known);
  text.resize(text.rfind('\n') + 1);
  known += text.size();
  TakeLog news{.path = log_, .header = header_, .whole = whole_};
  bool has_header = true;
  read_log_lines(text, news, has_header);
  if (file == log_) whole_ = news.whole;
  const std::lock_guard lock(mutex_);
  used_.know(news.media);
  for (const auto& [name, image] : news.images)
    if (image.made_by == header_.made_by() && done_.insert(name).second) faulty_ += !image.fault.empty();
  for (const auto& [name, image] : news.skipped) faulty_ += done_.insert(name).second;
}

bool SharedTake::has(const std::string& name) {
  const std::lock_guard lock(mutex_);
  return done_.contains(name);
}

void SharedTake::begin_pass() {
  go_to_block(-1);
  blocks_.clear();
  left_.clear();
}

Result<bool> SharedTake::wants(std::int64_t index, const std::string& name) {
  const std::int64_t block = index / block_size;
  go_to_block(block);
  if (has(name)) return false;
  if (!blocks_.contains(block)) {
    read_news();
    if (has(name)) return false;
    const Result<bool> taken =
        leases_->take(part_of(block), fmt::format("images {}-{}", block * block_size, (block + 1) * block_size - 1));
    if (!taken) return taken.error();
    // Who had it before may have made them all by now.
    if (*taken) read_news();
    blocks_[block] = *taken;
  }
  return blocks_[block] && !has(name);
}

// The lease of the block before goes with its last image.
void SharedTake::go_to_block(std::int64_t block) {
  std::int64_t before = block;
  {
    const std::lock_guard lock(mutex_);
    std::swap(before, block_);
    if (before == block || before < 0 || making_.contains(before)) return;
  }
  leases_->give_back(part_of(before));
}

void SharedTake::begin_image(std::int64_t index) {
  const std::lock_guard lock(mutex_);
  ++making_[index / block_size];
}

void SharedTake::leave_image(std::int64_t index, const std::string& name) {
  if (!has(name)) left_[name] = index;
}

void SharedTake::finish_image(std::int64_t index) {
  const std::int64_t block = index / block_size;
  {
    const std::lock_guard lock(mutex_);
    const auto making = making_.find(block);
    if (making == making_.end() || --making->second > 0) return;
    making_.erase(making);
    if (block == block_) return;
  }
  leases_->give_back(part_of(block));
}

Status SharedTake::image(LoggedImage image) {
  image.made_by = header_.made_by();
  {
    const std::lock_guard lock(mutex_);
    if (const std::string file = used_.other_content(); !file.empty())
      return project_error(file, "this is not the file that other images of the take were made from",
                           "give all processes the same files");
    if (Status status = leases_->append(used_.news() + line_of(image) + "\n"); !status) return status;
    done_.insert(image.name);
  }
  finish_image(image.index);
  return {};
}

Status SharedTake::skipped(const SkippedImage& image) {
  if (Status status = leases_->append(line_of(image) + "\n"); !status) return status;
  const std::lock_guard lock(mutex_);
  done_.insert(image.name);
  return {};
}

SharedTake::Left SharedTake::look() {
  go_to_block(-1);
  read_news();
  std::erase_if(left_, [&](const auto& image) { return has(image.first); });
  if (left_.empty()) return Left::nothing;
  std::set<std::int64_t> blocks;
  for (const auto& [name, index] : left_) blocks.insert(index / block_size);
  for (const std::int64_t block : blocks) {
    if (leases_->is_held(part_of(block))) continue;
    // It was given back, perhaps after the look at the log.
    read_news();
    std::erase_if(left_, [&](const auto& image) { return has(image.first); });
    for (const auto& [name, index] : left_)
      if (index / block_size == block) return Left::work;
  }
  return left_.empty() ? Left::nothing : Left::others_work;
}

Status SharedTake::end(const std::atomic<bool>* stop, bool sync) {
  for (;;) {
    const Result<bool> taken = leases_->take(end_part, "the end of the take");
    if (!taken) return taken.error();
    read_news();
    if (*taken) break;
    if (whole_ && !fs::exists(shared_folder(log_))) return {};
    if (stop && *stop) return Error{ErrorCode::stopped, "stopped on request"};
    std::this_thread::sleep_for(look_again);
  }
  std::string lines = lines_of_parts(log_);
  if (sync)
    if (Status status = sync_folder(log_.parent_path()); !status) return status;
  if (!lines.empty() || !whole_) {
    lines += std::string(end_line) + "\n";
    if (Status status = append(lines); !status) return status;
  }
  std::error_code ignored;
  fs::remove_all(shared_folder(log_), ignored);
  // The last one cleans up; if another is still there, it will be the last.
  ::flock(fd_, LOCK_UN);
  if (::flock(fd_, LOCK_EX | LOCK_NB) == 0) {
    remove_leftovers(log_, header_);
    ::flock(fd_, LOCK_UN);
  }
  return {};
}

// In one call, so that a line is never between two halves of another.
Status SharedTake::append(const std::string& lines) {
  const int error = write_all(fd_, std::as_bytes(std::span(lines)));
  return error == 0 ? Status() : file_error(log_, "written", error);
}

Result<SharedTake*> Cooperation::take(const fs::path& log, const TakeHeader& header, const UsedMedia& media) {
  if (SharedTake* const known = find(log.string())) return known;
  Result<std::unique_ptr<SharedTake>> joined = SharedTake::join(log, header, media, lifetime_s_);
  if (!joined) return joined.error();
  const std::lock_guard lock(mutex_);
  return (takes_[log.string()] = std::move(*joined)).get();
}

SharedTake* Cooperation::find(const std::string& log) const {
  const std::lock_guard lock(mutex_);
  const auto take = takes_.find(log);
  return take == takes_.end() ? nullptr : take->second.get();
}

void Cooperation::begin_pass() {
  whole_ = false;
  for (const auto& [log, take] : takes_) take->begin_pass();
}

std::size_t Cooperation::left() const {
  std::size_t count = 0;
  for (const auto& [log, take] : takes_) count += take->left();
  return count;
}

std::int64_t Cooperation::faulty() const {
  std::int64_t count = 0;
  for (const auto& [log, take] : takes_) count += take->faulty();
  return count;
}

Result<Cooperation::Next> Cooperation::wait(const std::atomic<bool>* stop, bool sync) {
  if (!whole_) return Next::done;  // the project itself has ended it early
  for (;;) {
    bool others_work = false;
    for (const auto& [log, take] : takes_) {
      const SharedTake::Left left = take->look();
      if (left == SharedTake::Left::work) return Next::another_pass;
      others_work |= left == SharedTake::Left::others_work;
    }
    if (!others_work) break;
    if (stop && *stop) return Next::stopped;
    std::this_thread::sleep_for(look_again);
  }
  for (const auto& [log, take] : takes_)
    if (Status status = take->end(stop, sync); !status) return status.error();
  return Next::done;
}

}  // namespace cookline
