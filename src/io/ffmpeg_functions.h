// The functions of FFmpeg's libraries under their own names, found when the first of them is called: loading those
// libraries and the hundred behind them takes longer than all that a program without a movie does before its first
// picture. Nothing is linked with them, so a function that is missing here does not link. For src/io alone.
#pragma once
extern "C" {
#include <libavcodec/avcodec.h>
#include <libavformat/avformat.h>
#include <libavutil/audio_fifo.h>
#include <libavutil/imgutils.h>
#include <libavutil/log.h>
#include <libavutil/pixdesc.h>
#include <libavutil/spherical.h>
#include <libavutil/stereo3d.h>
#include <libswresample/swresample.h>
#include <libswscale/swscale.h>
}

#include <atomic>

#include "base/result.h"

namespace cookline {
namespace ffmpeg {

// Loads the libraries, once, and keeps what they log off the terminal. Thread-safe. Errors: they are not there.
Status load();
// The function of that name; loads the libraries if nobody has. Throws std::runtime_error if it is not there.
void* find_function(const char* name);

template <class Function>
class Late;
template <class Answer, class... Arguments>
class Late<Answer(Arguments...)> {
 public:
  explicit constexpr Late(const char* name) : name_(name) {}
  Answer operator()(Arguments... arguments) const {
    void* function = found_.load(std::memory_order_acquire);
    if (!function) found_.store(function = find_function(name_), std::memory_order_release);
    return reinterpret_cast<Answer (*)(Arguments...)>(function)(arguments...);
  }

