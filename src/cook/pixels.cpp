#include "cook/pixels.h"

#include <fmt/format.h>

#include <algorithm>
#include <atomic>
#include <chrono>
#include <exception>

#include "base/parallel.h"
#include "cook/tile_program.h"
#include "kernels/pixels.h"

namespace cookline {
namespace {

// Services for picture cooks, which may ask nothing of the network: plans are self-contained.
class NoServices final : public Services {
 public:
  Result<std::vector<ParView>> parameters(std::string_view, std::string_view, bool, bool) override { return denied(); }
  Result<std::vector<std::pair<std::string, double>>> info(std::string_view) override { return denied(); }
  Result<Table> info_table(std::string_view) override { return denied(); }
  std::string path_of(std::string_view) override { return {}; }
  std::optional<Value> take_reply(const std::string&) override { return std::nullopt; }
  Result<Value> evaluate(const std::string&, std::span<const std::pair<std::string, Value>>) override {
    return denied();
  }
  Result<std::string> read_text_file(const std::string&, std::string_view) override { return denied(); }
  Status write_text_file(const std::string&, const std::string&) override { return denied(); }
  Result<MediaHandle> open_media(const std::string&, int) override { return denied(); }
  Result<SoundHandle> open_sound(const std::string&, int) override { return denied(); }
  const Table& content() override { return empty_; }

 private:
  static Error denied() { return project_error({}, "a picture cook has no access to the network"); }
  Table empty_;
};

// A whole picture with the channels that its mask leaves out taken from its first input; 0 without one.
ImageHandle masked(const PixelNode& node, const Image& made, const ImageHandle& input) {
  auto image = std::make_shared<Image>(made.width(), made.height(), made.format());
  image->aspect = made.aspect;
  const std::size_t width = std::size_t(made.width());
  const auto filter = kernels::Filter(node.filter);
  const kernels::Texture texture = input ? kernels::make_texture(input, filter) : kernels::Texture{};
  const kernels::PixelMap map =
      input ? kernels::stretch(input->width(), input->height(), made.width(), made.height()) : kernels::PixelMap{};
  std::vector<float> own(4 * width), from(4 * width, 0.0f);
  const auto plane = [&](std::vector<float>& planes, std::size_t c) { return planes.data() + c * width; };
  for (int y = 0; y < made.height(); ++y) {
    kernels::load_pixels(made.format(), made.row(y), made.width(), plane(own, 0), plane(own, 1), plane(own, 2),
                         plane(own, 3));
    if (input)
      kernels::sample_run(texture, filter, kernels::Extend::hold, map, 0, y, made.width(), plane(from, 0),
                          plane(from, 1), plane(from, 2), plane(from, 3));
    for (std::size_t c = 0; c < 4; ++c)
      if (node.channel_mask.find("rgba"[c]) == std::string::npos) std::copy_n(plane(from, c), width, plane(own, c));
    kernels::store_pixels(made.format(), plane(own, 0), plane(own, 1), plane(own, 2), plane(own, 3), made.width(),
                          image->row(y));
  }
  return image;
}

// Errors of devices name no operator.
Status placed(Status status, const std::string& path) {
  if (status || !status.error().where.empty()) return status;
  Error error = status.error();
  error.where = path;
  return error;
}

bool on_device(const PixelNode& node) { return node.def && node.def->device; }
bool takes_device(const PixelNode& node) { return node.def && (node.def->device || node.def->device_inputs); }

double seconds_since(std::chrono::steady_clock::time_point start) {
  return std::chrono::duration<double>(std::chrono::steady_clock::now() - start).count();
}

}  // namespace

// One cook of a plan: which nodes become whole pictures, and those that already have.
class PixelCook::Cooking {
 public:
  Cooking(const PixelPlan& plan, PixelCache& cache, const PixelOptions& options, CookCounts* counts)
      : plan_(plan),
        cache_(cache),
        options_(options),
        counts_(counts),
        images_(plan.nodes.size()),
        whole_(plan.nodes.size()) {
    choose_whole();
  }
  void start();
  Result<CookedPixels> finish();

