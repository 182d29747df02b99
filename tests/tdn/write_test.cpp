// Documents to text: the form of real files, unknown fields in their places, and random documents read back.
#include "tdn/write.h"

#include <gtest/gtest.h>

#include "base/random.h"
#include "tdn/full_example.h"
#include "tdn/read.h"

namespace cookline::tdn {
namespace {

Document read(std::string_view text) {
  const Result<Document> document = read_document_text(text, "show.tdn");
  EXPECT_TRUE(document) << (document ? "" : to_string(document.error()));
  return document ? *document : Document{};
}

TEST(write, the_full_example_is_written_byte_by_byte_as_it_was_read) {
  EXPECT_EQ(write_document(read(full_example)), full_example);
}

TEST(write, a_document_made_by_a_program_needs_no_header_fields) {
  Document document;
  Operator noise;
  noise.name.value = "noise1";
  noise.type.value = "noiseTOP";
  noise.parameters.push_back({"period", {}, {ParMode::constant, 2.0, "", {}}});
  noise.parameters.push_back({"seed", {}, {ParMode::expression, {}, "me.time.frame", {}}});
  document.root.children.push_back(noise);
  EXPECT_EQ(write_document(document), R"(format: tdn
version: '2.0'
operators:
- name: noise1
  type: noiseTOP
  parameters:
    period: 2
    seed: =me.time.frame
)");
  EXPECT_EQ(write_document(Document{}), "format: tdn\nversion: '2.0'\noperators: []\n");
}

TEST(write, unknown_fields_stand_where_they_stood_at_every_level) {
  const std::string text = R"(x_first: 1
format: tdn
version: '2.0'
options:
  include_dat_content: true
  x_option: on the way
type_defaults:
  nullTOP:
    size: [1, 2]
    x_default:
    - a
par_templates:
  t:
  - name: A
    x_par: 1.0
    style: Int
operators:
- name: a
  x_operator:
    deep:
    - 1.0
    - null
    - - x
  type: baseCOMP
  inputs:
  - index: 0
    source: b
    x_wire: true
  annotations:
  - name: n
    mode: comment
    x_note: 123456789012345678901234567890
x_last: []
)";
  EXPECT_EQ(write_document(read(text)), text);
}

TEST(write, the_bare_form_stays_bare) {
  EXPECT_EQ(write_document(read("[{\"name\": \"a\", \"type\": \"nullTOP\"}]")), "- name: a\n  type: nullTOP\n");
}

TEST(write, code_that_begins_with_its_own_prefix_is_kept) {
  Document document = read("- {name: a, type: x, parameters: {p: 1}}\n");
  ParValue& value = document.root.children[0].parameters[0].value;
  for (const ParMode mode : {ParMode::constant, ParMode::expression, ParMode::bind}) {
    for (const char* text : {"=x", "~x", "==", "~", "", "x", "on", "12"}) {
      value = {mode,
               mode == ParMode::constant ? Value(text) : Value(std::int64_t{0}),
               mode == ParMode::constant ? "" : text,
               {}};
      const Document again = read(write_document(document));
      EXPECT_EQ(again, document) << write_document(document);
    }
  }
}

TEST(write, numbers_are_exact_and_whole_ones_have_no_point) {
  const Document document = read(
      "- {name: a, type: x, parameters: {a: 0.1, b: 3.0, c: 0.30000000000000004, d: 1.0e-12, e: -0.0, f: 1.0e+20}}\n");
  EXPECT_EQ(write_document(document),
            "- name: a\n  type: x\n  parameters:\n    a: 0.1\n    b: 3\n    c: 0.30000000000000004\n    d: 1.0e-12\n   "
            " e: -0.0\n    f: 1.0e+20\n");
}

// Random documents that use every field.
class RandomDocument {
 public:
  explicit RandomDocument(std::uint64_t seed) : seed_(seed) {}

