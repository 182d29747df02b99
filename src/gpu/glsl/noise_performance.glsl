// Simplex noise as the Noise TOP has it in Performance mode.

#define TD_SIMPLEX_RADIUS 0.6
#define TD_SIMPLEX_SCALE_2 70.0
#define TD_SIMPLEX_SCALE_3 32.0
#define TD_SIMPLEX_SCALE_4 27.0
vec2 TDSimplexGradient(ivec2 cell) { return TDNoiseGradient(cell); }
vec3 TDSimplexGradient(ivec3 cell) { return TDNoiseGradient(cell); }
vec4 TDSimplexGradient(ivec4 cell) { return TDNoiseGradient(cell); }
