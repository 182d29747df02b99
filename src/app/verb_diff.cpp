// cookline diff TAKE OTHER: how far the pictures of two takes differ.
#include <fmt/format.h>

#include <cstdlib>

#include "app/exit_code.h"
#include "app/take_logs.h"
#include "app/verbs.h"
#include "io/atomic_file.h"
#include "io/contact_sheet.h"
#include "io/image_file.h"
#include "render/take_diff.h"

namespace cookline::app {
namespace fs = std::filesystem;
namespace {

void say_difference(const PictureDifference& d, bool json) {
  const TakePicture& picture = d.a.path.empty() ? d.b : d.a;
  const std::string name =
      picture.path + (picture.in_movie ? fmt::format(", picture {}", *picture.in_movie) : std::string());
  const std::string text =
      !d.problem.empty() ? d.problem : fmt::format("PSNR {:.2f} dB, largest difference {:.4f}", d.psnr_db, d.largest);
  Json object{{"event", "difference"}, {"index", d.index}, {"a", d.a.path}, {"b", d.b.path}};
  if (d.problem.empty())
    object.update(Json{{"psnr_db", d.psnr_db}, {"largest", d.largest}});
  else
    object["problem"] = d.problem;
  say(json, object, fmt::format("{}: {}", name, text));
}

// Up to 48 of the differences as one picture.
Status write_difference_sheet(const std::vector<PictureDifference>& differing, const std::string& path,
                              MediaPool& movies) {
  std::string name = (fs::temp_directory_path() / "cookline-diff-XXXXXX").string();
  if (!::mkdtemp(name.data())) return failure(name, "this folder for the single pictures cannot be made");
  std::vector<ContactFrame> frames;
  Status status;
  for (std::size_t i = 0; i < differing.size() && status; i += 1 + differing.size() / 48) {
    const Result<Image> picture = picture_of_difference(differing[i], movies);
    if (!picture) continue;  // has been said already
    const Result<std::vector<std::byte>> bytes = encode_image(*picture, ImageFileType::png);
    const fs::path file = fs::path(name) / (std::to_string(differing[i].index) + ".png");
    status = bytes ? write_file(file, *bytes) : Status(bytes.error());
    frames.push_back({file.string(), std::to_string(differing[i].index)});
  }
  if (status && !frames.empty()) status = write_contact_sheet(frames, path, {}, {.overwrite = true});
  std::error_code ignored;
  fs::remove_all(name, ignored);
  return status;
}

// A take by its log, or a movie or an image whoever made it.
Result<TakeLog> take_or_file(const std::string& path) {
  std::error_code ignored;
  const bool log = path.ends_with(take_log_extension) || !fs::is_regular_file(path, ignored);
  return log ? one_log(path) : Result<TakeLog>(log_of_file(path));
}

int diff(const std::string& first, const std::string& second, const std::string& sheet, bool json) {
  const Result<TakeLog> a = take_or_file(first), b = take_or_file(second);
  if (!a) return report(a.error(), json);
  if (!b) return report(b.error(), json);
  MediaPool movies;
  Result<std::vector<PictureDifference>> differences = diff_takes(*a, *b, movies);
  if (!differences) return report(differences.error(), json);
  std::vector<PictureDifference> differing;
  std::size_t equal = 0;
  for (PictureDifference& d : *differences) {
    if (d.equal) {
      ++equal;
      continue;
    }
    say_difference(d, json);
    differing.push_back(std::move(d));
  }
  say(json,
      {{"event", "summary"},
       {"equal", equal},
       {"different", differing.size()},
       {"first_different", differing.empty() ? Json() : Json(differing.front().index)}},
      !differing.empty() ? fmt::format("{} of {} images differ, the first is {}", differing.size(),
                                       equal + differing.size(), differing.front().index)
      : equal == 1       ? "the image has the same pixels"
                         : fmt::format("all {} images have the same pixels", equal));
  if (!sheet.empty() && !differing.empty())
    if (Status status = write_difference_sheet(differing, sheet, movies); !status) return report(status.error(), json);
  return differing.empty() ? 0 : int(ErrorCode::verification);
}

}  // namespace

void add_diff(CLI::App& app, RunVerb& run) {
  struct DiffOptions {
    std::string first, second, sheet;
    bool json = false;
  };
  const auto o = std::make_shared<DiffOptions>();
  CLI::App* verb = app.add_subcommand("diff", "Compare the pictures of two takes");
  verb->add_option("TAKE", o->first, "A folder with one take, an N.take.jsonl, a movie or an image")->required();
  verb->add_option("OTHER", o->second, "The other one")->required();
  verb->add_option("--sheet", o->sheet, "Write the differences, ten times as bright, as one picture")
      ->type_name("FILE.png");
  verb->add_flag("--json", o->json, "One JSON object a line instead of text");
  verb->footer(
      "Exit code 5 if any picture differs. The pictures of a movie are compared in the order of the images.\n\n"
      "  cookline diff monday/0.take.jsonl tuesday/0.take.jsonl --sheet difference.png\n"
      "  cookline diff out look.mp4");
  verb->callback([o, &run] { run = [o] { return diff(o->first, o->second, o->sheet, o->json); }; });
}

}  // namespace cookline::app
