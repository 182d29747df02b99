// What a TDN document says, in types: everything the format defines up to version 2.1, each value with its place in the
// file. Optional fields are kept apart from empty ones; fields that are not known are kept as they were read.
#pragma once
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "data/table.h"
#include "tdn/pars.h"

namespace cookline::tdn {

// `viewer` is on, `-expose` is off.
struct Flag {
  std::string name;
  bool on = true;
  Place place;
  bool operator==(const Flag&) const = default;
};

// What is wired to an input; its index in the list is that of the input.
struct Connection {
  std::string source;  // name of a sibling or path; empty: nothing
  int output = 0;      // of the source
  std::vector<Extra> extra;
  Place place;
  bool operator==(const Connection&) const = default;
};

struct DatContent {
  Table table;
  Place place;
  Place first_line;  // of a text that stands in the file line by line, else line 0
  bool operator==(const DatContent&) const = default;

  // Where a line (from 0) of the text stands in the file.
  Place line_place(std::uint32_t line) const {
    return first_line.line == 0 ? place : Place{first_line.line + line, first_line.column};
  }
};

struct Annotation {
  Text name, mode;
  std::optional<Text> title, text;
  std::optional<At<Vec2>> position, size;
  std::optional<At<Vec3>> color;
  std::optional<At<double>> opacity, back_alpha, title_height, body_font_size;
  std::vector<Extra> extra;
  Place place;
  bool operator==(const Annotation&) const = default;
};

struct Document;

struct Operator {
  Text name, type;
  std::vector<NamedPar> parameters;
  std::vector<Sequence> sequences;
  std::vector<Page> custom_pars;
  std::optional<std::vector<Flag>> flags;
  std::optional<At<Vec2>> position, size;
  std::optional<At<Vec3>> color;
  std::optional<Text> comment;
  std::optional<std::vector<Text>> tags;
  std::optional<Text> dock;
  std::optional<Node> storage, startup_storage;  // maps; {$type, $value} wrappers are kept as they are
  std::vector<Connection> inputs, comp_inputs;
  std::optional<DatContent> dat_content;
  std::optional<At<bool>> dat_read_only, palette_clone;
  std::optional<Text> tdn_ref, tox_ref;
  std::vector<Operator> children;
  std::vector<Annotation> annotations;
  std::vector<Extra> extra;
  Place place;
  std::shared_ptr<const Document> content;  // of tdn_ref, once resolve_refs() has read it; does not count in ==
  bool operator==(const Operator& other) const;
};

// Properties that all operators of a type have where they do not say otherwise.
struct TypeDefault {
  Text type;
  std::vector<NamedPar> parameters;
  std::optional<std::vector<Flag>> flags;
  std::optional<At<Vec2>> size;
  std::optional<At<Vec3>> color;
  std::optional<std::vector<Text>> tags;
  std::vector<Extra> extra;
  bool operator==(const TypeDefault&) const = default;
};

struct ParTemplate {
  Text name;
  std::vector<CustomPar> pars;
  bool operator==(const ParTemplate&) const = default;
};

struct Options {
  std::optional<At<bool>> include_dat_content, include_storage;
  std::vector<Extra> extra;
  bool operator==(const Options&) const = default;
};

// Something that was read, but should be looked at.
struct Warning {
  std::string where;  // "show.tdn:12:7 /recorder/noise1.inptus"
  std::string what;
  std::string hint;
};

struct Document {
  std::string file;   // as errors name it
  bool bare = false;  // only the list of operators, without a header
  Text format{"tdn", {}}, version{"2.0", {}};
  std::optional<At<std::int64_t>> build;
  std::optional<Text> generator, td_build, source_file, exported_at, network_path;
  std::optional<Options> options;
  std::vector<TypeDefault> type_defaults;
  std::vector<ParTemplate> par_templates;
  Operator root;  // the component the document describes: its own properties, and its operators as children
  std::vector<Warning> warnings;
  bool operator==(const Document& other) const;  // what is written; neither file name nor warnings
};

}  // namespace cookline::tdn
