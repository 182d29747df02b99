#include "data/pixel_memory.h"

#include <sys/mman.h>
#include <unistd.h>

#include <algorithm>
#include <cstdint>
#include <deque>
#include <mutex>
#include <new>

namespace cookline {
namespace {

constexpr std::size_t huge_page = std::size_t(1) << 21;
constexpr std::size_t least_mapped = std::size_t(1) << 16;  // smaller ones are left to the heap
constexpr std::size_t most_kept = std::size_t(1) << 27;     // bytes of pictures that are gone
constexpr std::align_val_t alignment{64};

std::size_t page_bytes() {
  static const auto bytes = std::size_t(::sysconf(_SC_PAGESIZE));
  return bytes;
}

std::size_t whole_pages(std::size_t bytes) { return (bytes + page_bytes() - 1) / page_bytes() * page_bytes(); }

void unmap(std::byte* at, std::size_t bytes) {
  if (bytes > 0) ::munmap(at, bytes);
}

// New from the kernel. Huge pages, a thousandth as many to clear and to find, need addresses that are multiples of
// them.
std::byte* map(std::size_t bytes) {
  const bool huge = bytes >= huge_page;
  const std::size_t all = huge ? bytes + huge_page - page_bytes() : bytes;
  void* const got = ::mmap(nullptr, all, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
  if (got == MAP_FAILED) throw std::bad_alloc();
  auto* const first = static_cast<std::byte*>(got);
  if (!huge) return first;
  const std::size_t before = (huge_page - reinterpret_cast<std::uintptr_t>(first) % huge_page) % huge_page;
  unmap(first, before);
  unmap(first + before + bytes, all - before - bytes);
  ::madvise(first + before, bytes, MADV_HUGEPAGE);  // without them it is as good, but slower
  return first + before;
}

// What was given back, the last first in use again.
class Kept {
 public:
  std::byte* take(std::size_t bytes) {
    const std::lock_guard lock(mutex_);
    const auto found = std::find_if(blocks_.rbegin(), blocks_.rend(), [=](const Block& b) { return b.bytes == bytes; });
    if (found == blocks_.rend()) return nullptr;
    std::byte* const at = found->at;
    bytes_ -= bytes;
    blocks_.erase(std::next(found).base());
    return at;
  }

  void give(std::byte* at, std::size_t bytes) try {
    if (bytes > most_kept) return unmap(at, bytes);
    const std::lock_guard lock(mutex_);
    blocks_.push_back({at, bytes});
    for (bytes_ += bytes; bytes_ > most_kept; blocks_.pop_front()) {
      unmap(blocks_.front().at, blocks_.front().bytes);
      bytes_ -= blocks_.front().bytes;
    }
  } catch (const std::bad_alloc&) {
    unmap(at, bytes);  // there is no room to note it
  }

 private:
  struct Block {
    std::byte* at;
    std::size_t bytes;
  };
  std::mutex mutex_;
  std::deque<Block> blocks_;
  std::size_t bytes_ = 0;
};

// Never destroyed: pictures may be given back while the program ends.
Kept& kept() {
  static Kept& kept = *new Kept;
  return kept;
}

}  // namespace

PixelMemory allocate_pixels(std::size_t bytes) {
  if (bytes < least_mapped) return {static_cast<std::byte*>(::operator new[](bytes, alignment)), FreePixels{bytes}};
  const std::size_t size = whole_pages(bytes);
  std::byte* const known = kept().take(size);
  return {known ? known : map(size), FreePixels{bytes}};
}

void FreePixels::operator()(std::byte* pixels) const {
  if (!pixels) return;
  if (bytes < least_mapped) return ::operator delete[](pixels, alignment);
  kept().give(pixels, whole_pages(bytes));
}

}  // namespace cookline
