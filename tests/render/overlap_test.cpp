// Pictures of a device: it works for the next frames while those before are brought to memory, and what is written does
// not depend on that. The device is an operator that keeps a journal.
#include <gtest/gtest.h>
#include <unistd.h>

#include <cstring>
#include <filesystem>
#include <set>

#include "ops/list.h"
#include "render/sequence.h"

namespace cookline {
namespace {

namespace fs = std::filesystem;

// What the device was asked to do, and the frames whose pictures it loses.
struct Journal {
  std::vector<std::string> lines;
  std::set<std::int64_t> lost;
  void note(const std::string& what, std::int64_t frame) { lines.push_back(what + " " + std::to_string(frame)); }
};
Journal& journal() {
  static Journal kept;
  return kept;
}

class Picture final : public DevicePixels {
 public:
  explicit Picture(std::int64_t frame) : frame_(frame) {}
  void start_read() const override {
    if (!std::exchange(started_, true)) journal().note("start", frame_);
  }
  Status wait() const override { return {}; }
  Status read(std::byte* to) const override {
    journal().note("read", frame_);
    if (journal().lost.contains(frame_)) return failure({}, "the device was lost");
    std::fill_n(to, 4, std::byte(frame_));
    return {};
  }

 private:
  std::int64_t frame_;
  mutable bool started_ = false;
};

struct NoPars {
  double number = 0;
};
constexpr Par no_table[] = {par<&NoPars::number>("number", "Number").on("Test").help("Not used.")};
Result<ImageHandle> cook_there(Cook& cook, const NoPars&, const Inputs<Image>&, const Frame& frame) {
  journal().note("make", frame.index);
  return ImageHandle(std::make_shared<const Image>(cook.width_px, cook.height_px, cook.format, TextureKind::texture2d,
                                                   1, std::make_shared<Picture>(frame.index)));
}
const OpDef& on_device_top() {
  static const OpDef op = Define<NoPars, no_table>(Family::TOP, "ondeviceTOP", "On Device", "Lies on a device.")
                              .inputs(0, 1)
                              .runs_on_device()
                              .cook<&cook_there>();
  return op;
}

std::vector<const OpDef*> with_device() {
  std::vector<const OpDef*> ops(all_operators().begin(), all_operators().end());
  ops.push_back(&on_device_top());
  return ops;
}

struct Overlap : testing::Test {
  std::vector<const OpDef*> ops = with_device();
  Registry registry{ops};
  Network network{registry};
  Engine engine{network, {}};
  fs::path folder = fs::temp_directory_path() / ("cookline_overlap_" + std::to_string(::getpid()));
  NodeId top = make("ondeviceTOP");
  RunOptions options;

  Overlap() {
    journal() = {};
    fs::remove_all(folder);
    fs::create_directories(folder);
    options.folder.path = folder;
    for (const char* par : {"resolutionw", "resolutionh"}) EXPECT_TRUE(network.set_value(top, par, std::int64_t(1)));
    EXPECT_TRUE(network.set_value(top, "outputresolution", std::string("custom")));
  }
  ~Overlap() override { fs::remove_all(folder); }

  NodeId make(std::string_view type, NodeId input = {}) {
    const NodeId id = *network.create(network.root(), type);
    if (input) {
      EXPECT_TRUE(network.connect(input, 0, id, 0));
    }
    return id;
  }
  Result<RunResult> render(NodeId which, std::int64_t frames) {
    cookline::Run run(engine, options);
    SequenceOptions sequence;
    for (std::int64_t frame = 0; frame < frames; ++frame) sequence.frames.push_back(frame);
    sequence.type = ImageFileType::bmp;
    return render_sequence(run, which, sequence);
  }
  std::size_t place(const std::string& line) const {
    const auto found = std::find(journal().lines.begin(), journal().lines.end(), line);
    EXPECT_NE(found, journal().lines.end()) << line;
    return std::size_t(found - journal().lines.begin());
  }
  std::size_t images() const {
    std::size_t count = 0;
    for (const auto& entry : fs::recursive_directory_iterator(folder)) count += entry.path().extension() == ".bmp";
    return count;
  }
};

TEST_F(Overlap, the_next_pictures_are_begun_before_one_is_waited_for) {
  ASSERT_TRUE(render(top, 6));
  for (int frame = 0; frame < 6; ++frame) {
    const std::string n = std::to_string(frame), next = std::to_string(frame + 1);
    EXPECT_LT(place("make " + n), place("start " + n));
    EXPECT_LT(place("start " + n), place("read " + n));
    if (frame < 5) {
      EXPECT_LT(place("start " + next), place("read " + n));
      EXPECT_LT(place("read " + n), place("read " + next));
    }
  }
  EXPECT_EQ(journal().lines.size(), 18u);
  EXPECT_EQ(images(), 6u);
}

TEST_F(Overlap, the_device_goes_on_while_others_work_with_its_last_picture) {
  const NodeId level = make("levelTOP", top);
  ASSERT_TRUE(render(level, 3));
  EXPECT_LT(place("start 1"), place("read 0"));
  EXPECT_LT(place("start 2"), place("read 1"));
  EXPECT_EQ(images(), 3u);
}

TEST_F(Overlap, pictures_that_the_next_frame_needs_are_made_at_once) {
  const NodeId feedback = make("feedbackTOP", top), sum = make("compositeTOP", feedback);
  ASSERT_TRUE(network.connect(top, 0, sum, 1));
  ASSERT_TRUE(network.set_value(feedback, "top", std::string(network.at(sum).name)));
  ASSERT_TRUE(render(sum, 3));
  EXPECT_LT(place("read 0"), place("make 1"));
}

TEST_F(Overlap, nothing_is_written_from_a_lost_picture_on) {
  journal().lost = {2};
  const auto result = render(top, 6);
  ASSERT_FALSE(result);
  EXPECT_EQ(to_string(result.error()), "/ondevice1: the device was lost");
  EXPECT_EQ(images(), 2u);
}

TEST_F(Overlap, a_lost_picture_may_be_skipped) {
  journal().lost = {2};
  options.faults.error = OnFault::skip;
  ASSERT_TRUE(render(top, 6));
  EXPECT_EQ(images(), 5u);
  EXPECT_FALSE(fs::exists(folder / "ondevice1.0.2.bmp"));
}

}  // namespace
}  // namespace cookline
