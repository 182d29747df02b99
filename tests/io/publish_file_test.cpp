#include "io/publish_file.h"

#include <gtest/gtest.h>

#include <atomic>
#include <thread>

#include "io/io_testing.h"

namespace cookline {
using namespace io_testing;
namespace {
constexpr PublishBy ways[] = {PublishBy::rename_noreplace, PublishBy::link, PublishBy::reservation};
}

TEST(publish_file, every_way_moves_a_file_to_a_free_name) {
  for (const PublishBy way : ways) {
    const TemporaryFolder folder;
    put(folder / "from", "content");
    EXPECT_EQ(publish_file(folder / "from", folder / "to", way), 0);
    EXPECT_EQ(content(folder / "to"), "content");
    EXPECT_EQ(folder.files(), 1u);
  }
}

TEST(publish_file, no_way_replaces_a_file) {
  for (const PublishBy way : ways) {
    const TemporaryFolder folder;
    put(folder / "from", "new");
    put(folder / "to", "old");
    EXPECT_EQ(publish_file(folder / "from", folder / "to", way), EEXIST);
    EXPECT_EQ(publish_file(folder / "from", folder / "to"), EEXIST);
    EXPECT_EQ(content(folder / "to"), "old");
    EXPECT_EQ(content(folder / "from"), "new");
  }
}

TEST(publish_file, a_failed_reservation_frees_the_name) {
  const TemporaryFolder folder;
  EXPECT_EQ(publish_file(folder / "missing", folder / "to", PublishBy::reservation), ENOENT);
  EXPECT_EQ(folder.files(), 0u);
}

TEST(publish_file, of_many_at_once_exactly_one_gets_the_name) {
  for (const PublishBy way : ways)
    for (int round = 0; round < 20; ++round) {
      const TemporaryFolder folder;
      for (int i = 0; i < 6; ++i) put(folder / std::to_string(i), std::to_string(i));
      std::atomic<int> winners = 0, winner = -1;
      {
        std::vector<std::jthread> threads;
        for (int i = 0; i < 6; ++i)
          threads.emplace_back([&, i] {
            if (publish_file(folder / std::to_string(i), folder / "to", way) != 0) return;
            ++winners;
            winner = i;
          });
      }
      EXPECT_EQ(winners, 1);
      EXPECT_EQ(content(folder / "to"), std::to_string(winner));
      EXPECT_EQ(folder.files(), 6u);
    }
}

}  // namespace cookline
