// The sound of a movie: channels of samples into the packets of an audio codec. For src/io alone.
#pragma once
#include <functional>
#include <memory>
#include <span>
#include <vector>

#include "io/ffmpeg.h"
#include "io/movie_format.h"

namespace cookline {

// The encoder of the sound. Errors: unknown codec, a rate or number of channels that it does not have, a kind of file
// that cannot hold it.
Result<ffmpeg::Codec> open_sound_encoder(const SoundSettings& settings, const AVOutputFormat& container);

// Takes samples in any portions and hands frames to the encoder in the portions that it wants. Samples are -1 to 1;
// what lies outside is cut off where the codec stores whole numbers.
class SoundFrames {
 public:
  // `encode` takes a frame for the encoder.
  static Result<std::unique_ptr<SoundFrames>> open(const SoundSettings& settings, AVCodecContext& encoder);
  // All channels have as many samples.
  Status add(std::span<const std::span<const double>> channels, const std::function<Status(AVFrame*)>& encode);
  // What is left, in a last frame that may be short.
  Status finish(const std::function<Status(AVFrame*)>& encode);

 private:
  struct Free {
    void operator()(SwrContext* p) const { swr_free(&p); }
    void operator()(AVAudioFifo* p) const { av_audio_fifo_free(p); }
  };
  explicit SoundFrames(AVCodecContext& encoder) : encoder_(encoder) {}
  Status resample(const std::uint8_t* const* samples, int count);
  Status take(int count, const std::function<Status(AVFrame*)>& encode);

  AVCodecContext& encoder_;
  std::unique_ptr<SwrContext, Free> resampler_;
  std::unique_ptr<AVAudioFifo, Free> fifo_;
  std::int64_t samples_ = 0;  // handed to the encoder
};

}  // namespace cookline
