// Inside the tdn layer: how each type of a document is read from values and turned back into values. One table of
// fields per object serves both ways, so that nothing is read that is not written.
#pragma once
#include <concepts>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "base/result.h"
#include "tdn/document.h"

namespace cookline::tdn {

// What is being read: the file, the trail to the value (`/recorder/noise1.parameters.period`), the first error.
class Reader {
 public:
  explicit Reader(std::string file) : file_(std::move(file)) {}

  // Leaves the trail as it was when it goes out of scope.
  class Step {
   public:
    Step(Reader& reader, std::string path_more, std::string field)
        : reader_(reader), path_length_(reader.path_.size()), field_(std::exchange(reader.field_, std::move(field))) {
      reader.path_ += path_more;
    }
    ~Step() {
      reader_.path_.resize(path_length_);
      reader_.field_ = std::move(field_);
    }
    Step(const Step&) = delete;
    Step& operator=(const Step&) = delete;

   private:
    Reader& reader_;
    std::size_t path_length_;
    std::string field_;
  };
  Step into(std::string_view field) {
    return {*this, "", (field_.empty() ? "" : field_ + ".") + std::string(field.substr(0, 200))};
  }
  Step into_operator(std::string_view name) { return {*this, "/" + std::string(name.substr(0, 200)), ""}; }

  // Keeps the first error.
  void fail(Place place, std::string what, std::string hint = {});
  // "must be X, found Y".
  void fail_type(const Node& found, std::string_view allowed, std::string hint = {});
  void warn(Place place, std::string what, std::string hint = {});
  bool failed() const { return error_.has_value(); }
  const Error& error() const { return *error_; }
  std::vector<Warning> take_warnings() { return std::move(warnings_); }

  // Warns if a key that is not known looks like one of those that are.
  void check_typo(const Entry& entry, const std::vector<std::string>& known);

 private:
  std::string where(Place place) const;

  std::string file_;
  std::string path_;   // of the operator: "/recorder/noise1"
  std::string field_;  // below it: "parameters.period"
  std::optional<Error> error_;
  std::vector<Warning> warnings_;
};

// "did you mean 'x'?" for the nearest of the names, or nothing.
std::string did_you_mean(std::string_view name, std::span<const std::string_view> known);

// decode() reads a value into its type or makes the reader fail; it is never given null.
// encode() gives the value to write, nothing if the field is absent.
void decode(Reader& reader, const Node& node, Text& out);
void decode(Reader& reader, const Node& node, At<bool>& out);
void decode(Reader& reader, const Node& node, At<std::int64_t>& out);
void decode(Reader& reader, const Node& node, At<double>& out);
void decode(Reader& reader, const Node& node, At<Vec2>& out);
void decode(Reader& reader, const Node& node, At<Vec3>& out);
void decode(Reader& reader, const Node& node, std::vector<Text>& out);
void decode(Reader& reader, const Node& node, Components<Value>& out);
void decode(Reader& reader, const Node& node, Components<double>& out);
void decode(Reader& reader, const Node& node, Components<bool>& out);
void decode(Reader& reader, const Node& node, Components<std::string>& out);
void decode(Reader& reader, const Node& node, Node& out);  // a map, kept as it is
void decode(Reader& reader, const Node& node, ParValue& out);
void decode(Reader& reader, const Node& node, At<std::vector<ParValue>>& out);
void decode(Reader& reader, const Node& node, std::vector<NamedPar>& out);
void decode(Reader& reader, const Node& node, std::vector<Sequence>& out);
void decode(Reader& reader, const Node& node, std::vector<CustomPar>& out);
void decode(Reader& reader, const Node& node, std::vector<Page>& out);
void decode(Reader& reader, const Node& node, std::vector<Flag>& out);
void decode(Reader& reader, const Node& node, std::vector<Connection>& out);
void decode(Reader& reader, const Node& node, DatContent& out);
void decode(Reader& reader, const Node& node, std::vector<Annotation>& out);
void decode(Reader& reader, const Node& node, std::vector<Operator>& out);
void decode(Reader& reader, const Node& node, std::vector<TypeDefault>& out);
void decode(Reader& reader, const Node& node, std::vector<ParTemplate>& out);
void decode(Reader& reader, const Node& node, Options& out);

std::optional<Node> encode(const Text& value);
std::optional<Node> encode(const At<bool>& value);
std::optional<Node> encode(const At<std::int64_t>& value);
std::optional<Node> encode(const At<double>& value);
std::optional<Node> encode(const At<Vec2>& value);
std::optional<Node> encode(const At<Vec3>& value);
std::optional<Node> encode(const std::vector<Text>& value);
std::optional<Node> encode(const Components<Value>& value);
std::optional<Node> encode(const Components<double>& value);
std::optional<Node> encode(const Components<bool>& value);
std::optional<Node> encode(const Components<std::string>& value);
std::optional<Node> encode(const Node& value);
std::optional<Node> encode(const ParValue& value);
std::optional<Node> encode(const At<std::vector<ParValue>>& value);
std::optional<Node> encode(const std::vector<NamedPar>& value);
std::optional<Node> encode(const std::vector<Sequence>& value);
std::optional<Node> encode(const std::vector<CustomPar>& value);
std::optional<Node> encode(const std::vector<Page>& value);
std::optional<Node> encode(const std::vector<Flag>& value);
std::optional<Node> encode(const std::vector<Connection>& value);
std::optional<Node> encode(const DatContent& value);
std::optional<Node> encode(const std::vector<Annotation>& value);
std::optional<Node> encode(const std::vector<Operator>& value);
std::optional<Node> encode(const std::vector<TypeDefault>& value);
std::optional<Node> encode(const std::vector<ParTemplate>& value);
std::optional<Node> encode(const Options& value);

template <class T>
void decode(Reader& reader, const Node& node, std::optional<T>& out) {
  decode(reader, node, out.emplace());
}
template <class T>
std::optional<Node> encode(const std::optional<T>& value) {
  return value ? encode(*value) : std::nullopt;
}

}  // namespace cookline::tdn
