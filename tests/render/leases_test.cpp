// Leases: one holder at a time, taken over from the dead alone, and nothing left behind.
#include "render/leases.h"

#include <gtest/gtest.h>
#include <unistd.h>

#include <atomic>
#include <chrono>
#include <fstream>
#include <thread>
#include <vector>

namespace cookline {
namespace {

namespace fs = std::filesystem;

struct LeaseFolder : testing::Test {
  fs::path folder = fs::temp_directory_path() / ("cookline_leases_" + std::to_string(::getpid()));
  LeaseFolder() { fs::remove_all(folder); }
  ~LeaseFolder() override { fs::remove_all(folder); }

  std::unique_ptr<Leases> join(double lifetime_s = 60) const {
    auto leases = Leases::join(folder, lifetime_s);
    EXPECT_TRUE(leases) << to_string(leases.error());
    return leases ? std::move(*leases) : nullptr;
  }
  static bool take(Leases& leases, const std::string& part) {
    const Result<bool> taken = leases.take(part, "a part");
    EXPECT_TRUE(taken) << to_string(taken.error());
    return taken && *taken;
  }
  int files(const std::string& extension) const {
    int count = 0;
    for (const auto& entry : fs::directory_iterator(folder)) count += entry.path().extension() == extension;
    return count;
  }
  // The lease of a process that wrote its own file so long ago.
  void leave_lease(const std::string& id, long pid, const std::string& boot, double silent_s) const {
    std::ofstream(folder / (id + ".jsonl")) << "";
    fs::last_write_time(folder / (id + ".jsonl"),
                        fs::file_time_type::clock::now() - std::chrono::milliseconds(std::int64_t(1000 * silent_s)));
    std::string processes = fs::read_symlink("/proc/self/ns/pid").string();
    std::ofstream(folder / "5.0.lease") << R"({"id":")" << id << R"(","boot":")" << boot << R"(","processes":")"
                                        << processes << R"(","start":"1","pid":)" << pid << R"(,"lifetime_s":10})"
                                        << "\n";
  }
  static std::string this_boot() {
    std::string line;
    std::ifstream file("/proc/sys/kernel/random/boot_id");
    std::getline(file, line);
    return line;
  }
};

TEST_F(LeaseFolder, a_part_has_one_holder_until_it_is_given_back) {
  const auto a = join(), b = join();
  EXPECT_TRUE(take(*a, "1"));
  EXPECT_TRUE(take(*a, "1")) << "it is ours already";
  EXPECT_FALSE(take(*b, "1"));
  EXPECT_TRUE(take(*b, "11")) << "another part, whose name begins alike";
  EXPECT_TRUE(b->is_held("1"));
  a->give_back("1");
  EXPECT_FALSE(b->is_held("1"));
  EXPECT_TRUE(take(*b, "1"));
}

TEST_F(LeaseFolder, can_be_joined_while_others_end_the_take_and_remove_it) {
  std::atomic<bool> over = false;
  std::thread ender([&] {
    std::error_code ignored;
    while (!over) fs::remove_all(folder, ignored);
  });
  for (int i = 0; i < 300; ++i) EXPECT_TRUE(join());
  over = true;
  ender.join();
}

// Each of those who end the take removes it once, some of them at about the same time.
TEST_F(LeaseFolder, parts_can_be_taken_while_others_end_the_take_and_remove_it) {
  const auto leases = join();
  std::atomic<bool> over = false;
  std::thread ender([&] {
    std::error_code ignored;
    while (!over) {
      for (int i = 0; i < 8; ++i) fs::remove_all(folder, ignored);
      std::this_thread::sleep_for(std::chrono::milliseconds(1));
    }
  });
  for (int i = 0; i < 3000; ++i) {
    const Result<bool> taken = leases->take(std::to_string(i), "a part");
    EXPECT_TRUE(taken) << to_string(taken.error());
  }
  over = true;
  ender.join();
}

TEST_F(LeaseFolder, of_many_that_reach_for_a_part_at_once_one_gets_it) {
  std::vector<std::unique_ptr<Leases>> all;
  for (int i = 0; i < 8; ++i) all.push_back(join());
  for (int round = 0; round < 30; ++round) {
    std::atomic<int> holders = 0;
    {
      std::vector<std::jthread> threads;
      for (const auto& leases : all) threads.emplace_back([&] { holders += take(*leases, std::to_string(round)); });
    }
    EXPECT_EQ(holders, 1);
  }
}

TEST_F(LeaseFolder, of_many_that_take_over_from_the_dead_one_gets_it) {
  std::vector<std::unique_ptr<Leases>> all;
  for (int i = 0; i < 8; ++i) all.push_back(join());
  leave_lease("gone", 1, "another machine", 11);
  std::atomic<int> holders = 0;
  {
    std::vector<std::jthread> threads;
    for (const auto& leases : all) threads.emplace_back([&] { holders += take(*leases, "5"); });
  }
  EXPECT_EQ(holders, 1);
  for (const auto& leases : all) leases->give_back("5");
  EXPECT_EQ(files(".lease"), 0) << "that of the dead has gone too";
}

TEST_F(LeaseFolder, the_silent_are_dead_and_others_alive_on_another_machine) {
  const auto leases = join();
  leave_lease("far", 1, "another machine", 9);
  EXPECT_TRUE(leases->is_held("5"));
  EXPECT_FALSE(take(*leases, "5"));
  leave_lease("far", 1, "another machine", 11);
  EXPECT_FALSE(leases->is_held("5"));
  EXPECT_TRUE(take(*leases, "5"));
}

TEST_F(LeaseFolder, a_process_of_this_machine_that_does_not_exist_is_dead_at_once) {
  const auto leases = join();
  leave_lease("near", 1, this_boot(), 0);  // process 1 did not begin at tick 1
  EXPECT_FALSE(leases->is_held("5"));
  EXPECT_TRUE(take(*leases, "5"));
}

TEST_F(LeaseFolder, a_process_stays_alive_for_longer_than_its_lease) {
  const auto a = join(1), b = join(1);
  EXPECT_TRUE(take(*a, "1"));
  std::this_thread::sleep_for(std::chrono::milliseconds(1500));
  EXPECT_TRUE(b->is_held("1"));
}

TEST_F(LeaseFolder, who_leaves_gives_back_and_keeps_what_it_said) {
  {
    const auto leases = join();
    EXPECT_TRUE(take(*leases, "1"));
    EXPECT_TRUE(leases->append("a\n"));
    EXPECT_TRUE(leases->append("b\n"));
  }
  EXPECT_EQ(files(".lease"), 0);
  ASSERT_EQ(files(".jsonl"), 1);
  std::string line, all;
  for (const auto& entry : fs::directory_iterator(folder))
    for (std::ifstream file(entry.path()); std::getline(file, line);) all += line;
  EXPECT_EQ(all, "ab");
}

TEST_F(LeaseFolder, that_was_removed_is_made_again) {
  const auto leases = join();
  fs::remove_all(folder);
  EXPECT_TRUE(take(*leases, "1"));
  EXPECT_EQ(files(".jsonl"), 1);
}

}  // namespace
}  // namespace cookline
