#include "io/picture_store.h"

#include <utility>

namespace cookline {

ImageHandle PictureStore::find(const Key& key) {
  std::lock_guard lock(mutex_);
  const auto place = places_.find(key);
  if (place == places_.end()) return nullptr;
  const auto& [pictures, at] = place->second;
  pictures->entries.splice(pictures->entries.begin(), pictures->entries, at);
  return at->image;
}

void PictureStore::keep(const Key& key, ImageHandle image) {
  std::lock_guard lock(mutex_);
  if (places_.contains(key) || image->bytes() > budget_) return;
  Pictures& pictures = seen_.contains(key) ? returned_ : fresh_;
  pictures.bytes += image->bytes();
  pictures.entries.push_front({key, std::move(image)});
  places_[key] = {&pictures, pictures.entries.begin()};
  // One stays however large it is: several operators may ask for it in this frame.
  while (fresh_.bytes > fresh_budget_bytes() && fresh_.entries.size() > 1) {
    remember(fresh_.entries.back().key);
    drop_oldest(fresh_);
  }
  while (fresh_.bytes + returned_.bytes > budget_) drop_oldest(returned_.entries.empty() ? fresh_ : returned_);
}

std::size_t PictureStore::bytes() const {
  std::lock_guard lock(mutex_);
  return fresh_.bytes + returned_.bytes;
}

void PictureStore::drop_oldest(Pictures& from) {
  from.bytes -= from.entries.back().image->bytes();
  places_.erase(from.entries.back().key);
  from.entries.pop_back();
}

void PictureStore::remember(const Key& key) {
  constexpr std::size_t most = 4096;
  if (!seen_.insert(key).second) return;
  seen_in_order_.push_back(key);
  if (seen_in_order_.size() <= most) return;
  seen_.erase(seen_in_order_.front());
  seen_in_order_.pop_front();
}

}  // namespace cookline
