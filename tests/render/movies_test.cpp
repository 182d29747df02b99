// Movies as a run makes them: what each parameter of the Movie File Out changes, and the sound of a frame.
#include <unistd.h>

#include <filesystem>

#include "io/file_bytes.h"
#include "render/movie_settings.h"
#include "render/record.h"
#include "studio.h"

namespace cookline {
namespace {

namespace fs = std::filesystem;
using Values = std::vector<std::pair<std::string, Value>>;

struct Movie : testing::Test, Studio {
  fs::path folder = fs::temp_directory_path() / ("cookline_movies_" + std::to_string(::getpid()));
  NodeId picture = make("noiseTOP", 64, 32, {{"mono", false}});
  NodeId sound = make("constantCHOP", {{"const0name", text("chan1")}, {"const0value", 0.25}, {"rate", 48000.0}});
  NodeId clock = make("constantCHOP", {});
  NodeId input = picture, flat = make("constantTOP", 64, 32, {});
  RunOptions options;

  Movie() {
    fs::create_directories(folder);
    options.folder.path = folder;
    options.write.overwrite = true;
  }
  ~Movie() override { fs::remove_all(folder); }

  // The bytes of a movie of four frames, or the error's text.
  std::string movie(const Values& parameters) {
    const NodeId sink = make("moviefileoutTOP", {{"type", text("movie")}, {"file", text("a")}, {"fps", 60.0}}, {input});
    for (const auto& [name, value] : parameters) EXPECT_TRUE(network.set_value(sink, name, value)) << name;
    fs::remove_all(folder);
    fs::create_directories(folder);
    engine.reset_states();
    {
      cookline::Run run(engine, options);
      const auto result = record(run, sink, {.frames = 4});
      EXPECT_TRUE(network.destroy(sink));
      if (!result) return to_string(result.error());
    }
    std::string all;
    for (const auto& entry : fs::directory_iterator(folder)) {
      const auto bytes = read_file_bytes(entry.path(), 1u << 30);
      all += entry.path().extension().string();
      all.append(reinterpret_cast<const char*>(bytes->data()), bytes->size());
    }
    return all;
  }
};

TEST_F(Movie, every_parameter_of_the_movie_changes_its_file) {
  struct Case {
    Values base;
    std::string name;
    Value other;
  };
  const Values h264 = {{"videocodec", text("h264nvgpu")}};
  const Values x264 = {{"videocodec", text("h264nvgpu")}, {"keyframeinterval", 10}};
  const Values heard = {{"audiochop", text("constant1")}, {"audiocodec", text("mp3")}};
  const std::vector<Case> cases = {
      {{}, "videocodec", text("prores")},
      {{{"videocodec", text("prores")}}, "videocodectype", text("hq")},
      {{{"videocodec", text("rle")}}, "moviepixelformat", text("rgba")},
      {h264, "moviecontainer", text("mkv")},
      {{}, "outputcolorspace", text("rec2020")},
      {{}, "audiochop", text("constant1")},
      {heard, "audiocodec", text("aac")},
      {heard, "audiobitrate", text("b320")},
      {{}, "quality", 0.2},
      {{}, "fps", 30.0},
      {h264, "profile", text("baseline")},
      {h264, "preset", text("lossless")},
      {h264, "bitratemode", text("constanthq")},
      {h264, "avgbitrate", 100.0},
      {{{"videocodec", text("h264nvgpu")}, {"bitratemode", text("variable")}}, "peakbitrate", 90000.0},
      {h264, "keyframeinterval", 3},
      {x264, "maxbframes", 2},
      {x264, "motionpredict", text("full")},
      {h264, "frameslicing", true},
      {{{"videocodec", text("h264nvgpu")}, {"frameslicing", true}}, "numslices", 1},
      {h264, "entropymode", text("cavlc")},
      {h264, "stereomode", text("leftright")},
      {h264, "sphericalmode", text("equirectangular")},
      {{{"videocodec", text("hap")}}, "secondarycompression", false},
      {{}, "encodetestmode", true},
  };
  for (const Case& c : cases) {
    SCOPED_TRACE(c.name);
    Values other = c.base;
    other.emplace_back(c.name, c.other);
    input = c.name == "secondarycompression" ? flat : picture;  // noise cannot be compressed further
    const std::string before = movie(c.base), after = movie(other);
    EXPECT_EQ(before[0], '.') << before.substr(0, 200);
    EXPECT_NE(before, after);
    if (c.name == "encodetestmode")
      EXPECT_EQ(after, "");
    else
      EXPECT_EQ(after[0], '.') << after.substr(0, 200);
  }
}

TEST_F(Movie, starts_at_the_timecode_of_a_chop) {
  const NodeId chop = make("constantCHOP", {{"const0name", text("hour")}, {"const0value", 10.0}});
  const std::string told = movie({{"starttimecode", text(network.path(chop))}});
  EXPECT_NE(told.find("has no channel 'minute'; a timecode has hour, minute, second and frame"), std::string::npos)
      << told;
  const auto add = [&](int i, std::string_view name, double value) {
    ASSERT_TRUE(network.set_blocks(chop, "const", i + 1));
    ASSERT_TRUE(network.set_value(chop, "const" + std::to_string(i) + "name", text(name)));
    ASSERT_TRUE(network.set_value(chop, "const" + std::to_string(i) + "value", Value(value)));
  };
  add(1, "minute", 20), add(2, "second", 30), add(3, "frame", 4);
  EXPECT_NE(movie({{"starttimecode", text(network.path(chop))}}), movie({}));
}

TEST_F(Movie, settings_take_rates_of_film_and_video_as_exact_fractions) {
  const NodeId sink = make("moviefileoutTOP", {{"type", text("movie")}}, {picture});
  const std::vector<std::tuple<double, int, int>> rates = {
      {60, 60, 1}, {29.97, 30000, 1001}, {23.976, 24000, 1001}, {59.94, 60000, 1001}, {12.5, 25, 2}, {25, 25, 1}};
  for (const auto& [fps, num, den] : rates) {
    ASSERT_TRUE(network.set_value(sink, "fps", Value(fps)));
    const Result<MovieSettings> settings = movie_settings(engine, sink, nullptr);
    ASSERT_TRUE(settings);
    EXPECT_EQ(settings->rate.num, num) << fps;
    EXPECT_EQ(settings->rate.den, den) << fps;
  }
}

TEST(sound_of_frame, joins_to_the_channel_itself) {
  Channels whole{.channels = {{"chan1", {}}}, .rate_hz = 48000};
  for (int i = 0; i < 48000; ++i) whole.channels[0].samples.push_back(i);
  std::vector<double> joined;
  for (std::int64_t i = 0; i < 30; ++i) {
    const Channels part = sound_of_frame(whole, {i, {30000, 1001}});
    EXPECT_NEAR(double(part.length()), 1601.6, 1);
    joined.insert(joined.end(), part.channels[0].samples.begin(), part.channels[0].samples.end());
  }
  EXPECT_EQ(joined.size(), 48048u);
  for (std::size_t i = 0; i < 48000; ++i) ASSERT_EQ(joined[i], double(i));
  EXPECT_EQ(joined.back(), 47999) << "the channel holds its last value";
}

TEST(sound_of_frame, is_a_time_slice_as_it_comes) {
  const Channels slice{.channels = {{"chan1", {1, 2, 3}}}, .rate_hz = 44100, .start = 500, .time_slice = true};
  EXPECT_EQ(sound_of_frame(slice, {3, {60, 1}}), slice);
}

}  // namespace
}  // namespace cookline