 private:
  const char* name_;
  mutable std::atomic<void*> found_ = nullptr;
};

}  // namespace ffmpeg

#pragma GCC diagnostic push
#pragma GCC diagnostic ignored "-Wignored-attributes"  // for the compiler's optimiser, not part of the types
// libavformat
inline constinit const ffmpeg::Late<decltype(::av_codec_get_tag)> av_codec_get_tag("av_codec_get_tag");
inline constinit const ffmpeg::Late<decltype(::av_find_best_stream)> av_find_best_stream("av_find_best_stream");
inline constinit const ffmpeg::Late<decltype(::av_guess_format)> av_guess_format("av_guess_format");
inline constinit const ffmpeg::Late<decltype(::av_guess_sample_aspect_ratio)> av_guess_sample_aspect_ratio(
    "av_guess_sample_aspect_ratio");
inline constinit const ffmpeg::Late<decltype(::av_interleaved_write_frame)> av_interleaved_write_frame(
    "av_interleaved_write_frame");
inline constinit const ffmpeg::Late<decltype(::av_read_frame)> av_read_frame("av_read_frame");
inline constinit const ffmpeg::Late<decltype(::av_stream_add_side_data)> av_stream_add_side_data(
    "av_stream_add_side_data");
inline constinit const ffmpeg::Late<decltype(::av_stream_get_side_data)> av_stream_get_side_data(
    "av_stream_get_side_data");
inline constinit const ffmpeg::Late<decltype(::av_write_trailer)> av_write_trailer("av_write_trailer");
inline constinit const ffmpeg::Late<decltype(::avformat_alloc_context)> avformat_alloc_context(
    "avformat_alloc_context");
inline constinit const ffmpeg::Late<decltype(::avformat_alloc_output_context2)> avformat_alloc_output_context2(
    "avformat_alloc_output_context2");
inline constinit const ffmpeg::Late<decltype(::avformat_close_input)> avformat_close_input("avformat_close_input");
inline constinit const ffmpeg::Late<decltype(::avformat_find_stream_info)> avformat_find_stream_info(
    "avformat_find_stream_info");
inline constinit const ffmpeg::Late<decltype(::avformat_free_context)> avformat_free_context("avformat_free_context");
inline constinit const ffmpeg::Late<decltype(::avformat_get_riff_video_tags)> avformat_get_riff_video_tags(
    "avformat_get_riff_video_tags");
inline constinit const ffmpeg::Late<decltype(::avformat_new_stream)> avformat_new_stream("avformat_new_stream");
inline constinit const ffmpeg::Late<decltype(::avformat_open_input)> avformat_open_input("avformat_open_input");
inline constinit const ffmpeg::Late<decltype(::avformat_query_codec)> avformat_query_codec("avformat_query_codec");
inline constinit const ffmpeg::Late<decltype(::avformat_seek_file)> avformat_seek_file("avformat_seek_file");
inline constinit const ffmpeg::Late<decltype(::avformat_write_header)> avformat_write_header("avformat_write_header");
inline constinit const ffmpeg::Late<decltype(::avio_alloc_context)> avio_alloc_context("avio_alloc_context");
inline constinit const ffmpeg::Late<decltype(::avio_context_free)> avio_context_free("avio_context_free");
inline constinit const ffmpeg::Late<decltype(::avio_flush)> avio_flush("avio_flush");

// libavcodec
inline constinit const ffmpeg::Late<decltype(::av_packet_alloc)> av_packet_alloc("av_packet_alloc");
inline constinit const ffmpeg::Late<decltype(::av_packet_free)> av_packet_free("av_packet_free");
inline constinit const ffmpeg::Late<decltype(::av_packet_rescale_ts)> av_packet_rescale_ts("av_packet_rescale_ts");
inline constinit const ffmpeg::Late<decltype(::av_packet_unref)> av_packet_unref("av_packet_unref");
inline constinit const ffmpeg::Late<decltype(::avcodec_alloc_context3)> avcodec_alloc_context3(
    "avcodec_alloc_context3");
inline constinit const ffmpeg::Late<decltype(::avcodec_find_decoder)> avcodec_find_decoder("avcodec_find_decoder");
inline constinit const ffmpeg::Late<decltype(::avcodec_find_decoder_by_name)> avcodec_find_decoder_by_name(
    "avcodec_find_decoder_by_name");
inline constinit const ffmpeg::Late<decltype(::avcodec_find_encoder_by_name)> avcodec_find_encoder_by_name(
    "avcodec_find_encoder_by_name");
inline constinit const ffmpeg::Late<decltype(::avcodec_flush_buffers)> avcodec_flush_buffers("avcodec_flush_buffers");
inline constinit const ffmpeg::Late<decltype(::avcodec_free_context)> avcodec_free_context("avcodec_free_context");
inline constinit const ffmpeg::Late<decltype(::avcodec_get_name)> avcodec_get_name("avcodec_get_name");
inline constinit const ffmpeg::Late<decltype(::avcodec_open2)> avcodec_open2("avcodec_open2");
inline constinit const ffmpeg::Late<decltype(::avcodec_parameters_from_context)> avcodec_parameters_from_context(
    "avcodec_parameters_from_context");
inline constinit const ffmpeg::Late<decltype(::avcodec_parameters_to_context)> avcodec_parameters_to_context(
    "avcodec_parameters_to_context");
inline constinit const ffmpeg::Late<decltype(::avcodec_receive_frame)> avcodec_receive_frame("avcodec_receive_frame");
inline constinit const ffmpeg::Late<decltype(::avcodec_receive_packet)> avcodec_receive_packet(
    "avcodec_receive_packet");
inline constinit const ffmpeg::Late<decltype(::avcodec_send_frame)> avcodec_send_frame("avcodec_send_frame");
inline constinit const ffmpeg::Late<decltype(::avcodec_send_packet)> avcodec_send_packet("avcodec_send_packet");

// libavutil
inline constinit const ffmpeg::Late<decltype(::av_audio_fifo_alloc)> av_audio_fifo_alloc("av_audio_fifo_alloc");
inline constinit const ffmpeg::Late<decltype(::av_audio_fifo_free)> av_audio_fifo_free("av_audio_fifo_free");
inline constinit const ffmpeg::Late<decltype(::av_audio_fifo_read)> av_audio_fifo_read("av_audio_fifo_read");
inline constinit const ffmpeg::Late<decltype(::av_audio_fifo_size)> av_audio_fifo_size("av_audio_fifo_size");
inline constinit const ffmpeg::Late<decltype(::av_audio_fifo_write)> av_audio_fifo_write("av_audio_fifo_write");
inline constinit const ffmpeg::Late<decltype(::av_channel_layout_copy)> av_channel_layout_copy(
    "av_channel_layout_copy");
inline constinit const ffmpeg::Late<decltype(::av_channel_layout_default)> av_channel_layout_default(
    "av_channel_layout_default");
inline constinit const ffmpeg::Late<decltype(::av_color_space_name)> av_color_space_name("av_color_space_name");
inline constinit const ffmpeg::Late<decltype(::av_dict_free)> av_dict_free("av_dict_free");
inline constinit const ffmpeg::Late<decltype(::av_dict_get)> av_dict_get("av_dict_get");
inline constinit const ffmpeg::Late<decltype(::av_dict_parse_string)> av_dict_parse_string("av_dict_parse_string");
inline constinit const ffmpeg::Late<decltype(::av_dict_set)> av_dict_set("av_dict_set");
inline constinit const ffmpeg::Late<decltype(::av_frame_alloc)> av_frame_alloc("av_frame_alloc");
inline constinit const ffmpeg::Late<decltype(::av_frame_copy)> av_frame_copy("av_frame_copy");
inline constinit const ffmpeg::Late<decltype(::av_frame_free)> av_frame_free("av_frame_free");
inline constinit const ffmpeg::Late<decltype(::av_frame_get_buffer)> av_frame_get_buffer("av_frame_get_buffer");
inline constinit const ffmpeg::Late<decltype(::av_frame_unref)> av_frame_unref("av_frame_unref");
inline constinit const ffmpeg::Late<decltype(::av_freep)> av_freep("av_freep");
inline constinit const ffmpeg::Late<decltype(::av_get_pix_fmt)> av_get_pix_fmt("av_get_pix_fmt");
inline constinit const ffmpeg::Late<decltype(::av_get_pix_fmt_name)> av_get_pix_fmt_name("av_get_pix_fmt_name");
inline constinit const ffmpeg::Late<decltype(::av_log_format_line2)> av_log_format_line2("av_log_format_line2");
inline constinit const ffmpeg::Late<decltype(::av_log_set_callback)> av_log_set_callback("av_log_set_callback");
inline constinit const ffmpeg::Late<decltype(::av_malloc)> av_malloc("av_malloc");
inline constinit const ffmpeg::Late<decltype(::av_pix_fmt_desc_get)> av_pix_fmt_desc_get("av_pix_fmt_desc_get");
inline constinit const ffmpeg::Late<decltype(::av_read_image_line2)> av_read_image_line2("av_read_image_line2");
inline constinit const ffmpeg::Late<decltype(::av_rescale_q)> av_rescale_q("av_rescale_q");
inline constinit const ffmpeg::Late<decltype(::av_spherical_alloc)> av_spherical_alloc("av_spherical_alloc");
inline constinit const ffmpeg::Late<decltype(::av_stereo3d_alloc)> av_stereo3d_alloc("av_stereo3d_alloc");
inline constinit const ffmpeg::Late<decltype(::av_strdup)> av_strdup("av_strdup");
inline constinit const ffmpeg::Late<decltype(::av_strerror)> av_strerror("av_strerror");

// libswscale
inline constinit const ffmpeg::Late<decltype(::sws_freeContext)> sws_freeContext("sws_freeContext");
inline constinit const ffmpeg::Late<decltype(::sws_getCoefficients)> sws_getCoefficients("sws_getCoefficients");
inline constinit const ffmpeg::Late<decltype(::sws_getContext)> sws_getContext("sws_getContext");
inline constinit const ffmpeg::Late<decltype(::sws_scale)> sws_scale("sws_scale");
inline constinit const ffmpeg::Late<decltype(::sws_setColorspaceDetails)> sws_setColorspaceDetails(
    "sws_setColorspaceDetails");

// libswresample
inline constinit const ffmpeg::Late<decltype(::swr_alloc_set_opts2)> swr_alloc_set_opts2("swr_alloc_set_opts2");
inline constinit const ffmpeg::Late<decltype(::swr_convert)> swr_convert("swr_convert");
inline constinit const ffmpeg::Late<decltype(::swr_free)> swr_free("swr_free");
inline constinit const ffmpeg::Late<decltype(::swr_get_out_samples)> swr_get_out_samples("swr_get_out_samples");
inline constinit const ffmpeg::Late<decltype(::swr_init)> swr_init("swr_init");
#pragma GCC diagnostic pop

}  // namespace cookline
