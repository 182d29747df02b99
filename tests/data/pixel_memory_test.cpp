#include "data/pixel_memory.h"

#include <gtest/gtest.h>

#include <cstdint>
#include <cstring>
#include <thread>
#include <vector>

namespace cookline {
namespace {

constexpr std::size_t sizes[] = {1,       63,      64,      4095,          65535,         65536,    65537,
                                 1 << 20, 3000001, 2 << 20, (2 << 20) + 1, (6 << 20) + 9, 140000000};

TEST(pixel_memory, every_size_is_aligned_writable_to_its_end_and_shares_nothing_with_another) {
  std::vector<PixelMemory> all;
  for (int round = 0; round < 2; ++round)
    for (const std::size_t bytes : sizes) {
      all.push_back(allocate_pixels(bytes));
      EXPECT_EQ(reinterpret_cast<std::uintptr_t>(all.back().get()) % 64, 0u) << bytes;
      EXPECT_EQ(all.back().get_deleter().bytes, bytes);
      std::memset(all.back().get(), int(all.size()), bytes);
    }
  for (std::size_t i = 0; i < all.size(); ++i) {
    const std::size_t bytes = all[i].get_deleter().bytes;
    EXPECT_EQ(all[i][0], std::byte(i + 1)) << bytes;
    EXPECT_EQ(all[i][bytes / 2], std::byte(i + 1)) << bytes;
    EXPECT_EQ(all[i][bytes - 1], std::byte(i + 1)) << bytes;
  }
}

TEST(pixel_memory, what_was_a_picture_is_the_next_one_of_its_size_unless_it_is_larger_than_what_is_kept) {
  for (const std::size_t bytes : {std::size_t(100000), std::size_t(5000000)}) {
    PixelMemory first = allocate_pixels(bytes), other = allocate_pixels(bytes + 8192);
    const std::byte* const was = first.get();
    std::memset(first.get(), 7, bytes);
    first.reset(), other.reset();
    const PixelMemory again = allocate_pixels(bytes);
    EXPECT_EQ(again.get(), was);
    EXPECT_EQ(again[bytes - 1], std::byte(7));  // it has not been with the kernel
  }
  PixelMemory large = allocate_pixels(200000000);
  std::memset(large.get(), 7, 200000000);
  large.reset();
  EXPECT_EQ(allocate_pixels(200000000)[100000000], std::byte(0));
}

TEST(pixel_memory, many_threads_take_and_give_back_at_once_even_what_another_one_took) {
  std::vector<PixelMemory> between(4);
  std::vector<std::thread> threads;
  for (int t = 0; t < 4; ++t)
    threads.emplace_back([&, t] {
      for (std::size_t i = 0; i < 300; ++i) {
        PixelMemory mine = allocate_pixels(65536 * (1 + i % 5));
        std::memset(mine.get(), t, mine.get_deleter().bytes);
        ASSERT_EQ(mine[mine.get_deleter().bytes - 1], std::byte(t));
        if (i % 3 == 0) between[std::size_t(t)] = std::move(mine);
      }
    });
  for (std::thread& thread : threads) thread.join();
  between.clear();
}

TEST(pixel_memory, more_than_there_is_is_bad_alloc) {
  EXPECT_THROW(allocate_pixels(std::size_t(1) << 60), std::bad_alloc);
}

}  // namespace
}  // namespace cookline
