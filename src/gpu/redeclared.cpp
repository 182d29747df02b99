#include "gpu/redeclared.h"

#include <algorithm>
#include <array>
#include <cctype>
#include <map>

#include "base/text.h"

namespace cookline {
namespace {

bool in_word(char c) { return std::isalnum(static_cast<unsigned char>(c)) || c == '_'; }

// Words, and single characters between them; lines of the preprocessor are left out.
class Tokens {
 public:
  explicit Tokens(std::string_view text) : text_(text) {}
  std::string_view next() {
    for (;;) {
      while (at_ < text_.size() && std::isspace(static_cast<unsigned char>(text_[at_]))) ++at_;
      if (at_ >= text_.size()) return {};
      if (text_[at_] != '#') break;
      at_ = std::min(text_.find('\n', at_), text_.size());
    }
    const std::size_t start = at_++;
    if (in_word(text_[start]))
      while (at_ < text_.size() && in_word(text_[at_])) ++at_;
    return text_.substr(start, at_ - start);
  }
  bool array_follows() const {
    const std::size_t there = text_.find_first_not_of(" \t\r\n", at_);
    return there != std::string_view::npos && text_[there] == '[';
  }

 private:
  std::string_view text_;
  std::size_t at_ = 0;
};

bool qualifies(std::string_view word) {
  constexpr std::array<std::string_view, 10> words = {"layout",    "lowp",    "mediump", "highp",    "flat",
                                                      "invariant", "precise", "const",   "volatile", "coherent"};
  return std::ranges::count(words, word) > 0;
}

bool opaque(std::string_view type) {
  return type.find("sampler") != std::string_view::npos || type.find("image") != std::string_view::npos ||
         type.starts_with("texture") || type == "atomic_uint";
}

// Follows the declarations outside of functions and blocks.
class Declarations {
 public:
  // Whether the word is the name of a uniform that means something else already.
  bool take(std::string_view word, bool array) {
    if (word == "{" || word == "(" || word == "[") {
      if (word == "{" && depth_ == 0) block_ = interface_, uniform_ = interface_ = false;
      arrays_ = arrays_ || (word == "[" && uniform_ && !type_.empty());
      ++depth_;
    } else if (word == "}" || word == ")" || word == "]") {
      depth_ = std::max(0, depth_ - 1);
      block_ = block_ && depth_ > 0;
    } else if (depth_ == 0) {
      return outside(word, array);
    } else if (block_ && in_word(word[0])) {
      names_.emplace(word, std::string());  // members of a block without a name are known by theirs
    }
    return false;
  }

 private:
  bool outside(std::string_view word, bool array) {
    if (word == ";") return uniform_ = value_ = interface_ = false;
    if (word == "," || word == "=") return value_ = word == "=", false;
    if (!in_word(word[0])) return false;
    interface_ = interface_ || word == "uniform" || word == "buffer" || word == "in" || word == "out";
    if (word == "uniform") {
      uniform_ = true, value_ = arrays_ = false, type_.clear();
      return false;
    }
    if (!uniform_ || value_) return names_.emplace(word, std::string()), false;
    if (type_.empty()) {
      if (!qualifies(word)) type_ = word;
      return false;
    }
    const std::string type = opaque(type_) ? std::string() : type_ + (array || arrays_ ? "[]" : "");
    const auto [known, fresh] = names_.emplace(word, type);
    if (type.empty()) return false;
    const bool same = known->second == type && !type.ends_with("[]");
    return word.starts_with("gl_") || (!fresh && !same);
  }

  std::map<std::string, std::string, std::less<>> names_;  // with types of uniforms, empty for all else
  std::string type_;
  int depth_ = 0;
  bool uniform_ = false, value_ = false, arrays_ = false;
  bool interface_ = false, block_ = false;  // a declaration that may become a block; within one
};

}  // namespace

std::string redeclared_uniform(std::string_view text) {
  Tokens tokens(text);
  Declarations declarations;
  for (std::string_view word = tokens.next(); !word.empty(); word = tokens.next())
    if (declarations.take(word, tokens.array_follows())) return std::string(word);
  return {};
}

int line_of_uniform(std::string_view text, std::string_view name) {
  int number = 0;
  for (const std::string& line : split_lines(std::string(text))) {
    ++number;
    Tokens tokens(line);
    bool uniform = false;
    for (std::string_view word = tokens.next(); !word.empty(); word = tokens.next()) {
      if (uniform && word == name) return number;
      uniform = uniform || word == "uniform";
    }
  }
  return 0;
}

}  // namespace cookline
