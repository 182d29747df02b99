// sin, cos, exp, log, pow and their kin on runs of floats, the same bits on every host: what pixels, tables and
// channels use where libm would differ between machines. Kernels use the same functions on vectors: vector_math-inl.h.
#pragma once
#include <span>

namespace cookline::kernels {

// Each writes to[i] = f(from[i]) for the whole of `from`; `to` is at least as long and may be the same memory.
// Accuracy, limits and special cases are stated at the vector functions of the same name.
void exp2_each(std::span<const float> from, std::span<float> to);
void exp_each(std::span<const float> from, std::span<float> to);
void log2_each(std::span<const float> from, std::span<float> to);
void log_each(std::span<const float> from, std::span<float> to);
void sin_each(std::span<const float> from, std::span<float> to);
void cos_each(std::span<const float> from, std::span<float> to);

// to[i] = x[i] ^ y[i]; the spans have one length, `to` may be either of the others.
void pow_each(std::span<const float> x, std::span<const float> y, std::span<float> to);

// to[i] = angle of the point (x[i], y[i]) in radians.
void atan2_each(std::span<const float> y, std::span<const float> x, std::span<float> to);

}  // namespace cookline::kernels
