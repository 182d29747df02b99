// GLSL TOP and GLSL Multi TOP: what their parameters say. They are the same but for a few
// that only the first has.
#pragma once
#include <array>
#include <string>
#include <vector>

#include "op/op.h"

namespace cookline::shader_op {

enum class Mode { vertexpixel, compute };
enum class Depth { input, custom };
enum class Mapping { all, ninputs };
enum class Noise { performance, quality };
enum class Initial { val, chop };

struct VectorBlock {
  std::string name;
  XYZW value = {};
};
struct ColourBlock {
  std::string name;
  RGB rgb = {};
  double alpha = 1;
};
struct ArrayBlock {
  std::string name;
  int type = 0;  // components less one
  OpRef<Channels> chop;
  bool texture_buffer = false;
};
struct MatrixBlock {
  std::string name;
  OpRef<Table> value;
};
struct CounterBlock {
  std::string name;
  Initial initvalue = Initial::val;
  int singlevalue = 0;
  OpRef<Channels> chopvalue;
};
struct ConstantBlock {
  std::string name;
  double value = 0;
};
struct SamplerBlock {
  std::string name;
  OpRef<Image> top;
  int extendu = 1, extendv = 1, extendw = 1, filter = 1;
};

enum class AttributeClass { point, vertex, primitive };
struct BufferBlock {
  std::string pop;
  AttributeClass attrclass = AttributeClass::point;
  std::string attr, name;
};

struct Pars {
  int glslversion = 5;
  Mode mode = Mode::vertexpixel;
  OpRef<Table> predat, vertexdat, pixeldat, computedat;
  int compilebehavior = 0, errorbehavior = 0;
  Pulse loaduniformnames;
  bool autodispatchsize = true;
  Ints<3> dispatchsize = {1, 1, 1};
  int outputaccess = 0;
  int type = 0;
  Depth depth = Depth::input;
  int customdepth = 1;
  bool clearoutputs = false;
  RGBA clearvalue = {};
  Mapping inputmapping = Mapping::all;
  int nval = 1;
  int inputextenduv = 1, inputextendw = 1;
  int numcolorbufs = 1;
  OpRefs<Image> tops;
  Noise simplexnoise = Noise::performance;
  bool premultrgbbyalpha = false;
  std::vector<ColourBlock> color;
  std::vector<VectorBlock> vec = {{}};
  std::vector<ArrayBlock> array = {{}};
  std::vector<MatrixBlock> matrix = {{}};
  std::vector<CounterBlock> ac = {{}};
  std::vector<ConstantBlock> consts = {{}};
  std::vector<SamplerBlock> sampler;
  std::vector<BufferBlock> buffer;
};

}  // namespace cookline::shader_op
