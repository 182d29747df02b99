// YAML to values over libyaml's event stream, the parser behind PyYAML's CSafeLoader. libyaml needs no stack for
// nesting; the one recursion here stops at the depth limit.
#include <fmt/format.h>
#include <yaml.h>

#include <map>
#include <memory>
#include <string>

#include "tdn/read_budget.h"
#include "tdn/scalar.h"

namespace cookline::tdn {
namespace {

struct Event {
  yaml_event_t raw{};
  Event() = default;
  Event(const Event&) = delete;
  Event& operator=(const Event&) = delete;
  ~Event() { yaml_event_delete(&raw); }
};

Place place_of_mark(const yaml_mark_t& mark) { return {std::uint32_t(mark.line) + 1, std::uint32_t(mark.column) + 1}; }

std::string_view view(const yaml_char_t* text) {
  return text ? std::string_view(reinterpret_cast<const char*>(text)) : std::string_view();
}

constexpr std::string_view tag_prefix = "tag:yaml.org,2002:";

class YamlReader {
 public:
  YamlReader(std::string_view text, std::string_view file, const ReadLimits& limits)
      : text_(text), file_(file), budget_(limits), ready_(yaml_parser_initialize(&parser_) == 1) {
    if (!ready_) return;
    yaml_parser_set_encoding(&parser_, YAML_UTF8_ENCODING);
    yaml_parser_set_input_string(&parser_, reinterpret_cast<const unsigned char*>(text.data()), text.size());
  }
  ~YamlReader() {
    if (ready_) yaml_parser_delete(&parser_);
  }
  YamlReader(const YamlReader&) = delete;
  YamlReader& operator=(const YamlReader&) = delete;

  Result<Node> document() {
    if (!ready_) return failure(file_, "out of memory");
    Node root;
    if (!read_document(root)) return error_;
    return root;
  }

 private:
  struct Anchor {
    bool complete = false;
    std::size_t height = 0;
    NodeSize size;
    Node value;
  };

  bool fail(Place place, std::string what, std::string hint = {}) {
    error_ = project_error(place_text(file_, place), std::move(what), std::move(hint));
    return false;
  }

  bool next(Event& event) { return yaml_parser_parse(&parser_, &event.raw) == 1 || syntax_error(); }

  bool syntax_error() {
    if (parser_.error == YAML_MEMORY_ERROR) return error_ = failure(file_, "out of memory"), false;
    const std::string problem = parser_.problem ? parser_.problem : "unknown problem";
    if (parser_.error == YAML_READER_ERROR)
      return fail(tdn::place_of(text_, parser_.problem_offset), "this is not valid YAML: " + problem);
    std::string what = "this is not valid YAML: " + problem;
    if (parser_.context) what += fmt::format(", {} from line {}", parser_.context, parser_.context_mark.line + 1);
    return fail(place_of_mark(parser_.problem_mark), what, hint_at(parser_.problem_mark, problem));
  }

  // Advice on the commonest slips, by what stands where the parser stopped.
  std::string hint_at(const yaml_mark_t& mark, std::string_view problem) const {
    std::size_t start = 0;
    for (std::size_t line = 0; line < mark.line && start != std::string_view::npos; ++line) {
      start = text_.find('\n', start);
      if (start != std::string_view::npos) ++start;
    }
    if (start == std::string_view::npos) return {};
    const std::string_view line = text_.substr(start, text_.find('\n', start) - start);
    const std::size_t first = line.find_first_not_of(' ');
    if (first != std::string_view::npos && line[first] == '\t') return "indent with spaces, YAML allows no tabs there";
    if (problem.find("mapping values are not allowed") != std::string_view::npos)
      return "check the indentation, or put a text that holds ': ' in quotes";
    if (problem.find("cannot start any token") != std::string_view::npos)
      return "put a text that begins with this character in quotes";
    return {};
  }

  bool read_document(Node& root) {
    Event stream_start, document_start, first, document_end, end;
    if (!next(stream_start) || !next(document_start)) return false;
    if (document_start.raw.type == YAML_STREAM_END_EVENT) return fail({}, "the file is empty");
    std::size_t height = 0;
    if (!next(first) || !read_value(first.raw, root, 0, height)) return false;
    if (!next(document_end) || !next(end)) return false;
    if (end.raw.type != YAML_STREAM_END_EVENT)
      return fail(place_of_mark(end.raw.start_mark), "the file holds more than one YAML document", "keep one");
    return true;
  }

