// Simplex noise; noise_performance.glsl and noise_quality.glsl say what the gradients are and how far corners reach.

float TDSimplexNoise(vec2 v) {
  const float skew = 0.366025403784, unskew = 0.211324865405;
  vec2 base = floor(v + (v.x + v.y) * skew), d = v - (base - (base.x + base.y) * unskew);
  ivec2 cell = ivec2(base), middle = d.x > d.y ? ivec2(1, 0) : ivec2(0, 1);
  float sum = 0.0;
  for (int m = 0; m < 3; ++m) {
    ivec2 step = m == 0 ? ivec2(0) : m == 1 ? middle : ivec2(1);
    vec2 p = d - vec2(step) + float(m) * unskew;
    float q = max(0.5 - dot(p, p), 0.0);
    sum += q * q * q * q * dot(TDSimplexGradient(cell + step), p);
  }
  return TD_SIMPLEX_SCALE_2 * sum;
}

// Order of the coordinates, the largest first; of equal ones the later is larger.
float TDSimplexNoise(vec3 v) {
  vec3 base = floor(v + (v.x + v.y + v.z) / 3.0), d = v - (base - (base.x + base.y + base.z) / 6.0);
  ivec3 cell = ivec3(base);
  bvec3 over = greaterThan(d.xxy, d.yzz);
  ivec3 rank = ivec3(int(over.x) + int(over.y), int(!over.x) + int(over.z), int(!over.y) + int(!over.z));
  float sum = 0.0;
  for (int m = 0; m < 4; ++m) {
    ivec3 step = ivec3(greaterThanEqual(rank, ivec3(3 - m)));
    vec3 p = d - vec3(step) + float(m) / 6.0;
    float q = max(TD_SIMPLEX_RADIUS - dot(p, p), 0.0);
    sum += q * q * q * q * dot(TDSimplexGradient(cell + step), p);
  }
  return TD_SIMPLEX_SCALE_3 * sum;
}

float TDSimplexNoise(vec4 v) {
  const float skew = 0.309016994375, unskew = 0.138196601125;
  vec4 base = floor(v + (v.x + v.y + v.z + v.w) * skew), d = v - (base - (base.x + base.y + base.z + base.w) * unskew);
  ivec4 cell = ivec4(base);
  bvec3 x = greaterThan(d.xxx, d.yzw);
  bvec2 y = greaterThan(d.yy, d.zw);
  bool z = d.z > d.w;
  ivec4 rank = ivec4(int(x.x) + int(x.y) + int(x.z), int(!x.x) + int(y.x) + int(y.y),
                     int(!x.y) + int(!y.x) + int(z), int(!x.z) + int(!y.y) + int(!z));
  float sum = 0.0;
  for (int m = 0; m < 5; ++m) {
    ivec4 step = ivec4(greaterThanEqual(rank, ivec4(4 - m)));
    vec4 p = d - vec4(step) + float(m) * unskew;
    float q = max(TD_SIMPLEX_RADIUS - dot(p, p), 0.0);
    sum += q * q * q * q * dot(TDSimplexGradient(cell + step), p);
  }
  return TD_SIMPLEX_SCALE_4 * sum;
}
