// Follows the output of PyYAML's block style at unlimited width, so that files written by either differ little.
//
// TD differs: PyYAML writes texts with tabs, with blanks at the end of a line or with characters above U+FFFF as one
// long quoted line; here such texts of several lines are literal blocks too, which read back as the same text.
#include "tdn/yaml_writer.h"

#include <fmt/format.h>

#include <algorithm>

#include "tdn/scalar.h"

namespace cookline::tdn {
namespace {

// The next character of valid UTF-8 at `at`, which moves behind it.
std::uint32_t next_character(std::string_view text, std::size_t& at) {
  const auto byte = [text](std::size_t i) { return i < text.size() ? static_cast<unsigned char>(text[i]) : 0x80u; };
  const std::uint32_t lead = byte(at++);
  if (lead < 0xC0) return lead;
  const int more = lead < 0xE0 ? 1 : lead < 0xF0 ? 2 : 3;
  std::uint32_t code = lead & (0x3Fu >> more);
  for (int i = 0; i < more; ++i) code = code << 6 | (byte(at++) & 0x3F);
  at = std::min(at, text.size());
  return code;
}

// Characters that stand for themselves in YAML 1.1, line breaks and tabs left out.
bool is_printable(std::uint32_t c) {
  return (c >= 0x20 && c < 0x7F) || (c >= 0xA0 && c <= 0xD7FF && c != 0x2028 && c != 0x2029) ||
         (c >= 0xE000 && c <= 0xFFFD && c != 0xFEFF) || (c >= 0x10000 && c <= 0x10FFFF);
}

// What the characters of a text allow.
struct Characters {
  bool only_printable = true;  // besides tabs and line feeds
  bool only_simple = true;     // neither tabs, line feeds nor characters above U+FFFF, which PyYAML escapes
};

Characters look_at(std::string_view text) {
  Characters found;
  for (std::size_t at = 0; at < text.size();) {
    const std::uint32_t c = next_character(text, at);
    const bool is_blank = c == '\t' || c == '\n';
    if (is_blank || c > 0xFFFF) found.only_simple = false;
    if (!is_blank && !is_printable(c)) found.only_printable = false;
  }
  return found;
}

bool is_blank(char c) { return c == ' ' || c == '\t'; }

// Whether the text, one printable line, is a plain scalar of block style that reads back as text.
bool can_be_plain(std::string_view text) {
  if (text.empty() || text.front() == ' ' || text.back() == ' ') return false;
  if (plain_type(text) != Plain::text) return false;
  if (text.starts_with("---") || text.starts_with("...")) return false;
  const char first = text.front();
  if (std::string_view("#,[]{}&*!|>'\"%@`").find(first) != std::string_view::npos) return false;
  if (std::string_view("-?:").find(first) != std::string_view::npos && (text.size() == 1 || text[1] == ' '))
    return false;
  if (text.back() == ':') return false;
  return text.find(": ") == std::string_view::npos && text.find(" #") == std::string_view::npos;
}

// Whether the text, with a line feed, is exactly kept by a literal block. Blanks alone on the last line, or on all
// lines, are left to quotes: readers disagree about them.
bool can_be_literal(std::string_view text, const Characters& characters) {
  if (!characters.only_printable || text.find_first_not_of(" \t\n") == std::string_view::npos) return false;
  const std::string_view last = text.substr(text.rfind('\n') + 1);
  return last.empty() || last.find_first_not_of(" \t") != std::string_view::npos;
}

std::string single_quoted(std::string_view text) {
  std::string out = "'";
  for (const char c : text) {
    if (c == '\'') out += '\'';
    out += c;
  }
  return out + "'";
}

std::string escaped(std::uint32_t c) {
  switch (c) {
    case 0x00:
      return "\\0";
    case 0x07:
      return "\\a";
    case 0x08:
      return "\\b";
    case 0x09:
      return "\\t";
    case 0x0A:
      return "\\n";
    case 0x0B:
      return "\\v";
    case 0x0C:
      return "\\f";
    case 0x0D:
      return "\\r";
    case 0x1B:
      return "\\e";
    case 0x85:
      return "\\N";
    case 0x2028:
      return "\\L";
    case 0x2029:
      return "\\P";
    default:
      break;
  }
  if (c < 0x100) return fmt::format("\\x{:02X}", c);
  return c <= 0xFFFF ? fmt::format("\\u{:04X}", c) : fmt::format("\\U{:08X}", c);
}

std::string double_quoted(std::string_view text) {
  std::string out = "\"";
  for (std::size_t at = 0; at < text.size();) {
    const std::size_t start = at;
    const std::uint32_t c = next_character(text, at);
    if (c == '"' || c == '\\')
      out += {'\\', char(c)};
    else if (is_printable(c) && c <= 0xFFFF)
      out += text.substr(start, at - start);
    else
      out += escaped(c);
  }
  return out + "\"";
}

// A text in one line, in the simplest form that keeps it.
std::string inline_text(std::string_view text) {
  const Characters characters = look_at(text);
  if (!characters.only_printable || !characters.only_simple) return double_quoted(text);
  return can_be_plain(text) ? std::string(text) : single_quoted(text);
}

std::string scalar_text(const Node& node) {
  switch (node.kind) {
    case Kind::null:
      return "null";
    case Kind::boolean:
      return node.boolean ? "true" : "false";
    case Kind::integer:
      return std::to_string(node.integer);
    case Kind::real:
      return is_long_integer(node) ? node.text : real_text(node.real);
    default:
      return inline_text(node.text);
  }
}

bool is_short_vector(const Node& list) {
  return list.items.size() <= 4 &&
         std::all_of(list.items.begin(), list.items.end(), [](const Node& n) { return n.is_number(); });
}

class YamlWriter {
 public:
  // Writes a value behind `key:` or `-` of a collection that stands at column `indent`, up to and with its line feed.
  void value(const Node& node, std::size_t indent, bool behind_dash) {
    if (node.kind == Kind::map && !node.entries.empty()) {
      out += behind_dash ? " " : "\n";
      map(node, indent + 2, behind_dash);
    } else if (node.kind == Kind::list && !is_short_vector(node)) {
      out += behind_dash ? " " : "\n";
      list(node, behind_dash ? indent + 2 : indent, behind_dash);
    } else if (node.kind == Kind::text && node.text.find('\n') != std::string::npos &&
               can_be_literal(node.text, look_at(node.text))) {
      literal(node.text, indent + 2);
    } else {
      out += " " + flow(node) + "\n";
    }
  }

