#include "io/ffmpeg.h"

extern "C" {
#include <libavutil/log.h>
}

#include <array>
#include <cstdarg>
#include <cstdio>
#include <mutex>

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

}  // namespace

void listen() {
  static std::once_flag once;
  std::call_once(once, [] { av_log_set_callback(on_log); });
}

void forget_complaint() { last_message().clear(); }

std::string complaint(int error) {
  std::array<char, AV_ERROR_MAX_STRING_SIZE> text{};
  av_strerror(error, text.data(), text.size());
  return last_message().empty() ? text.data() : std::string(text.data()) + ": " + last_message();
}

}  // namespace cookline::ffmpeg
