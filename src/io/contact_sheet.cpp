// Read and shrink in parallel, then lay out and draw.
#include "io/contact_sheet.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <cstdint>
#include <cstring>
#include <new>
#include <optional>

#include "base/parallel.h"
#include "io/bitmap_font.h"
#include "io/image_file.h"
#include "io/media.h"
#include "kernels/pixels.h"

namespace cookline {
namespace {

constexpr int gap_px = 12, min_cell_px = 48;
constexpr std::uint8_t background = 40;
constexpr std::array<std::uint8_t, 3> caption_colour = {200, 200, 200};

// Source pixels [first, last) that pixel i of `to` covers of `from`; never none.
struct Span {
  int first, last;
};
Span covered(int i, int from, int to) {
  const int first = int(std::int64_t(i) * from / to);
  return {first, std::max(first + 1, int(std::int64_t(i + 1) * from / to))};
}

std::byte to_byte(float v) { return std::byte(std::lround(std::clamp(v, 0.0f, 1.0f) * 255)); }

// Adds the boxes of one source row (four planes of `from` values) to sums (four planes of `to` values).
void add_row(const std::vector<float>& planes, int from, std::vector<float>& sums, int to) {
  for (int c = 0; c < 4; ++c)
    for (int x = 0; x < to; ++x) {
      const Span box = covered(x, from, to);
      const float* const row = planes.data() + std::size_t(c) * std::size_t(from);
      float sum = 0;
      for (int sx = box.first; sx < box.last; ++sx) sum += row[sx];
      sums[std::size_t(c * to + x)] += sum;
    }
}

// The mean of each box over the background, by the stored values: fit for looking at, not for measuring.
Image shrunk(const Image& image, int width, int height) {
  Image result(width, height, PixelFormat::rgba8fixed);
  std::vector<float> planes(std::size_t(image.width()) * 4), sums(std::size_t(width) * 4);
  for (int y = 0; y < height; ++y) {
    std::ranges::fill(sums, 0.0f);
    const Span rows = covered(y, image.height(), height);
    for (int sy = rows.first; sy < rows.last; ++sy) {
      float* const p = planes.data();
      const int w = image.width();
      kernels::load_pixels(image.format(), image.row(sy), w, p, p + w, p + 2 * w, p + 3 * w);
      add_row(planes, w, sums, width);
    }
    std::byte* to = result.row(y);
    for (int x = 0; x < width; ++x, to += 4) {
      const Span box = covered(x, image.width(), width);
      const float area = float((box.last - box.first) * (rows.last - rows.first));
      const float behind = (1 - sums[std::size_t(3 * width + x)] / area) * float(background) / 255;
      for (int c = 0; c < 3; ++c) to[c] = to_byte(sums[std::size_t(c * width + x)] / area + behind);
      to[3] = std::byte(255);
    }
  }
  return result;
}

Result<ImageHandle> picture_of(const ContactFrame& frame, MediaPool& movies) {
  if (frame.picture >= 0) {
    const Result<MediaHandle> movie = movies.open(frame.file);
    return movie ? (*movie)->read(frame.picture) : movie.error();
  }
  Result<Image> image = read_image_file(frame.file);
  if (!image) return image.error();
  return std::make_shared<const Image>(std::move(*image));
}

Result<Image> thumbnail(const ContactFrame& frame, MediaPool& movies, int longer_px) try {
  const Result<ImageHandle> image = picture_of(frame, movies);
  if (!image) return image.error();
  const int width = (*image)->width(), height = (*image)->height();
  const int longer = std::max(width, height);
  const auto fit = [&](int side) {
    return longer <= longer_px ? side : std::max(1, int(std::lround(double(side) * longer_px / longer)));
  };
  return shrunk(**image, fit(width), fit(height));
} catch (const std::bad_alloc&) {
  return failure(frame.file, "no memory to read the picture");
}

// Where things lie on the sheet, in pixels from its upper left corner.
struct Grid {
  int columns, rows, cell_width, cell_height, text_scale;

