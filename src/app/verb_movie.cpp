// cookline movie TAKE OUT: a movie of images that have been rendered.
#include <fmt/format.h>
#include <unistd.h>

#include <cstdio>

#include "app/console.h"
#include "app/exit_code.h"
#include "app/movie_options.h"
#include "app/project.h"
#include "app/signals.h"
#include "app/take_logs.h"
#include "app/verbs.h"
#include "base/parallel.h"
#include "io/image_file.h"
#include "io/media.h"
#include "render/take_check.h"
#include "render/take_movie.h"

namespace cookline::app {
namespace fs = std::filesystem;
namespace {

struct Options {
  std::string take, out, rate;
  MovieOptions movie;
  int threads = 0;
  bool overwrite = false, json = false, quiet = false;
};

struct Source {
  MovieSource pictures;
  std::string rate;  // of the take; empty if nothing says
};

// The images that the log names, which must all be there and right.
Result<Source> source_of_take(const TakeLog& log) {
  const TakeCheck check = check_take(log, std::span(&log, 1));
  if (const std::string missing = check.missing(); !missing.empty() || !check.whole)
    return Error{
        ErrorCode::verification,
        missing.empty() ? "the take did not come to its end" : fmt::format("images are missing or wrong: {}", missing),
        log.path.string(), "cookline verify says what is wrong, cookline resume renders it"};
  std::map<std::int64_t, fs::path> files;
  for (const auto& [name, image] : log.images) files[image.index] = log.folder() / name;
  auto paths = std::make_shared<std::vector<fs::path>>();
  for (const auto& [index, path] : files) paths->push_back(path);
  const auto read = [paths](std::int64_t i) -> Result<ImageHandle> {
    Result<Image> image = read_image_file((*paths)[std::size_t(i)]);
    if (!image) return image.error();
    return ImageHandle(std::make_shared<const Image>(std::move(*image)));
  };
  return Source{{std::int64_t(paths->size()), read}, log.header.rate};
}

// Images of other programs: a folder or a pattern of names.
Result<Source> source_of_images(const std::string& path) {
  const auto pool = std::make_shared<MediaPool>();
  const Result<MediaHandle> media = pool->open(path);
  if (!media) return media.error();
  if ((*media)->facts().kind == MediaKind::movie)
    return usage_error(path, "is a movie already",
                       "name a folder of images, a take's log or a pattern: 'shot.####.exr'");
  if (!(*media)->facts().missing.empty())
    return Error{ErrorCode::verification, what_is_missing((*media)->facts()), path};
  return Source{{(*media)->facts().count, [pool, handle = *media](std::int64_t i) { return handle->read(i); }}, ""};
}

Result<Source> source_of(const std::string& path) {
  std::error_code ignored;
  const bool log = path.ends_with(".take.jsonl"), folder = fs::is_directory(path, ignored);
  if (!log && (!folder || !find_take_logs(path))) return source_of_images(path);
  const Result<TakeLog> take = one_log(path);
  if (!take) return take.error();
  return source_of_take(*take);
}

Result<MovieSettings> settings_of(const Options& o, const std::string& rate_of_take) {
  const std::string rate = o.rate.empty() ? rate_of_take : o.rate;
  if (rate.empty())
    return usage_error("--rate", "these images have no log that says their rate",
                       "give --rate 30, 29.97 or 30000/1001");
  const Result<Rate> parsed = parse_rate(rate);
  if (!parsed) return parsed.error();
  return movie_settings_of(o.movie, o.out, *parsed);
}

int make_movie(const Options& o) {
  set_thread_limit(o.threads);
  const Result<Source> source = source_of(o.take);
  if (!source) return report(source.error(), o.json);
  const Result<MovieSettings> settings = settings_of(o, source->rate);
  if (!settings) return report(settings.error(), o.json);
  watch_signals();
  const auto read = [&](std::int64_t i) -> Result<ImageHandle> {
    if (stop_flag()) return Error{ErrorCode::stopped, "stopped on request: no movie was made"};
    return source->pictures.read(i);
  };
  const bool bar = !o.quiet && !o.json && ::isatty(STDERR_FILENO);
  const auto progress = [&](std::int64_t done) {
    if (bar) fmt::print(stderr, "\r\033[K{} of {} images", done, source->pictures.count);
  };
  const Result<MovieFacts> facts =
      write_movie_of({source->pictures.count, read}, o.out, *settings, {.overwrite = o.overwrite}, progress);
  if (bar) fmt::print(stderr, "\r\033[K");
  if (!facts) return report(facts.error(), o.json);
  say(o.json,
      {{"event", "movie"},
       {"path", o.out},
       {"images", facts->pictures},
       {"decoded", facts->pictures},
       {"bytes", facts->bytes}},
      fmt::format("{}: {} images, all of them decoded again, {}", o.out, facts->pictures, bytes_text(facts->bytes)));
  return 0;
}

}  // namespace

void add_movie(CLI::App& app, RunVerb& run) {
  const auto o = std::make_shared<Options>();
  CLI::App* verb = app.add_subcommand("movie", "Make a movie of a finished take, or of any folder of images");
  verb->add_option("TAKE", o->take, "A folder with one take, an N.take.jsonl, a folder of images or a pattern of names")
      ->required();
  verb->add_option("OUT", o->out, "The movie: .mov, .mp4, .mkv, .webm, .gif or .avi")->required();
  add_movie_options(*verb, o->movie);
  verb->add_option("--rate", o->rate, "Pictures a second; else the rate of the take");
  verb->add_option("--quality", o->movie.quality,
                   "Of codecs that know one; else 0.65, Motion JPEG, MPEG 4 and CineForm 0.9")
      ->check(CLI::Range(0.0, 1.0));
  verb->add_option("--threads", o->threads, "Threads to read images with; 0 means every core")
      ->check(CLI::Range(0, 1024))
      ->default_str("0");
  verb->add_flag("--overwrite", o->overwrite, "Replace a file that exists");
  verb->add_flag("--json", o->json, "JSON instead of text");
  verb->add_flag("--quiet", o->quiet, "No progress bar");
  verb->footer(
      "Every image of the take must be there and right, and the movie is decoded again and counted.\n"
      "Exit code 5 if either fails.\n\n"
      "  cookline movie out/takes/0.take.jsonl take0.mp4\n"
      "  cookline movie frames look.mov --codec prores --type 4444 --rate 30");
  verb->callback([o, &run] { run = [o] { return make_movie(*o); }; });
}

}  // namespace cookline::app