  bool take(Place place, NodeSize size) { return budget_.take(size) || fail(place, budget_.spent_message()); }

  // Reads the value that begins with `event`. `height` becomes the levels of lists and maps in it.
  bool read_value(const yaml_event_t& event, Node& out, std::size_t depth, std::size_t& height) {
    out.place = place_of_mark(event.start_mark);
    switch (event.type) {
      case YAML_ALIAS_EVENT:
        return read_alias(event, out, depth, height);
      case YAML_SCALAR_EVENT: {
        const auto& scalar = event.data.scalar;
        if (!read_scalar(scalar, out) || !take(out.place, {1, out.text.size()})) return false;
        return keep_anchor(scalar.anchor, out, 0);
      }
      case YAML_SEQUENCE_START_EVENT: {
        const auto& start = event.data.sequence_start;
        out.kind = Kind::list;
        out.style = start.style == YAML_FLOW_SEQUENCE_STYLE ? Style::flow : Style::block;
        return open(out, start.anchor, start.tag, "seq", depth) && read_items(out, depth + 1, height) &&
               keep_anchor(start.anchor, out, height);
      }
      case YAML_MAPPING_START_EVENT: {
        const auto& start = event.data.mapping_start;
        out.kind = Kind::map;
        out.style = start.style == YAML_FLOW_MAPPING_STYLE ? Style::flow : Style::block;
        return open(out, start.anchor, start.tag, "map", depth) && read_entries(out, depth + 1, height) &&
               keep_anchor(start.anchor, out, height);
      }
      default:
        return fail(out.place, "this is not valid YAML: a value is missing");
    }
  }

  // Checks a list or map before its content is read.
  bool open(const Node& node, const yaml_char_t* anchor, const yaml_char_t* tag, std::string_view expected,
            std::size_t depth) {
    if (depth >= budget_.limits().depth)
      return fail(node.place, fmt::format("lists and maps are nested deeper than {} levels", budget_.limits().depth));
    if (tag && view(tag) != "!" && view(tag) != std::string(tag_prefix) + std::string(expected))
      return bad_tag(node.place, tag);
    if (anchor) anchors_.insert_or_assign(std::string(view(anchor)), nullptr);
    return take(node.place, {1, 0});
  }

  bool bad_tag(Place place, const yaml_char_t* tag) {
    return fail(place, fmt::format("the tag {} does not fit this value", in_quotes(view(tag))), "remove the tag");
  }

  bool read_items(Node& list, std::size_t depth, std::size_t& height) {
    std::size_t tallest = 0;
    while (true) {
      Event event;
      if (!next(event)) return false;
      if (event.raw.type == YAML_SEQUENCE_END_EVENT) break;
      std::size_t item_height = 0;
      if (!read_value(event.raw, list.items.emplace_back(), depth, item_height)) return false;
      tallest = std::max(tallest, item_height);
    }
    height = tallest + 1;
    return true;
  }

  bool read_entries(Node& map, std::size_t depth, std::size_t& height) {
    std::size_t tallest = 0;
    std::vector<Entry> own, merged;
    while (true) {
      Event key_event;
      if (!next(key_event)) return false;
      if (key_event.raw.type == YAML_MAPPING_END_EVENT) break;
      Node key;
      std::size_t value_height = 0;
      if (!read_value(key_event.raw, key, depth, value_height)) return false;
      if (!key.is_scalar()) return fail(key.place, "a key must be a single value, found " + describe(key));
      Event value_event;
      if (!next(value_event)) return false;
      Node value;
      if (!read_value(value_event.raw, value, depth, value_height)) return false;
      tallest = std::max(tallest, value_height);
      if (key.style == Style::plain && plain_type(key.text) == Plain::merge) {
        if (!merge(std::move(value), merged)) return false;
      } else {
        own.push_back({std::move(key.text), key.place, std::move(value)});
      }
    }
    // What is merged stands first, and the map's own entries win over it.
    std::move(own.begin(), own.end(), std::back_inserter(merged));
    keep_last_of_equal_keys(merged);
    map.entries = std::move(merged);
    height = tallest + 1;
    return true;
  }

