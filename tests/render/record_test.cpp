// Runs that write real files: takes and how they end, limits, rates, pauses, names that collide, errors and
// back-pressure.
#include "render/record.h"

#include <unistd.h>

#include <algorithm>
#include <cmath>
#include <fstream>

#include "render/sequence.h"
#include "studio.h"

namespace cookline {
namespace {

namespace fs = std::filesystem;

// A movie file out over a constant colour, whose Record is pressed by the run; files go to a folder of their own.
struct Take : testing::Test, Studio {
  fs::path folder = fs::temp_directory_path() / ("cookline_record_" + std::to_string(::getpid()));
  NodeId colour = make("constantTOP", 4, 4, {});
  NodeId sink = make(
      "moviefileoutTOP",
      {{"type", text("imagesequence")}, {"imagefiletype", text("png")}, {"file", text("x")}, {"fps", 60.0}}, {colour});
  RunOptions options;
  std::function<void(std::int64_t)> each_frame;

  Take() {
    fs::remove_all(folder);
    fs::create_directories(folder);
    options.folder.path = folder;
    engine.hooks.evaluate = [this](NodeId owner, const ParInfo*, const std::string& expr, auto) -> Result<Value> {
      if (expr.starts_with("suffix ")) return Value(expr.substr(7) + engine.file_suffix(owner));
      return Value(expr);
    };
    engine.hooks.frame_start = [this](const Frame& frame) -> Status {
      if (each_frame) each_frame(frame.index);
      return {};
    };
  }
  ~Take() override { fs::remove_all(folder); }

