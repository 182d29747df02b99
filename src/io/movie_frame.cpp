#include "io/movie_frame.h"

#include <fmt/format.h>

#include <bit>
#include <cstring>
#include <memory>
#include <optional>
#include <vector>

#include "base/parallel.h"
#include "io/ffmpeg.h"

namespace cookline {
namespace {

constexpr int hd_height_px = 720;  // from here on untagged streams are BT.709

bool has_alpha(const AVPixFmtDescriptor& d) { return d.flags & AV_PIX_FMT_FLAG_ALPHA; }
bool is_palette(const AVPixFmtDescriptor& d) { return d.flags & AV_PIX_FMT_FLAG_PAL; }
bool is_float(const AVPixFmtDescriptor& d) { return d.flags & AV_PIX_FMT_FLAG_FLOAT; }
bool is_grey(const AVPixFmtDescriptor& d) { return !is_palette(d) && d.nb_components <= 2; }

// Whether components can be taken as they are stored: RGB, palettes and grey.
bool is_direct(const AVPixFmtDescriptor& d) {
  if (d.flags & (AV_PIX_FMT_FLAG_BAYER | AV_PIX_FMT_FLAG_HWACCEL)) return false;
  return is_palette(d) || is_grey(d) || (d.flags & AV_PIX_FMT_FLAG_RGB);
}

struct Target {
  PixelFormat format;
  int channels;
};
Target target_of(const AVPixFmtDescriptor& d) {
  const bool grey = is_grey(d), alpha = has_alpha(d);
  if (is_float(d)) return grey && !alpha ? Target{PixelFormat::mono32float, 1} : Target{PixelFormat::rgba32float, 4};
  const bool deep = !is_palette(d) && d.comp[0].depth > 8;
  if (!grey) return {deep ? PixelFormat::rgba16fixed : PixelFormat::rgba8fixed, 4};
  if (alpha) return {deep ? PixelFormat::monoalpha16fixed : PixelFormat::monoalpha8fixed, 2};
  return {deep ? PixelFormat::mono16fixed : PixelFormat::mono8fixed, 1};
}

// What a stored code becomes: codes of `depth` bits spread over those of `bits`; limited range is widened to full.
std::vector<std::uint16_t> code_table(int depth, int bits, bool limited) {
  const std::int64_t most = (std::int64_t(1) << depth) - 1, top = (std::int64_t(1) << bits) - 1;
  const std::int64_t black = limited ? std::int64_t(16) << (depth - 8) : 0;
  const std::int64_t range = limited ? std::int64_t(219) << (depth - 8) : most;
  std::vector<std::uint16_t> table(std::size_t(most) + 1);
  for (std::int64_t code = 0; code <= most; ++code)
    table[std::size_t(code)] =
        std::uint16_t(std::min(top, (std::max<std::int64_t>(0, code - black) * 2 * top + range) / (2 * range)));
  return table;
}

// One row of components as they are stored, in the order of the picture's channels.
class RowReader {
 public:
  RowReader(const AVFrame& frame, const AVPixFmtDescriptor& desc, Target target)
      : frame_(frame), desc_(desc), target_(target), line_(std::size_t(frame.width)) {
    const bool limited = is_grey(desc) && !is_float(desc) && frame.color_range == AVCOL_RANGE_MPEG;
    const int bits = info(target.format).component == Component::u8 ? 8 : 16;
    for (int c = 0; c < target.channels && !is_float(desc); ++c)
      tables_[c] = code_table(is_palette(desc) ? 8 : desc.comp[source_of(c)].depth, bits,
                              limited && !(has_alpha(desc) && c == target.channels - 1));
  }
  void read(int y, std::byte* to) {
    for (int c = 0; c < target_.channels; ++c) {
      const bool stored = c < 3 || has_alpha(desc_);
      if (stored) load(y, c);
      for (int x = 0; x < frame_.width; ++x) put(to, x, c, stored);
    }
  }

 private:
  // The component that holds channel c; of a palette, the byte of its native BGRA word.
  int source_of(int c) const {
    if (is_palette(desc_)) return c == 3 ? 3 : 2 - c;
    if (is_grey(desc_) && target_.channels == 4) return c == 3 ? 1 : 0;
    return std::min(c, int(desc_.nb_components) - 1);
  }
  void load(int y, int c) {
    const bool palette = is_palette(desc_);
    const std::uint8_t* planes[4] = {frame_.data[0], frame_.data[1], frame_.data[2], frame_.data[3]};
    av_read_image_line2(line_.data(), planes, frame_.linesize, &desc_, 0, y, palette ? 0 : source_of(c), frame_.width,
                        0, 4);
    if (palette)
      for (std::uint32_t& code : line_) code = frame_.data[1][4 * code + std::uint32_t(source_of(c))];
  }
  void put(std::byte* to, int x, int c, bool stored) const {
    const std::size_t at = std::size_t(x) * std::size_t(target_.channels) + std::size_t(c);
    const std::uint32_t code = line_[std::size_t(x)];
    if (is_float(desc_)) {
      const float v = stored ? std::bit_cast<float>(code) : 1.0f;
      std::memcpy(to + 4 * at, &v, 4);
      return;
    }
    const std::vector<std::uint16_t>& table = tables_[c];
    const std::uint16_t v = stored ? table[std::min<std::size_t>(code, table.size() - 1)] : std::uint16_t(0xffff);
    if (info(target_.format).component == Component::u8)
      to[at] = std::byte(v);
    else
      std::memcpy(to + 2 * at, &v, 2);
  }

