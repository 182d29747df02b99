// What a cook function may use besides its parameters and inputs: its output's size and format, warnings, events for
// callbacks, and values that the engine resolves for it. An operator sees values, never the network.
#pragma once
#include <cstdint>
#include <functional>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "base/result.h"
#include "data/channels.h"
#include "data/image.h"
#include "data/media.h"
#include "data/sound.h"
#include "data/table.h"
#include "data/value.h"
#include "op/event.h"
#include "op/frame.h"
#include "op/par.h"

namespace cookline {

class Gpu;

// What an operator holds after a cook: shared and immutable. Empty for an input that is not connected.
struct Held {
  ImageHandle image;
  ChannelsHandle channels;
  TableHandle table;
  template <class T>
  const std::shared_ptr<const T>& get() const {
    if constexpr (std::is_same_v<T, Image>)
      return image;
    else if constexpr (std::is_same_v<T, Channels>)
      return channels;
    else
      return table;
  }
};

// Inputs of one family: first the wired ones (null where nothing is connected), then those of OpRef parameters.
template <class T>
class Inputs {
 public:
  Inputs(std::span<const Held> held, int wired) : held_(held), wired_(wired) {}
  int wired() const { return wired_; }  // highest connected wire + 1
  int size() const { return int(held_.size()); }
  const T* operator[](int i) const { return get<T>(i).get(); }
  std::shared_ptr<const T> handle(int i) const { return get<T>(i); }
  // What the operator named by a parameter holds, whatever its family; null if empty.
  template <class U>
  const U* at(const OpRef<U>& ref) const {
    return get<U>(ref.input).get();
  }

