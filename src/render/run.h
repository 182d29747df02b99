// A run over frames: script phase, cook, encode, write. Verbs (record, render) decide which frames and when to stop.
#pragma once
#include <atomic>
#include <chrono>
#include <cstdint>
#include <deque>
#include <functional>
#include <map>
#include <mutex>
#include <optional>
#include <string>
#include <unordered_map>
#include <unordered_set>
#include <vector>

#include "cook/engine.h"
#include "render/cooperation.h"
#include "render/faults.h"
#include "render/file_name.h"
#include "render/movies.h"
#include "render/pace.h"
#include "render/provenance.h"
#include "render/take_log.h"
#include "render/writer.h"

namespace cookline {

// One image of all that a run would write.
struct OneImage {
  std::string sink;
  std::int64_t take = 0, index = 0, frame = 0;
  std::string name;   // of its file, in the output folder whatever the project says
  bool write = true;  // or only cook it
};

struct RunOptions {
  OutputFolder folder;
  WriteOptions write;
  std::size_t queue_bytes = 64u << 20;
  PngEffort png_effort = PngEffort::fast;
  bool exr_parts = false;  // an OpenEXR holds each picture as a part of its own
  FaultPolicy faults;
  const std::atomic<bool>* stop = nullptr;  // set by a signal: finish the frame in hand, then stop
  std::function<bool()> quit;               // whether the project itself asked to end after this frame (project.quit)
  std::function<void(const WrittenImage&)> on_written;  // from any thread, one call at a time
  std::optional<TakeHeader> log;        // what is the same in the logs of all takes; without it no logs are written
  std::function<std::string()> device;  // the name of what runs shaders, for logs; called when one is run
  UsedMedia media;                      // what logs say of the files that images are made from
  // Of a run that is resumed: absolute names of images that are there and right with the hashes of their pixels, which
  // are not cooked again unless feedback needs them, and the numbers that Unique Suffix gave to takes, by their order.
  std::unordered_map<std::string, std::string> done;
  std::map<std::int64_t, std::int64_t> take_numbers;
  Cooperation* cooperation = nullptr;             // other processes write the same takes; needs a log
  std::optional<RunProvenance> provenance;        // what images say of how they were made; without it they say nothing
  std::optional<OneImage> only;                   // render this image again, and nothing else
  std::function<void(const Progress&)> on_frame;  // after each frame
};

struct RunResult {
  std::int64_t frames = 0;  // run through
  double seconds = 0;
  bool stopped = false;   // early, by RunOptions::stop
  std::int64_t kept = 0;  // images that were there and right before
};

class Run {
 public:
  Run(Engine& engine, RunOptions options);
  ~Run();
  Run(const Run&) = delete;
  Run& operator=(const Run&) = delete;

  // One frame's script phase and all images it asks for.
  Status frame(std::int64_t index);
  // Cooks a plan of the current frame and writes it under `path`.
  Status write(const PixelPlanHandle& plan, WrittenImage file, ImageFileType type, const EncodeOptions& encode);
  // The same as the next picture of a movie, with the sound of the frame if `sound` is a CHOP.
  Status write_movie(const PixelPlanHandle& plan, WrittenImage file, MovieSettings settings, NodeId sound);
  // The same of a picture that could not be planned: by the policy, the error or what takes its place.
  Status write_fault(const Error& error, WrittenImage file, ImageFileType type, const EncodeOptions& encode);
  // Hands all pictures that devices still work on to the writer.
  Status deliver_all();
  // Waits until all is on disk. Movies whose takes have not ended are kept as parts.
  Status finish();
  // The same, and what was written are whole takes: the run went to its end.
  Status finish_takes();
  bool stop_asked() const { return options_.stop && *options_.stop; }
  // No frame is to follow: stopped by a signal or ended by the project.
  bool over() const { return stop_asked() || only_hash_ || only_passed_ || (options_.quit && options_.quit()); }
  // Whether this image was there and right before the run.
  bool has_image(const std::filesystem::path& path) const;
  // Hash of the pixels of RunOptions::only; nothing until it has been cooked.
  const std::optional<std::string>& only_hash() const { return only_hash_; }
  // How many images were skipped or replaced by black because of errors.
  std::int64_t faulty() const { return faulty_; }
  // How many images have been asked for so far, and how many of them were there and right before the run.
  std::int64_t images() const { return std::int64_t(claimed_.size()); }
  std::int64_t kept() const { return kept_; }
  // A frame is over: tells RunOptions::on_frame. `images_left` of the frames that are left make a picture, or are there
  // already; below 0 if it is not known how many are left.
  void report(double done, double frames_left, double images_left);
  const RunOptions& options() const { return options_; }
  Engine& engine() { return engine_; }

