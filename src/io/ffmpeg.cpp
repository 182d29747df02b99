#include "io/ffmpeg.h"

#include <dlfcn.h>
#include <fmt/format.h>

#include <array>
#include <cstdarg>
#include <stdexcept>

namespace cookline::ffmpeg {
namespace {

std::string& last_message() {
  thread_local std::string message;
  return message;
}

void on_log(void* object, int level, const char* format, std::va_list arguments) {
  if (level > AV_LOG_ERROR) return;
  std::array<char, 512> line{};
  int at_start = 1;
  av_log_format_line2(object, level, format, arguments, line.data(), int(line.size()), &at_start);
  std::string text = line.data();
  while (!text.empty() && (text.back() == '\n' || text.back() == ' ')) text.pop_back();
  // "[libx264 @ 0x5581c0de] …": where an object lies in memory tells nobody anything.
  if (const std::size_t at = text.find(" @ 0x"); at != std::string::npos)
    if (const std::size_t end = text.find(']', at); end != std::string::npos) text.erase(at, end - at);
  if (last_message().empty()) last_message() = text;  // the first says why; what follows are its consequences
}

// The others come with these two. Never unloaded: threads and objects of theirs live as long as the process.
struct Libraries {
  void *formats = nullptr, *scaling = nullptr;
  std::string error;  // why they are not there
};

void* open_library(const std::string& name, std::string& error) {
  void* const library = ::dlopen(name.c_str(), RTLD_LAZY | RTLD_LOCAL);
  if (!library && error.empty()) error = ::dlerror();
  return library;
}

// Of the versions whose headers this was compiled with.
const Libraries& libraries() {
  static const Libraries loaded = [] {
    Libraries l;
    l.formats = open_library(fmt::format("libavformat.so.{}", LIBAVFORMAT_VERSION_MAJOR), l.error);
    l.scaling = open_library(fmt::format("libswscale.so.{}", LIBSWSCALE_VERSION_MAJOR), l.error);
    return l;
  }();
  return loaded;
}

}  // namespace

void* find_function(const char* name) {
  const Libraries& l = libraries();
  for (void* const library : {l.formats, l.scaling})
    if (void* const function = library ? ::dlsym(library, name) : nullptr) return function;
  throw std::runtime_error(
      fmt::format("FFmpeg's function {} is not there{}{}", name, l.error.empty() ? "" : ": ", l.error));
}

Status load() {
  static const Status status = []() -> Status {
    if (const std::string& error = libraries().error; !error.empty())
      return failure("", fmt::format("FFmpeg's libraries, which movies and sound need, cannot be loaded: {}", error),
                     fmt::format("install the packages libavformat{} and libswscale{}", LIBAVFORMAT_VERSION_MAJOR,
                                 LIBSWSCALE_VERSION_MAJOR));
    av_log_set_callback(on_log);
    return {};
  }();
  return status;
}

void forget_complaint() { last_message().clear(); }

std::string complaint(int error) {
  std::array<char, AV_ERROR_MAX_STRING_SIZE> text{};
  av_strerror(error, text.data(), text.size());
  return last_message().empty() ? text.data() : std::string(text.data()) + ": " + last_message();
}

}  // namespace cookline::ffmpeg
