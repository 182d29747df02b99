#include "io/media.h"
#include "io/file_bytes.h"

#include <atomic>
#include <thread>

#include "base/parallel.h"
#include "io_testing.h"

namespace cookline {
namespace {

namespace fs = std::filesystem;
using io_testing::put;
using io_testing::random_image;
using io_testing::same_pixels;
using io_testing::TemporaryFolder;

void write(const fs::path& path, const Image& image) {
  const auto file = encode_image(image, *image_file_type_of(path), {.quality = 1});
  ASSERT_TRUE(file) << to_string(file.error());
  put(path, {reinterpret_cast<const char*>(file->data()), file->size()});
}

// Numbers that any format can hold.
Image numbers(int width, int height, PixelFormat format, std::uint64_t seed) {
  Image image = random_image(width, height, format, seed);
  if (info(format).fixed()) return image;
  for (int i = 0; i < int(image.bytes() / 4); ++i) {
    const float v = float(io_testing::random_int(seed, std::uint64_t(i), -4000, 4000)) / 1000;
    std::memcpy(image.row(0) + 4 * i, &v, 4);
  }
  return image;
}

TEST(media, an_image_is_a_medium_of_one_picture_in_every_lossless_type_and_depth) {
  TemporaryFolder folder;
  const std::pair<const char*, PixelFormat> kinds[] = {
      {"a.png", PixelFormat::rgba8fixed},     {"b.png", PixelFormat::rgba16fixed}, {"c.tif", PixelFormat::rgba8fixed},
      {"d.tif", PixelFormat::rgba16fixed},    {"e.tif", PixelFormat::rgba32float}, {"f.exr", PixelFormat::rgba32float},
      {"g.bmp", PixelFormat::rgba8fixed},     {"h.dds", PixelFormat::rgba8fixed},  {"i.webp", PixelFormat::rgba8fixed},
      {"j.png", PixelFormat::mono8fixed},     {"k.png", PixelFormat::mono16fixed}, {"l.tif", PixelFormat::mono32float},
      {"m.png", PixelFormat::monoalpha8fixed}};
  MediaPool pool;
  for (const auto& [name, format] : kinds) {
    SCOPED_TRACE(name);
    const Image image = numbers(13, 7, format, 3);
    write(folder / name, image);
    const Result<MediaHandle> media = pool.open(folder / name);
    ASSERT_TRUE(media) << to_string(media.error());
    EXPECT_EQ((*media)->facts().count, 1);
    EXPECT_EQ((*media)->facts().kind, MediaKind::image);
    const auto facts = (*media)->picture(0);
    ASSERT_TRUE(facts);
    const auto read = (*media)->read(0);
    ASSERT_TRUE(read);
    EXPECT_TRUE(same_pixels(**read, image));
    EXPECT_EQ(facts->format, (*read)->format());
    EXPECT_EQ(facts->width_px, 13);
    EXPECT_EQ(facts->height_px, 7);
  }
}

TEST(media, headers_tell_the_size_and_format_that_decoding_gives) {
  TemporaryFolder folder;
  for (const ImageFileType type : {ImageFileType::tiff, ImageFileType::jpeg, ImageFileType::bmp, ImageFileType::exr,
                                   ImageFileType::png, ImageFileType::dds, ImageFileType::webp})
    for (const PixelFormat format : {PixelFormat::rgba8fixed, PixelFormat::mono8fixed, PixelFormat::monoalpha16fixed,
                                     PixelFormat::rgba32float, PixelFormat::rgb16float}) {
      const auto file = encode_image(numbers(9, 5, format, 1), type);
      ASSERT_TRUE(file);
      const auto whole = decode_image(*file), header = decode_image(*file, {.header_only = true});
      ASSERT_TRUE(whole && header);
      EXPECT_EQ(whole->format(), header->format());
      EXPECT_EQ(whole->width(), header->width());
      EXPECT_EQ(whole->height(), header->height());
    }
}

TEST(media, a_file_is_read_as_its_bytes_are_whatever_its_size_and_where_its_header_is) {
  TemporaryFolder folder;
  for (const ImageFileType type : {ImageFileType::tiff, ImageFileType::jpeg, ImageFileType::bmp, ImageFileType::exr,
                                   ImageFileType::png, ImageFileType::dds, ImageFileType::webp})
    for (const Compression compression : {Compression::standard, Compression::zip})
      for (const PixelFormat format : {PixelFormat::rgba8fixed, PixelFormat::rgb16float, PixelFormat::mono16fixed}) {
        if (!can_compress(type, compression)) continue;
        // Three strips of a TIFF, and a header far from its beginning.
        const auto file = encode_image(random_image(401, 310, format, 3), type, {.compression = compression});
        ASSERT_TRUE(file);
        const auto path = folder / "picture";
        put(path, {reinterpret_cast<const char*>(file->data()), file->size()});
        const auto expected = decode_image(*file), read = read_image_file(path);
        ASSERT_TRUE(expected && read);
        EXPECT_TRUE(same_pixels(*read, *expected));
        FileDigest digest;
        const auto coloured = read_colour_image(path, &digest);
        ASSERT_TRUE(coloured);
        const auto whole = digest_file(path);
        ASSERT_TRUE(whole);
        EXPECT_EQ(digest.hash, hash_bytes(*file));
        EXPECT_EQ(digest.bytes, file->size());
        EXPECT_EQ(digest.head, whole->head);
        EXPECT_EQ(whole->hash, digest.hash);
        const auto header = read_image_header(path);
        ASSERT_TRUE(header);
        EXPECT_EQ(header->format, expected->format());
        EXPECT_EQ(header->width_px, 401);
        EXPECT_EQ(header->height_px, 310);
        EXPECT_EQ(header->colour, coloured->colour);
        std::filesystem::resize_file(path, file->size() - 200);
        EXPECT_EQ(bool(read_image_file(path)), bool(decode_image(std::span(*file).first(file->size() - 200))))
            << info(type).name;
      }
}

TEST(media, a_sequence_gives_each_picture_in_any_order_on_any_number_of_threads) {
  TemporaryFolder folder;
  constexpr int count = 40;
  for (int i = 0; i < count; ++i)
    write(folder / ("0." + std::to_string(i) + ".png"), random_image(8 + i % 3, 6, PixelFormat::rgba8fixed, 50 + i));
  const int before = thread_limit();
  for (const int threads : {1, 4}) {
    set_thread_limit(threads);
    MediaPool pool(20000);  // room for a part of them
    const auto media = pool.open(folder.path());
    ASSERT_TRUE(media);
    ASSERT_EQ((*media)->facts().count, count);
    for (const int step : {1, 7, count - 1})
      for (int i = 0; i < count; ++i) {
        const int index = i * step % count;
        const auto read = (*media)->read(index);
        ASSERT_TRUE(read);
        EXPECT_TRUE(same_pixels(**read, random_image(8 + index % 3, 6, PixelFormat::rgba8fixed, 50 + index)));
      }
  }
  set_thread_limit(before);
}

TEST(media, what_is_known_of_a_picture_that_was_read_ahead_is_not_read_again) {
  TemporaryFolder folder;
  for (int i = 0; i < 4; ++i)
    write(folder / (std::to_string(i) + ".png"), random_image(9 + i, 7, PixelFormat::rgba16fixed, i));
  const int before = thread_limit();
  set_thread_limit(2);
  MediaPool pool;
  const auto media = pool.open(folder.path());
  ASSERT_TRUE(media);
  ASSERT_TRUE((*media)->read(0));
  for (const int i : {1, 2}) {  // the first of them was read ahead: nobody sees what is there now
    const fs::path file = folder / (std::to_string(i) + ".png");
    const auto time = fs::last_write_time(file);
    put(file, std::string(fs::file_size(file), 'x'));
    fs::last_write_time(file, time);
  }
  const auto known = (*media)->picture(1);
  ASSERT_TRUE(known) << to_string(known.error());
  EXPECT_EQ(known->width_px, 10);
  EXPECT_EQ(known->height_px, 7);
  EXPECT_EQ(known->aspect, 10 / 7.0);
  EXPECT_EQ(known->format, PixelFormat::rgba16fixed);
  EXPECT_EQ(known->colour, "srgb");
  EXPECT_FALSE((*media)->picture(2));
  EXPECT_EQ((*media)->picture(3)->width_px, 12);
  set_thread_limit(before);
}

TEST(media, several_threads_may_read_at_once) {
  TemporaryFolder folder;
  for (int i = 0; i < 12; ++i)
    write(folder / (std::to_string(i) + ".png"), random_image(16, 16, PixelFormat::rgba8fixed, i));
  MediaPool pool(8000);
  std::atomic<int> wrong = 0;
  std::vector<std::thread> threads;
  for (int t = 0; t < 4; ++t)
    threads.emplace_back([&, t] {
      for (int i = 0; i < 60; ++i) {
        const int index = (i * (t + 1)) % 12;
        const auto media = pool.open(folder.path());
        const auto read = media ? (*media)->read(index) : Result<ImageHandle>(media.error());
        wrong += !read || !same_pixels(**read, random_image(16, 16, PixelFormat::rgba8fixed, index));
      }
    });
  for (std::thread& thread : threads) thread.join();
  EXPECT_EQ(wrong, 0);
}

TEST(media, a_missing_picture_is_an_error_that_tells_its_number) {
  TemporaryFolder folder;
  for (const int i : {0, 1, 3}) write(folder / (std::to_string(i) + ".png"), numbers(4, 4, PixelFormat::rgba8fixed, 1));
  MediaPool pool;
  const auto media = pool.open(folder.path());
  ASSERT_TRUE(media);
  EXPECT_EQ((*media)->facts().count, 4);
  EXPECT_EQ((*media)->facts().missing, std::vector<std::int64_t>{2});
  EXPECT_TRUE((*media)->read(1));
  const auto read = (*media)->read(2);
  ASSERT_FALSE(read);
  EXPECT_NE(to_string(read.error()).find("2.png: image 2 of the sequence is missing"), std::string::npos);
  EXPECT_FALSE((*media)->picture(2));
  EXPECT_TRUE((*media)->read(3));
}

TEST(media, damaged_and_vanished_files_are_errors_of_their_own_picture) {
  TemporaryFolder folder;
  for (const int i : {0, 1, 2, 3})
    write(folder / (std::to_string(i) + ".png"), numbers(9, 9, PixelFormat::rgba8fixed, 1));
  const std::string half = io_testing::content(folder / "2.png").substr(0, 60);
  put(folder / "2.png", half);
  MediaPool pool;
  const auto media = pool.open(folder.path());
  ASSERT_TRUE(media);
  EXPECT_TRUE((*media)->read(0));
  EXPECT_TRUE((*media)->read(1));
  const auto damaged = (*media)->read(2);
  ASSERT_FALSE(damaged);
  EXPECT_NE(to_string(damaged.error()).find("2.png"), std::string::npos);
  fs::remove(folder / "3.png");
  EXPECT_FALSE((*media)->read(3));
}

TEST(media, a_file_that_changed_has_another_key_and_its_new_pixels) {
  TemporaryFolder folder;
  write(folder / "a.png", numbers(4, 4, PixelFormat::rgba8fixed, 1));
  MediaPool pool;
  const auto media = pool.open(folder / "a.png");
  ASSERT_TRUE(media && (*media)->read(0));
  const Key before = (*media)->picture(0)->key;
  write(folder / "a.png", numbers(5, 4, PixelFormat::rgba8fixed, 2));
  EXPECT_NE((*media)->picture(0)->key, before);
  EXPECT_EQ((*(*media)->read(0))->width(), 5);
}

TEST(media, a_later_generation_lists_a_folder_anew) {
  TemporaryFolder folder;
  write(folder / "0.png", numbers(4, 4, PixelFormat::rgba8fixed, 1));
  MediaPool pool;
  EXPECT_EQ((*pool.open(folder.path()))->facts().count, 1);
  write(folder / "1.png", numbers(4, 4, PixelFormat::rgba8fixed, 1));
  EXPECT_EQ((*pool.open(folder.path()))->facts().count, 1);
  EXPECT_EQ((*pool.open(folder.path(), 1))->facts().count, 2);
}

TEST(media, what_cannot_be_played_says_so) {
  TemporaryFolder folder;
  MediaPool pool;
  const auto gone = pool.open(folder / "gone.png");
  ASSERT_FALSE(gone);
  EXPECT_TRUE(gone.error().missing);
  EXPECT_NE(to_string(gone.error()).find("gone.png: there is no such file"), std::string::npos);
  put(folder / "text.mov", "this is no movie");
  const auto text = pool.open(folder / "text.mov");
  ASSERT_FALSE(text);
  EXPECT_NE(to_string(text.error()).find("text.mov: cannot be played"), std::string::npos);
}

}  // namespace
}  // namespace cookline
