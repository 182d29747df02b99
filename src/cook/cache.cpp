// PixelCache: still pictures kept between frames.
#include "cook/pixels.h"

namespace cookline {

ImageHandle PixelCache::find(const Key& key) {
  std::lock_guard lock(mutex_);
  const auto at = entries_.find(key);
  if (at == entries_.end()) return nullptr;
  at->second.used = ++clock_;
  at->second.hit = true;
  return at->second.image;
}

void PixelCache::keep(const Key& key, ImageHandle image) {
  std::lock_guard lock(mutex_);
  const auto [at, is_new] = entries_.try_emplace(key);
  if (!is_new) return;
  bytes_ += image->bytes();
  at->second = {std::move(image), ++clock_};
  // Pictures of operators that a script edits every frame look still, but never come again.
  constexpr int most_unhit = 4;
  int unhit = 0;
  for (const auto& [other, entry] : entries_) unhit += !entry.hit;
  if (unhit > most_unhit) evict_oldest(true, key);
  while (bytes_ > budget_ && entries_.size() > 1) evict_oldest(false, key);
}

void PixelCache::evict_oldest(bool only_unhit, const Key& spared) {
  auto oldest = entries_.end();
  for (auto i = entries_.begin(); i != entries_.end(); ++i)
    if (i->first != spared && !(only_unhit && i->second.hit) &&
        (oldest == entries_.end() || i->second.used < oldest->second.used))
      oldest = i;
  if (oldest == entries_.end()) return;
  bytes_ -= oldest->second.image->bytes();
  entries_.erase(oldest);
}

bool PixelCache::seen_before(const Key& key) {
  constexpr std::size_t most = 4096;
  std::lock_guard lock(mutex_);
  const bool known = seen_.contains(key) || seen_earlier_.contains(key);
  if (seen_.size() >= most) {
    seen_earlier_ = std::move(seen_);
    seen_.clear();
  }
  seen_.insert(key);
  return known;
}

std::size_t PixelCache::bytes() const {
  std::lock_guard lock(mutex_);
  return bytes_;
}

}  // namespace cookline
