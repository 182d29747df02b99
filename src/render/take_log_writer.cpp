// Writing the log of a take: one process, which has it locked.
#include <fcntl.h>
#include <sys/file.h>
#include <unistd.h>

#include <cerrno>
#include <span>

#include "io/atomic_file.h"
#include "io/file_bytes.h"
#include "render/take_log.h"

namespace cookline {
namespace fs = std::filesystem;
namespace {

// What follows the prefix of a take in the names of its files: "12.png", "png" of a single image, "take.jsonl" of its
// log. Another take may have a prefix that begins with this one ("look.0.b.3"), and be written right now.
bool names_part_of_take(std::string_view rest) {
  const std::string_view first = rest.substr(0, rest.find('.'));
  if (first.size() == rest.size() || rest == take_log_extension.substr(1)) return true;
  return first.find_first_not_of("0123456789") == std::string_view::npos &&
         rest.find('.', first.size() + 1) == std::string_view::npos;
}

// Whether this is the name of an image of the take, or of its log.
bool is_of_take(const TakeHeader& header, const std::string& log, std::string_view name) {
  if (!header.names.empty()) return name == log || header.index_of(name) >= 0 || name == header.name_of(0);
  const std::size_t before = log.size() - take_log_extension.size();
  return name.size() > before && name.substr(0, before + 1) == log.substr(0, before + 1) &&
         names_part_of_take(name.substr(before + 1));
}

}  // namespace

// "0.12.png.0123456789abcdef.tmp"
void remove_leftovers(const fs::path& log, const TakeHeader& header) {
  constexpr std::size_t ending = 21;  // a dot, 16 digits, ".tmp"
  std::error_code ignored;
  for (const fs::directory_entry& entry : fs::directory_iterator(log.parent_path(), ignored)) {
    const std::string name = entry.path().filename().string();
    if (!name.ends_with(".tmp") || name.size() < ending) continue;
    const std::string_view digits = std::string_view(name).substr(name.size() - ending + 1, 16);
    if (name[name.size() - ending] != '.' || digits.find_first_not_of("0123456789abcdef") != std::string_view::npos)
      continue;
    if (is_of_take(header, log.filename().string(), std::string_view(name).substr(0, name.size() - ending)))
      fs::remove(entry.path(), ignored);
  }
}

Result<std::unique_ptr<TakeLogWriter>> TakeLogWriter::open(const fs::path& path, const TakeHeader& header,
                                                           const UsedMedia& media) {
  // A log is never without its first line, whenever the process may be killed.
  const std::string first = line_of(header) + "\n";
  std::error_code ignored;
  const bool made = !fs::exists(path, ignored);
  if (made)
    if (Status status = write_file(path, std::as_bytes(std::span(first))); !status) return status.error();
  const int fd = ::open(path.c_str(), O_RDWR | O_APPEND | O_CLOEXEC);
  if (fd < 0) return file_error(path, "written", errno);
  std::unique_ptr<TakeLogWriter> log(new TakeLogWriter(path, fd));
  if (::flock(fd, LOCK_EX | LOCK_NB) != 0) {
    if (errno == EWOULDBLOCK)
      return failure(path.string(), "another process is writing this take",
                     "wait for it, or give another folder or number");
    if (errno != ENOLCK && errno != EOPNOTSUPP) return file_error(path, "locked", errno);
  }
  // A line that a killed run left half written must not swallow the next one.
  char last = '\n';
  const off_t size = ::lseek(fd, 0, SEEK_END);
  if (size > 0 && ::pread(fd, &last, 1, size - 1) != 1) return file_error(path, "read", errno);
  if (last != '\n')
    if (::write(fd, "\n", 1) != 1) return file_error(path, "written", errno);
  remove_leftovers(path, header);
  log->made_by_ = header.made_by();
  log->used_ = UsedFilesLog(media, {});
  // Of processes that shared the take, and are no more.
  if (const std::string lines = lines_of_parts(path); !lines.empty())
    if (Status status = log->line(lines.substr(0, lines.size() - 1)); !status) return status.error();
  fs::remove_all(shared_folder(path), ignored);
  if (made) return log;
  const Result<TakeLog> before = read_take_log(path);
  if (before) log->used_ = UsedFilesLog(media, before->media);
  if (before && before->header.made_by() == header.made_by() && before->frames == header.frames) return log;
  if (Status status = log->line(line_of(header)); !status) return status.error();
  return log;
}

TakeLogWriter::~TakeLogWriter() { ::close(fd_); }

Status TakeLogWriter::image(const LoggedImage& image) {
  LoggedImage made = image;
  made.made_by = made_by_;
  const std::lock_guard lock(mutex_);
  return append(used_.news() + line_of(made) + "\n");
}

Status TakeLogWriter::skipped(const SkippedImage& image) { return line(line_of(image)); }

Status TakeLogWriter::end() { return line(std::string(end_line)); }

Status TakeLogWriter::line(const std::string& text) {
  const std::lock_guard lock(mutex_);
  return append(text + "\n");
}

// In one call, so that a line is never between two halves of another.
Status TakeLogWriter::append(const std::string& lines) {
  const int error = write_all(fd_, std::as_bytes(std::span(lines)));
  return error == 0 ? Status() : file_error(path_, "written", error);
}

}  // namespace cookline