  const AVFrame& frame_;
  const AVPixFmtDescriptor& desc_;
  const Target target_;
  std::vector<std::uint32_t> line_;
  std::vector<std::uint16_t> tables_[4];
};

Image direct_picture(const AVFrame& frame, const AVPixFmtDescriptor& desc) {
  const Target target = target_of(desc);
  Image image(frame.width, frame.height, target.format);
  constexpr int rows = 64;
  parallel_for((frame.height + rows - 1) / rows, [&](std::int64_t task) {
    RowReader reader(frame, desc, target);
    const int first = int(task) * rows;
    for (int y = first; y < std::min(frame.height, first + rows); ++y) reader.read(y, image.row(frame.height - 1 - y));
  });
  return image;
}

// The planar YUV format without its old mark for full range.
AVPixelFormat unmarked(AVPixelFormat format) {
  switch (format) {
    case AV_PIX_FMT_YUVJ420P:
      return AV_PIX_FMT_YUV420P;
    case AV_PIX_FMT_YUVJ422P:
      return AV_PIX_FMT_YUV422P;
    case AV_PIX_FMT_YUVJ444P:
      return AV_PIX_FMT_YUV444P;
    case AV_PIX_FMT_YUVJ440P:
      return AV_PIX_FMT_YUV440P;
    case AV_PIX_FMT_YUVJ411P:
      return AV_PIX_FMT_YUV411P;
    default:
      return format;
  }
}

std::optional<int> matrix_of(const AVFrame& frame) {
  switch (frame.colorspace) {
    case AVCOL_SPC_UNSPECIFIED:
    case AVCOL_SPC_RESERVED:
    case AVCOL_SPC_RGB:
      return frame.height >= hd_height_px ? SWS_CS_ITU709 : SWS_CS_ITU601;
    case AVCOL_SPC_BT709:
      return SWS_CS_ITU709;
    case AVCOL_SPC_FCC:
      return SWS_CS_FCC;
    case AVCOL_SPC_BT470BG:
    case AVCOL_SPC_SMPTE170M:
      return SWS_CS_ITU601;
    case AVCOL_SPC_SMPTE240M:
      return SWS_CS_SMPTE240M;
    case AVCOL_SPC_BT2020_NCL:
      return SWS_CS_BT2020;
    default:
      return std::nullopt;
  }
}

Result<Image> scaled_picture(const AVFrame& frame, const AVPixFmtDescriptor& desc) {
  const auto given = AVPixelFormat(frame.format), format = unmarked(given);
  const std::optional<int> matrix = matrix_of(frame);
  if (!matrix)
    return project_error(
        {}, fmt::format("has the colour matrix '{}', which is not read", av_color_space_name(frame.colorspace)));
  const bool deep = desc.comp[0].depth > 8;
  const AVPixelFormat to = deep ? AV_PIX_FMT_RGBA64 : AV_PIX_FMT_RGBA;
  constexpr int exact = SWS_BICUBIC | SWS_BITEXACT | SWS_ACCURATE_RND | SWS_FULL_CHR_H_INT | SWS_FULL_CHR_H_INP;
  const ffmpeg::Scaler scaler(sws_getContext(frame.width, frame.height, format, frame.width, frame.height, to, exact,
                                             nullptr, nullptr, nullptr));
  if (!scaler) return project_error({}, fmt::format("has the pixel format '{}', which is not read", desc.name));
  const bool full = frame.color_range == AVCOL_RANGE_JPEG || format != given;
  sws_setColorspaceDetails(scaler.get(), sws_getCoefficients(*matrix), full, sws_getCoefficients(SWS_CS_DEFAULT), 1, 0,
                           1 << 16, 1 << 16);
  Image image(frame.width, frame.height, deep ? PixelFormat::rgba16fixed : PixelFormat::rgba8fixed);
  std::uint8_t* rows[4] = {reinterpret_cast<std::uint8_t*>(image.row(frame.height - 1)), nullptr, nullptr, nullptr};
  const int strides[4] = {-int(image.row_bytes()), 0, 0, 0};
  if (sws_scale(scaler.get(), frame.data, frame.linesize, 0, frame.height, rows, strides) != frame.height)
    return failure({}, fmt::format("frames of pixel format '{}' cannot be converted", desc.name));
  return image;
}

}  // namespace

Result<Image> picture_of(const AVFrame& frame) {
  const AVPixFmtDescriptor* desc = av_pix_fmt_desc_get(AVPixelFormat(frame.format));
  if (!desc) return project_error({}, "has a pixel format that is not known");
  if (is_direct(*desc)) return direct_picture(frame, *desc);
  return scaled_picture(frame, *desc);
}

}  // namespace cookline
