// Encoders side by side on four kinds of picture, one core: our PNG in both efforts, libpng with zlib as most programs
// write PNG, and JPEG. The counter `bytes` is the size of the file.
#include <benchmark/benchmark.h>
#include <malloc.h>
#include <png.h>

#include <cmath>
#include <cstdio>
#include <cstdlib>
#include <functional>
#include <memory>
#include <string>
#include <vector>

#include "base/random.h"
#include "cook/engine.h"
#include "io/image_file.h"
#include "kernels/targets.h"
#include "must.h"
#include "ops/list.h"
#include "script/interpreter.h"
#include "tdn/load.h"

namespace cookline {
namespace {

constexpr int width = 1280, height = 720;

using Colour = std::array<double, 3>;

Image painted(const std::function<Colour(int, int)>& colour) {
  Image image(width, height, PixelFormat::rgba8fixed);
  for (int y = 0; y < height; ++y)
    for (int x = 0; x < width; ++x) {
      const Colour at = colour(x, y);
      std::byte* const to = image.row(y) + 4 * x;
      for (std::size_t c = 0; c < 3; ++c) to[c] = std::byte(std::lround(255 * std::min(1.0, std::max(0.0, at[c]))));
      to[3] = std::byte(255);
    }
  return image;
}

Image smooth() {
  return painted([](int x, int y) {
    const double u = x / double(height), v = y / double(height);
    return Colour{0.5 + 0.5 * std::sin(3 * u + 2 * std::sin(2 * v)), 0.5 + 0.5 * std::sin(4 * v + std::cos(3 * u)),
                  0.5 + 0.5 * std::cos(2 * u - 3 * v)};
  });
}

Image noise() {
  return painted([](int x, int y) {
    const auto bits = random_bits(1, std::uint64_t(y) * width + std::uint64_t(x));
    return Colour{double(bits & 255) / 255, double(bits >> 8 & 255) / 255, double(bits >> 16 & 255) / 255};
  });
}

// Values at the corners of squares, blended smoothly between them.
double value_noise(std::uint64_t seed, double x, double y) {
  const double i = std::floor(x), j = std::floor(y);
  const auto smoothed = [](double t) { return t * t * (3 - 2 * t); };
  const auto corner = [&](double dx, double dy) {
    return random_unit(seed, std::uint64_t(i + dx) * 4096 + std::uint64_t(j + dy));
  };
  const double u = smoothed(x - i), v = smoothed(y - j);
  return std::lerp(std::lerp(corner(0, 0), corner(1, 0), u), std::lerp(corner(0, 1), corner(1, 1), u), v);
}

// As photographs are: detail in inverse proportion to its size, edges of things before others, a little grain.
Image photograph() {
  return painted([](int x, int y) {
    double light = 0;
    for (int octave = 0; octave < 9; ++octave) {
      const double scale = std::ldexp(1.0, octave) / 512;
      light += std::ldexp(value_noise(std::uint64_t(octave), x * scale, y * scale) - 0.5, -octave);
    }
    Colour colour{0.5 + 0.6 * light, 0.45 + 0.5 * light, 0.4 + 0.4 * light};
    for (std::uint64_t thing = 0; thing < 12; ++thing) {
      const double dx = x - width * random_unit(20, 4 * thing), dy = y - height * random_unit(20, 4 * thing + 1);
      if (std::hypot(dx, dy) > 30 + 120 * random_unit(20, 4 * thing + 2)) continue;
      for (std::size_t c = 0; c < 3; ++c)
        colour[c] = colour[c] * 0.5 + random_unit(21, 3 * thing + c) * 0.5 + 0.0005 * dx;
    }
    for (std::size_t c = 0; c < 3; ++c)
      colour[c] += (random_unit(30 + c, std::uint64_t(y) * width + std::uint64_t(x)) - 0.5) * 0.02;
    return colour;
  });
}

Image tutorial() {
  const Registry registry{all_operators()};
  Network network{registry};
  Engine engine{network, {}};
  std::vector<tdn::Warning> warnings;
  must(tdn::load_file(TUTORIAL_TDN, network, warnings));
  Script script(engine);
  must(script.start());
  must(engine.prime());
  engine.set_frame({30, {}});
  const ImageHandle cooked = must(engine.image(network.lookup(network.root(), "/recorder/composite1")));
  Image copy(cooked->width(), cooked->height(), cooked->format());
  std::copy_n(cooked->row(0), cooked->bytes(), copy.row(0));
  return copy;
}

// As a program writes PNG with the library: filters of its choice, zlib.
std::size_t libpng_bytes(const Image& image, int level) {
  std::vector<png_byte> file;
  png_structp writer = png_create_write_struct(PNG_LIBPNG_VER_STRING, nullptr, nullptr, nullptr);
  png_infop about = png_create_info_struct(writer);
  const auto append = [](png_structp to, png_bytep bytes, std::size_t count) {
    auto& written = *static_cast<std::vector<png_byte>*>(png_get_io_ptr(to));
    written.insert(written.end(), bytes, bytes + count);
  };
  png_set_write_fn(writer, &file, append, nullptr);
  png_set_compression_level(writer, level);
  png_set_IHDR(writer, about, png_uint_32(image.width()), png_uint_32(image.height()), 8, PNG_COLOR_TYPE_RGB_ALPHA,
               PNG_INTERLACE_NONE, PNG_COMPRESSION_TYPE_DEFAULT, PNG_FILTER_TYPE_DEFAULT);
  png_write_info(writer, about);
  for (int y = image.height() - 1; y >= 0; --y) png_write_row(writer, reinterpret_cast<png_const_bytep>(image.row(y)));
  png_write_end(writer, about);
  png_destroy_write_struct(&writer, &about);
  return file.size();
}

std::size_t own_bytes(const Image& image, ImageFileType type, PngEffort effort) {
  return must(encode_image(image, type, {.png_effort = effort})).size();
}

void measure(const std::string& name, const std::shared_ptr<const Image>& image) {
  const auto add = [&](const std::string& encoder, const std::function<std::size_t(const Image&)>& encode,
                       const char* target = "") {
    benchmark::RegisterBenchmark((name + "/" + encoder).c_str(), [image, encode, target](benchmark::State& state) {
      std::size_t size = 0;
      kernels::use_target(target);
      for (auto _ : state) size = encode(*image);
      kernels::use_target("");
      if (!size) state.SkipWithError("cannot encode");
      state.counters["bytes"] = double(size);
    })->Unit(benchmark::kMillisecond);
  };
  const auto fast = [](const Image& i) { return own_bytes(i, ImageFileType::png, PngEffort::fast); };
  const auto small = [](const Image& i) { return own_bytes(i, ImageFileType::png, PngEffort::small); };
  add("jpeg", [](const Image& i) { return own_bytes(i, ImageFileType::jpeg, PngEffort::fast); });
  add("fast", fast);
  add("fast_avx2", fast, "AVX2");
  add("small", small);
  add("small_avx2", small, "AVX2");
  for (const int level : {1, 6, 9})
    add("libpng" + std::to_string(level), [level](const Image& i) { return libpng_bytes(i, level); });
}

}  // namespace
}  // namespace cookline

int main(int argc, char** argv) {
  using namespace cookline;
  // As the program does.
  mallopt(M_MMAP_THRESHOLD, 32 << 20);
  mallopt(M_TRIM_THRESHOLD, 64 << 20);
  benchmark::Initialize(&argc, argv);
  measure("tutorial", std::make_shared<const Image>(tutorial()));
  measure("smooth", std::make_shared<const Image>(smooth()));
  measure("noise", std::make_shared<const Image>(noise()));
  measure("photograph", std::make_shared<const Image>(photograph()));
  benchmark::RunSpecifiedBenchmarks();
}
