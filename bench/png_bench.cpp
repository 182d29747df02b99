// Encoders side by side on four kinds of picture, one core: our PNG in both efforts, libspng with zlib as most programs
// write PNG, and JPEG. The counter `bytes` is the size of the file.
#include <benchmark/benchmark.h>
#include <malloc.h>
#include <spng.h>

#include <cmath>
#include <cstdio>
#include <cstdlib>
#include <functional>
#include <memory>
#include <string>

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

// As a program writes PNG with a library: filters chosen by the library, zlib.
std::size_t spng_bytes(const Image& image, int level) {
  spng_ctx* const context = spng_ctx_new(SPNG_CTX_ENCODER);
  spng_set_option(context, SPNG_ENCODE_TO_BUFFER, 1);
  spng_set_option(context, SPNG_IMG_COMPRESSION_LEVEL, level);
  spng_ihdr header{std::uint32_t(image.width()), std::uint32_t(image.height()), 8, SPNG_COLOR_TYPE_TRUECOLOR_ALPHA};
  spng_set_ihdr(context, &header);
  int error = spng_encode_image(context, image.row(0), image.bytes(), SPNG_FMT_PNG, SPNG_ENCODE_FINALIZE);
  std::size_t size = 0;
  std::free(spng_get_png_buffer(context, &size, &error));
  spng_ctx_free(context);
  return error ? 0 : size;
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
    add("spng" + std::to_string(level), [level](const Image& i) { return spng_bytes(i, level); });
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
