// What a CHOP holds: named channels of equally many samples at one rate. A value type; cooked results are shared const.
#pragma once
#include <memory>
#include <string>
#include <string_view>
#include <vector>

namespace cookline {

struct Channel {
  std::string name;
  std::vector<double> samples;
  bool operator==(const Channel&) const = default;
};

// What a channel is outside its interval.
enum class Extend { hold, slope, cycle, mirror, constant };

// TD differs: samples are doubles (TouchDesigner: 32-bit floats), so 0.1 stays 0.1 and long timers stay exact.
struct Channels {
  std::vector<Channel> channels;
  double rate_hz = 60;
  double start = 0;  // index of the first sample
  bool time_slice = false;
  Extend extend_left = Extend::hold, extend_right = Extend::hold;
  double extend_value = 0;  // where Extend::constant applies

  std::size_t length() const { return channels.empty() ? 0 : channels.front().samples.size(); }
  const Channel* find(std::string_view name) const {
    for (const Channel& c : channels)
      if (c.name == name) return &c;
    return nullptr;
  }
  bool operator==(const Channels&) const = default;
};

using ChannelsHandle = std::shared_ptr<const Channels>;

}  // namespace cookline
