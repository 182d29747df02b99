// Sound kept in files, as CHOPs play it back, whoever decodes it.
#pragma once
#include <cstdint>
#include <memory>
#include <string>
#include <vector>

namespace cookline {

// All of it, decoded: samples -1 to 1 in 32-bit float, which keeps every sample of 24 bits.
struct Sound {
  std::string path;                         // as opened
  double rate_hz = 44100;                   // samples a second
  std::vector<std::vector<float>> samples;  // of each channel, equally many, at least one channel

  std::int64_t length() const { return samples.empty() ? 0 : std::int64_t(samples.front().size()); }
};
using SoundHandle = std::shared_ptr<const Sound>;

}  // namespace cookline
