// Pictures decoded from files, kept while there is room for them.
#pragma once
#include <cstddef>
#include <list>
#include <mutex>
#include <unordered_map>
#include <utility>

#include "base/hash.h"
#include "data/image.h"

namespace cookline {

// Thread-safe. The least recently used pictures go first.
class PictureStore {
 public:
  explicit PictureStore(std::size_t budget_bytes) : budget_(budget_bytes) {}
  ImageHandle find(const Key& key);
  void keep(const Key& key, ImageHandle image);
  std::size_t budget_bytes() const { return budget_; }

 private:
  using Entry = std::pair<Key, ImageHandle>;
  std::mutex mutex_;
  std::list<Entry> entries_;  // the one used last first
  std::unordered_map<Key, std::list<Entry>::iterator, KeyHash> places_;
  std::size_t budget_, bytes_ = 0;
};

}  // namespace cookline
