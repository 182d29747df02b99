// Pictures of whole networks: the same bytes whatever the threads, tiles, fusing and instruction set, and what the
// engine does for every TOP: channel masks, passes, inputs of other sizes.
#include "cook/pixels.h"

#include <algorithm>
#include <set>

#include "base/parallel.h"
#include "base/random.h"
#include "kernels/pixels.h"
#include "kernels/targets.h"
#include "studio.h"

namespace cookline {
namespace {

std::vector<std::byte> bytes_of(const Image& image) { return {image.pixels().begin(), image.pixels().end()}; }

std::array<float, 4> pixel(const Image& image, int x, int y) {
  std::array<float, 4> v;
  kernels::load_pixels(image.format(), image.row(y) + x * info(image.format()).bytes, 1, &v[0], &v[1], &v[2], &v[3]);
  return v;
}

// Networks of up to 12 TOPs with wires, sizes, formats and parameters drawn from a seed.
class RandomNetwork {
 public:
  RandomNetwork(Studio& studio, std::uint64_t seed) : studio_(studio), seed_(seed) {}

  NodeId build() {
    for (int i = 0; i < 4 + pick(8); ++i) nodes_.push_back(make());
    return nodes_.back();
  }

 private:
  int pick(int n) { return int(random_bits(seed_, drawn_++) % std::uint64_t(n)); }
  double unit() { return random_unit(seed_, drawn_++); }
  NodeId any() { return nodes_.empty() || pick(6) == 0 ? NodeId{} : nodes_[std::size_t(pick(int(nodes_.size())))]; }
  template <std::size_t N>
  Value among(const std::string_view (&items)[N]) {
    return Studio::text(items[std::size_t(pick(N))]);
  }

  NodeId make() {
    NodeId id;
    switch (nodes_.empty() ? 0 : pick(5)) {
      case 0:
        id = noise();
        break;
      case 1:
        id = rectangle();
        break;
      case 2:
        id = composite();
        break;
      case 3:
        id = level();
        break;
      default:
        id = studio_.make("constantTOP", {{"colorr", unit()}, {"alpha", unit()}}, {any()});
        break;
    }
    if (pick(3) == 0) {
      studio_.set(id, "outputresolution", Studio::text("custom"));
      studio_.set(id, "resolutionw", std::int64_t(1 + pick(150)));
      studio_.set(id, "resolutionh", std::int64_t(1 + pick(60)));
    }
    studio_.set(id, "format",
                among({"useinput", "useinput", "rgba8fixed", "rgba16float", "rgba32float", "rgb10a2fixed",
                       "mono16fixed", "srgba8fixed"}));
    studio_.set(id, "inputfiltertype", among({"nearest", "linear", "mipmap"}));
    if (pick(5) == 0) studio_.set(id, "chanmask", among({"rgb", "a", "rg", "b"}));
    if (pick(6) == 0) studio_.set(id, "npasses", std::int64_t(2));
    return id;
  }
  NodeId noise() {
    return studio_.make(
        "noiseTOP",
        {{"type", among({"perlin2d", "perlin4d", "simplex3d", "simplex4d", "sparse", "alligator", "randomgpu"})},
         {"seed", 1.0 + pick(5)},
         {"period", 0.3 + unit()},
         {"rz", 90 * unit()},
         {"tx", unit()},
         {"mono", pick(2) == 0},
         {"exp", 0.5 + unit()},
         {"alpha", among({"one", "random", "input", "add"})},
         {"dither", pick(4) == 0},
         {"gradient", pick(5) == 0},
         {"mode", among({"performance", "quality"})}},
        {any(), pick(2) ? any() : NodeId{}});
  }
  NodeId rectangle() {
    return studio_.make("rectangleTOP",
                        {{"sizex", unit()},
                         {"sizey", unit()},
                         {"rotate", 360 * unit()},
                         {"centerx", unit() - 0.5},
                         {"borderwidth", 0.1 * unit()},
                         {"cornerradius", 0.2 * unit()},
                         {"softness", pick(2) * unit() * 0.2},
                         {"fillalpha", unit()},
                         {"borderb", unit()},
                         {"antialias", pick(3) > 0}},
                        {any()});
  }
  NodeId composite() {
    const bool moved = pick(2) == 0;
    return studio_.make("compositeTOP",
                        {{"operand", Studio::text(kernels_operation(pick(46)))},
                         {"swaporder", pick(2) == 0},
                         {"size", among({"input1", "input2"})},
                         {"extend", among({"hold", "zero", "repeat", "mirror"})},
                         {"prefit", among({"fill", "fill", "fitbest", "fitoutside", "nativeres"})},
                         {"r", moved ? 90 * unit() : 0.0},
                         {"tx", moved ? unit() : 0.0},
                         {"sx", moved ? 0.5 + unit() : 1.0}},
                        {any(), any(), pick(2) ? any() : NodeId{}});
  }
  std::string_view kernels_operation(int i) {
    const TypeInfo* type = studio_.registry.find("compositeTOP");
    for (const ParInfoHandle& info : type->pars)
      if (info->name == "operand") return info->menu_names[std::size_t(i)];
    return {};
  }
  NodeId level() {
    return studio_.make("levelTOP",
                        {{"invert", unit()},
                         {"brightness1", 0.5 + unit()},
                         {"gamma1", 0.5 + unit()},
                         {"contrast", 0.5 + unit()},
                         {"lowg", 0.2 * unit()},
                         {"opacity", unit()},
                         {"stepping", pick(3) == 0},
                         {"stepsize", 0.1 + unit()}},
                        {any()});
  }

