// Movies, decoded again by the program ffmpeg.
#include "io/movie_write.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <sched.h>
#include <unistd.h>

#include <algorithm>
#include <cmath>
#include <cstdio>
#include <cstring>
#include <filesystem>
#include <string>
#include <vector>

#include "base/random.h"
#include "io/file_bytes.h"

namespace cookline {
namespace {
namespace fs = std::filesystem;

constexpr int width = 96, height = 64, pictures = 12;

class movies : public testing::Test {
 protected:
  void SetUp() override {
    folder = fs::temp_directory_path() / ("cookline-movies-" + std::to_string(::getpid()));
    fs::create_directories(folder);
  }
  void TearDown() override { fs::remove_all(folder); }
  fs::path folder;
};

// Soft colours that move, with a sharp edge at the left.
Image picture(int index, PixelFormat format = PixelFormat::rgba8fixed, int w = width, int h = height) {
  Image image(w, h, format);
  for (int y = 0; y < h; ++y)
    for (int x = 0; x < w; ++x) {
      const int v[4] = {x < 16 ? 255 : 40 + x, 60 + 2 * y, (128 + 9 * index) & 255, 255 - 2 * y};
      for (int c = 0; c < 4; ++c) {
        if (format == PixelFormat::rgba8fixed)
          reinterpret_cast<std::uint8_t*>(image.row(y))[4 * x + c] = std::uint8_t(v[c]);
        else
          reinterpret_cast<std::uint16_t*>(image.row(y))[4 * x + c] = std::uint16_t(v[c] * 257);
      }
    }
  return image;
}

std::string run(const std::string& command) {
  std::string out;
  FILE* const pipe = ::popen((command + " 2>/dev/null").c_str(), "r");
  char block[65536];
  for (std::size_t n; (n = std::fread(block, 1, sizeof block, pipe)) > 0;) out.append(block, n);
  ::pclose(pipe);
  return out;
}

// Raw frames of the movie in a pixel format of FFmpeg's, top row first.
std::string decoded(const fs::path& movie, const std::string& pixels) {
  return run("ffmpeg -v error -i '" + movie.string() +
             "' -fps_mode passthrough -f rawvideo -sws_flags accurate_rnd+full_chroma_int+bitexact -pix_fmt " + pixels +
             " -");
}

Result<MovieFacts> write(const fs::path& path, const MovieSettings& settings, int count = pictures) {
  Result<std::unique_ptr<MovieWriter>> movie = MovieWriter::open(path, settings, width, height, {});
  if (!movie) return movie.error();
  for (int i = 0; i < count; ++i)
    if (Status status = (*movie)->picture(picture(i)); !status) return status.error();
  return (*movie)->close();
}

// Mean error of decoded RGB, in codes.
double mean_error(const std::string& rgb, int count) {
  double sum = 0;
  std::size_t at = 0;
  for (int i = 0; i < count; ++i) {
    const Image image = picture(i);
    for (int y = height - 1; y >= 0; --y)
      for (int x = 0; x < width; ++x)
        for (int c = 0; c < 3; ++c, ++at)
          sum += std::abs(int(std::uint8_t(rgb[at])) - int(std::uint8_t(image.row(y)[4 * x + c])));
  }
  return sum / double(at);
}

std::string default_extension(const MovieVariant& v) {
  if (v.codec == "gif") return "gif";
  return v.codec == "vp8" || v.codec == "vp9" ? "webm" : v.codec == "av1" ? "mp4" : "mov";
}

TEST_F(movies, every_codec_type_and_pixel_format_decodes_to_as_many_pictures_that_look_the_same) {
  for (const MovieVariant& v : movie_variants()) {
    MovieSettings s;
    s.codec = v.codec, s.type = v.type, s.pixels = v.pixels, s.rate = {30, 1};
    SCOPED_TRACE(s.codec + " " + s.type + " " + s.pixels);
    const fs::path path = folder / ("a." + default_extension(v));
    fs::remove(path);
    const Result<MovieFacts> facts = write(path, s);
    ASSERT_TRUE(facts) << to_string(facts.error());
    EXPECT_EQ(facts->pictures, pictures);
    EXPECT_EQ(facts->bytes, fs::file_size(path));
    EXPECT_EQ(facts->file, hash_bytes(*read_file_bytes(path, 1u << 30)));
    const std::string rgb = decoded(path, "rgb24");
    ASSERT_EQ(rgb.size(), std::size_t(width * height * 3 * pictures));
    EXPECT_LT(mean_error(rgb, pictures), v.codec == "gif" ? 6.0 : v.codec == "hap" ? 5.0 : 3.5);
  }
}

TEST_F(movies, lossless_codecs_keep_every_pixel) {
  struct Case {
    const char *codec, *pixels, *decoded;
  };
  for (const Case& c : {Case{"rle", "rgb", "rgb24"},
                        {"rle", "rgba", "rgba"},
                        {"h264nvgpu", "rgb", "rgb24"},
                        {"h265nvgpu", "rgb", "rgb24"},
                        {"vp9", "rgb", "rgb24"}}) {
    SCOPED_TRACE(c.codec);
    MovieSettings s;
    s.codec = c.codec, s.pixels = c.pixels, s.lossless = true;
    const fs::path path = folder / (std::string(c.codec) + c.pixels + (c.codec[0] == 'r' ? ".mov" : ".mkv"));
    ASSERT_TRUE(write(path, s));
    const std::string raw = decoded(path, c.decoded);
    const int channels = std::string(c.decoded) == "rgba" ? 4 : 3;
    ASSERT_EQ(raw.size(), std::size_t(width * height * channels * pictures));
    std::size_t at = 0, wrong = 0;
    for (int i = 0; i < pictures; ++i) {
      const Image image = picture(i);
      for (int y = height - 1; y >= 0; --y)
        for (int x = 0; x < width; ++x)
          for (int k = 0; k < channels; ++k) wrong += std::byte(raw[at++]) != image.row(y)[4 * x + k];
    }
    EXPECT_EQ(wrong, 0u);
  }
}

// ITU-R BT.709, 8 bits, limited range.
TEST_F(movies, colour_becomes_the_luma_and_chroma_of_the_standard) {
  MovieSettings s;
  s.codec = "h264nvgpu", s.pixels = "yuv444", s.lossless = true;
  ASSERT_TRUE(write(folder / "a.mkv", s, 1));
  const std::string planes = decoded(folder / "a.mkv", "yuv444p");
  ASSERT_EQ(planes.size(), std::size_t(width * height * 3));
  const Image image = picture(0);
  for (int y = 0; y < height; ++y)
    for (int x = 0; x < width; ++x) {
      double c[3];
      for (int k = 0; k < 3; ++k) c[k] = double(image.row(height - 1 - y)[4 * x + k]) / 255;
      const double luma = 0.2126 * c[0] + 0.7152 * c[1] + 0.0722 * c[2];
      const double expected[3] = {16 + 219 * luma, 128 + 224 * (c[2] - luma) / 1.8556,
                                  128 + 224 * (c[0] - luma) / 1.5748};
      for (int k = 0; k < 3; ++k)
        ASSERT_NEAR(double(std::uint8_t(planes[std::size_t((k * height + y) * width + x)])), expected[k], 1.01);
    }
}

TEST_F(movies, sixteen_bits_reach_codecs_that_store_more_than_eight) {
  MovieSettings s;
  s.codec = "prores", s.type = "4444", s.pixels = "rgba";
  Result<std::unique_ptr<MovieWriter>> movie = MovieWriter::open(folder / "a.mov", s, width, height, {});
  ASSERT_TRUE(movie) << to_string(movie.error());
  Image image(width, height, PixelFormat::rgba16fixed);
  for (int y = 0; y < height; ++y)
    for (int x = 0; x < width * 4; ++x)
      reinterpret_cast<std::uint16_t*>(image.row(y))[x] = std::uint16_t(20000 + 8 * (x / 4));
  ASSERT_TRUE((*movie)->picture(image));
  ASSERT_TRUE((*movie)->close());
  const std::string raw = decoded(folder / "a.mov", "rgba64le");
  ASSERT_EQ(raw.size(), std::size_t(width * height * 8));
  double sum = 0;
  for (std::size_t i = 0; i < raw.size(); i += 2)
    sum += std::abs((std::uint8_t(raw[i]) | std::uint8_t(raw[i + 1]) << 8) - (20000 + 8 * int(i / 8 % width)));
  EXPECT_LT(sum / double(raw.size() / 2), 100) << "of 65535: an 8-bit path errs by more";
}

TEST_F(movies, the_number_of_cores_changes_no_byte) {
  const auto of = [&](const std::string& codec, const std::string& name) {
    MovieSettings s;
    s.codec = codec, s.bit_rate = BitRate{};
    fs::remove(folder / name);
    const Result<MovieFacts> facts = write(folder / name, s, 40);
    return facts ? to_hex(facts->file) : to_string(facts.error());
  };
  cpu_set_t all, one;
  ASSERT_EQ(::sched_getaffinity(0, sizeof all, &all), 0);
  CPU_ZERO(&one);
  for (int i = 0; i < CPU_SETSIZE && CPU_COUNT(&one) == 0; ++i)
    if (CPU_ISSET(i, &all)) CPU_SET(i, &one);
  for (const char* codec : {"mjpa", "mpeg4", "h264nvgpu", "h265nvgpu", "vp8", "vp9", "av1", "prores", "gif"}) {
    const std::string name = codec == std::string("gif") ? "a.gif" : codec == std::string("prores") ? "a.mov" : "a.mkv";
    const std::string many = of(codec, name);
    ::sched_setaffinity(0, sizeof one, &one);
    const std::string few = of(codec, name);
    ::sched_setaffinity(0, sizeof all, &all);
    EXPECT_EQ(many, few) << codec;
    EXPECT_EQ(many.size(), 32u) << many;
  }
}

// Noise of a few milliseconds in silence, in two channels at different moments.
std::vector<std::vector<double>> bursts(int rate_hz) {
  std::vector<std::vector<double>> channels(2, std::vector<double>(std::size_t(rate_hz), 0.0));
  for (int c = 0; c < 2; ++c) {
    double smooth = 0;
    for (int i = 0; i < rate_hz / 50; ++i) {
      smooth = 0.7 * smooth + 0.3 * (double(random_bits(7, std::uint64_t(i)) >> 40) / 8388608 - 1);
      channels[std::size_t(c)][std::size_t(rate_hz / 3 * (c + 1) + i)] = smooth;
    }
  }
  return channels;
}

// One second of pictures with the sound handed over frame by frame; what the program ffmpeg hears, channel by channel.
std::vector<std::vector<double>> heard(const fs::path& path, const std::string& codec, int rate_hz) {
  MovieSettings s;
  s.codec = path.extension() == ".webm" ? "vp9" : "h264nvgpu", s.rate = {30, 1};
  s.sound = SoundSettings{codec, 256, double(rate_hz), 2};
  Result<std::unique_ptr<MovieWriter>> movie = MovieWriter::open(path, s, width, height, {});
  EXPECT_TRUE(movie) << to_string(movie.error());
  if (!movie) return {};
  const auto channels = bursts(rate_hz);
  for (int i = 0; i < 30; ++i) {
    EXPECT_TRUE((*movie)->picture(picture(i)));
    const std::size_t from = std::size_t(rate_hz * i / 30), to = std::size_t(rate_hz * (i + 1) / 30);
    std::vector<std::span<const double>> slice;
    for (const auto& channel : channels) slice.emplace_back(channel.data() + from, to - from);
    EXPECT_TRUE((*movie)->sound(slice));
  }
  EXPECT_TRUE((*movie)->close());
  const std::string raw =
      run("ffmpeg -v error -i '" + path.string() + "' -f f64le -ar " + std::to_string(rate_hz) + " -");
  std::vector<std::vector<double>> result(2);
  for (std::size_t i = 0; i + 8 <= raw.size(); i += 8) {
    double v = 0;
    std::memcpy(&v, raw.data() + i, 8);
    result[i / 8 % 2].push_back(v);
  }
  return result;
}

// By how many samples `heard` lies behind `meant`, where they agree best.
int lag(const std::vector<double>& meant, const std::vector<double>& heard) {
  int best = -1000;
  double most = 0;
  for (int shift = -400; shift <= 400; ++shift) {
    double sum = 0;
    for (int i = 400; i + 400 < int(meant.size()); ++i)
      if (std::size_t(i + shift) < heard.size()) sum += meant[std::size_t(i)] * heard[std::size_t(i + shift)];
    if (sum > most) most = sum, best = shift;
  }
  return best;
}

TEST_F(movies, sound_that_is_stored_as_it_is_comes_back_sample_for_sample) {
  const auto meant = bursts(44100);
  for (const auto& [codec, step] : {std::pair{"pcm16", 1.0 / 32768},
                                    {"pcm24", 1.0 / 8388608},
                                    {"pcm32", 1.0 / 2147483648.0},
                                    {"alac", 1.0 / 8388608}}) {
    const auto got = heard(folder / (std::string(codec) + ".mov"), codec, 44100);
    ASSERT_EQ(got.size(), 2u);
    for (std::size_t c = 0; c < 2; ++c) {
      ASSERT_EQ(got[c].size(), 44100u) << codec;
      double worst = 0;
      for (std::size_t i = 0; i < 44100; ++i) worst = std::max(worst, std::abs(got[c][i] - meant[c][i]));
      EXPECT_LE(worst, step * 1.001) << codec;
    }
  }
}

TEST_F(movies, lossy_sound_is_in_sync_to_the_sample_in_every_kind_of_file) {
  struct Case {
    const char *codec, *extension;
    int rate_hz;
  };
  for (const Case& c : {Case{"aac", "mov", 44100},
                        {"aac", "mp4", 48000},
                        {"mp3", "mp4", 44100},
                        {"mp3", "mov", 48000},
                        {"opus", "webm", 48000},
                        {"opus", "mkv", 48000},
                        {"vorbis", "webm", 44100},
                        {"vorbis", "mkv", 48000},
                        {"opus", "mp4", 48000}}) {
    SCOPED_TRACE(std::string(c.codec) + " in " + c.extension);
    const auto meant = bursts(c.rate_hz), got = heard(folder / (std::string("a.") + c.extension), c.codec, c.rate_hz);
    fs::remove(folder / (std::string("a.") + c.extension));
    ASSERT_EQ(got.size(), 2u);
    for (std::size_t k = 0; k < 2; ++k) EXPECT_EQ(lag(meant[k], got[k]), 0);
  }
}

TEST_F(movies, what_cannot_be_written_is_told_before_anything_is) {
  const auto told = [&](const std::string& file, const MovieSettings& s, int w = width, int h = height) {
    const Status status = can_write_movie(file, s, w, h);
    return status ? std::string() : to_string(status.error());
  };
  using testing::HasSubstr;
  MovieSettings s;
  EXPECT_EQ(told("a.mov", s), "");
  EXPECT_THAT(told("a.jpg", s), HasSubstr("'a.jpg' does not name a movie; it ends with one of: mov, mp4, mkv"));
  s.codec = "notchlc";
  EXPECT_THAT(told("a.mov", s), HasSubstr("no encoder for the video codec 'notchlc' that runs on a CPU"));
  s.codec = "vvc";
  EXPECT_THAT(told("a.mov", s), HasSubstr("these are written: rle, mjpa, mpeg4, h264nvgpu"));
  s.codec = "prores", s.type = "best";
  EXPECT_THAT(told("a.mov", s), HasSubstr("no type 'best'; its types: standard, proxy, lt, hq, 4444, 4444xq"));
  s.type = "hq", s.pixels = "rgba";
  EXPECT_THAT(told("a.mov", s), HasSubstr("cannot store the movie pixel format 'rgba'; it stores: yuv422"));
  s.pixels = "yuv422";
  EXPECT_THAT(told("a.webm", s), HasSubstr("a webm file cannot hold the video codec prores"));
  s.codec = "h264nvgpu", s.type = "none", s.pixels = "yuv420";
  EXPECT_THAT(told("a.mp4", s, 101, 64), HasSubstr("101 x 64 pixels"));
  EXPECT_THAT(told("a.mp4", s, 101, 64), HasSubstr("not divisible by 2"));
  s.sound = SoundSettings{"vorbis", 0, 44100, 2};
  EXPECT_THAT(told("a.mov", s), HasSubstr("a mov file cannot hold the audio codec vorbis"));
  s.sound = SoundSettings{"aac", 0, 60, 2};
  EXPECT_THAT(told("a.mov", s), HasSubstr("60 samples a second are no sound"));
}

TEST_F(movies, a_movie_that_is_not_closed_leaves_nothing_and_none_is_replaced_unasked) {
  MovieSettings s;
  {
    Result<std::unique_ptr<MovieWriter>> movie = MovieWriter::open(folder / "a.mov", s, width, height, {});
    ASSERT_TRUE(movie);
    ASSERT_TRUE((*movie)->picture(picture(0)));
    EXPECT_FALSE((*movie)->picture(picture(0, PixelFormat::rgba8fixed, 32, 32)));
  }
  EXPECT_TRUE(fs::is_empty(folder));
  ASSERT_TRUE(write(folder / "a.mov", s, 2));
  const Result<MovieFacts> again = write(folder / "a.mov", s, 2);
  ASSERT_FALSE(again);
  EXPECT_THAT(to_string(again.error()), testing::HasSubstr("exists already"));
  Result<std::unique_ptr<MovieWriter>> none = MovieWriter::open(folder / "b.mov", s, width, height, {});
  ASSERT_TRUE(none);
  EXPECT_FALSE((*none)->close());
}

}  // namespace
}  // namespace cookline
