// What every shader may call: TouchDesigner's built-in functions, but for noise and for writing outputs.

vec3 TDHSVToRGB(vec3 c) {
  vec3 sector = abs(fract(c.x + vec3(0.0, 2.0 / 3.0, 1.0 / 3.0)) * 6.0 - 3.0);
  return c.z * mix(vec3(1.0), clamp(sector - 1.0, 0.0, 1.0), c.y);
}

vec3 TDRGBToHSV(vec3 c) {
  float top = max(c.r, max(c.g, c.b));
  float span = top - min(c.r, min(c.g, c.b));
  if (span <= 0.0) return vec3(0.0, 0.0, top);
  float hue = top == c.r ? (c.g - c.b) / span : top == c.g ? 2.0 + (c.b - c.r) / span : 4.0 + (c.r - c.g) / span;
  return vec3(fract(hue / 6.0), span / top, top);
}

mat4 TDTranslate(float x, float y, float z) {
  return mat4(1.0, 0.0, 0.0, 0.0, 0.0, 1.0, 0.0, 0.0, 0.0, 0.0, 1.0, 0.0, x, y, z, 1.0);
}

mat3 TDScale(float x, float y, float z) { return mat3(x, 0.0, 0.0, 0.0, y, 0.0, 0.0, 0.0, z); }

mat3 TDRotateX(float radians) {
  float c = cos(radians), s = sin(radians);
  return mat3(1.0, 0.0, 0.0, 0.0, c, s, 0.0, -s, c);
}

mat3 TDRotateY(float radians) {
  float c = cos(radians), s = sin(radians);
  return mat3(c, 0.0, -s, 0.0, 1.0, 0.0, s, 0.0, c);
}

mat3 TDRotateZ(float radians) {
  float c = cos(radians), s = sin(radians);
  return mat3(c, s, 0.0, -s, c, 0.0, 0.0, 0.0, 1.0);
}

// Rodrigues' rotation formula as a matrix; `axis` has length 1.
mat3 TDRotateOnAxis(float radians, vec3 axis) {
  float c = cos(radians), s = sin(radians);
  mat3 across = mat3(0.0, axis.z, -axis.y, -axis.z, 0.0, axis.x, axis.y, -axis.x, 0.0);
  return mat3(c) + s * across + (1.0 - c) * outerProduct(axis, axis);
}

// Turns +Z to `forward`, with +Y as near to `up` as it can be.
mat3 TDRotateToVector(vec3 forward, vec3 up) {
  vec3 z = normalize(forward), x = normalize(cross(up, z));
  return mat3(x, cross(z, x), z);
}

// The shortest turn from one unit vector to another.
mat3 TDCreateRotMatrix(vec3 from, vec3 to) {
  vec3 axis = cross(from, to);
  float s = length(axis), c = dot(from, to);
  if (s > 1e-6) return TDRotateOnAxis(atan(s, c), axis / s);
  vec3 aside = abs(from.x) < 0.9 ? vec3(1.0, 0.0, 0.0) : vec3(0.0, 1.0, 0.0);
  return c > 0.0 ? mat3(1.0) : TDRotateOnAxis(3.14159265358979, normalize(cross(from, aside)));
}
