#include "io/movie_read.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cstring>
#include <mutex>
#include <optional>

#include "base/parallel.h"
#include "io/colour_codes.h"
#include "io/ffmpeg.h"
#include "io/image_orientation.h"
#include "io/movie_frame.h"
#include "io/movie_index.h"

namespace cookline {
namespace fs = std::filesystem;
namespace {

constexpr int most_decoder_threads = 16;

// The space that the stream states. TD differs: what is only said to have a television's curve and the primaries of HD
// or SD counts as sRGB, as players show it.
std::string colour_of(const AVFrame& frame) {
  const std::string_view space = space_of_codes(frame.color_primaries, frame.color_trc);
  return space == "rec709" || space == "rec601ntsc" ? "" : std::string(space);
}

// By right angles and mirrors, as EXIF counts them; others are left as they are.
int orientation_of(const AVStream& stream) {
  const auto* const bytes = av_stream_get_side_data(&stream, AV_PKT_DATA_DISPLAYMATRIX, nullptr);
  if (!bytes) return 1;
  std::array<std::int32_t, 9> m{};
  std::memcpy(m.data(), bytes, sizeof m);
  const auto sign = [](std::int32_t v) { return v > 0 ? 1 : v < 0 ? -1 : 0; };
  // Where x and y of the stored picture go to.
  const std::array<int, 4> turned = {sign(m[0]), sign(m[1]), sign(m[3]), sign(m[4])};
  constexpr std::array<int, 4> known[] = {{1, 0, 0, 1}, {-1, 0, 0, 1}, {-1, 0, 0, -1}, {1, 0, 0, -1},
                                          {0, 1, 1, 0}, {0, 1, -1, 0}, {0, -1, -1, 0}, {0, -1, 1, 0}};
  const auto* const found = std::find(std::begin(known), std::end(known), turned);
  return found == std::end(known) ? 1 : int(found - std::begin(known)) + 1;
}

class MovieMedia final : public Media {
 public:
  MovieMedia(fs::path path, std::shared_ptr<PictureStore> pictures)
      : path_(std::move(path)), pictures_(std::move(pictures)) {}
  Status open();
  const MediaFacts& facts() const override { return facts_; }
  Result<PictureFacts> picture(std::int64_t index) override;
  Result<ImageHandle> read(std::int64_t index) override;

 private:
  Error wrong(std::string what, std::string hint = {}) const { return project_error(path_.string(), what, hint); }
  Status open_decoder();
  Status start_at(const MovieKeyFrame& key);
  Status start_over();
  Result<bool> next_frame();
  Result<bool> feed();
  Result<bool> decode_up_to(std::int64_t pts);
  Status find(std::int64_t index);
  Result<ImageHandle> decode(std::int64_t index);

