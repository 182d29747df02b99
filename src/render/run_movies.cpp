// The movies of a run: what Run does with the requests of Movie File Outs whose Type is Movie or Stop-Frame Movie.
#include <fmt/format.h>

#include "render/movie_settings.h"
#include "render/run.h"

namespace cookline {

using When = ImageRequest::When;

Status Run::write_movie(const ShotRequest& request) {
  switch (request.image.when) {
    case When::now:
    case When::later:
      return cook_movie_picture(request);
    case When::release: {
      auto held = held_.extract(request.sink_path);
      return held ? submit_movie(request.sink_path, std::move(held.mapped()))
                  : project_error(request.sink_path, "it holds no picture to write");
    }
    case When::sound:
    case When::silence:
      return add_sound(request);
    case When::end:
      break;
  }
  const auto movie = movies_.find(request.sink_path);
  return movie == movies_.end() ? Status() : close_movie(movie, true);
}

Result<std::shared_ptr<const MovieSettings>> Run::settings_of_movie(NodeId sink) {
  const Result<NodeId> source = sound_source(engine_, sink);
  if (!source) return source.error();
  ChannelsHandle sound;
  if (*source) {
    const Result<ChannelsHandle> held = engine_.channels(*source);
    if (!held) return held.error();
    sound = *held;
    if (sound->channels.empty())
      return project_error(engine_.network().path(sink) + ".audiochop", "the CHOP has no channels to be the sound");
  }
  Result<MovieSettings> settings = movie_settings(engine_, sink, sound.get());
  if (!settings) return settings.error();
  return std::make_shared<const MovieSettings>(std::move(*settings));
}

Status Run::cook_movie_picture(const ShotRequest& request) {
  if (!request.plan) return *request.error;
  const auto open = movies_.find(request.sink_path);
  const bool first = open == movies_.end();
  WrittenImage file{.take = request.image.take, .frame = request.frame.index};
  std::shared_ptr<const MovieSettings> settings;
  if (first) {
    Result<std::filesystem::path> path = path_of(request);
    if (!path) return path.error();
    Result<std::shared_ptr<const MovieSettings>> read = settings_of_movie(request.sink);
    if (!read) return read.error();
    settings = *read;
    file.path = *path;
    file.suffix = request.image.suffix;
    const auto order = orders_.find(request.sink_path);
    if (order != orders_.end()) file.order = order->second;
  } else if (open->second) {
    file.path = open->second->file().path;
  }
  const bool there = !first && !open->second;
  if (there && !engine_.has_feedback(*request.plan)) return {};
  Result<ImageJob> job = cook(*request.plan, file, ImageFileType::png, {});
  if (!job) return job.error();
  job->movie = settings;
  if (request.image.when == When::now) return submit_movie(request.sink_path, std::move(*job));
  held_.insert_or_assign(request.sink_path, std::move(*job));
  return {};
}

Status Run::submit_movie(const std::string& sink, ImageJob job) {
  auto movie = movies_.find(sink);
  if (movie == movies_.end()) {
    if (Status status = claim(job.file.path); !status) return status;
    const Status can = !job.image ? Status()
                                  : can_write_movie(job.file.path.filename().string(), *job.movie, job.image->width(),
                                                    job.image->height());
    if (!can) {
      Error error = can.error();
      error.where = sink;
      return error;
    }
    if (Status status = open_log(job); !status) return status;
    std::unique_ptr<MovieTake> take;
    if (job.image) take = std::make_unique<MovieTake>(job.file, *job.movie, options_.write, options_.queue_bytes);
    movie = movies_.emplace(sink, std::move(take)).first;
  }
  return movie->second ? movie->second->picture(std::move(job.image), job.file.cook_s) : Status();
}

Status Run::add_sound(const ShotRequest& request) {
  const auto movie = movies_.find(request.sink_path);
  if (movie == movies_.end() || !movie->second || !movie->second->has_sound()) return {};
  if (request.image.when == When::silence) return movie->second->silence();
  const Result<NodeId> source = sound_source(engine_, request.sink);
  if (!source) return source.error();
  const Result<ChannelsHandle> held = engine_.channels(*source);
  if (!held) return held.error();
  return movie->second->sound(sound_of_frame(**held, request.frame));
}

Status Run::close_movie(std::map<std::string, std::unique_ptr<MovieTake>>::iterator movie, bool whole) {
  const std::unique_ptr<MovieTake> take = std::move(movie->second);
  const std::string sink = movie->first;
  movies_.erase(movie);
  if (!take) return {};
  const Result<std::optional<WrittenImage>> written = take->finish(whole);
  if (!written) return written.error();
  if (!*written) return {};
  if (whole) return note(**written);
  if (engine_.log)
    engine_.log({LogLevel::warning, sink,
                 fmt::format("the movie did not come to its end: its first {} pictures are in {}", (*written)->images,
                             part_name((*written)->path).string())});
  return {};
}

// The first error; the others are closed all the same.
Status Run::close_movies(bool whole) {
  Status first;
  while (!movies_.empty()) {
    const Status status = close_movie(movies_.begin(), whole);
    if (first) first = status;
  }
  return first;
}

}  // namespace cookline
