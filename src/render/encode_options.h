// How the images of a Movie File Out are encoded, from its parameters.
#pragma once
#include "cook/engine.h"
#include "io/image_file.h"

namespace cookline {

// Quality and Include Mip Maps at the current frame. Errors: parameters that ask for what files of the type cannot be
// given (point clouds, further inputs and header entries in an OpenEXR), and those whose expressions fail.
Result<EncodeOptions> encode_options(Engine& engine, NodeId sink, ImageFileType type);

}  // namespace cookline