 private:
  template <class U>
  std::shared_ptr<const U> get(int i) const {
    if (i < 0 || std::size_t(i) >= held_.size()) return nullptr;
    return held_[std::size_t(i)].template get<U>();
  }
  std::span<const Held> held_;
  int wired_;
};

// A run of pixels of one row, as planar floats: `count` pixels from column x on; y counts from the bottom.
struct Tile {
  int x = 0, y = 0, count = 0;
  int width = 1, height = 1;  // of the whole output
  double aspect = 1;
  // To be filled. Channels that are equal may share a plane: out.g = out.r.
  float *r = nullptr, *g = nullptr, *b = nullptr, *a = nullptr;
};

// The same pixels of an input, resampled by the engine where sizes differ. r is null where nothing is connected.
struct InTile {
  const float *r = nullptr, *g = nullptr, *b = nullptr, *a = nullptr;
  int width = 0, height = 0;  // of the input itself
  PixelFormat format = PixelFormat::rgba8fixed;
  explicit operator bool() const { return r != nullptr; }
};
struct Tiles {
  std::span<const InTile> inputs;  // as in Inputs: wired ones, then references, then chosen ones
  int wired = 0;
  std::span<const float> weights = {};  // of the chosen ones
  const InTile& operator[](int i) const {
    static constexpr InTile none;
    return i >= 0 && std::size_t(i) < inputs.size() ? inputs[std::size_t(i)] : none;
  }
};

// Pictures that a TOP has chosen itself: of a file, or one that it holds. They follow its inputs.
struct ChosenPicture {
  double weight = 1;  // in their sum
  MediaHandle media;  // picture `index` of it, looked at so; read when it is cooked …
  std::int64_t index = 0;
  MediaView view;
  ImageHandle image;  // … or this one, known by `key`; neither: transparent black
  Key key;
};
struct Chosen {
  std::vector<ChosenPicture> pictures;
  // Of the TOP, where its Common page does not say otherwise.
  int width_px = 1, height_px = 1;
  double aspect = 1;
  PixelFormat format = PixelFormat::rgba8fixed;
  bool moving = false;  // others are likely to be chosen in the next frame
};

// What a TOP that keeps pictures of frames before (Cache) does in a frame.
struct StoreStep {
  static constexpr int now = -1;              // its input's picture of this frame
  static constexpr int nothing = -2;          // a place that holds no picture
  std::vector<int> kept;                      // places in what was kept so far, `now` or `nothing`
  std::vector<std::pair<int, double>> shown;  // places in `kept` with weights
  // Of each place what later steps are told; empty: the frame that its picture is from, -1 without one.
  std::vector<std::int64_t> frames = {};
};

// What a TOP makes of inputs that are no pictures, where its Common page does not say otherwise.
struct Natural {
  int width_px = 1, height_px = 1;
  PixelFormat format = PixelFormat::rgba8fixed;
};

// Which inputs exist, as in Inputs; and which of them one cook needs, so that the others are not cooked.
struct Connected {
  std::vector<bool> is;
  int wired = 0;
  bool operator[](int i) const { return i >= 0 && std::size_t(i) < is.size() && is[std::size_t(i)]; }
};
struct Use {
  std::vector<int> inputs;
  bool pass = false;  // the output is inputs[0], unchanged
};

// One parameter as others see it.
struct ParView {
  std::string op;        // path of its operator
  std::string name;      // code name
  std::string group;     // name of its ParGroup: "t" of tx, else its own name
  std::string sequence;  // name of the sequence it is a block parameter of, else empty
  int block = -1;        // its block index
  Style style = Style::Float;
  bool custom = false, enable = true;
  Value value;
  std::string mode;  // CONSTANT, EXPRESSION, EXPORT, BIND
  std::string expression, export_source;
  std::uint64_t pulses = 0;  // how often it was pulsed so far
};

// Answered by the engine. Paths and patterns are relative to the operator that asks.
class Services {
 public:
  virtual ~Services() = default;
  // Parameters of all operators that match `ops` whose names match `pars`, in network order.
  virtual Result<std::vector<ParView>> parameters(std::string_view ops, std::string_view pars, bool custom,
                                                  bool builtin) = 0;
  // Named numbers that an Info CHOP shows of an operator, and the lines that an Info DAT shows.
  virtual Result<std::vector<std::pair<std::string, double>>> info(std::string_view op) = 0;
  virtual Result<Table> info_table(std::string_view op) = 0;
  // Full path of the operator that `op` names, or empty.
  virtual std::string path_of(std::string_view op) = 0;
  // The result of a callback made for an earlier Event with wants_reply; taken once.
  virtual std::optional<Value> take_reply(const std::string& callback) = 0;
  // A Python expression with these names set, evaluated at the operator (cell expressions, conditions). A dotted name
  // stands for a member while the expression runs: me.subRow, me.inputCell.val; other members stay what they are.
  virtual Result<Value> evaluate(const std::string& expression,
                                 std::span<const std::pair<std::string, Value>> names) = 0;
  // A text file as UTF-8. Relative names start at the project's folder; `encoding` is an item of a DAT's Default Read
  // Encoding menu: manual, utf8, utf16le, utf16be, cp1252. A file that is not there is an error with `missing` set.
  virtual Result<std::string> read_text_file(const std::string& file, std::string_view encoding) = 0;
  // Writes UTF-8 text under its final name whole or not at all.
  virtual Status write_text_file(const std::string& file, const std::string& text) = 0;
  // An image, a sequence of images or a movie, read as little as is needed to know its pictures. Relative names start
  // at the project's folder. It stays as it was found until it is asked for with a larger generation.
  virtual Result<MediaHandle> open_media(const std::string& file, int generation) = 0;
  // The sound of an audio file or a movie, likewise.
  virtual Result<SoundHandle> open_sound(const std::string& file, int generation) = 0;
  // Text or table that the operator itself holds (OpDef::holds_content).
  virtual const Table& content() = 0;
};

class Cook {
 public:
  explicit Cook(Services& s) : services(s) {}
  Services& services;
  std::string path;                 // of the operator, for messages
  int width_px = 1, height_px = 1;  // size of a TOP's output, worked out by the engine
  double aspect = 1;
  PixelFormat format = PixelFormat::rgba8fixed;
  int input_filter = 1;                 // Input Smoothness: 0 nearest, 1 linear, 2 mipmap
  int first_also = 0;                   // the first input that OpDef::also_reads has named
  int pass = 0;                         // of the Common page's Passes, from 0
  Gpu* gpu = nullptr;                   // what runs shaders
  std::span<const float> weights = {};  // of the pictures it has chosen or kept, which are its last inputs

  // The take number a sink with Unique Suffix uses: the first from `n` on that no file has. `suffix` is that of the
  // first image of take `n`.
  std::function<std::int64_t(std::int64_t n, const std::string& suffix)> take_number;

  void warn(std::string text) { warnings.push_back(std::move(text)); }
  void emit(Event event) { events.push_back(std::move(event)); }
  // An error that names a parameter of this operator ("" for the operator as a whole).
  Error error(std::string_view parameter, std::string what, std::string hint = {}) const {
    return project_error(parameter.empty() ? path : path + "." + std::string(parameter), std::move(what),
                         std::move(hint));
  }

  std::vector<std::string> warnings;
  std::vector<Event> events;
};

}  // namespace cookline
