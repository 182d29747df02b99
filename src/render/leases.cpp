#include "render/leases.h"

#include <fcntl.h>
#include <fmt/format.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <csignal>
#include <fstream>
#include <nlohmann/json.hpp>
#include <random>
#include <span>
#include <sstream>
#include <vector>

#include "io/file_bytes.h"
#include "io/temporary_file.h"

namespace cookline {
namespace fs = std::filesystem;
namespace {

using Json = nlohmann::ordered_json;

// Who ends the take removes the folder, perhaps right behind us; there are only so many who can.
constexpr int most_attempts = 100;

std::string first_line(const fs::path& path) {
  std::string line;
  std::ifstream file(path);
  std::getline(file, line);
  return line;
}

std::string host_name() {
  char name[256] = {};
  return ::gethostname(name, sizeof name - 1) == 0 ? name : "unknown";
}

// When a process began, in ticks since the machine did: together with its number it is one process. Empty: there is
// none.
std::string start_of(long pid) {
  const std::string stat = first_line(fmt::format("/proc/{}/stat", pid));
  const std::size_t name_end = stat.rfind(')');  // names of programs may have spaces
  if (name_end == std::string::npos) return {};
  std::istringstream rest(stat.substr(name_end + 1));
  constexpr int fields_before = 20;
  std::string field;
  for (int i = 0; i < fields_before && rest; ++i) {
    rest >> field;
    if (i == 0 && (field == "Z" || field == "X")) return {};  // it is dead, only its parent has not looked yet
  }
  return field;
}

// The numbers of processes mean something within this.
std::string process_space() {
  std::error_code ignored;
  return fs::read_symlink("/proc/self/ns/pid", ignored).string();
}

}  // namespace

Leases::Leases(fs::path folder, double lifetime_s) : folder_(std::move(folder)) {
  const long pid = ::getpid();
  std::random_device random;
  std::string host = host_name();
  std::replace(host.begin(), host.end(), '/', '-');
  self_ = {.id = fmt::format("{}-{}-{:08x}", host, pid, random()),
           .boot = first_line("/proc/sys/kernel/random/boot_id"),
           .processes = process_space(),
           .start = start_of(pid),
           .pid = pid,
           .lifetime_s = lifetime_s};
  own_ = folder_ / (self_.id + ".jsonl");
}

Result<std::unique_ptr<Leases>> Leases::join(const fs::path& folder, double lifetime_s) {
  std::unique_ptr<Leases> leases(new Leases(folder, lifetime_s));
  if (Status status = leases->open_own(); !status) return status.error();
  leases->heart_ = std::thread([self = leases.get()] { self->beat(); });
  return leases;
}

// Called with the mutex held, or before others know of it.
Status Leases::open_own() {
  int fd = -1;
  for (int attempt = 1; fd < 0; ++attempt) {
    std::error_code failed;
    fs::create_directories(folder_, failed);
    if (failed) return file_error(folder_, "made", failed.value());
    fd = ::open(own_.c_str(), O_RDWR | O_CREAT | O_APPEND | O_CLOEXEC, 0666);
    if (fd < 0 && (errno != ENOENT || attempt == most_attempts)) return file_error(own_, "written", errno);
  }
  if (fd_ >= 0) ::close(fd_);
  fd_ = fd;
  return {};
}

Leases::~Leases() {
  {
    const std::lock_guard lock(mutex_);
    over_ = true;
  }
  wake_.notify_all();
  if (heart_.joinable()) heart_.join();
  while (!held_.empty()) give_back(std::string(held_.begin()->first));
  if (fd_ >= 0) ::close(fd_);
}

// Setting the time also brings what was appended to the file server.
void Leases::touch() { ::futimens(fd_, nullptr); }

void Leases::beat() {
  std::unique_lock lock(mutex_);
  while (!over_) {
    touch();
    wake_.wait_for(lock, std::chrono::duration<double>(self_.lifetime_s / 4));
  }
}

fs::path Leases::file_of(const std::string& part, int generation) const {
  return folder_ / fmt::format("{}.{}.lease", part, generation);
}

// The newest; -1 for none.
int Leases::generation_of(const std::string& part) const {
  int newest = -1;
  std::error_code ignored;
  for (const fs::directory_entry& entry : fs::directory_iterator(folder_, ignored)) {
    const std::string name = entry.path().filename().string();
    if (!name.starts_with(part + ".") || !name.ends_with(".lease")) continue;
    const std::string digits = name.substr(part.size() + 1, name.size() - part.size() - 7);
    if (!digits.empty() && digits.size() < 9 && digits.find_first_not_of("0123456789") == std::string::npos)
      newest = std::max(newest, std::stoi(digits));
  }
  return newest;
}

std::optional<Leases::Holder> Leases::holder_of(const fs::path& lease) const {
  try {
    const Json j = Json::parse(first_line(lease));
    return Holder{j.at("id"), j.at("boot"), j.at("processes"), j.at("start"), j.at("pid"), j.at("lifetime_s")};
  } catch (const Json::exception&) {
    return std::nullopt;  // it has just gone, or is being written by a file system that knows no links
  }
}

// Both times are the file server's.
bool Leases::is_fresh(const fs::path& file, double lifetime_s) {
  struct stat now {
  }, then{};
  const std::lock_guard lock(mutex_);
  touch();
  if (::fstat(fd_, &now) != 0 || ::stat(file.c_str(), &then) != 0) return false;
  return double(now.st_mtim.tv_sec - then.st_mtim.tv_sec) + 1e-9 * double(now.st_mtim.tv_nsec - then.st_mtim.tv_nsec) <
         lifetime_s;
}

bool Leases::is_alive(const fs::path& lease) {
  const std::optional<Holder> holder = holder_of(lease);
  if (!holder) return is_fresh(lease, self_.lifetime_s);
  const bool same_machine = !self_.boot.empty() && holder->boot == self_.boot && holder->processes == self_.processes;
  if (same_machine && start_of(holder->pid) != holder->start) return false;
  return is_fresh(folder_ / (holder->id + ".jsonl"), holder->lifetime_s);
}

// 0 or errno; EEXIST if another was faster.
int Leases::publish(const fs::path& path, const std::string& what) const {
  const std::string text =
      Json{{"part", what},       {"host", host_name()},          {"pid", self_.pid}, {"start", self_.start},
           {"boot", self_.boot}, {"processes", self_.processes}, {"id", self_.id},   {"lifetime_s", self_.lifetime_s}}
          .dump(-1, ' ', false, Json::error_handler_t::replace) +
      "\n";
  TemporaryFile file;
  int error = file.create_beside(path);
  if (error == 0) error = file.write(std::as_bytes(std::span(text)));
  if (error == 0) error = file.close(Sync::never);
  return error == 0 ? file.publish(path, false) : error;
}

// A dead holder's lease stays, and who comes makes that of the next generation, which only one can do.
Result<bool> Leases::take(const std::string& part, const std::string& what) {
  const int newest = generation_of(part);
  if (newest >= 0 && is_alive(file_of(part, newest))) {
    const std::lock_guard lock(mutex_);
    return held_.contains(part);
  }
  int error = publish(file_of(part, newest + 1), what);
  std::error_code ignored;
  const std::lock_guard lock(mutex_);
  for (int attempt = 0; attempt < most_attempts && (error == ENOENT || !fs::exists(own_, ignored)); ++attempt) {
    if (Status status = open_own(); !status) return status.error();
    if (error == ENOENT) error = publish(file_of(part, newest + 1), what);
  }
  if (error == EEXIST) return false;
  if (error != 0) return file_error(file_of(part, newest + 1), "written", error);
  held_[part] = newest + 1;
  return true;
}

bool Leases::is_held(const std::string& part) {
  const int newest = generation_of(part);
  return newest >= 0 && is_alive(file_of(part, newest));
}

void Leases::give_back(const std::string& part) {
  const std::lock_guard lock(mutex_);
  const auto held = held_.find(part);
  if (held == held_.end()) return;
  touch();
  std::error_code ignored;
  for (int generation = 0; generation <= held->second; ++generation) fs::remove(file_of(part, generation), ignored);
  held_.erase(held);
}

Status Leases::append(const std::string& lines) {
  const std::lock_guard lock(mutex_);
  const int error = write_all(fd_, std::as_bytes(std::span(lines)));
  return error == 0 ? Status() : file_error(own_, "written", error);
}

}  // namespace cookline
