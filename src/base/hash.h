// 128-bit keys (XXH3) for cooked results and pixels. Not for security.
#pragma once
#include <compare>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <type_traits>

namespace cookline {

struct Key {
  std::uint64_t high = 0, low = 0;
  auto operator<=>(const Key&) const = default;
};

struct KeyHash {
  std::size_t operator()(const Key& key) const { return key.low; }
};

// XXH3-128 of a run of bytes; the same on every host.
Key hash_bytes(std::span<const std::byte> bytes);

// 32 lower-case hexadecimal digits, high half first.
std::string to_hex(const Key& key);

// Collects values in order into one key. Lengths of strings are part of the key, so ("ab","c") != ("a","bc").
class Hasher {
 public:
  Hasher();
  ~Hasher();
  Hasher(const Hasher&) = delete;
  Hasher& operator=(const Hasher&) = delete;

  Hasher& bytes(const void* data, std::size_t size);
  Hasher& text(std::string_view text);
  template <class T>
  requires(std::is_arithmetic_v<T> || std::is_enum_v<T> || std::is_same_v<T, Key>) Hasher& add(const T& value) {
    return bytes(&value, sizeof value);
  }
  Key key() const;

 private:
  struct State;
  std::unique_ptr<State> state_;
};

}  // namespace cookline
