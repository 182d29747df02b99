// What the log of a take says of the files that its images were made from: a line each, before those images.
#pragma once
#include <cstddef>
#include <filesystem>
#include <map>
#include <memory>
#include <string>
#include <vector>

#include "io/used_files.h"

namespace cookline {

// What a run is made from.
struct UsedMedia {
  std::shared_ptr<const UsedFiles> files;  // none: nothing is noted
  std::vector<UsedFile> changed;           // what is another now than when the take that it goes on with was begun
};

// One log, as one run writes it.
class UsedFilesLog {
 public:
  // `known`: what the log says already, by name.
  UsedFilesLog(UsedMedia media, std::map<std::string, UsedFile> known);
  // The lines of what has been used since the last call and is not in the log, each with its end.
  std::string news();
  // What others have said in the log meanwhile.
  void know(const std::map<std::string, UsedFile>& files) { known_.insert(files.begin(), files.end()); }
  // The first of those files that the log knows with another content, unless it is known to have changed; empty if
  // there is none.
  std::string other_content() const;

 private:
  UsedMedia media_;
  std::map<std::string, UsedFile> known_;
  std::size_t said_ = 0;
  bool changed_said_ = false;
};

// One line, without its end. `changed`: images before it were made from another content.
std::string line_of(const UsedFile& file, bool changed = false);

// Which of the files are not what they were, as sentences: "in/a.png was changed". `now` gets what they are.
std::vector<std::string> changed_files(const std::map<std::string, UsedFile>& then,
                                       const std::filesystem::path& project_folder, std::vector<UsedFile>& now);

}  // namespace cookline
