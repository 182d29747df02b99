// Any text as a frame list, and as the File parameter of a sink: first line, second line.
#include <algorithm>
#include <set>

#include "fuzz.h"
#include "io/atomic_file.h"
#include "render/file_name.h"
#include "render/frame_list.h"

namespace {
using namespace cookline;
using fuzz::check;

// A list of millions of frames is legal, but would make a fuzzer slow.
constexpr std::size_t most_frames = 10'000;

void check_frames(const std::string& text) {
  const auto frames = parse_frame_list(text, most_frames);
  if (!frames)
    return check(frames.error().where == "--frames" && !frames.error().what.empty(), "an error names its place", text);
  check(!frames->empty() && frames->size() <= most_frames, "a list has frames, and not too many", text);
  check(std::set(frames->begin(), frames->end()).size() == frames->size(), "no frame comes twice", text);
  check(*std::min_element(frames->begin(), frames->end()) >= 0, "no frame is negative", text);
}

void check_name(const std::string& file) {
  const std::string suffix = "0.12.jpg";
  const Result<std::string> name = complete_name(file, suffix, "jpg");
  if (!name) return check(!name.error().what.empty(), "an error says what is wrong", file);
  check(name->ends_with(suffix), "a completed name ends with the image's suffix", *name);
  check(*complete_name(*name, suffix, "jpg") == *name, "completing is stable", *name);
  const OutputFolder folder{"/nowhere/out", true};
  const auto path = place_name(folder, *name);
  if (path)
    check(path->is_absolute() && is_inside(folder.path, *path), "a placed file is inside the output folder", *path);
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  std::vector<std::string> lines = fuzz::lines_of(fuzz::text_of(data, size));
  lines.resize(std::max<std::size_t>(lines.size(), 2));
  check_frames(lines[0]);
  check_name(lines[1]);
  return 0;
}
