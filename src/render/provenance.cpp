#include "render/provenance.h"

#include <nlohmann/json.hpp>

namespace cookline {

using Json = nlohmann::ordered_json;

std::string provenance_text(const RunProvenance& run, const WrittenImage& image) {
  return Json{{"cookline", run.engine},
              {"project", run.project},
              {"project_hash", run.project_hash},
              {"recipe", Json::parse(run.recipe)},
              {"sink", image.sink},
              {"take", image.take},
              {"index", image.index},
              {"frame", image.frame},
              {"order", image.order},
              {"width", image.width_px},
              {"height", image.height_px},
              {"format", info(image.format).name},
              {"pixels", image.pixel_hash}}
      .dump(-1, ' ', true, Json::error_handler_t::replace);
}

Result<Provenance> parse_provenance(const std::string& text) try {
  const Json j = Json::parse(text);
  Provenance p;
  p.run.engine = j.at("cookline"), p.run.project = j.at("project"), p.run.project_hash = j.at("project_hash");
  p.run.recipe = j.at("recipe").dump();
  p.sink = j.at("sink"), p.take = j.at("take"), p.index = j.at("index"), p.frame = j.at("frame");
  p.order = j.at("order"), p.width_px = j.at("width"), p.height_px = j.at("height");
  p.format = j.at("format"), p.pixels = j.at("pixels");
  return p;
} catch (const Json::exception&) {
  return Error{ErrorCode::verification, "what this image says of how it was made is damaged"};
}

}  // namespace cookline
