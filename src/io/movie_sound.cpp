#include "io/movie_sound.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

namespace cookline {
namespace {

struct SoundCodec {
  std::string_view name, encoder;
  AVSampleFormat samples;
};
constexpr SoundCodec sound_codecs[] = {
    {"alac", "alac", AV_SAMPLE_FMT_S32P},      {"mp3", "libmp3lame", AV_SAMPLE_FMT_FLTP},
    {"aac", "aac", AV_SAMPLE_FMT_FLTP},        {"vorbis", "libvorbis", AV_SAMPLE_FMT_FLTP},
    {"opus", "libopus", AV_SAMPLE_FMT_FLT},    {"pcm16", "pcm_s16le", AV_SAMPLE_FMT_S16},
    {"pcm24", "pcm_s24le", AV_SAMPLE_FMT_S32}, {"pcm32", "pcm_s32le", AV_SAMPLE_FMT_S32},
};

// The rate itself where the encoder has it, else the next higher one that it has, else its highest.
int stored_rate(const AVCodec& encoder, int rate) {
  if (!encoder.supported_samplerates) return rate;
  int higher = 0, highest = 0;
  for (const int* r = encoder.supported_samplerates; *r; ++r) {
    highest = std::max(highest, *r);
    if (*r >= rate && (higher == 0 || *r < higher)) higher = *r;
  }
  return higher ? higher : highest;
}

Error cannot_open(const SoundSettings& s, std::string_view encoder, int error) {
  return project_error("", fmt::format("the sound encoder {} does not take {} channels of {} samples a second: {}",
                                       encoder, s.channels, s.rate_hz, ffmpeg::complaint(error)));
}

}  // namespace

Result<ffmpeg::Codec> open_sound_encoder(const SoundSettings& s, const AVOutputFormat& container) {
  if (Status loaded = ffmpeg::load(); !loaded) return loaded.error();
  const SoundCodec* const known = std::find_if(std::begin(sound_codecs), std::end(sound_codecs),
                                               [&](const SoundCodec& c) { return c.name == s.codec; });
  if (known == std::end(sound_codecs))
    return project_error("", fmt::format("there is no audio codec '{}'", s.codec),
                         "alac, mp3, aac, vorbis, opus, pcm16, pcm24, pcm32");
  const AVCodec* const encoder = avcodec_find_encoder_by_name(std::string(known->encoder).c_str());
  if (!encoder) return project_error("", fmt::format("FFmpeg on this machine has no encoder {}", known->encoder));
  if (avformat_query_codec(&container, encoder->id, FF_COMPLIANCE_NORMAL) == 0)
    return project_error("", fmt::format("a {} file cannot hold the audio codec {}", container.name, s.codec));
  if (s.rate_hz < 1000 || s.rate_hz > 768000 || std::floor(s.rate_hz) != s.rate_hz)
    return project_error("", fmt::format("{} samples a second are no sound", s.rate_hz),
                         "a whole number of at least 1000: 44100, 48000");
  ffmpeg::Codec codec(avcodec_alloc_context3(encoder));
  codec->sample_rate = stored_rate(*encoder, int(s.rate_hz));
  codec->sample_fmt = known->samples;
  av_channel_layout_default(&codec->ch_layout, s.channels);
  codec->time_base = {1, codec->sample_rate};
  codec->flags |= AV_CODEC_FLAG_BITEXACT;
  codec->thread_count = 1;
  if (s.codec == "alac") codec->bits_per_raw_sample = 24;
  if (s.kbps > 0) codec->bit_rate = std::int64_t(s.kbps) * 1000;
  if (container.flags & AVFMT_GLOBALHEADER) codec->flags |= AV_CODEC_FLAG_GLOBAL_HEADER;
  ffmpeg::forget_complaint();
  if (const int error = avcodec_open2(codec.get(), encoder, nullptr); error < 0)
    return cannot_open(s, known->encoder, error);
  return codec;
}

Result<std::unique_ptr<SoundFrames>> SoundFrames::open(const SoundSettings& s, AVCodecContext& encoder) {
  std::unique_ptr<SoundFrames> sound(new SoundFrames(encoder));
  SwrContext* resampler = nullptr;
  const int error = swr_alloc_set_opts2(&resampler, &encoder.ch_layout, encoder.sample_fmt, encoder.sample_rate,
                                        &encoder.ch_layout, AV_SAMPLE_FMT_DBLP, int(s.rate_hz), 0, nullptr);
  sound->resampler_.reset(resampler);
  if (error < 0 || swr_init(resampler) < 0) return cannot_open(s, encoder.codec->name, error);
  sound->fifo_.reset(av_audio_fifo_alloc(encoder.sample_fmt, s.channels, 4096));
  return sound;
}

// Null samples drain what the resampler holds back.
Status SoundFrames::resample(const std::uint8_t* const* samples, int count) {
  const int most = swr_get_out_samples(resampler_.get(), count);
  if (most <= 0) return {};
  ffmpeg::Frame out(av_frame_alloc());
  out->nb_samples = most;
  out->format = encoder_.sample_fmt;
  out->sample_rate = encoder_.sample_rate;
  av_channel_layout_copy(&out->ch_layout, &encoder_.ch_layout);
  int got = av_frame_get_buffer(out.get(), 0);
  if (got >= 0)
    got = swr_convert(resampler_.get(), out->extended_data, most, const_cast<const std::uint8_t**>(samples), count);
  if (got < 0) return failure("", "sound: " + ffmpeg::complaint(got));
  const int kept = av_audio_fifo_write(fifo_.get(), reinterpret_cast<void**>(out->extended_data), got);
  return kept < got ? failure("", "sound: " + ffmpeg::complaint(kept)) : Status();
}

Status SoundFrames::take(int count, const std::function<Status(AVFrame*)>& encode) {
  ffmpeg::Frame frame(av_frame_alloc());
  frame->nb_samples = count;
  frame->format = encoder_.sample_fmt;
  frame->sample_rate = encoder_.sample_rate;
  av_channel_layout_copy(&frame->ch_layout, &encoder_.ch_layout);
  int got = av_frame_get_buffer(frame.get(), 0);
  if (got >= 0) got = av_audio_fifo_read(fifo_.get(), reinterpret_cast<void**>(frame->extended_data), count);
  if (got < count) return failure("", "sound: " + ffmpeg::complaint(got));
  frame->pts = samples_;
  samples_ += count;
  return encode(frame.get());
}

Status SoundFrames::add(std::span<const std::span<const double>> channels,
                        const std::function<Status(AVFrame*)>& encode) {
  std::vector<const std::uint8_t*> planes;
  for (const std::span<const double> channel : channels)
    planes.push_back(reinterpret_cast<const std::uint8_t*>(channel.data()));
  if (Status status = resample(planes.data(), int(channels.front().size())); !status) return status;
  const int portion = encoder_.frame_size > 0 ? encoder_.frame_size : 1024;
  while (av_audio_fifo_size(fifo_.get()) >= portion)
    if (Status status = take(portion, encode); !status) return status;
  return {};
}

Status SoundFrames::finish(const std::function<Status(AVFrame*)>& encode) {
  if (Status status = resample(nullptr, 0); !status) return status;
  const int portion = encoder_.frame_size > 0 ? encoder_.frame_size : 1024;
  for (int left; (left = av_audio_fifo_size(fifo_.get())) > 0;)
    if (Status status = take(std::min(left, portion), encode); !status) return status;
  return {};
}

}  // namespace cookline
