// cookline devices: what this machine has to run shaders.
#include <fmt/format.h>

#include <nlohmann/json.hpp>

#include "app/exit_code.h"
#include "app/verbs.h"
#include "gpu/gpu.h"

namespace cookline::app {
namespace {

using Json = nlohmann::ordered_json;

void print(const std::vector<DeviceFacts>& devices) {
  if (devices.empty())
    fmt::print("no Vulkan device: shaders cannot run; install a GPU's driver, or Debian's mesa-vulkan-drivers\n");
  for (std::size_t i = 0; i < devices.size(); ++i) {
    const DeviceFacts& d = devices[i];
    fmt::print("{}  {}  ({}, Vulkan {}, {}, {} MB){}\n", i, d.name, d.kind, d.api, d.driver, d.memory_bytes >> 20,
               d.unusable.empty() ? "" : "  not usable: " + d.unusable);
  }
}

int run_devices(bool json) {
  const Result<std::vector<DeviceFacts>> devices = list_devices();
  if (!devices) return report(devices.error(), json);
  if (!json) {
    print(*devices);
    return 0;
  }
  Json list = Json::array();
  for (const DeviceFacts& d : *devices)
    list.push_back({{"name", d.name},
                    {"kind", d.kind},
                    {"vulkan", d.api},
                    {"driver", d.driver},
                    {"memory", d.memory_bytes},
                    {"usable", d.unusable.empty()},
                    {"why", d.unusable}});
  fmt::print("{}\n", list.dump(2, ' ', false, Json::error_handler_t::replace));
  return 0;
}

}  // namespace

void add_devices(CLI::App& app, RunVerb& run) {
  auto json = std::make_shared<bool>(false);
  CLI::App* verb = app.add_subcommand("devices", "List the devices that can run shaders, the one that is used first");
  verb->add_flag("--json", *json, "As JSON");
  verb->footer(
      "Without a GPU, Mesa's lavapipe (llvmpipe) runs shaders on the processor.\n\n"
      "  cookline record show.tdn /recorder --device llvmpipe");
  verb->callback([json, &run] { run = [json] { return run_devices(*json); }; });
}

}  // namespace cookline::app
