// Patterns for the names of images: "{op}/{frame:04}.png". Text and tokens in braces; braces themselves are doubled.
#pragma once
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "data/rate.h"

namespace cookline {

enum class NameToken : std::uint8_t { text, project, op, take, frame, time, res, rate, date };

struct NamePart {
  NameToken token = NameToken::text;
  std::string text;  // of NameToken::text
  int width = 0;     // digits at least, filled up with zeros; 0: as many as there are
};

// Neighbouring texts are one part.
using NamePattern = std::vector<NamePart>;

// Errors, with `where` as their place: unknown tokens, widths of what is no number, braces without their other half.
Result<NamePattern> parse_name_pattern(std::string_view text, const std::string& where);
// The reverse.
std::string to_text(const NamePattern& pattern);

// The pattern with the text of a token in its place.
NamePattern replaced(const NamePattern& pattern, NameToken token, const std::string& text);
bool has_token(const NamePattern& pattern, NameToken token);

// The name of a frame. All tokens but frame and time have been replaced. Time is in seconds, rounded to milliseconds.
std::string name_of_frame(const NamePattern& pattern, std::int64_t frame, const Rate& rate);
// The frame that has this name; -1 for names of other forms, and where the pattern has neither frame nor time.
std::int64_t frame_of_name(const NamePattern& pattern, std::string_view name, const Rate& rate);

}  // namespace cookline
