// GLSL TOP and GLSL Multi TOP: their parameters, which are the same but for a few that only the first has.
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

inline constexpr MenuItem versions[] = {{"glsl120", "1.20"}, {"glsl330", "3.30"}, {"glsl400", "4.00"},
                                        {"glsl410", "4.10"}, {"glsl420", "4.20"}, {"glsl430", "4.30"},
                                        {"glsl440", "4.40"}, {"glsl450", "4.50"}, {"glsl460", "4.60"}};
inline constexpr MenuItem modes[] = {{"vertexpixel", "Vertex/Pixel Shader"}, {"compute", "Compute Shader"}};
inline constexpr MenuItem compile_behaviors[] = {{"stalluntildone", "Stall Until Done"},
                                                 {"threadedcheckerboard", "Threaded, Show Checkerboard Until Done"},
                                                 {"threadedblack", "Threaded, Show Black Until Done"},
                                                 {"threadedprevious", "Threaded, Show Previous Shader Until Done"}};
inline constexpr MenuItem error_behaviors[] = {
    {"showcheckerboard", "Show Checkerboard"}, {"showblack", "Show Black"}, {"showprevious", "Show Previous Shader"}};
inline constexpr MenuItem accesses[] = {{"writeonly", "Write Only"}, {"readwrite", "Read-Write"}};
inline constexpr MenuItem multi_accesses[] = {
    {"writeonly", "Write Only"}, {"readonly", "Read Only"}, {"readwrite", "Read-Write"}};
inline constexpr MenuItem types[] = {
    {"texture2d", "2D Texture"}, {"texture2darray", "2D Texture Array"}, {"texture3d", "3D Texture"}};
inline constexpr MenuItem depths[] = {{"input", "Input"}, {"custom", "Custom"}};
inline constexpr MenuItem mappings[] = {{"all", "All Inputs to Every Slice"}, {"ninputs", "N Input(s) per Slice"}};
inline constexpr MenuItem extends[] = {{"hold", "Hold"}, {"zero", "Zero"}, {"repeat", "Repeat"}, {"mirror", "Mirror"}};
inline constexpr MenuItem filters[] = {{"nearest", "Nearest"}, {"linear", "Linear"}, {"mipmaplinear", "Mipmap Linear"}};
inline constexpr MenuItem noises[] = {{"performance", "Performance"}, {"quality", "Quality"}};
inline constexpr MenuItem array_types[] = {{"float", "float"}, {"vec2", "vec2"}, {"vec3", "vec3"}, {"vec4", "vec4"}};
inline constexpr MenuItem array_kinds[] = {{"uniformarray", "Uniform Array"}, {"texturebuffer", "Texture Buffer"}};
inline constexpr MenuItem attribute_classes[] = {{"point", "Point"}, {"vertex", "Vertex"}, {"primitive", "Primitive"}};
inline constexpr MenuItem initials[] = {{"val", "Single Value"}, {"chop", "CHOP Values"}};

