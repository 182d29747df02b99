// Times of the engine's parts on one core, for the ratios of bench/run.py.
#include <benchmark/benchmark.h>
#include <malloc.h>

#include <cstdio>
#include <cstdlib>

#include "base/parallel.h"
#include "cook/engine.h"
#include "io/image_file.h"
#include "kernels/targets.h"
#include "must.h"
#include "ops/list.h"
#include "script/interpreter.h"
#include "tdn/load.h"

namespace cookline {
namespace {

struct Studio {
  Registry registry{all_operators()};
  Network network{registry};
  Engine engine{network, {}};
  NodeId make(std::string_view type, std::string_view name) { return must(network.create(network.root(), type, name)); }
  void set(NodeId id, std::string_view par, Value value) { must(network.set_value(id, par, value)); }
  NodeId noise(std::string_view name, int harmonics, int side = 1024) {
    const NodeId id = make("noiseTOP", name);
    set(id, "outputresolution", std::string("custom"));
    set(id, "resolutionw", double(side));
    set(id, "resolutionh", double(side));
    set(id, "period", 4.0);
    set(id, "harmon", std::int64_t(harmonics));
    return id;
  }
  ImageHandle frame(NodeId id, std::int64_t index) {
    engine.set_frame({index, {}});
    return must(engine.image(id));
  }
};

// A row of Levels over a noise that stands still: the first one changes, so all are cooked every time.
void levels(benchmark::State& state) {
  set_thread_limit(1);
  Studio s;
  const NodeId source = s.noise("noise1", 2);
  NodeId first, last = source;
  for (int i = 0; i < state.range(0); ++i) {
    const NodeId level = s.make("levelTOP", "level" + std::to_string(i + 1));
    must(s.network.connect(last, 0, level, 0));
    s.set(level, "brightness1", 1.01);
    if (i == 0) first = level;
    last = level;
  }
  std::int64_t frame = 0;
  for (auto _ : state) {
    s.set(first, "brightness1", 1 + double(++frame) * 1e-6);
    benchmark::DoNotOptimize(s.frame(last, frame));
  }
}
BENCHMARK(levels)->Arg(1)->Arg(10)->Unit(benchmark::kMillisecond);

void simplex_octave(benchmark::State& state) {
  set_thread_limit(1);
  Studio s;
  const NodeId noise = s.noise("noise1", 0);
  std::int64_t frame = 0;
  for (auto _ : state) {
    s.set(noise, "tz", double(++frame) * 0.01);
    benchmark::DoNotOptimize(s.frame(noise, frame));
  }
}
BENCHMARK(simplex_octave)->Unit(benchmark::kMillisecond);

// The same as a processor without AVX-512 does it.
void simplex_octave_avx2(benchmark::State& state) {
  if (!kernels::use_target("AVX2")) return state.SkipWithError("no AVX2");
  simplex_octave(state);
  kernels::use_target("");
}
BENCHMARK(simplex_octave_avx2)->Unit(benchmark::kMillisecond);

void jpeg_of_simplex_octave(benchmark::State& state) {
  set_thread_limit(1);
  Studio s;
  const ImageHandle image = s.frame(s.noise("noise1", 0), 0);
  for (auto _ : state) benchmark::DoNotOptimize(must(encode_image(*image, ImageFileType::jpeg)));
}
BENCHMARK(jpeg_of_simplex_octave)->Unit(benchmark::kMillisecond);

// The tutorial's network, with Python.
struct Tutorial : Studio {
  std::unique_ptr<Script> script;
  NodeId recorder;
  Tutorial() {
    std::vector<tdn::Warning> warnings;
    must(tdn::load_file(TUTORIAL_TDN, network, warnings));
    script = std::make_unique<Script>(engine);
    recorder = network.lookup(network.root(), "/recorder");
    must(script->start());
    must(engine.prime());
  }
};

void tutorial_cook(benchmark::State& state) {
  set_thread_limit(1);
  Tutorial t;
  const NodeId top = t.network.lookup(t.network.root(), "/recorder/composite1");
  std::int64_t frame = 0;
  for (auto _ : state) benchmark::DoNotOptimize(t.frame(top, ++frame));
}
BENCHMARK(tutorial_cook)->Unit(benchmark::kMillisecond);

void tutorial_cook_avx2(benchmark::State& state) {
  if (!kernels::use_target("AVX2")) return state.SkipWithError("no AVX2");
  tutorial_cook(state);
  kernels::use_target("");
}
BENCHMARK(tutorial_cook_avx2)->Unit(benchmark::kMillisecond);

void tutorial_jpeg(benchmark::State& state) {
  set_thread_limit(1);
  Tutorial t;
  const ImageHandle image = t.frame(t.network.lookup(t.network.root(), "/recorder/composite1"), 30);
  for (auto _ : state) benchmark::DoNotOptimize(must(encode_image(*image, ImageFileType::jpeg)));
}
BENCHMARK(tutorial_jpeg)->Unit(benchmark::kMillisecond);

// The script phase alone, of frames that record: no pixel is cooked.
void tutorial_script(benchmark::State& state) {
  Tutorial t;
  must(t.network.set_value(t.recorder, "Recordlength", 1e6));
  must(t.network.set_value(t.recorder, "Record", true));
  std::int64_t frame = 0;
  for (auto _ : state) {
    must(t.engine.script_phase({frame++, {}}));
    benchmark::DoNotOptimize(t.engine.take_requests());
  }
}
BENCHMARK(tutorial_script)->Unit(benchmark::kMicrosecond);

}  // namespace
}  // namespace cookline

int main(int argc, char** argv) {
  // As the program does.
  mallopt(M_MMAP_THRESHOLD, 32 << 20);
  mallopt(M_TRIM_THRESHOLD, 64 << 20);
  benchmark::Initialize(&argc, argv);
  benchmark::RunSpecifiedBenchmarks();
}
