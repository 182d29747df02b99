// GLSL TOP and GLSL Multi TOP: the rows of their parameters.
#pragma once
#include <array>

#include "ops/top/shader/blocks.h"

namespace cookline::shader_op {

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
      par<&Pars::type>("type", "Output Type")
          .as(Style::Menu)
          .items(types)
          .on("GLSL")
          .help("What kind of texture is made."),
      par<&Pars::depth>("depth", "Depth")
          .items(depths)
          .on("GLSL")
          .help("Number of slices: the first input's, or one's own."),
      par<&Pars::customdepth>("customdepth", "Custom Depth")
          .on("GLSL")
          .at_least(1)
          .slider(1, 256)
          .help("Number of slices."),
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
    sequence<&Pars::vec>("vec", "Vector", vector_rows)
        .on("Vectors")
        .blocks_at_least(1)
        .help("Uniforms of one to four numbers."),
    sequence<&Pars::array>("array", "Array", array_rows).on("Arrays").blocks_at_least(1).help("Arrays from CHOPs."),
    sequence<&Pars::matrix>("matrix", "Matrix", matrix_rows).on("Matrices").blocks_at_least(1).help("Matrices."),
    sequence<&Pars::ac>("ac", "Atomic Counter", counter_rows)
        .on("Atomic Counters")
        .blocks_at_least(1)
        .help("Atomic counters."),
    sequence<&Pars::consts>("const", "Constant", constant_rows)
        .on("Constants")
        .blocks_at_least(1)
        .help("Specialization constants."),
    sequence<&Pars::sampler>("sampler", "Sampler", sampler_rows)
        .on("Samplers")
        .help("Samplers that the shader declares itself."),
};

}  // namespace cookline::shader_op