inline constexpr Par vector_rows[] = {
    par<&VectorBlock::name>("name", "Name").formerly("uniname#").help("Name of the uniform in the shader."),
    par<&VectorBlock::value>("value", "Value").formerly("value#").slider(0, 1).help("Its value; a shorter vector takes the first ones."),
};
inline constexpr Par colour_rows[] = {
    par<&ColourBlock::name>("name", "Name").help("Name of the vec3 or vec4 in the shader."),
    par<&ColourBlock::rgb>("rgb", "RGB").slider(0, 1).help("Its colour."),
    par<&ColourBlock::alpha>("alpha", "Alpha").slider(0, 1).help("Its alpha."),
};
inline constexpr Par array_rows[] = {
    par<&ArrayBlock::name>("name", "Name").help("Name of the array, or of the samplerBuffer, in the shader."),
    par<&ArrayBlock::type>("type", "Type")
        .as(Style::Menu)
        .items(array_types)
        .help("Type of an element: as many channels of the CHOP make one."),
    par<&ArrayBlock::chop>("chop", "CHOP").help("Its samples are the elements."),
    par<&ArrayBlock::texture_buffer>("arraytype", "Array Type")
        .as(Style::Menu)
        .items(array_kinds)
        .help("A uniform array, or a texture buffer, which may be longer."),
};
inline constexpr Par matrix_rows[] = {
    par<&MatrixBlock::name>("name", "Name").help("Name of the matrix in the shader."),
    par<&MatrixBlock::value>("value", "Matrix")
        .as(Style::Str)
        .may_be_missing()
        .help("A tdu.Matrix by expression, 16 numbers row by row, a table DAT of 4x4 cells, or a CHOP of 16 channels."),
};
inline constexpr Par counter_rows[] = {
    par<&CounterBlock::name>("name", "Name").help("Name of the atomic counter in the shader."),
    par<&CounterBlock::initvalue>("initvalue", "Initial Value Type")
        .items(initials)
        .help("One value for all counters of an array, or one for each from a CHOP."),
    par<&CounterBlock::singlevalue>("singlevalue", "Initial Value").at_least(0).slider(0, 10).help("The value it starts from."),
    par<&CounterBlock::chopvalue>("chopvalue", "Initial Values CHOP").help("The samples of its first channel."),
};
inline constexpr Par constant_rows[] = {
    par<&ConstantBlock::name>("name", "Name").help("Name of the specialization constant in the shader."),
    par<&ConstantBlock::value>("value", "Value").slider(0, 1).help("Its value; a change compiles the shader again."),
};
inline constexpr Par buffer_rows[] = {
    par<&BufferBlock::pop>("pop", "POP").help("An error if it is set: there are no POPs here."),
    par<&BufferBlock::attrclass>("attrclass", "Attribute Class")
        .items(attribute_classes)
        .help("No effect: there are no POPs here."),
    par<&BufferBlock::attr>("attr", "Attribute").help("No effect: there are no POPs here."),
    par<&BufferBlock::name>("name", "Name").help("No effect: there are no POPs here."),
};
inline constexpr Par sampler_rows[] = {
    par<&SamplerBlock::name>("name", "Name").help("Name of the sampler in the shader."),
    par<&SamplerBlock::top>("top", "TOP").help("The TOP that it samples."),
    par<&SamplerBlock::extendu>("extendu", "Extend U").as(Style::Menu).items(extends).help("What lies beside it."),
    par<&SamplerBlock::extendv>("extendv", "Extend V").as(Style::Menu).items(extends).help("What lies above and below it."),
    par<&SamplerBlock::extendw>("extendw", "Extend W").as(Style::Menu).items(extends).help("What lies before and behind it."),
    par<&SamplerBlock::filter>("filter", "Filter").as(Style::Menu).items(filters).help("How values between pixels are found."),
};

// TD differs: every shader is compiled as GLSL 4.60, which contains the older versions from 3.30 on.
inline constexpr std::array text_rows = {
    par<&Pars::glslversion>("glslversion", "GLSL Version")
        .as(Style::Menu)
        .items(versions)
        .on("GLSL")
        .help("The version a shader was written for; all are compiled as 4.60."),
    par<&Pars::mode>("mode", "Mode").items(modes).on("GLSL").help("What kind of shader runs."),
    par<&Pars::predat>("predat", "Preprocess Directives")
        .on("GLSL")
        .may_be_missing()
        .help("A DAT with directives such as #extension, which go before everything else."),
    par<&Pars::vertexdat>("vertexdat", "Vertex Shader")
        .on("GLSL")
        .may_be_missing()
        .help("A DAT with a vertex shader of one's own; rarely needed."),
    par<&Pars::pixeldat>("pixeldat", "Pixel Shader").on("GLSL").may_be_missing().help("The DAT with the pixel shader."),
    par<&Pars::computedat>("computedat", "Compute Shader")
        .on("GLSL")
        .may_be_missing()
        .help("The DAT with the compute shader."),
};
// TD differs: a render waits for its shaders, and one that does not compile is an error.
inline constexpr std::array behavior_rows = {
    par<&Pars::compilebehavior>("compilebehavior", "Compile Behavior")
        .as(Style::Menu)
        .items(compile_behaviors)
        .on("GLSL")
        .help("No effect: a render waits until the shader is compiled."),
    par<&Pars::errorbehavior>("errorbehavior", "Error Behavior")
        .as(Style::Menu)
        .items(error_behaviors)
        .on("GLSL")
        .help("No effect: a shader with an error stops the render."),
};
inline constexpr Par load_names_row = par<&Pars::loaduniformnames>("loaduniformnames", "Load Uniform Names")
                                          .on("GLSL")
                                          .help("Adds a block for every uniform of the shader that has none.");
