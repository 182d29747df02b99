#include "render/encode_options.h"

#include <fmt/format.h>

#include <algorithm>

namespace cookline {
namespace {

Error placed(Error error, std::string where) {
  error.where = std::move(where);
  return error;
}

std::string numbered(std::size_t block, const char* row) { return fmt::format("input{}{}", block, row); }

// Names of the channels of a block.
Result<ExrNames> channel_names(Engine& engine, NodeId sink, std::size_t block) {
  ExrNames names;
  for (std::size_t i = 0; i < names.size(); ++i) {
    constexpr const char* rows[] = {"r", "g", "b", "a"};
    const std::string par = numbered(block, rows[i]);
    const Result<Value> value = engine.eval(sink, par);
    if (!value) return value.error();
    names[i] = to_text(*value);
    if (Status status = check_exr_channel_name(names[i]); !status)
      return placed(status.error(), fmt::format("{}.{}", engine.network().path(sink), par));
  }
  return names;
}

// The first block is of the input, the others are of the TOPs that they name.
Status read_blocks(Engine& engine, NodeId sink, ExrOptions& exr) {
  for (std::size_t block = 0; engine.network().parameter(sink, numbered(block, "top")); ++block) {
    const Result<Value> top = engine.eval(sink, numbered(block, "top"));
    if (!top) return top.error();
    const std::string named = to_text(*top);
    if (block == 0 && !named.empty())
      return project_error(fmt::format("{}.input0top", exr.source),
                           fmt::format("names '{}', but the first block names the channels of the input", named),
                           "name it in the next block, input1top");
    if (block > 0 && named.empty()) continue;
    const Result<ExrNames> names = channel_names(engine, sink, block);
    if (!names) return names.error();
    if (block == 0)
      exr.names = *names;
    else
      exr.layers.push_back({.source = named, .names = *names});
  }
  return {};
}

// Rows of name, value and perhaps type.
Status read_header(Engine& engine, NodeId sink, ExrOptions& exr) {
  const Result<Value> dat = engine.eval(sink, "headerdat");
  if (!dat) return dat.error();
  const std::string named = to_text(*dat), place = exr.source + ".headerdat";
  if (named.empty()) return {};
  const NodeId id = engine.network().lookup(sink, named);
  if (!id) return project_error(place, fmt::format("there is no operator '{}'", named));
  const Result<TableHandle> held = engine.table(id);
  if (!held) return held.error();
  const Table table = (*held)->is_table ? **held : as_table((*held)->text);
  for (std::size_t row = 0; row < table.rows.size(); ++row) {
    const std::vector<std::string>& cells = table.rows[row];
    const std::string where = fmt::format("{} row {}", engine.network().path(id), row);
    if (cells.size() < 2 || cells.size() > 3)
      return project_error(where, fmt::format("has {} cells", cells.size()), "name, value and perhaps type");
    const ExrAttribute attribute{cells[0], cells[1], cells.size() > 2 ? cells[2] : ""};
    if (Status status = check_exr_attribute(attribute); !status) return placed(status.error(), where);
    const auto same = [&](const ExrAttribute& a) { return a.name == attribute.name; };
    if (std::any_of(exr.attributes.begin(), exr.attributes.end(), same))
      return project_error(where, fmt::format("'{}' is in a row above already", attribute.name));
    exr.attributes.push_back(attribute);
  }
  return {};
}

Status read_exr(Engine& engine, NodeId sink, ExrOptions& exr) {
  exr.source = engine.network().path(sink);
  const Result<Value> points = engine.eval(sink, "pointcloud");
  if (!points) return points.error();
  exr.points = to_bool(*points);
  if (Status status = read_blocks(engine, sink, exr); !status) return status;
  return read_header(engine, sink, exr);
}

}  // namespace

bool needed_for_images(const Node& node, const ParInfo& info) {
  if (!node.type || !node.type->def->record || (info.name != "headerdat" && info.style != Style::TOP)) return false;
  const auto item = [&](const char* name) {
    const Parameter* par = node.find(name);
    return par ? menu_item(*par->info, par->value) : std::string();
  };
  return item("imagefiletype") == "exr" && item("type").starts_with("image");
}

Result<EncodeOptions> encode_options(Engine& engine, NodeId sink, ImageFileType type) {
  EncodeOptions options;
  const Result<Value> quality = engine.eval(sink, "quality");
  if (!quality) return quality.error();
  options.quality = to_double(*quality);
  for (const auto& [name, text] : {std::pair{"outputcolorspace", &options.colour.space},
                                   std::pair{"outputreferencewhite", &options.colour.white}}) {
    const Result<Value> value = engine.eval(sink, name);
    if (!value) return value.error();
    *text = menu_item(*engine.network().parameter(sink, name)->info, *value);
  }
  const Result<Value> mip_maps = engine.eval(sink, "mipmaps");
  if (!mip_maps) return mip_maps.error();
  options.mip_maps = to_bool(*mip_maps);
  if (type == ImageFileType::exr)
    if (const Status status = read_exr(engine, sink, options.exr); !status) return status.error();
  return options;
}

}  // namespace cookline
