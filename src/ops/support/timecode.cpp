#include "ops/support/timecode.h"

#include <cmath>
#include <vector>

#include "base/text.h"

namespace cookline {
namespace {

double frames_of(double hours, double minutes, double seconds, double frames, const Rate& rate) {
  return ((hours * 60 + minutes) * 60 + seconds) * std::round(rate.hz()) + frames;
}

}  // namespace

std::optional<double> timecode_frames(const std::string& text, const Rate& rate) {
  if (const auto seconds = parse_number(text)) return *seconds * double(rate.num) / double(rate.den);
  std::vector<double> parts;
  std::string spaced = text;
  for (char& c : spaced)
    if (c == ':' || c == ';' || c == '.') c = ' ';
  for (const std::string& word : split_words(spaced))
    if (const auto number = parse_number(word)) parts.push_back(*number);
  if (parts.size() != 4 || split_words(spaced).size() != 4) return std::nullopt;
  return frames_of(parts[0], parts[1], parts[2], parts[3], rate);
}

double timecode_frames(const Channels& channels, const Rate& rate) {
  const auto part = [&](const char* name) {
    const Channel* c = channels.find(name);
    return c && !c->samples.empty() ? c->samples.back() : 0.0;
  };
  return frames_of(part("hour"), part("minute"), part("second"), part("frame"), rate);
}

std::string timecode_text(const Table& table) {
  return table.is_table && table.columns() > 0 ? table.rows[0][0] : table.text;
}

}  // namespace cookline
