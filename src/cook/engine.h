// The engine: values, channels, tables and pictures of a network at a frame. The script phase runs what must run every
// frame and makes callbacks until all is quiet; pictures are planned here and cooked elsewhere (pixels.h).
// Not thread-safe: one thread runs the script phase.
#pragma once
#include <functional>
#include <memory>
#include <optional>
#include <set>
#include <string>
#include <vector>

#include "base/log.h"
#include "base/result.h"
#include "cook/exports.h"
#include "cook/pixels.h"
#include "graph/network.h"

namespace cookline {

struct EngineOptions {
  Rate rate;                         // frames per second of the project (project.cookRate)
  bool float32 = false;              // --precision float32: every TOP computes and stores 32-bit floats
  double scale_x = 1, scale_y = 1;   // global resolution multiplier
  std::string project_folder = ".";  // relative file names start here
  std::size_t cache_bytes = 96u << 20;
  PixelOptions pixels;
  // A picture that cannot be planned is told with the request for it; otherwise it is an error of the script phase.
  bool tell_plan_errors = false;
};

// What the script layer does for the engine. All may be empty: expressions then fail and callbacks are not made.
struct ScriptHooks {
  // The value of an expression of `owner`; `info` is the parameter it is for, null for expressions of other kinds.
  std::function<Result<Value>(NodeId owner, const ParInfo* info, const std::string& expr,
                              std::span<const std::pair<std::string, Value>> names)>
      evaluate;
  // Calls the function an operator asks for, defined in the text of `dat`. Gives its result; nothing if there is no
  // such function.
  std::function<Result<std::optional<Value>>(NodeId owner, NodeId dat, const Event& event)> callback;
  // Begin and end of a script phase: delayed run() calls, Execute DATs.
  std::function<Status(const Frame&)> frame_start, frame_end;
};

// How operators reach files: text (Services::read_text_file) and pictures (Services::open_media). Relative names start
// at the project's folder.
struct FileHooks {
  std::function<Result<std::string>(const std::string& file, std::string_view encoding)> read;
  std::function<Status(const std::string& file, const std::string& text)> write;
  std::function<Result<MediaHandle>(const std::string& file, int generation)> media;
  std::function<Result<SoundHandle>(const std::string& file, int generation)> sound;
};

// When an operator last cooked, by index of the frame, -1 for never, and how long that took, its inputs left out.
// Pictures are not in it: they cook in tiles that several operators share.
struct CookStats {
  std::int64_t frame = -1, frame_before = -1;
  double seconds = 0;
};

// A further picture of the same file.
struct ShotLayer {
  std::string path;  // of its TOP
  PixelPlanHandle plan;
};

// One image that a sink wants written, with all that is needed to cook it.
struct ShotRequest {
  NodeId sink;
  std::string sink_path;
  ImageRequest image;
  std::string file;  // the sink's File parameter, evaluated for this image
  Frame frame;
  PixelPlanHandle plan;        // null: see error
  std::optional<Error> error;  // why there is no plan of a picture
  std::vector<ShotLayer> layers = {};
};

class Engine {
 public:
  Engine(Network& network, EngineOptions options);
  ~Engine();

  Network& network() { return network_; }
  const Network& network() const { return network_; }
  const EngineOptions& options() const { return options_; }
  EngineOptions& options() { return options_; }
  ScriptHooks hooks;
  FileHooks files;
  LogSink log;

  const Frame& frame() const { return frame_; }
  // Sets the frame without running a script phase (what expressions see before the first frame).
  void set_frame(const Frame& frame);

  // Runs everything once to learn starting values: watchers record what they see, no callbacks are made.
  Status prime();
  // The script phase of one frame. After an error, states are those of the frame before. Image requests are then
  // waiting for take_requests().
  Status script_phase(const Frame& frame);
  // Takes the image requests made since the last call, in order.
  std::vector<ShotRequest> take_requests();
  // Takes the requests that a pulse outside a script phase has made, so that a script's loop of Add Frame leaves none
  // waiting. Set by render; they wait for take_requests() if it is empty.
  std::function<Status()> write_requests;
  // Looks for the take number when a sink wants a unique suffix: the first N from `n` on that no file uses. Set by
  // render.
  std::function<std::int64_t(NodeId sink, std::int64_t n)> unique_take;