  // `started`: the first line is begun already, behind a dash.
  void map(const Node& node, std::size_t indent, bool started) {
    for (const Entry& entry : node.entries) {
      if (!started) out.append(indent, ' ');
      started = false;
      key(entry.key, indent);
      value(entry.value, indent, false);
    }
  }

  void list(const Node& node, std::size_t indent, bool started) {
    for (const Node& item : node.items) {
      if (!started) out.append(indent, ' ');
      started = false;
      out += "-";
      value(item, indent, true);
    }
  }

  static std::string flow(const Node& node) {
    if (node.kind == Kind::map) return "{}";
    if (node.kind != Kind::list) return scalar_text(node);
    std::string text = "[";
    for (const Node& item : node.items) text += (text.size() > 1 ? ", " : "") + scalar_text(item);
    return text + "]";
  }

  std::string out;

 private:
  // Readers look for the colon of a simple key only so far; longer keys get the explicit form.
  void key(const std::string& name, std::size_t indent) {
    const std::string text = inline_text(name);
    if (text.size() <= 128) {
      out += text + ":";
    } else {
      out += "? " + text + "\n";
      out.append(indent, ' ');
      out += ":";
    }
  }

  void literal(std::string_view text, std::size_t indent) {
    out += " |";
    if (text.front() == '\n' || is_blank(text.front())) out += "2";  // the first line does not show the indentation
    if (text.back() != '\n')
      out += "-";
    else if (text.ends_with("\n\n"))
      out += "+";
    out += "\n";
    while (!text.empty()) {
      const std::size_t end = std::min(text.find('\n'), text.size());
      if (end > 0) out.append(indent, ' ').append(text.substr(0, end));
      out += "\n";
      text.remove_prefix(std::min(end + 1, text.size()));
    }
  }
};

}  // namespace

std::string to_yaml(const Node& root) {
  YamlWriter writer;
  if (root.kind == Kind::map && !root.entries.empty())
    writer.map(root, 0, false);
  else if (root.kind == Kind::list && !is_short_vector(root))
    writer.list(root, 0, false);
  else
    writer.out = root.kind == Kind::text ? double_quoted(root.text) + "\n" : YamlWriter::flow(root) + "\n";
  return std::move(writer.out);
}

}  // namespace cookline::tdn
