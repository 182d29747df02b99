// The log of a take beside its images, N.take.jsonl: what the take was made of and every image that is complete, one
// JSON object a line, only ever appended to. A line is written after its image has its final name.
#pragma once
#include <cstdint>
#include <filesystem>
#include <map>
#include <memory>
#include <mutex>
#include <string>
#include <string_view>
#include <vector>

#include "base/hash.h"
#include "base/result.h"
#include "render/name_pattern.h"
#include "render/used_files_log.h"

namespace cookline {

// One complete image, as its line says it.
struct LoggedImage {
  std::string name;  // of the file, in the folder of the log
  std::int64_t index = 0, frame = 0;
  std::string pixels, file;  // hashes (XXH3-128, hexadecimal) of the stored pixels and of the file's bytes
  std::uint64_t bytes = 0;
  double cook_s = 0, encode_s = 0;
  std::vector<std::string> warnings;
  std::string fault;    // why black was written in place of the picture; empty: it is the picture
  std::string made_by;  // the recipe and engine it was made with: to_hex of a key
  // Not in its line: the file that was another when the image was made than it is for images behind it.
  std::string changed_file = {};
};

// An image that was not written because of an error.
struct SkippedImage {
  std::string name;
  std::int64_t index = 0, frame = 0;
  std::string fault;
};

// What made images of a take: the beginning of its log, again whenever it changes.
struct TakeHeader {
  std::string engine;   // version
  std::string project;  // hash of the network as it was loaded
  std::string recipe;   // JSON object: the command with all that changes pixels, in full
  // Of the run:
  std::string run;         // its name, a random number: takes of one run are resumed together
  std::string source;      // the project's file
  std::int64_t order = 0;  // the how-many-th take of its run this is, from 0
  // Of the take:
  std::string sink;  // path of the operator whose pictures they are
  std::int64_t take = 0;
  std::string prefix,
      extension;       // images are PREFIX.INDEX.EXTENSION; a single image without index has the prefix alone
  std::string names;   // of images that have other names: a NamePattern with frame and time alone
  std::string folder;  // of the log, seen from the output folder; "." for that itself
  std::string frames;  // the frame list of `render`; empty where the network decides
  std::string rate;    // frames per second, as a fraction
  int width_px = 0, height_px = 0;
  std::string format;  // pixel format of the pictures
  std::string device;  // that ran their shaders; empty: none

  // Equal for headers whose images may stand in one take.
  std::string made_by() const;
  // The name of an image, and the index of a name; -1 for what is not named as images of the take are.
  std::string name_of(std::int64_t index) const;
  std::int64_t index_of(std::string_view name) const;
};

// A log as it was read.
struct TakeLog {
  std::filesystem::path path;
  TakeHeader header;                            // the last one
  std::string frames;                           // frame lists of all headers made alike, joined
  std::map<std::string, LoggedImage> images;    // by name, the last line of each
  std::map<std::string, SkippedImage> skipped;  // by name, unless it was made later
  std::map<std::string, UsedFile> media;        // what its images were made from, by name
  bool whole = false;                           // the take came to its end: no image is to follow
  int unreadable = 0;                           // lines that are damaged; one at the end is what a killed run leaves

  std::filesystem::path folder() const { return path.parent_path(); }
};

inline constexpr std::string_view take_log_extension = ".take.jsonl";

// The name of the log beside an image of a take: of "look.3.12.png" with the suffix "3.12.png" it is
// "look.3.take.jsonl".
std::filesystem::path take_log_path(const std::filesystem::path& image, const std::string& suffix, std::int64_t take);

// The same of images named by a pattern: by what is left of "{op}_{frame:04}.png" without frame and time, or by the
// number of the take.
std::filesystem::path take_log_path(const std::filesystem::path& folder, const NamePattern& names, std::int64_t take);

// Errors: the file cannot be read, or has no header.
Result<TakeLog> read_take_log(const std::filesystem::path& path);

// What is in the lines of a log, or of a part of one, added to what is known. `has_header` is false before the first.
void read_log_lines(std::string_view lines, TakeLog& log, bool& has_header);

// The folder in which processes that share a take keep the parts of its log, one each, and their leases; it goes with
// the end of the take. On network file systems only one process can append to a file.
std::filesystem::path shared_folder(const std::filesystem::path& log);
std::vector<std::filesystem::path> log_parts(const std::filesystem::path& log);
// The complete lines of all parts.
std::string lines_of_parts(const std::filesystem::path& log);

// Removes temporary files that runs which were killed have left of a take. Nobody may be writing it.
void remove_leftovers(const std::filesystem::path& log, const TakeHeader& header);

// Logs below `path`, by name: that file itself, or those in that folder. Errors: there is none.
Result<std::vector<std::filesystem::path>> find_take_logs(const std::filesystem::path& path);

// One line, without its end.
std::string line_of(const TakeHeader& header);
std::string line_of(const LoggedImage& image);
std::string line_of(const SkippedImage& image);
inline constexpr std::string_view end_line = R"({"event":"end"})";

// Appends to one log, from any thread. While it lives, no other process can open the same log to write.
class TakeLogWriter {
 public:
  // Makes the log, or goes on with one that is there. Errors: another process writes this take; the file system's.
  // What `media` says is written before the images that are made from it.
  static Result<std::unique_ptr<TakeLogWriter>> open(const std::filesystem::path& path, const TakeHeader& header,
                                                     const UsedMedia& media = {});
  ~TakeLogWriter();
  Status image(const LoggedImage& image);
  Status skipped(const SkippedImage& image);
  // The take is whole.
  Status end();

 private:
  TakeLogWriter(std::filesystem::path path, int fd) : path_(std::move(path)), fd_(fd) {}
  Status line(const std::string& text);
  Status append(const std::string& lines);

  std::filesystem::path path_;
  int fd_;
  std::mutex mutex_;
  std::string made_by_;
  UsedFilesLog used_{{}, {}};
};

}  // namespace cookline
