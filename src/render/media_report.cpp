#include "render/media_report.h"

#include <fmt/format.h>

#include <filesystem>

namespace cookline {
namespace {

void take_pictures(Media& media, PlannedMedium& medium) {
  constexpr std::string_view kinds[] = {"image", "sequence", "movie"};
  const MediaFacts& facts = media.facts();
  medium.kind = kinds[std::size_t(facts.kind)];
  medium.present = true;
  medium.images = facts.count, medium.rate = facts.rate, medium.missing = facts.missing;
  medium.problem = what_is_missing(facts);
  // The first one of a sequence is there, else it would not begin with it.
  const Result<PictureFacts> first = media.picture(0);
  if (first)
    medium.width_px = first->width_px, medium.height_px = first->height_px;
  else
    medium.problem = to_string(first.error()), medium.fatal = true;
}

void take_sound(const Result<SoundHandle>& sound, PlannedMedium& medium) {
  medium.present = sound || !sound.error().missing;
  if (!sound) {
    medium.problem = to_string(sound.error()), medium.fatal = true;
    return;
  }
  medium.kind = "sound";
  medium.channels = int((*sound)->samples.size()), medium.rate_hz = (*sound)->rate_hz;
  medium.seconds = double((*sound)->length()) / medium.rate_hz;
}

}  // namespace

std::optional<PlannedMedium> planned_medium(const Engine& engine, const Node& node, const Parameter& par) {
  if (!node.type || node.type->def->record || par.info->custom || par.info->style != Style::File) return std::nullopt;
  PlannedMedium medium{.file = to_text(par.value)};
  if (par.mode != ParMode::CONSTANT || medium.file.empty()) return std::nullopt;
  const std::string path = engine.network().path(node.id) + "." + par.info->name;
  const std::string& place = par.source.empty() ? node.source : par.source;
  medium.where = place.empty() ? path : place + " " + path;
  if (node.type->def->choose && engine.files.media) {
    const Result<MediaHandle> media = engine.files.media(medium.file, 0);
    if (media)
      take_pictures(**media, medium);
    else
      medium.present = !media.error().missing, medium.problem = to_string(media.error()), medium.fatal = true;
    return medium;
  }
  if (node.family() == "CHOP" && engine.files.sound) {
    take_sound(engine.files.sound(medium.file, 0), medium);
    return medium;
  }
  std::error_code failed;
  medium.present =
      std::filesystem::exists(std::filesystem::path(engine.options().project_folder) / medium.file, failed);
  if (medium.present)
    medium.kind = "text";
  else
    medium.problem = fmt::format("there is no file '{}'", medium.file);
  return medium;
}

std::string to_text(const PlannedMedium& m) {
  if (!m.present) return "missing";
  if (m.kind.empty()) return "cannot be read";
  std::string text = m.kind;
  if (m.width_px > 0) text += fmt::format(" {}x{}", m.width_px, m.height_px);
  if (m.kind == "sequence" || m.kind == "movie") text += fmt::format(", {} images", m.images);
  if (!m.missing.empty()) text += fmt::format(" of which {} missing", m.missing.size());
  if (m.channels > 0)
    text += fmt::format(", {} channel{}, {:.6g} samples/s, {:.6g} s", m.channels, m.channels == 1 ? "" : "s", m.rate_hz,
                        m.seconds);
  if (m.rate.num > 0) text += fmt::format(", {:.6g} images/s", m.rate.hz());
  return text;
}

}  // namespace cookline
