// Simplex noise as the Noise TOP has it in Quality mode: gradients in 256 directions by a hash of the whole lattice point.

#define TD_SIMPLEX_RADIUS 0.5
#define TD_SIMPLEX_SCALE_2 (70.0 * 1.13)
#define TD_SIMPLEX_SCALE_3 (32.0 * 3.4)
#define TD_SIMPLEX_SCALE_4 (27.0 * 4.0)
uint TDNoiseHash(uint h) {
  h += 0x9e3779b9u;
  h ^= h >> 16;
  h *= 0x85ebca6bu;
  h ^= h >> 13;
  h *= 0xc2b2ae35u;
  return (h ^ h >> 16) & 255u;
}
vec2 TDSimplexGradient(ivec2 cell) {
  uvec2 c = uvec2(cell) & 255u;
  return TDNoiseDirections[TDNoiseHash(c.x << 8 | c.y)].xy;
}
vec3 TDSimplexGradient(ivec3 cell) {
  uvec3 c = uvec3(cell) & 255u;
  return TDNoiseDirections[256u + TDNoiseHash(c.x << 16 | c.y << 8 | c.z)].xyz;
}
vec4 TDSimplexGradient(ivec4 cell) {
  uvec4 c = uvec4(cell) & 255u;
  return TDNoiseDirections[512u + TDNoiseHash(c.x << 24 | c.y << 16 | c.z << 8 | c.w)];
}
