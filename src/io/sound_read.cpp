#include "io/sound_read.h"

#include <fmt/format.h>

#include <algorithm>

#include "io/ffmpeg.h"
#include "io/movie_index.h"

namespace cookline {
namespace fs = std::filesystem;
namespace {

constexpr std::int64_t most_samples = std::int64_t(1) << 28;  // of all channels: 1 GiB

struct FreeResampler {
  void operator()(SwrContext* p) const { swr_free(&p); }
};

class SoundReader {
 public:
  explicit SoundReader(const fs::path& path) : path_(path) {}

  Result<Sound> read() {
    if (Status status = open(); !status) return status.error();
    int error = 0;
    while ((error = av_read_frame(input_.get(), packet_.get())) >= 0) {
      const bool ours = packet_->stream_index == stream_;
      const Status status = ours ? decode(packet_.get()) : Status();
      av_packet_unref(packet_.get());
      if (!status) return status.error();
    }
    if (error != AVERROR_EOF) return wrong(fmt::format("cannot be read: {}", ffmpeg::complaint(error)));
    if (Status status = decode(nullptr); !status) return status.error();
    if (sound_.length() == 0) return wrong("its sound has no samples", "it is damaged or incomplete");
    if (sound_.length() <= before_) return wrong("its sound ends before its first picture");
    for (std::vector<float>& channel : sound_.samples) channel.erase(channel.begin(), channel.begin() + before_);
    return std::move(sound_);
  }

 private:
  Error wrong(const std::string& what, const std::string& hint = {}) const {
    return project_error(path_.string(), what, hint);
  }
  Status open();
  Status open_converter(const AVFrame& frame);
  std::int64_t lead_of(const AVFrame& frame) const;
  Status decode(const AVPacket* packet);
  Status take(const AVFrame& frame);

