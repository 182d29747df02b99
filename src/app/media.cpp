#include "app/media.h"

namespace cookline::app {

using Json = nlohmann::ordered_json;

Json media_json(const std::vector<PlannedMedium>& media) {
  Json list = Json::array();
  for (const PlannedMedium& m : media) {
    Json one{{"where", m.where}, {"file", m.file}, {"present", m.present}};
    if (!m.kind.empty()) one["kind"] = m.kind;
    if (m.width_px > 0) one["width"] = m.width_px, one["height"] = m.height_px;
    if (m.images > 0) one["images"] = m.images;
    if (m.rate.num > 0) one["rate"] = {m.rate.num, m.rate.den};
    if (m.channels > 0) one["channels"] = m.channels, one["samples_per_second"] = m.rate_hz, one["seconds"] = m.seconds;
    if (!m.missing.empty()) one["missing"] = m.missing;
    if (!m.problem.empty()) one["problem"] = m.problem;
    list.push_back(std::move(one));
  }
  return list;
}

}  // namespace cookline::app
