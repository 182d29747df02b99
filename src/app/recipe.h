// The command that makes takes, with all that changes their pixels: what `record` and `render` read from the command
// line, what the log of a take keeps, and what `resume` runs again.
#pragma once
#include <map>
#include <string>
#include <unordered_map>

#include "app/images.h"
#include "app/movie_options.h"

namespace cookline::app {

struct Recipe {
  enum class Verb { record, render };
  Verb verb = Verb::record;
  ImageOptions images;
  std::string op;             // the component or sink to record; the TOP to render, empty: the one that shows
  int takes = 1;              // record: how often Record is pressed
  std::int64_t frames = 0;    // record: Record goes off after so many; 0: the network decides
  std::string list = "0-59";  // render: the frames
  std::string type = "png", file;
  std::string names;               // render: the pattern of all names, instead of file
  MovieOptions movie;              // render: of a movie, which it is if its name says so
  std::string audio, audio_codec;  // its sound: a CHOP, and an item of Audio Codec; empty: as the file has it
  std::int64_t take = 0;
  double quality = 0.9;
  std::string compression = "standard", chroma = "420";
  bool mip_maps = false;

  bool is_movie() const { return verb == Verb::render && is_movie_name(names); }
};

// The part of a recipe that changes pixels, as a JSON object: not the project's file, the folder, the frame list, nor
// what is only shown.
std::string to_json(const Recipe& recipe);
// The reverse; what is not in the text stays as it is. Errors: damaged text.
Status from_json(const std::string& text, Recipe& recipe);

// What a run that goes on with interrupted takes knows of them.
struct Resumed {
  std::string run;                                    // its name
  TakeHeader header;                                  // of one of its takes
  std::unordered_map<std::string, std::string> done;  // paths of images that are there and right, and their pixels
  std::map<std::int64_t, std::int64_t> numbers;       // of takes, by order
  std::map<std::string, UsedFile> media;              // what their images were made from
  bool anyway = false;                                // also if the project or the program is another now
};

// An image to render again, and what it was made with.
struct Again {
  OneImage image;
  std::int64_t order = -1;  // of its take among those that Unique Suffix numbered
  RunProvenance made;
  std::map<std::string, UsedFile> media;  // what it was made from, as far as it is known
  bool anyway = false;
};

// Replaces the project and today's date in the pattern of names, so that a take goes on under the names it began with.
Status settle_names(Recipe& recipe);

// What its verb does between Python's start and exit.
Result<RunResult> run_work(const Recipe& recipe, Project& project, Run& run);

// Runs it; gives the exit code.
int run_recipe(const Recipe& recipe, const Resumed* resumed = nullptr);

}  // namespace cookline::app
