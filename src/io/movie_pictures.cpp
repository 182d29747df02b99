// swscale converts in its exact mode, which is the same with every instruction set.
#include "io/movie_pictures.h"

#include <fmt/format.h>
#include <libimagequant.h>

#include <new>
#include <vector>

#include "io/row_converter.h"

// Of libgomp, which libimagequant uses: how many threads it may use for the calling thread.
extern "C" void omp_set_num_threads(int count);

namespace cookline {
namespace {

int depth_of(AVPixelFormat format) { return av_pix_fmt_desc_get(format)->comp[0].depth; }

ffmpeg::Frame new_frame(int width_px, int height_px, AVPixelFormat format) {
  ffmpeg::Frame frame(av_frame_alloc());
  frame->width = width_px, frame->height = height_px, frame->format = format;
  if (av_frame_get_buffer(frame.get(), 0) < 0) throw std::bad_alloc();
  return frame;
}

struct FreeQuantiser {
  void operator()(liq_attr* p) const { liq_attr_destroy(p); }
  void operator()(liq_image* p) const { liq_image_destroy(p); }
  void operator()(liq_result* p) const { liq_result_destroy(p); }
};

}  // namespace

Result<std::unique_ptr<MoviePictures>> MoviePictures::open(const AVCodecContext& encoder) {
  std::unique_ptr<MoviePictures> pictures(new MoviePictures(encoder));
  const bool deep = depth_of(encoder.pix_fmt) > 8;
  pictures->source_format_ = deep ? PixelFormat::rgba16fixed : PixelFormat::rgba8fixed;
  pictures->source_ = new_frame(encoder.width, encoder.height, deep ? AV_PIX_FMT_RGBA64LE : AV_PIX_FMT_RGBA);
  if (encoder.pix_fmt == AV_PIX_FMT_PAL8 || encoder.pix_fmt == pictures->source_->format) return pictures;
  constexpr int exact = SWS_BICUBIC | SWS_ACCURATE_RND | SWS_BITEXACT | SWS_FULL_CHR_H_INT | SWS_FULL_CHR_H_INP;
  pictures->scaler_.reset(sws_getContext(encoder.width, encoder.height, AVPixelFormat(pictures->source_->format),
                                         encoder.width, encoder.height, encoder.pix_fmt, exact, nullptr, nullptr,
                                         nullptr));
  if (!pictures->scaler_)
    return failure("", fmt::format("no conversion to the pixels {}", av_get_pix_fmt_name(encoder.pix_fmt)));
  const int* const weights =
      sws_getCoefficients(encoder.colorspace == AVCOL_SPC_RGB ? SWS_CS_ITU709 : encoder.colorspace);
  sws_setColorspaceDetails(pictures->scaler_.get(), weights, 1, weights, encoder.color_range == AVCOL_RANGE_JPEG, 0,
                           1 << 16, 1 << 16);
  return pictures;
}

// 256 colours chosen for this picture, dithered.
Status MoviePictures::palette(const AVFrame& from, AVFrame& to) {
  omp_set_num_threads(1);  // its sums depend on how many threads share them
  const std::unique_ptr<liq_attr, FreeQuantiser> attributes(liq_attr_create());
  liq_set_speed(attributes.get(), 8);  // four times as fast as its own choice; the difference is hard to see
  std::vector<void*> rows, indices;
  for (int y = 0; y < from.height; ++y) {
    rows.push_back(from.data[0] + std::ptrdiff_t(y) * from.linesize[0]);
    indices.push_back(to.data[0] + std::ptrdiff_t(y) * to.linesize[0]);
    // A GIF is opaque: what is transparent shows its colour.
    for (int x = 0; x < from.width; ++x) static_cast<std::uint8_t*>(rows.back())[4 * x + 3] = 255;
  }
  const std::unique_ptr<liq_image, FreeQuantiser> image(
      liq_image_create_rgba_rows(attributes.get(), rows.data(), from.width, from.height, 0));
  liq_result* chosen = nullptr;
  if (!image || liq_image_quantize(image.get(), attributes.get(), &chosen) != LIQ_OK)
    return failure("", "no palette was found for a picture");
  const std::unique_ptr<liq_result, FreeQuantiser> result(chosen);
  liq_set_dithering_level(chosen, 1);
  if (liq_write_remapped_image_rows(chosen, image.get(), reinterpret_cast<unsigned char**>(indices.data())) != LIQ_OK)
    return failure("", "no palette was found for a picture");
  const liq_palette* const colours = liq_get_palette(chosen);
  auto* const entries = reinterpret_cast<std::uint32_t*>(to.data[1]);
  for (unsigned i = 0; i < 256; ++i) {
    const liq_color c = i < colours->count ? colours->entries[i] : liq_color{0, 0, 0, 255};
    entries[i] = 0xff000000u | std::uint32_t(c.r) << 16 | std::uint32_t(c.g) << 8 | c.b;
  }
  return {};
}

Result<ffmpeg::Frame> MoviePictures::convert(const Image& image) {
  if (image.width() != encoder_.width || image.height() != encoder_.height)
    return project_error("",
                         fmt::format("a picture of {} x {} pixels in a movie of {} x {}", image.width(), image.height(),
                                     encoder_.width, encoder_.height),
                         "all pictures of a movie have the size of its first");
  RowConverter rows(image.format(), source_format_, image.width());
  for (int y = 0; y < image.height(); ++y)
    rows(image.row(image.height() - 1 - y),
         reinterpret_cast<std::byte*>(source_->data[0] + std::ptrdiff_t(y) * source_->linesize[0]));
  ffmpeg::Frame frame = new_frame(encoder_.width, encoder_.height, encoder_.pix_fmt);
  frame->color_range = encoder_.color_range, frame->colorspace = encoder_.colorspace;
  frame->color_primaries = encoder_.color_primaries, frame->color_trc = encoder_.color_trc;
  if (encoder_.pix_fmt == AV_PIX_FMT_PAL8) {
    if (Status status = palette(*source_, *frame); !status) return status.error();
  } else if (scaler_) {
    sws_scale(scaler_.get(), source_->data, source_->linesize, 0, image.height(), frame->data, frame->linesize);
  } else {
    av_frame_copy(frame.get(), source_.get());
  }
  return frame;
}

}  // namespace cookline
