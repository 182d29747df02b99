#include "io/movie_write.h"

#include <fmt/format.h>

#include <algorithm>
#include <cerrno>
#include <cstdio>

#include "io/ffmpeg.h"
#include "io/file_bytes.h"
#include "io/movie_encoder.h"
#include "io/movie_pictures.h"
#include "io/movie_sound.h"
#include "io/temporary_file.h"

namespace cookline {
namespace fs = std::filesystem;
namespace {

// FFmpeg's muxer writes through this into the temporary file.
struct Output {
  TemporaryFile file;
  std::uint64_t at = 0, size = 0;
  int error = 0;  // errno of the first write that failed

  static int write(void* opaque, std::uint8_t* bytes, int count) {
    Output& out = *static_cast<Output*>(opaque);
    const int error = out.file.write_at(out.at, {reinterpret_cast<const std::byte*>(bytes), std::size_t(count)});
    if (error && !out.error) out.error = error;
    if (error) return AVERROR(error);
    out.at += std::uint64_t(count);
    out.size = std::max(out.size, out.at);
    return count;
  }
  static std::int64_t seek(void* opaque, std::int64_t offset, int whence) {
    Output& out = *static_cast<Output*>(opaque);
    if (whence == AVSEEK_SIZE) return std::int64_t(out.size);
    if (whence == SEEK_CUR) offset += std::int64_t(out.at);
    if (whence == SEEK_END) offset += std::int64_t(out.size);
    if (offset < 0) return AVERROR(EINVAL);
    out.at = std::uint64_t(offset);
    return offset;
  }
};

struct FreeMuxer {
  void operator()(AVFormatContext* p) const {
    if (p->pb) av_freep(&p->pb->buffer), avio_context_free(&p->pb);
    avformat_free_context(p);
  }
};

// One encoder with its stream in the file.
struct Track {
  ffmpeg::Codec codec;
  AVStream* stream = nullptr;
  std::int64_t later = 0;  // is added to time stamps, in the codec's unit
};

}  // namespace

struct MovieWriter::Parts {
  fs::path path;
  WriteOptions options;
  Output output;
  std::unique_ptr<AVFormatContext, FreeMuxer> muxer;
  Track video, sound;
  std::unique_ptr<MoviePictures> pictures;
  std::unique_ptr<SoundFrames> samples;
  ffmpeg::Packet packet{av_packet_alloc()};
  OutputColour colour;
  std::int64_t count = 0;
  bool begun = false;

