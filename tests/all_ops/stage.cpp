#include "stage.h"

#include <cmath>
#include <stdexcept>

#include "base/text.h"
#include "gpu/gpu.h"
#include "kernels/pixels.h"
#include "shaders.h"

namespace cookline {
namespace {

void require(const Status& status) {
  if (!status) throw std::runtime_error(to_string(status.error()));
}

Value text(std::string_view t) { return std::string(t); }

std::string describe(const Argument& argument) {
  if (const auto* v = std::get_if<Value>(&argument)) return to_text(*v);
  if (const auto* c = std::get_if<ChannelArgument>(&argument)) return c->op + ":" + c->channel;
  if (const auto* p = std::get_if<ParArgument>(&argument)) return p->op + "." + p->par;
  if (const auto* t = std::get_if<TableArgument>(&argument))
    return t->op + (t->former ? " was " + as_text(*t->former) : "");
  std::string list;
  if (const auto* s = std::get_if<SegmentArgument>(&argument))
    for (const auto& [name, value] : s->members) list += name + "=" + to_text(value) + ",";
  else if (const auto* l = std::get_if<ListArgument>(&argument))
    for (const Value& value : l->items) list += to_text(value) + ",";
  else if (const auto* c = std::get_if<CellArgument>(&argument))
    for (const auto& [row, col] : c->cells) list += std::to_string(row) + "/" + std::to_string(col) + ",";
  else
    list = "list " + std::to_string(argument.index());
  return "[" + list + "]";
}

// Five pictures that differ, of numbers 10, 12 … 18.
class Clip final : public Media {
 public:
  Clip() {
    facts_ = {.kind = MediaKind::sequence, .path = "clip", .count = 5, .rate = {30, 1}};
    facts_.numbers = {10, 12, 14, 16, 18};
    facts_.metadata = {{"timecode", "00:00:00:02"}};
  }
  const MediaFacts& facts() const override { return facts_; }
  Result<PictureFacts> picture(std::int64_t index) override {
    Hasher hasher;
    return PictureFacts{12, 8, 1.5, PixelFormat::rgba8fixed, hasher.text("clip").add(index).key()};
  }
  Result<ImageHandle> read(std::int64_t index) override {
    auto image = std::make_shared<Image>(12, 8, PixelFormat::rgba8fixed);
    image->aspect = 1.5;
    for (std::size_t i = 0; i < image->bytes(); ++i)
      image->row(0)[i] = std::byte(i * 7 + std::size_t(index) * 50 + i / 48);
    return ImageHandle(image);
  }

