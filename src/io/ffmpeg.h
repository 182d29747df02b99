// FFmpeg's objects with owners, and its messages as text. For src/io alone.
#pragma once
#include <memory>
#include <string>

#include "io/ffmpeg_functions.h"

namespace cookline::ffmpeg {

struct Free {
  void operator()(AVCodecContext* p) const { avcodec_free_context(&p); }
  void operator()(AVFrame* p) const { av_frame_free(&p); }
  void operator()(AVPacket* p) const { av_packet_free(&p); }
  void operator()(SwsContext* p) const { sws_freeContext(p); }
};
using Codec = std::unique_ptr<AVCodecContext, Free>;
using Frame = std::unique_ptr<AVFrame, Free>;
using Packet = std::unique_ptr<AVPacket, Free>;
using Scaler = std::unique_ptr<SwsContext, Free>;

// A set of options; what a call has used is no longer in it.
struct Options {
  AVDictionary* set = nullptr;
  Options() = default;
  Options(const Options&) = delete;
  Options& operator=(const Options&) = delete;
  ~Options() { av_dict_free(&set); }
  void add(const char* key, const std::string& value) { av_dict_set(&set, key, value.c_str(), 0); }
};

// The last error that FFmpeg logged in a thread is in complaint() of that thread, until it is forgotten.
void forget_complaint();

// "Invalid argument: [libx264] width not divisible by 2 (101x100)": the meaning of an error number and what was logged.
std::string complaint(int error);

}  // namespace cookline::ffmpeg