  int text_height() const { return (glyph_height_px + 3) * text_scale; }
  int width() const { return gap_px + columns * (cell_width + gap_px); }
  int height() const { return gap_px + rows * (cell_height + text_height() + gap_px); }
  int left(int i) const { return gap_px + i % columns * (cell_width + gap_px); }
  int top(int i) const { return gap_px + i / columns * (cell_height + text_height() + gap_px); }
};

// As many columns as rows, so that the sheet has about the shape of a frame.
Grid grid_for(const std::vector<Image>& thumbnails) {
  Grid grid{};
  const int count = int(thumbnails.size());
  grid.columns = int(std::ceil(std::sqrt(double(count))));
  grid.rows = (count + grid.columns - 1) / grid.columns;
  grid.cell_width = min_cell_px;
  for (const Image& image : thumbnails) {
    grid.cell_width = std::max(grid.cell_width, image.width());
    grid.cell_height = std::max(grid.cell_height, image.height());
  }
  grid.text_scale = grid.cell_width >= 160 ? 2 : 1;
  return grid;
}

// What fits below a thumbnail; of a long caption the end, where the frame number stands.
std::string fitted(const ContactFrame& frame, const Grid& grid) {
  const std::string number = frame.picture < 0 ? "" : fmt::format(".{}", frame.picture);
  const std::string text = drawable_text(frame.caption.empty() ? frame.file.stem().string() + number : frame.caption);
  const auto room = std::size_t(grid.cell_width / (glyph_advance_px * grid.text_scale));
  return text.size() <= room ? text : ".." + text.substr(text.size() - (room - 2));
}

void paste(Image& sheet, const Image& image, int left, int top) {
  for (int y = 0; y < image.height(); ++y)
    std::memcpy(sheet.row(sheet.height() - 1 - top - y) + left * 4, image.row(image.height() - 1 - y),
                image.row_bytes());
}

Image draw(const std::vector<Image>& thumbnails, const std::vector<ContactFrame>& frames) {
  const Grid grid = grid_for(thumbnails);
  Image sheet(grid.width(), grid.height(), PixelFormat::rgba8fixed);
  for (std::size_t i = 0; i < sheet.bytes(); ++i) sheet.row(0)[i] = std::byte(i % 4 == 3 ? 255 : background);
  for (int i = 0; i < int(thumbnails.size()); ++i) {
    const Image& image = thumbnails[std::size_t(i)];
    paste(sheet, image, grid.left(i) + (grid.cell_width - image.width()) / 2,
          grid.top(i) + (grid.cell_height - image.height()) / 2);
    const std::string text = fitted(frames[std::size_t(i)], grid);
    const int text_width = int(text.size()) * glyph_advance_px * grid.text_scale;
    draw_text(sheet, grid.left(i) + (grid.cell_width - text_width) / 2,
              grid.top(i) + grid.cell_height + 2 * grid.text_scale, grid.text_scale, text, caption_colour);
  }
  return sheet;
}

Status check(std::span<const ContactFrame> frames, const ContactSheetOptions& options) {
  if (frames.empty()) return usage_error("", "a contact sheet needs at least one frame");
  if (options.max_frames < 1 || options.max_frames > 10000)
    return usage_error("", fmt::format("a contact sheet of {} frames; 1 to 10000 are allowed", options.max_frames));
  if (options.thumbnail_px < 16 || options.thumbnail_px > 4096)
    return usage_error("", fmt::format("thumbnails of {} pixels; 16 to 4096 are allowed", options.thumbnail_px));
  return {};
}

}  // namespace

std::vector<std::size_t> chosen_frames(std::size_t count, std::size_t max_frames) {
  const std::size_t shown = std::min(count, max_frames);
  std::vector<std::size_t> chosen(shown);
  for (std::size_t i = 0; i < shown; ++i)
    chosen[i] = shown == 1 ? 0 : (i * (count - 1) + (shown - 1) / 2) / (shown - 1);
  return chosen;
}

Result<Image> contact_sheet(std::span<const ContactFrame> frames, const ContactSheetOptions& options) try {
  if (const Status valid = check(frames, options); !valid) return valid.error();
  std::vector<ContactFrame> shown;
  for (const std::size_t i : chosen_frames(frames.size(), std::size_t(options.max_frames))) shown.push_back(frames[i]);

  MediaPool movies;
  std::vector<std::optional<Result<Image>>> read(shown.size());
  parallel_for(std::int64_t(shown.size()), [&](std::int64_t i) {
    read[std::size_t(i)].emplace(thumbnail(shown[std::size_t(i)], movies, options.thumbnail_px));
  });
  std::vector<Image> thumbnails;
  for (std::optional<Result<Image>>& image : read) {
    if (!*image) return image->error();
    thumbnails.push_back(**std::move(image));
  }
  return draw(thumbnails, shown);
} catch (const std::bad_alloc&) {
  return failure("", "no memory for the contact sheet");
}

Status write_contact_sheet(std::span<const ContactFrame> frames, const std::filesystem::path& path,
                           const ContactSheetOptions& options, const WriteOptions& write) {
  const Result<Image> sheet = contact_sheet(frames, options);
  if (!sheet) return sheet.error();
  const auto bytes = encode_image(*sheet, ImageFileType::png, {.png_effort = options.png_effort});
  return bytes ? write_file(path, *bytes, write) : bytes.error();
}

}  // namespace cookline