  Studio& studio_;
  std::uint64_t seed_, drawn_ = 0;
  std::vector<NodeId> nodes_;
};

std::vector<std::byte> cook_network(std::uint64_t seed, PixelOptions pixels, double scale = 1) {
  EngineOptions options;
  options.pixels = pixels, options.scale_x = options.scale_y = scale;
  Studio studio(options);
  return bytes_of(*studio.image(RandomNetwork(studio, seed).build()));
}

class Networks : public testing::TestWithParam<int> {};
INSTANTIATE_TEST_SUITE_P(seeds, Networks, testing::Range(0, 40));

TEST_P(Networks, give_the_same_bytes_fused_or_not_and_for_any_tile) {
  const std::uint64_t seed = std::uint64_t(GetParam());
  const auto expected = cook_network(seed, {.fuse = false, .tile_pixels = 100000});
  for (const int tile : {1, 13, 64, 512, 100000})
    EXPECT_TRUE(cook_network(seed, {.fuse = true, .tile_pixels = tile}) == expected) << tile;
}

// Four times the pixels: enough for several tasks.
class LargeNetworks : public testing::TestWithParam<int> {};
INSTANTIATE_TEST_SUITE_P(seeds, LargeNetworks, testing::Range(100, 110));

TEST_P(LargeNetworks, give_the_same_bytes_for_any_number_of_threads) {
  const std::uint64_t seed = std::uint64_t(GetParam());
  const int before = thread_limit();
  set_thread_limit(1);
  const auto expected = cook_network(seed, {}, 2);
  for (const int threads : {2, 3, 8}) {
    set_thread_limit(threads);
    EXPECT_TRUE(cook_network(seed, {}, 2) == expected) << threads;
  }
  set_thread_limit(before);
}

TEST_P(Networks, give_the_same_bytes_on_every_instruction_set) {
  const std::uint64_t seed = std::uint64_t(GetParam());
  const auto expected = cook_network(seed, {});
  for (const std::string& target : kernels::available_targets()) {
    ASSERT_TRUE(kernels::use_target(target));
    EXPECT_TRUE(cook_network(seed, {}) == expected) << target;
  }
  kernels::use_target("");
}

// A picture of 32-bit floats that differs in every pixel and channel.
NodeId colours(Studio& s, int width, int height) {
  return s.make(
      "noiseTOP", width, height,
      {{"mono", false}, {"alpha", Studio::text("random")}, {"period", 0.5}, {"format", Studio::text("rgba32float")}});
}

TEST(pixels, the_random_networks_show_something) {
  int plain = 0;
  for (std::uint64_t seed = 0; seed < 40; ++seed) {
    const auto bytes = cook_network(seed, {});
    plain += std::all_of(bytes.begin(), bytes.end(), [&](std::byte b) { return b == bytes[0]; });
  }
  EXPECT_LT(plain, 10);
}

TEST(pixels, a_channel_mask_keeps_the_first_inputs_other_channels_in_fused_and_in_whole_cooks) {
  Studio s;
  const NodeId a = colours(s, 20, 10), b = s.make("constantTOP", 20, 10, {{"format", Studio::text("rgba32float")}});
  for (const double angle : {0.0, 180.0}) {  // a rotation makes a whole cook
    const NodeId plain = s.make("compositeTOP", {{"operand", Studio::text("subtract")}, {"r", angle}}, {a, b});
    const NodeId masked =
        s.make("compositeTOP", {{"operand", Studio::text("subtract")}, {"r", angle}, {"chanmask", Studio::text("ga")}},
               {a, b});
    const auto in = pixel(*s.image(a), 7, 3), whole = pixel(*s.image(plain), 7, 3),
               part = pixel(*s.image(masked), 7, 3);
    EXPECT_EQ(part, (std::array<float, 4>{in[0], whole[1], in[2], whole[3]}));
    EXPECT_NE(part, whole);
  }
}

TEST(pixels, passes_feed_an_operators_output_into_its_first_input) {
  Studio s;
  const NodeId a = colours(s, 8, 8);
  const NodeId level = s.make("levelTOP", {{"brightness1", 0.5}, {"npasses", std::int64_t(3)}}, {a});
  EXPECT_FLOAT_EQ(pixel(*s.image(level), 3, 3)[1], pixel(*s.image(a), 3, 3)[1] / 8);
}

TEST(pixels, what_an_operator_stores_is_what_the_next_one_sees_also_in_a_fused_chain) {
  Studio s;
  const NodeId c = s.make("constantTOP", 4, 4, {{"colorr", 0.501}});  // 8 bits: 128/255
  const NodeId level = s.make("levelTOP", {{"format", Studio::text("rgba32float")}}, {c});
  EXPECT_EQ(pixel(*s.image(level), 0, 0)[0], 128 / 255.0f);
  EXPECT_EQ(s.engine.counts.cooks.size(), 2u);
}

// Every code in every channel, through gamma, masks, steps and a format in between that is finer.
std::vector<std::byte> levels_of_all_codes(const EngineOptions& options, bool premultiplied) {
  Studio s(options);
  const NodeId ramp = s.make("noiseTOP", 67, 65, {{"mono", false}, {"amp", 1.0}, {"alpha", Studio::text("random")}});
  const NodeId a = s.make("levelTOP", {{"gamma1", 1.7}, {"lowg", 0.1}, {"highb", 0.8}}, {ramp});
  const NodeId b = s.make(
      "levelTOP", {{"contrast", 1.3}, {"chanmask", Studio::text("gb")}, {"format", Studio::text("rgba16float")}}, {a});
  const NodeId c = s.make("levelTOP", {{"stepping", true}, {"stepsize", 0.15}, {"higha", 0.9}}, {b});
  const NodeId d = s.make(
      "levelTOP", {{"invert", 1.0}, {"format", Studio::text("rgba8fixed")}, {"premultrgbbyalpha", premultiplied}}, {c});
  return (void)s.image(ramp), bytes_of(*s.image(d));
}

TEST(pixels, a_row_of_levels_over_an_8_bit_picture_gives_the_same_bytes_as_one_after_the_other) {
  for (const bool premultiplied : {false, true}) {
    EngineOptions plain;
    plain.pixels.fuse = false;
    const auto expected = levels_of_all_codes(plain, premultiplied);
    EXPECT_TRUE(levels_of_all_codes({}, premultiplied) == expected) << premultiplied;
    EXPECT_GT(std::set<std::byte>(expected.begin(), expected.end()).size(), 20u);
  }
}

TEST(pixels, inputs_of_another_size_are_stretched_with_the_chosen_smoothness) {
  Studio s;
  const NodeId small = colours(s, 2, 1);
  const auto left = pixel(*s.image(small), 0, 0), right = pixel(*s.image(small), 1, 0);
  const NodeId big = s.make("levelTOP", 4, 1, {}, {small});
  EXPECT_FLOAT_EQ(pixel(*s.image(big), 1, 0)[0], left[0] * 0.75f + right[0] * 0.25f);
  s.set(big, "inputfiltertype", Studio::text("nearest"));
  EXPECT_EQ(pixel(*s.image(big), 1, 0), left);
}

TEST(pixels, a_composite_also_takes_operators_named_by_patterns_but_never_itself) {
  Studio s;
  const NodeId c =
      s.make("compositeTOP", {{"operand", Studio::text("add")}, {"top", Studio::text("constant* ^constant3")}});
  for (const double v : {0.125, 0.25, 0.5})
    s.make("constantTOP", 4, 4, {{"colorr", v}, {"format", Studio::text("rgba32float")}});
  s.set(c, "format", Studio::text("rgba32float"));
  EXPECT_EQ(pixel(*s.image(c), 0, 0)[0], 0.375f);
  s.make("constantTOP", 4, 4, {{"colorr", 4.0}, {"format", Studio::text("rgba32float")}});
  EXPECT_EQ(pixel(*s.image(c), 0, 0)[0], 4.375f);
  s.set(c, "top", Studio::text("*"));
  EXPECT_EQ(pixel(*s.image(c), 0, 0)[0], 4.875f);
  s.set(c, "top", Studio::text("constant1 konstant"));
  const auto failed = s.engine.image(c);
  ASSERT_FALSE(failed);
  EXPECT_EQ(failed.error().where, "/composite1.top");
  EXPECT_EQ(failed.error().what, "there is no operator 'konstant'");
}

}  // namespace
}  // namespace cookline
