#include "cook/plan_builder.h"
#include "cook/profile.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

namespace cookline {
namespace {

constexpr int max_side_px = 65536;
constexpr double max_pixels = 1u << 30;
constexpr int max_depth = 2000;  // of TOPs in a row

Error missing(Error error) {
  error.missing = true;
  return error;
}

void hash_value(Hasher& h, const Value& v) {
  h.add(int(v.index()));
  std::visit(
      [&](const auto& x) {
        if constexpr (std::is_same_v<std::decay_t<decltype(x)>, std::string>)
          h.text(x);
        else
          h.add(x);
      },
      v);
}

void hash_rows(Hasher& h, std::span<const Par> rows, void* pars) {
  for (const Par& row : rows) {
    for (int c = 0; c < row.size; ++c) hash_value(h, row.get(pars, c));
    if (row.style != Style::Sequence) continue;
    const std::int64_t blocks = to_int(row.get(pars, 0));
    for (int b = 0; b < blocks; ++b) hash_rows(h, row.block, row.block_at(pars, b));
  }
}

void hash_held(Hasher& h, const Held& held) {
  if (held.channels)
    for (const Channel& c : held.channels->channels) {
      h.text(c.name).add(std::uint64_t(c.samples.size()));
      h.bytes(c.samples.data(), c.samples.size() * sizeof(double));
    }
  if (held.table) h.text(as_text(*held.table));
}

struct Size {
  int w, h;
};

Size scaled(Size s, double fx, double fy) {
  return {std::max(1, int(std::lround(s.w * fx))), std::max(1, int(std::lround(s.h * fy)))};
}

Size fit_size(Size s, Size box, bool only_down) {
  const double f = std::min(double(box.w) / s.w, double(box.h) / s.h);
  if (only_down && f >= 1) return s;
  return scaled(s, f, f);
}

}  // namespace

Result<int> PlanBuilder::add(NodeId id) {
  if (const auto at = known_.find(id); at != known_.end()) return at->second;
  const Node* node = net_.find(id);
  if (!node) return missing(project_error({}, "an operator that is needed does not exist any more"));
  if (!node->type)
    return missing(project_error(
        net_.path(id),
        fmt::format("unknown operator type '{}': its data is kept, but it cannot be cooked", node->type_name)));
  if (node->type->def->family != Family::TOP)
    return project_error(net_.path(id), fmt::format("a {} has no picture", node->type_name), "a TOP is needed here");
  if (const auto at = std::find(stack_.begin(), stack_.end(), id); at != stack_.end()) {
    std::string text;
    for (auto i = at; i != stack_.end(); ++i) text += net_.path(*i) + " → ";
    return project_error(net_.path(id), "cook loop: " + text + net_.path(id), "only a Feedback TOP may close a loop");
  }
  if (stack_.size() >= max_depth)
    return project_error(net_.path(id), fmt::format("more than {} operators in a row", max_depth));
  stack_.push_back(id);
  Result<int> index = add_fresh(id);
  stack_.pop_back();
  if (index) known_[id] = *index;
  return index;
}

void PlanBuilder::keep(NodeId target) {
  if (std::find(targets_.begin(), targets_.end(), target) == targets_.end()) targets_.push_back(target);
}

// A leaf with the picture `target` had in the frame before; the target's new picture is kept for the next frame.
Result<int> PlanBuilder::previous(NodeId target) {
  keep(target);
  const auto former = engine_.former_.find(target);
  if (former == engine_.former_.end()) return -1;
  PixelNode leaf;
  leaf.id = target, leaf.path = net_.path(target), leaf.image = former->second.image;
  leaf.width_px = leaf.image->width(), leaf.height_px = leaf.image->height();
  leaf.aspect = leaf.image->aspect, leaf.format = leaf.image->format();
  leaf.key = former->second.key, leaf.moving = true;
  return push(std::move(leaf));
}

Status PlanBuilder::add_inputs(const Engine::Filled& filled, const std::vector<NodeId>& sources, PixelNode& node) {
  const std::size_t wires = sources.size() - filled.refs.size();
  std::vector<int> formers(sources.size(), -2);  // index of the leaf of a one-frame-back reference
  Connected connected;
  connected.wired = int(wires);
  for (std::size_t i = 0; i < sources.size(); ++i) {
    bool there = bool(sources[i]);
    if (i >= wires && filled.previous[i - wires]) {
      Result<int> leaf = previous(sources[i]);
      if (!leaf) return leaf.error();
      formers[i] = *leaf;
      there = *leaf >= 0;
    }
    connected.is.push_back(there);
  }
  const OpDef& def = *node.def;
  Use use;
  if (def.use)
    use = def.use(filled.pars->own(), connected);
  else
    for (std::size_t i = 0; i < sources.size(); ++i)
      if (connected.is[i]) use.inputs.push_back(int(i));
  node.inputs.assign(sources.size(), -1);
  node.held.resize(sources.size());
  for (int i : use.inputs) {
    if (!connected[i]) continue;
    const std::size_t at = std::size_t(i);
    if (formers[at] >= 0) {
      node.inputs[at] = formers[at];
    } else if (net_.at(sources[at]).family() != "TOP") {
      if (Status status = engine_.cook_value(sources[at]); !status) return status;
      node.held[at] = engine_.runtime(sources[at]).held;
      node.moving |= engine_.runtime(sources[at]).moving;
    } else {
      Result<int> input = add(sources[at]);
      if (!input) return input.error();
      node.inputs[at] = *input;
    }
    if (node.inputs[at] >= 0) node.moving |= plan.nodes[std::size_t(node.inputs[at])].moving;
  }
  if (Status status = add_also_read(filled, node); !status) return status;
  if (use.pass && !use.inputs.empty()) node.pass = node.inputs[std::size_t(use.inputs.front())];
  return {};
}

Status PlanBuilder::add_also_read(const Engine::Filled& filled, PixelNode& node) {
  node.first_also = int(node.held.size());
  const Status status =
      append_also_read(*node.def, filled.pars->own(), node.held, [&](const std::string& name, Held& held) -> Status {
        const NodeId source = net_.lookup(node.id, name);
        if (!source || net_.at(source).family() != "DAT") return {};
        if (Status cooked = engine_.cook_value(source); !cooked) return cooked;
        held = engine_.runtime(source).held;
        node.moving |= engine_.runtime(source).moving;
        return {};
      });
  node.inputs.resize(node.held.size(), -1);
  return status;
}

Status PlanBuilder::work_out_size(const TopCommon& common, const PixelNode* source, PixelNode& node) const {
  const EngineOptions& options = engine_.options_;
  Size box{common.resolution[0], common.resolution[1]};
  if (common.resmult) box = scaled(box, options.scale_x, options.scale_y);
  Size size = source ? Size{source->width_px, source->height_px} : box;
  switch (common.outputresolution) {
    case OutputResolution::useinput:
      break;
    case OutputResolution::eighth:
      size = scaled(size, 0.125, 0.125);
      break;
    case OutputResolution::quarter:
      size = scaled(size, 0.25, 0.25);
      break;
    case OutputResolution::half:
      size = scaled(size, 0.5, 0.5);
      break;
    case OutputResolution::x2:
      size = scaled(size, 2, 2);
      break;
    case OutputResolution::x4:
      size = scaled(size, 4, 4);
      break;
    case OutputResolution::x8:
      size = scaled(size, 8, 8);
      break;
    case OutputResolution::fit:
      size = fit_size(size, box, false);
      break;
    case OutputResolution::limit:
      size = fit_size(size, box, true);
      break;
    case OutputResolution::custom:
      size = box;
      break;
  }
  if (size.w > max_side_px || size.h > max_side_px || double(size.w) * size.h > max_pixels)
    return project_error(node.path + ".resolutionw", fmt::format("{}x{} pixels are too many", size.w, size.h),
                         fmt::format("at most {} a side and 2^30 in all", max_side_px));
  node.width_px = size.w, node.height_px = size.h;
  const double pixels = double(size.w) / size.h;
  switch (common.outputaspect) {
    case OutputAspect::useinput:
      node.aspect = source ? source->aspect : pixels;
      break;
    case OutputAspect::resolution:
      node.aspect = pixels;
      break;
    case OutputAspect::custom:
      node.aspect = common.aspect[0] / common.aspect[1];
      break;
  }
  if (common.format > 0)
    node.format = PixelFormat(common.format - 1);
  else if (source)
    node.format = source->format;
  if (options.float32) node.format = as_float32(node.format);
  return {};
}

Key PlanBuilder::key_of(const PixelNode& node, const Engine::Filled& filled, const TypeInfo& type) const {
  Hasher h;
  h.text(type.def->type).add(engine_.hash_of_pars(node.id, filled));
  h.add(node.width_px)
      .add(node.height_px)
      .add(node.aspect)
      .add(int(node.format))
      .add(int(node.filter))
      .text(node.channel_mask);
  h.add(node.wired).add(node.zero).add(node.pass_number);
  for (const float weight : node.weights) h.add(weight);
  for (std::size_t i = 0; i < node.inputs.size(); ++i) {
    h.add(node.inputs[i] >= 0 ? plan.nodes[std::size_t(node.inputs[i])].key : Key{});
    hash_held(h, node.held[i]);
  }
  if (type.def->time != Time::fixed && !type.def->choose)
    h.add(node.frame.index).add(node.frame.rate.num).add(node.frame.rate.den);
  return h.key();
}

Result<int> PlanBuilder::add_fresh(NodeId id) {
  Result<Engine::Filled> filled = engine_.fill(id);
  if (!filled) return filled.error();
  const Node& op = net_.at(id);
  PixelNode node;
  node.id = id, node.path = net_.path(id), node.def = op.type->def, node.pars = filled->pars,
  node.frame = engine_.frame_;
  // A sink's steps belong to the script phase; its picture is a plain copy of its input.
  node.moving = filled->moving || (node.def->time != Time::fixed && !node.def->record && !node.def->choose);
  std::vector<NodeId> sources = engine_.wires_of(op);
  node.wired = int(sources.size());
  const std::size_t connected =
      std::size_t(std::count_if(sources.begin(), sources.end(), [](NodeId s) { return bool(s); }));
  if (op.flags.lock) {
    if (!engine_.runtime(id).held.image)
      return project_error(node.path, "the operator is locked, but the file holds no picture of it",
                           "unlock it so that it cooks from its inputs");
    node.def = nullptr, node.image = engine_.runtime(id).held.image;
    node.width_px = node.image->width(), node.height_px = node.image->height(), node.format = node.image->format();
    node.aspect = node.image->aspect, node.key = hash_bytes(node.image->pixels()), node.moving = false;
    return push(std::move(node));
  }
  if (!op.flags.bypass && connected < std::size_t(node.def->min_in))
    return missing(
        project_error(node.path, fmt::format("{} of {} needed inputs are connected", connected, node.def->min_in)));
  if (op.flags.bypass) {
    node.zero = sources.empty() || !sources[0];
    sources.resize(node.zero ? 0 : 1);
    if (!node.zero) {
      Result<int> input = add(sources[0]);
      if (!input) return input.error();
      return *input;
    }
  } else {
    sources.insert(sources.end(), filled->refs.begin(), filled->refs.end());
    if (Status status = add_inputs(*filled, sources, node); !status) return status.error();
  }

  const TopCommon& common = filled->pars->common<TopCommon>();
  int from = node.def->size_input ? node.def->size_input(filled->pars->own()) : -1;
  if (from < 0 || std::size_t(from) >= node.inputs.size() || node.inputs[std::size_t(from)] < 0) {
    from = -1;
    for (std::size_t i = 0; i < node.inputs.size() && from < 0; ++i)
      if (node.inputs[i] >= 0) from = int(i);
  }
  PixelNode like;
  if (node.def->choose && !op.flags.bypass)
    if (Status status = add_chosen(id, node, like); !status) return status.error();
  if ((node.def->store || node.def->stored_place) && !op.flags.bypass)
    if (Status status = add_stored(id, *filled, node, like); !status) return status.error();
  std::optional<Natural> natural;
  if (node.def->natural && !op.flags.bypass) natural = node.def->natural(filled->pars->own(), node.held);
  const PixelNode* source = from >= 0 ? &plan.nodes[std::size_t(node.inputs[std::size_t(from)])] : nullptr;
  if (source && node.def->reshape && !op.flags.bypass)
    natural = node.def->reshape(filled->pars->own(), {source->width_px, source->height_px, source->format});
  if (natural) {
    like.width_px = natural->width_px, like.height_px = natural->height_px, like.format = natural->format;
    like.aspect = double(like.width_px) / like.height_px;
  }
  if (!node.weights.empty() || natural) source = &like;
  if (Status status = work_out_size(common, source, node); !status) return status.error();
  node.filter = common.inputfiltertype;
  // What is not made of the same pixels of the first input has no passes and no channels to keep of it.
  const bool other = node.def->choose || node.def->store || node.def->stored_place || node.def->reshape;
  if (!other) node.channel_mask = common.chanmask;

  if (node.pass >= 0) {
    const PixelNode& in = plan.nodes[std::size_t(node.pass)];
    if (in.width_px == node.width_px && in.height_px == node.height_px && in.format == node.format &&
        in.aspect == node.aspect)
      return node.pass;
    node.pass = -1;
  }
  node.key = key_of(node, *filled, *op.type);
  int index = push(std::move(node));
  for (int pass = 1; pass < std::min(common.npasses, 1000); ++pass) {
    PixelNode next = plan.nodes[std::size_t(index)];
    if (next.wired == 0 || next.inputs[0] < 0 || other) break;
    next.inputs[0] = index, next.pass_number = pass, next.image = nullptr;
    next.key = key_of(next, *filled, *op.type);
    index = push(std::move(next));
  }
  return index;
}

Key Engine::hash_of_pars(NodeId id, const Filled& filled) {
  Runtime& rt = runtime(id);
  if (rt.hashed_pars == filled.pars) return rt.pars_hash;
  Hasher h;
  hash_rows(h, network_.at(id).type->def->pars, filled.pars->tables.front().get());
  rt.hashed_pars = filled.pars;
  return rt.pars_hash = h.key();
}

Result<PixelPlanHandle> Engine::plan(NodeId id) {
  PlanBuilder builder(*this);
  Result<int> output = builder.add(id);
  if (!output) return output.error();
  find_workers();
  for (const NodeId store : std::vector<NodeId>(workers_.stores)) {
    Result<Filled> filled = network_.find(store) ? fill(store) : Result<Filled>(Filled{});
    if (!filled) return filled.error();
    if (filled->pars && network_.at(store).type->def->time_of(filled->pars->own()) == Time::stepped)
      if (Result<int> kept = builder.add(store); !kept) return kept.error();
  }
  if (Status status = builder.add_keeps(); !status) return status.error();
  builder.plan.output = *output;
  return std::make_shared<const PixelPlan>(std::move(builder.plan));
}

Result<ImageHandle> Engine::image(NodeId id) {
  Result<PixelPlanHandle> plan = this->plan(id);
  if (!plan) return plan.error();
  read_device_ = read_device_ || uses_device(**plan);
  const ProfileScope others(counts, ProfileScope::Work::others, [] { return std::string(); });
  Result<CookedPixels> cooked = cook_pixels(**plan, cache_, options_.pixels, &counts);
  if (!cooked) return cooked.error();
  for (const Error& warning : cooked->warnings) warn_once(warning);
  runtime(id).held.image = cooked->output;
  return cooked->output;
}

Result<Engine::PictureInfo> Engine::picture_info(NodeId id) {
  PlanBuilder builder(*this);
  const Result<int> output = builder.add(id);
  if (!output) return output.error();
  const PixelNode& node = builder.plan.nodes[std::size_t(*output)];
  return PictureInfo{node.width_px, node.height_px, node.aspect, node.format};
}

void Engine::commit(const CookedPixels& cooked) {
  for (const KeptPixels& kept : cooked.keep) {
    former_[kept.id] = {kept.image, kept.key};
    std::erase(read_.targets, kept.id);
  }
  for (const auto& [id, slots] : cooked.stores) {
    stores_[id] = slots;
    std::erase(read_.stores, id);
  }
  for (const Error& warning : cooked.warnings) warn_once(warning);
}

}  // namespace cookline
