// Which process works on which part of a take: a small file for each part, in a folder that all of them see, and a file
// for each process that it touches while it is alive.
#pragma once
#include <condition_variable>
#include <cstdint>
#include <filesystem>
#include <map>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <thread>

#include "base/result.h"

namespace cookline {

// Leases only keep processes from doing the same work: what is done twice must be the same and be published atomically,
// as a process that was stopped may go on with a part that another has taken over.
class Leases {
 public:
  // Makes the folder and this process's own file in it. A process that is silent for `lifetime_s` is taken for dead,
  // by the clock of the file server; one of the same machine also when it does not exist any more.
  static Result<std::unique_ptr<Leases>> join(const std::filesystem::path& folder, double lifetime_s);
  ~Leases();  // gives back what it holds
  Leases(const Leases&) = delete;
  Leases& operator=(const Leases&) = delete;

  // Takes a part that nobody holds, or whose holder is dead. False: another holds it. `what` explains it to people.
  Result<bool> take(const std::string& part, const std::string& what);
  // By another process that is alive.
  bool is_held(const std::string& part);
  // From any thread.
  void give_back(const std::string& part);
  // Appends to its own file, from any thread, and what others should know before a part is given back.
  Status append(const std::string& lines);
  const std::filesystem::path& own_file() const { return own_; }

 private:
  struct Holder {
    std::string id, boot, processes, start;
    long pid = 0;
    double lifetime_s = 0;
  };
  Leases(std::filesystem::path folder, double lifetime_s);
  Status open_own();
  int publish(const std::filesystem::path& path, const std::string& what) const;
  int generation_of(const std::string& part) const;
  std::filesystem::path file_of(const std::string& part, int generation) const;
  std::optional<Holder> holder_of(const std::filesystem::path& lease) const;
  bool is_alive(const std::filesystem::path& lease);
  bool is_fresh(const std::filesystem::path& file, double lifetime_s);
  void touch();
  void beat();

  std::filesystem::path folder_, own_;
  Holder self_;
  int fd_ = -1;
  std::mutex mutex_;                 // of what is below, and of fd_
  std::map<std::string, int> held_;  // generations, by part
  bool over_ = false;
  std::condition_variable wake_;
  std::thread heart_;
};

}  // namespace cookline
