// What a vertex shader of a TOP is given: the corners of a rectangle that covers the output.

vec3 P = vec3(float(gl_VertexIndex & 1) * 2.0 - 1.0, float(gl_VertexIndex >> 1) * 2.0 - 1.0, 0.0);
vec3 N = vec3(0.0, 0.0, 1.0);
vec4 Cd = vec4(1.0);
vec3 TDCorner() {
  float slice = TD_OUTPUT_3D != 0 ? (float(uTDCurrentDepth) + 0.5) * uTDOutputInfo.depth.x : 0.0;
  return vec3(float(gl_VertexIndex & 1), float(gl_VertexIndex >> 1), slice);
}
vec3 uv[8] = vec3[8](TDCorner(), TDCorner(), TDCorner(), TDCorner(), TDCorner(), TDCorner(), TDCorner(), TDCorner());

vec4 TDDeform(vec4 p) { return p; }
vec4 TDDeform(vec3 p) { return vec4(p, 1.0); }
vec3 TDDeformNorm(vec3 n) { return n; }
vec4 TDSOPToProj(vec4 p) { return p; }
vec4 TDSOPToProj(vec3 p) { return vec4(p, 1.0); }
vec4 TDWorldToProj(vec4 p) { return p; }
vec4 TDWorldToProj(vec3 p) { return vec4(p, 1.0); }
vec4 TDCamToProj(vec4 p) { return p; }
