// The engine without Python: constants, wires, keys, feedback and the life of a take.
#include "cook/engine.h"

#include <gtest/gtest.h>

#include "ops/list.h"

namespace cookline {
namespace {

struct Studio {
  Registry registry{all_operators()};
  Network network{registry};
  Engine engine{network, {}};
  NodeId make(std::string_view type, std::string_view name) { return *network.create(network.root(), type, name); }
  void set(NodeId id, std::string_view par, Value value) {
    const Status status = network.set_value(id, par, value);
    ASSERT_TRUE(status) << to_string(status.error());
  }
};

TEST(engine, a_constant_is_cooked_to_its_colour) {
  Studio s;
  const NodeId c = s.make("constantTOP", "constant1");
  s.set(c, "colorr", 0.5);
  s.set(c, "resolutionw", std::int64_t(5));
  s.set(c, "resolutionh", std::int64_t(3));
  const Result<ImageHandle> image = s.engine.image(c);
  ASSERT_TRUE(image) << to_string(image.error());
  EXPECT_EQ((*image)->width(), 5);
  EXPECT_EQ((*image)->height(), 3);
  EXPECT_EQ(std::to_integer<int>((*image)->row(2)[4 * 4]), 128);
  EXPECT_EQ(std::to_integer<int>((*image)->row(2)[4 * 4 + 1]), 255);
}

TEST(engine, a_null_shares_the_picture_of_its_input) {
  Studio s;
  const NodeId c = s.make("constantTOP", "constant1"), n = s.make("nullTOP", "null1");
  ASSERT_TRUE(s.network.connect(c, 0, n, 0));
  EXPECT_EQ(*s.engine.image(n), *s.engine.image(c));
  EXPECT_EQ(s.engine.counts.cooks["/constant1"], 1);
}

TEST(engine, a_loop_without_feedback_is_an_error_that_names_it) {
  Studio s;
  const NodeId a = s.make("nullTOP", "a"), b = s.make("nullTOP", "b");
  ASSERT_TRUE(s.network.connect(a, 0, b, 0));
  ASSERT_TRUE(s.network.connect(b, 0, a, 0));
  const Result<ImageHandle> image = s.engine.image(b);
  ASSERT_FALSE(image);
  EXPECT_EQ(image.error().what, "cook loop: /b → /a → /b");
}

TEST(engine, record_makes_a_take_that_begins_with_the_frame_in_which_it_went_on) {
  Studio s;
  const NodeId c = s.make("constantTOP", "constant1"), m = s.make("moviefileoutTOP", "out");
  ASSERT_TRUE(s.network.connect(c, 0, m, 0));
  s.set(m, "type", std::string("imagesequence"));
  s.set(m, "imagefiletype", std::string("jpeg"));
  s.set(m, "file", std::string("x"));
  s.set(m, "fps", 60.0);
  std::vector<std::string> suffixes;
  for (int i = 0; i < 8; ++i) {
    if (i == 2) s.set(m, "record", true);
    if (i == 5) s.set(m, "record", false), s.set(m, "n", std::int64_t(1));
    if (i == 7) s.set(m, "record", true);
    const Status status = s.engine.script_phase({i, {}});
    ASSERT_TRUE(status) << to_string(status.error());
    for (const ShotRequest& shot : s.engine.take_requests()) suffixes.push_back(shot.image.suffix);
  }
  EXPECT_EQ(suffixes, (std::vector<std::string>{"0.0.jpg", "0.1.jpg", "0.2.jpg", "1.0.jpg"}));
}

TEST(engine, add_frame_in_a_paused_take_writes_an_image_at_once) {
  Studio s;
  const NodeId c = s.make("constantTOP", "constant1"), m = s.make("moviefileoutTOP", "out");
  ASSERT_TRUE(s.network.connect(c, 0, m, 0));
  s.set(m, "type", std::string("imagesequence"));
  s.set(m, "file", std::string("x"));
  s.set(m, "fps", 60.0);
  s.set(m, "record", true);
  s.set(m, "pause", true);
  for (int i = 0; i < 3; ++i) {
    s.set(c, "colorr", i / 10.0);
    ASSERT_TRUE(s.engine.pulse(m, "addframe"));
  }
  const std::vector<ShotRequest> shots = s.engine.take_requests();
  ASSERT_EQ(shots.size(), 3u);
  PixelCache cache(1 << 20);
  for (int i = 0; i < 3; ++i) {
    EXPECT_EQ(shots[std::size_t(i)].image.index, i);
    const Result<CookedPixels> cooked = cook_pixels(*shots[std::size_t(i)].plan, cache);
    ASSERT_TRUE(cooked);
    EXPECT_EQ(std::to_integer<int>(cooked->output->row(0)[0]), int(i / 10.0 * 255 + 0.5));
  }
}

}  // namespace
}  // namespace cookline
