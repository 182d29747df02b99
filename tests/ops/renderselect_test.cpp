// Render Select TOP by its definition alone: pictures with several buffers, on a device that counts what is read.
#include <gtest/gtest.h>

#include "ops/fake_services.h"
#include "ops/top_harness.h"

namespace cookline {
namespace {

class Counting final : public DevicePixels {
 public:
  void start_read() const override { ++reads; }
  Status wait() const override { return {}; }
  Status read(std::byte* to) const override {
    ++reads;
    for (int i = 0; i < 4 * 3 * 2; ++i) to[i] = std::byte(i);
    return {};
  }
  mutable int reads = 0;
};

struct Selecting {
  std::vector<std::shared_ptr<Counting>> devices;
  std::shared_ptr<Image> image;
  Registry registry{all_operators()};
  const TypeInfo* type = registry.find("renderselectTOP");
  ParSet pars = type->make_pars();
  FakeServices services;
  Cook cook{services};

  explicit Selecting(int buffers) {
    for (int i = 0; i < buffers; ++i) {
      devices.push_back(std::make_shared<Counting>());
      auto made = std::make_shared<Image>(3, 2, PixelFormat::rgba8fixed, TextureKind::texture2d, 1, devices.back());
      made->aspect = 1.5;
      if (i == 0)
        image = made;
      else
        image->colour_buffers.push_back(made);
    }
    cook.path = "/renderselect1";
    cook.width_px = 3, cook.height_px = 2, cook.aspect = 1.5;
    for (const ParInfoHandle& info : type->pars)
      if (info->name == "top") {
        store(pars, *info, Value(std::string("glsl1")));
        info->row->set_input(pars.tables[0].get(), 0, "glsl1");
      }
  }
  void set(const std::string& name, const Value& value) {
    for (const ParInfoHandle& info : type->pars)
      if (info->name == name) store(pars, *info, *coerce(*info, value));
  }
  Result<ImageHandle> run() {
    const std::vector<Held> inputs = {{image, nullptr, nullptr}};
    Call call{&cook, pars.own(), inputs, 0, {}, nullptr};
    return type->def->cook_image(call);
  }
  int reads() const {
    int sum = 0;
    for (const auto& device : devices) sum += device->reads;
    return sum;
  }
};

TEST(render_select, shows_the_buffer_itself_where_it_lies) {
  Selecting s(3);
  for (int i = 0; i < 3; ++i) {
    s.set("colorbufindex", std::int64_t(i));
    const Result<ImageHandle> image = s.run();
    ASSERT_TRUE(image) << to_string(image.error());
    EXPECT_EQ(*image, i == 0 ? ImageHandle(s.image) : s.image->colour_buffers[std::size_t(i) - 1]);
  }
  EXPECT_EQ(s.reads(), 0);
  EXPECT_TRUE(s.type->def->device);
}

TEST(render_select, buffer_0_is_the_picture_handed_on) {
  Selecting s(2);
  const Connected connected{{true}, 0};
  EXPECT_TRUE(s.type->def->use(s.pars.own(), connected).pass);
  s.set("colorbufindex", std::int64_t(1));
  EXPECT_FALSE(s.type->def->use(s.pars.own(), connected).pass);
}

TEST(render_select, an_index_beyond_the_last_is_an_error_that_says_how_many_there_are) {
  Selecting s(2);
  s.set("colorbufindex", std::int64_t(2));
  const Result<ImageHandle> image = s.run();
  ASSERT_FALSE(image);
  EXPECT_EQ(image.error().where, "/renderselect1.colorbufindex");
  EXPECT_EQ(image.error().what, "'glsl1' has 2 color buffers");
  EXPECT_NE(image.error().hint.find("from 0 to 1"), std::string::npos);
}

TEST(render_select, another_size_is_sampled_in_memory) {
  Selecting s(2);
  s.set("colorbufindex", std::int64_t(1));
  s.cook.width_px = 6, s.cook.height_px = 4;
  const Result<ImageHandle> image = s.run();
  ASSERT_TRUE(image);
  EXPECT_EQ((*image)->width(), 6);
  EXPECT_EQ(s.reads(), 1);
  EXPECT_EQ(std::to_integer<int>((*image)->row(0)[0]), 0);
}

TEST(render_select, what_is_no_top_is_an_error) {
  Selecting s(1);
  s.image = nullptr;
  const Result<ImageHandle> image = s.run();
  ASSERT_FALSE(image);
  EXPECT_EQ(image.error().what, "'glsl1' is no TOP");
}

}  // namespace
}  // namespace cookline
