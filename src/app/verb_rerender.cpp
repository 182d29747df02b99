// cookline rerender IMAGE: renders an image again from what it says of how it was made, and compares the pixels.
#include <fmt/format.h>

#include "app/exit_code.h"
#include "app/provenance.h"
#include "app/take_logs.h"
#include "app/verbs.h"
#include "io/file_bytes.h"
#include "io/provenance.h"

namespace cookline::app {
namespace fs = std::filesystem;
namespace {

constexpr std::size_t most_bytes = std::size_t(1) << 32;

struct Options {
  std::string image;
  ImageOptions images;
  bool check = false, anyway = false;
};

Result<Provenance> read_provenance(const std::string& image) {
  const auto bytes = read_file_bytes(image, most_bytes);
  if (!bytes) return bytes.error();
  const Result<std::string> text = provenance_of(*bytes);
  Result<Provenance> provenance = text ? parse_provenance(*text) : Result<Provenance>(text.error());
  if (provenance) return provenance;
  Error error = provenance.error();
  error.where = image;
  return error;
}

// The log of the take beside the image that knows it.
std::optional<TakeLog> log_beside(const fs::path& image) {
  const fs::path folder = image.has_parent_path() ? image.parent_path() : fs::path(".");
  if (const Result<std::vector<TakeLog>> logs = read_logs(folder.string()))
    for (const TakeLog& log : *logs)
      if (log.images.contains(image.filename().string())) return log;
  return std::nullopt;
}

// The project's file, from the log of the take beside the image. Errors: no log there knows the image.
Result<std::string> project_beside(const fs::path& image) {
  if (const std::optional<TakeLog> log = log_beside(image)) return log->header.source;
  return usage_error(image.string(), "no take log beside it says where the project is",
                     "name the project: cookline rerender IMAGE PROJECT");
}

int compare(const Options& o, const Provenance& made, const std::string& pixels) {
  const bool same = pixels == made.pixels;
  say(o.images.json, {{"event", "rerender"}, {"image", o.image}, {"same", same}, {"pixels", pixels}},
      fmt::format("{}: {}", o.image, same ? "the same pixels" : "other pixels than those it was made of"));
  return same ? 0 : int(ErrorCode::verification);
}

// What to run, and which image of it.
Result<Recipe> recipe_of(const Options& o, const Provenance& made) {
  Recipe recipe;
  recipe.images = o.images;
  std::vector<std::string> more = o.images.project.set;
  if (Status status = from_json(made.run.recipe, recipe); !status) return status.error();
  std::vector<std::string>& set = recipe.images.project.set;
  set.insert(set.end(), more.begin(), more.end());
  if (recipe.images.project.file.empty()) {
    Result<std::string> file = project_beside(o.image);
    if (!file) return file.error();
    recipe.images.project.file = *file;
  }
  recipe.images.on_nan = "warn", recipe.images.no_sheet = true, recipe.images.always_sum_up = false;
  recipe.takes = 1000000;  // the run ends with the image
  recipe.take = made.take, recipe.list = std::to_string(made.frame);
  return recipe;
}

int rerender(const Options& o) {
  if (!o.check && o.images.out.empty())
    return report(usage_error("rerender", "nothing to do with the image", "give --out FOLDER, --check or both"),
                  o.images.json);
  const Result<Provenance> made = read_provenance(o.image);
  if (!made) return report(made.error(), o.images.json);
  const Result<Recipe> recipe = recipe_of(o, *made);
  if (!recipe) return report(recipe.error(), o.images.json);
  Again again{.image = {made->sink, made->take, made->index, made->frame, fs::path(o.image).filename().string(),
                        !o.images.out.empty()},
              .order = made->order,
              .made = made->run,
              .anyway = o.anyway};
  if (const std::optional<TakeLog> log = log_beside(o.image)) again.media = log->media;
  std::optional<std::string> pixels;
  const auto work = [&](Project& project, Run& run) {
    Result<RunResult> result = run_work(*recipe, project, run);
    pixels = run.only_hash();
    return result;
  };
  if (const int code = run_images(recipe->images, work, {.recipe = &*recipe, .again = &again}); code != 0) return code;
  if (!pixels)
    return report(Error{ErrorCode::verification, "the project does not make this image any more", o.image,
                        fmt::format("it was frame {} of take {} of {}", made->frame, made->take, made->sink)},
                  o.images.json);
  return o.check ? compare(o, *made, *pixels) : 0;
}

}  // namespace

void add_rerender(CLI::App& app, RunVerb& run) {
  const auto o = std::make_shared<Options>();
  CLI::App* verb = app.add_subcommand("rerender", "Render an image again, from what it says of how it was made");
  verb->add_option("IMAGE", o->image, "An image that record or render has written: png, jpeg, tiff, exr or webp")
      ->required();
  verb->add_option("PROJECT", o->images.project.file, "The project's file; else the take's log beside the image says");
  verb->add_option("-o,--out", o->images.out, "Write it into this folder")->type_name("DIR");
  verb->add_flag("--check", o->check, "Compare the pixels: exit code 5 if they are not those the image was made of");
  verb->add_option("--set", o->images.project.set, "Set a parameter, after those that the image says were set")
      ->type_name("PAR=VALUE");
  add_limit_options(*verb, o->images);
  verb->add_flag("--overwrite", o->images.overwrite, "Replace a file that exists");
  verb->add_flag("--anyway", o->anyway, "Also if the project or the program was changed since");
  verb->add_flag("--json", o->images.json, "One JSON object a line instead of text");
  verb->footer(
      "Timers, counts, callbacks and Python run again from the first frame, without pixels; only the image is cooked,\n"
      "and what image feedback needs.\n\n"
      "  cookline rerender out/0.120.png --check\n"
      "  cookline rerender 0.120.png show.tdn --out again");
  verb->callback([o, &run] { run = [o] { return rerender(*o); }; });
}

}  // namespace cookline::app
