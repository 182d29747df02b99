// TOPs that choose pictures themselves (files, what they have kept): their choice of a frame, made once, in the script
// phase where it depends on the frames before.
#include "cook/media_view.h"
#include "cook/plan_builder.h"
#include "cook/services.h"

namespace cookline {

Result<Chosen> Engine::choose(NodeId id) {
  Result<Filled> filled = fill(id);
  if (!filled) return filled.error();
  Runtime& rt = runtime(id);
  const OpDef& def = *network_.at(id).type->def;
  if (rt.chosen && rt.chosen_serial == serial_ && rt.chosen_epoch == network_.epoch()) return *rt.chosen;
  Result<std::vector<Held>> held = gather(id, *filled);
  if (!held) return held.error();
  Step step(*this, id, *filled, *held);
  Result<Chosen> chosen = def.choose(step.call);
  rt.stepped_serial = serial_;
  rt.warnings = std::move(step.cook.warnings);
  for (const std::string& warning : rt.warnings) warn_once(project_error(step.cook.path, warning));
  rt.error = chosen ? "" : to_string(chosen.error());
  if (!chosen) return chosen;
  chosen->moving |= filled->moving;
  rt.chosen = *chosen, rt.chosen_serial = serial_, rt.chosen_epoch = network_.epoch();
  return chosen;
}

// Of those that remember, each in every frame, whether or not their picture is asked for. What is wrong with them is
// fatal only to what needs them.
Status Engine::step_choosers() {
  for (const NodeId id : std::vector<NodeId>(workers_.choosers)) {
    const Node* node = network_.find(id);
    if (!node) continue;
    const OpDef& def = *node->type->def;
    Result<Filled> filled = fill(id);
    if (!filled) return filled.error();
    if (def.time_of && def.time_of(filled->pars->own()) != Time::stepped) continue;
    if (const Result<Chosen> chosen = choose(id); !chosen) warn_once(chosen.error());
  }
  return {};
}

Time Engine::time_of(NodeId id) const {
  const Node& node = network_.at(id);
  const OpDef& def = *node.type->def;
  if (!def.time_of) return def.time;
  ParSet pars = node.type->make_pars();
  for (const Parameter& p : node.pars)
    if (!p.info->custom && p.mode == ParMode::CONSTANT) store(pars, *p.info, p.value);
  return def.time_of(pars.own());
}

Result<int> PlanBuilder::chosen_leaf(const PixelNode& user, const ChosenPicture& picture, bool moving) {
  if (!picture.image && !picture.media) return -1;
  PixelNode leaf;
  leaf.id = user.id, leaf.path = user.path, leaf.moving = moving;
  if (picture.image) {
    leaf.image = picture.image, leaf.key = picture.key;
    leaf.width_px = leaf.image->width(), leaf.height_px = leaf.image->height();
    leaf.aspect = leaf.image->aspect, leaf.format = leaf.image->format();
    return push(std::move(leaf));
  }
  Result<PictureFacts> facts = picture.media->picture(picture.index);
  if (!facts) {
    Error error = facts.error();
    error.where = user.path + " (" + error.where + ")";
    return error;
  }
  *facts = facts_of_view(*facts, picture.view);
  leaf.width_px = facts->width_px, leaf.height_px = facts->height_px;
  leaf.aspect = facts->aspect, leaf.format = facts->format, leaf.key = facts->key;
  leaf.read = [media = picture.media, index = picture.index, view = picture.view]() -> Result<ImageHandle> {
    Result<ImageHandle> image = media->read(index);
    return image ? picture_in_view(*image, view) : image;
  };
  return push(std::move(leaf));
}

// What a TOP has chosen becomes its last inputs; `like` gets the size and format that it states.
Status PlanBuilder::add_chosen(NodeId id, PixelNode& node, PixelNode& like) {
  Result<Chosen> chosen = engine_.choose(id);
  if (!chosen) return chosen.error();
  like.width_px = chosen->width_px, like.height_px = chosen->height_px;
  like.aspect = chosen->aspect, like.format = chosen->format;
  node.moving |= chosen->moving;
  for (const ChosenPicture& picture : chosen->pictures) {
    Result<int> leaf = chosen_leaf(node, picture, chosen->moving);
    if (!leaf) return leaf.error();
    node.inputs.push_back(*leaf);
    node.held.emplace_back();
    node.weights.push_back(float(picture.weight));
  }
  if (node.weights.size() == 1 && node.weights[0] == 1) node.pass = node.inputs.back();
  return {};
}

}  // namespace cookline
