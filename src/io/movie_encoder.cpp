#include "io/movie_encoder.h"

extern "C" {
#include <libavutil/opt.h>
}

#include <fmt/format.h>

#include <algorithm>
#include <climits>
#include <cmath>

#include "base/text.h"
#include "io/colour_codes.h"

namespace cookline {
namespace {

// Enough for the machines of today; encoders that cut a picture or a series of pictures into pieces for their threads
// give other bytes for another number.
constexpr int encoder_threads = 8;

bool is_h264(const MovieVariant& v) { return v.encoder.starts_with("libx264"); }
bool is_h265(const MovieVariant& v) { return v.encoder == "libx265"; }
bool is_vpx(const MovieVariant& v) { return v.encoder.starts_with("libvpx"); }

// A quality of 0 to 1 as a quantiser of an encoder, which goes from `worst` to `best`.
int quantiser(double quality, int worst, int best) {
  return int(std::lround(worst + (best - worst) * std::clamp(quality, 0.0, 1.0)));
}

// How hard pictures are compressed.
void set_rate(AVCodecContext& codec, const MovieSettings& s, const MovieVariant& v, ffmpeg::Options& options) {
  if (v.encoder == "mjpeg" || v.encoder == "mpeg4") {
    codec.flags |= AV_CODEC_FLAG_QSCALE;
    codec.qmin = 1;
    codec.global_quality = FF_QP2LAMBDA * quantiser(s.quality, 31, 1);
  } else if (v.encoder == "cfhd") {
    options.add("quality", std::to_string(quantiser(s.quality, 12, 0)));
  } else if (s.lossless && (is_h264(v) || v.encoder == "libvpx-vp9" || v.encoder == "libaom-av1")) {
    if (is_h264(v)) options.add("qp", "0");
    if (v.encoder == "libvpx-vp9") options.add("lossless", "1");
    if (v.encoder == "libaom-av1") options.add("aom-params", "lossless=1");
  } else if (s.bit_rate && !s.lossless) {
    const double peak = s.bit_rate->constant ? s.bit_rate->average_kbps : s.bit_rate->peak_kbps;
    codec.bit_rate = std::int64_t(s.bit_rate->average_kbps * 1000);
    codec.rc_max_rate = std::int64_t(std::max(peak, s.bit_rate->average_kbps) * 1000);
    codec.rc_min_rate = s.bit_rate->constant && !is_h265(v) ? codec.bit_rate : 0;
    codec.rc_buffer_size = int(std::min<std::int64_t>(codec.rc_max_rate, 2'000'000'000));
  } else if (is_h264(v) || is_h265(v)) {
    options.add("crf", std::to_string(quantiser(s.quality, 51, 1)));
  } else if (is_vpx(v)) {
    options.add("crf", std::to_string(quantiser(s.quality, 63, 4)));
    // VP8 takes the quality as a wish and this as the limit; 0 lets VP9 follow the quality alone.
    codec.bit_rate = v.encoder == "libvpx" ? std::int64_t(1'000'000'000) : 0;
  } else if (v.encoder == "libaom-av1") {
    options.add("crf", std::to_string(quantiser(s.quality, 63, 1)));
  }
}

// Speed is the encoder's middle ground; "high quality" is slower.
void set_effort(const MovieSettings& s, const MovieVariant& v, ffmpeg::Options& options) {
  const bool slow = s.bit_rate && s.bit_rate->high_quality;
  if (is_h264(v) || is_h265(v)) options.add("preset", slow ? "slow" : "medium");
  if (v.encoder == "libaom-av1") options.add("cpu-used", slow ? "4" : "8");
  if (is_vpx(v)) options.add("deadline", "good"), options.add("cpu-used", slow ? "1" : "4");
  if (v.encoder == "libvpx-vp9" || v.encoder == "libaom-av1") options.add("row-mt", "1");
  if (is_vpx(v) && v.pixels == "rgba") options.add("auto-alt-ref", "0");  // the encoder has no alpha with it
}

// Everything that keeps the bytes the same on another machine, and what only one encoder knows.
void set_details(AVCodecContext& codec, const MovieSettings& s, const MovieVariant& v, ffmpeg::Options& options) {
  if (is_h264(v)) {
    std::string more = "cpu-independent=1";
    if (s.slices) more += fmt::format(":slices={}", s.slices);
    if (s.motion == "full") more += ":subme=0";
    options.add("x264-params", more);
    if (s.profile != "autoselect") options.add("profile", s.profile);
    if (s.entropy != "autoselect") options.add("coder", s.entropy == "cabac" ? "cabac" : "cavlc");
  } else if (is_h265(v)) {
    std::string more = fmt::format("pools={}:frame-threads=3:info=0:log-level=error", encoder_threads);
    if (s.lossless) more += ":lossless=1";
    if (s.slices) more += fmt::format(":slices={}", s.slices);
    options.add("x265-params", more);
  } else if (v.encoder == "hap") {
    options.add("compressor", s.secondary_compression ? "snappy" : "none");
  } else if (v.encoder == "mpeg4" || v.encoder == "mjpeg") {
    if (s.slices) codec.slices = s.slices;
  }
}

void set_colour(AVCodecContext& codec, const MovieSettings& s) {
  const ColourCodes codes = colour_codes(s.colour.space);
  codec.color_primaries = AVColorPrimaries(codes.primaries);
  codec.color_trc = AVColorTransferCharacteristic(codes.transfer);
  const AVPixFmtDescriptor& pixels = *av_pix_fmt_desc_get(codec.pix_fmt);
  const bool rgb = pixels.flags & (AV_PIX_FMT_FLAG_RGB | AV_PIX_FMT_FLAG_PAL);
  const bool jpeg = std::string_view(pixels.name).starts_with("yuvj");
  codec.colorspace = rgb                                         ? AVCOL_SPC_RGB
                     : jpeg || codec.codec_id == AV_CODEC_ID_VP8 ? AVCOL_SPC_BT470BG  // JFIF and VP8 know no other
                                                                 : AVColorSpace(codes.matrix);
  codec.color_range = rgb || jpeg ? AVCOL_RANGE_JPEG : AVCOL_RANGE_MPEG;
}

// A QuickTime movie also takes the codecs of AVI, under their codes: CineForm is one.
bool can_hold(const AVOutputFormat& container, AVCodecID codec) {
  if (avformat_query_codec(&container, codec, FF_COMPLIANCE_NORMAL) != 0) return true;
  const AVCodecTag* const tags[] = {avformat_get_riff_video_tags(), nullptr};
  return std::string_view(container.name) == "mov" && av_codec_get_tag(tags, codec) != 0;
}

Error cannot_open(const MovieSettings& s, const MovieVariant& v, int width_px, int height_px, int error) {
  return project_error(
      "", fmt::format("the {} encoder ({}) does not take pictures of {} x {} pixels with these settings: {}", s.codec,
                      v.encoder, width_px, height_px, ffmpeg::complaint(error)));
}

}  // namespace

Result<const AVOutputFormat*> movie_file_kind(const std::string& file) {
  if (Status loaded = ffmpeg::load(); !loaded) return loaded.error();
  const std::size_t dot = file.rfind('.');
  const std::string extension = dot == std::string::npos ? "" : to_lower(file.substr(dot + 1));
  const AVOutputFormat* const found =
      is_movie_name(file) ? av_guess_format(nullptr, ("x." + extension).c_str(), nullptr) : nullptr;
  if (found) return found;
  std::string all;
  for (const std::string_view one : movie_extensions()) all.append(all.empty() ? "" : ", ").append(one);
  return project_error("", fmt::format("'{}' does not name a movie", file), "it ends with one of: " + all);
}

Result<ffmpeg::Codec> open_video_encoder(const MovieSettings& s, const MovieVariant& v, const AVOutputFormat& container,
                                         int width_px, int height_px) {
  if (Status loaded = ffmpeg::load(); !loaded) return loaded.error();
  const AVCodec* const encoder = avcodec_find_encoder_by_name(std::string(v.encoder).c_str());
  if (!encoder)
    return project_error(
        "", fmt::format("FFmpeg on this machine has no encoder {} for the video codec {}", v.encoder, s.codec));
  if (!can_hold(container, encoder->id))
    return project_error("", fmt::format("a {} file cannot hold the video codec {}", container.name, s.codec));
  if (s.rate.num <= 0 || s.rate.den <= 0 || s.rate.num > INT_MAX || s.rate.den > INT_MAX)
    return project_error("", fmt::format("a movie cannot have {}/{} pictures a second", s.rate.num, s.rate.den));
  ffmpeg::Codec codec(avcodec_alloc_context3(encoder));
  codec->width = width_px, codec->height = height_px;
  codec->pix_fmt = av_get_pix_fmt(std::string(v.stored_pixels).c_str());
  codec->time_base = {int(s.rate.den), int(s.rate.num)};
  codec->framerate = {int(s.rate.num), int(s.rate.den)};
  codec->sample_aspect_ratio = {1, 1};
  codec->thread_count = v.encoder == "libvpx" ? 1 : encoder_threads;  // VP8's threads wait by spinning
  codec->flags |= AV_CODEC_FLAG_BITEXACT;
  codec->dct_algo = FF_DCT_INT, codec->idct_algo = FF_IDCT_SIMPLE;
  codec->strict_std_compliance = FF_COMPLIANCE_UNOFFICIAL;
  if (container.flags & AVFMT_GLOBALHEADER) codec->flags |= AV_CODEC_FLAG_GLOBAL_HEADER;
  if (s.key_frame_interval > 0) codec->gop_size = s.key_frame_interval;
  if (is_h264(v) || is_h265(v) || v.encoder == "mpeg4") codec->max_b_frames = s.b_frames;
  ffmpeg::Options options;
  av_dict_parse_string(&options.set, std::string(v.options).c_str(), "=", ":", 0);
  set_rate(*codec, s, v, options);
  set_effort(s, v, options);
  set_details(*codec, s, v, options);
  set_colour(*codec, s);
  ffmpeg::forget_complaint();
  if (const int error = avcodec_open2(codec.get(), encoder, &options.set); error < 0)
    return cannot_open(s, v, width_px, height_px, error);
  return codec;
}

}  // namespace cookline
