// Texts of shaders: what is accepted, what is said of mistakes, what is known of uniforms. No device is needed.
#include "gpu/shader.h"

#include <gtest/gtest.h>

#include <algorithm>

namespace cookline {
namespace {

ShaderRequest pixel(const std::string& text) {
  ShaderRequest r;
  r.main = {"noise1_pixel", text};
  return r;
}
const std::string plain = "out vec4 fragColor;\nvoid main() { fragColor = TDOutputSwizzle(vec4(1.0)); }\n";

void expect_error(const ShaderRequest& request, const std::vector<std::string>& parts) {
  const auto made = compile_shader(request);
  ASSERT_FALSE(bool(made));
  for (const std::string& part : parts)
    EXPECT_NE(to_string(made.error()).find(part), std::string::npos) << to_string(made.error());
}

TEST(shader_text, needs_no_version_and_no_declarations) { EXPECT_TRUE(bool(compile_shader(pixel(plain)))); }

TEST(shader_text, may_have_a_version_line_of_any_kind) {
  for (const std::string version :
       {"#version 330\n", "#version 460 core\n", "  # version 300 es\r\n", "// first\n#version 120\n"})
    EXPECT_TRUE(bool(compile_shader(pixel(version + plain)))) << version;
}

TEST(shader_text, may_begin_with_a_byte_order_mark) {
  EXPECT_TRUE(bool(compile_shader(pixel("\xef\xbb\xbf" + plain))));
}

TEST(shader_text, may_number_its_outputs_or_not) {
  EXPECT_TRUE(bool(compile_shader(pixel("layout(location = 0) out vec4 c;\nvoid main() { c = vec4(1); }"))));
  EXPECT_TRUE(bool(compile_shader(pixel("out vec4 c;\nvoid main() { c = vec4(1); }"))));
}

TEST(shader_text, errors_name_the_dat_and_its_own_line) {
  expect_error(pixel("out vec4 c;\nvoid main() {\n  c = vec4(colour, 1);\n}\n"),
               {"does not compile", "noise1_pixel:3:", "'colour'"});
}

TEST(shader_text, lines_count_on_behind_a_version_line) {
  expect_error(pixel("#version 330\nout vec4 c;\nvoid main() { c = x; }\n"), {"noise1_pixel:3:", "'x'"});
}

TEST(shader_text, errors_in_included_dats_name_those) {
  ShaderRequest r = pixel("#include <helpers>\n" + plain);
  r.includes["helpers"] = {"helpers", "float f() {\n  return g;\n}\n"};
  expect_error(r, {"helpers:2:", "'g'"});
}

TEST(shader_text, errors_in_directives_name_their_dat) {
  ShaderRequest r = pixel(plain);
  r.directives = {"before", "#define A\n#error stop here\n"};
  expect_error(r, {"before:2:", "stop here"});
}

TEST(shader_text, an_empty_text_has_no_main) {
  expect_error(pixel("float f() { return 1.0; }"), {"does not link: Missing entry point"});
}

TEST(shader_text, a_pixel_shader_cannot_read_what_the_vertex_shader_does_not_write) {
  ShaderRequest r = pixel("in vec2 texCoord;\nout vec4 c;\nvoid main() { c = vec4(texCoord, 0, 1); }");
  r.vertex = {"vertex", "out vec2 other;\nvoid main() { other = uv[0].st; gl_Position = TDSOPToProj(vec4(P, 1)); }"};
  expect_error(r, {"texCoord"});
}

TEST(shader_text, blocks_and_images_of_its_own_are_refused) {
  expect_error(pixel("layout(std140) uniform Stuff { vec4 a; };\n out vec4 c; void main() { c = a; }"),
               {"Stuff", "nothing can fill"});
  expect_error(pixel("layout(rgba8) uniform image2D im;\n out vec4 c; void main() { c = imageLoad(im, ivec2(0)); }"),
               {"im"});
}

TEST(shader_text, too_many_errors_are_counted) {
  std::string text = "out vec4 c;\nvoid main() {\n";
  for (int i = 0; i < 40; ++i) text += "  c.x = missing" + std::to_string(i) + ";\n";
  const auto made = compile_shader(pixel(text + "}\n"));
  ASSERT_FALSE(bool(made));
  EXPECT_LT(std::count(made.error().what.begin(), made.error().what.end(), '\n'), 12);
}

TEST(uniforms, are_known_by_name_type_and_size) {
  const auto made = compile_shader(
      pixel("uniform float a; uniform ivec3 b; uniform mat3 m; uniform vec2 list[5]; uniform bool on; uniform uint n;\n"
            "out vec4 c; void main() { c = vec4(a + b.x + m[1][2] + list[2].y + float(on) + float(n)); }"));
  ASSERT_TRUE(bool(made));
  const auto find = [&](const std::string& name) {
    for (const ShaderUniform& u : (*made)->uniforms)
      if (u.name == name) return u;
    ADD_FAILURE() << name;
    return ShaderUniform{};
  };
  EXPECT_EQ(find("a").type, UniformType::number);
  EXPECT_EQ(find("b").type, UniformType::integer);
  EXPECT_EQ(find("b").rows, 3);
  EXPECT_EQ(find("m").columns, 3);
  EXPECT_EQ(find("list").count, 5);
  EXPECT_TRUE(find("list").array);
  EXPECT_EQ(find("on").type, UniformType::boolean);
  EXPECT_EQ(find("n").type, UniformType::natural);
}

TEST(uniforms, special_constants_have_names) {
  const auto made =
      compile_shader(pixel("layout(constant_id = 7) const int steps = 3; layout(constant_id = 1) const float k = 2;\n"
                           "out vec4 c; void main() { c = vec4(steps * k); }"));
  ASSERT_TRUE(bool(made));
  ASSERT_EQ((*made)->constants.size(), 2u);
  for (const SpecialConstant& s : (*made)->constants) {
    EXPECT_EQ(s.id, s.name == "steps" ? 7u : 1u);
    EXPECT_EQ(s.type, s.name == "steps" ? UniformType::integer : UniformType::number);
  }
}

TEST(shader_text, names_what_it_includes) {
  EXPECT_EQ(included_names("#include <a/b>\n  # include \"c\"\n// #include <d>\nint x; #include <e>\n"),
            (std::vector<std::string>{"a/b", "c"}));
}

TEST(shader_text, inputs_are_counted_by_dimension) {
  ShaderRequest r = pixel(
      "out vec4 c; void main() { c = vec4(TD_NUM_2D_INPUTS, TD_NUM_3D_INPUTS, TD_NUM_2D_ARRAY_INPUTS, "
      "TD_NUM_CUBE_INPUTS);\n"
      "c += texture(sTD2DInputs[1], vUV.st) + texture(sTD3DInputs[0], vUV.stp) + texture(sTD2DArrayInputs[0], "
      "vUV.stp); }");
  r.inputs = {TextureKind::texture2d, TextureKind::texture3d, TextureKind::texture2d, TextureKind::texture2darray};
  const auto made = compile_shader(r);
  EXPECT_TRUE(bool(made)) << to_string(made.error());
}

TEST(shader_text, every_built_in_function_compiles) {
  const std::string text =
      "out vec4 c; void main() { mat3 m = TDRotateX(1) * TDRotateY(1) * TDRotateZ(1) * TDRotateOnAxis(1, vec3(0, 1, "
      "0)) *\n"
      "TDScale(1, 2, 3) * TDRotateToVector(vec3(1), vec3(0, 1, 0)) * TDCreateRotMatrix(vec3(1, 0, 0), vec3(0, 1, 0));\n"
      "c = TDTranslate(1, 2, 3) * vec4(m * TDHSVToRGB(TDRGBToHSV(vec3(0.3))), 1) + TDDither(vec4(0.5));\n"
      "c += TDPerlinNoise(vec2(1)) + TDPerlinNoise(vec3(1)) + TDPerlinNoise(vec4(1)) + TDSimplexNoise(vec2(1)) +\n"
      "TDSimplexNoise(vec3(1)) + TDSimplexNoise(vec4(1)) + texture(sTDNoiseMap, vUV.st) + texture(sTDSineLookup, "
      "vUV.s);\n"
      "c.x += float(uTDPass + uTDCurrentDepth) + uTDOutputInfo.res.z + uTDOutputInfo.depth.y; c = TDOutputSwizzle(c); "
      "}";
  for (const bool quality : {false, true}) {
    ShaderRequest r = pixel(text);
    r.quality_noise = quality;
    const auto made = compile_shader(r);
    EXPECT_TRUE(bool(made)) << to_string(made.error());
  }
}

TEST(shader_text, compute_shaders_write_every_format_and_read_where_they_may) {
  for (const PixelFormatInfo& f : pixel_formats)
    for (const OutputAccess access : {OutputAccess::writeonly, OutputAccess::readwrite}) {
      ShaderRequest r = pixel(
          "layout(local_size_x = 8, local_size_y = 4) in;\nvoid main() { vec4 v = vec4(1.0);\n" +
          std::string(access == OutputAccess::readwrite ? "v += TDImageLoadOutput(0, gl_GlobalInvocationID);\n" : "") +
          "TDImageStoreOutput(0, ivec3(gl_GlobalInvocationID), v); TDImageStoreOutput(0, gl_GlobalInvocationID, v);\n"
          "imageStore(mTDComputeOutputs[0], ivec2(0), TDOutputSwizzle(v)); imageStore(sTDComputeOutputs[0], ivec2(1), "
          "v); }");
      r.compute = true, r.access = access, r.format = *pixel_format_named(f.name);
      const auto made = compile_shader(r);
      ASSERT_TRUE(bool(made)) << f.name << ": " << to_string(made.error());
      EXPECT_EQ((*made)->local_size, (std::array<int, 3>{8, 4, 1}));
    }
}

TEST(shader_text, a_uniform_whose_name_is_taken_is_an_error_at_its_line) {
  const std::string end = "\nout vec4 c; void main() { c = vec4(1); }";
  const std::pair<const char*, const char*> wrong[] = {
      {"uniform vec4 vUV;", "vUV"},
      {"// first\nuniform vec4 uTDOutputInfo;", "uTDOutputInfo"},
      {"struct S { float a; };\nuniform float S;", "S"},
      {"float f(float x) { return x; }\nuniform layout(offset = 16) highp vec2 f;", "f"},
      {"uniform float a, b;\nuniform vec2 b;", "b"},
      {"uniform float a[2];\nuniform float a[3];", "a"},
      {"#define U uniform\nU vec4 vUV;", "vUV"},
      {"layout(binding = 3) uniform Own { vec4 tint; };\nuniform vec2 tint;", "tint"},
      {"uniform vec4 vUV", "vUV"},
  };
  for (const auto& [text, name] : wrong) {
    ShaderRequest request;
    request.main = {"shader1", text + end};
    const auto program = compile_shader(request);
    ASSERT_FALSE(program) << text;
    EXPECT_NE(to_string(program.error()).find("'" + std::string(name) + "' : cannot be a uniform"), std::string::npos)
        << to_string(program.error());
  }
  ShaderRequest lines;
  lines.main = {"shader1", "\n\nuniform vec4 vUV;" + end};
  EXPECT_NE(to_string(compile_shader(lines).error()).find("shader1:3: 'vUV'"), std::string::npos);
}

TEST(shader_text, names_that_mean_something_else_only_elsewhere_are_free) {
  for (const char* text : {"uniform float a; float f(float a) { return a; } float g() { float a = 2.0; return a; }",
                           "struct S { float a; }; uniform float a; uniform S s;",
                           "uniform float x = 1.0, y; const float z = 2.0; float w = z;",
                           "uniform float a; uniform float a;", "uniform vec4 sin, TDColour; uniform sampler2D one;"}) {
    ShaderRequest request;
    request.main = {"shader1", std::string(text) + "\nout vec4 c; void main() { c = vec4(1); }"};
    const auto program = compile_shader(request);
    EXPECT_TRUE(program) << text << "\n" << (program ? "" : to_string(program.error()));
  }
}

}  // namespace
}  // namespace cookline
