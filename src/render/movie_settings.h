// How a Movie File Out's movies are made, from its parameters.
#pragma once
#include <string>

#include "cook/engine.h"
#include "io/movie_format.h"

namespace cookline {

// Everything but the sound's rate and channels, which are those of `sound`; null: the movie has none. Errors: Movie FPS
// that is no rate; parameters whose expressions fail; a Start Timecode CHOP without its channels.
Result<MovieSettings> movie_settings(Engine& engine, NodeId sink, const Channels* sound);

// The CHOP whose channels are the sound; no node if Audio CHOP is empty or the movie is a stop-frame movie. Errors: it
// names nothing.
Result<NodeId> sound_source(Engine& engine, NodeId sink);

// The samples that belong to the current frame: a time slice as it is; of other channels those from this frame's time
// up to the next frame's, on the timeline.
Channels sound_of_frame(const Channels& channels, const Frame& frame);

// What is wrong with the movies that a sink would write, as far as its parameters are known without running Python.
Status check_movie(Engine& engine, NodeId sink);

}  // namespace cookline