inline constexpr std::array dispatch_rows = {
    par<&Pars::autodispatchsize>("autodispatchsize", "Auto Dispatch Size")
        .on("GLSL")
        .help("As many groups of a compute shader as cover the output."),
    par<&Pars::dispatchsize>("dispatchsize", "Dispatch Size")
        .suffixes("xyz")
        .on("GLSL")
        .at_least(1)
        .slider(1, 100)
        .help("Number of groups where it is not automatic."),
};
// TD differs: outputs of a compute shader start as Clear Value, or as 0, in every frame: nothing is left of the frame
// before. A Feedback TOP remembers.
constexpr std::array<Par, 11> output_rows(std::span<const MenuItem> access) {
  return {
      par<&Pars::outputaccess>("outputaccess", "Output Access")
          .as(Style::Menu)
          .items(access)
          .on("GLSL")
          .help("Whether a compute shader may read what it has written."),
      par<&Pars::type>("type", "Output Type").as(Style::Menu).items(types).on("GLSL").help("What kind of texture is made."),
      par<&Pars::depth>("depth", "Depth").items(depths).on("GLSL").help("Number of slices: the first input's, or one's own."),
      par<&Pars::customdepth>("customdepth", "Custom Depth").on("GLSL").at_least(1).slider(1, 256).help("Number of slices."),
      par<&Pars::clearoutputs>("clearoutputs", "Clear Outputs")
          .on("GLSL")
          .help("Outputs start as Clear Value instead of 0."),
      par<&Pars::clearvalue>("clearvalue", "Clear Value").on("GLSL").slider(0, 1).help("What they start as."),
      par<&Pars::inputmapping>("inputmapping", "Input Mapping")
          .items(mappings)
          .on("GLSL")
          .help("Which inputs a slice of the output sees."),
      par<&Pars::nval>("nval", "N Value").on("GLSL").at_least(1).slider(1, 10).help("How many inputs a slice sees."),
      par<&Pars::inputextenduv>("inputextenduv", "Input Extend Mode UV")
          .as(Style::Menu)
          .items(extends)
          .on("GLSL")
          .help("What lies around the inputs."),
      par<&Pars::inputextendw>("inputextendw", "Input Extend Mode W")
          .as(Style::Menu)
          .items(extends)
          .on("GLSL")
          .help("What lies before and behind inputs that have slices."),
      par<&Pars::numcolorbufs>("numcolorbufs", "# of Color Buffers")
          .on("GLSL")
          .range(1, 8)
          .help("How many pictures the shader writes at once; a Render Select TOP shows the others."),
  };
}
inline constexpr std::array input_rows = {
    par<&Pars::tops>("tops", "TOPs").on("GLSL").help("Further inputs, behind those that are wired."),
    par<&Pars::simplexnoise>("simplexnoise", "TDSimplexNoise()")
        .items(noises)
        .on("GLSL")
        .help("The simplex noise of the Noise TOP, or its even one."),
};
inline constexpr std::array colour_page = {
    par<&Pars::premultrgbbyalpha>("premultrgbbyalpha", "Pre-Multiply RGB by Alpha")
        .on("Colors")
        .help("The shader gets the colours multiplied by their alpha."),
    sequence<&Pars::color>("color", "Color", colour_rows).on("Colors").help("Uniforms that are colours."),
};
// TD differs: there are no POPs, so a buffer of one cannot be read.
inline constexpr std::array buffer_page = {
    sequence<&Pars::buffer>("buffer", "Buffer", buffer_rows).on("Buffers").help("No effect: there are no POPs here."),
};
inline constexpr std::array uniform_rows = {
    sequence<&Pars::vec>("vec", "Vector", vector_rows).on("Vectors").blocks_at_least(1).help("Uniforms of one to four numbers."),
    sequence<&Pars::array>("array", "Array", array_rows).on("Arrays").blocks_at_least(1).help("Arrays from CHOPs."),
    sequence<&Pars::matrix>("matrix", "Matrix", matrix_rows).on("Matrices").blocks_at_least(1).help("Matrices."),
    sequence<&Pars::ac>("ac", "Atomic Counter", counter_rows).on("Atomic Counters").blocks_at_least(1).help("Atomic counters."),
    sequence<&Pars::consts>("const", "Constant", constant_rows)
        .on("Constants")
        .blocks_at_least(1)
        .help("Specialization constants."),
    sequence<&Pars::sampler>("sampler", "Sampler", sampler_rows).on("Samplers").help("Samplers that the shader declares itself."),
};

}  // namespace cookline::shader_op
