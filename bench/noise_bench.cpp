// Noise against JPEG: one octave of every type over a 1024×1024 image, per instruction set, on one core, beside the
// encoding of that image (quality 90, 4:2:0). The counter `per_jpeg` is the time of the noise over that of the
// encoding. The cases called runs cook three octaves in runs of 512 pixels, as the engine does: on lines (compared with
// whole rows), at points of their own and at those of a coordinate map (both compared with the lines).
#include <benchmark/benchmark.h>
#include <turbojpeg.h>

#include <cmath>
#include <ctime>
#include <string>
#include <utility>
#include <vector>

#include "kernels/noise.h"
#include "kernels/targets.h"

namespace cookline::kernels {
namespace {

constexpr int size = 1024;

constexpr int engine_run = 512;

// A row of the picture of a new Noise TOP.
NoiseLine line_of_row(int y) {
  NoiseLine line{noise_seed_offset(1, 0), {4.0 / size}};
  line.base[0] += 2.0 / size - 2;
  line.base[1] += 4 * (y + 0.5) / size - 2;
  return line;
}

// The picture in runs of `run` pixels.
void cook_lines(const NoiseSettings& settings, std::vector<float>& image, int run) {
  for (int y = 0; y < size; ++y) {
    const NoiseLine line = line_of_row(y);
    for (int x = 0; x < size; x += run) {
      noise_line(settings, line, x, {image.data() + std::size_t(y) * size + x, std::size_t(run)});
    }
  }
}

// Processor seconds of one call of cook(), which other programs disturb less than time.
template <class Cook>
double seconds_of(Cook cook) {
  const std::clock_t start = std::clock();
  cook();
  benchmark::ClobberMemory();
  return double(std::clock() - start) / CLOCKS_PER_SEC;
}

// Seconds to encode one octave of 3-D simplex as a JPEG: the best of some runs.
double jpeg_seconds() {
  std::vector<float> image(std::size_t(size) * size);
  cook_lines({NoiseType::simplex3d, 0, 2, 0.7}, image, size);
  std::vector<unsigned char> rgb;
  for (const float v : image)
    rgb.insert(rgb.end(), 3, (unsigned char)std::lround(std::fmin(255, std::fmax(0, 127.5f * v + 127.5f))));
  tjhandle encoder = tjInitCompress();
  std::vector<unsigned char> to(tjBufSize(size, size, TJSAMP_420));
  double best = 1e9;
  for (int run = 0; run < 40; ++run) {
    unsigned char* out = to.data();
    unsigned long bytes = to.size();
    best = std::fmin(best, seconds_of([&] {
                       tjCompress2(encoder, rgb.data(), size, 0, size, TJPF_RGB, &out, &bytes, TJSAMP_420, 90,
                                   TJFLAG_NOREALLOC);
                     }));
  }
  tjDestroy(encoder);
  return best;
}

// As many runs at points of their own, the same ones in each run.
void cook_points(const NoiseSettings& settings, std::vector<float>& image) {
  std::array<std::vector<double>, 4> points;
  const NoiseLine line = line_of_row(size / 2);
  for (int x = 0; x < engine_run; ++x) {
    for (std::size_t k = 0; k < 4; ++k) points[k].push_back(line.base[k] + x * line.step[k]);
  }
  for (int at = 0; at < size * size; at += engine_run) {
    noise_points(settings, {points[0], points[1], points[2], points[3]}, {image.data() + at, std::size_t(engine_run)});
  }
}

// The same at the points that the pixels of a coordinate map stand for.
void cook_map(const NoiseSettings& settings, std::vector<float>& image) {
  std::array<std::vector<float>, 4> map;
  std::array<std::vector<double>, 4> points;
  for (std::size_t k = 0; k < 4; ++k) points[k].resize(engine_run);
  for (int x = 0; x < engine_run; ++x) {
    for (auto& plane : map) plane.push_back((x + 0.5f) / size);
  }
  const NoiseMap to_noise = {{{{4, 0, 0}, {0, 4, 0}, {0, 0, 4}}}, 4, noise_seed_offset(1, 0)};
  const int dimensions = noise_dimensions(settings.type);
  for (int at = 0; at < size * size; at += engine_run) {
    noise_map_points(to_noise, {map[0], map[1], map[2], map[3]}, {points[0], points[1], points[2], points[3]},
                     dimensions);
    noise_points(settings, {points[0], points[1], points[2], points[3]}, {image.data() + at, std::size_t(engine_run)});
  }
}

void measure_runs(benchmark::State& state, const std::string& target, NoiseSettings settings) {
  settings.harmon = 2;
  if (!use_target(target)) return state.SkipWithError("no such instruction set");
  std::vector<float> image(std::size_t(size) * size);
  double rows = 1e9, lines = 1e9, points = 1e9, map = 1e9;
  for (auto _ : state) {
    rows = std::fmin(rows, seconds_of([&] { cook_lines(settings, image, size); }));
    lines = std::fmin(lines, seconds_of([&] { cook_lines(settings, image, engine_run); }));
    points = std::fmin(points, seconds_of([&] { cook_points(settings, image); }));
    map = std::fmin(map, seconds_of([&] { cook_map(settings, image); }));
  }
  use_target("");
  state.counters["rows_ms"] = rows * 1e3;
  state.counters["lines_ms"] = lines * 1e3;
  state.counters["points_ms"] = points * 1e3;
  state.counters["map_ms"] = map * 1e3;
  state.counters["lines_per_rows"] = lines / rows;
  state.counters["points_per_lines"] = points / lines;
  state.counters["map_per_lines"] = map / lines;
}

void measure(benchmark::State& state, const std::string& target, NoiseSettings settings, double jpeg) {
  settings.harmon = 0;
  if (!use_target(target)) return state.SkipWithError("no such instruction set");
  std::vector<float> image(std::size_t(size) * size);
  double best = 1e9;
  for (auto _ : state) best = std::fmin(best, seconds_of([&] { cook_lines(settings, image, size); }));
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
      benchmark::RegisterBenchmark((std::string("runs/") + name + "/" + target).c_str(), measure_runs, target, settings)
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
