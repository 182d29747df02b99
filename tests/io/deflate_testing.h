// Shared by the tests of compressors: their streams beside another program's decompressor.
#pragma once
#include <gtest/gtest.h>
#include <libdeflate.h>

#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

namespace cookline::io_testing {

using Bytes = std::vector<std::uint8_t>;

inline void expect_reads_back(const Bytes& bytes, std::span<const std::byte> stream) {
  Bytes read(bytes.size() + 1);
  std::size_t size = 0;
  libdeflate_decompressor* const with = libdeflate_alloc_decompressor();
  ASSERT_EQ(libdeflate_zlib_decompress(with, stream.data(), stream.size(), read.data(), read.size(), &size),
            LIBDEFLATE_SUCCESS);
  libdeflate_free_decompressor(with);
  read.resize(size);
  ASSERT_TRUE(read == bytes);
}

}  // namespace cookline::io_testing
