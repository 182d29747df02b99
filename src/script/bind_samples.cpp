// Functions of td._core about what CHOPs and TOPs hold: channels and pixels. The GIL is released while pixels are
// cooked.
#include <fmt/format.h>
#include <pybind11/stl.h>

#include <filesystem>

#include "io/atomic_file.h"
#include "io/image_file.h"
#include "kernels/pixels.h"
#include "script/core.h"

namespace cookline::python {
namespace {

ChannelsHandle channels(Core& core, Id id) { return core.take(core.engine().channels(core.node(id).id)); }

ImageHandle cooked(Core& core, Id id) {
  Engine& engine = core.engine();
  const NodeId node = core.node(id).id;
  const auto cook = [&] {
    const py::gil_scoped_release released;
    return engine.image(node);
  };
  return core.take(cook());
}

// Pixels as interleaved 32-bit floats RGBA, bottom row first.
std::vector<float> floats(const Image& image) {
  const std::size_t width = std::size_t(image.width());
  std::vector<float> planes(width * 4), out(width * std::size_t(image.height()) * 4);
  float* p = planes.data();
  std::size_t at = 0;
  for (int y = 0; y < image.height(); ++y) {
    kernels::load_pixels(image.format(), image.row(y), image.width(), p, p + width, p + 2 * width, p + 3 * width);
    for (std::size_t x = 0; x < width; ++x)
      for (std::size_t c = 0; c < 4; ++c) out[at++] = p[c * width + x];
  }
  return out;
}

py::tuple pixels(Core& core, Id id) {
  const ImageHandle image = cooked(core, id);
  const std::vector<float> data = floats(*image);
  return py::make_tuple(image->width(), image->height(),
                        py::bytearray(reinterpret_cast<const char*>(data.data()), data.size() * sizeof(float)));
}

py::tuple sample(Core& core, Id id, int x, int y) {
  const ImageHandle image = cooked(core, id);
  if (x < 0 || y < 0 || x >= image->width() || y >= image->height())
    core.raise(usage_error(core.network().path(unpack(id)),
                           fmt::format("sample({}, {}) lies outside the picture of {} by {} pixels", x, y,
                                       image->width(), image->height())));
  float r, g, b, a;
  const std::size_t offset = std::size_t(x) * std::size_t(info(image->format()).bytes);
  kernels::load_pixels(image->format(), image->row(y) + offset, 1, &r, &g, &b, &a);
  return py::make_tuple(r, g, b, a);
}

std::vector<std::byte> encoded(Core& core, Id id, const std::string& extension, double quality) {
  const auto type = image_file_type_of("x." + extension);
  if (!type) {
    std::string known;
    for (int i = 0; i < image_file_type_count; ++i)
      known += fmt::format("{}.{}", i ? ", " : "", info(ImageFileType(i)).extensions[0]);
    core.raise(usage_error(core.network().path(unpack(id)), fmt::format("'.{}' is not an image file type", extension),
                           "use " + known));
  }
  const ImageHandle image = cooked(core, id);
  const auto encode = [&] {
    const py::gil_scoped_release released;
    return encode_image(*image, *type, {.quality = quality});
  };
  return core.take(encode());
}

void save_picture(Core& core, Id id, const std::string& path, double quality) {
  std::string extension = std::filesystem::path(path).extension().string();
  const std::vector<std::byte> bytes = encoded(core, id, extension.empty() ? extension : extension.substr(1), quality);
  core.check(write_file(path, bytes, {.overwrite = true}));
}

void define_channels(CoreClass& c) {
  c.def("channel_names", [](Core& core, Id id) {
    const ChannelsHandle held = channels(core, id);
    std::vector<std::string> names;
    for (const Channel& channel : held->channels) names.push_back(channel.name);
    return names;
  });
  // (samples, rate, first sample's index, time slice)
  c.def("channel_facts", [](Core& core, Id id) {
    const ChannelsHandle held = channels(core, id);
    return std::tuple(held->length(), held->rate_hz, held->start, held->time_slice);
  });
  c.def("channel_values", [](Core& core, Id id, std::size_t index) {
    const ChannelsHandle held = channels(core, id);
    return index < held->channels.size() ? held->channels[index].samples : std::vector<double>();
  });
  c.def("channel_index", [](Core& core, Id id, const std::string& name) {
    const ChannelsHandle held = channels(core, id);
    for (std::size_t i = 0; i < held->channels.size(); ++i)
      if (held->channels[i].name == name) return std::int64_t(i);
    return std::int64_t(-1);
  });
  // The value at the current frame: of a longer channel the sample at this moment, of a time slice the last.
  c.def("channel_now", [](Core& core, Id id, const std::string& name) -> std::optional<double> {
    const ChannelsHandle held = channels(core, id);
    const Channel* channel = held->find(name);
    if (!channel) return std::nullopt;
    const std::size_t count = channel->samples.size();
    if (count == 0) return 0.0;
    if (count == 1) return channel->samples.front();
    if (held->time_slice) return channel->samples.back();
    core.engine().note_time_read();
    const double at = core.engine().frame().seconds() * held->rate_hz - held->start;
    return channel->samples[at <= 0 ? 0 : std::min(count - 1, std::size_t(at + 1e-9))];
  });
}

}  // namespace

void define_samples(CoreClass& c) {
  define_channels(c);
  c.def("picture", [](Core& core, Id id) {
    const auto facts = core.take(core.engine().picture_info(core.node(id).id));
    return std::tuple(facts.width_px, facts.height_px, facts.aspect, std::string(info(facts.format).name),
                      std::string(info(facts.format).label));
  });
  c.def("pixels", &pixels);
  c.def("sample", &sample);
  c.def("save_picture", &save_picture);
  c.def("encoded_picture", [](Core& core, Id id, const std::string& extension, double quality) {
    const std::vector<std::byte> bytes = encoded(core, id, extension, quality);
    return py::bytearray(reinterpret_cast<const char*>(bytes.data()), bytes.size());
  });
}

}  // namespace cookline::python
