// The files that a project reads, as verbs print them.
#pragma once
#include <nlohmann/json.hpp>
#include <vector>

#include "render/media_report.h"

namespace cookline::app {

// A list of objects; what is not known of a file is left out.
nlohmann::ordered_json media_json(const std::vector<PlannedMedium>& media);

}  // namespace cookline::app