  Document document() {
    Document out;
    out.bare = next(20) == 0;
    if (!out.bare) {
      if (next(2)) out.format.value = "tdxn", out.version.value = "2.1";
      maybe(out.build, [&] { return At<std::int64_t>{std::int64_t(next(1000)), {}}; });
      for (auto* field : {&out.generator, &out.td_build, &out.source_file, &out.exported_at, &out.network_path})
        maybe(*field, [&] { return text(); });
      maybe(out.options, [&] {
        Options options;
        maybe(options.include_dat_content, [&] { return boolean(); });
        maybe(options.include_storage, [&] { return boolean(); });
        options.extra = extra();
        return options;
      });
      for (std::uint64_t i = next(3); i > 0; --i) out.type_defaults.push_back(type_default(i));
      for (std::uint64_t i = next(3); i > 0; --i)
        out.par_templates.push_back({{"t" + std::to_string(i), {}}, custom_pars()});
      Operator root = op(0);
      root.name.value.clear();
      root.position.reset(), root.size.reset(), root.dock.reset(), root.dat_content.reset(), root.dat_read_only.reset();
      root.palette_clone.reset(), root.tdn_ref.reset(), root.tox_ref.reset(), root.inputs.clear(),
          root.comp_inputs.clear();
      out.root = root;
    }
    out.root.children = operators(0);
    return out;
  }

 private:
  std::uint64_t next(std::uint64_t below) { return random_bits(seed_, counter_++) % below; }

  template <class T, class Make>
  void maybe(std::optional<T>& field, Make make) {
    if (next(3) == 0) field = make();
  }

  std::string string() {
    static const std::vector<std::string> pieces = {"a", "Noise", " ",  "\n", ": ",   "#", "-", "'",  "\"", "=",
                                                    "~", "0",     ".5", "on", "null", "é", "😀", "\t", "{",  "]"};
    std::string out;
    for (std::uint64_t i = next(5); i > 0; --i) out += pieces[next(pieces.size())];
    return out;
  }
  Text text() { return {string(), {}}; }
  Text nonempty() { return {"n" + string(), {}}; }
  At<bool> boolean() { return {next(2) == 1, {}}; }
  double number() { return next(3) ? double(next(2000)) - 1000 : (double(next(1u << 30)) - (1 << 29)) / 1024.0 / 3; }
  Vec2 vec2() { return {number(), number()}; }
  Vec3 vec3() { return {number(), number(), number()}; }

  Value value() {
    switch (next(4)) {
      case 0:
        return next(2) == 1;
      case 1:
        return std::int64_t(random_bits(seed_, counter_++));
      case 2:
        return compact(number());
      default:
        return string();
    }
  }
  ParValue par_value() {
    const auto mode = ParMode(next(3));
    if (mode == ParMode::constant) return {mode, value(), "", {}};
    return {mode, std::int64_t{0}, string(), {}};
  }
  std::vector<ParValue> par_values() {
    std::vector<ParValue> out;
    for (std::uint64_t i = next(4); i > 0; --i) out.push_back(par_value());
    return out;
  }
  std::vector<NamedPar> pars() {
    std::vector<NamedPar> out;
    for (std::uint64_t i = next(4); i > 0; --i) out.push_back({"p" + std::to_string(i) + string(), {}, par_value()});
    return out;
  }
  std::vector<Text> texts() {
    std::vector<Text> out;
    for (std::uint64_t i = next(4); i > 0; --i) out.push_back(text());
    return out;
  }
  std::vector<Flag> flags() {
    std::vector<Flag> out;
    for (std::uint64_t i = next(3); i > 0; --i) out.push_back({"viewer", next(2) == 1, {}});
    return out;
  }
  std::vector<Extra> extra() {
    std::vector<Extra> out;
    for (std::uint64_t i = next(8) == 0 ? 2 : 0; i > 0; --i)
      out.push_back({next(9), {"x_" + std::to_string(i), {}, tree(0)}});
    std::sort(out.begin(), out.end(), [](const Extra& a, const Extra& b) { return a.index < b.index; });
    return out;
  }
  Node tree(int depth) {
    switch (next(depth > 2 ? 4 : 6)) {
      case 0:
        return null_node();
      case 1:
        return real_node(number());
      case 2:
        return boolean_node(true);
      case 3:
        return text_node(string());
      case 4:
        return list_node({tree(depth + 1), tree(depth + 1)});
      default:
        return map_node({{"k" + string(), {}, tree(depth + 1)}, {"$type", {}, tree(depth + 1)}});
    }
  }

