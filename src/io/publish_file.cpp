// Linux and POSIX system calls behind publish_file.
#include "io/publish_file.h"

#include <fcntl.h>
#include <sys/syscall.h>
#include <unistd.h>

#include <cerrno>
#include <cstdio>

namespace cookline {
namespace fs = std::filesystem;
namespace {

int by_rename(const fs::path& from, const fs::path& to) {
  return ::renameat2(AT_FDCWD, from.c_str(), AT_FDCWD, to.c_str(), RENAME_NOREPLACE) == 0 ? 0 : errno;
}

int by_link(const fs::path& from, const fs::path& to) {
  if (::link(from.c_str(), to.c_str()) != 0) return errno;
  ::unlink(from.c_str());  // the file has its name; a second one left behind is no reason to report failure
  return 0;
}

int by_reservation(const fs::path& from, const fs::path& to) {
  const int fd = ::open(to.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0666);
  if (fd < 0) return errno;
  ::close(fd);
  if (::rename(from.c_str(), to.c_str()) == 0) return 0;
  const int error = errno;
  ::unlink(to.c_str());
  return error;
}

// Error numbers by which a file system says that it does not know the call, as opposed to refusing this one.
bool not_supported(PublishBy way, int error) {
  if (error == EINVAL || error == ENOSYS || error == EOPNOTSUPP) return true;
  return way == PublishBy::link && (error == EPERM || error == EMLINK);
}

}  // namespace

int publish_file(const fs::path& from, const fs::path& to, PublishBy way) {
  switch (way) {
    case PublishBy::rename_noreplace:
      return by_rename(from, to);
    case PublishBy::link:
      return by_link(from, to);
    case PublishBy::reservation:
      break;
  }
  return by_reservation(from, to);
}

int publish_file(const fs::path& from, const fs::path& to) {
  for (const PublishBy way : {PublishBy::rename_noreplace, PublishBy::link}) {
    const int error = publish_file(from, to, way);
    if (!not_supported(way, error)) return error;
  }
  return publish_file(from, to, PublishBy::reservation);
}

}  // namespace cookline
