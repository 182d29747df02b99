// What the engine costs around a shader: the same shader as jobs in a row on the device, and as a GLSL TOP whose
// picture is brought to memory in every frame. 1920x1080, 8-bit. Each does once what is measured before it is, so that
// shaders are compiled and textures are there.
#include <benchmark/benchmark.h>

#include <cstdio>
#include <cstdlib>

#include "cook/engine.h"
#include "gpu/gpu.h"
#include "must.h"
#include "ops/list.h"

namespace cookline {
namespace {

constexpr int width = 1920, height = 1080;
const std::string text =
    "uniform vec2 u; out vec4 c;\n"
    "void main() { float x = vUV.s + u.x; for (int i = 0; i < int(u.y); ++i) x = x * 0.999 + vUV.t * 0.001; c = "
    "vec4(x, vUV.st, 1); }";
const std::string small =
    "uniform vec2 u; out vec4 c; void main() { c = texture(sTD2DInputs[0], vUV.st) * 0.9 + vec4(u.x) * 0.001; }";

struct Alone {
  Gpu gpu{GpuSettings{}};
  ShaderJob job(const std::string& shader, int w, int h, ImageHandle input = nullptr) {
    ShaderRequest request;
    request.main = {"bench", shader};
    if (input) request.inputs = {TextureKind::texture2d};
    ShaderJob j;
    j.program = must(gpu.compile(request));
    j.width_px = w, j.height_px = h;
    if (input) j.inputs = {{input}};
    return j;
  }
  ImageHandle run(ShaderJob& j, double u, double v) {
    std::vector<std::string> warnings;
    j.uniforms = {{"u", {u, v, 0, 0}, 4}};
    return must(gpu.run(j, warnings));
  }
  // Eight jobs, and waits for the device: what is read stands last in its queue and is one pixel.
  void eight(ShaderJob& j, double y) {
    for (int i = 0; i < 8; ++i) benchmark::DoNotOptimize(run(j, x += 1e-6, y));
    ShaderJob last = job(text, 1, 1);
    must(run(last, 0, 1)->fetch());
  }
  double x = 0;
};

void alone(benchmark::State& state) {
  Alone a;
  ShaderJob j = a.job(text, width, height);
  a.eight(j, double(state.range(0)));
  for (auto _ : state) a.eight(j, double(state.range(0)));
  state.counters["jobs"] = 8;
}

struct Studio {
  Registry registry{all_operators()};
  Network network{registry};
  Engine engine{network, [] {
                  EngineOptions o;
                  o.pixels.gpu = std::make_shared<Gpu>(GpuSettings{});
                  return o;
                }()};
  NodeId glsl(const std::string& name, const std::string& shader) {
    const NodeId dat = must(network.create(network.root(), "textDAT", name + "_pixel"));
    network.set_content(dat, {.text = shader});
    const NodeId id = must(network.create(network.root(), "glslTOP", name));
    must(network.set_value(id, "pixeldat", name + "_pixel"));
    must(network.set_value(id, "outputresolution", std::string("custom")));
    must(network.set_value(id, "resolutionw", std::int64_t(width)));
    must(network.set_value(id, "resolutionh", std::int64_t(height)));
    must(network.set_value(id, "vec0name", std::string("u")));
    return id;
  }
  void frame(NodeId first, NodeId last, std::int64_t index) {
    must(network.set_value(first, "vec0valuex", double(index) * 1e-6));
    engine.set_frame({index, {}});
    benchmark::DoNotOptimize(must(engine.image(last)));
  }
};

void engine(benchmark::State& state) {
  Studio s;
  const NodeId id = s.glsl("glsl1", text);
  must(s.network.set_value(id, "vec0valuey", double(state.range(0))));
  std::int64_t index = 0;
  s.frame(id, id, index);
  for (auto _ : state) s.frame(id, id, ++index);
}

void chain(benchmark::State& state) {
  Studio s;
  const NodeId first = s.glsl("glsl1", text);
  must(s.network.set_value(first, "vec0valuey", 1.0));
  NodeId last = first;
  for (int i = 2; i <= 9; ++i) {
    const NodeId next = s.glsl("glsl" + std::to_string(i), small);
    must(s.network.connect(last, 0, next, 0));
    last = next;
  }
  std::int64_t index = 0;
  s.frame(first, last, index);
  for (auto _ : state) s.frame(first, last, ++index);
}

void chain_alone(benchmark::State& state) {
  Alone a;
  ShaderJob first = a.job(text, width, height);
  ShaderJob j = a.job(small, width, height, a.run(first, 0, 1));
  a.eight(j, 0);
  for (auto _ : state) a.eight(j, 0);
}

// Rounds of the loop: shaders of about 10 and 100 ms on two cores.
BENCHMARK(alone)->Arg(14)->Arg(155)->UseRealTime()->Unit(benchmark::kMillisecond);
BENCHMARK(engine)->Arg(14)->Arg(155)->UseRealTime()->Unit(benchmark::kMillisecond);
BENCHMARK(chain_alone)->UseRealTime()->Unit(benchmark::kMillisecond);
BENCHMARK(chain)->UseRealTime()->Unit(benchmark::kMillisecond);

}  // namespace
}  // namespace cookline

BENCHMARK_MAIN();
