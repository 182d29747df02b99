// Hides the steps of 8-bit colours: the pattern that the Common page's dithering adds too, interleaved gradient noise
// (J. Jimenez, Next Generation Post Processing in Call of Duty, 2014).

vec4 TDDither(vec4 color) {
  vec2 p = floor(TD_PIXEL);
  float noise = fract(52.9829189 * fract(dot(p, vec2(0.06711056, 0.00583715))));
  // A little less than a whole step, so that no tie can move a value that needs no rounding.
  return vec4(color.rgb + (noise - 0.5) / 256.0, color.a);
}
