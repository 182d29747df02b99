// TOP to CHOP in the engine: its samples against pixels read one by one, and pictures read in the script phase.
#include <cmath>

#include "kernels/pixels.h"
#include "studio.h"

namespace cookline {
namespace {

// A picture of which every channel of every pixel differs, read by a TOP to CHOP.
struct Reading : Studio {
  static constexpr int w = 6, h = 4;
  NodeId top = make("noiseTOP", w, h,
                    {{"mono", false}, {"alpha", text("random")}, {"period", 0.3}, {"format", text("rgba32float")}});
  NodeId chop = make("toptoCHOP", {{"top", text("noise1")}});

  Channels read() {
    const Result<ChannelsHandle> channels = engine.channels(chop);
    if (!channels) throw std::runtime_error(to_string(channels.error()));
    return **channels;
  }
  double pixel(int x, int y, int c) {
    const ImageHandle image = this->image(top);
    float v[4];
    kernels::load_pixels(image->format(), image->row(y) + x * 16, 1, &v[0], &v[1], &v[2], &v[3]);
    return double(v[c]);
  }
  void crop(std::string_view how, double u0, double u1, double v0, double v1, bool pixels = false) {
    set(chop, "crop", text(how));
    set(chop, "uvunits", text(pixels ? "pixel" : "norm"));
    set(chop, "ustart", u0), set(chop, "uend", u1), set(chop, "vstart", v0), set(chop, "vend", v1);
  }
};
const std::string names = "rgba";

TEST(top_to_chop, every_row_is_a_set_of_channels_with_its_number) {
  Reading s;
  const Channels c = s.read();
  ASSERT_EQ(c.channels.size(), 16u);
  for (int y = 0; y < s.h; ++y)
    for (int k = 0; k < 4; ++k) {
      const Channel& channel = c.channels[std::size_t(4 * y + k)];
      EXPECT_EQ(channel.name, names[std::size_t(k)] + std::to_string(y));
      ASSERT_EQ(channel.samples.size(), std::size_t(s.w));
      for (int x = 0; x < s.w; ++x) EXPECT_EQ(channel.samples[std::size_t(x)], s.pixel(x, y, k));
    }
}

TEST(top_to_chop, a_single_set_has_the_rows_behind_each_other) {
  Reading s;
  s.set(s.chop, "singleset", true);
  s.set(s.chop, "g", std::string());
  const Channels c = s.read();
  ASSERT_EQ(c.channels.size(), 3u);
  EXPECT_EQ(c.channels[1].name, "b");
  ASSERT_EQ(c.length(), std::size_t(s.w * s.h));
  EXPECT_EQ(c.channels[1].samples[8], s.pixel(2, 1, 2));
}

TEST(top_to_chop, crops_are_a_pixel_a_row_a_column_and_a_rectangle) {
  Reading s;
  s.crop("pixel", 0.4, 0, 0.8, 0);
  EXPECT_EQ(s.read().channels[0].samples, std::vector<double>{s.pixel(2, 3, 0)});
  s.crop("row", 0.5, 1, 0.3, 0);
  Channels c = s.read();
  EXPECT_EQ(c.channels[0].name, "r");
  EXPECT_EQ(c.channels[0].samples, (std::vector<double>{s.pixel(3, 1, 0), s.pixel(4, 1, 0), s.pixel(5, 1, 0)}));
  s.crop("col", 2, 0, 1, 2, true);
  EXPECT_EQ(s.read().channels[3].samples, (std::vector<double>{s.pixel(2, 1, 3), s.pixel(2, 2, 3)}));
  s.crop("block", 1, 3, 2, 3, true);
  c = s.read();
  ASSERT_EQ(c.channels.size(), 8u);
  EXPECT_EQ(c.channels[4].name, "r3");
  EXPECT_EQ(c.channels[4].samples, (std::vector<double>{s.pixel(1, 3, 0), s.pixel(2, 3, 0), s.pixel(3, 3, 0)}));
}

TEST(top_to_chop, what_lies_outside_is_what_extend_says) {
  Reading s;
  s.crop("row", -3, 8, 0, 0, true);
  const auto expect = [&](const char* how, const std::vector<int>& columns) {
    s.set(s.chop, "imageleft", Studio::text(how));
    s.set(s.chop, "imageright", Studio::text(how));
    s.set(s.chop, "defcolorr", 7.0);
    const std::vector<double> got = s.read().channels[0].samples;
    ASSERT_EQ(got.size(), columns.size());
    for (std::size_t i = 0; i < got.size(); ++i)
      EXPECT_EQ(got[i], columns[i] < 0 ? 7.0 : s.pixel(columns[i], 0, 0)) << how << " " << i;
  };
  expect("hold", {0, 0, 0, 0, 1, 2, 3, 4, 5, 5, 5, 5});
  expect("cycle", {3, 4, 5, 0, 1, 2, 3, 4, 5, 0, 1, 2});
  expect("mirror", {2, 1, 0, 0, 1, 2, 3, 4, 5, 5, 4, 3});
  expect("default", {-1, -1, -1, 0, 1, 2, 3, 4, 5, -1, -1, -1});
}

TEST(top_to_chop, an_input_names_positions) {
  Reading s;
  const NodeId uv = s.make("constantCHOP");
  ASSERT_TRUE(s.network.set_blocks(uv, "const", 2));
  s.set(uv, "const0name", Studio::text("u"));
  s.set(uv, "const1name", Studio::text("v"));
  s.set(uv, "const0value", 0.5);
  s.set(uv, "const1value", 0.375);
  ASSERT_TRUE(s.network.connect(uv, 0, s.chop, 0));
  EXPECT_EQ(s.read().channels[1].samples, std::vector<double>{s.pixel(3, 1, 1)});
  s.set(s.chop, "interp", Studio::text("linear"));  // between columns 2 and 3, in the middle of row 1
  EXPECT_NEAR(s.read().channels[1].samples[0], (s.pixel(2, 1, 1) + s.pixel(3, 1, 1)) / 2, 1e-6);
  ASSERT_TRUE(s.network.set_blocks(uv, "const", 1));
  const Result<ChannelsHandle> one = s.engine.channels(s.chop);
  ASSERT_FALSE(one);
  EXPECT_EQ(one.error().what, "its input has 1 channel");
}

TEST(top_to_chop, units_and_colour_spaces_scale_samples) {
  Reading s;
  s.crop("pixel", 0, 0, 0, 0);
  s.set(s.chop, "rgbaunit", Studio::text("u256"));
  EXPECT_EQ(s.read().channels[2].samples[0], 255 * s.pixel(0, 0, 2));
  s.set(s.chop, "rgbaunit", Studio::text("u1"));
  s.set(s.chop, "outputcolorspace", Studio::text("srgblinear"));
  const double v = s.pixel(0, 0, 0);
  EXPECT_NEAR(s.read().channels[0].samples[0], v <= 0.04045 ? v / 12.92 : std::pow((v + 0.055) / 1.055, 2.4), 1e-6);
  EXPECT_EQ(s.read().channels[3].samples[0], s.pixel(0, 0, 3));
}

TEST(top_to_chop, pixels_that_are_off_are_left_out) {
  Studio s;
  const NodeId values = s.make("constantCHOP");
  ASSERT_TRUE(s.network.set_blocks(values, "const", 3));
  const double numbers[] = {0.5, 0, 2};
  for (int i = 0; i < 3; ++i) {
    s.set(values, "const" + std::to_string(i) + "name", Studio::text("c" + std::to_string(i)));
    s.set(values, "const" + std::to_string(i) + "value", numbers[i]);
  }
  s.make("choptoTOP", {{"chop", Studio::text("constant1")}});
  const NodeId chop = s.make("toptoCHOP", {{"top", Studio::text("chopto1")}, {"activechannel", Studio::text("red")}});
  const Result<ChannelsHandle> channels = s.engine.channels(chop);
  ASSERT_TRUE(channels);
  EXPECT_EQ((*channels)->channels[0].samples, (std::vector<double>{0.5, 2}));
}

TEST(top_to_chop, a_picture_that_depends_on_its_channels_is_a_loop_that_names_them) {
  Studio s;
  const NodeId chop = s.make("toptoCHOP"), top = s.make("choptoTOP", {{"chop", Studio::text("topto1")}});
  s.set(chop, "top", Studio::text("chopto1"));
  const Result<ChannelsHandle> channels = s.engine.channels(chop);
  ASSERT_FALSE(channels);
  EXPECT_EQ(channels.error().what, "cook loop: /topto1 → /chopto1 → /topto1");
  EXPECT_FALSE(s.engine.image(top));
}

TEST(top_to_chop, a_picture_is_cooked_once_for_its_channels_and_those_who_show_it) {
  Reading s;
  s.set(s.top, "seed", 3.0);
  ASSERT_TRUE(s.network.set_expression(s.top, "tx", "frame"));
  s.engine.hooks.evaluate = [&](NodeId, const ParInfo*, const std::string&, auto) -> Result<Value> {
    s.engine.note_time_read();
    return Value(double(s.engine.frame().index));
  };
  const NodeId level = s.make("levelTOP", {{"opacity", 0.5}}, {s.top});
  ASSERT_TRUE(s.engine.script_phase({0, {}}));
  s.read();
  s.image(level);
  s.network.touch();
  s.read();
  EXPECT_EQ(s.engine.counts.cooks["/noise1"], 1);
  ASSERT_TRUE(s.engine.script_phase({1, {}}));
  s.read();
  EXPECT_EQ(s.engine.counts.cooks["/noise1"], 2);
}

// A counter in a picture: what the feedback showed one frame ago, and a quarter more. Nothing but the CHOP reads it.
TEST(top_to_chop, feedback_runs_on_although_no_picture_is_made) {
  Studio s;
  const NodeId start = s.make("constantTOP", 1, 1, {{"colorr", 0.0}, {"format", Studio::text("rgba32float")}});
  const NodeId feedback = s.make("feedbackTOP", {{"top", Studio::text("level1")}}, {start});
  s.make("levelTOP", {{"blacklevel", 0.0}, {"outlow", 0.25}, {"outhigh", 1.25}}, {feedback});
  const NodeId chop = s.make("toptoCHOP", {{"top", Studio::text("level1")}});
  const auto value = [&](std::int64_t frame) {
    const Status status = s.engine.script_phase({frame, {}});
    if (!status) throw std::runtime_error(to_string(status.error()));
    const Result<ChannelsHandle> channels = s.engine.channels(chop);
    if (!channels) throw std::runtime_error(to_string(channels.error()));
    return (*channels)->channels[0].samples[0];
  };
  for (int f = 0; f < 4; ++f) EXPECT_NEAR(value(f), 0.25 * (f + 1), 1e-6) << f;
  const Engine::Snapshot snapshot = s.engine.snapshot();
  EXPECT_NEAR(value(4), 1.25, 1e-6);
  s.engine.restore(snapshot);
  EXPECT_NEAR(value(4), 1.25, 1e-6);
}

// The legal loop: the CHOP reads what a picture was one frame ago, and that picture is made of the CHOP's samples.
TEST(top_to_chop, a_feedback_closes_the_loop_one_frame_later) {
  Studio s;
  const NodeId start = s.make("constantTOP", 1, 1, {{"colorr", 1.0}, {"format", Studio::text("rgba32float")}});
  const NodeId chop = s.make("toptoCHOP", {{"top", Studio::text("feedback1")}, {"crop", Studio::text("pixel")}});
  const NodeId maths = s.make("mathCHOP", {{"gain", 2.0}}, {chop});
  s.make("choptoTOP", {{"chop", Studio::text("math1")}, {"dataformat", Studio::text("rgba")}});
  s.make("feedbackTOP", {{"top", Studio::text("chopto1")}}, {start});
  const auto value = [&](std::int64_t frame) {
    const Status status = s.engine.script_phase({frame, {}});
    if (!status) throw std::runtime_error(to_string(status.error()));
    const Result<ChannelsHandle> channels = s.engine.channels(maths);
    if (!channels) throw std::runtime_error(to_string(channels.error()));
    return (*channels)->channels[0].samples[0];
  };
  for (int f = 0; f < 5; ++f) EXPECT_EQ(value(f), double(2 << f));
}

TEST(top_to_chop, what_is_no_top_is_an_error) {
  Studio s;
  s.make("constantCHOP");
  const NodeId chop = s.make("toptoCHOP", {{"top", Studio::text("constant1")}});
  const Result<ChannelsHandle> channels = s.engine.channels(chop);
  ASSERT_FALSE(channels);
  EXPECT_EQ(channels.error().where, "/topto1.top");
}

}  // namespace
}  // namespace cookline
