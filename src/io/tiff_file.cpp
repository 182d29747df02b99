#include "io/tiff_file.h"

#include <algorithm>
#include <cstdarg>
#include <cstdio>
#include <cstring>
#include <new>
#include <string_view>

namespace cookline {
namespace {

constexpr tmsize_t max_allocation = tmsize_t(1) << 32;

TiffFile& file_of(thandle_t handle) { return *static_cast<TiffFile*>(handle); }

tmsize_t read_some(thandle_t handle, void* to, tmsize_t size) {
  TiffFile& file = file_of(handle);
  const std::size_t count = file.read({static_cast<std::byte*>(to), std::size_t(size)});
  file.at += count;
  file.ends_early = file.ends_early || (!file.writing && count < std::size_t(size));
  return tmsize_t(count);
}

tmsize_t write_some(thandle_t handle, void* from, tmsize_t size) try {
  TiffFile& file = file_of(handle);
  if (!file.writing) return -1;
  const auto* const bytes = static_cast<const std::byte*>(from);
  if (file.at == file.written.size()) {
    file.written.insert(file.written.end(), bytes, bytes + size);
  } else {
    file.written.resize(std::max(file.written.size(), file.at + std::size_t(size)));
    std::memcpy(file.written.data() + file.at, bytes, std::size_t(size));
  }
  file.at += std::size_t(size);
  return size;
} catch (const std::bad_alloc&) {
  return -1;  // libtiff is C: nothing may be thrown through it
}

toff_t seek(thandle_t handle, toff_t offset, int whence) {
  TiffFile& file = file_of(handle);
  const std::size_t base = whence == SEEK_SET ? 0 : whence == SEEK_CUR ? file.at : file.size();
  file.at = base + std::size_t(offset);
  return file.at;
}

int close_nothing(thandle_t) { return 0; }
toff_t size_of(thandle_t handle) { return file_of(handle).size(); }

int keep_error(TIFF*, void* user, const char*, const char* format, va_list arguments) {
  char text[256];
  std::vsnprintf(text, sizeof text, format, arguments);
  std::string& error = static_cast<TiffFile*>(user)->error;
  const std::string_view all = text, of_file = ": ";  // the file's name stands before it, and is empty here
  if (error.empty()) error = all.substr(all.starts_with(of_file) ? of_file.size() : 0);
  return 1;
}
int drop_warning(TIFF*, void*, const char*, const char*, va_list) { return 1; }

}  // namespace

std::size_t TiffFile::read(std::span<std::byte> to) {
  if (disk) {
    const Result<std::size_t> got = disk->read_at(at, to);
    if (!got && error.empty()) error = got.error().what;
    return got ? *got : 0;
  }
  const std::span<const std::byte> all = writing ? std::span<const std::byte>(written) : source;
  const std::size_t count = std::min(at < all.size() ? all.size() - at : 0, to.size());
  if (count) std::memcpy(to.data(), all.data() + at, count);
  return count;
}

Tiff open_tiff(TiffFile& file, const char* mode) {
  const std::unique_ptr<TIFFOpenOptions, decltype(&TIFFOpenOptionsFree)> options(TIFFOpenOptionsAlloc(),
                                                                                 &TIFFOpenOptionsFree);
  if (!options) throw std::bad_alloc();
  TIFFOpenOptionsSetErrorHandlerExtR(options.get(), keep_error, &file);
  TIFFOpenOptionsSetWarningHandlerExtR(options.get(), drop_warning, nullptr);
  TIFFOpenOptionsSetMaxSingleMemAlloc(options.get(), max_allocation);
  return Tiff(TIFFClientOpenExt("", mode, &file, read_some, write_some, seek, close_nothing, size_of, nullptr, nullptr,
                                options.get()));
}

}  // namespace cookline
