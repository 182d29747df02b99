#include "kernels/targets.h"

#include <hwy/highway.h>
#include <hwy/targets.h>

namespace cookline::kernels {

std::vector<std::string> available_targets() {
  hwy::SetSupportedTargetsForTest(0);
  std::vector<std::string> names;
  const std::int64_t usable = hwy::SupportedTargets() & HWY_TARGETS;
  for (std::int64_t bits = usable; bits; bits &= bits - 1) names.emplace_back(hwy::TargetName(bits & -bits));
  return names;
}

bool use_target(const std::string& name) {
  hwy::SetSupportedTargetsForTest(0);
  hwy::GetChosenTarget().Update(hwy::SupportedTargets());
  if (name.empty()) return true;
  for (std::int64_t bits = hwy::SupportedTargets() & HWY_TARGETS; bits; bits &= bits - 1) {
    const std::int64_t target = bits & -bits;
    if (name != hwy::TargetName(target)) continue;
    hwy::SetSupportedTargetsForTest(target);
    hwy::GetChosenTarget().Update(target);
    return true;
  }
  return false;
}

}  // namespace cookline::kernels