 private:
  void choose_whole();
  std::vector<int> results() const;
  bool start(int index, std::vector<bool>& seen);
  Result<ImageHandle> picture(int index);
  bool pointwise(const PixelNode& node) const {
    return node.def && node.def->shade && (!node.def->pointwise || node.def->pointwise(node.pars->own()));
  }
  Result<ImageHandle> cook(int index);
  Result<ImageHandle> read(int index);
  Result<ImageHandle> cook_whole(const PixelNode& node);
  Result<ImageHandle> cook_fused(int index);
  void collect(int index, std::vector<int>& leaves) const;
  void count(int index);
  void add_time(int index, std::int64_t calls, double seconds);
  void time(int index, std::chrono::steady_clock::time_point start);
  void share_time(const std::vector<int>& steps, const PixelNode& root,
                  const std::vector<std::atomic<std::int64_t>>& times, double seconds);

  const PixelPlan& plan_;
  PixelCache& cache_;
  PixelOptions options_;
  CookCounts* counts_;
  std::vector<ImageHandle> images_;
  std::vector<bool> whole_;
  std::vector<Error> warnings_;
};

// What the plan is for: its output, and the pictures that are kept from it.
std::vector<int> PixelCook::Cooking::results() const {
  std::vector<int> nodes = {plan_.output};
  for (const auto& [id, index] : plan_.keep) nodes.push_back(index);
  for (const auto& [id, slots] : plan_.stores)
    for (const StoreSlot& slot : slots)
      if (slot.node >= 0) nodes.push_back(slot.node);
  return nodes;
}

// A node becomes a whole picture when somebody needs it whole: as a result, more than once, at other positions or
// sizes, or because it stands still while what uses it moves, or has come before. All others only ever exist as tiles.
void PixelCook::Cooking::choose_whole() {
  std::vector<int> users(plan_.nodes.size());
  std::vector<bool> comes_again(plan_.nodes.size());
  for (std::size_t i = 0; i < plan_.nodes.size(); ++i)
    comes_again[i] = !plan_.nodes[i].moving && plan_.nodes[i].def && cache_.seen_before(plan_.nodes[i].key);
  for (const PixelNode& node : plan_.nodes)
    for (int input : node.inputs)
      if (input >= 0) {
        const std::size_t at = std::size_t(input);
        const PixelNode& in = plan_.nodes[at];
        if (++users[at] > 1 || !options_.fuse || !pointwise(node) || !pointwise(in) || (node.moving && !in.moving) ||
            comes_again[at] || in.width_px != node.width_px || in.height_px != node.height_px)
          whole_[at] = true;
      }
  for (const int index : results()) whole_[std::size_t(index)] = true;
}

void PixelCook::Cooking::start() {
  std::vector<bool> seen(plan_.nodes.size());
  for (const int index : results()) start(index, seen);
  if (const ImageHandle& output = images_[std::size_t(plan_.output)]) output->start_fetch();
}

// Whether the picture of a node is there now, in memory or on the device. What is not there is what others than the
// device must make, and all that needs it.
bool PixelCook::Cooking::start(int index, std::vector<bool>& seen) {
  const std::size_t at = std::size_t(index);
  const PixelNode& node = plan_.nodes[at];
  if (node.image || images_[at]) return true;
  if (seen[at]) return false;
  seen[at] = true;
  if (!node.moving && (images_[at] = cache_.find(node.key))) return true;
  bool ready = true;
  for (const int input : node.inputs) ready = (input < 0 || start(input, seen)) && ready;
  if (takes_device(node)) return ready && picture(index);
  for (const int input : node.inputs) {
    if (input < 0) continue;
    const ImageHandle& former = plan_.nodes[std::size_t(input)].image;
    if (const ImageHandle& there = former ? former : images_[std::size_t(input)]) there->start_fetch();
  }
  return false;
}

Result<ImageHandle> PixelCook::Cooking::picture(int index) {
  const std::size_t at = std::size_t(index);
  const PixelNode& node = plan_.nodes[at];
  if (node.image) return node.image;
  if (images_[at]) return images_[at];
  if (!node.moving)
    if (ImageHandle known = cache_.find(node.key)) return images_[at] = known;
  Result<ImageHandle> made = cook(index);
  if (!made) return made;
  if (!node.moving) cache_.keep(node.key, *made);
  return images_[at] = *made;
}

Result<ImageHandle> PixelCook::Cooking::cook(int index) {
  const PixelNode& node = plan_.nodes[std::size_t(index)];
  try {
    if (node.read) return read(index);
    if (node.zero) {
      auto image = std::make_shared<Image>(node.width_px, node.height_px, node.format);
      image->aspect = node.aspect;
      std::fill_n(image->row(0), image->bytes(), std::byte(0));
      return ImageHandle(image);
    }
    return pointwise(node) ? cook_fused(index) : cook_whole(node);
  } catch (const std::bad_alloc&) {
    return failure(node.path, fmt::format("out of memory for {}x{} pixels", node.width_px, node.height_px));
  }
}

Result<ImageHandle> PixelCook::Cooking::read(int index) {
  const PixelNode& node = plan_.nodes[std::size_t(index)];
  count(index);
  const auto start = std::chrono::steady_clock::now();
  Result<ImageHandle> image = node.read();
  time(index, start);
  if (!image) {
    Error error = image.error();
    error.where = node.path + (error.where.empty() ? "" : " (" + error.where + ")");
    return error;
  }
  return image;
}

void PixelCook::Cooking::count(int index) {
  if (!counts_) return;
  std::lock_guard lock(counts_->mutex);
  ++counts_->cooks[plan_.nodes[std::size_t(index)].path];
}

Result<ImageHandle> PixelCook::Cooking::cook_whole(const PixelNode& node) {
  std::vector<Held> held = node.held;
  held.resize(node.inputs.size());
  for (std::size_t i = 0; i < node.inputs.size(); ++i) {
    if (node.inputs[i] < 0) continue;
    Result<ImageHandle> input = picture(node.inputs[i]);
    if (!input) return input;
    if (!takes_device(node))
      if (Status status = fetch_picture(**input, node.path); !status) return status.error();
    held[i].image = *input;
  }
  count(int(&node - plan_.nodes.data()));
  NoServices services;
  Cook cook(services);
  cook.path = node.path;
  cook.width_px = node.width_px, cook.height_px = node.height_px, cook.aspect = node.aspect, cook.format = node.format;
  cook.input_filter = int(node.filter), cook.pass = node.pass_number, cook.first_also = node.first_also,
  cook.gpu = options_.gpu.get();
  cook.weights = node.weights;
  Call call{&cook, node.pars->own(), held, node.wired, node.frame, nullptr};
  const auto start = std::chrono::steady_clock::now();
  Result<ImageHandle> made = node.def->cook_image(call);
  for (const std::string& text : cook.warnings) warnings_.push_back(project_error(node.path, text));
  if (made && node.channel_mask != "rgba") {
    for (const ImageHandle& image : {*made, held.empty() ? nullptr : held[0].image})
      if (Status status = image ? fetch_picture(*image, node.path) : Status(); !status) return status.error();
    made = masked(node, **made, held.empty() ? nullptr : held[0].image);
  }
  // What the device takes counts for the operator that had it work.
  if (made && counts_ && counts_->timed && on_device(node))
    if (const auto pixels = (*made)->device())
      if (Status status = placed(pixels->wait(), node.path); !status) return status.error();
  time(int(&node - plan_.nodes.data()), start);
  return made;
}

// The leaves of the fused tree below `index`: nodes that are read as pictures.
void PixelCook::Cooking::collect(int index, std::vector<int>& leaves) const {
  for (int input : plan_.nodes[std::size_t(index)].inputs) {
    if (input < 0) continue;
    if (whole_[std::size_t(input)] || plan_.nodes[std::size_t(input)].image || plan_.nodes[std::size_t(input)].zero)
      leaves.push_back(input);
    else
      collect(input, leaves);
  }
}

Result<ImageHandle> PixelCook::Cooking::cook_fused(int index) {
  std::vector<int> leaves;
  collect(index, leaves);
  for (int leaf : leaves) {
    Result<ImageHandle> made = picture(leaf);
    if (!made) return made;
    if (Status status = fetch_picture(**made, plan_.nodes[std::size_t(leaf)].path); !status) return status.error();
    images_[std::size_t(leaf)] = *made;
  }
  TileProgram program(plan_, index, images_, options_.fuse);
  for (int step : program.steps()) count(step);
  const PixelNode& node = plan_.nodes[std::size_t(index)];
  auto image = std::make_shared<Image>(node.width_px, node.height_px, node.format);
  image->aspect = node.aspect;
  // Tasks of some 32,000 pixels: long enough to be worth starting, short enough to fill all cores.
  const int rows = std::max(1, 32768 / node.width_px);
  const bool timed = counts_ && counts_->timed;
  std::vector<std::atomic<std::int64_t>> times(timed ? program.steps().size() : 0);
  const auto start = std::chrono::steady_clock::now();
  parallel_for((node.height_px + rows - 1) / rows, [&](std::int64_t task) {
    const int first = int(task) * rows, last = std::min(node.height_px, first + rows);
    std::vector<std::int64_t> own(times.size());
    for (int y = first; y < last; ++y) program.run_row(y, options_.tile_pixels, image->row(y), own);
    for (std::size_t i = 0; i < own.size(); ++i) times[i] += own[i];
  });
  if (timed) share_time(program.steps(), node, times, seconds_since(start));
  return ImageHandle(image);
}

// Operators that cook tiles together share the time by the clock as they share that of all threads.
void PixelCook::Cooking::share_time(const std::vector<int>& steps, const PixelNode& root,
                                    const std::vector<std::atomic<std::int64_t>>& times, double seconds) {
  std::int64_t total = 0;
  for (const std::atomic<std::int64_t>& time : times) total += time;
  const std::int64_t tiles =
      std::int64_t(root.height_px) * ((root.width_px + options_.tile_pixels - 1) / options_.tile_pixels);
  const std::lock_guard lock(counts_->mutex);
  for (std::size_t i = 0; i < steps.size(); ++i)
    add_time(steps[i], tiles, total > 0 ? seconds * double(times[i]) / double(total) : seconds / double(steps.size()));
}

void PixelCook::Cooking::add_time(int index, std::int64_t calls, double seconds) {
  OperatorTime& time = counts_->times[plan_.nodes[std::size_t(index)].path];
  ++time.cooks;
  time.calls += calls, time.cook_s += seconds;
}

void PixelCook::Cooking::time(int index, std::chrono::steady_clock::time_point start) {
  if (!counts_ || !counts_->timed) return;
  const double seconds = seconds_since(start);
  const std::lock_guard lock(counts_->mutex);
  add_time(index, 1, seconds);
}

Result<CookedPixels> PixelCook::Cooking::finish() {
  CookedPixels cooked;
  Result<ImageHandle> output = picture(plan_.output);
  if (!output) return output.error();
  cooked.output = *output;
  for (const auto& [id, index] : plan_.keep) {
    Result<ImageHandle> kept = picture(index);
    if (!kept) return kept.error();
    cooked.keep.push_back({id, *kept, plan_.nodes[std::size_t(index)].key});
  }
  cooked.stores = plan_.stores;
  for (auto& [id, slots] : cooked.stores)
    for (StoreSlot& slot : slots) {
      if (slot.node < 0) continue;
      Result<ImageHandle> kept = picture(slot.node);
      if (!kept) return kept.error();
      slot.image = *kept, slot.key = plan_.nodes[std::size_t(slot.node)].key, slot.node = -1;
    }
  cooked.warnings = std::move(warnings_);
  return cooked;
}

PixelCook::PixelCook(PixelPlanHandle plan, PixelCache& cache, const PixelOptions& options, CookCounts* counts)
    : plan_(std::move(plan)), cooking_(std::make_unique<Cooking>(*plan_, cache, options, counts)) {}
PixelCook::~PixelCook() = default;
void PixelCook::start() { cooking_->start(); }
Result<CookedPixels> PixelCook::finish() { return cooking_->finish(); }

bool uses_device(const PixelPlan& plan) { return std::ranges::any_of(plan.nodes, on_device); }

Status fetch_picture(const Image& image, const std::string& path) { return placed(image.fetch(), path); }

Result<CookedPixels> cook_pixels(const PixelPlan& plan, PixelCache& cache, const PixelOptions& options,
                                 CookCounts* counts) {
  // The plan outlives the call.
  PixelCook cook(PixelPlanHandle(PixelPlanHandle(), &plan), cache, options, counts);
  Result<CookedPixels> cooked = cook.finish();
  if (!cooked) return cooked;
  if (Status status = fetch_picture(*cooked->output, plan.nodes[std::size_t(plan.output)].path); !status)
    return status.error();
  return cooked;
}

std::int64_t count_nonfinite_pixels(const Image& image) {
  if (info(image.format()).fixed()) return 0;
  const std::size_t width = std::size_t(image.width());
  std::atomic<std::int64_t> found = 0;
  parallel_for(image.height(), [&](std::int64_t y) {
    std::vector<float> planes(4 * width);
    float *r = planes.data(), *g = r + width, *b = g + width, *a = b + width;
    kernels::load_pixels(image.format(), image.row(int(y)), image.width(), r, g, b, a);
    std::int64_t here = 0;
    // Zero times what is no finite number is NaN.
    for (std::size_t x = 0; x < width; ++x) here += (r[x] * 0 + g[x] * 0) + (b[x] * 0 + a[x] * 0) != 0;
    found += here;
  });
  return found;
}

}  // namespace cookline
