#include "op/common.h"

#include "data/pixel_format.h"

namespace cookline {
namespace {

constexpr MenuItem output_resolutions[] = {{"useinput", "Use Input"},
                                           {"eighth", "Eighth"},
                                           {"quarter", "Quarter"},
                                           {"half", "Half"},
                                           {"2x", "2X"},
                                           {"4x", "4X"},
                                           {"8x", "8X"},
                                           {"fit", "Fit Resolution"},
                                           {"limit", "Limit Resolution"},
                                           {"custom", "Custom Resolution"}};
constexpr MenuItem output_aspects[] = {
    {"useinput", "Use Input"}, {"resolution", "Resolution"}, {"custom", "Custom Aspect"}};
constexpr MenuItem filters[] = {
    {"nearest", "Nearest Pixel"}, {"linear", "Interpolate Pixels"}, {"mipmap", "Mipmap Pixels"}};
constexpr MenuItem fill_modes[] = {{"useinput", "Use Input"},         {"fill", "Fill"},     {"width", "Fit Horizontal"},
                                   {"height", "Fit Vertical"},        {"best", "Fit Best"}, {"outside", "Fit Outside"},
                                   {"nativeres", "Native Resolution"}};

// The Pixel Format menu: "useinput", then every PixelFormat in order.
constexpr auto formats = [] {
  std::array<MenuItem, pixel_format_count + 1> items{};
  items[0] = {"useinput", "Use Input"};
  for (std::size_t i = 0; i < pixel_format_count; ++i) items[i + 1] = {pixel_formats[i].name, pixel_formats[i].label};
  return items;
}();

using T = TopCommon;
constexpr Par top_rows[] = {
    par<&T::outputresolution>("outputresolution", "Output Resolution")
        .on("Common")
        .items(output_resolutions)
        .help("How the output's size is chosen; without an input, Use Input takes Resolution."),
    par<&T::resolution>("resolution", "Resolution")
        .on("Common")
        .suffixes("wh")
        .at_least(1)
        .slider(1, 4096)
        .in("px")
        .help("Width and height for Custom, Fit and Limit, and for generators without an input."),
    par<&T::resmult>("resmult", "Use Global Res Multiplier")
        .on("Common")
        .help("Custom resolutions follow the project's resolution multiplier (the option --res)."),
    par<&T::outputaspect>("outputaspect", "Output Aspect")
        .on("Common")
        .items(output_aspects)
        .help("How the output's width to height ratio is chosen."),
    par<&T::aspect>("aspect", "Aspect")
        .on("Common")
        .at_least(1e-6)
        .slider(0, 10)
        .help("Width and height of the ratio when Output Aspect is Custom Aspect."),
    par<&T::inputfiltertype>("inputfiltertype", "Input Smoothness")
        .on("Common")
        .items(filters)
        .help("How inputs of another size are sampled."),
    par<&T::fillmode>("fillmode", "Fill Viewer")
        .on("Common")
        .items(fill_modes)
        .help("How a viewer shows the picture; no effect on pixels."),
    par<&T::filtertype>("filtertype", "Viewer Smoothness")
        .on("Common")
        .items(filters)
        .help("How a viewer samples the picture; no effect on pixels."),
    par<&T::npasses>("npasses", "Passes")
        .on("Common")
        .at_least(1)
        .slider(1, 10)
        .help("How often the operator is applied, each time to its own output; operators that pass a picture on or "
              "have no input stay the same."),
    par<&T::chanmask>("chanmask", "Channel Mask")
        .on("Common")
        .help(
            "Letters of the channels the operator writes (rgba); the others come from the first input. Operators that "
            "pass a picture on stay the same."),
    par<&T::format>("format", "Pixel Format")
        .on("Common")
        .as(Style::Menu)
        .items(formats)
        .help("How pixels are stored; fixed formats clamp to 0-1 and round."),
};

constexpr MenuItem colour_spaces[] = {{"srgb", "sRGB"},
                                      {"srgblinear", "sRGB - Linear"},
                                      {"rec601ntsc", "Rec.601 (NTSC)"},
                                      {"rec709", "Rec.709"},
                                      {"rec2020", "Rec.2020"},
                                      {"dcip3", "DCI-P3"},
                                      {"dcip3d60", "DCI-P3 (D60)"},
                                      {"displayp3d65", "Display-P3 (D65)"},
                                      {"aces2065-1", "ACES2065-1"},
                                      {"acescg", "ACEScg"},
                                      {"passthrough", "Passthrough"}};
constexpr MenuItem reference_whites[] = {{"default", "Default For Color Space"},
                                         {"useparent", "Use Parent Panel"},
                                         {"sdr", "Standard (SDR)"},
                                         {"hdr", "High (HDR)"},
                                         {"ui", "UI"}};
constexpr Par colour_rows[] = {
    par<&ColourCommon::parmcolorspace>("parmcolorspace", "Parameter Color Space")
        .on("Common")
        .as(Style::Menu)
        .items(colour_spaces)
        .help("The colour space that colour parameters are given in; the working space is sRGB. Components "
              "draw nothing here."),
    par<&ColourCommon::parmreferencewhite>("parmreferencewhite", "Parameter Reference White")
        .on("Common")
        .as(Style::Menu)
        .items(reference_whites)
        .help("The white that colour parameters refer to; all choices are the same white here."),
};

constexpr MenuItem rate_matches[] = {{"first", "Resample At First Input's Rate"},
                                     {"max", "Resample At Maximum Rate"},
                                     {"min", "Resample At Minimum Rate"},
                                     {"err", "Error If Rates Differ"}};
constexpr MenuItem export_methods[] = {{"datindex", "DAT Table by Index"},
                                       {"datname", "DAT Table by Name"},
                                       {"autoname", "Channel Name is Path:Parameter"}};
using C = ChopCommon;
constexpr Par chop_rows[] = {
    par<&C::timeslice>("timeslice", "Time Slice")
        .on("Common")
        .help("Only the samples of this frame, those that came since the frame before; the Timer always does so, and "
              "Audio File In."),
    par<&C::scope>("scope", "Scope")
        .on("Common")
        .as(Style::StrMenu)
        .help("Patterns of the input's channels that the operator changes; the others pass through."),
    par<&C::srselect>("srselect", "Sample Rate Match")
        .on("Common")
        .items(rate_matches)
        .help("The rate that inputs of different rates are brought to."),
    par<&C::exportmethod>("exportmethod", "Export Method")
        .on("Common")
        .items(export_methods)
        .help("How channels find the parameters they drive while the export flag is on."),
    par<&C::autoexportroot>("autoexportroot", "Export Root")
        .on("Common")
        .help("Where paths in channel names start from; empty: the operator's parent."),
    par<&C::exporttable>("exporttable", "Export Table")
        .on("Common")
        .as(Style::DAT)
        .help("For the two table methods: a table with columns channel (its name or index), path, parameter and, if "
              "wanted, enable; paths start at the table."),
};
constexpr Par rename_rows[] = {
    par<&RenameCommon::renamefrom>("renamefrom", "Rename from")
        .on("Common")
        .as(Style::StrMenu)
        .help("Patterns of channel names to rename."),
    par<&RenameCommon::renameto>("renameto", "Rename to")
        .on("Common")
        .as(Style::StrMenu)
        .help("What the matched names become; *(0), *(1) … stand for what each * matched."),
};

constexpr MenuItem languages[] = {{"input", "Input"}, {"node", "Node"},        {"text", "Text"}, {"python", "Python"},
                                  {"glsl", "GLSL"},   {"json", "JSON"},        {"xml", "XML"},   {"tscript", "Tscript"},
                                  {"yaml", "YAML"},   {"markdown", "Markdown"}};
constexpr MenuItem extensions[] = {{"dat", "dat"},
                                   {"language", "From Language"},
                                   {"custom", "Custom Extension"},
                                   {"txt", "txt"},
                                   {"py", "py"},
                                   {"frag", "frag"},
                                   {"vert", "vert"},
                                   {"glsl", "glsl"},
                                   {"json", "json"},
                                   {"csv", "csv"},
                                   {"tsv", "tsv"},
                                   {"xml", "xml"},
                                   {"md", "md"},
                                   {"yaml", "yaml"},
                                   {"html", "html"},
                                   {"js", "js"}};
constexpr MenuItem wraps[] = {{"input", "Input"}, {"on", "On"}, {"off", "Off"}};
using D = DatCommon;
constexpr Par dat_rows[] = {
    par<&D::language>("language", "Language")
        .on("Common")
        .as(Style::Menu)
        .items(languages)
        .help("What the text is written in; only a hint for editors."),
    par<&D::extension>("extension", "Edit/View Extension")
        .on("Common")
        .as(Style::Menu)
        .items(extensions)
        .help("File extension for editors outside; no effect here."),
    par<&D::customext>("customext", "Custom Extension")
        .on("Common")
        .help("The extension when it is set to Custom; no effect here."),
    par<&D::wordwrap>("wordwrap", "Word Wrap")
        .on("Common")
        .as(Style::Menu)
        .items(wraps)
        .help("How a viewer breaks lines."),
};

constexpr MenuItem node_views[] = {{"default", "Default Viewer"}, {"opviewer", "Operator Viewer"}};
constexpr MenuItem relative_paths[] = {{"inherit", "Use Parent's Behavior"},
                                       {"project", "Relative to Project File (.toe)"},
                                       {"externaltox", "Relative to External COMP File (.tox)"}};
constexpr Par extension_rows[] = {
    par<&Extension::object>("object", "Object").help("Python expression that makes the extension object."),
    par<&Extension::name>("name", "Name").help("Name under .ext; empty: the object's class name."),
    par<&Extension::promote>("promote", "Promote").help("Capitalised members are reached from the component itself."),
};
constexpr Par internal_op_rows[] = {
    par<&InternalOp::shortcut>("shortcut", "Shortcut").help("Name under iop."),
    par<&InternalOp::op>("op", "OP").help("The operator that iop.<shortcut> means inside this component."),
};
using K = CompCommon;
constexpr Par comp_rows[] = {
    par<&K::reinitextensions>("reinitextensions", "Re-Init Extensions")
        .on("Extensions")
        .help("Make all extension objects anew."),
    par<&K::initextonstart>("initextonstart", "Init Extensions On Start")
        .on("Extensions")
        .help("Make extensions when the project starts."),
    sequence<&K::ext>("ext", "Extension", extension_rows)
        .on("Extensions")
        .blocks_at_least(1)
        .help("Python extensions."),
    par<&K::parentshortcut>("parentshortcut", "Parent Shortcut")
        .on("Common")
        .help("Name by which what is inside finds this component: parent.Name."),
    par<&K::opshortcut>("opshortcut", "Global OP Shortcut")
        .on("Common")
        .help("Name by which everything finds this component: op.Name."),
    sequence<&K::iop>("iop", "Internal OP", internal_op_rows)
        .on("Common")
        .blocks_at_least(1)
        .help("Internal operators: iop.Name."),
    par<&K::nodeview>("nodeview", "Node View")
        .on("Common")
        .as(Style::Menu)
        .items(node_views)
        .help("What the node's viewer shows; no effect here."),
    par<&K::opviewer>("opviewer", "Operator Viewer")
        .on("Common")
        .help("The operator shown by the node's viewer; no effect here."),
    par<&K::enablecloning>("enablecloning", "Enable Cloning")
        .on("Common")
        .help("Kept for TouchDesigner: contents are those of the file, nothing is cloned here."),
    par<&K::enablecloningpulse>("enablecloningpulse", "Enable Cloning Pulse")
        .on("Common")
        .help("Kept for TouchDesigner."),
    par<&K::clone>("clone", "Clone Master")
        .on("Common")
        .as(Style::COMP)
        .help("Kept for TouchDesigner: the component whose contents this one has."),
    par<&K::loadondemand>("loadondemand", "Load on Demand")
        .on("Common")
        .help("Kept for TouchDesigner: everything is loaded here."),
    par<&K::enableexternaltox>("enableexternaltox", "Enable External .tox")
        .on("Common")
        .help("Kept for TouchDesigner."),
    par<&K::enableexternaltoxpulse>("enableexternaltoxpulse", "Enable External .tox Pulse")
        .on("Common")
        .help("Kept for TouchDesigner."),
    par<&K::externaltox>("externaltox", "External .tox Path")
        .on("Common")
        .as(Style::File)
        .help("Kept for TouchDesigner: .tox files are encrypted and cannot be read."),
    par<&K::reloadcustom>("reloadcustom", "Reload Custom Parameters").on("Common").help("Kept for TouchDesigner."),
    par<&K::reloadbuiltin>("reloadbuiltin", "Reload Built-In Parameters").on("Common").help("Kept for TouchDesigner."),
    par<&K::savebackup>("savebackup", "Save Backup of External").on("Common").help("Kept for TouchDesigner."),
    par<&K::subcompname>("subcompname", "Sub-Component to Load").on("Common").help("Kept for TouchDesigner."),
    par<&K::relpath>("relpath", "Relative File Path Behavior")
        .on("Common")
        .as(Style::Menu)
        .items(relative_paths)
        .help("Kept for TouchDesigner: relative file names start at the project's folder."),
};

template <class P>
ParTable table(std::span<const Par> rows) {
  return {rows, [] { return std::shared_ptr<void>(std::make_shared<P>()); },
          [](const void* p) { return std::shared_ptr<void>(std::make_shared<P>(*static_cast<const P*>(p))); }};
}
static_assert(well_formed(top_rows) && well_formed(colour_rows) && well_formed(chop_rows) && well_formed(rename_rows) &&
              well_formed(dat_rows) && well_formed(comp_rows));

}  // namespace

std::string_view colour_space_item(int index) { return colour_spaces[std::size_t(index)].name; }

std::vector<ParTable> common_tables(const OpDef& def) {
  switch (def.family) {
    case Family::TOP:
      if (def.colour_pars) return {table<TopCommon>(top_rows), table<ColourCommon>(colour_rows)};
      return {table<TopCommon>(top_rows)};
    case Family::CHOP:
      if (def.rename_pars) return {table<ChopCommon>(chop_rows), table<RenameCommon>(rename_rows)};
      return {table<ChopCommon>(chop_rows)};
    case Family::DAT:
      return {table<DatCommon>(dat_rows)};
    case Family::COMP:
      break;
  }
  return {table<CompCommon>(comp_rows), table<ColourCommon>(colour_rows)};
}

}  // namespace cookline
