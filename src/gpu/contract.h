// What the engine puts before the text of a shader: TouchDesigner's declarations and functions, and where they are
// bound.
#pragma once
#include <string>

#include "gpu/shader.h"

namespace cookline {

// Descriptor set 0 holds what the user's text declares, set 1 what the engine does, at these places.
struct EngineBindings {
  static constexpr int set = 1;
  static constexpr int infos = 0;
  static constexpr int inputs_2d = 1, inputs_3d = 2, inputs_2d_array = 3, inputs_cube = 4;
  static constexpr int noise_map = 5, sine_lookup = 6, noise_tables = 7;
  static constexpr int outputs = 8;
};
int input_binding(TextureKind kind);

// The declarations of a stage.
std::string engine_text(const ShaderRequest& request, bool vertex_stage);

// The vertex shader that is used where the user has none.
std::string default_vertex_text();

// How many inputs of each kind there are.
int count_inputs(const ShaderRequest& request, TextureKind kind);

// The uniform block of uTDOutputInfo and its kin, two vec4 each: the output, then the inputs, by kind in the order of
// TextureKind 2D, 3D, 2D array, cube, and in that by connection.
inline constexpr TextureKind info_order[] = {TextureKind::texture2d, TextureKind::texture3d,
                                             TextureKind::texture2darray, TextureKind::cube};

// What lies in the storage buffer of the noise functions.
struct NoiseBuffer {
  std::uint32_t permutation[256], codes_3d[16], codes_4d[32];
  float directions[3][256][4];  // of 2, 3 and 4 dimensions
};
void fill_noise_buffer(NoiseBuffer& buffer);

}  // namespace cookline
