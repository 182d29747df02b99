// Movie File Out TOP: a sink. Decides, from Record, Pause, Add Frame and the limits, which images to write in a frame;
// the engine plans their pictures, the render layer encodes and writes them. Its own picture is its input.
#include <fmt/format.h>

#include <cmath>

#include "ops/top/pass.h"

namespace cookline::moviefileout {
namespace {

enum class Type { movie, image, imagesequence, stopframemovie };
constexpr MenuItem types[] = {{"movie", "Movie"},
                              {"image", "Image"},
                              {"imagesequence", "Image Sequence"},
                              {"stopframemovie", "Stop-Frame Movie"}};
enum class FileType { tiff, jpeg, bmp, exr, png, dds };
constexpr MenuItem file_types[] = {{"tiff", "TIFF"},   {"jpeg", "JPEG"}, {"bmp", "BMP"},
                                   {"exr", "OpenEXR"}, {"png", "PNG"},   {"dds", "DDS"}};
constexpr std::string_view extensions[] = {"tif", "jpg", "bmp", "exr", "png", "dds"};
enum class LengthUnit { indices, frames, seconds };
constexpr MenuItem length_units[] = {{"indices", "I"}, {"frames", "F"}, {"seconds", "S"}};
constexpr MenuItem videocodec_items[] = {{"rle", "Animation"},
                                         {"mjpa", "Photo/Motion JPEG"},
                                         {"mpeg4", "MPEG 4 (Part 2)"},
                                         {"h264nvgpu", "H.264 (NVIDIA GPU)"},
                                         {"cineform", "GoPro-Cineform"},
                                         {"hap", "Hap"},
                                         {"h265nvgpu", "H.265/HEVC (NVIDIA GPU)"},
                                         {"gif", "GIF"},
                                         {"notchlc", "NotchLC"},
                                         {"vp8", "VP8"},
                                         {"vp9", "VP9"},
                                         {"prores", "Apple ProRes"},
                                         {"vvc", "VVC/H.266 (Slow)"},
                                         {"av1", "AV1 (NVIDIA GPU)"}};
constexpr MenuItem moviepixelformat_items[] = {{"yuv420", "YUV 4:2:0 (8-Bit)"},
                                               {"yuv420p10bit", "YUV 4:2:0 (10-Bit)"},
                                               {"yuv422", "YUV 4:2:2"},
                                               {"yuv444", "YUV 4:4:4 (8-Bit)"},
                                               {"yuv444p10bit", "YUV 4:4:4 (10-Bit)"},
                                               {"rgb", "RGB"},
                                               {"rgba", "RGBA"},
                                               {"3", "RGB Palette"}};
constexpr MenuItem moviecontainer_items[] = {
    {"automatic", "Automatic"}, {"mov", "mov"}, {"mp4", "mp4"}, {"mkv", "mkv"}, {"webm", "webm"}};
constexpr MenuItem videopixelformat_items[] = {{"yuv420", "YUV 4:2:0"}, {"yuv422", "YUV 4:2:2"}};
constexpr MenuItem outputcolorspace_items[] = {{"srgb", "sRGB"},
                                               {"srgblinear", "sRGB - Linear"},
                                               {"rec601ntsc", "Rec.601 (NTSC)"},
                                               {"rec709", "Rec.709"},
                                               {"rec2020", "Rec.2020"},
                                               {"rec2020st2084pq", "Rec.2020 ST2084PQ"},
                                               {"rec2020hlg", "Rec.2020 HLG"},
                                               {"dcip3", "DCI-P3"},
                                               {"dcip3d60", "DCI-P3 (D60)"},
                                               {"displayp3d65", "Display-P3 (D65)"},
                                               {"displayp3d65linear", "Display-P3 (D65) - Linear"},
                                               {"aces2065-1", "ACES2065-1"},
                                               {"acescg", "ACEScg"},
                                               {"acesproxy", "ACESproxy"},
                                               {"passthrough", "Passthrough"}};
constexpr MenuItem outputreferencewhite_items[] = {
    {"default", "Default For Color Space"}, {"sdr", "Standard (SDR)"}, {"hdr", "High (HDR)"}};
constexpr MenuItem audiobitrate_items[] = {{"alac", "ALAC (Apple Lossless)"},
                                           {"mp3", "MP3"},
                                           {"aac", "AAC"},
                                           {"vorbis", "Vorbis"},
                                           {"opus", "Opus"},
                                           {"pcm16", "Uncompressed 16-bit (PCM)"},
                                           {"pcm24", "Uncompressed 24-bit (PCM)"},
                                           {"pcm32", "Uncompressed 32-bit (PCM)"},
                                           {"b128", "128 kb/s"},
                                           {"b192", "192 kb/s"},
                                           {"b256", "256 kb/s"},
                                           {"b320", "320 kb/s"}};
constexpr MenuItem profile_items[] = {
    {"autoselect", "Auto-Select"}, {"baseline", "Baseline"}, {"main", "Main"}, {"high", "High"}};
constexpr MenuItem preset_items[] = {{"none", "None"}, {"lossless", "Lossless"}};
constexpr MenuItem bitratemode_items[] = {{"constant", "Constant (CBR)"},
                                          {"variable", "Variable (VBR)"},
                                          {"constanthq", "Constant HQ (CBR)"},
                                          {"variablehq", "Variable HQ (VBR)"}};
constexpr MenuItem motionpredict_items[] = {
    {"default", "Default"}, {"quarter", "Quarter"}, {"half", "Half"}, {"full", "Full"}};
constexpr MenuItem entropymode_items[] = {{"autoselect", "Auto-Select"}, {"cabac", "CABAC"}, {"cavlc", "CAVLC"}};
constexpr MenuItem stereomode_items[] = {{"off", "Off"}, {"leftright", "Left-Right"}, {"topbottom", "Top-Bottom"}};
constexpr MenuItem sphericalmode_items[] = {{"off", "Off"}, {"equirectangular", "Equirectangular"}};
constexpr MenuItem videocodectype_items[] = {{"none", "Default"}};

struct ExrInput {
  std::string r = "R", g = "G", b = "B", a = "A";
  OpRef<void> top;
};
constexpr Par exr_rows[] = {
    par<&ExrInput::top>("top", "TOP")
        .as(Style::TOP)
        .help("For OpenEXR: the TOP; it is not written, and recording with one is an error."),
    par<&ExrInput::r>("r", "Red").help("For OpenEXR: channel name of its red."),
    par<&ExrInput::g>("g", "Green").help("For OpenEXR: channel name of its green."),
    par<&ExrInput::b>("b", "Blue").help("For OpenEXR: channel name of its blue."),
    par<&ExrInput::a>("a", "Alpha").help("For OpenEXR: channel name of its alpha."),
};

struct Pars {
  Type type = Type::movie;
  FileType imagefiletype = FileType::tiff;
  LengthUnit lengthunit = LengthUnit::seconds;
  std::vector<ExrInput> input;
  int videocodec = 1;
  int videocodectype = 0;
  bool uniquesuff = false;
  int n = 0;
  int leadingzerosdigits = 0;
  std::string file;
  int moviepixelformat = 0;
  int moviecontainer = 0;
  int videopixelformat = 0;
  int outputcolorspace = 0;
  int outputreferencewhite = 0;
  OpRef<void> audiochop;
  int audiobitrate = 0;
  double quality = 0.9;
  double fps = 60;
  bool limitlength = false;
  double length = 1;
  bool record = false;
  bool pause = false;
  Pulse addframe;
  int maxthread = 0;
  OpRef<void> headerdat;
  bool pointcloud = false;
  bool stallforopen = true;
  OpRef<void> starttimecode;
  int profile = 0;
  int preset = 0;
  int bitratemode = 0;
  double avgbitrate = 12000;
  double peakbitrate = 16000;
  int keyframeinterval = 1;
  int maxbframes = 0;
  int motionpredict = 0;
  bool frameslicing = false;
  int numslices = 4;
  int entropymode = 0;
  int stereomode = 0;
  int sphericalmode = 0;
  bool secondarycompression = true;
  bool encodetestmode = false;
  bool mipmaps = false;
};
constexpr Par table[] = {
    par<&Pars::type>("type", "Type")
        .on("Movie Out")
        .items(types)
        .help("What is written: single images, image sequences named N.index.ext, or movies."),
    par<&Pars::videocodec>("videocodec", "Video Codec")
        .on("Movie Out")
        .as(Style::Menu)
        .items(videocodec_items)
        .help("For movies: how pictures are compressed."),
    par<&Pars::videocodectype>("videocodectype", "Video Codec Type")
        .on("Movie Out")
        .as(Style::Menu)
        .items(videocodectype_items)
        .help("For movies: the kind of the codec, where it has several."),
    par<&Pars::imagefiletype>("imagefiletype", "Image File Type")
        .on("Movie Out")
        .items(file_types)
        .help("The format of images."),
    par<&Pars::uniquesuff>("uniquesuff", "Unique Suffix")
        .on("Movie Out")
        .help("Raises N until no file of that number exists, so that nothing is overwritten across runs."),
    par<&Pars::n>("n", "N").on("Movie Out").at_least(0).help("The take number in the file suffix."),
    par<&Pars::leadingzerosdigits>("leadingzerosdigits", "Leading Zeros Digits")
        .on("Movie Out")
        .at_least(0)
        .help("Pads the image index in the file suffix to this many digits."),
    par<&Pars::file>("file", "File")
        .on("Movie Out")
        .as(Style::FileSave)
        .expression("'TDMovieOut.' + me.fileSuffix")
        .help("The file written. me.fileSuffix gives N.ext or N.index.ext; a name without it, or without an extension, "
              "gets it."),
    par<&Pars::moviepixelformat>("moviepixelformat", "Movie Pixel Format")
        .on("Movie Out")
        .as(Style::Menu)
        .items(moviepixelformat_items)
        .help("For movies: how pixels are stored."),
    par<&Pars::moviecontainer>("moviecontainer", "Movie Container")
        .on("Movie Out")
        .as(Style::Menu)
        .items(moviecontainer_items)
        .help("For movies: the kind of file."),
    par<&Pars::videopixelformat>("videopixelformat", "Video Pixel Format")
        .on("Movie Out")
        .as(Style::Menu)
        .items(videopixelformat_items)
        .help("For movies: chroma resolution (older files)."),
    par<&Pars::outputcolorspace>("outputcolorspace", "Output Color Space")
        .on("Movie Out")
        .as(Style::Menu)
        .items(outputcolorspace_items)
        .help("For movies: the colour space they are written in; images are written as they are."),
    par<&Pars::outputreferencewhite>("outputreferencewhite", "Output Reference White")
        .on("Movie Out")
        .as(Style::Menu)
        .items(outputreferencewhite_items)
        .help("For movies: the white they refer to."),
    par<&Pars::audiochop>("audiochop", "Audio CHOP")
        .on("Movie Out")
        .as(Style::CHOP)
        .help("For movies: the CHOP whose channels become the sound."),
    par<&Pars::audiobitrate>("audiobitrate", "Audio Bit Rate")
        .on("Movie Out")
        .as(Style::Menu)
        .items(audiobitrate_items)
        .help("For movies: how sound is compressed."),
    par<&Pars::quality>("quality", "Quality")
        .on("Movie Out")
        .range(0, 1)
        .help("Compression quality of JPEG and movies, 0 to 1."),
    par<&Pars::fps>("fps", "Movie FPS")
        .on("Movie Out")
        .expression("me.time.rate")
        .at_least(0.001)
        .slider(1, 120)
        .in("images/s")
        .help("Images per second. Other than the project's rate, images are picked from (or repeated at) the nearest "
              "earlier frame."),
    par<&Pars::limitlength>("limitlength", "Limit Length").on("Movie Out").help("Ends the take after Length."),
    par<&Pars::length>("length", "Length").on("Movie Out").at_least(0).help("How long a take is when limited."),
    par<&Pars::lengthunit>("lengthunit", "Length Unit")
        .on("Movie Out")
        .items(length_units)
        .help("Unit of Length: images, frames or seconds."),
    par<&Pars::record>("record", "Record")
        .on("Movie Out")
        .help("Going on starts a take with this very frame; going off ends it."),
    par<&Pars::pause>("pause", "Pause").on("Movie Out").help("Holds a take; Add Frame then adds single images."),
    par<&Pars::addframe>("addframe", "Add Frame")
        .on("Movie Out")
        .help("Writes one image now, as the network stands, while Record and Pause are on."),
    par<&Pars::maxthread>("maxthread", "Max Threads")
        .on("Movie Out")
        .at_least(0)
        .help("Kept for TouchDesigner: the option --threads limits all work at once."),
    par<&Pars::headerdat>("headerdat", "Header Source DAT")
        .on("Movie Out")
        .as(Style::DAT)
        .help("For OpenEXR: a table of header entries; they are not written, and recording with one is an error."),
    par<&Pars::pointcloud>("pointcloud", "Save as Point Cloud")
        .on("EXR")
        .help("For OpenEXR: stored as a point cloud; recording with it on is an error."),
    sequence<&Pars::input>("input", "Additional Input TOP", exr_rows)
        .on("EXR")
        .help("For OpenEXR: further TOPs written as channels of the same file; an error when recording."),
    par<&Pars::stallforopen>("stallforopen", "Stall for File Open")
        .on("Settings")
        .help("TouchDesigner waits for the file to open; here nothing is ever dropped."),
    par<&Pars::starttimecode>("starttimecode", "Start Timecode")
        .on("Settings")
        .as(Style::CHOP)
        .help("For movies: timecode of the first frame."),
    par<&Pars::profile>("profile", "Profile")
        .on("Settings")
        .as(Style::Menu)
        .items(profile_items)
        .help("For H.264: profile."),
    par<&Pars::preset>("preset", "Preset")
        .on("Settings")
        .as(Style::Menu)
        .items(preset_items)
        .help("For H.264: preset."),
    par<&Pars::bitratemode>("bitratemode", "Bit Rate Mode")
        .on("Settings")
        .as(Style::Menu)
        .items(bitratemode_items)
        .help("For movies: constant or variable bit rate."),
    par<&Pars::avgbitrate>("avgbitrate", "Average Bitrate (Kb/s)").on("Settings").help("For movies: average bit rate."),
    par<&Pars::peakbitrate>("peakbitrate", "Peak Bitrate (Kb/s)").on("Settings").help("For movies: peak bit rate."),
    par<&Pars::keyframeinterval>("keyframeinterval", "Keyframe Interval")
        .on("Settings")
        .at_least(0)
        .help("For movies: frames between key frames."),
    par<&Pars::maxbframes>("maxbframes", "Max B-Frames")
        .on("Settings")
        .at_least(0)
        .help("For movies: most B-frames in a row."),
    par<&Pars::motionpredict>("motionpredict", "Motion Prediction")
        .on("Settings")
        .as(Style::Menu)
        .items(motionpredict_items)
        .help("For movies: precision of motion vectors."),
    par<&Pars::frameslicing>("frameslicing", "Frame Slicing")
        .on("Settings")
        .help("For movies: frames are cut into slices."),
    par<&Pars::numslices>("numslices", "Num Slices").on("Settings").at_least(0).help("For movies: slices of a frame."),
    par<&Pars::entropymode>("entropymode", "Entropy Mode")
        .on("Settings")
        .as(Style::Menu)
        .items(entropymode_items)
        .help("For H.264: entropy coder."),
    par<&Pars::stereomode>("stereomode", "Stereo Mode")
        .on("Settings")
        .as(Style::Menu)
        .items(stereomode_items)
        .help("For movies: how two eyes are packed."),
    par<&Pars::sphericalmode>("sphericalmode", "Spherical Mode")
        .on("Settings")
        .as(Style::Menu)
        .items(sphericalmode_items)
        .help("For movies: marks the picture as spherical."),
    par<&Pars::secondarycompression>("secondarycompression", "Secondary Compression")
        .on("Settings")
        .help("For Hap: a second, lossless compression."),
    par<&Pars::encodetestmode>("encodetestmode", "Encode Test Mode")
        .on("Settings")
        .help("For movies: encodes without writing."),
    par<&Pars::mipmaps>("mipmaps", "Include Mip Maps").on("Settings").help("For DDS: writes all mip levels."),
};

struct State {
  bool was_on = false;      // Record, at the end of the frame before
  bool running = false;     // a take is being written
  std::int64_t take = 0;    // its number N
  std::int64_t index = 0;   // of its next image
  bool holds = false;       // that image is cooked, but not yet sure to be wanted
  std::int64_t frames = 0;  // it has lasted, without pauses
  std::int64_t added = 0;   // images of it by Add Frame
  std::int64_t total = 0;   // images of all takes
};

std::string suffix(const Pars& p, const State& s) {
  const std::string_view ext = extensions[std::size_t(p.imagefiletype)];
  if (p.type == Type::image) return fmt::format("{}.{}", s.take, ext);
  return fmt::format("{}.{:0{}}.{}", s.take, s.index, p.leadingzerosdigits, ext);
}

// A take of F frames spans F·fps/rate image times. Image i, of time i / fps, shows the last frame not behind that time,
// so ceil(F·fps/rate) images have begun; the take as it stands has round(F·fps/rate) of them, at least its first.
struct Due {
  std::int64_t begun = 0, sure = 0;
  Due(std::int64_t frames, double fps, const Rate& rate) {
    const double times = std::abs(fps - rate.hz()) < 1e-9 * fps ? double(frames) : double(frames) * fps / rate.hz();
    begun = std::int64_t(std::ceil(times - 1e-9));
    sure = std::max<std::int64_t>(frames > 0, std::int64_t(std::floor(times + 0.5 + 1e-9)));
  }
};

// Most images of a take: round(L·R) for a length of L seconds at R images a second.
std::int64_t most_images(const Pars& p, const Rate& rate) {
  if (p.type == Type::image) return 1;
  if (!p.limitlength) return std::numeric_limits<std::int64_t>::max();
  switch (p.lengthunit) {
    case LengthUnit::indices:
      return std::llround(p.length);
    case LengthUnit::frames:
      return Due(std::llround(p.length), p.fps, rate).sure;
    case LengthUnit::seconds:
      break;
  }
  return std::llround(p.length * p.fps);
}

using When = ImageRequest::When;

// The next image, if its picture is not held already; sure or only begun.
void add_image(const Pars& p, State& s, bool sure, std::vector<ImageRequest>& images) {
  const When when = s.holds ? When::release : sure ? When::now : When::later;
  s.holds = !sure;
  images.push_back({s.take, s.index, suffix(p, s), std::string(extensions[std::size_t(p.imagefiletype)]), when});
  s.index += sure;
  s.total += sure;
}

// What one more frame of a take adds to it.
void add_frame(const Pars& p, const Rate& rate, std::int64_t most, State& s, std::vector<ImageRequest>& images) {
  const Due due(++s.frames, p.fps, rate);
  while (s.index < std::min(most, due.sure + s.added)) add_image(p, s, true, images);
  if (!s.holds && s.index < std::min(most, due.begun + s.added)) add_image(p, s, false, images);
}

Result<std::vector<ImageRequest>> record(Cook& cook, const Pars& p, const Frame& frame, State& s) {
  std::vector<ImageRequest> images;
  if (p.record && !s.was_on) {
    if (p.type == Type::movie)
      return cook.error("type", "movies cannot be written yet",
                        "set Type to Image Sequence (imagesequence), Image (image) or Stop-Frame (stopframemovie)");
    s.running = true;
    s.take = p.n;
    s.index = s.frames = s.added = 0, s.holds = false;
    if (p.uniquesuff && cook.take_number) s.take = cook.take_number(p.n, suffix(p, s));
    if (p.fps > frame.rate.hz() * (1 + 1e-9))
      cook.warn(fmt::format("Movie FPS {} is above the project's rate {}: pictures repeat; set the rate with --rate",
                            p.fps, frame.rate.hz()));
  }
  s.was_on = p.record;
  if (!p.record) s.running = false;
  const std::int64_t most = most_images(p, frame.rate);
  if (s.index >= most) s.running = false;
  if (p.addframe.pressed) {
    if (s.running && p.pause) {
      if (s.holds) add_image(p, s, true, images);
      add_image(p, s, true, images), ++s.added;
    } else {
      cook.warn("Add Frame does nothing unless Record and Pause are on");
    }
  }
  // A pulse within a frame comes here at once; the frame's own image is taken when its script phase is quiet.
  if (s.running && !p.pause && !frame.again && p.type != Type::stopframemovie)
    add_frame(p, frame.rate, most, s, images);
  if (s.index >= most) s.running = false;
  return images;
}

std::vector<std::pair<std::string, double>> numbers(const Pars&, const State& s) {
  return {{"recording", s.running},
          {"write_count", double(s.total)},
          {"cur_seq_index", double(s.index)},
          {"take", double(s.take)}};
}

}  // namespace
}  // namespace cookline::moviefileout

namespace cookline {

const OpDef& moviefileout_top() {
  using namespace moviefileout;
  static const OpDef op =
      Define<Pars, table>(Family::TOP, "moviefileoutTOP", "Movie File Out", "Writes its input as images, take by take.")
          .inputs(1, 1)
          .shade<&pass::copy_first<Pars>>()
          .use<&pass::first<Pars>>()
          .record<&record>()
          .info<&numbers>();
  return op;
}

}  // namespace cookline
