// cookline record FILE COMP: presses Record and runs until it has stopped.
#include "app/recipe.h"
#include "app/verbs.h"

namespace cookline::app {

void add_record(CLI::App& app, RunVerb& run) {
  auto o = std::make_shared<Recipe>();
  CLI::App* verb = app.add_subcommand("record", "Press Record on a component and run until it has stopped");
  add_image_options(*verb, o->images);
  verb->add_option("COMP", o->op, "The component with a Record parameter, or a Movie File Out TOP")->required();
  verb->add_option("--takes", o->takes, "How often Record is pressed")->check(CLI::Range(1, 1000000))->default_str("1");
  verb->add_option("--frames", o->frames, "Turn Record off after this many frames of a take; 0: the network decides")
      ->check(CLI::Range(0L, 100000000L));
  verb->footer(
      "A take begins with the frame in which Record goes on and ends when the network, a Limit Length or --frames\n"
      "turns it off. Files are named by the Movie File Out's File parameter: N.frame.ext.\n\n"
      "  cookline record show.tdn /recorder --set Folder=/renders --set Recordlength=10\n"
      "  cookline record show.tdn /recorder --takes 3 --rate 30 --out takes\n"
      "  cookline record show.tdn /recorder --out /shared/take --cooperate    # on several machines");
  verb->callback([o, &run] { run = [o] { return run_recipe(*o); }; });
}

}  // namespace cookline::app
