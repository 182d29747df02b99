// Noise against JPEG: one octave of every type over a 1024×1024 image, per instruction set, on one core, beside the
// encoding of that image (quality 90, 4:2:0). The counter `per_jpeg` is the time of the noise over that of the
// encoding.
#include <benchmark/benchmark.h>
#include <turbojpeg.h>

#include <chrono>
#include <cmath>
#include <string>
#include <utility>
#include <vector>

#include "kernels/noise.h"
#include "kernels/targets.h"

namespace cookline::kernels {
namespace {

constexpr int size = 1024;

// One octave of the picture of a new Noise TOP, row by row.
void cook_noise(const NoiseSettings& settings, std::vector<float>& image) {
  const auto offset = noise_seed_offset(1, 0);
  for (int y = 0; y < size; ++y) {
    NoiseLine line{offset, {4.0 / size}};
    line.base[0] += 2.0 / size - 2;
    line.base[1] += 4 * (y + 0.5) / size - 2;
    noise_line(settings, line, 0, {image.data() + std::size_t(y) * size, std::size_t(size)});
  }
}

// Seconds to encode one octave of 3-D simplex as a JPEG: the best of some runs.
double jpeg_seconds() {
  std::vector<float> image(std::size_t(size) * size);
  cook_noise({NoiseType::simplex3d, 0, 2, 0.7}, image);
  std::vector<unsigned char> rgb;
  for (const float v : image)
    rgb.insert(rgb.end(), 3, (unsigned char)std::lround(std::fmin(255, std::fmax(0, 127.5f * v + 127.5f))));
  tjhandle encoder = tjInitCompress();
  std::vector<unsigned char> to(tjBufSize(size, size, TJSAMP_420));
  double best = 1e9;
  for (int run = 0; run < 40; ++run) {
    unsigned char* out = to.data();
    unsigned long bytes = to.size();
    const auto start = std::chrono::steady_clock::now();
    tjCompress2(encoder, rgb.data(), size, 0, size, TJPF_RGB, &out, &bytes, TJSAMP_420, 90, TJFLAG_NOREALLOC);
    best = std::fmin(best, std::chrono::duration<double>(std::chrono::steady_clock::now() - start).count());
  }
  tjDestroy(encoder);
  return best;
}

void measure(benchmark::State& state, const std::string& target, NoiseSettings settings, double jpeg) {
  settings.harmon = 0;
  if (!use_target(target)) return state.SkipWithError("no such instruction set");
  std::vector<float> image(std::size_t(size) * size);
  double best = 1e9;
  for (auto _ : state) {
    const auto start = std::chrono::steady_clock::now();
    cook_noise(settings, image);
    best = std::fmin(best, std::chrono::duration<double>(std::chrono::steady_clock::now() - start).count());
    benchmark::ClobberMemory();
  }
  use_target("");
  state.counters["best_ms"] = best * 1e3;
  state.counters["per_jpeg"] = best / jpeg;
}

// Runs every type on every instruction set.
void run() {
  const double jpeg = jpeg_seconds();
  const std::pair<const char*, NoiseSettings> subjects[] = {
      {"simplex3d", {NoiseType::simplex3d}}, {"simplex2d", {NoiseType::simplex2d}},
      {"simplex4d", {NoiseType::simplex4d}}, {"simplex3d_quality", {.type = NoiseType::simplex3d, .quality = true}},
      {"perlin2d", {NoiseType::perlin2d}},   {"perlin3d", {NoiseType::perlin3d}},
      {"perlin4d", {NoiseType::perlin4d}},   {"randomgpu", {NoiseType::randomgpu}},
      {"sparse", {NoiseType::sparse}},       {"hermite", {NoiseType::hermite}},
      {"alligator", {NoiseType::alligator}}};
  for (const auto& [name, settings] : subjects) {
    for (const std::string& target : available_targets()) {
      benchmark::RegisterBenchmark((std::string(name) + "/" + target).c_str(), measure, target, settings, jpeg)
          ->Unit(benchmark::kMillisecond);
    }
  }
  benchmark::AddCustomContext("jpeg_ms", std::to_string(jpeg * 1e3));
  benchmark::RunSpecifiedBenchmarks();
}

}  // namespace
}  // namespace cookline::kernels

int main(int argc, char** argv) {
  benchmark::Initialize(&argc, argv);
  cookline::kernels::run();
  benchmark::Shutdown();
}
