#include "render/encode_options.h"

#include <fmt/format.h>

namespace cookline {
namespace {

// TD differs: an OpenEXR file holds the picture of the input alone. Parameters that ask for more are errors, as a file
// without what they ask for would be silently wrong.
Status refuse_exr_extras(Engine& engine, NodeId sink) {
  const std::string path = engine.network().path(sink);
  const Result<Value> points = engine.eval(sink, "pointcloud");
  if (!points) return points.error();
  if (to_bool(*points)) return project_error(path + ".pointcloud", "OpenEXR files cannot be stored as point clouds");
  std::vector<std::string> names = {"headerdat"};
  for (const Parameter& par : engine.network().at(sink).pars)
    if (par.info->name.starts_with("input") && par.info->name.ends_with("top")) names.push_back(par.info->name);
  for (const std::string& name : names) {
    const Result<Value> value = engine.eval(sink, name);
    if (!value) return value.error();
    if (const std::string named = to_text(*value); !named.empty())
      return project_error(fmt::format("{}.{}", path, name),
                           fmt::format("names '{}', but OpenEXR files hold only the picture of the input", named),
                           "clear it, and record other TOPs with Movie File Outs of their own");
  }
  return {};
}

}  // namespace

Result<EncodeOptions> encode_options(Engine& engine, NodeId sink, ImageFileType type) {
  EncodeOptions options;
  const Result<Value> quality = engine.eval(sink, "quality");
  if (!quality) return quality.error();
  options.quality = to_double(*quality);
  for (const auto& [name, text] : {std::pair{"outputcolorspace", &options.colour.space},
                                   std::pair{"outputreferencewhite", &options.colour.white}}) {
    const Result<Value> value = engine.eval(sink, name);
    if (!value) return value.error();
    *text = menu_item(*engine.network().parameter(sink, name)->info, *value);
  }
  const Result<Value> mip_maps = engine.eval(sink, "mipmaps");
  if (!mip_maps) return mip_maps.error();
  options.mip_maps = to_bool(*mip_maps);
  if (type == ImageFileType::exr)
    if (const Status status = refuse_exr_extras(engine, sink); !status) return status.error();
  return options;
}

}  // namespace cookline