  // `<<: *map` or `<<: [*a, *b]`, where a wins over b.
  bool merge(Node value, std::vector<Entry>& merged) {
    if (value.kind == Kind::map) {
      std::move(value.entries.begin(), value.entries.end(), std::back_inserter(merged));
      return true;
    }
    if (value.kind != Kind::list)
      return fail(value.place, "'<<' merges a map or a list of maps, found " + describe(value));
    for (auto item = value.items.rbegin(); item != value.items.rend(); ++item) {
      if (item->kind != Kind::map)
        return fail(item->place, "'<<' merges a map or a list of maps, found " + describe(*item));
      std::move(item->entries.begin(), item->entries.end(), std::back_inserter(merged));
    }
    return true;
  }

  bool read_scalar(const decltype(yaml_event_t::data.scalar)& scalar, Node& out) {
    const std::string_view text(reinterpret_cast<const char*>(scalar.value), scalar.length);
    const Place place = out.place;
    switch (scalar.style) {
      case YAML_SINGLE_QUOTED_SCALAR_STYLE:
        out.style = Style::single_quoted;
        break;
      case YAML_DOUBLE_QUOTED_SCALAR_STYLE:
        out.style = Style::double_quoted;
        break;
      case YAML_LITERAL_SCALAR_STYLE:
        out.style = Style::literal;
        break;
      case YAML_FOLDED_SCALAR_STYLE:
        out.style = Style::folded;
        break;
      default:
        out.style = Style::plain;
        break;
    }
    const Style style = out.style;
    const std::string_view tag = view(scalar.tag);
    const bool is_text = tag == "!" || tag == std::string(tag_prefix) + "str" || (tag.empty() && style != Style::plain);
    std::optional<Node> value = is_text ? std::optional(text_node(text)) : plain_value(text);
    if (!value) return fail(place, fmt::format("the number {} is too large", in_quotes(text)));
    if (!is_text && !tag.empty() && !tag_fits(tag, *value)) return bad_tag(place, scalar.tag);
    out = std::move(*value);
    out.place = place;
    out.style = style;
    return true;
  }

  static bool tag_fits(std::string_view tag, Node& value) {
    if (!tag.starts_with(tag_prefix)) return false;
    tag.remove_prefix(tag_prefix.size());
    if (tag == "float" && value.kind == Kind::integer) {
      value.real = double(value.integer);
      value.kind = Kind::real;
    }
    return (tag == "null" && value.kind == Kind::null) || (tag == "bool" && value.kind == Kind::boolean) ||
           (tag == "int" && value.kind == Kind::integer) || (tag == "float" && value.kind == Kind::real);
  }

  bool keep_anchor(const yaml_char_t* name, const Node& value, std::size_t height) {
    if (!name) return true;
    auto anchor = std::make_unique<Anchor>(Anchor{true, height, size_of(value), {}});
    if (!take(value.place, anchor->size)) return false;
    anchor->value = value;
    anchors_.insert_or_assign(std::string(view(name)), std::move(anchor));
    return true;
  }

  bool read_alias(const yaml_event_t& event, Node& out, std::size_t depth, std::size_t& height) {
    const Place place = out.place;
    const std::string name(view(event.data.alias.anchor));
    const auto found = anchors_.find(name);
    if (found == anchors_.end())
      return fail(place, fmt::format("the alias '*{}' has no anchor '&{}' before it", name, name));
    if (!found->second) return fail(place, fmt::format("the alias '*{}' stands inside its own anchor", name));
    const Anchor& anchor = *found->second;
    if (depth + anchor.height > budget_.limits().depth)
      return fail(place, fmt::format("lists and maps are nested deeper than {} levels", budget_.limits().depth));
    if (!take(place, anchor.size)) return false;
    out = anchor.value;
    height = anchor.height;
    return true;
  }

  std::string_view text_;
  std::string file_;
  ReadBudget budget_;
  yaml_parser_t parser_{};
  bool ready_ = false;
  std::map<std::string, std::unique_ptr<Anchor>> anchors_;  // no value yet: the anchor's node is still being read
  Error error_;
};

}  // namespace

Result<Node> read_yaml(std::string_view text, std::string_view file, const ReadLimits& limits) {
  return YamlReader(text, file, limits).document();
}

}  // namespace cookline::tdn