  Status make_file();
  Status add_stream(Track& track);
  Status begin(const MovieSettings& settings);
  Status encode(Track& track, const AVFrame* frame);
  Error error(int code) const;
};

Error MovieWriter::Parts::error(int code) const {
  return output.error ? file_error(path, "written", output.error) : failure(path.string(), ffmpeg::complaint(code));
}

Status MovieWriter::Parts::make_file() {
  if (Status allowed = check_target(path, options.overwrite); !allowed) return allowed;
  int error = output.file.create_beside(path);
  if (error == ENOENT) {
    std::error_code failed;
    fs::create_directories(path.parent_path(), failed);
    if (failed) return file_error(path, "written, its folder cannot be made", failed.value());
    error = output.file.create_beside(path);
  }
  return error == 0 ? Status() : file_error(path, "written", error);
}

Status MovieWriter::Parts::add_stream(Track& track) {
  track.stream = avformat_new_stream(muxer.get(), nullptr);
  if (!track.stream) throw std::bad_alloc();
  track.stream->time_base = track.codec->time_base;
  if (track.codec->codec_type == AVMEDIA_TYPE_VIDEO)
    track.stream->avg_frame_rate = track.stream->r_frame_rate = track.codec->framerate;
  const int code = avcodec_parameters_from_context(track.stream->codecpar, track.codec.get());
  const std::string_view kind = muxer->oformat->name;
  if (track.codec->codec_id == AV_CODEC_ID_HEVC && (kind == "mov" || kind == "mp4"))
    track.stream->codecpar->codec_tag = MKTAG('h', 'v', 'c', '1');  // the one that Apple's players know
  // Time stamps of Opus in Matroska are stored later by what players skip before the sound; FFmpeg's muxer states what
  // is to be skipped, but does not move them.
  if (track.codec->codec_id == AV_CODEC_ID_OPUS && (kind == "matroska" || kind == "webm"))
    track.later = track.codec->initial_padding;
  return code < 0 ? error(code) : Status();
}

namespace {

// How two eyes share the picture, and that it is a whole sphere.
void add_projection(AVStream& stream, const MovieSettings& s) {
  if (s.stereo != "off") {
    std::size_t size = sizeof(AVStereo3D);
    AVStereo3D* const stereo = av_stereo3d_alloc();
    stereo->type = s.stereo == "leftright" ? AV_STEREO3D_SIDEBYSIDE : AV_STEREO3D_TOPBOTTOM;
    av_stream_add_side_data(&stream, AV_PKT_DATA_STEREO3D, reinterpret_cast<std::uint8_t*>(stereo), size);
  }
  if (s.spherical != "off") {
    std::size_t size = 0;
    AVSphericalMapping* const sphere = av_spherical_alloc(&size);
    sphere->projection = AV_SPHERICAL_EQUIRECTANGULAR;
    av_stream_add_side_data(&stream, AV_PKT_DATA_SPHERICAL, reinterpret_cast<std::uint8_t*>(sphere), size);
  }
}

}  // namespace

Status MovieWriter::Parts::begin(const MovieSettings& s) {
  muxer->url = av_strdup(output.file.path().c_str());  // read again to move the index to the front
  muxer->flags |= AVFMT_FLAG_BITEXACT;                 // no clock and no version in the file
  muxer->strict_std_compliance = FF_COMPLIANCE_UNOFFICIAL;
  constexpr int buffer_bytes = 1 << 18;
  muxer->pb = avio_alloc_context(static_cast<unsigned char*>(av_malloc(buffer_bytes)), buffer_bytes, 1, &output,
                                 nullptr, &Output::write, &Output::seek);
  if (Status status = add_stream(video); !status) return status;
  add_projection(*video.stream, s);
  if (!s.timecode.empty()) av_dict_set(&video.stream->metadata, "timecode", s.timecode.c_str(), 0);
  if (sound.codec)
    if (Status status = add_stream(sound); !status) return status;
  ffmpeg::Options muxer_options;
  const std::string_view name = muxer->oformat->name;
  if (name == "mov" || name == "mp4") muxer_options.add("movflags", "+faststart");
  ffmpeg::forget_complaint();
  const int code = avformat_write_header(muxer.get(), &muxer_options.set);
  begun = code >= 0;
  return begun ? Status() : Status(error(code));
}

// Null ends the track.
Status MovieWriter::Parts::encode(Track& track, const AVFrame* frame) {
  ffmpeg::forget_complaint();
  int code = avcodec_send_frame(track.codec.get(), frame);
  while (code >= 0) {
    code = avcodec_receive_packet(track.codec.get(), packet.get());
    if (code == AVERROR(EAGAIN) || code == AVERROR_EOF) return {};
    if (code < 0) break;
    if (packet->duration == 0 && track.codec->codec_type == AVMEDIA_TYPE_VIDEO) packet->duration = 1;
    packet->stream_index = track.stream->index;
    packet->pts += track.later, packet->dts += track.later;
    av_packet_rescale_ts(packet.get(), track.codec->time_base, track.stream->time_base);
    code = av_interleaved_write_frame(muxer.get(), packet.get());
    if (output.error) break;
  }
  return error(code);
}

MovieWriter::MovieWriter(std::unique_ptr<Parts> parts) : parts_(std::move(parts)) {}
MovieWriter::~MovieWriter() = default;

Result<std::unique_ptr<MovieWriter>> MovieWriter::open(const fs::path& path, const MovieSettings& settings,
                                                       int width_px, int height_px, const WriteOptions& options) {
  const auto named = [&](Error e) {
    if (e.where.empty()) e.where = path.string();
    return e;
  };
  const Result<const AVOutputFormat*> container = movie_file_kind(path.filename().string());
  if (!container) return named(container.error());
  const Result<MovieVariant> variant = movie_variant(settings);
  if (!variant) return named(variant.error());
  auto parts = std::make_unique<Parts>();
  parts->path = path, parts->options = options, parts->colour = settings.colour;
  Result<ffmpeg::Codec> video = open_video_encoder(settings, *variant, **container, width_px, height_px);
  if (!video) return named(video.error());
  parts->video.codec = std::move(*video);
  Result<std::unique_ptr<MoviePictures>> pictures = MoviePictures::open(*parts->video.codec);
  if (!pictures) return named(pictures.error());
  parts->pictures = std::move(*pictures);
  if (settings.sound) {
    Result<ffmpeg::Codec> sound = open_sound_encoder(*settings.sound, **container);
    if (!sound) return named(sound.error());
    parts->sound.codec = std::move(*sound);
    Result<std::unique_ptr<SoundFrames>> samples = SoundFrames::open(*settings.sound, *parts->sound.codec);
    if (!samples) return named(samples.error());
    parts->samples = std::move(*samples);
  }
  AVFormatContext* muxer = nullptr;
  if (avformat_alloc_output_context2(&muxer, *container, nullptr, nullptr) < 0) throw std::bad_alloc();
  parts->muxer.reset(muxer);
  if (Status status = parts->make_file(); !status) return status.error();
  if (Status status = parts->begin(settings); !status) return status.error();
  return std::unique_ptr<MovieWriter>(new MovieWriter(std::move(parts)));
}

Status MovieWriter::picture(const Image& image) {
  Parts& p = *parts_;
  Result<ffmpeg::Frame> frame =
      p.colour.converts() ? p.pictures->convert(in_output_colour(image, p.colour)) : p.pictures->convert(image);
  if (!frame) {
    Error e = frame.error();
    e.where = p.path.string();
    return e;
  }
  (*frame)->pts = p.count++;
  (*frame)->quality = p.video.codec->global_quality;
  return p.encode(p.video, frame->get());
}

Status MovieWriter::sound(std::span<const std::span<const double>> channels) {
  Parts& p = *parts_;
  if (!p.samples || channels.empty() || channels.front().empty()) return {};
  if (int(channels.size()) != p.sound.codec->ch_layout.nb_channels)
    return project_error(p.path.string(), fmt::format("{} channels of sound in a movie that has {}", channels.size(),
                                                      p.sound.codec->ch_layout.nb_channels));
  return p.samples->add(channels, [&](AVFrame* frame) { return p.encode(p.sound, frame); });
}

Result<MovieFacts> MovieWriter::close(const fs::path& name) {
  Parts& p = *parts_;
  if (p.count == 0) return project_error(p.path.string(), "a movie without a picture is not written");
  if (Status status = p.encode(p.video, nullptr); !status) return status.error();
  if (p.samples) {
    const auto encode = [&](AVFrame* frame) { return p.encode(p.sound, frame); };
    if (Status status = p.samples->finish(encode); !status) return status.error();
    if (Status status = p.encode(p.sound, nullptr); !status) return status.error();
  }
  ffmpeg::forget_complaint();
  if (const int code = av_write_trailer(p.muxer.get()); code < 0 || p.output.error) return p.error(code);
  avio_flush(p.muxer->pb);
  if (p.output.error) return p.error(0);
  const Result<FileDigest> digest = digest_file(p.output.file.path());
  if (!digest) return digest.error();
  const fs::path path = name.empty() ? p.path : name;
  int error = p.output.file.close(p.options.sync);
  if (error == 0) error = p.output.file.publish(path, p.options.overwrite || !name.empty());
  if (error != 0) return file_error(path, "written", error);
  return MovieFacts{.pictures = p.count, .bytes = digest->bytes, .file = digest->hash};
}

}  // namespace cookline
