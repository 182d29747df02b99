#include "base/hash.h"

#if defined(__x86_64__)
// Debian's library is built for SSE2; through these names it uses what the processor has.
#include <xxh_x86dispatch.h>
#else
#include <xxhash.h>
#endif

namespace cookline {
namespace {
Key to_key(XXH128_hash_t hash) { return {hash.high64, hash.low64}; }
}  // namespace

Key hash_bytes(std::span<const std::byte> bytes) { return to_key(XXH3_128bits(bytes.data(), bytes.size())); }

std::string to_hex(const Key& key) {
  std::string text;
  for (std::uint64_t half : {key.high, key.low})
    for (int shift = 60; shift >= 0; shift -= 4) text += "0123456789abcdef"[(half >> shift) & 15];
  return text;
}

struct Hasher::State {
  struct Free {
    void operator()(XXH3_state_t* s) const { XXH3_freeState(s); }
  };
  std::unique_ptr<XXH3_state_t, Free> xxh{XXH3_createState()};
};

Hasher::Hasher() : state_(std::make_unique<State>()) { XXH3_128bits_reset(state_->xxh.get()); }
Hasher::~Hasher() = default;

Hasher& Hasher::bytes(const void* data, std::size_t size) {
  if (size) XXH3_128bits_update(state_->xxh.get(), data, size);
  return *this;
}

Hasher& Hasher::text(std::string_view text) {
  const std::uint64_t size = text.size();
  return add(size).bytes(text.data(), text.size());
}

Key Hasher::key() const { return to_key(XXH3_128bits_digest(state_->xxh.get())); }

}  // namespace cookline