 private:
  Status write_requests();
  Status write_request(const ShotRequest& request);
  Status write_movie(const ShotRequest& request);
  Status cook_movie_picture(const ShotRequest& request);
  Result<std::shared_ptr<const MovieSettings>> settings_of_movie(NodeId sink);
  Status submit_movie(const std::string& sink, ImageJob job);
  Status add_sound(const ShotRequest& request);
  Status add_sound_of(MovieTake& take, NodeId source, const Frame& frame);
  Status close_movie(const std::string& sink, bool whole);
  Status close_movies(bool whole);
  Result<std::filesystem::path> path_of(const ShotRequest& request);
  Status claim(const std::filesystem::path& path);
  static std::string absolute_name(const std::filesystem::path& path);
  Result<bool> is_wanted(WrittenImage& file);
  TakeHeader header_of(const WrittenImage& file, const std::filesystem::path& log) const;
  static std::filesystem::path log_of(const WrittenImage& file);
  Result<SharedTake*> share(WrittenImage& file);
  Status submit_shared(ImageJob job);
  Status submit_only(ImageJob job);
  // What becomes of an image whose pictures are in memory.
  using Deliver = std::function<Status(ImageJob)>;
  // An image on its way: its cooks have begun, or are done but for the device.
  struct Coming {
    ImageJob job;
    Deliver deliver;
    bool wanted = false, feedback = false, device = false;
    std::vector<PixelPlanHandle> plans = {};
    std::vector<std::unique_ptr<PixelCook>> cooks = {};  // that are not finished
    std::vector<ImageHandle> pictures = {};
    std::optional<Error> error = {};
    bool in_memory() const;
  };
  Status cook(const PixelPlanHandle& plan, const std::vector<ShotLayer>& layers, WrittenImage file, ImageFileType type,
              const EncodeOptions& encode, Deliver deliver);
  Status start(Coming& coming);
  Status finish_cooks(Coming& coming);
  Status failed(Coming& coming, const Error& error);
  Status expect(Coming coming);
  Status after_pictures(std::function<Status()> action);
  Status deliver(std::size_t newest, std::size_t waiting);
  Result<ImageJob> arrived(Coming& coming);
  Result<ImageJob> judge(ImageHandle image, ImageJob job);
  Result<ImageJob> replaced(OnFault how, const Error& error, ImageJob job);
  Result<ImageJob> unplanned(const Error& error, ImageJob job);
  Status stand_in(const Error& error, ImageJob job, const Deliver& deliver);
  Status warn(WrittenImage& file, OnFault how, const Error& error);
  Status look_for_repeats(ImageJob& job);
  Status note_skipped(const WrittenImage& image);
  Status submit(ImageJob job);
  std::int64_t number_of_take(NodeId sink, std::int64_t n);
  Status open_log(ImageJob& job);
  Status close_logs();
  Status note(const WrittenImage& image);

  struct Shape {
    int width_px, height_px;
    PixelFormat format;
    std::vector<ExrLayer> layers;  // without pictures
  };

  Engine& engine_;
  RunOptions options_;
  std::map<std::string, std::unique_ptr<TakeLogWriter>>
      logs_;                                   // open, by path; guarded, as images are noted from any thread
  std::map<std::string, TakeHeader> headers_;  // of all takes so far, by the path of their log
  std::mutex logs_mutex_;
  std::map<std::string, std::int64_t> orders_;      // of the last take that Unique Suffix numbered, by sink
  std::map<std::string, Shape> shapes_;             // of the last picture of each operator
  std::map<std::string, std::string> last_pixels_;  // hash of the last image of each take, where repeats matter
  std::int64_t faulty_ = 0, kept_ = 0;
  std::int64_t pictures_ = 0;  // handed to the writer
  Pace pace_;
  std::int64_t pictures_before_ = 0;  // the frame in hand
  std::chrono::steady_clock::time_point frame_start_ = std::chrono::steady_clock::now();
  std::optional<std::string> only_hash_;
  bool only_passed_ = false;              // its frame is over: it was made then, or is not made at all
  std::optional<Error> failed_between_;   // while the script phase asked for a number
  std::int64_t numbered_ = 0;             // takes that it has numbered
  Writer writer_;                         // after the logs: it notes images until it is destroyed
  std::deque<Coming> coming_;             // in the order in which they were asked for
  std::map<std::string, ImageJob> held_;  // by sink: cooked, but not yet sure to be wanted
  struct OpenMovie {
    std::filesystem::path path;
    std::unique_ptr<MovieTake> take;  // null: the movie is there already
  };
  std::map<std::string, OpenMovie> movies_;    // that are being made, by sink
  std::unordered_set<std::uint64_t> claimed_;  // hashes of the names this run has written
};

}  // namespace cookline