  const fs::path path_;
  const std::shared_ptr<PictureStore> pictures_;
  MediaFacts facts_;
  PictureFacts first_;  // of all frames, but for the key
  MovieIndex index_;
  std::mutex mutex_;  // over all that follows
  InputHandle input_;
  ffmpeg::Codec decoder_;
  ffmpeg::Frame frame_{av_frame_alloc()};
  ffmpeg::Packet packet_{av_packet_alloc()};
  std::optional<std::int64_t> shown_;  // pts of the frame in hand; none: the decoder must be placed first
  bool ended_ = false;                 // the decoder has been told that nothing follows
};

Status MovieMedia::open() {
  Result<InputHandle> input = open_input(path_);
  if (!input) return input.error();
  input_ = std::move(*input);
  Result<MovieIndex> index = index_movie(*input_, path_);
  if (!index) return index.error();
  index_ = std::move(*index);
  facts_ = movie_facts(*input_, index_, path_);
  if (Status status = open_decoder(); !status) return status;
  std::lock_guard lock(mutex_);
  const Result<ImageHandle> first = decode(0);
  if (!first) return first.error();
  first_ = {(*first)->width(), (*first)->height(), (*first)->aspect, (*first)->format(), {}, colour_of(*frame_)};
  return {};
}

Status MovieMedia::open_decoder() {
  const AVCodecParameters& parameters = *input_->streams[index_.stream]->codecpar;
  const AVCodec* codec = avcodec_find_decoder(parameters.codec_id);
  if (!codec) return wrong(fmt::format("there is no decoder for {}", avcodec_get_name(parameters.codec_id)));
  // FFmpeg's own decoders of VP8 and VP9 leave alpha out.
  const char* other = parameters.codec_id == AV_CODEC_ID_VP8   ? "libvpx"
                      : parameters.codec_id == AV_CODEC_ID_VP9 ? "libvpx-vp9"
                                                               : nullptr;
  if (other && av_dict_get(input_->streams[index_.stream]->metadata, "alpha_mode", nullptr, 0))
    if (const AVCodec* found = avcodec_find_decoder_by_name(other)) codec = found;
  decoder_.reset(avcodec_alloc_context3(codec));
  if (!decoder_ || !frame_ || !packet_) return failure(path_.string(), "no memory to decode the movie");
  if (avcodec_parameters_to_context(decoder_.get(), &parameters) < 0) return wrong("its codec is described wrongly");
  decoder_->thread_count = std::clamp(thread_limit(), 1, most_decoder_threads);
  decoder_->err_recognition = AV_EF_CRCCHECK;
  decoder_->pkt_timebase = input_->streams[index_.stream]->time_base;
  if (const int error = avcodec_open2(decoder_.get(), codec, nullptr); error < 0)
    return wrong(fmt::format("the decoder for {} does not start: {}", codec->name, ffmpeg::complaint(error)));
  return {};
}

// Places the decoder at a key frame, or before it.
Status MovieMedia::start_at(const MovieKeyFrame& key) {
  shown_.reset();
  avcodec_flush_buffers(decoder_.get());
  ended_ = false;
  const int error = avformat_seek_file(input_.get(), index_.stream, INT64_MIN, std::min(key.dts, key.pts),
                                       std::min(key.dts, key.pts), 0);
  return error < 0 ? Status(failure(path_.string(), fmt::format("cannot be sought in: {}", ffmpeg::complaint(error))))
                   : Status();
}

Status MovieMedia::start_over() {
  shown_.reset();
  Result<InputHandle> input = open_input(path_);
  if (!input) return input.error();
  input_ = std::move(*input);
  ended_ = false;
  return open_decoder();
}

// Gives the decoder one more packet, or the end; false if that was given before.
Result<bool> MovieMedia::feed() {
  if (ended_) return false;
  for (;;) {
    const int error = av_read_frame(input_.get(), packet_.get());
    if (error == AVERROR_EOF) break;
    if (error < 0) return failure(path_.string(), fmt::format("cannot be read: {}", ffmpeg::complaint(error)));
    const bool ours = packet_->stream_index == index_.stream;
    const int sent = ours ? avcodec_send_packet(decoder_.get(), packet_.get()) : 0;
    av_packet_unref(packet_.get());
    if (sent < 0) return wrong(fmt::format("holds a damaged frame: {}", ffmpeg::complaint(sent)));
    if (ours) return true;
  }
  ended_ = true;
  avcodec_send_packet(decoder_.get(), nullptr);
  return true;
}

// The next frame in the order in which they are shown; false at the end.
Result<bool> MovieMedia::next_frame() {
  for (;;) {
    const int error = avcodec_receive_frame(decoder_.get(), frame_.get());
    if (error == 0) break;
    if (error == AVERROR_EOF) return false;
    if (error != AVERROR(EAGAIN)) return wrong(fmt::format("holds a damaged frame: {}", ffmpeg::complaint(error)));
    Result<bool> fed = feed();
    if (!fed || !*fed) return fed;
  }
  shown_ = frame_->best_effort_timestamp;
  return true;
}

// Whether the frame with this time stamp was found.
Result<bool> MovieMedia::decode_up_to(std::int64_t pts) {
  for (;;) {
    Result<bool> more = next_frame();
    if (!more || !*more) return more;
    if (*shown_ >= pts) return *shown_ == pts;
  }
}

// Puts a frame in hand: the next ones are decoded on from where the decoder is, others from the key frame before.
Status MovieMedia::find(std::int64_t index) {
  const std::int64_t pts = index_.pts[std::size_t(index)];
  const MovieKeyFrame& key = index_.key_before(pts);
  if (shown_ == pts) return {};
  const bool onwards = shown_ && *shown_ < pts && *shown_ >= key.pts;
  if (!onwards)
    if (Status status = start_at(key); !status) return status;
  Result<bool> found = decode_up_to(pts);
  if (found && *found) return {};
  // Containers with a poor index are read from their beginning.
  if (Status status = start_over(); !status) return status;
  Result<bool> again = decode_up_to(pts);
  if (!again) return again.error();
  return *again ? Status() : Status(wrong(fmt::format("frame {} cannot be decoded", index)));
}

Result<ImageHandle> MovieMedia::decode(std::int64_t index) {
  ffmpeg::forget_complaint();
  if (Status status = find(index); !status) {
    shown_.reset();
    Error error = status.error();
    error.what = fmt::format("frame {}: {}", index, error.what);
    return error;
  }
  if (frame_->decode_error_flags != 0 || (frame_->flags & AV_FRAME_FLAG_CORRUPT))
    return wrong(fmt::format("frame {} is damaged", index));
  Result<Image> image = picture_of(*frame_);
  if (!image) {
    Error error = image.error();
    error.where = path_.string();
    return error;
  }
  AVStream* stream = input_->streams[index_.stream];
  const AVRational pixel = av_guess_sample_aspect_ratio(input_.get(), stream, frame_.get());
  image->aspect = double(image->width()) / image->height() * (pixel.num > 0 && pixel.den > 0 ? av_q2d(pixel) : 1.0);
  return ImageHandle(std::make_shared<const Image>(oriented(*std::move(image), orientation_of(*stream))));
}

Result<PictureFacts> MovieMedia::picture(std::int64_t index) {
  PictureFacts facts = first_;
  Hasher hasher;
  facts.key = hasher.add(index_.file).add(index).key();
  return facts;
}

Result<ImageHandle> MovieMedia::read(std::int64_t index) {
  const Key key = picture(index)->key;
  if (ImageHandle known = pictures_->find(key)) return known;
  std::lock_guard lock(mutex_);
  Result<ImageHandle> made = decode(index);
  if (!made) return made;
  const Image& image = **made;
  if (image.width() != first_.width_px || image.height() != first_.height_px || image.format() != first_.format)
    return wrong(fmt::format("frame {} is of another kind ({}x{} {}) than the first ({}x{} {})", index, image.width(),
                             image.height(), info(image.format()).name, first_.width_px, first_.height_px,
                             info(first_.format).name));
  pictures_->keep(key, *made);
  return made;
}

}  // namespace

Result<MediaHandle> open_movie(const fs::path& path, std::shared_ptr<PictureStore> pictures) {
  if (Status loaded = ffmpeg::load(); !loaded) return loaded.error();
  auto movie = std::make_shared<MovieMedia>(path, std::move(pictures));
  if (Status status = movie->open(); !status) return status.error();
  return MediaHandle(std::move(movie));
}

}  // namespace cookline
