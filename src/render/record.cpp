#include "render/record.h"

#include <fmt/format.h>

#include <chrono>

#include "base/text.h"

namespace cookline {
namespace {

bool any_sink_recording(Engine& engine) {
  const Network& network = engine.network();
  for (NodeId id : network.walk(network.root())) {
    const Node& node = network.at(id);
    if (!node.type || !node.type->def->record) continue;
    for (const auto& [name, value] : engine.own_info(id))
      if (name == "recording" && value != 0) return true;
  }
  return false;
}

// How far a take has come: by frames if they are given, else by the running timer below the component.
double progress(Engine& engine, NodeId target, std::int64_t frames_done, const RecordOptions& options) {
  if (options.frames) return double(frames_done) / double(std::max<std::int64_t>(1, *options.frames));
  const Network& network = engine.network();
  for (NodeId id : network.walk(target)) {
    if (network.at(id).type_name != "timerCHOP") continue;
    const Result<ChannelsHandle> held = engine.channels(id);
    const Channel* fraction = held ? (*held)->find("timer_fraction") : nullptr;
    if (fraction && !fraction->samples.empty() && fraction->samples.front() > 0) return fraction->samples.front();
  }
  return -1;
}

// One take: Record on, frames until the scripts, the limits or --frames have ended it. `index` is the next frame. False
// if the run was over before the take was.
Result<bool> record_take(Run& run, NodeId target, const std::string& par, const RecordOptions& options,
                         std::int64_t& index, const std::function<void(std::int64_t)>& report) {
  Engine& engine = run.engine();
  Network& network = engine.network();
  const std::int64_t first = index, images_before = run.images();
  // A minute of the timeline without any sink at work is no late start but a mistake.
  const std::int64_t patience = std::int64_t(60 * engine.options().rate.hz()) + 1;
  bool started = false;
  if (Status status = network.set_value(target, par, Value(true)); !status) return status.error();
  for (;;) {
    if (options.frames && index - first == *options.frames)
      if (Status status = network.set_value(target, par, Value(false)); !status) return status.error();
    if (Status status = run.frame(index++); !status) return status.error();
    report(index - first);
    const Result<Value> pressed = engine.eval(target, par);
    if (!pressed) return pressed.error();
    const bool at_work = any_sink_recording(engine);
    started |= at_work || run.images() > images_before;  // a take of one image begins and ends within its frame
    if (!to_bool(*pressed) && !at_work) return true;
    if (run.over()) return false;
    if (started && !at_work) {
      // A sink's own limit has ended the take: release Record as a user would, and let everything see it.
      if (Status status = network.set_value(target, par, Value(false)); !status) return status.error();
      if (Status status = run.frame(index++); !status) return status.error();
      return true;
    }
    if (!started && index - first > patience)
      return project_error(network.path(target) + "." + par,
                           "Record has been on for a minute of the timeline, but no Movie File Out TOP records",
                           "let a Movie File Out's Record follow it, or name the Movie File Out itself");
  }
}

}  // namespace

Result<std::string> record_parameter(const Network& network, NodeId target) {
  const Node& node = network.at(target);
  std::vector<std::string> customs;
  for (const Parameter& par : node.pars) {
    if (to_lower(par.info->name) == "record") return par.info->name;
    if (par.info->custom) customs.push_back(par.info->name);
  }
  return usage_error(network.path(target), "this operator has no Record parameter to press",
                     customs.empty() ? "name a component with a custom Toggle 'Record', or a Movie File Out TOP"
                                     : fmt::format("its custom parameters: {}", fmt::join(customs, ", ")));
}

Result<RunResult> record(Run& run, NodeId target, const RecordOptions& options) {
  Engine& engine = run.engine();
  const auto start = std::chrono::steady_clock::now();
  const Result<std::string> par = record_parameter(engine.network(), target);
  if (!par) return par.error();
  Status status = engine.prime();
  RunResult result;
  int done = 0;
  while (done < options.takes && status && !run.over()) {
    const std::int64_t before = run.images();
    const Result<bool> whole = record_take(run, target, *par, options, result.frames, [&](std::int64_t frames) {
      const double part = progress(engine, target, frames, options);
      const double whole_part = part < 0 ? -1 : (done + std::min(1.0, part)) / options.takes;
      // The frames that are left make as many images as those so far.
      const double left = whole_part > 0 ? double(result.frames) * (1 - whole_part) / whole_part : -1;
      run.report(whole_part, left, left * double(run.images()) / double(result.frames));
    });
    if (!whole) status = whole.error();
    if (!whole || !*whole) break;
    if (status = run.deliver_all(); !status) break;
    ++done;
    if (run.images() == before && engine.log)
      engine.log({LogLevel::warning, engine.network().path(target) + "." + *par,
                  "the take wrote no image: no Movie File Out TOP saw Record on at the end of a frame"});
  }
  const Status written = status && done == options.takes ? run.finish_takes() : run.finish();
  result.seconds = std::chrono::duration<double>(std::chrono::steady_clock::now() - start).count();
  result.stopped = done < options.takes && run.stop_asked();
  result.kept = run.kept();
  if (!status) return status.error();
  if (!written) return written.error();
  return result;
}

}  // namespace cookline