  // Values. Any number of times per frame; cheap when nothing changed.
  Result<Value> eval(NodeId id, const Parameter& par);
  Result<Value> eval(NodeId id, std::string_view par);
  // What operators hold, cooked now if needed. The text or table of any DAT, the channels of any CHOP.
  Result<ChannelsHandle> channels(NodeId id);
  Result<TableHandle> table(NodeId id);
  // Plans the picture of a TOP at the current frame.
  Result<PixelPlanHandle> plan(NodeId id);
  // Plans and cooks it at once (Python's TOP.save, sample, numpyArray). commit() is not called.
  Result<ImageHandle> image(NodeId id);
  // Size, format and aspect a TOP would have, without cooking it.
  struct PictureInfo {
    int width_px, height_px;
    double aspect;
    PixelFormat format;
  };
  Result<PictureInfo> picture_info(NodeId id);
  // Makes pictures that the next frame reads the former ones, and tells of warnings. After this frame's plan has been
  // cooked.
  void commit(const CookedPixels& cooked);
  // Whether an operator of the script phase or Python has read a picture that a device made.
  bool has_read_device() const { return read_device_; }
  bool has_feedback(const PixelPlan& plan) const { return !plan.keep.empty() || !plan.stores.empty(); }

  // Presses a pulse parameter; a sink's pulse acts at once.
  Status pulse(NodeId id, std::string_view par);
  // Cooks an operator now even if nothing changed (OP.cook(force=True)).
  Status cook(NodeId id, bool force);
  // Forgets state: stepped operators start anew.
  void reset_states();
  // The states of all stepped operators and the pictures that feedback reads, after the last frame that succeeded.
  struct Former {
    ImageHandle image;
    Key key;
  };
  using Stores = std::unordered_map<NodeId, std::vector<StoreSlot>, NodeIdHash>;
  struct Snapshot {
    std::unordered_map<NodeId, std::shared_ptr<const void>, NodeIdHash> states;
    std::unordered_map<NodeId, Former, NodeIdHash> pictures;
    Stores stores;
    std::unordered_map<NodeId, std::int64_t, NodeIdHash> cooks;  // what Info operators tell of
  };
  Snapshot snapshot();
  void restore(const Snapshot& snapshot);

  // me.fileSuffix of a sink, for the image it is about to write.
  std::string file_suffix(NodeId id);
  // Named numbers of an operator for Info CHOPs and Python.
  std::vector<std::pair<std::string, double>> info(NodeId id);
  // Those of them that the operator itself tells of its state (OpDef::info); cheap.
  std::vector<std::pair<std::string, double>> own_info(NodeId id);
  // Messages of an operator's last cook.
  std::vector<std::string> warnings(NodeId id) const;
  std::string last_error(NodeId id) const;
  // What is wrong with an operator as far as its constant parameters and the DATs that they name tell
  // (OpDef::review); else what there is to say of it. Evaluates no expression.
  Result<std::vector<std::string>> review(NodeId id);
  std::int64_t cook_count(NodeId id) const;
  CookStats cook_stats(NodeId id) const;
  // What an operator is made of, as it last cooked (OpDef::parts); empty for most.
  std::vector<SegmentArgument> parts(NodeId id);
  // Leaves a value that the operator's next cook takes with Services::take_reply.
  void leave_reply(NodeId id, const std::string& name, Value value);

  // How an operator depends on time, by its parameters; those that are no constants count with their defaults.
  Time time_of(NodeId id) const;
  // Called by whoever reads the clock while an expression is evaluated: what depends on it is moving.
  void note_time_read();
  // Whether an operator's values depended on time or state when it last cooked.
  bool is_moving(NodeId id) const;

  // The operator a COMP's output connector stands for, or the operator itself.
  NodeId resolve_output(const Wire& wire, std::string_view family) const;
  // The operators an operator's inputs come from, through components; an In operator's is what is wired to its
  // component.
  std::vector<NodeId> wires_of(const Node& node) const;
  // In and Out operators of a component, in connector order.
  std::vector<NodeId> connectors(NodeId comp, bool outputs) const;

  PixelCache& cache() { return cache_; }
  CookCounts counts;

 private:
  friend class EngineServices;
  friend class PlanBuilder;
  struct Runtime;
  struct Step;
  struct Filled {
    std::shared_ptr<const ParSet> pars;
    std::vector<NodeId> refs;  // operators that parameters refer to, inputs after the wired ones
    bool moving = false;
    std::vector<bool> previous;  // of each reference: it is read one frame back
  };

