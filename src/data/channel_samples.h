// Values of channels between and beyond their samples, and the same channels at other rates and places.
#pragma once
#include "data/channels.h"

namespace cookline {

// The value of a channel at a sample index of its own interval (0 is the first sample); linear between samples, outside
// by the extend conditions. 0 if the channel has no samples.
double sample_at(const Channels& of, const Channel& channel, double index);

// The same curves with `length` samples from `start` on, at rate_hz: sample i is read at offset + i * scale.
Channels resampled(const Channels& in, double start, std::size_t length, double rate_hz, double offset, double scale);

// The same curves at another rate: as long in time, linear between samples, one sample at least.
Channels at_rate(const Channels& in, double rate_hz);

}  // namespace cookline
