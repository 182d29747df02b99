// The definition of an operator type: its table of parameters and its functions, whose signatures are the scheduling
// contract: a function that takes no Frame cannot read time, one that takes no State cannot remember.
#pragma once
#include <memory>
#include <span>
#include <string_view>

#include "op/cook.h"

namespace cookline {

enum class Family { TOP, CHOP, DAT, COMP };
enum class Time { fixed, animated, stepped };
inline constexpr std::string_view family_names[] = {"TOP", "CHOP", "DAT", "COMP"};
inline constexpr int any_number = 9999;  // of inputs

// One image a sink wants written: now, or later if a take turns out to last long enough for it.
struct ImageRequest {
  enum class When {
    now,
    later,    // cook it now and hold it: one for a sink, in place of what it held before
    release,  // write the image held
    // Of a movie; without a picture:
    sound,    // this frame's sound belongs to the take
    silence,  // as much silence as one picture lasts
    end,      // the take is over: the movie is whole
  };
  std::int64_t take = 0;   // N
  std::int64_t index = 0;  // of the image in its take
  std::string suffix;      // me.fileSuffix for this image: "0.12.jpg"
  std::string extension;   // without the dot
  When when = When::now;
  bool movie = false;  // the picture goes into a movie, one for the take
  // TOPs whose pictures go into the same file, by their paths as the sink names them.
  std::vector<std::string> layers = {};
};

// Everything a call may need; each function gets only what its signature names.
struct Call {
  Cook* cook = nullptr;
  const void* pars = nullptr;
  std::span<const Held> inputs;
  int wired = 0;
  Frame frame;
  void* state = nullptr;
};

struct OpDef {
  std::string_view type, label, doc;
  Family family = Family::TOP;
  int min_in = 0, max_in = 0;
  std::span<const std::string_view> input_labels;
  std::span<const Par> pars;
  Time time = Time::fixed;
  bool colour_pars = false;     // has the common Parameter Color Space rows
  bool rename_pars = false;     // has the common Rename from/to rows (CHOP)
  bool holds_content = false;   // has text or a table of its own that scripts and files edit
  bool needs_input = false;     // an error when its first input is not connected
  bool device = false;          // runs on a device: its inputs need not be in memory, and its bytes are the device's
  bool device_inputs = false;   // a TOP that hands pictures on wherever they lie, or fetches them itself
  bool reads_pictures = false;  // a CHOP or DAT that gets the pictures of the TOPs its parameters name

  std::shared_ptr<void> (*make_pars)() = nullptr;
  std::shared_ptr<void> (*copy_pars)(const void*) = nullptr;
  std::shared_ptr<void> (*make_state)() = nullptr;
  std::shared_ptr<void> (*copy_state)(const void*) = nullptr;