  const fs::path path_;
  InputHandle input_;
  int stream_ = -1;
  ffmpeg::Codec decoder_;
  ffmpeg::Packet packet_{av_packet_alloc()};
  ffmpeg::Frame frame_{av_frame_alloc()};
  std::unique_ptr<SwrContext, FreeResampler> converter_;
  AVSampleFormat format_ = AV_SAMPLE_FMT_NONE;
  std::int64_t before_ = 0;  // so many samples come before the first picture
  Sound sound_;
};

Status SoundReader::open() {
  Result<InputHandle> input = open_input(path_);
  if (!input) return input.error();
  input_ = std::move(*input);
  stream_ = av_find_best_stream(input_.get(), AVMEDIA_TYPE_AUDIO, -1, -1, nullptr, 0);
  if (stream_ < 0) return wrong("has no sound");
  const AVStream& stream = *input_->streams[stream_];
  const AVCodec* const codec = avcodec_find_decoder(stream.codecpar->codec_id);
  if (!codec) return wrong(fmt::format("there is no decoder for {}", avcodec_get_name(stream.codecpar->codec_id)));
  decoder_.reset(avcodec_alloc_context3(codec));
  if (!decoder_ || !packet_ || !frame_) return failure(path_.string(), "no memory to decode the sound");
  if (avcodec_parameters_to_context(decoder_.get(), stream.codecpar) < 0)
    return wrong("its codec is described wrongly");
  decoder_->pkt_timebase = stream.time_base;
  ffmpeg::forget_complaint();
  if (const int error = avcodec_open2(decoder_.get(), codec, nullptr); error < 0)
    return wrong(fmt::format("its sound cannot be decoded: {}", ffmpeg::complaint(error)));
  sound_.path = path_.string();
  return {};
}

// Into planes of floats; nothing else changes.
Status SoundReader::open_converter(const AVFrame& frame) {
  format_ = AVSampleFormat(frame.format);
  sound_.rate_hz = frame.sample_rate;
  sound_.samples.resize(std::size_t(frame.ch_layout.nb_channels));
  SwrContext* made = nullptr;
  const auto layout = const_cast<AVChannelLayout*>(&frame.ch_layout);  // which the call only reads
  const int error = swr_alloc_set_opts2(&made, layout, AV_SAMPLE_FMT_FLTP, frame.sample_rate, layout, format_,
                                        frame.sample_rate, 0, nullptr);
  converter_.reset(made);
  if (error < 0 || swr_init(converter_.get()) < 0) return wrong("its sound is of a kind that cannot be converted");
  // Where the sound of a movie begins after its pictures there is silence; what comes before them is left out.
  const std::int64_t lead = lead_of(frame);
  for (std::vector<float>& channel : sound_.samples) channel.resize(std::size_t(std::max<std::int64_t>(0, lead)));
  before_ = std::max<std::int64_t>(0, -lead);
  return {};
}

// How many samples lie between the first picture of a movie and the sound, below 0 where the sound is first. Of audio
// files alone the time stamps may begin with what the codec has put before the sound.
std::int64_t SoundReader::lead_of(const AVFrame& frame) const {
  const int video = av_find_best_stream(input_.get(), AVMEDIA_TYPE_VIDEO, -1, -1, nullptr, 0);
  if (video < 0 || frame.pts == AV_NOPTS_VALUE) return 0;
  const AVStream &pictures = *input_->streams[video], &own = *input_->streams[stream_];
  const bool cover = (pictures.disposition & AV_DISPOSITION_ATTACHED_PIC) != 0;
  if (cover || pictures.start_time == AV_NOPTS_VALUE) return 0;
  const AVRational samples{1, frame.sample_rate};
  const std::int64_t most = most_samples / std::max(1, frame.ch_layout.nb_channels);
  const std::int64_t begin = av_rescale_q(frame.pts, own.time_base, samples);
  return std::clamp<std::int64_t>(begin - av_rescale_q(pictures.start_time, pictures.time_base, samples), -most, most);
}

Status SoundReader::take(const AVFrame& frame) {
  if (!converter_)
    if (Status status = open_converter(frame); !status) return status;
  const auto channels = std::size_t(frame.ch_layout.nb_channels);
  if (channels != sound_.samples.size() || frame.sample_rate != int(sound_.rate_hz) || frame.format != format_)
    return wrong("its sound changes its rate or channels");
  const auto length = std::size_t(sound_.length()), added = std::size_t(frame.nb_samples);
  if (std::int64_t((length + added) * channels) > most_samples)
    return wrong(fmt::format("its sound has more than {} samples", most_samples), "cut it into shorter files");
  std::vector<std::uint8_t*> planes;
  for (std::vector<float>& channel : sound_.samples) {
    channel.resize(length + added);
    planes.push_back(reinterpret_cast<std::uint8_t*>(channel.data() + length));
  }
  const int made = swr_convert(converter_.get(), planes.data(), frame.nb_samples,
                               const_cast<const std::uint8_t**>(frame.extended_data), frame.nb_samples);
  return made == frame.nb_samples ? Status() : Status(wrong("its sound cannot be converted"));
}

Status SoundReader::decode(const AVPacket* packet) {
  ffmpeg::forget_complaint();
  if (const int error = avcodec_send_packet(decoder_.get(), packet); error < 0 && error != AVERROR_EOF)
    return wrong(fmt::format("its sound is damaged: {}", ffmpeg::complaint(error)));
  for (;;) {
    const int error = avcodec_receive_frame(decoder_.get(), frame_.get());
    if (error == AVERROR(EAGAIN) || error == AVERROR_EOF) return {};
    if (error < 0) return wrong(fmt::format("its sound is damaged: {}", ffmpeg::complaint(error)));
    Status status = take(*frame_);
    av_frame_unref(frame_.get());
    if (!status) return status;
  }
}

}  // namespace

Result<Sound> read_sound(const fs::path& path) {
  if (Status loaded = ffmpeg::load(); !loaded) return loaded.error();
  return SoundReader(path).read();
}

Result<SoundHandle> SoundPool::open(const fs::path& path, int generation) {
  std::lock_guard lock(mutex_);
  const auto known = open_.find(path);
  if (known != open_.end() && known->second.first >= generation) return known->second.second;
  std::error_code ignored;
  if (!fs::exists(path, ignored)) {
    Error error = project_error(path.string(), "there is no such file");
    error.missing = true;
    return error;
  }
  Result<Sound> sound = read_sound(path);
  if (!sound) return sound.error();
  if (used_)
    if (Status noted = used_->read(path); !noted) return noted.error();
  SoundHandle handle = std::make_shared<const Sound>(std::move(*sound));
  open_[path] = {generation, handle};
  return handle;
}

}  // namespace cookline
