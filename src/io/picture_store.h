// Pictures decoded from files, kept while there is room for them.
#pragma once
#include <cstddef>
#include <deque>
#include <list>
#include <mutex>
#include <unordered_map>
#include <unordered_set>

#include "base/hash.h"
#include "data/image.h"

namespace cookline {

// Thread-safe. A picture that comes for the first time stays for a short while, as most of what is played back is
// played once; one that comes back may use the whole budget (the "2Q" policy: T. Johnson, D. Shasha, VLDB 1994). The
// least recently used pictures go first.
class PictureStore {
 public:
  explicit PictureStore(std::size_t budget_bytes) : budget_(budget_bytes) {}
  ImageHandle find(const Key& key);
  void keep(const Key& key, ImageHandle image);
  // What pictures take at most that came for the first time: as much may be read ahead.
  std::size_t fresh_budget_bytes() const { return budget_ / 8; }
  std::size_t bytes() const;

 private:
  struct Entry {
    Key key;
    ImageHandle image;
  };
  struct Pictures {
    std::list<Entry> entries;  // the one used last first
    std::size_t bytes = 0;
  };
  struct Place {
    Pictures* pictures;
    std::list<Entry>::iterator at;
  };
  void drop_oldest(Pictures& from);
  void remember(const Key& key);

  mutable std::mutex mutex_;
  Pictures fresh_, returned_;
  std::unordered_map<Key, Place, KeyHash> places_;
  std::unordered_set<Key, KeyHash> seen_;  // keys of fresh pictures that went
  std::deque<Key> seen_in_order_;
  std::size_t budget_;
};

}  // namespace cookline
