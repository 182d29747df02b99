// cookline render FILE --op PATH: any TOP as an image sequence.
#include "app/exit_code.h"
#include "app/recipe.h"
#include "app/verbs.h"
#include "io/image_file.h"

namespace cookline::app {
namespace {

// Errors: options that mean nothing for what is to be written.
Status check_options(const CLI::App& verb, Recipe& recipe) {
  if (!recipe.is_movie()) {
    for (const char* name : {"--audio", "--audio-codec"})
      if (verb.count(name)) return usage_error(name, "images have no sound", "name a movie: --out look.mp4");
    for (const char* name : movie_option_names)
      if (verb.count(name)) return usage_error(name, "this is of movies", "name a movie: --out look.mp4");
    return {};
  }
  for (const char* name : {"--format", "--file", "--compression", "--chroma", "--mip-maps", "--png", "--exr"})
    if (verb.count(name)) return usage_error(name, "this is of images, and a movie is written: " + recipe.names);
  if (verb.count("--audio-codec") && !verb.count("--audio"))
    return usage_error("--audio-codec", "no --audio says what is to be heard");
  if (verb.count("--quality")) recipe.movie.quality = recipe.quality;
  return {};
}

}  // namespace

void add_render(CLI::App& app, RunVerb& run) {
  auto o = std::make_shared<Recipe>();
  o->verb = Recipe::Verb::render;
  std::vector<std::string> types;
  for (int i = 0; i < image_file_type_count; ++i) types.emplace_back(info(ImageFileType(i)).name);
  CLI::App* verb = app.add_subcommand("render", "Render any TOP as an image sequence or a movie");
  add_image_options(*verb, o->images);
  verb->add_option("--op", o->op, "The TOP; needed if the project has several and none shows its display flag");
  verb->add_option("--frames", o->list, "Frame list, inclusive: 0-99, 0-99x2, 1,3,7-9")->capture_default_str();
  verb->add_option("--format", o->type, "Image type")->check(CLI::IsMember(types))->capture_default_str();
  CLI::Option* const file = verb->add_option("--file", o->file, "Name before the suffix N.frame.ext");
  verb->add_option("--name", o->names,
                   "Pattern of the whole name instead: text and {project} {op} {take} {frame} {frame:04} {time} {res} "
                   "{rate} {date}; braces themselves are {{ and }}")
      ->type_name("PATTERN")
      ->excludes(file);
  verb->add_option("--take", o->take, "N in the suffix")->check(CLI::Range(0L, 1000000000L))->capture_default_str();
  verb->add_option("--quality", o->quality,
                   "JPEG, WebP and movies of codecs that know one; a WebP of quality 1 is lossless")
      ->check(CLI::Range(0.0, 1.0))
      ->capture_default_str();
  verb->add_option("--compression", o->compression,
                   "TIFF: none, lzw, zip; OpenEXR: none, rle, zips, zip, piz, dwaa, dwab")
      ->check(CLI::IsMember(std::vector<std::string>(compression_names.begin(), compression_names.end())))
      ->capture_default_str();
  verb->add_option("--chroma", o->chroma, "JPEG: resolution of colour, full (444) to a quarter (420)")
      ->check(CLI::IsMember(std::vector<std::string>(chroma_names.begin(), chroma_names.end())))
      ->capture_default_str();
  verb->add_flag("--mip-maps", o->mip_maps, "DDS: all smaller levels too");
  add_movie_options(*verb, o->movie);
  verb->add_option("--audio", o->audio, "Of a movie: the CHOP that is its sound");
  verb->add_option("--audio-codec", o->audio_codec, "Of the sound; else AAC in a .mp4, Opus in a .webm, ALAC")
      ->check(CLI::IsMember({"alac", "mp3", "aac", "vorbis", "opus", "pcm16", "pcm24", "pcm32"}));
  verb->footer(
      "Image i is the network at exactly i / rate seconds.\n\n"
      "  cookline render show.tdn --op /show/out1 --frames 0-299 --out frames\n"
      "  cookline render show.tdn --op /show/out1 --frames 0 --format jpeg --res 3840x2160\n"
      "  cookline render show.tdn --op /show/out1 --name '{project}/{op}_{frame:04}' --out frames\n"
      "  cookline render show.tdn --op /show/out1 --frames 0-299 --out look.mp4 --audio /show/sound1");
  verb->callback([o, verb, &run] {
    run = [o, verb] {
      if (Status status = settle_names(*o); !status) return report(status.error(), o->images.json);
      if (Status status = check_options(*verb, *o); !status) return report(status.error(), o->images.json);
      return run_recipe(*o);
    };
  });
}

}  // namespace cookline::app
