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
      if (options_.only) return {};
      if (Status status = deliver_all(); !status) return status;
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
  if (Status status = deliver_all(); !status) return status;
  return close_movie(request.sink_path, true);
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
  if (options_.cooperation)
    return project_error(request.sink_path, "one process makes a movie: --cooperate shares sequences of images",
                         "set Type to Image Sequence, or leave --cooperate out");
  WrittenImage file{.sink = request.sink_path,
                    .suffix = request.image.suffix,
                    .take = request.image.take,
                    .frame = request.frame.index,
                    .movie = true};
  std::shared_ptr<const MovieSettings> settings;
  if (const auto open = movies_.find(request.sink_path); open != movies_.end()) {
    file.path = open->second.path;
  } else if (!options_.only) {
    Result<std::filesystem::path> path = path_of(request);
    if (!path) return path.error();
    Result<std::shared_ptr<const MovieSettings>> read = settings_of_movie(request.sink);
    if (!read) return read.error();
    settings = *read;
    file.path = *path;
    if (const auto order = orders_.find(request.sink_path); order != orders_.end()) file.order = order->second;
  }
  const bool first = settings != nullptr, now = request.image.when == When::now;
  Deliver deliver = [this, sink = request.sink_path, settings = std::move(settings), now](ImageJob job) {
    if (options_.only) return Status();  // of other images it is cooked at most for feedback
    job.movie = settings;
    if (now) return submit_movie(sink, std::move(job));
    held_.insert_or_assign(sink, std::move(job));
    return Status();
  };
  const Status cooked = cook(request.plan, {}, std::move(file), ImageFileType::png, {}, std::move(deliver));
  return cooked && first ? deliver_all() : cooked;  // what follows needs to know that the movie is open
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
    OpenMovie opened{job.file.path, nullptr};
    if (job.image)
      opened.take = std::make_unique<MovieTake>(job.file, *job.movie, options_.write, options_.queue_bytes);
    movie = movies_.emplace(sink, std::move(opened)).first;
  }
  MovieTake* const take = movie->second.take.get();
  if (!take) return {};
  ++pictures_;
  return take->picture(std::move(job.image), job.file.cook_s);
}

Status Run::add_sound(const ShotRequest& request) {
  const auto movie = movies_.find(request.sink_path);
  MovieTake* const take = movie == movies_.end() ? nullptr : movie->second.take.get();
  if (!take || !take->has_sound()) return {};
  if (request.image.when == When::silence) return after_pictures([take] { return take->silence(); });
  const Result<NodeId> source = sound_source(engine_, request.sink);
  if (!source) return source.error();
  return add_sound_of(*take, *source, request.frame);
}

Status Run::add_sound_of(MovieTake& take, NodeId source, const Frame& frame) {
  const Result<ChannelsHandle> held = engine_.channels(source);
  if (!held) return held.error();
  return after_pictures([&take, sound = sound_of_frame(**held, frame)] { return take.sound(sound); });
}

Status Run::write_movie(const PixelPlanHandle& plan, WrittenImage file, MovieSettings settings, NodeId sound) {
  file.movie = true;
  const std::string sink = file.sink;
  Deliver deliver = [this, sink, settings = std::make_shared<const MovieSettings>(std::move(settings))](ImageJob job) {
    job.movie = settings;
    return submit_movie(sink, std::move(job));
  };
  if (Status status = cook(plan, {}, std::move(file), ImageFileType::png, {}, std::move(deliver)); !status)
    return status;
  if (!movies_.contains(sink))
    if (Status status = deliver_all(); !status) return status;
  MovieTake* const take = movies_.at(sink).take.get();
  return take && take->has_sound() && sound ? add_sound_of(*take, sound, engine_.frame()) : Status();
}

Status Run::close_movie(const std::string& sink, bool whole) {
  const auto movie = movies_.extract(sink);
  if (!movie || !movie.mapped().take) return {};
  MovieTake* const take = movie.mapped().take.get();
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
    const Status status = close_movie(std::string(movies_.begin()->first), whole);
    if (first) first = status;
  }
  return first;
}

}  // namespace cookline
