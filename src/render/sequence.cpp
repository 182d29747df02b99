#include "render/sequence.h"

#include <algorithm>
#include <chrono>

#include "render/take_names.h"

namespace cookline {
namespace {

// A picture of the movie, and the sound until the next one.
Status render_movie_frame(Run& run, const PixelPlanHandle& plan, const SequenceMovie& movie, WrittenImage file) {
  MovieSettings settings = movie.settings;
  if (movie.sound) {
    const Result<ChannelsHandle> sound = run.engine().channels(movie.sound);
    if (!sound) return sound.error();
    if ((*sound)->channels.empty())
      return project_error(run.engine().network().path(movie.sound), "it has no channels to be the sound");
    settings.sound->rate_hz = (*sound)->rate_hz, settings.sound->channels = int((*sound)->channels.size());
  }
  return run.write_movie(plan, std::move(file), std::move(settings), movie.sound);
}

Status render_frame(Run& run, NodeId top, const SequenceOptions& options, const TakeNames& names, std::int64_t frame,
                    bool wanted) {
  Engine& engine = run.engine();
  if (Status status = engine.script_phase({frame, engine.options().rate}); !status) return status;
  engine.take_requests();  // Movie File Outs write in `record` only
  Result<PixelPlanHandle> plan = engine.plan(top);
  // Time slices go on from the last time they were asked for.
  if (options.movie && options.movie->sound && !wanted)
    if (const auto sound = engine.channels(options.movie->sound); !sound) return sound.error();
  if (wanted) {
    Result<WrittenImage> file = names.image(frame);
    if (!file) return file.error();
    if (options.movie) return plan ? render_movie_frame(run, *plan, *options.movie, std::move(*file)) : plan.error();
    return plan ? run.write(*plan, std::move(*file), options.type, options.encode)
                : run.write_fault(plan.error(), std::move(*file), options.type, options.encode);
  }
  // A picture that nobody wants fails nobody, unless feedback needs it.
  if (!plan) return run.options().faults.error == OnFault::stop ? Status(plan.error()) : Status();
  if (!engine.has_feedback(**plan)) return {};
  // Nobody looks at it: it may stay on a device.
  Result<CookedPixels> cooked = PixelCook(*plan, engine.cache(), engine.options().pixels, &engine.counts).finish();
  if (!cooked) return cooked.error();
  engine.commit(*cooked);
  return {};
}

}  // namespace

Result<RunResult> render_sequence(Run& run, NodeId top, const SequenceOptions& options) {
  const auto start = std::chrono::steady_clock::now();
  if (!options.movie)
    if (Status status = can_compress(options.type, options.encode.compression); !status) return status.error();
  std::vector<std::int64_t> wanted = options.frames;
  std::sort(wanted.begin(), wanted.end());
  wanted.erase(std::unique(wanted.begin(), wanted.end()), wanted.end());
  if (!wanted.empty() && wanted.front() < 0) return usage_error("--frames", "frames count from 0");
  RunResult result;
  Status status = run.engine().prime();
  if (!status) return status.error();
  const Result<TakeNames> names = TakeNames::plan(run, top, options, wanted);
  if (!names) return names.error();
  std::size_t done = 0;
  for (std::int64_t frame = 0; status && done < wanted.size() && !run.over(); ++frame) {
    const bool listed = wanted[done] == frame;
    status = render_frame(run, top, options, *names, frame, listed);
    done += listed;
    ++result.frames;
    run.report(double(frame + 1) / double(wanted.back() + 1), double(wanted.back() - frame),
               double(wanted.size() - done));
  }
  const Status written = status && done == wanted.size() ? run.finish_takes() : run.finish();
  result.seconds = std::chrono::duration<double>(std::chrono::steady_clock::now() - start).count();
  result.stopped = done < wanted.size() && run.stop_asked();
  result.kept = run.kept();
  if (!status) return status.error();
  if (!written) return written.error();
  return result;
}

}  // namespace cookline