 private:
  MediaFacts facts_;
};

// Two channels of which no two samples are alike, as long as four frames.
SoundHandle song() {
  auto sound = std::make_shared<Sound>();
  sound->path = "song", sound->rate_hz = 600;
  for (int channel = 0; channel < 2; ++channel) {
    std::vector<float>& samples = sound->samples.emplace_back();
    for (int i = 0; i < 40; ++i) samples.push_back(float((i * 7 + channel * 11) % 41) / 41);
  }
  return sound;
}

}  // namespace

namespace {

// One device for all stages, closed before the process ends.
std::shared_ptr<Gpu>& device() {
  static std::shared_ptr<Gpu> gpu;
  return gpu;
}
class CloseDevice final : public testing::Environment {
  void TearDown() override { device().reset(); }
};

EngineOptions with_device(EngineOptions options, const OpDef& def) {
  if (!def.device) return options;
  if (!device()) {
    device() = std::make_shared<Gpu>(GpuSettings{.validate = true});
    testing::AddGlobalTestEnvironment(new CloseDevice);
  }
  options.pixels.gpu = device();
  return options;
}

}  // namespace

Stage::Stage(const TypeInfo& type, const Settings& settings, const StageOptions& options)
    : engine_(network_, with_device(options.engine, *type.def)) {
  answer_scripts();
  make_pictures();
  make_channels();
  make_texts();
  make_watched();
  if (type.def->device) make_shaders();
  probe_ = make(type.def->type, "probe");
  if (type.def->cook_channels) network_.set_flags(probe_, {.export_channels = true});
  if (type.def->holds_content)
    network_.set_content(probe_, {.is_table = true, .rows = {{"name", "x"}, {"", ""}, {"own", "7"}}});
  wire(type, options.wires);
  for (const auto& [par, value] : settings) set(par, value);
}

NodeId Stage::make(std::string_view type, std::string_view name, const Settings& settings) {
  const Result<NodeId> id = network_.create(network_.root(), type, name);
  if (!id) throw std::runtime_error(to_string(id.error()));
  for (const auto& [par, value] : settings) set_on(*id, par, value);
  return *id;
}

void Stage::set_on(NodeId id, std::string_view par, const Value& value) {
  const auto* t = std::get_if<std::string>(&value);
  if (t && t->starts_with("="))
    require(network_.set_expression(id, par, t->substr(1)));
  else
    require(network_.set_value(id, par, value));
}

void Stage::set(const std::string& par, const Value& value) {
  if (par == "unwired") {
    for (int i = int(inputs_.size()); i > 0; --i) require(network_.disconnect(probe_, i - 1));
    return;
  }
  for (int blocks = 1; par != "wired" && !network_.parameter(probe_, par) && blocks < 4; ++blocks)
    for (const ParInfoHandle& info : network_.at(probe_).type->pars)
      if (info->style == Style::Sequence && par.starts_with(info->name))
        require(network_.set_blocks(probe_, info->name, blocks));
  const auto* t = std::get_if<std::string>(&value);
  if (par == "wired")
    require(network_.connect(network_.lookup(network_.root(), "/" + *t), 0, probe_, 0));
  else if (t && t->starts_with("!"))
    pulses_.emplace(std::stoll(t->substr(1)), par);
  else
    set_on(probe_, par, value);
}

void Stage::make_pictures() {
  for (int i = 1; i <= 3; ++i)
    make("noiseTOP", "top" + std::to_string(i),
         {{"outputresolution", text("custom")},
          {"resolutionw", std::int64_t(26 - 2 * i)},
          {"resolutionh", std::int64_t(18 - 2 * i)},
          {"mono", false},
          {"alpha", text("random")},
          {"seed", double(i)},
          {"period", 0.7},
          {"amp", 1.0},
          {"tx", text("=frame*0.1+" + std::to_string(i))},
          {"format", text("rgba32float")}});
  require(network_.connect(network_.lookup(network_.root(), "/top1"), 0, make("cacheTOP", "cache1"), 0));
}

// chop1 has three channels that move, one of them through 0; chop2 is longer, at another rate, with names of its own.
void Stage::make_channels() {
  make("constantCHOP", "chop1");
  make("constantCHOP", "chop2");
  const NodeId one = network_.lookup(network_.root(), "/chop1"), two = network_.lookup(network_.root(), "/chop2");
  require(network_.set_blocks(one, "const", 4));
  require(network_.set_blocks(two, "const", 2));
  const auto block = [&](NodeId id, int i, std::string_view name, const Value& value) {
    set_on(id, "const" + std::to_string(i) + "name", text(name));
    set_on(id, "const" + std::to_string(i) + "value", value);
  };
  block(one, 0, "a1", text("=frame*0.5+-1")), block(one, 1, "b2", 2.5), block(one, 2, "c", text("=frame*1+0.25"));
  block(one, 3, "odd", text("=odd"));
  block(two, 0, "b2", text("=frame*-0.25+1")), block(two, 1, "d4", 4.0);
  set_on(two, "single", false);
  set_on(two, "start", 2.0);
  set_on(two, "end", 7.0);
  set_on(two, "rate", 30.0);
}

// And a picture of four slices.
void Stage::make_shaders() {
  for (const NamedShader& shader : shaders)
    network_.set_content(make("textDAT", shader.name), {.text = std::string(shader.text)});
  make("glslTOP", "volume1",
       {{"pixeldat", text("volume")},
        {"type", text("texture3d")},
        {"depth", text("custom")},
        {"customdepth", std::int64_t(4)},
        {"outputresolution", text("custom")},
        {"resolutionw", std::int64_t(8)},
        {"resolutionh", std::int64_t(8)},
        {"format", text("rgba32float")}});
}

void Stage::make_texts() {
  const NodeId one = make("tableDAT", "dat1"), two = make("textDAT", "dat2"), segments = make("tableDAT", "segments");
  network_.set_content(one,
                       {.is_table = true, .rows = {{"name", "v", "w"}, {"p", "1", ""}, {"q", "2", "5"}, {"", "", ""}}});
  network_.set_content(two, {.text = "first line\n\nlast\tline"});
  network_.set_content(segments, {.is_table = true,
                                  .rows = {{"length", "delay", "cycle", "maxcycles", "begin", "extra", "watched:Size"},
                                           {"0.05", "0", "0", "1", "0", "1", "1"},
                                           {"0.1", "0.02", "1", "2", "0.04", "3", "3"}}});
  make("constantCHOP", "clock", {{"const0name", text("frame")}, {"const0value", text("=frame*1+0")}});
  const NodeId exports = make("tableDAT", "exports");
  network_.set_content(
      exports, {.is_table = true,
                .rows = {{"channel", "path", "parameter"}, {"b2", "watched", "Size"}, {"0", "watched", "Size"}}});
  files_["lines.txt"] = "from file\n\nsecond";
  files_["cells.csv"] = "a,b\n\n\"c,d\",e\n";
}

// A component whose parameters change in every way, one way a frame; see change().
void Stage::make_watched() {
  const NodeId watched = make("baseCOMP", "watched");
  ParInfo size{.name = "Size", .label = "Size", .page = "Custom", .group = "Size"};
  size.default_value = 0.5;
  require(network_.add_custom(watched, size));
  ParInfo go{.name = "Go", .label = "Go", .page = "Custom", .group = "Go", .style = Style::Pulse};
  go.default_value = false;
  require(network_.add_custom(watched, go));
}

void Stage::change(std::int64_t frame) {
  const NodeId watched = network_.lookup(network_.root(), "/watched"), dat = network_.lookup(network_.root(), "/dat1");
  if (frame == 1) require(network_.set_value(watched, "Size", 0.75));
  if (frame == 1) require(network_.set_value(watched, "opshortcut", text("Short")));
  if (frame == 2) require(network_.set_expression(watched, "Size", "frame*0+0.75"));
  if (frame == 3) require(network_.pulse(watched, "Go"));
  if (frame == 4) network_.parameter(watched, "Size")->enable = false, network_.touch();
  if (frame == 5) require(network_.set_export(watched, "Size", "/chop1:b2"));
  const NodeId chop = network_.lookup(network_.root(), "/chop1");
  if (frame == 3) require(network_.set_value(chop, "const2name", text("cc")));
  if (frame == 5) require(network_.set_value(chop, "rate", 50.0));
  Table table = network_.at(dat).content;
  if (frame == 2) table.rows[1][1] = "8", network_.set_content(dat, table);
  if (frame == 4) table.rows.push_back({"r", "9", "9"}), network_.set_content(dat, table);
  if (network_.at(probe_).type->def->holds_content && frame == 4)
    network_.set_content(probe_, {.is_table = true, .rows = {{"edited", "y"}}});
}

std::vector<std::string> Stage::targets(Style style) {
  switch (style) {
    case Style::TOP:
      return {"top2", "top3"};
    case Style::CHOP:
      return {"chop1", "chop2"};
    case Style::DAT:
      return {"dat1", "dat2", "segments", "exports"};
    default:
      return {"chop1", "dat1", "top1"};
  }
}

void Stage::wire(const TypeInfo& type, int most) {
  const std::vector<std::string> names =
      type.def->family == Family::TOP    ? std::vector<std::string>{"top1", "top2", "top3"}
      : type.def->family == Family::CHOP ? std::vector<std::string>{"chop1", "chop2", "chop1"}
                                         : std::vector<std::string>{"dat1", "dat2"};
  for (int i = 0; i < std::min({most, type.def->max_in, int(names.size())}); ++i) {
    inputs_.push_back(network_.lookup(network_.root(), "/" + names[std::size_t(i)]));
    require(network_.connect(inputs_.back(), 0, probe_, i));
  }
}

void Stage::answer_scripts() {
  engine_.hooks.evaluate = [this](NodeId, const ParInfo*, const std::string& expr,
                                  std::span<const std::pair<std::string, Value>> names) -> Result<Value> {
    if (expr == "me.time.rate") return Value(engine_.options().rate.hz());
    if (expr.ends_with("me.fileSuffix")) return Value("made." + engine_.file_suffix(probe_));
    if (expr == "odd") {
      engine_.note_time_read();
      return Value(double(engine_.frame().index % 2));
    }
    if (!expr.starts_with("frame*")) {
      std::string answer = expr;
      for (const auto& [name, value] : names) answer += "|" + name + "=" + to_text(value);
      return Value(answer);
    }
    engine_.note_time_read();
    const std::size_t plus = expr.find('+');
    return Value(std::stod(expr.substr(6, plus - 6)) * double(engine_.frame().index) +
                 std::stod(expr.substr(plus + 1)));
  };
  engine_.hooks.callback = [this](NodeId owner, NodeId dat, const Event& event) -> Result<std::optional<Value>> {
    std::string line = network_.path(owner) + " in " + network_.path(dat) + ": " + event.callback;
    for (const Argument& argument : event.arguments) line += " " + describe(argument);
    see(line);
    if (engine_.frame().index == 4 && !edited_) {  // a callback that makes another change in the same frame
      edited_ = true;
      Table table = network_.at(network_.lookup(network_.root(), "/dat1")).content;
      table.rows[2][2] = "6";
      network_.set_content(network_.lookup(network_.root(), "/dat1"), table);
    }
    return std::optional<Value>(Value(0.125));
  };
  engine_.files.read = [this](const std::string& file, std::string_view encoding) -> Result<std::string> {
    if (const auto at = files_.find(file); at != files_.end()) return at->second + std::string(encoding);
    Error error = failure(file, "there is no such file");
    error.missing = true;
    return error;
  };
  engine_.files.media = [clip = std::make_shared<Clip>()](const std::string& file, int) -> Result<MediaHandle> {
    if (file == "clip") return MediaHandle(clip);
    Error error = failure(file, "there is no such file");
    error.missing = true;
    return error;
  };
  engine_.files.sound = [](const std::string& file, int) -> Result<SoundHandle> {
    if (file == "song") return song();
    Error error = failure(file, "there is no such file");
    error.missing = true;
    return error;
  };
  engine_.files.write = [this](const std::string& file, const std::string& content) -> Status {
    see("wrote " + file + ": " + content);
    files_[file] = content;
    return {};
  };
  engine_.unique_take = [](NodeId, std::int64_t n) { return n + 5; };
  engine_.log = [this](const LogLine& line) { see("log " + line.where + ": " + line.text); };
}

void Stage::see_picture() {
  const Result<PixelPlanHandle> plan = engine_.plan(probe_);
  if (!plan) return see(to_string(plan.error()));
  const Result<CookedPixels> cooked = cook_pixels(**plan, engine_.cache(), engine_.options().pixels, &engine_.counts);
  if (!cooked) return see(to_string(cooked.error()));
  engine_.commit(*cooked);
  const Image& image = *cooked->output;
  see(std::to_string(image.width()) + "x" + std::to_string(image.height()) + " " +
      std::string(info(image.format()).name) + " " + to_text(Value(image.aspect)) + " " +
      to_hex(hash_bytes(image.pixels())));
  if (image.kind() != TextureKind::texture2d)
    see(std::to_string(image.slices()) + " slices of kind " + std::to_string(int(image.kind())) + ", the newest " +
        std::to_string(image.newest_slice));
  for (const Error& warning : cooked->warnings) see(to_string(warning));
  std::vector<float> row(4 * std::size_t(image.width()));
  for (int y = 0; y < image.height(); ++y) {
    float* at = row.data();
    const int w = image.width();
    kernels::load_pixels(image.format(), image.row(y), w, at, at + w, at + 2 * w, at + 3 * w);
    for (const float v : row) not_numbers_ += std::isnan(v);
  }
}

void Stage::see_channels() {
  const Result<ChannelsHandle> held = engine_.channels(probe_);
  if (!held) return see(to_string(held.error()));
  const Channels& c = **held;
  std::string line = to_text(Value(c.rate_hz)) + " " + to_text(Value(c.start)) + " " + (c.time_slice ? "slice " : "") +
                     std::to_string(int(c.extend_left)) + std::to_string(int(c.extend_right)) +
                     to_text(Value(c.extend_value));
  for (const Channel& channel : c.channels) {
    line += " " + channel.name + "=";
    for (const double v : channel.samples) line += to_text(Value(v)) + ",", not_numbers_ += std::isnan(v);
  }
  see(line);
}

void Stage::see_requests() {
  for (const ShotRequest& shot : engine_.take_requests())
    see("image " + shot.sink_path + " " + shot.file + " " + shot.image.suffix + " " + shot.image.extension + " " +
        std::to_string(shot.image.take) + "." + std::to_string(shot.image.index) + " quality " +
        to_text(*engine_.eval(shot.sink, "quality")));
}

std::string Stage::run(std::int64_t first, std::int64_t last) {
  seen_.clear();
  const OpDef& def = *network_.at(probe_).type->def;
  for (std::int64_t frame = first; frame < last; ++frame) {
    see("frame " + std::to_string(frame));
    change(frame);
    for (auto [pulse, end] = pulses_.equal_range(frame); pulse != end; ++pulse)
      require(engine_.pulse(probe_, pulse->second));
    if (const Status status = engine_.script_phase({frame, engine_.options().rate}); !status)
      see(to_string(status.error()));
    see_requests();
    if (def.family == Family::TOP) see_picture();
    if (def.cook_channels) see_channels();
    if (def.cook_table) {
      const Result<TableHandle> table = engine_.table(probe_);
      see(table ? (*table)->is_table ? "table " + as_text(**table) : "text " + (*table)->text
                : to_string(table.error()));
    }
    for (const auto& [name, value] : engine_.own_info(probe_)) see(name + "=" + to_text(Value(value)));
    for (const std::string& warning : engine_.warnings(probe_)) see(warning);
    if (const Parameter* driven = network_.parameter(network_.lookup(network_.root(), "/watched"), "Size");
        driven->export_source.starts_with("/probe"))
      see("exports " + driven->export_source);
  }
  return seen_;
}

}  // namespace cookline
