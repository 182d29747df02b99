// Patterns of names: what they mean, what is refused, and that names lead back to frames.
#include "render/name_pattern.h"

#include <gtest/gtest.h>

#include "base/random.h"
#include "render/take_log.h"

namespace cookline {
namespace {

NamePattern pattern(std::string_view text) {
  const auto parsed = parse_name_pattern(text, "--name");
  EXPECT_TRUE(parsed) << text << ": " << (parsed ? "" : to_string(parsed.error()));
  return parsed ? *parsed : NamePattern();
}

std::string name(std::string_view text, std::int64_t frame, Rate rate = {60, 1}) {
  return name_of_frame(pattern(text), frame, rate);
}

TEST(name_pattern, has_frames_with_and_without_a_width) {
  EXPECT_EQ(name("{frame}", 7), "7");
  EXPECT_EQ(name("a{frame:04}b", 7), "a0007b");
  EXPECT_EQ(name("{frame:04}", 123456), "123456");
  EXPECT_EQ(name("{frame:012}", 1), "000000000001");
}

TEST(name_pattern, times_are_seconds_rounded_to_milliseconds_at_every_rate) {
  EXPECT_EQ(name("{time}", 0), "0.000");
  EXPECT_EQ(name("{time}", 1), "0.017");
  EXPECT_EQ(name("{time}", 60), "1.000");
  EXPECT_EQ(name("{time:08}", 90), "0001.500");
  EXPECT_EQ(name("{time}", 30000, {30000, 1001}), "1001.000");
  EXPECT_EQ(name("{time}", 900'000'000'000'000'000, {1000000, 1}), "900000000000.000");
}

TEST(name_pattern, doubled_braces_are_braces) {
  EXPECT_EQ(name("{{{frame}}}", 5), "{5}");
  EXPECT_EQ(name("{{frame}}", 5), "{frame}");
}

TEST(name_pattern, a_replaced_token_is_text_even_if_it_looks_like_one) {
  const NamePattern replaced_op = replaced(pattern("{op}_{frame}"), NameToken::op, "{frame}");
  EXPECT_EQ(name_of_frame(replaced_op, 3, {}), "{frame}_3");
  EXPECT_EQ(to_text(replaced_op), "{{frame}}_{frame}");
  EXPECT_EQ(to_text(replaced(pattern("{take:03}.{frame:011}"), NameToken::take, "7")), "007.{frame:011}");
}

TEST(name_pattern, text_and_pattern_lead_to_each_other) {
  for (const char* text :
       {"", "a", "{project}{op}{take:02}{frame}{frame:010}{time}{res}{rate}{date}", "x{{y}}z", "}}{{"})
    EXPECT_EQ(to_text(pattern(text)), text);
}

TEST(name_pattern, what_is_wrong_is_named_with_what_is_allowed) {
  const auto error = [](std::string_view text) {
    const auto parsed = parse_name_pattern(text, "--name");
    return parsed ? std::string("no error") : to_string(parsed.error());
  };
  EXPECT_EQ(error("{fraem}.png").substr(0, 74),
            "--name: '{fraem}' is not a token of names; did you mean '{frame}'? tokens ");
  EXPECT_NE(error("{}").find("'{}' is not a token of names; tokens are {project}"), std::string::npos);
  for (const char* width :
       {"{frame:}", "{frame:4}", "{frame:00}", "{frame:019}", "{frame:0x4}", "{frame:004}", "{frame:-1}"})
    EXPECT_NE(error(width).find("write 0 and the number of digits, 01 to 018: {frame:04}"), std::string::npos) << width;
  EXPECT_NE(error("{op:04}").find("{op} is not a number; {take}, {frame} and {time} may have one"), std::string::npos);
  for (const char* half : {"{", "}", "a{frame", "frame}", "{frame{op}}", "{{frame}", "{{{frame}}"})
    EXPECT_NE(error(half).find("has no other half"), std::string::npos) << half << " " << error(half);
}

// Every name of a frame leads back to it; changed names lead to the frame that has them or to none.
TEST(name_pattern, names_lead_back_to_frames) {
  const Rate rates[] = {{60, 1}, {24, 1}, {30000, 1001}, {7, 3}};
  for (const char* text : {"{frame}", "a{frame:03}", "{frame}0.png", "1{frame}1", "{frame}_{frame}", "x{time}.png",
                           "{time:09}", "{frame}{time}", "{time}_{frame:04}.exr"})
    for (std::uint64_t i = 0; i < 300; ++i) {
      const NamePattern p = pattern(text);
      const Rate rate = rates[i % 4];
      const auto frame = std::int64_t(random_bits(i, 1) % (i % 2 ? 1000 : 100'000'000));
      std::string written = name_of_frame(p, frame, rate);
      EXPECT_EQ(frame_of_name(p, written, rate), frame) << text << " " << written;
      written[random_bits(i, 2) % written.size()] = "0123456789._a"[random_bits(i, 3) % 13];
      const std::int64_t found = frame_of_name(p, written, rate);
      EXPECT_TRUE(found == -1 || name_of_frame(p, found, rate) == written) << text << " " << written;
    }
  EXPECT_EQ(frame_of_name(pattern("poster.png"), "poster.png", {}), -1);
  EXPECT_EQ(frame_of_name(pattern("{frame}.png"), "", {}), -1);
  EXPECT_EQ(frame_of_name(pattern("{frame:04}.png"), "7.png", {}), -1);
}

TEST(name_pattern, logs_are_named_by_what_does_not_change) {
  const auto log = [](const char* text) { return take_log_path("out", pattern(text), 3).string(); };
  EXPECT_EQ(log("noise1_{frame:04}.png"), "out/noise1.take.jsonl");
  EXPECT_EQ(log("{frame:04}.png"), "out/3.take.jsonl");
  EXPECT_EQ(log("{frame:04}.noise1.png"), "out/noise1.take.jsonl");
  EXPECT_EQ(log("shot.v2_{frame}"), "out/shot.v2.take.jsonl");
  EXPECT_EQ(log("poster.png"), "out/poster.take.jsonl");
}

}  // namespace
}  // namespace cookline
