// Texture 3D TOP in the engine: slices against a reference that fills an array by hand.
#include <array>
#include <map>

#include "studio.h"

namespace cookline {
namespace {

// A constant TOP whose red code is a number of its own in every frame, and a Texture 3D TOP behind it.
struct Filling : Studio {
  NodeId source = make("constantTOP", 2, 2);
  NodeId volume = make("texture3dTOP", {{"cachesize", std::int64_t(4)}}, {source});

  static int code(std::int64_t frame) { return int(frame * 7 + 1); }
  void script(std::int64_t frame) {
    set(source, "colorr", double(code(frame)) / 255);
    const Status status = engine.script_phase({frame, engine.options().rate});
    ASSERT_TRUE(status) << to_string(status.error());
  }
  // The picture of a frame, which is then over.
  ImageHandle frame(std::int64_t index) {
    script(index);
    const Result<PixelPlanHandle> plan = engine.plan(volume);
    if (!plan) throw std::runtime_error(to_string(plan.error()));
    const Result<CookedPixels> cooked = cook_pixels(**plan, engine.cache());
    if (!cooked) throw std::runtime_error(to_string(cooked.error()));
    engine.commit(*cooked);
    return cooked->output;
  }
};

std::vector<int> reds(const Image& image) {
  std::vector<int> list;
  for (int s = 0; s < image.slices(); ++s) {
    list.push_back(std::to_integer<int>(image.row(0, s)[0]));
    EXPECT_EQ(image.row(image.height() - 1, s)[0], image.row(0, s)[0]);
  }
  return list;
}

// What the parameters ask for, on a plain array.
struct Reference {
  std::array<int, 4> slices{};
  int newest = -1;
  std::int64_t last = -1;
  void capture(std::int64_t frame, int step) {
    if (newest >= 0 && frame - last < step) return;
    newest = (newest + 1) % 4, last = frame;
    slices[std::size_t(newest)] = Filling::code(frame);
  }
  std::vector<int> list() const { return {slices.begin(), slices.end()}; }
};

TEST(texture_3d, slices_are_filled_round_and_round) {
  for (const int step : {1, 2, 3}) {
    Filling s;
    s.set(s.volume, "step", std::int64_t(step));
    Reference reference;
    for (std::int64_t f = 0; f < 17; ++f) {
      const ImageHandle image = s.frame(f);
      reference.capture(f, step);
      EXPECT_EQ(reds(*image), reference.list()) << "frame " << f << " step " << step;
      EXPECT_EQ(image->newest_slice, reference.newest);
      EXPECT_EQ(image->kind(), TextureKind::texture3d);
    }
  }
}

TEST(texture_3d, an_array_has_the_same_slices) {
  Filling s;
  s.set(s.volume, "type", Studio::text("texture2darray"));
  s.frame(0);
  const ImageHandle image = s.frame(1);
  EXPECT_EQ(image->kind(), TextureKind::texture2darray);
  EXPECT_EQ(reds(*image), (std::vector<int>{Filling::code(0), Filling::code(1), 0, 0}));
}

TEST(texture_3d, what_is_replaced_does_not_change_whose_turn_it_is) {
  Filling s;
  for (std::int64_t f = 0; f < 5; ++f) s.frame(f);  // slice 0 is of frame 4
  s.set(s.volume, "replacesingle", true);
  s.set(s.volume, "replaceindex", std::int64_t(2));
  const ImageHandle replaced = s.frame(5);
  EXPECT_EQ(reds(*replaced),
            (std::vector<int>{Filling::code(4), Filling::code(1), Filling::code(5), Filling::code(3)}));
  EXPECT_EQ(replaced->newest_slice, 0);
  s.set(s.volume, "replacesingle", false);
  const ImageHandle next = s.frame(6);
  EXPECT_EQ(reds(*next), (std::vector<int>{Filling::code(4), Filling::code(6), Filling::code(5), Filling::code(3)}));
  EXPECT_EQ(next->newest_slice, 1);
}

TEST(texture_3d, replacing_fills_an_empty_texture_slice_by_slice) {
  Filling s;
  s.set(s.volume, "active", false);
  s.set(s.volume, "replacesingle", true);
  s.set(s.volume, "replaceindex", std::int64_t(3));
  EXPECT_EQ(reds(*s.frame(0)), (std::vector<int>{0, 0, 0, Filling::code(0)}));
  s.set(s.volume, "replaceindex", std::int64_t(9));  // beyond the last
  EXPECT_EQ(reds(*s.frame(1)), (std::vector<int>{0, 0, 0, Filling::code(1)}));
}

TEST(texture_3d, prefill_and_reset_take_all_slices) {
  Filling s;
  s.set(s.volume, "prefill", true);
  EXPECT_EQ(reds(*s.frame(0)), std::vector<int>(4, Filling::code(0)));
  s.set(s.volume, "prefill", false);
  EXPECT_EQ(reds(*s.frame(1)),
            (std::vector<int>{Filling::code(1), Filling::code(0), Filling::code(0), Filling::code(0)}));
  s.set(s.volume, "reset", true);
  EXPECT_EQ(reds(*s.frame(2)), std::vector<int>(4, 0));
  s.set(s.volume, "reset", false);
  EXPECT_EQ(reds(*s.frame(3)), (std::vector<int>{Filling::code(3), 0, 0, 0}));
  ASSERT_TRUE(s.engine.pulse(s.volume, "resetpulse"));
  EXPECT_EQ(reds(*s.frame(4)), (std::vector<int>{Filling::code(4), 0, 0, 0}));
}

TEST(texture_3d, a_restored_snapshot_goes_on_with_the_same_slices) {
  Filling s;
  for (std::int64_t f = 0; f < 6; ++f) s.frame(f);
  const Engine::Snapshot snapshot = s.engine.snapshot();
  const std::vector<int> seventh = reds(*s.frame(6));
  s.frame(7);
  s.engine.restore(snapshot);
  EXPECT_EQ(reds(*s.frame(6)), seventh);
}

TEST(texture_3d, slices_have_the_size_and_format_of_the_newest) {
  Filling s;
  s.frame(0);
  s.set(s.source, "resolutionw", std::int64_t(5));
  s.set(s.source, "format", Studio::text("rgba16float"));
  const ImageHandle image = s.frame(1);
  EXPECT_EQ(image->width(), 5);
  EXPECT_EQ(image->format(), PixelFormat::rgba16float);
  EXPECT_EQ(image->slices(), 4);
}

TEST(texture_3d, other_operators_see_the_first_slice) {
  Filling s;
  const NodeId level = s.make("levelTOP", {{"opacity", 1.0}}, {s.volume});
  s.frame(0), s.frame(1);
  s.script(2);
  const ImageHandle image = s.image(level);
  EXPECT_EQ(image->slices(), 1);
  EXPECT_EQ(std::to_integer<int>(image->row(0)[0]), Filling::code(0));
}

TEST(texture_3d, too_many_slices_for_their_size_are_an_error) {
  Filling s;
  s.set(s.volume, "cachesize", std::int64_t(2048));
  s.set(s.source, "resolutionw", std::int64_t(2000));
  s.set(s.source, "resolutionh", std::int64_t(1000));
  s.script(0);
  const Result<ImageHandle> image = s.engine.image(s.volume);
  ASSERT_FALSE(image);
  EXPECT_EQ(image.error().what, "2048 slices of 2000x1000 pixels are too many");
}

TEST(texture_3d, cache_select_does_not_take_it_for_a_cache) {
  Filling s;
  const NodeId select = s.make("cacheselectTOP", {{"cachetop", Studio::text("texture3d1")}});
  const Result<ImageHandle> image = s.engine.image(select);
  ASSERT_FALSE(image);
  EXPECT_NE(image.error().what.find("a cacheTOP is needed"), std::string::npos);
}

}  // namespace
}  // namespace cookline
