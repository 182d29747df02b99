// Sinks (Movie File Out): what the script phase hands out at its end.
#include <fmt/format.h>

#include "cook/runtime.h"
#include "cook/services.h"

namespace cookline {

std::string Engine::file_suffix(NodeId id) {
  note_time_read();
  return runtime(id).suffix;
}

// Plans the pictures of an image: that of the sink, and those of the TOPs that go into the same file.
Status Engine::plan_shot(ShotRequest& shot) {
  Result<PixelPlanHandle> plan = this->plan(shot.sink);
  if (!plan) return plan.error();
  shot.plan = std::move(*plan);
  for (const std::string& path : shot.image.layers) {
    const NodeId top = network_.lookup(shot.sink, path);
    if (!top) {
      Error error = project_error(shot.sink_path, fmt::format("there is no operator '{}' to write as a layer", path));
      error.missing = true;
      return error;
    }
    Result<PixelPlanHandle> layer = this->plan(top);
    if (!layer) return layer.error();
    shot.layers.push_back({network_.path(top), std::move(*layer)});
  }
  return {};
}

// Lets a sink decide which images to write now and plans each of them as the network stands.
Status Engine::run_record(NodeId id, bool pulsed) {
  const Node* node = network_.find(id);
  const OpDef& def = *node->type->def;
  Runtime& rt = runtime(id);
  Result<Filled> filled = fill(id);
  if (!filled) return filled.error();
  Step step(*this, id, *filled, {});
  Cook& cook = step.cook;
  cook.take_number = [&](std::int64_t n, const std::string& suffix) {
    rt.suffix = suffix;
    return unique_take ? unique_take(id, n) : n;
  };
  step.call.frame.again = pulsed;
  Result<std::vector<ImageRequest>> images = def.record(step.call);
  if (!images) return images.error();
  rt.warnings = cook.warnings;
  for (const std::string& warning : cook.warnings) warn_once(project_error(cook.path, warning));
  network_.clear_pulses(id);
  for (ImageRequest& image : *images) {
    rt.suffix = image.suffix;
    const ImageRequest::When when = image.when;
    if (when != ImageRequest::When::now && when != ImageRequest::When::later) {
      requests_.push_back({id, network_.path(id), std::move(image), {}, frame_, {}, {}});
      continue;
    }
    Result<Value> file = eval(id, "file");
    if (!file) return file.error();
    ShotRequest shot{id, network_.path(id), std::move(image), to_text(*file), frame_, {}, {}};
    if (Status planned = plan_shot(shot); !planned) {
      if (!options_.tell_plan_errors) return planned;
      shot.plan = nullptr, shot.layers.clear(), shot.error = planned.error();
    }
    requests_.push_back(std::move(shot));
  }
  return {};
}

}  // namespace cookline
