// The Noise TOP's noise: classic Perlin and simplex noise from permutation tables (S. Gustavson, GLSL noise, 2004),
// with TouchDesigner's gradients, which were read back from 8-bit texels.

int TDNoiseLookup(int i, int j) { return int(TDNoisePermutation[(i + int(TDNoisePermutation[j & 255])) & 255]); }
// A looked-up value as the next coordinate: 255 wraps to 0.
int TDNoiseAgain(int v) { return v == 255 ? 0 : v; }
vec4 TDNoiseGradient(uint code) {
  uvec4 part = uvec4(code, code >> 2, code >> 4, code >> 6) & 3u;
  return vec4(part) * (64.0 / 255.0 * 4.0) - 1.0;
}

vec2 TDNoiseGradient(ivec2 cell) {
  return TDNoiseGradient(TDNoiseCodes3[TDNoiseLookup(cell.x, cell.y) & 15]).xy;
}
vec3 TDNoiseGradient(ivec3 cell) {
  int row = TDNoiseAgain(TDNoiseLookup(cell.x, cell.y));
  return TDNoiseGradient(TDNoiseCodes3[TDNoiseLookup(row, cell.z) & 15]).xyz;
}
vec4 TDNoiseGradient(ivec4 cell) {
  int a = TDNoiseAgain(TDNoiseLookup(cell.x, cell.y)), b = TDNoiseAgain(TDNoiseLookup(cell.z, cell.w));
  return TDNoiseGradient(TDNoiseCodes4[TDNoiseLookup(a, b) & 31]);
}

float TDPerlinNoise(vec2 v) {
  vec2 base = floor(v), f = v - base, t = f * f * f * (f * (f * 6.0 - 15.0) + 10.0);
  ivec2 cell = ivec2(base);
  vec2 row;
  for (int y = 0; y < 2; ++y) {
    float a = dot(TDNoiseGradient(cell + ivec2(0, y)), f - vec2(0.0, y));
    float b = dot(TDNoiseGradient(cell + ivec2(1, y)), f - vec2(1.0, y));
    row[y] = mix(a, b, t.x);
  }
  return mix(row.x, row.y, t.y);
}

float TDPerlinNoise(vec3 v) {
  vec3 base = floor(v), f = v - base, t = f * f * f * (f * (f * 6.0 - 15.0) + 10.0);
  ivec3 cell = ivec3(base);
  float sum = 0.0;
  for (int i = 0; i < 8; ++i) {
    ivec3 corner = ivec3(i, i >> 1, i >> 2) & 1;
    vec3 c = vec3(corner), w = mix(1.0 - t, t, c);
    sum += dot(TDNoiseGradient(cell + corner), f - c) * w.x * w.y * w.z;
  }
  return sum;
}

float TDPerlinNoise(vec4 v) {
  vec4 base = floor(v), f = v - base, t = f * f * f * (f * (f * 6.0 - 15.0) + 10.0);
  ivec4 cell = ivec4(base);
  float sum = 0.0;
  for (int i = 0; i < 16; ++i) {
    ivec4 corner = ivec4(i, i >> 1, i >> 2, i >> 3) & 1;
    vec4 c = vec4(corner), w = mix(1.0 - t, t, c);
    sum += dot(TDNoiseGradient(cell + corner), f - c) * w.x * w.y * w.z * w.w;
  }
  return sum;
}
