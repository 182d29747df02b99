// Movie File Out TOP: its parameters.
#pragma once
#include <span>
#include <string>
#include <vector>

#include "op/par.h"
#include "ops/support/file_colours.h"

namespace cookline::moviefileout {

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
constexpr MenuItem audiocodec_items[] = {{"alac", "ALAC (Apple Lossless)"},
                                         {"mp3", "MP3"},
                                         {"aac", "AAC"},
                                         {"vorbis", "Vorbis"},
                                         {"opus", "Opus"},
                                         {"pcm16", "Uncompressed 16-bit (PCM)"},
                                         {"pcm24", "Uncompressed 24-bit (PCM)"},
                                         {"pcm32", "Uncompressed 32-bit (PCM)"}};
constexpr MenuItem audiobitrate_items[] = {
    {"b128", "128 kb/s"}, {"b192", "192 kb/s"}, {"b256", "256 kb/s"}, {"b320", "320 kb/s"}};
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
constexpr MenuItem videocodectype_items[] = {
    {"none", "Default"},           {"hap", "Hap"},          {"hapq", "Hap Q"},
    {"proxy", "ProRes 422 Proxy"}, {"lt", "ProRes 422 LT"}, {"standard", "ProRes 422"},
    {"hq", "ProRes 422 HQ"},       {"4444", "ProRes 4444"}, {"4444xq", "ProRes 4444 XQ"}};

struct ExrInput {
  std::string r = "R", g = "G", b = "B", a = "A";
  OpRef<void> top;
};
constexpr Par exr_rows[] = {
    par<&ExrInput::top>("top", "TOP")
        .as(Style::TOP)
        .help("For OpenEXR: a TOP whose channels the file holds too. Of the first block it stays empty: that one names "
              "the channels "
              "of the input."),
    par<&ExrInput::r>("r", "Red")
        .help("For OpenEXR: name of its red channel, or of its only one: R, or diffuse.R for a layer. "
              "Empty: the channel is not written."),
    par<&ExrInput::g>("g", "Green").help("For OpenEXR: name of its green channel."),
    par<&ExrInput::b>("b", "Blue").help("For OpenEXR: name of its blue channel."),
    par<&ExrInput::a>("a", "Alpha").help("For OpenEXR: name of its alpha channel."),
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
  int audiocodec = 0;
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
        .help("What is written: single images, image sequences named N.index.ext, movies, or movies of the pictures "
              "that Add Frame takes."),
    par<&Pars::videocodec>("videocodec", "Video Codec")
        .on("Movie Out")
        .as(Style::Menu)
        .items(videocodec_items)
        .help("For movies: how pictures are compressed. H.264, H.265 and AV1 are encoded on the CPU; NotchLC and VVC "
              "cannot be written."),
    par<&Pars::videocodectype>("videocodectype", "Video Codec Type")
        .on("Movie Out")
        .as(Style::Menu)
        .items(videocodectype_items)
        .help("For movies: the kind of ProRes (standard by default) or Hap."),
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
        .help("For movies: how pixels are stored; what a codec can store is in docs/movies.md. YUV 4:2:0 stands for "
              "the first that it can."),
    par<&Pars::moviecontainer>("moviecontainer", "Movie Container")
        .on("Movie Out")
        .as(Style::Menu)
        .items(moviecontainer_items)
        .help("For movies: the kind of file; automatic takes the usual one of the codec."),
    par<&Pars::videopixelformat>("videopixelformat", "Video Pixel Format")
        .on("Movie Out")
        .as(Style::Menu)
        .items(videopixelformat_items)
        .help("For movies: kept for older projects; Movie Pixel Format decides."),
    par<&Pars::outputcolorspace>("outputcolorspace", "Output Color Space")
        .on("Movie Out")
        .as(Style::Menu)
        .items(std::span(file_colour_spaces).subspan(1))
        .help("The colour space that files are written in, from sRGB; what they say of it is in docs/formats.md. "
              "Passthrough leaves pixels as they are and says nothing."),
    par<&Pars::outputreferencewhite>("outputreferencewhite", "Output Reference White")
        .on("Movie Out")
        .as(Style::Menu)
        .items(file_reference_whites)
        .help("For PQ and HLG: how bright 1 is, 100 (SDR) or 203 cd/m2 (HDR, their default)."),
    par<&Pars::audiochop>("audiochop", "Audio CHOP")
        .on("Movie Out")
        .as(Style::CHOP)
        .help("For movies: the CHOP whose channels become the sound, at its own sample rate; time slices as they come, "
              "others from their time on the timeline."),
    par<&Pars::audiocodec>("audiocodec", "Audio Codec")
        .on("Movie Out")
        .as(Style::Menu)
        .items(audiocodec_items)
        .help("For movies: how sound is compressed."),
    par<&Pars::audiobitrate>("audiobitrate", "Audio Bit Rate")
        .on("Movie Out")
        .as(Style::Menu)
        .items(audiobitrate_items)
        .help("For movies: bit rate of MP3, AAC, Vorbis and Opus."),
    par<&Pars::quality>("quality", "Quality")
        .on("Movie Out")
        .range(0, 1)
        .help("Compression quality of JPEG and of movies whose codec knows one, 0 to 1."),
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
        .help(
            "For OpenEXR: a table of further attributes of the file's header, a row each: name, value and, where it is "
            "not to be text, type."),
    par<&Pars::pointcloud>("pointcloud", "Save as Point Cloud")
        .on("EXR")
        .help("For OpenEXR: the header says that channels are coordinates and attributes of points; colours are not "
              "converted."),
    sequence<&Pars::input>("input", "Additional Input TOP", exr_rows)
        .on("EXR")
        .help("For OpenEXR: the names of the input's channels, and further TOPs whose channels the same file holds."),
    par<&Pars::stallforopen>("stallforopen", "Stall for File Open")
        .on("Settings")
        .help("TouchDesigner waits for the file to open; here nothing is ever dropped."),
    par<&Pars::starttimecode>("starttimecode", "Start Timecode")
        .on("Settings")
        .as(Style::CHOP)
        .help("For movies: timecode of the first picture, from a CHOP with channels hour, minute, second and frame."),
    par<&Pars::profile>("profile", "Profile")
        .on("Settings")
        .as(Style::Menu)
        .items(profile_items)
        .help("For movies in H.264: profile."),
    par<&Pars::preset>("preset", "Preset")
        .on("Settings")
        .as(Style::Menu)
        .items(preset_items)
        .help("For movies: lossless, in H.264, H.265, VP9 and AV1."),
    par<&Pars::bitratemode>("bitratemode", "Bit Rate Mode")
        .on("Settings")
        .as(Style::Menu)
        .items(bitratemode_items)
        .help(
            "For movies in H.264, H.265 and AV1: constant or variable bit rate; HQ takes longer for better pictures."),
    par<&Pars::avgbitrate>("avgbitrate", "Average Bitrate (Kb/s)")
        .on("Settings")
        .help("For movies in H.264, H.265 and AV1: average bit rate."),
    par<&Pars::peakbitrate>("peakbitrate", "Peak Bitrate (Kb/s)")
        .on("Settings")
        .help("For movies in H.264, H.265 and AV1: highest bit rate where it varies."),
    par<&Pars::keyframeinterval>("keyframeinterval", "Keyframe Interval")
        .on("Settings")
        .at_least(0)
        .help("For movies: pictures from one key frame to the next; 0 leaves it to the encoder."),
    par<&Pars::maxbframes>("maxbframes", "Max B-Frames")
        .on("Settings")
        .at_least(0)
        .help("For movies in H.264, H.265 and MPEG 4: most B-frames in a row."),
    par<&Pars::motionpredict>("motionpredict", "Motion Prediction")
        .on("Settings")
        .as(Style::Menu)
        .items(motionpredict_items)
        .help("For movies in H.264: precision of motion vectors; half is quarter here, full is faster and coarser."),
    par<&Pars::frameslicing>("frameslicing", "Frame Slicing")
        .on("Settings")
        .help("For movies: pictures are cut into slices."),
    par<&Pars::numslices>("numslices", "Num Slices")
        .on("Settings")
        .at_least(0)
        .help("For movies: slices of a picture."),
    par<&Pars::entropymode>("entropymode", "Entropy Mode")
        .on("Settings")
        .as(Style::Menu)
        .items(entropymode_items)
        .help("For movies in H.264: entropy coder."),
    par<&Pars::stereomode>("stereomode", "Stereo Mode")
        .on("Settings")
        .as(Style::Menu)
        .items(stereomode_items)
        .help("For movies: how two eyes share the picture, as a note in the file."),
    par<&Pars::sphericalmode>("sphericalmode", "Spherical Mode")
        .on("Settings")
        .as(Style::Menu)
        .items(sphericalmode_items)
        .help("For movies: notes in the file that the picture is a whole sphere."),
    par<&Pars::secondarycompression>("secondarycompression", "Secondary Compression")
        .on("Settings")
        .help("For movies in Hap: a second, lossless compression."),
    par<&Pars::encodetestmode>("encodetestmode", "Encode Test Mode")
        .on("Settings")
        .help("For movies: encodes, but keeps no file."),
    par<&Pars::mipmaps>("mipmaps", "Include Mip Maps").on("Settings").help("For DDS: writes all mip levels."),
};

}  // namespace cookline::moviefileout
