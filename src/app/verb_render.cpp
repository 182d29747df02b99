// cookline render FILE --op PATH: any TOP as an image sequence.
#include <fmt/format.h>

#include "app/images.h"
#include "app/verbs.h"
#include "render/frame_list.h"
#include "render/sequence.h"

namespace cookline::app {
namespace {

struct Options {
  ImageOptions images;
  std::string op, frames = "0-59", type = "png", file;
  std::int64_t take = 0;
  double quality = 0.9;
};

// The TOP to render when --op is not given: the only one that shows the display flag, or the last Out or Null.
Result<NodeId> default_top(const Project& project) {
  std::vector<NodeId> tops;
  NodeId shown;
  for (NodeId id : project.network->walk(project.network->root())) {
    const Node& node = project.network->at(id);
    if (node.family() != "TOP") continue;
    tops.push_back(id);
    if (node.flags.display) shown = id;
  }
  if (shown) return shown;
  if (tops.size() == 1) return tops.front();
  return usage_error("--op", fmt::format("the project has {} TOPs", tops.size()), "name the one to render: --op /path/to/top");
}

Result<RunResult> work(const Options& o, Project& project, Run& run) {
  Result<NodeId> top = o.op.empty() ? default_top(project) : find_operator(project, o.op);
  if (!top) return top.error();
  if (project.network->at(*top).family() != "TOP")
    return usage_error("--op " + o.op, fmt::format("a {} has no picture", project.network->at(*top).type_name), "name a TOP");
  if (Status status = apply_sets(project, o.images.project.set, *top); !status) return status.error();
  if (Status status = apply_size(project, o.images.project.size, *top); !status) return status.error();
  Result<std::vector<std::int64_t>> frames = parse_frame_list(o.frames);
  if (!frames) return frames.error();
  SequenceOptions options{.frames = std::move(*frames), .file = o.file, .take = o.take};
  const auto type = image_file_type_named(o.type);
  if (!type) return usage_error("--format", fmt::format("'{}' is not an image type", o.type));
  options.type = *type;
  options.encode.quality = o.quality;
  return render_sequence(run, *top, options);
}

}  // namespace

void add_render(CLI::App& app, RunVerb& run) {
  auto o = std::make_shared<Options>();
  std::vector<std::string> types;
  for (int i = 0; i < image_file_type_count; ++i)
    if (can_write(ImageFileType(i))) types.emplace_back(info(ImageFileType(i)).name);
  CLI::App* verb = app.add_subcommand("render", "Render any TOP as an image sequence");
  add_image_options(*verb, o->images);
  verb->add_option("--op", o->op, "The TOP; needed if the project has several and none shows its display flag");
  verb->add_option("--frames", o->frames, "Frame list, inclusive: 0-99, 0-99x2, 1,3,7-9")->capture_default_str();
  verb->add_option("--format", o->type, "Image type")->check(CLI::IsMember(types))->capture_default_str();
  verb->add_option("--file", o->file, "Name before the suffix N.frame.ext");
  verb->add_option("--take", o->take, "N in the suffix")->check(CLI::Range(0L, 1000000000L))->capture_default_str();
  verb->add_option("--quality", o->quality, "JPEG quality")->check(CLI::Range(0.0, 1.0))->capture_default_str();
  verb->footer("Image i is the network at exactly i / rate seconds.\n\n"
               "  cookline render show.tdn --op /show/out1 --frames 0-299 --out frames\n"
               "  cookline render show.tdn --op /show/out1 --frames 0 --format jpeg --res 3840x2160");
  verb->callback([o, &run] {
    run = [o] { return run_images(o->images, [o](Project& project, Run& r) { return work(*o, project, r); }); };
  });
}

}  // namespace cookline::app
