// cookline record FILE COMP: presses Record and runs until it has stopped.
#include "app/images.h"
#include "app/verbs.h"
#include "render/record.h"

namespace cookline::app {
namespace {

struct Options {
  ImageOptions images;
  std::string comp;
  int takes = 1;
  std::int64_t frames = 0;
};

// The TOP whose size --res means: the first Movie File Out at or below the target.
Result<NodeId> sized_top(const Project& project, NodeId target) {
  for (NodeId id : project.network->walk(target)) {
    const Node& node = project.network->at(id);
    if (node.type && node.type->def->record) return id;
  }
  return usage_error("--res", "there is no Movie File Out TOP whose size it could set");
}

Result<RunResult> work(const Options& o, Project& project, Run& run) {
  Result<NodeId> target = find_operator(project, o.comp);
  if (!target) return target.error();
  if (Status status = apply_sets(project, o.images.project.set, *target); !status) return status.error();
  if (!o.images.project.size.empty()) {
    Result<NodeId> top = sized_top(project, *target);
    if (!top) return top.error();
    if (Status status = apply_size(project, o.images.project.size, *top); !status) return status.error();
  }
  RecordOptions options{.takes = o.takes, .frames = {}};
  if (o.frames > 0) options.frames = o.frames;
  return record(run, *target, options);
}

}  // namespace

void add_record(CLI::App& app, RunVerb& run) {
  auto o = std::make_shared<Options>();
  CLI::App* verb = app.add_subcommand("record", "Press Record on a component and run until it has stopped");
  add_image_options(*verb, o->images);
  verb->add_option("COMP", o->comp, "The component with a Record parameter, or a Movie File Out TOP")->required();
  verb->add_option("--takes", o->takes, "How often Record is pressed")->check(CLI::Range(1, 1000000))->default_str("1");
  verb->add_option("--frames", o->frames, "Turn Record off after this many frames of a take; 0: the network decides")->check(CLI::Range(0L, 100000000L));
  verb->footer("A take begins with the frame in which Record goes on and ends when the network, a Limit Length or --frames\n"
               "turns it off. Files are named by the Movie File Out's File parameter: N.frame.ext.\n\n"
               "  cookline record show.tdn /recorder --set Folder=/renders --set Recordlength=10\n"
               "  cookline record show.tdn /recorder --takes 3 --rate 30 --out takes");
  verb->callback([o, &run] {
    run = [o] { return run_images(o->images, [o](Project& project, Run& r) { return work(*o, project, r); }); };
  });
}

}  // namespace cookline::app
