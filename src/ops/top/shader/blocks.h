// GLSL TOP and GLSL Multi TOP: the rows of the blocks that give a shader its uniforms.
#pragma once
#include "ops/top/shader/menus.h"
#include "ops/top/shader/pars.h"

namespace cookline::shader_op {

inline constexpr Par vector_rows[] = {
    par<&VectorBlock::name>("name", "Name").formerly("uniname#").help("Name of the uniform in the shader."),
    par<&VectorBlock::value>("value", "Value")
        .formerly("value#")
        .slider(0, 1)
        .help("Its value; a shorter vector takes the first ones."),
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
    par<&CounterBlock::singlevalue>("singlevalue", "Initial Value")
        .at_least(0)
        .slider(0, 10)
        .help("The value it starts from."),
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
    par<&SamplerBlock::extendv>("extendv", "Extend V")
        .as(Style::Menu)
        .items(extends)
        .help("What lies above and below it."),
    par<&SamplerBlock::extendw>("extendw", "Extend W")
        .as(Style::Menu)
        .items(extends)
        .help("What lies before and behind it."),
    par<&SamplerBlock::filter>("filter", "Filter")
        .as(Style::Menu)
        .items(filters)
        .help("How values between pixels are found."),
};

}  // namespace cookline::shader_op
