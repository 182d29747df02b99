// Services for operator tests: they answer from plain maps that a test fills.
#pragma once
#include <functional>
#include <map>

#include "base/text.h"
#include "op/cook.h"

namespace cookline {

struct FakeServices : Services {
  std::vector<ParView> views;
  std::map<std::string, std::vector<std::pair<std::string, double>>> infos;
  std::map<std::string, Table> info_tables;
  std::map<std::string, Value> replies;
  std::map<std::string, std::string> files;
  Table held;
  std::function<Result<Value>(const std::string&, std::span<const std::pair<std::string, Value>>)> evaluator;

  Result<std::vector<ParView>> parameters(std::string_view, std::string_view pars, bool custom, bool builtin) override {
    std::vector<ParView> found;
    for (const ParView& v : views)
      if ((v.custom ? custom : builtin) && match_patterns(pars, v.name)) found.push_back(v);
    return found;
  }
  Result<std::vector<std::pair<std::string, double>>> info(std::string_view op) override {
    const auto at = infos.find(std::string(op));
    if (at == infos.end()) return project_error(std::string(op), "no such operator");
    return at->second;
  }
  Result<Table> info_table(std::string_view op) override {
    const auto at = info_tables.find(std::string(op));
    if (at == info_tables.end()) return project_error(std::string(op), "no such operator");
    return at->second;
  }
  std::string path_of(std::string_view op) override { return op.empty() ? std::string() : "/" + std::string(op); }
  std::optional<Value> take_reply(const std::string& callback) override {
    const auto at = replies.find(callback);
    if (at == replies.end()) return {};
    const Value value = at->second;
    replies.erase(at);
    return value;
  }
  Result<Value> evaluate(const std::string& expression, std::span<const std::pair<std::string, Value>> names) override {
    if (!evaluator) return project_error({}, "no expressions in this test: " + expression);
    return evaluator(expression, names);
  }
  std::map<std::string, MediaHandle> media;
  std::map<std::string, SoundHandle> sounds;
  Result<SoundHandle> open_sound(const std::string& file, int) override {
    if (const auto found = sounds.find(file); found != sounds.end()) return found->second;
    return project_error(file, "there is no such file");
  }
  Result<MediaHandle> open_media(const std::string& file, int) override {
    const auto at = media.find(file);
    if (at != media.end()) return at->second;
    return project_error(file, "there is no such file");
  }
  const Table& content() override { return held; }
  Result<std::string> read_text_file(const std::string& file, std::string_view) override {
    const auto at = files.find(file);
    if (at != files.end()) return at->second;
    Error error = failure(file, "there is no such file");
    error.missing = true;
    return error;
  }
  Status write_text_file(const std::string& file, const std::string& text) override {
    files[file] = text;
    return {};
  }
};

}  // namespace cookline
