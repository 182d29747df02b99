// How the images of a Movie File Out are encoded, from its parameters.
#pragma once
#include "cook/engine.h"
#include "io/image_file.h"

namespace cookline {

// Its parameters at the current frame; of OpenEXR the EXR page and the Header Source DAT too. Layers have no size and
// no picture yet. Errors: expressions that fail, names and attributes that the format does not allow.
Result<EncodeOptions> encode_options(Engine& engine, NodeId sink, ImageFileType type);

// Whether a Movie File Out, as its parameters stand, needs the operator that one of them names for its images.
bool needed_for_images(const Node& node, const ParInfo& info);

}  // namespace cookline
