#include "cook/exports.h"

#include <fmt/format.h>

#include <algorithm>

#include "base/text.h"
#include "cook/engine.h"

namespace cookline {
namespace {

// Where an export table holds what; without a row of names: channel, path, parameter.
struct Columns {
  std::size_t channel = 0, path = 1, parameter = 2, enable = std::string::npos, first_row = 0;
};

Columns columns_of(const std::vector<std::string>& head) {
  const auto find = [&](std::initializer_list<std::string_view> names) {
    const auto at = std::find_if(head.begin(), head.end(), [&](const std::string& cell) {
      return std::find(names.begin(), names.end(), to_lower(cell)) != names.end();
    });
    return at == head.end() ? std::string::npos : std::size_t(at - head.begin());
  };
  const std::size_t path = find({"path"}), parameter = find({"parameter", "par"});
  if (path == std::string::npos || parameter == std::string::npos) return {};
  const std::size_t channel = find({"channel", "chan", "name", "index"});
  return {channel == std::string::npos ? 0 : channel, path, parameter, find({"enable", "active"}), 1};
}

std::string cell(const std::vector<std::string>& row, std::size_t column) {
  return column < row.size() ? row[column] : std::string();
}

bool is_off(const std::string& text) { return text == "0" || to_lower(text) == "off" || to_lower(text) == "false"; }

const Channel* channel_at(const Channels& channels, const std::string& text, bool index) {
  if (!index) return channels.find(text);
  const auto number = parse_number(text);
  if (!number || *number < 0 || *number >= double(channels.channels.size())) return nullptr;
  return &channels.channels[std::size_t(*number)];
}

}  // namespace

void Exports::by_name(Engine& engine, NodeId chop, const Warn& warn, std::vector<Driven>& list) const {
  Network& network = engine.network();
  const Result<ChannelsHandle> held = engine.channels(chop);
  if (!held) return warn(held.error());
  const Result<Value> root = engine.eval(chop, "autoexportroot");
  const NodeId base = root && !to_text(*root).empty() ? network.lookup(chop, to_text(*root)) : network.at(chop).parent;
  for (const Channel& channel : (*held)->channels) {
    const std::size_t colon = channel.name.rfind(':');
    if (colon == std::string::npos) continue;
    const NodeId target = network.lookup_in(base, channel.name.substr(0, colon));
    const Parameter* par = target ? network.parameter(target, channel.name.substr(colon + 1)) : nullptr;
    if (par)
      list.push_back({target, par->info->name, network.path(chop) + ":" + channel.name});
    else
      warn(
          project_error(network.path(chop), fmt::format("channel '{}' names no parameter to export to", channel.name)));
  }
}

void Exports::by_table(Engine& engine, NodeId chop, bool index, const Warn& warn, std::vector<Driven>& list) const {
  Network& network = engine.network();
  const Result<Value> path = engine.eval(chop, "exporttable");
  if (!path) return warn(path.error());
  const NodeId dat = network.lookup(chop, to_text(*path));
  const std::string where = network.path(chop) + ".exporttable";
  if (!dat)
    return warn(project_error(where, fmt::format("there is no table '{}' that says what to export to", to_text(*path)),
                              "name one, or set Export Method to Channel Name is Path:Parameter"));
  const Result<TableHandle> table = engine.table(dat);
  if (!table) return warn(table.error());
  const Result<ChannelsHandle> held = engine.channels(chop);
  if (!held) return warn(held.error());
  const Table cells = (*table)->is_table ? **table : as_table((*table)->text);
  const Columns columns = cells.rows.empty() ? Columns{} : columns_of(cells.rows[0]);
  for (std::size_t r = columns.first_row; r < cells.rows.size(); ++r) {
    const std::vector<std::string>& row = cells.rows[r];
    if (is_off(cell(row, columns.enable))) continue;
    const Channel* channel = channel_at(**held, cell(row, columns.channel), index);
    // Paths start at the table.
    const NodeId target = network.lookup(dat, cell(row, columns.path));
    const Parameter* par = target ? network.parameter(target, cell(row, columns.parameter)) : nullptr;
    if (channel && par)
      list.push_back({target, par->info->name, network.path(chop) + ":" + channel->name});
    else
      warn(project_error(where, fmt::format("row {} names no {}", r, channel ? "parameter" : "channel of this CHOP")));
  }
}

void Exports::add(Engine& engine, NodeId chop, const Warn& warn, std::vector<Driven>& list) const {
  const Result<Value> method = engine.eval(chop, "exportmethod");
  if (!method) return warn(method.error());
  const auto how = ExportMethod(to_int(*method));
  if (how == ExportMethod::autoname) return by_name(engine, chop, warn, list);
  by_table(engine, chop, how == ExportMethod::datindex, warn, list);
}

void Exports::drive(Network& network, const Driven& driven, const Warn& warn) const {
  const Parameter* par = network.parameter(driven.target, driven.par);
  if (!par || (par->mode == ParMode::EXPORT && par->export_source == driven.source)) return;
  if (const Status status = network.set_export(driven.target, driven.par, driven.source); !status) warn(status.error());
}

void Exports::apply(Engine& engine, std::span<const NodeId> chops, const Warn& warn) {
  if (chops.empty() && driven_.empty()) return;
  Network& network = engine.network();
  std::vector<Driven> now;
  for (const NodeId chop : chops)
    if (network.find(chop)) add(engine, chop, warn, now);
  // Of several channels for one parameter the last wins, or they would take turns for ever.
  for (std::size_t i = now.size(); i-- > 0;)
    for (std::size_t j = i; j-- > 0;)
      if (now[j].target == now[i].target && now[j].par == now[i].par) now.erase(now.begin() + std::ptrdiff_t(j)), --i;
  for (const Driven& driven : now) drive(network, driven, warn);
  for (const Driven& before : driven_) {
    const bool stays = std::any_of(now.begin(), now.end(),
                                   [&](const Driven& d) { return d.target == before.target && d.par == before.par; });
    const Parameter* par = stays ? nullptr : network.parameter(before.target, before.par);
    if (par && par->mode == ParMode::EXPORT && par->export_source == before.source)
      if (const Status status = network.set_export(before.target, before.par, ""); !status) warn(status.error());
  }
  driven_ = std::move(now);
}

}  // namespace cookline
