// Merging of type defaults and templates, as on import by Embody.
#include "tdn/resolve.h"

#include <fmt/format.h>

#include <map>

#include "tdn/codec.h"
#include "tdn/read_node.h"

namespace cookline::tdn {
namespace {

class Resolver {
 public:
  Resolver(const Document& document, std::size_t most_values) : file_(document.file), left_(most_values) {
    for (const TypeDefault& entry : document.type_defaults) defaults_[entry.type.value] = &entry;
    for (const ParTemplate& entry : document.par_templates) {
      templates_[entry.name.value] = &entry;
      template_names_.push_back(entry.name.value);
    }
  }

  Status operator_and_below(Operator& op, const std::string& path) {
    for (Page& page : op.custom_pars)
      if (Status status = expand(page, path); !status) return status;
    for (Operator& child : op.children) {
      const std::string child_path = path + "/" + child.name.value;
      if (Status status = take_defaults(child); !status) return status;
      if (Status status = operator_and_below(child, child_path); !status) return status;
    }
    return {};
  }

 private:
  // A small file could otherwise ask for a number of values that is the square of its size.
  Status count(std::size_t values, Place place) {
    if (values > left_)
      return project_error(place_text(file_, place), "type defaults and templates expand to too many values");
    left_ -= values;
    return {};
  }

  Status take_defaults(Operator& op) {
    const auto found = defaults_.find(op.type.value);
    if (found == defaults_.end()) return {};
    const TypeDefault& common = *found->second;
    if (Status status = count(common.parameters.size(), op.place); !status) return status;
    merge_parameters(common.parameters, op.parameters);
    if (!op.flags) op.flags = common.flags;
    if (!op.size) op.size = common.size;
    if (!op.color) op.color = common.color;
    if (!op.tags) op.tags = common.tags;
    return {};
  }

  // The operator's own values win; those in common stand first.
  static void merge_parameters(const std::vector<NamedPar>& common, std::vector<NamedPar>& own) {
    if (common.empty()) return;
    std::vector<NamedPar> merged = common;
    std::map<std::string_view, std::size_t> at;
    for (std::size_t i = 0; i < common.size(); ++i) at[common[i].name] = i;
    for (NamedPar& par : own) {
      const auto known = at.find(par.name);
      if (known == at.end())
        merged.push_back(std::move(par));
      else
        merged[known->second] = std::move(par);
    }
    own = std::move(merged);
  }

  Status expand(Page& page, const std::string& path) {
    if (!page.from_template) return {};
    const Text& name = *page.from_template;
    const auto found = templates_.find(name.value);
    if (found == templates_.end()) {
      const std::vector<std::string_view> names(template_names_.begin(), template_names_.end());
      return project_error(fmt::format("{} {}.custom_pars.{}", place_text(file_, name.place), path, page.name.value),
                           fmt::format("there is no template {}", in_quotes(name.value)),
                           did_you_mean(name.value, names));
    }
    const std::vector<CustomPar>& pars = found->second->pars;
    if (Status status = count(pars.size(), name.place); !status) return status;
    page.pars = pars;
    std::map<std::string_view, CustomPar*> by_name;
    for (CustomPar& par : page.pars) by_name[par.name.value] = &par;
    for (Override& value : page.overrides) {
      const auto par = by_name.find(value.name);
      if (par == by_name.end()) return unknown_override(page, value, path);
      if (value.is_list)
        par->second->values = At<std::vector<ParValue>>{std::move(value.values), value.place};
      else
        par->second->value = std::move(value.values.at(0));
    }
    page.overrides.clear();
    page.from_template.reset();
    return {};
  }

  Error unknown_override(const Page& page, const Override& value, const std::string& path) const {
    std::vector<std::string_view> names;
    for (const CustomPar& par : page.pars) names.push_back(par.name.value);
    return project_error(
        fmt::format("{} {}.custom_pars.{}", place_text(file_, value.place), path, page.name.value),
        fmt::format("the template {} has no parameter {}", in_quotes(page.from_template->value), in_quotes(value.name)),
        did_you_mean(value.name, names));
  }

  std::string file_;
  std::size_t left_;
  std::map<std::string, const TypeDefault*> defaults_;
  std::map<std::string, const ParTemplate*> templates_;
  std::vector<std::string> template_names_;
};

}  // namespace

Result<Document> resolved(Document document, std::size_t most_values) {
  const Document source{.file = document.file,
                        .type_defaults = std::move(document.type_defaults),
                        .par_templates = std::move(document.par_templates)};
  document.type_defaults.clear();
  document.par_templates.clear();
  Resolver resolver(source, most_values);
  if (Status status = resolver.operator_and_below(document.root, ""); !status) return status.error();
  return document;
}

}  // namespace cookline::tdn
