// Cooks a PixelPlan: chains of pointwise TOPs tile by tile in cache, the others whole, on all cores. Bytes do not
// depend on threads, tiles, fusing or what the cache holds.
#pragma once
#include <atomic>
#include <cstdint>
#include <map>
#include <mutex>
#include <unordered_map>
#include <unordered_set>

#include "base/result.h"
#include "cook/pixel_plan.h"

namespace cookline {

class Gpu;

// Pictures by key, shared by all frames. Thread-safe. Moving pictures are forgotten when their plan is done; still ones
// stay while they fit into the budget, the least recently used going first; of those nobody has asked for again, a few.
class PixelCache {
 public:
  explicit PixelCache(std::size_t budget_bytes) : budget_(budget_bytes) {}
  ImageHandle find(const Key& key);
  void keep(const Key& key, ImageHandle image);
  std::size_t bytes() const;
  // Whether this key was asked about before: a picture that comes again is worth keeping.
  bool seen_before(const Key& key);

 private:
  struct Entry {
    ImageHandle image;
    std::uint64_t used = 0;
    bool hit = false;
  };
  void evict_oldest(bool only_unhit, const Key& spared);
  mutable std::mutex mutex_;
  std::unordered_map<Key, Entry, KeyHash> entries_;
  std::size_t budget_, bytes_ = 0;
  std::uint64_t clock_ = 0;
  std::unordered_set<Key, KeyHash> seen_, seen_earlier_;  // the younger set becomes the elder when it is full
};

struct PixelOptions {
  bool fuse = true;        // chains of operators, also into tables; tests turn it off: the bytes must be the same
  int tile_pixels = 1024;  // of a fused run
  std::shared_ptr<Gpu> gpu = nullptr;  // what runs shaders
};

// What an operator took.
struct OperatorTime {
  std::int64_t cooks = 0, calls = 0;  // an operator that cooks in tiles is called once for each
  double cook_s = 0;                  // by the clock: of operators that cook tiles together, each its part
  double script_s = 0;                // its expressions and callbacks
};

class ProfileScope;

// How often each TOP was cooked, by path, and where the time went; for statistics and tests.
struct CookCounts {
  std::mutex mutex;
  std::map<std::string, std::int64_t> cooks;
  bool timed = false;                         // measure times, which are empty otherwise
  std::map<std::string, OperatorTime> times;  // of all operators, by path
  ProfileScope* scope = nullptr;              // what is timed right now on the thread of the script phase
};

// The picture of a feedback target, for the next frame.
struct KeptPixels {
  NodeId id;
  ImageHandle image;
  Key key;
};

struct CookedPixels {
  ImageHandle output;  // perhaps still on a device
  std::vector<KeptPixels> keep;
  std::vector<std::pair<NodeId, std::vector<StoreSlot>>> stores;  // every slot with its image
  std::vector<Error> warnings;
};

// How many pixels have a channel that is infinite or NaN.
std::int64_t count_nonfinite_pixels(const Image& image);

// One cook of a plan in two steps, so that a device works for one frame while others come to their ends. Several may be
// under way at a time, each used by one thread. Errors name the operator.
class PixelCook {
 public:
  PixelCook(PixelPlanHandle plan, PixelCache& cache, const PixelOptions& options, CookCounts* counts = nullptr);
  ~PixelCook();
  // Gives the device what it can do without the pictures of others, and has it bring along what they will need. Does
  // not wait for it. May be left out; errors are told by finish().
  void start();
  // Cooks all that is left, once. The device may still be at work on the output.
  Result<CookedPixels> finish();

 private:
  class Cooking;
  PixelPlanHandle plan_;
  std::unique_ptr<Cooking> cooking_;
};

// Whether any operator of the plan runs on a device.
bool uses_device(const PixelPlan& plan);
// Brings a picture to memory; an error that names no operator gets `path`.
Status fetch_picture(const Image& image, const std::string& path);

// Cooks a plan; the output is in memory. Thread-safe. Errors name the operator.
Result<CookedPixels> cook_pixels(const PixelPlan& plan, PixelCache& cache, const PixelOptions& options = {},
                                 CookCounts* counts = nullptr);

}  // namespace cookline
