#include "io/contact_sheet.h"

#include <gtest/gtest.h>

#include <algorithm>

#include "base/parallel.h"
#include "io/bitmap_font.h"
#include "io/image_file.h"
#include "io/io_testing.h"

namespace cookline {
using namespace io_testing;
namespace fs = std::filesystem;
namespace {

Image flat(int width, int height, float r, float g, float b, float a) {
  Image image(width, height, PixelFormat::rgba8fixed);
  for (int i = 0; i < width * height; ++i)
    kernels::store_pixels(image.format(), &r, &g, &b, &a, 1, image.row(0) + 4 * i);
  return image;
}

void save(const fs::path& path, const Image& image) {
  const auto bytes = encode_image(image, ImageFileType::png);
  ASSERT_TRUE(bytes);
  ASSERT_TRUE(write_file(path, *bytes));
}

// A pixel as bytes, counted from the upper left corner.
std::array<int, 4> seen(const Image& image, int x, int y) {
  const std::byte* const p = image.row(image.height() - 1 - y) + 4 * x;
  return {int(p[0]), int(p[1]), int(p[2]), int(p[3])};
}

Image sheet_of(const std::vector<ContactFrame>& frames, const ContactSheetOptions& options = {}) {
  auto sheet = contact_sheet(frames, options);
  EXPECT_TRUE(sheet) << (sheet ? "" : to_string(sheet.error()));
  return sheet ? *std::move(sheet) : Image(1, 1, PixelFormat::rgba8fixed);
}

// The drawn text as lines of # and spaces.
std::string drawing(std::string_view text, int width) {
  Image image = flat(width, glyph_height_px, 0, 0, 0, 1);
  draw_text(image, 0, 0, 1, text, {255, 255, 255});
  std::string lines;
  for (int y = 0; y < image.height(); ++y) {
    for (int x = 0; x < width; ++x) lines += seen(image, x, y)[0] ? '#' : '.';
    lines += '\n';
  }
  return lines;
}

constexpr std::array<int, 4> grey = {40, 40, 40, 255};

}  // namespace

TEST(contact_sheet, frames_are_chosen_evenly_with_both_ends) {
  EXPECT_EQ(chosen_frames(0, 5), std::vector<std::size_t>());
  EXPECT_EQ(chosen_frames(3, 5), (std::vector<std::size_t>{0, 1, 2}));
  EXPECT_EQ(chosen_frames(9, 5), (std::vector<std::size_t>{0, 2, 4, 6, 8}));
  EXPECT_EQ(chosen_frames(9, 1), std::vector<std::size_t>{0});
  for (std::size_t count = 2; count < 200; ++count)
    for (std::size_t most = 2; most < 30; ++most) {
      const auto chosen = chosen_frames(count, most);
      ASSERT_EQ(chosen.size(), std::min(count, most));
      ASSERT_EQ(chosen.front(), 0u);
      ASSERT_EQ(chosen.back(), count - 1);
      std::size_t shortest = count, longest = 0;
      for (std::size_t i = 1; i < chosen.size(); ++i) {
        shortest = std::min(shortest, chosen[i] - chosen[i - 1]);
        longest = std::max(longest, chosen[i] - chosen[i - 1]);
      }
      ASSERT_GE(shortest, 1u);
      ASSERT_LE(longest - shortest, 1u) << count << " " << most;
    }
}

TEST(contact_sheet, thumbnails_stand_in_a_grid_row_by_row_from_the_top) {
  const TemporaryFolder folder;
  std::vector<ContactFrame> frames;
  for (int i = 0; i < 5; ++i) {
    frames.push_back({folder / ("0." + std::to_string(i) + ".png"), ""});
    save(frames.back().file, flat(200, 100, float(i) / 5, 1, 0, 1));
  }
  const Image sheet = sheet_of(frames, {.max_frames = 25, .thumbnail_px = 100});
  // Cells of 100 x 50 and a caption of 11, with 12 around: three columns, two rows.
  ASSERT_EQ(std::pair(sheet.width(), sheet.height()), std::pair(12 + 3 * 112, 12 + 2 * (50 + 11 + 12)));
  for (int i = 0; i < 5; ++i)
    for (const auto& [x, y] : {std::pair(0, 0), {99, 0}, {0, 49}, {99, 49}})
      EXPECT_EQ(seen(sheet, 12 + i % 3 * 112 + x, 12 + i / 3 * 73 + y), (std::array<int, 4>{i * 51, 255, 0, 255})) << i;
  EXPECT_EQ(seen(sheet, 0, 0), grey);
  EXPECT_EQ(seen(sheet, 12 + 100, 12), grey);
  EXPECT_EQ(seen(sheet, 12 + 2 * 112 + 50, 12 + 73 + 25), grey);  // the sixth place is empty
}

TEST(contact_sheet, a_thumbnail_is_the_mean_of_its_boxes_the_right_way_up) {
  const TemporaryFolder folder;
  Image image(64, 32, PixelFormat::rgba8fixed);
  for (int y = 0; y < 32; ++y)
    for (int x = 0; x < 64; ++x) {
      const std::uint8_t rgba[4] = {std::uint8_t(y >= 16 ? 255 : 0), std::uint8_t(x % 2 ? 200 : 100),
                                    std::uint8_t(x >= 32 ? 255 : 0), 255};
      std::memcpy(image.row(y) + 4 * x, rgba, 4);
    }
  save(folder / "a.png", image);
  const Image sheet = sheet_of({{folder / "a.png", " "}}, {.thumbnail_px = 16});
  const int left = 12 + (48 - 16) / 2, top = 12;
  EXPECT_EQ(seen(sheet, left, top), (std::array<int, 4>{255, 150, 0, 255}));
  EXPECT_EQ(seen(sheet, left + 15, top + 7), (std::array<int, 4>{0, 150, 255, 255}));
}

TEST(contact_sheet, transparent_pixels_show_the_background_and_small_pictures_keep_their_size) {
  const TemporaryFolder folder;
  save(folder / "a.png", flat(60, 3, 0.2f, 0, 0, 0.5f));
  const Image sheet = sheet_of({{folder / "a.png", " "}});
  EXPECT_EQ(sheet.width(), 60 + 24);
  EXPECT_EQ(seen(sheet, 12, 12), (std::array<int, 4>{51 + 20, 20, 20, 255}));
}

TEST(contact_sheet, pictures_of_different_sizes_and_types_are_centred) {
  const TemporaryFolder folder;
  save(folder / "wide.png", flat(400, 10, 1, 1, 1, 1));
  const auto jpeg = encode_image(flat(10, 400, 1, 1, 1, 1), ImageFileType::jpeg);
  ASSERT_TRUE(write_file(folder / "tall.jpg", *jpeg));
  save(folder / "dot.png", flat(1, 1, 1, 1, 1, 1));
  const Image sheet =
      sheet_of({{folder / "wide.png", ""}, {folder / "tall.jpg", ""}, {folder / "dot.png", ""}}, {.thumbnail_px = 200});
  const auto white = [&](int x, int y) { return seen(sheet, x, y)[1] > 250; };
  EXPECT_TRUE(white(12, 12 + 100) && white(12 + 199, 12 + 100) && !white(12, 12 + 90));
  EXPECT_TRUE(white(12 + 212 + 100, 12) && white(12 + 212 + 100, 12 + 199) && !white(12 + 212 + 90, 12));
  EXPECT_TRUE(white(12 + 99, 12 + (200 + 22 + 12) + 99));
}

TEST(contact_sheet, captions_are_the_file_s_stem_and_long_ones_keep_their_end) {
  const TemporaryFolder folder;
  const std::string name = "a_very_long_name_of_a_take.0.17";
  save(folder / (name + ".png"), flat(60, 20, 0, 0, 0, 1));
  save(folder / "other.png", flat(60, 20, 0, 0, 0, 1));
  const Image by_stem = sheet_of({{folder / (name + ".png"), ""}});
  const Image by_caption = sheet_of({{folder / "other.png", ".." + name.substr(name.size() - 8)}});
  EXPECT_EQ(std::vector(by_stem.pixels().begin(), by_stem.pixels().end()),
            std::vector(by_caption.pixels().begin(), by_caption.pixels().end()));
  int drawn = 0;
  for (int y = 12 + 20; y < by_stem.height(); ++y)
    for (int x = 0; x < by_stem.width(); ++x) drawn += seen(by_stem, x, y) == std::array<int, 4>{200, 200, 200, 255};
  EXPECT_GT(drawn, 50);
}

TEST(contact_sheet, the_picture_does_not_depend_on_the_number_of_threads) {
  const TemporaryFolder folder;
  std::vector<ContactFrame> frames;
  for (int i = 0; i < 30; ++i) {
    frames.push_back({folder / (std::to_string(i) + ".png"), ""});
    save(frames.back().file, random_image(33 + i, 70 - i, PixelFormat::rgba8fixed, std::uint64_t(i)));
  }
  const auto pixels = [&] {
    const Image sheet = sheet_of(frames, {.thumbnail_px = 40});
    return std::vector(sheet.pixels().begin(), sheet.pixels().end());
  };
  const auto all = pixels();
  set_thread_limit(1);
  EXPECT_EQ(pixels(), all);
  set_thread_limit(0);
}

TEST(contact_sheet, errors_name_the_file_or_the_option) {
  const TemporaryFolder folder;
  save(folder / "good.png", flat(4, 4, 0, 0, 0, 1));
  put(folder / "bad.png", "no picture");
  const auto bad = contact_sheet(std::vector<ContactFrame>{{folder / "good.png", ""}, {folder / "bad.png", ""}});
  ASSERT_FALSE(bad);
  EXPECT_EQ(bad.error().where, folder / "bad.png");
  const std::vector<ContactFrame> good = {{folder / "good.png", ""}};
  EXPECT_FALSE(contact_sheet({}));
  EXPECT_FALSE(contact_sheet(good, {.max_frames = 0}));
  EXPECT_FALSE(contact_sheet(good, {.thumbnail_px = 15}));
  EXPECT_FALSE(contact_sheet(good, {.thumbnail_px = 4097}));
  EXPECT_TRUE(contact_sheet(good, {.max_frames = 1, .thumbnail_px = 16}));
}

TEST(contact_sheet, is_written_as_a_png_that_reads_back) {
  const TemporaryFolder folder;
  save(folder / "a.png", flat(50, 50, 0, 0, 1, 1));
  const std::vector<ContactFrame> frames = {{folder / "a.png", ""}};
  ASSERT_TRUE(write_contact_sheet(frames, folder / "sheet.png"));
  EXPECT_FALSE(write_contact_sheet(frames, folder / "sheet.png"));
  EXPECT_TRUE(write_contact_sheet(frames, folder / "sheet.png", {}, {.overwrite = true}));
  const auto sheet = read_image_file(folder / "sheet.png");
  ASSERT_TRUE(sheet);
  EXPECT_EQ(seen(*sheet, 12 + 25, 12 + 25), (std::array<int, 4>{0, 0, 255, 255}));
}

TEST(bitmap_font, draws_what_one_reads) {
  EXPECT_EQ(drawing("0.g", 17),
            ".###.............\n"
            "#...#............\n"
            "#..##........####\n"
            "#.#.#.......#...#\n"
            "##..#.......#...#\n"
            "#...#........####\n"
            ".###....#.......#\n"
            ".............###.\n");
}

TEST(bitmap_font, every_printable_character_has_its_own_shape) {
  std::vector<std::string> shapes;
  for (char c = ' '; c <= '~'; ++c) shapes.push_back(drawing(std::string(1, c), 6));
  std::ranges::sort(shapes);
  EXPECT_EQ(std::ranges::adjacent_find(shapes), shapes.end());
}

TEST(bitmap_font, other_characters_become_question_marks) {
  EXPECT_EQ(drawable_text("Größe\t世界"), "Gr??e???");
  EXPECT_EQ(drawing("ü", 6), drawing("?", 6));
}

TEST(bitmap_font, text_beyond_the_edges_is_cut) {
  for (const auto& [left, top] : {std::pair(-7, -3), {5, 2}, {-40, 0}, {0, 30}, {2, -9}}) {
    Image small = flat(9, 8, 0, 0, 0, 1), large = flat(109, 108, 0, 0, 0, 1);
    draw_text(small, left, top, 2, "Wg", {255, 128, 0});
    draw_text(large, left + 50, top + 50, 2, "Wg", {255, 128, 0});
    for (int y = 0; y < 8; ++y)
      for (int x = 0; x < 9; ++x) EXPECT_EQ(seen(small, x, y), seen(large, x + 50, y + 50)) << left << ", " << top;
  }
}

}  // namespace cookline