  Runtime& runtime(NodeId id);
  const Runtime* find_runtime(NodeId id) const;
  Result<Filled> fill(NodeId id);
  Filled remember(Runtime& rt, Filled filled, bool pulsed);
  Result<std::vector<NodeId>> targets_of(NodeId id, const ParInfo& info, const std::string& path);
  Status refer(NodeId id, const ParInfo& info, ParSet& set, Filled& filled);
  Result<ChannelsHandle> channels_of_export(NodeId chop, const std::string& source);
  // Parameters of an operator as far as they are constant, and what they refer to behind the wired inputs.
  struct Constants {
    Filled filled;
    std::vector<NodeId> sources;
  };
  Result<Constants> constants_of(NodeId id);
  // Which slices the pictures of a TOP have; nothing if constants do not tell. `known` says it of those met so far.
  using Kinds = std::unordered_map<NodeId, std::optional<TextureKind>, NodeIdHash>;
  std::optional<TextureKind> kind_of(NodeId id, Kinds& known);
  std::optional<TextureKind> find_kind(NodeId id, Kinds& known);
  // Calls `work` with constants, the DATs that they name, and pictures of one pixel for those of other TOPs.
  template <class R>
  R with_constants(NodeId id, R (*work)(Call&));
  Status edit_as_pulsed(NodeId id);
  Result<std::vector<Held>> gather(NodeId id, const Filled& filled);
  Status cook_fresh(NodeId id, bool force);
  Status cook_value(NodeId id, bool force = false);
  Status run_cook(Node& node, Runtime& rt, const Filled& filled, const std::vector<Held>& held);
  void begin_step(Runtime& rt, const OpDef& def);
  void roll_back();
  Status run_script_phase(const Frame& frame);
  Status run_every_frame(std::string& loud);
  void warn_once(const Error& error);
  void find_workers();
  Status run_phase(const Frame& frame);
  Status run_watch(NodeId id);
  // The picture of a TOP at this frame, for an operator of the script phase (OpDef::reads_pictures). Cooked once a
  // frame and key; plans made later in the frame use it.
  Result<ImageHandle> read_picture(NodeId id);
  // Before the next frame: cooks and keeps what pictures read in this frame need of it in the next, where no other
  // picture has done so.
  Status settle_read_pictures();
  // What a TOP with OpDef::choose shows in this frame; its state is stepped once a frame.
  Result<Chosen> choose(NodeId id);
  Status step_choosers();
  Status run_record(NodeId id, bool pulsed);
  Status plan_shot(ShotRequest& shot);
  Status drain_events();
  Key hash_of_pars(NodeId id, const Filled& filled);
  Error loop_error(NodeId id) const;
  bool cooking_allowed(NodeId id) const;

  Network& network_;
  EngineOptions options_;
  Frame frame_;
  std::uint64_t serial_ = 1;  // of the frame: grows with every script phase
  PixelCache cache_;
  std::vector<std::unique_ptr<Runtime>> runtimes_;
  struct PendingEvent {
    NodeId owner;
    Event event;
  };
  std::vector<PendingEvent> events_;
  std::vector<ShotRequest> requests_;
  std::vector<NodeId> cooking_;   // stack, for loops
  std::vector<bool> time_reads_;  // stack: did what is being evaluated read the clock?
  bool priming_ = false, draining_ = false, in_phase_ = false;
  std::set<std::string> warned_;
  // Operators with work in every frame, in network order, as of a structure of the network.
  struct Workers {
    std::uint64_t structure = 0;
    std::vector<NodeId> every_frame, exporters, sinks, choosers, stores;
  };
  Workers workers_;
  Exports exports_;
  // Pictures read in this frame's script phase, by key; the feedback targets and stores behind them.
  struct ReadPictures {
    std::unordered_map<Key, ImageHandle, KeyHash> pictures;
    std::vector<NodeId> targets, stores;
  };
  ReadPictures read_;
  bool read_device_ = false;
  Stores stores_;                                          // pictures that Cache TOPs keep
  std::unordered_map<NodeId, Former, NodeIdHash> former_;  // pictures of the frame before, of feedback targets
};

}  // namespace cookline
