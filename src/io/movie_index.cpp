#include "io/movie_index.h"

#include <fmt/format.h>
#include <sys/stat.h>

#include <algorithm>
#include <cerrno>

#include "io/file_bytes.h"

namespace cookline {
namespace fs = std::filesystem;
namespace {

// VP8 has packets of frames that others refer to and nobody sees.
bool is_hidden(const AVPacket& packet, AVCodecID codec) {
  if (packet.flags & AV_PKT_FLAG_DISCARD) return true;
  return codec == AV_CODEC_ID_VP8 && packet.size > 0 && !(packet.data[0] & 0x10);
}

struct Scan {
  MovieIndex index;
  std::int64_t packets = 0;  // of the video stream
  std::int64_t end_us = 0;   // of the longest stream
  bool cut = false;          // a packet is not whole
};

void note(const AVFormatContext& input, const AVPacket& packet, Scan& scan) {
  const AVStream& stream = *input.streams[packet.stream_index];
  const std::int64_t pts = packet.pts != AV_NOPTS_VALUE ? packet.pts : packet.dts;
  if (pts != AV_NOPTS_VALUE)
    scan.end_us = std::max(scan.end_us, av_rescale_q(pts + packet.duration, stream.time_base, {1, AV_TIME_BASE}));
  if (packet.stream_index != scan.index.stream || pts == AV_NOPTS_VALUE) return;
  ++scan.packets;
  scan.cut |= (packet.flags & AV_PKT_FLAG_CORRUPT) != 0;
  const std::int64_t dts = packet.dts != AV_NOPTS_VALUE ? packet.dts : pts;
  if (packet.flags & AV_PKT_FLAG_KEY) scan.index.keys.push_back({pts, dts});
  if (!is_hidden(packet, stream.codecpar->codec_id)) scan.index.pts.push_back(pts);
}

// Whether the file ends before what it states of itself.
bool is_cut_off(const AVFormatContext& input, const Scan& scan) {
  const AVStream& stream = *input.streams[scan.index.stream];
  if (scan.cut || stream.nb_frames > scan.packets) return true;
  if (input.duration <= 0 || input.duration_estimation_method == AVFMT_DURATION_FROM_BITRATE) return false;
  const std::int64_t start = input.start_time == AV_NOPTS_VALUE ? 0 : std::min<std::int64_t>(0, input.start_time);
  const double frame_s = stream.avg_frame_rate.num > 0 ? 1 / av_q2d(stream.avg_frame_rate) : 0;
  return double(input.duration - (scan.end_us - start)) / AV_TIME_BASE > 0.03 + 2.5 * frame_s;
}

Result<Key> key_of(const fs::path& path) {
  struct stat facts {};
  if (::stat(path.c_str(), &facts) != 0) return file_error(path, "read", errno);
  Hasher hasher;
  hasher.text(path.string()).add(std::int64_t(facts.st_size));
  hasher.add(std::int64_t(facts.st_mtim.tv_sec)).add(std::int64_t(facts.st_mtim.tv_nsec));
  return hasher.key();
}

}  // namespace

const MovieKeyFrame& MovieIndex::key_before(std::int64_t at) const {
  const auto after =
      std::upper_bound(keys.begin(), keys.end(), at, [](std::int64_t t, const MovieKeyFrame& k) { return t < k.pts; });
  return after == keys.begin() ? keys.front() : *(after - 1);
}

Result<InputHandle> open_input(const fs::path& path) {
  ffmpeg::forget_complaint();
  AVFormatContext* context = avformat_alloc_context();
  if (!context) return failure(path.string(), "no memory to open the movie");
  context->flags |= AVFMT_FLAG_GENPTS;
  // The protocol keeps names that look like addresses from being fetched. On failure the context is freed.
  const std::string url = "file:" + path.string();
  if (const int error = avformat_open_input(&context, url.c_str(), nullptr, nullptr); error < 0)
    return project_error(path.string(), fmt::format("cannot be played: {}", ffmpeg::complaint(error)),
                         "it is no movie, or it is damaged or incomplete");
  InputHandle input(context);
  if (const int error = avformat_find_stream_info(input.get(), nullptr); error < 0)
    return project_error(path.string(), fmt::format("its streams cannot be read: {}", ffmpeg::complaint(error)));
  return input;
}

Result<MovieIndex> index_movie(AVFormatContext& input, const fs::path& path) {
  Scan scan;
  scan.index.stream = av_find_best_stream(&input, AVMEDIA_TYPE_VIDEO, -1, -1, nullptr, 0);
  if (scan.index.stream < 0) return project_error(path.string(), "has no video stream");
  const ffmpeg::Packet packet(av_packet_alloc());
  if (!packet) return failure(path.string(), "no memory to read the movie");
  int error = 0;
  while ((error = av_read_frame(&input, packet.get())) >= 0) {
    note(input, *packet, scan);
    av_packet_unref(packet.get());
  }
  MovieIndex& index = scan.index;
  if (index.pts.empty() || index.keys.empty())
    return project_error(path.string(), "holds no frame", "it is damaged or incomplete");
  if (error != AVERROR_EOF || is_cut_off(input, scan))
    return project_error(
        path.string(),
        fmt::format("the movie is cut off after {} frames, before the end that it states", index.pts.size()));
  std::sort(index.pts.begin(), index.pts.end());
  index.pts.erase(std::unique(index.pts.begin(), index.pts.end()), index.pts.end());
  std::sort(index.keys.begin(), index.keys.end(), [](const auto& a, const auto& b) { return a.pts < b.pts; });
  const Result<Key> key = key_of(path);
  if (!key) return key.error();
  index.file = *key;
  return std::move(index);
}

MediaFacts movie_facts(const AVFormatContext& input, const MovieIndex& index, const fs::path& path) {
  const AVStream& stream = *input.streams[index.stream];
  MediaFacts facts{.kind = MediaKind::movie, .path = path.string(), .count = std::int64_t(index.pts.size())};
  const AVRational rate =
      stream.avg_frame_rate.num > 0 && stream.avg_frame_rate.den > 0 ? stream.avg_frame_rate : stream.r_frame_rate;
  if (rate.num > 0 && rate.den > 0) facts.rate = {rate.num, rate.den};
  for (unsigned i = 0; i < input.nb_streams; ++i)
    facts.has_audio |= input.streams[i]->codecpar->codec_type == AVMEDIA_TYPE_AUDIO;
  for (const AVDictionary* tags : {input.metadata, stream.metadata}) {
    const AVDictionaryEntry* entry = nullptr;
    while ((entry = av_dict_get(tags, "", entry, AV_DICT_IGNORE_SUFFIX)))
      facts.metadata.emplace_back(entry->key, entry->value);
  }
  return facts;
}

}  // namespace cookline
