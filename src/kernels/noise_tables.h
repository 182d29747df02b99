// The lookup tables of TouchDesigner's GPU noise, prepared so that one vector gather answers several lookups.
#pragma once
#include <array>
#include <cstdint>

namespace cookline::kernels {

// Perlin's permutation (K. Perlin, Improved Noise reference implementation, 2002).
inline constexpr std::array<std::uint8_t, 256> noise_permutation = {
    151, 160, 137, 91,  90,  15,  131, 13,  201, 95,  96,  53,  194, 233, 7,   225, 140, 36,  103, 30,  69,  142,
    8,   99,  37,  240, 21,  10,  23,  190, 6,   148, 247, 120, 234, 75,  0,   26,  197, 62,  94,  252, 219, 203,
    117, 35,  11,  32,  57,  177, 33,  88,  237, 149, 56,  87,  174, 20,  125, 136, 171, 168, 68,  175, 74,  165,
    71,  134, 139, 48,  27,  166, 77,  146, 158, 231, 83,  111, 229, 122, 60,  211, 133, 230, 220, 105, 92,  41,
    55,  46,  245, 40,  244, 102, 143, 54,  65,  25,  63,  161, 1,   216, 80,  73,  209, 76,  132, 187, 208, 89,
    18,  169, 200, 196, 135, 130, 116, 188, 159, 86,  164, 100, 109, 198, 173, 186, 3,   64,  52,  217, 226, 250,
    124, 123, 5,   202, 38,  147, 118, 126, 255, 82,  85,  212, 207, 206, 59,  227, 47,  16,  58,  17,  182, 189,
    28,  42,  223, 183, 170, 213, 119, 248, 152, 2,   44,  154, 163, 70,  221, 153, 101, 155, 167, 43,  172, 9,
    129, 22,  39,  253, 19,  98,  108, 110, 79,  113, 224, 232, 178, 185, 112, 104, 218, 246, 97,  228, 251, 34,
    242, 193, 238, 210, 144, 12,  191, 179, 162, 241, 81,  51,  145, 235, 249, 14,  239, 107, 49,  192, 214, 31,
    181, 199, 106, 157, 184, 84,  204, 176, 115, 121, 50,  45,  127, 4,   150, 254, 138, 236, 205, 93,  222, 114,
    67,  29,  24,  72,  243, 141, 128, 195, 78,  66,  215, 61,  156, 180};

// One gradient component takes three values: a gradient is read back from an 8-bit texel, (g·64 + 64)/255·4 − 1.
inline constexpr float noise_component[3] = {-1.0f, float(64.0 / 255 * 4 - 1), float(128.0 / 255 * 4 - 1)};

// Gradients as codes: two bits a component (x lowest), an index into noise_component. 12 midpoints of a cube's edges
// padded to 16; 32 midpoints of a tesseract's edges (S. Gustavson's GLSL noise, 2004).
inline constexpr int noise_code(int x, int y, int z, int w = -1) {
  return (x + 1) | (y + 1) << 2 | (z + 1) << 4 | (w + 1) << 6;
}
inline constexpr std::array<std::uint8_t, 16> noise_codes_3d = [] {
  std::array<std::uint8_t, 16> codes = {};
  int n = 0;
  for (const int a : {1, -1}) {
    for (const int b : {1, -1}) {
      codes[n] = std::uint8_t(noise_code(0, a, b));
      codes[n + 4] = std::uint8_t(noise_code(a, 0, b));
      codes[n + 8] = std::uint8_t(noise_code(a, b, 0));
      ++n;
    }
  }
  codes[12] = std::uint8_t(noise_code(1, 0, -1));
  codes[13] = std::uint8_t(noise_code(-1, 0, -1));
  codes[14] = std::uint8_t(noise_code(0, -1, 1));
  codes[15] = std::uint8_t(noise_code(0, 1, 1));
  return codes;
}();
inline constexpr std::array<std::uint8_t, 32> noise_codes_4d = [] {
  std::array<std::uint8_t, 32> codes = {};
  int n = 0;
  for (const int a : {1, -1}) {
    for (const int b : {1, -1}) {
      for (const int c : {1, -1}) {
        codes[n] = std::uint8_t(noise_code(0, a, b, c));
        codes[n + 8] = std::uint8_t(noise_code(a, 0, b, c));
        codes[n + 16] = std::uint8_t(noise_code(a, b, 0, c));
        codes[n + 24] = std::uint8_t(noise_code(a, b, c, 0));
        ++n;
      }
    }
  }
  return codes;
}();

// The permutation texture: column i, row j, any integers.
constexpr std::uint8_t noise_lookup(int i, int j) { return noise_permutation[(i + noise_permutation[j & 255]) & 255]; }

// A looked-up value used as the next texture coordinate, v/255: texel v, but 255 wraps to 0.
constexpr std::uint8_t noise_again(std::uint8_t v) { return v == 255 ? 0 : v; }

struct NoiseTables {
  // [j·256 + i]: lookups (i, j), (i+1, j), (i, j+1), (i+1, j+1), lowest byte first.
  std::array<std::uint32_t, 65536> quad;
  // [p·256 + k]: 3-D gradient codes of lookups (again(p), k) and (again(p), k+1), lowest byte first; then padding.
  std::array<std::uint16_t, 65538> code_3d;
  // [p·256 + q]: 4-D gradient code of lookup (again(p), again(q)); then padding for 32-bit gathers.
  std::array<std::uint8_t, 65540> code_4d;
};

// The tables: constants, computed on first use (half a millisecond) rather than stored in the program (450 KB).
const NoiseTables& noise_tables();

// Unit vectors of quality simplex noise, component by component: evenly distributed, and for each its opposite.
struct NoiseDirections {
  std::array<std::array<float, 256>, 4> component;
};

// The directions in 2, 3 or 4 dimensions, computed on first use.
const NoiseDirections& noise_directions(int dimensions);

}  // namespace cookline::kernels