  // Pixels from the same pixels of the inputs; the engine runs chains of these tile by tile.
  void (*shade)(const void* pars, const Tiles&, Tile&, const Frame&) = nullptr;
  Result<ImageHandle> (*cook_image)(Call&) = nullptr;
  Result<Channels> (*cook_channels)(Call&) = nullptr;
  Result<Table> (*cook_table)(Call&) = nullptr;
  // Looks at what it watches and emits events; runs in every frame's script phase.
  Status (*watch)(Call&) = nullptr;
  // Which images to write now; runs when the script phase is quiet, and at once when one of its pulses is pressed.
  Result<std::vector<ImageRequest>> (*record)(Call&) = nullptr;
  // Which pictures a TOP shows besides its inputs; runs in the script phase. What it reads of time and state is in its
  // choice: equal pictures make equal results.
  Result<Chosen> (*choose)(Call&) = nullptr;
  // How `choose` depends on time with these parameters; a state must be stepped in every frame if that is `stepped`.
  // Absent: as `time` says.
  Time (*time_of)(const void* pars) = nullptr;
  // What a TOP keeps of its input for later frames and what of that it shows. `frames` tells of each place so far from
  // which frame it is, or what the step before has left in StoreStep::frames.
  StoreStep (*store)(const void* pars, std::span<const std::int64_t> frames, const Frame&) = nullptr;
  // Of a TOP that shows one picture of another's store, named by its first reference: its place, the newest being 0.
  int (*stored_place)(const void* pars) = nullptr;
  Use (*use)(const void* pars, const Connected&) = nullptr;  // absent: all connected inputs
  // Size and format of a TOP from inputs that are no pictures; none: as of a TOP without an input.
  std::optional<Natural> (*natural)(const void* pars, std::span<const Held> inputs) = nullptr;
  // Which slices the pictures of a TOP have, told by one parameter; absent: those of the picture it passes on, or one.
  TextureKind (*kind)(const void* pars) = nullptr;
  std::string_view kind_par;
  // Size and format of a TOP from those of the input that they follow; absent: the same.
  Natural (*reshape)(const void* pars, const Natural& input) = nullptr;
  // Further DATs it reads, named in what its inputs hold; they become its last inputs, in this order, from
  // Cook::first_also on. Asked again with those found so far until it names no more. Those that do not exist hold
  // nothing.
  std::vector<std::string> (*also_reads)(const void* pars, std::span<const Held> inputs,
                                         std::span<const Held> also) = nullptr;
  // What is wrong with it that shows before a picture is cooked; and lines for an Info DAT.
  Result<std::vector<std::string>> (*review)(Call&) = nullptr;
  // What a pulse of one of its parameters changes in the others: names and values, in this order.
  Result<std::vector<std::pair<std::string, Value>>> (*pulsed)(Call&) = nullptr;
  int (*size_input)(const void* pars) = nullptr;  // input whose size and format the output follows; absent: the first
  bool (*pointwise)(const void* pars) = nullptr;  // false: cook_image although there is a shade; absent: true
  // Whether each channel of a pixel depends on that channel of the first input alone, wherever the pixel lies: then the
  // engine may tabulate the shade for the 256 codes of an 8-bit picture. Absent: false.
  bool (*separable)(const void* pars) = nullptr;
  // Named numbers for Info CHOPs and Python members.
  std::vector<std::pair<std::string, double>> (*info)(const void* pars, const void* state) = nullptr;
  std::vector<SegmentArgument> (*parts)(const void* state) = nullptr;  // Timer's segments, as it last cooked
};

namespace detail {
template <class>
struct is_inputs : std::false_type {};
template <class T>
struct is_inputs<Inputs<T>> : std::true_type {};
template <class A>
using bare = std::remove_cvref_t<A>;

// Of a function's arguments, what is not one of the engine's own types is Pars (const) or State (not const).
template <class A>
inline constexpr bool is_engine =
    std::is_same_v<bare<A>, Cook> || std::is_same_v<bare<A>, Frame> || std::is_same_v<bare<A>, Tiles> ||
    std::is_same_v<bare<A>, Tile> || is_inputs<bare<A>>::value;
template <class A>
inline constexpr bool is_pars = !is_engine<A> && std::is_const_v<std::remove_reference_t<A>>;
template <class A>
inline constexpr bool is_state = !is_engine<A> && !std::is_const_v<std::remove_reference_t<A>>;

template <class... A>
struct state_among {
  using type = void;
};
template <class A, class... Rest>
struct state_among<A, Rest...> {
  using type = std::conditional_t<is_state<A>, bare<A>, typename state_among<Rest...>::type>;
};
template <class>
struct signature;
template <class R, class... A>
struct signature<R (*)(A...)> {
  using result = R;
  using state = typename state_among<A...>::type;
  static constexpr bool reads_frame = (std::is_same_v<bare<A>, Frame> || ...);
};

template <class A>
decltype(auto) argument(Call& c) {
  using B = bare<A>;
  if constexpr (std::is_same_v<B, Cook>)
    return (*c.cook);
  else if constexpr (std::is_same_v<B, Frame>)
    return (c.frame);
  else if constexpr (is_inputs<B>::value)
    return B(c.inputs, c.wired);
  else if constexpr (is_pars<A>)
    return (*static_cast<const B*>(c.pars));
  else
    return (*static_cast<B*>(c.state));
}
template <class R, class... A>
R invoke(Call& c, R (*f)(A...)) {
  return f(argument<A>(c)...);
}
template <auto F>
auto call(Call& c) {
  return invoke(c, F);
}

template <class A>
decltype(auto) shade_argument(const void* pars, const Tiles& in, Tile& out, const Frame& frame) {
  using B = bare<A>;
  if constexpr (std::is_same_v<B, Tiles>)
    return (in);
  else if constexpr (std::is_same_v<B, Tile>)
    return (out);
  else if constexpr (std::is_same_v<B, Frame>)
    return (frame);
  else
    return (*static_cast<const B*>(pars));
}
template <class... A>
void invoke_shade(void (*f)(A...), const void* pars, const Tiles& in, Tile& out, const Frame& frame) {
  f(shade_argument<A>(pars, in, out, frame)...);
}

template <class S>
void add_state(OpDef& d) {
  static_assert(std::is_copy_constructible_v<S>, "State must be copyable: it is snapshotted");
  d.time = Time::stepped;
  d.make_state = [] { return std::shared_ptr<void>(std::make_shared<S>()); };
  d.copy_state = [](const void* s) { return std::shared_ptr<void>(std::make_shared<S>(*static_cast<const S*>(s))); };
}
template <auto F>
void add_time(OpDef& d) {
  using S = signature<decltype(F)>;
  if (S::reads_frame && d.time == Time::fixed) d.time = Time::animated;
  if constexpr (!std::is_void_v<typename S::state>) add_state<typename S::state>(d);
}
template <class P, class S, class R>
R invoke_info(R (*f)(const P&, const S&), const void* p, const void* s) {
  return f(*static_cast<const P*>(p), *static_cast<const S*>(s));
}
template <class S, class R>
R invoke_parts(R (*f)(const S&), const void* s) {
  return f(*static_cast<const S*>(s));
}
}  // namespace detail

// Builds an OpDef from a Pars struct, its table and plain functions: see src/ops/top/level.cpp.
template <class P, const auto& Table>
class Define {
 public:
  Define(Family family, std::string_view type, std::string_view label, std::string_view doc) {
    static_assert(well_formed(Table), "a parameter row breaks the rules");
    def_.family = family, def_.type = type, def_.label = label, def_.doc = doc, def_.pars = Table;
    def_.make_pars = [] { return std::shared_ptr<void>(std::make_shared<P>()); };
    def_.copy_pars = [](const void* p) {
      return std::shared_ptr<void>(std::make_shared<P>(*static_cast<const P*>(p)));
    };
  }
  Define& inputs(int min, int max, std::span<const std::string_view> labels = {}) {
    return def_.min_in = min, def_.max_in = max, def_.input_labels = labels, *this;
  }
  Define& colour_pars() { return def_.colour_pars = true, *this; }
  Define& rename_pars() { return def_.rename_pars = true, *this; }
  Define& runs_on_device() { return def_.device = true, *this; }
  Define& takes_device_inputs() { return def_.device_inputs = true, *this; }
  Define& reads_pictures() { return def_.reads_pictures = true, *this; }
  Define& holds_content() { return def_.holds_content = true, *this; }
  // void shade(const Pars&, const Tiles&, Tile&[, const Frame&])
  template <auto F>
  Define& shade() {
    detail::add_time<F>(def_);
    def_.shade = [](const void* p, const Tiles& in, Tile& out, const Frame& f) {
      detail::invoke_shade(F, p, in, out, f);
    };
    return *this;
  }
  // Result<ImageHandle | Channels | Table> cook([Cook&,] [const Pars&,] [const Inputs<T>&,] [const Frame&,] [State&])
  template <auto F>
  Define& cook() {
    detail::add_time<F>(def_);
    using R = typename detail::signature<decltype(F)>::result;
    if constexpr (std::is_same_v<R, Result<ImageHandle>>)
      def_.cook_image = detail::call<F>;
    else if constexpr (std::is_same_v<R, Result<Channels>>)
      def_.cook_channels = detail::call<F>;
    else
      def_.cook_table = detail::call<F>;
    return *this;
  }
  // Status watch(Cook&, const Pars&, …, State&): arguments as of cook
  template <auto F>
  Define& watch() {
    return detail::add_time<F>(def_), def_.watch = detail::call<F>, *this;
  }
  // Result<std::vector<ImageRequest>> record(Cook&, const Pars&, const Frame&, State&)
  template <auto F>
  Define& record() {
    return detail::add_time<F>(def_), def_.record = detail::call<F>, *this;
  }
  // Result<Chosen> choose(Cook&, const Pars&, …, State&): arguments as of cook
  template <auto F>
  Define& choose() {
    return detail::add_time<F>(def_), def_.choose = detail::call<F>, *this;
  }
  // Time time_of(const Pars&)
  template <auto F>
  Define& time_of() {
    def_.time_of = [](const void* p) { return F(*static_cast<const P*>(p)); };
    return *this;
  }
  // StoreStep store(const Pars&, std::span<const std::int64_t> frames, const Frame&)
  template <auto F>
  Define& store() {
    def_.store = [](const void* p, std::span<const std::int64_t> frames, const Frame& f) {
      return F(*static_cast<const P*>(p), frames, f);
    };
    return *this;
  }
  // int stored_place(const Pars&)
  template <auto F>
  Define& stored_place() {
    def_.stored_place = [](const void* p) { return F(*static_cast<const P*>(p)); };
    return *this;
  }
  // Use use(const Pars&, const Connected&)
  template <auto F>
  Define& use() {
    def_.use = [](const void* p, const Connected& c) { return F(*static_cast<const P*>(p), c); };
    return *this;
  }
  // std::optional<Natural> natural(const Pars&, const Inputs<Image>&)
  template <auto F>
  Define& natural() {
    def_.natural = [](const void* p, std::span<const Held> inputs) {
      return F(*static_cast<const P*>(p), Inputs<Image>(inputs, 0));
    };
    return *this;
  }
  // TextureKind kind(const Pars&), which depends on the parameter `par` alone
  template <auto F>
  Define& kind(std::string_view par) {
    def_.kind = [](const void* p) { return F(*static_cast<const P*>(p)); };
    return def_.kind_par = par, *this;
  }
  // Natural reshape(const Pars&, const Natural& input)
  template <auto F>
  Define& reshape() {
    def_.reshape = [](const void* p, const Natural& input) { return F(*static_cast<const P*>(p), input); };
    return *this;
  }
  // std::vector<std::string> also_reads(const Pars&, std::span<const Held> inputs, std::span<const Held> also)
  template <auto F>
  Define& also_reads() {
    def_.also_reads = [](const void* p, std::span<const Held> inputs, std::span<const Held> also) {
      return F(*static_cast<const P*>(p), inputs, also);
    };
    return *this;
  }
  // Result<std::vector<std::string>> review(Cook&, const Pars&, const Inputs<Image>&)
  template <auto F>
  Define& review() {
    return def_.review = detail::call<F>, *this;
  }
  // Result<std::vector<std::pair<std::string, Value>>> pulsed(Cook&, const Pars&, const Inputs<Image>&)
  template <auto F>
  Define& pulsed() {
    return def_.pulsed = detail::call<F>, *this;
  }
  // int size_input(const Pars&)
  template <auto F>
  Define& size_input() {
    def_.size_input = [](const void* p) { return F(*static_cast<const P*>(p)); };
    return *this;
  }
  // bool pointwise(const Pars&)
  template <auto F>
  Define& pointwise() {
    def_.pointwise = [](const void* p) { return F(*static_cast<const P*>(p)); };
    return *this;
  }
  // bool separable(const Pars&)
  template <auto F>
  Define& separable() {
    def_.separable = [](const void* p) { return F(*static_cast<const P*>(p)); };
    return *this;
  }
  // std::vector<std::pair<std::string, double>> info(const Pars&, const State&)
  template <auto F>
  Define& info() {
    def_.info = [](const void* p, const void* s) { return detail::invoke_info(F, p, s); };
    return *this;
  }
  // std::vector<SegmentArgument> parts(const State&)
  template <auto F>
  Define& parts() {
    def_.parts = [](const void* s) { return detail::invoke_parts(F, s); };
    return *this;
  }
  operator OpDef() const { return def_; }

 private:
  OpDef def_;
};

}  // namespace cookline