  template <class T, class Make>
  Components<T> components(Make make) {
    Components<T> out;
    out.is_list = next(2) == 1;
    for (std::uint64_t i = out.is_list ? next(4) : 1; i > 0; --i) out.values.push_back(make());
    return out;
  }
  CustomPar custom_par() {
    CustomPar par;
    par.name = nonempty();
    par.style.value = par_styles()[next(par_styles().size())];
    for (auto* field : {&par.label, &par.menu_source, &par.sequence}) maybe(*field, [&] { return text(); });
    maybe(par.size, [&] { return At<std::int64_t>{std::int64_t(1 + next(4)), {}}; });
    for (auto* field : {&par.start_section, &par.bind_range}) maybe(*field, [&] { return boolean(); });
    maybe(par.default_value, [&] { return components<Value>([&] { return value(); }); });
    for (auto* field : {&par.min, &par.max, &par.norm_min, &par.norm_max})
      maybe(*field, [&] { return components<double>([&] { return number(); }); });
    for (auto* field :
         {&par.clamp_min, &par.clamp_max, &par.read_only, &par.password, &par.style_clone_immune, &par.enable})
      maybe(*field, [&] { return components<bool>([&] { return next(2) == 1; }); });
    for (auto* field : {&par.default_expr, &par.default_bind_expr, &par.default_mode, &par.enable_expr, &par.help})
      maybe(*field, [&] { return components<std::string>([&] { return string(); }); });
    for (auto* field : {&par.menu_names, &par.menu_labels}) maybe(*field, [&] { return texts(); });
    maybe(par.value, [&] { return par_value(); });
    maybe(par.values, [&] { return At<std::vector<ParValue>>{par_values(), {}}; });
    par.extra = extra();
    return par;
  }
  std::vector<CustomPar> custom_pars() {
    std::vector<CustomPar> out;
    for (std::uint64_t i = next(3); i > 0; --i) out.push_back(custom_par());
    return out;
  }
  Page page(std::uint64_t i) {
    Page out{{"Page" + std::to_string(i), {}}, {}, {}, {}};
    if (next(2)) return out.pars = custom_pars(), out;
    out.from_template = nonempty();
    for (std::uint64_t k = next(3); k > 0; --k) {
      const bool is_list = next(2) == 1;
      out.overrides.push_back(
          {"o" + std::to_string(k), is_list ? par_values() : std::vector{par_value()}, is_list, {}});
    }
    return out;
  }
  TypeDefault type_default(std::uint64_t i) {
    TypeDefault out;
    out.type.value = "type" + std::to_string(i);
    out.parameters = pars();
    maybe(out.flags, [&] { return flags(); });
    maybe(out.size, [&] { return At<Vec2>{vec2(), {}}; });
    maybe(out.color, [&] { return At<Vec3>{vec3(), {}}; });
    maybe(out.tags, [&] { return texts(); });
    out.extra = extra();
    return out;
  }
  std::vector<Connection> connections() {
    std::vector<Connection> out;
    for (std::uint64_t i = next(3); i > 0; --i)
      out.push_back(next(3) ? Connection{"o" + string(), int(next(3)), {}, {}} : Connection{});
    if (!out.empty()) out.back().source = "last";
    return out;
  }
  DatContent content() {
    DatContent out;
    out.table.is_table = next(2) == 1;
    if (!out.table.is_table) return out.table.text = string() + string(), out;
    const std::uint64_t columns = 1 + next(3);
    for (std::uint64_t i = next(3); i > 0; --i) {
      auto& row = out.table.rows.emplace_back();
      for (std::uint64_t k = 0; k < columns; ++k) row.push_back(string());
    }
    return out;
  }
  Annotation annotation() {
    Annotation out;
    out.name = nonempty();
    out.mode.value = next(2) ? "comment" : "networkbox";
    for (auto* field : {&out.title, &out.text}) maybe(*field, [&] { return text(); });
    for (auto* field : {&out.position, &out.size}) maybe(*field, [&] { return At<Vec2>{vec2(), {}}; });
    maybe(out.color, [&] { return At<Vec3>{vec3(), {}}; });
    for (auto* field : {&out.opacity, &out.back_alpha, &out.title_height, &out.body_font_size})
      maybe(*field, [&] { return At<double>{number(), {}}; });
    out.extra = extra();
    return out;
  }
  Operator op(std::uint64_t i) {
    Operator out;
    out.name.value = "op" + std::to_string(i) + string();
    out.type.value = "type" + std::to_string(next(4));
    out.parameters = pars();
    for (std::uint64_t k = next(3); k > 0; --k) {
      Sequence sequence{{"s" + std::to_string(k), {}}, {}};
      for (std::uint64_t b = next(3); b > 0; --b) sequence.blocks.push_back({pars(), {}});
      out.sequences.push_back(sequence);
    }
    for (std::uint64_t k = next(3); k > 0; --k) out.custom_pars.push_back(page(k));
    maybe(out.flags, [&] { return flags(); });
    for (auto* field : {&out.position, &out.size}) maybe(*field, [&] { return At<Vec2>{vec2(), {}}; });
    maybe(out.color, [&] { return At<Vec3>{vec3(), {}}; });
    for (auto* field : {&out.comment, &out.dock, &out.tox_ref}) maybe(*field, [&] { return text(); });
    maybe(out.tags, [&] { return texts(); });
    for (auto* field : {&out.storage, &out.startup_storage})
      maybe(*field, [&] { return map_node({{"k", {}, tree(0)}}); });
    out.inputs = connections();
    out.comp_inputs = connections();
    maybe(out.dat_content, [&] { return content(); });
    for (auto* field : {&out.dat_read_only, &out.palette_clone}) maybe(*field, [&] { return boolean(); });
    for (std::uint64_t k = next(3); k > 0; --k) out.annotations.push_back(annotation());
    out.extra = extra();
    return out;
  }
  std::vector<Operator> operators(int depth) {
    std::vector<Operator> out;
    for (std::uint64_t i = next(depth > 2 ? 2 : 4); i > 0; --i) {
      Operator& made = out.emplace_back(op(i));
      if (next(2))
        made.children = operators(depth + 1);
      else if (next(2))
        made.tdn_ref = nonempty();
    }
    return out;
  }

  std::uint64_t seed_, counter_ = 0;
};

TEST(write, random_documents_read_back_equal_and_are_then_written_the_same) {
  for (std::uint64_t seed = 0; seed < 1000; ++seed) {
    const Document document = RandomDocument(seed).document();
    const std::string text = write_document(document);
    const Result<Document> again = read_document_text(text, "again");
    ASSERT_TRUE(again) << to_string(again.error()) << "\n" << text;
    ASSERT_TRUE(*again == document) << text;
    ASSERT_EQ(write_document(*again), text);
  }
}

TEST(write, documents_that_differ_in_one_value_are_not_equal) {
  const Document document = read(full_example);
  Document other = document;
  other.root.children[7].children[0].position->value[0] = 301;
  EXPECT_FALSE(other == document);
  other = document;
  other.root.storage->entries[0].value.integer = 43;
  EXPECT_FALSE(other == document);
}

}  // namespace
}  // namespace cookline::tdn