  std::string files() const {
    std::vector<std::string> names;
    for (const auto& entry : fs::recursive_directory_iterator(folder))
      if (entry.is_regular_file()) names.push_back(fs::relative(entry.path(), folder).string());
    std::sort(names.begin(), names.end());
    std::string text;
    for (const std::string& name : names) text += (text.empty() ? "" : " ") + name;
    return text;
  }
  std::size_t count() const {
    const std::string text = files();
    return text.empty() ? 0 : std::size_t(std::count(text.begin(), text.end(), ' ')) + 1;
  }
  Result<RunResult> take(RecordOptions record_options = {}) {
    engine.reset_states();
    cookline::Run run(engine, options);
    return record(run, sink, record_options);
  }
  void must_pulse(std::string_view par) { EXPECT_TRUE(engine.pulse(sink, par)); }
  std::string error(const Result<RunResult>& result) { return result ? "no error" : to_string(result.error()); }
};

TEST_F(Take, writes_as_many_images_as_frames_were_asked_for) {
  const auto result = take({.frames = 3});
  ASSERT_TRUE(result) << error(result);
  EXPECT_EQ(files(), "x.0.0.png x.0.1.png x.0.2.png");
  EXPECT_FALSE(result->stopped);
}

TEST_F(Take, of_one_frame_is_one_image) {
  ASSERT_TRUE(take({.frames = 1}));
  EXPECT_EQ(files(), "x.0.0.png");
}

TEST_F(Take, ends_by_its_limit_in_every_unit) {
  const auto images = [&](double length, std::string_view unit, double fps, Rate rate) {
    fs::remove_all(folder);
    engine.options().rate = rate;
    set(sink, "limitlength", true), set(sink, "length", length), set(sink, "lengthunit", text(unit)),
        set(sink, "fps", fps);
    const auto result = take();
    EXPECT_TRUE(result) << error(result);
    return count();
  };
  EXPECT_EQ(images(5, "indices", 60, {60, 1}), 5u);
  EXPECT_EQ(images(5, "frames", 60, {60, 1}), 5u);
  EXPECT_EQ(images(0.1, "seconds", 60, {60, 1}), 6u);
  EXPECT_EQ(images(1, "seconds", 24, {24, 1}), 24u);
  EXPECT_EQ(images(1, "seconds", 12, {24, 1}), 12u);
  EXPECT_EQ(images(10, "frames", 30, {60, 1}), 5u);
  EXPECT_EQ(images(0.5, "seconds", 30000 / 1001.0, {30000, 1001}), 15u);
  EXPECT_EQ(images(0.5, "seconds", 48, {24, 1}), 24u);
  EXPECT_EQ(images(1, "indices", 60, {60, 1}), 1u);
}

TEST_F(Take, a_slower_movie_picks_frames_and_a_faster_one_repeats_them) {
  std::vector<std::int64_t> frames;
  options.on_written = [&](const WrittenImage& image) { frames.push_back(image.frame); };
  set(sink, "fps", 20.0);
  ASSERT_TRUE(take({.frames = 9}));
  std::sort(frames.begin(), frames.end());
  EXPECT_EQ(frames, (std::vector<std::int64_t>{0, 3, 6}));
  frames.clear();
  options.write.overwrite = true;
  set(sink, "fps", 120.0);
  ASSERT_TRUE(take({.frames = 2}));
  std::sort(frames.begin(), frames.end());
  EXPECT_EQ(frames, (std::vector<std::int64_t>{0, 0, 1, 1}));
  frames.clear();
  set(sink, "fps", 24.0);  // image i at i · 2.5 frames, the picture of the frame before
  ASSERT_TRUE(take({.frames = 10}));
  std::sort(frames.begin(), frames.end());
  EXPECT_EQ(frames, (std::vector<std::int64_t>{0, 2, 5, 7}));
}

TEST_F(Take, of_any_length_is_exactly_as_many_images_as_its_seconds_at_the_movies_fps_make) {
  for (const double fps : {7.0, 12.5, 24.0, 25.0, 29.97, 59.94, 60.0, 75.0, 90.0, 144.0})
    for (const std::int64_t frames : {1, 2, 3, 4, 5, 7, 10, 13, 31}) {
      fs::remove_all(folder);
      set(sink, "fps", fps);
      const auto result = take({.frames = frames});
      ASSERT_TRUE(result) << error(result);
      const auto images = std::max(1.0, std::floor(double(frames) / 60 * fps + 0.5));
      EXPECT_EQ(count(), std::size_t(images)) << frames << " frames at " << fps;
      EXPECT_EQ(files().substr(0, 9), "x.0.0.png");
    }
}

TEST_F(Take, pausing_holds_it_and_add_frame_adds_single_images) {
  each_frame = [&](std::int64_t f) {
    if (f == 2) set(sink, "pause", true);
    if (f == 4) must_pulse("addframe");
    if (f == 6) set(sink, "pause", false);
  };
  ASSERT_TRUE(take({.frames = 8}));
  EXPECT_EQ(files(), "x.0.0.png x.0.1.png x.0.2.png x.0.3.png x.0.4.png");
}

TEST_F(Take, a_second_take_under_the_same_number_is_an_error_that_says_what_to_do) {
  const auto result = take({.takes = 2, .frames = 2});
  ASSERT_FALSE(result);
  EXPECT_EQ(result.error().what, "this run has written this file already");
  EXPECT_EQ(files(), "x.0.0.png x.0.1.png");
}

TEST_F(Take, unique_suffix_counts_takes_within_and_across_runs) {
  set(sink, "uniquesuff", true);
  ASSERT_TRUE(network.set_expression(sink, "file", "suffix y."));
  const auto first = take({.takes = 2, .frames = 1});
  ASSERT_TRUE(first) << error(first);
  EXPECT_EQ(files(), "y.0.0.png y.1.0.png");
  ASSERT_TRUE(take({.frames = 1}));
  EXPECT_EQ(files(), "y.0.0.png y.1.0.png y.2.0.png");
}

TEST_F(Take, never_overwrites_unless_it_is_asked_to) {
  ASSERT_TRUE(take({.frames = 1}));
  EXPECT_EQ(take({.frames = 1}).error().what, "this file exists already");
  options.write.overwrite = true;
  EXPECT_TRUE(take({.frames = 1}));
}

TEST_F(Take, makes_folders_that_are_missing) {
  set(sink, "file", text("a/b/c"));
  ASSERT_TRUE(take({.frames = 1}));
  EXPECT_EQ(files(), "a/b/c.0.0.png");
}

TEST_F(Take, a_name_that_leaves_the_folder_is_an_error_that_names_the_parameter) {
  set(sink, "file", text("../x"));
  const auto result = take({.frames = 1});
  ASSERT_FALSE(result);
  EXPECT_TRUE(result.error().where.starts_with("/moviefileout1.file")) << error(result);
}

TEST_F(Take, a_header_dat_that_is_not_there_is_an_error_of_the_project) {
  set(sink, "imagefiletype", text("exr"));
  set(sink, "headerdat", text("notes"));
  const auto result = take({.frames = 1});
  ASSERT_FALSE(result);
  EXPECT_EQ(result.error().where, "/moviefileout1.headerdat");
  EXPECT_EQ(result.error().code, ErrorCode::project);
}

TEST_F(Take, that_no_sink_ever_joins_ends_with_an_error_after_a_minute) {
  const NodeId base = make("baseCOMP");
  ParInfo info{.name = "Record", .label = "Record", .page = "Custom", .group = "Record", .style = Style::Toggle};
  info.default_value = false;
  ASSERT_TRUE(network.add_custom(base, info));
  engine.options().rate = {4, 1};
  cookline::Run run(engine, options);
  const auto result = record(run, base, {});
  ASSERT_FALSE(result);
  EXPECT_EQ(result.error().where, "/base1.Record");
  EXPECT_EQ(files(), "");
}

TEST_F(Take, needs_something_to_press) {
  cookline::Run run(engine, options);
  EXPECT_EQ(
      to_string(record(run, colour, {}).error()),
      "/constant1: this operator has no Record parameter to press; name a component with a custom Toggle 'Record', "
      "or a Movie File Out TOP");
}

TEST_F(Take, a_stop_finishes_the_frame_in_hand_and_says_so) {
  std::atomic<bool> stop = false;
  options.stop = &stop;
  each_frame = [&](std::int64_t f) { stop = f == 3; };
  const auto result = take({.frames = 100});
  ASSERT_TRUE(result) << error(result);
  EXPECT_TRUE(result->stopped);
  EXPECT_EQ(files(), "x.0.0.png x.0.1.png x.0.2.png x.0.3.png");
}

TEST_F(Take, an_operator_that_fails_ends_it_with_the_images_before_on_disk) {
  each_frame = [&](std::int64_t f) {
    if (f == 2 && !network.disconnect(sink, 0)) ADD_FAILURE();
  };
  const auto result = take({.frames = 5});
  ASSERT_FALSE(result);
  EXPECT_EQ(result.error().where, "/moviefileout1");
  EXPECT_EQ(files(), "x.0.0.png x.0.1.png");
}

TEST_F(Take, no_picture_is_lost_when_the_queue_is_full) {
  options.queue_bytes = 1;
  std::vector<std::int64_t> written;
  options.on_written = [&](const WrittenImage& image) { written.push_back(image.index); };
  ASSERT_TRUE(take({.frames = 60}));
  EXPECT_EQ(count(), 60u);
  std::sort(written.begin(), written.end());
  for (std::size_t i = 0; i < 60; ++i) EXPECT_EQ(written.at(i), std::int64_t(i));
}

TEST_F(Take, the_first_error_of_the_writer_is_told_and_ends_the_run) {
  set(sink, "file", text("blocked/x"));
  std::ofstream(folder / "blocked") << "a file where a folder is needed";
  const auto result = take({.frames = 50});
  ASSERT_FALSE(result);
  EXPECT_NE(error(result).find("blocked"), std::string::npos) << error(result);
  EXPECT_EQ(files(), "blocked");
}

TEST_F(Take, a_sequence_has_the_listed_frames_and_feedback_sees_all_of_them) {
  const NodeId feedback = make("feedbackTOP", {{"top", text("level1")}}, {colour});
  const NodeId level = make("levelTOP", {{"brightness1", 0.5}, {"format", text("rgba32float")}}, {feedback});
  cookline::Run run(engine, options);
  SequenceOptions sequence{.frames = {5, 2, 2}, .file = "s"};
  const auto result = render_sequence(run, level, sequence);
  ASSERT_TRUE(result) << error(result);
  EXPECT_EQ(result->frames, 6);
  EXPECT_EQ(files(), "s.0.2.png s.0.5.png");
  EXPECT_FALSE(render_sequence(run, level, {.frames = {-1}}));
}

TEST_F(Take, the_time_left_is_that_of_the_images_that_are_still_to_be_made) {
  std::vector<Progress> told;
  options.on_frame = [&](const Progress& now) { told.push_back(now); };
  for (int i = 0; i < 6; ++i) options.done[(folder / ("0." + std::to_string(i) + ".png")).string()] = "";
  cookline::Run run(engine, options);
  const auto result = render_sequence(run, colour, {.frames = {0, 1, 2, 3, 4, 5, 6, 7, 8, 9}});
  ASSERT_TRUE(result) << error(result);
  EXPECT_EQ(result->kept, 6);
  EXPECT_EQ(files(), "0.6.png 0.7.png 0.8.png 0.9.png");
  ASSERT_EQ(told.size(), 10u);
  for (std::size_t i = 0; i < 6; ++i) EXPECT_LT(told[i].left_s, 0) << "no image has been timed yet";
  for (std::size_t i = 6; i < 9; ++i) EXPECT_GT(told[i].left_s, 0);
  EXPECT_EQ(told[9].left_s, 0);
  EXPECT_EQ(told[9].done, 1);
}

TEST_F(Take, writers_take_pictures_from_a_loop_without_growing) {
  std::atomic<int> written = 0;
  Writer writer({}, 1 << 16,
                {.provenance = {}, .on_written = [&](const WrittenImage&) { return ++written, Status(); }});
  for (int i = 0; i < 200; ++i) {
    auto image = std::make_shared<Image>(32, 32, PixelFormat::rgba8fixed);
    std::fill_n(image->row(0), image->bytes(), std::byte(i));
    ASSERT_TRUE(writer.submit({image, {folder / (std::to_string(i) + ".png")}, ImageFileType::png, {}}));
  }
  ASSERT_TRUE(writer.finish());
  EXPECT_EQ(written, 200);
  EXPECT_EQ(count(), 200u);
}

}  // namespace
}  // namespace cookline
