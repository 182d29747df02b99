#include "app/console.h"

#include <fmt/format.h>
#include <unistd.h>

#include <algorithm>
#include <cmath>
#include <cstdio>
#include <nlohmann/json.hpp>

#include "io/movie_format.h"

namespace cookline::app {
namespace {

using Json = nlohmann::ordered_json;
constexpr std::size_t most_samples = 64;

void print_json(const Json& line) {
  fmt::print("{}\n", line.dump(-1, ' ', false, Json::error_handler_t::replace));
  std::fflush(stdout);
}

std::string duration_text(double seconds) {
  const long whole = std::lround(seconds);
  if (whole >= 3600) return fmt::format("{}:{:02}:{:02}", whole / 3600, whole / 60 % 60, whole % 60);
  return fmt::format("{}:{:02}", whole / 60, whole % 60);
}

std::string_view level_name(LogLevel level) {
  constexpr std::string_view names[] = {"debug", "info", "warning", "error"};
  return names[std::size_t(level)];
}

}  // namespace

std::string bytes_text(std::uint64_t bytes) {
  if (bytes < 1'000'000) return fmt::format("{:.1f} kB", double(bytes) / 1e3);
  if (bytes < 1'000'000'000) return fmt::format("{:.1f} MB", double(bytes) / 1e6);
  return fmt::format("{:.2f} GB", double(bytes) / 1e9);
}

Console::Console(bool json, bool quiet) : json_(json), quiet_(quiet), bar_(!json && !quiet && isatty(STDERR_FILENO)) {}

LogSink Console::sink() {
  return [this](const LogLine& line) {
    std::lock_guard lock(mutex_);
    if (json_)
      return print_json(
          {{"event", "log"}, {"level", level_name(line.level)}, {"where", line.where}, {"text", line.text}});
    clear_bar();
    const std::string where = line.where.empty() ? "" : line.where + ": ";
    if (line.level == LogLevel::info)
      fmt::print("{}{}\n", where, line.text);
    else
      fmt::print(stderr, "{}: {}{}\n", level_name(line.level), where, line.text);
  };
}

void Console::clear_bar() {
  if (bar_shown_) fmt::print(stderr, "\r\033[K");
  bar_shown_ = false;
}

void Console::draw_bar() {
  const auto now = std::chrono::steady_clock::now();
  if (now - drawn_ < std::chrono::milliseconds(80)) return;
  drawn_ = now;
  const double seconds = std::chrono::duration<double>(now - start_).count(),
               speed = double(images_) / std::max(1e-3, seconds);
  std::string bar, eta = "--:--";
  if (progress_.done >= 0) {
    constexpr int width = 24;
    const int full = std::clamp(int(progress_.done * width), 0, width);
    bar = "[" + std::string(std::size_t(full), '#') + std::string(std::size_t(width - full), '.') +
          fmt::format("] {:3.0f} %  ", progress_.done * 100);
  }
  if (progress_.left_s >= 0) eta = duration_text(progress_.left_s);
  fmt::print(stderr, "\r\033[K{}{} images  {:.1f} images/s  ETA {}", bar, images_, speed, eta);
  std::fflush(stderr);
  bar_shown_ = true;
}

void Console::image(const WrittenImage& image) {
  std::lock_guard lock(mutex_);
  images_ += image.images;
  bytes_ += image.bytes;
  encode_s_ += image.encode_s;
  folder_ = image.path.parent_path().string();
  const bool movie = is_movie_name(image.path.string());
  if (movie && movies_.size() < most_samples) movies_.emplace_back(image.path.string(), image.images);
  if (!movie && std::pair(image.take, image.index) >= std::pair(last_.take, last_.index))
    last_ = {image.take, image.index, image.path.string()};
  if (!movie && (images_ - 1) % sample_every_ == 0) {
    samples_.push_back({image.take, image.index, image.path.string()});
    if (samples_.size() > most_samples) {
      std::size_t keep = 0;
      for (std::size_t i = 0; i < samples_.size(); i += 2) samples_[keep++] = samples_[i];
      samples_.resize(keep);
      sample_every_ *= 2;
    }
  }
  if (json_ && !quiet_)
    print_json({{"event", "image"},
                {"path", image.path.string()},
                {"take", image.take},
                {"index", image.index},
                {"images", image.images},
                {"frame", image.frame},
                {"bytes", image.bytes},
                {"encode_s", image.encode_s}});
  else if (!json_ && !quiet_ && !bar_) {
    fmt::print("{}{}\n", image.path.string(), movie ? fmt::format(" ({} images)", image.images) : "");
    std::fflush(stdout);
  }
}

void Console::progress(const Progress& now) {
  std::lock_guard lock(mutex_);
  progress_ = now;
  if (bar_) draw_bar();
  if (json_ && !quiet_) print_progress();
}

// At most once a second: frames without images may be thousands.
void Console::print_progress() {
  const auto now = std::chrono::steady_clock::now();
  if (now - std::max(start_, drawn_) < std::chrono::seconds(1)) return;
  drawn_ = now;
  const auto known = [](double value) { return value < 0 ? Json() : Json(value); };
  print_json({{"event", "progress"},
              {"images", images_},
              {"done", known(progress_.done)},
              {"left_s", known(progress_.left_s)}});
}

void Console::print(const std::string& lines) {
  std::lock_guard lock(mutex_);
  clear_bar();
  fmt::print("{}", lines);
}

void Console::summary(const RunResult& result, const std::string& folder, const std::string& sheet,
                      const std::map<std::string, std::int64_t>& cooks) {
  std::lock_guard lock(mutex_);
  const double speed = double(images_) / std::max(1e-9, result.seconds);
  if (json_)
    return print_json({{"event", "summary"},
                       {"images", images_},
                       {"kept", result.kept},
                       {"frames", result.frames},
                       {"seconds", result.seconds},
                       {"images_per_second", speed},
                       {"bytes", bytes_},
                       {"stopped", result.stopped},
                       {"folder", folder},
                       {"contact_sheet", sheet},
                       {"cooks", cooks}});
  clear_bar();
  fmt::print("{}{} image{} in {:.2f} s ({:.1f} images/s), {}{}{}\n", result.stopped ? "stopped early: " : "", images_,
             images_ == 1 ? "" : "s", result.seconds, speed, bytes_text(bytes_), images_ ? ", in " + folder : "",
             result.kept ? fmt::format("; {} {} there already", result.kept, result.kept == 1 ? "was" : "were") : "");
  if (!sheet.empty()) fmt::print("contact sheet: {}\n", sheet);
}

std::vector<std::pair<std::string, std::int64_t>> Console::movies() const {
  std::lock_guard lock(mutex_);
  return movies_;
}

std::vector<std::string> Console::files() const {
  std::lock_guard lock(mutex_);
  std::vector<Sample> sorted = samples_;
  if (!last_.path.empty()) sorted.push_back(last_);
  std::sort(sorted.begin(), sorted.end(),
            [](const Sample& a, const Sample& b) { return std::pair(a.take, a.index) < std::pair(b.take, b.index); });
  std::vector<std::string> paths;
  for (const Sample& sample : sorted)
    if (paths.empty() || paths.back() != sample.path) paths.push_back(sample.path);
  return paths;
}

}  // namespace cookline::app
