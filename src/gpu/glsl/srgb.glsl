// IEC 61966-2-1: compute shaders write sRGB formats as they are stored.

vec4 TDEncodeSRGB(vec4 c) {
  vec3 v = clamp(c.rgb, 0.0, 1.0);
  return vec4(mix(12.92 * v, 1.055 * pow(v, vec3(1.0 / 2.4)) - 0.055, greaterThan(v, vec3(0.0031308))), c.a);
}

vec4 TDDecodeSRGB(vec4 c) {
  return vec4(mix(c.rgb / 12.92, pow((c.rgb + 0.055) / 1.055, vec3(2.4)), greaterThan(c.rgb, vec3(0.04045))), c.a);
}
