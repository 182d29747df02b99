#include "io/picture_store.h"

namespace cookline {

ImageHandle PictureStore::find(const Key& key) {
  std::lock_guard lock(mutex_);
  const auto at = places_.find(key);
  if (at == places_.end()) return nullptr;
  entries_.splice(entries_.begin(), entries_, at->second);
  return at->second->second;
}

void PictureStore::keep(const Key& key, ImageHandle image) {
  std::lock_guard lock(mutex_);
  if (places_.contains(key) || image->bytes() > budget_) return;
  bytes_ += image->bytes();
  entries_.emplace_front(key, std::move(image));
  places_[key] = entries_.begin();
  while (bytes_ > budget_) {
    bytes_ -= entries_.back().second->bytes();
    places_.erase(entries_.back().first);
    entries_.pop_back();
  }
}

}  // namespace cookline
