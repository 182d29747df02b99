// Container COMP: a component that is a panel in TouchDesigner. Here it is a network of operators like a Base; what
// describes the panel is kept for the project's sake.
#include "op/op.h"

namespace cookline::container_comp_op {
namespace {

constexpr std::string_view kept = "Kept for TouchDesigner: no panel is drawn, so it has no effect here.";

constexpr MenuItem borders[] = {{"off", "Off"}, {"bordera", "Border A"}, {"borderb", "Border B"}};
constexpr MenuItem fixedaspect_items[] = {
    {"off", "Off"}, {"horizontal", "Use Horizontal"}, {"vertical", "Use Vertical"}};
constexpr MenuItem hmode_items[] = {{"fixed", "Fixed Width"}, {"fill", "Fill"}, {"anchors", "Anchors"}};
constexpr MenuItem vmode_items[] = {{"fixed", "Fixed Height"}, {"fill", "Fill"}, {"anchors", "Anchors"}};
constexpr MenuItem alignallow_items[] = {
    {"allow", "Allow"}, {"ignore", "Ignore"}, {"ignoremargin", "Ignore and Ignore Margins"}};
constexpr MenuItem cursor_items[] = {{"pointer", "Normal Select"},
                                     {"linkselect", "Link Select"},
                                     {"ibeam", "Text Select"},
                                     {"cross", "Precision Select"},
                                     {"busy", "Busy"},
                                     {"activate", "Activate"},
                                     {"invisible", "Invisible"}};
constexpr MenuItem multitouch_items[] = {{"mtouchparent", "Use Parent's Multi-Touch Settings"},
                                         {"mtouchyes", "Use Built-in Multi-Touch"},
                                         {"mtouchno", "Do Not Use Built-in Multi-Touch"}};
constexpr MenuItem constraincursor_items[] = {{"off", "Off"}, {"window", "Window"}, {"display", "Display"}};
constexpr MenuItem reposition_items[] = {{"off", "Off"}, {"window", "Window"}, {"component", "Component"}};
constexpr MenuItem anchordrag_items[] = {{"anchors", "Anchors"}, {"offsets", "Offsets"}};
constexpr MenuItem scrolloverlay_items[] = {
    {"off", "Off"}, {"ignore", "Ignore"}, {"ignoreover", "Ignore and Draw Over"}};
constexpr MenuItem topfill_items[] = {
    {"off", "Stretch"},    {"horizontal", "Fill Width"},    {"vertical", "Fill Height"},
    {"best", "Fill Best"}, {"native", "Native Resolution"}, {"outside", "Fill Outside"}};
constexpr MenuItem topsmoothness_items[] = {
    {"nearest", "Nearest Pixel"}, {"linear", "Interpolate Pixels"}, {"mipmap", "Mipmap Pixels"}};
constexpr MenuItem composite_items[] = {{"over", "Over"},        {"under", "Under"}, {"inside", "Inside"},
                                        {"outside", "Outside"},  {"add", "Add"},     {"subtract", "Subtract"},
                                        {"multiply", "Multiply"}};
constexpr MenuItem align_items[] = {{"none", "None"},
                                    {"horizlr", "Left to Right"},
                                    {"horizrl", "Right to Left"},
                                    {"verttb", "Top to Bottom"},
                                    {"vertbt", "Bottom to Top"},
                                    {"gridrows", "Grid Rows"},
                                    {"gridcols", "Grid Columns"},
                                    {"nodes", "Match Network Nodes"}};
constexpr MenuItem justifymethod_items[] = {{"individual", "Individual"}, {"group", "Group"}};
constexpr MenuItem justifyh_items[] = {{"off", "Off"}, {"left", "Left"}, {"center", "Center"}, {"right", "Right"}};
constexpr MenuItem justifyv_items[] = {{"off", "Off"}, {"top", "Top"}, {"center", "Center"}, {"bottom", "Bottom"}};
constexpr MenuItem fit_items[] = {
    {"off", "Off"}, {"horizontal", "Fit Width"}, {"vertical", "Fit Height"}, {"best", "Fit Best"}};
constexpr MenuItem crop_items[] = {{"off", "Off (Use Parent)"}, {"on", "On"}, {"never", "Never"}};
constexpr MenuItem phscrollbar_items[] = {{"off", "Off"}, {"on", "On"}, {"auto", "Automatic"}};
constexpr MenuItem pvscrollbar_items[] = {{"off", "Off"}, {"on", "On"}, {"auto", "Automatic"}};
constexpr MenuItem drag_items[] = {{"dragparent", "Use Parent's Drag Settings"},
                                   {"legacy", "Legacy Drag System"},
                                   {"dragno", "Do Not Allow Drag"},
                                   {"usecallbacks", "Use Drag/Drop Callbacks"}};
constexpr MenuItem drop_items[] = {{"dropparent", "Use Parent's Drop Settings"},
                                   {"legacy", "Legacy Drop System"},
                                   {"dropno", "Do Not Allow Drop"},
                                   {"usecallbacks", "Use Drag/Drop Callbacks"},
                                   {"fillparm", "Fill Custom Parameter"}};

struct Pars {
  int x = 0, y = 0, w = 400, h = 300, fixedaspect = 0;
  double aspect = 1, layer = 0;
  int hmode = 0;
  double leftanchor = 0, leftoffset = 0, rightanchor = 1, rightoffset = 0, horigin = 0, hfillweight = 1;
  int vmode = 0;
  double bottomanchor = 0, bottomoffset = 0, topanchor = 1, topoffset = 0, vorigin = 0, vfillweight = 1;
  int alignallow = 0;
  double alignorder = 0;
  XY postoffset;
  bool sizefromwindow = false;
  int display = 1;
  bool enable = true;
  OpRef<void> helpdat;
  int cursor = 0, multitouch = 0, constraincursor = 0;
  bool clickthrough = false, mousewheel = false, uvbuttonsleft = true, uvbuttonsmiddle = false;
  bool uvbuttonsright = false, mouserel = false;
  Ints<4> resize;
  double resizewmin = 0, resizewmax = 10000, resizehmin = 0, resizehmax = 10000;
  int reposition = 0;
  OpRef<void> repocomp;
  double repositionxmin = 0, repositionxmax = 10000, repositionymin = 0, repositionymax = 10000;
  int anchordrag = 0, scrolloverlay = 0;
  OpRef<void> resizecomp;
  RGB bgcolor;
  double bgalpha = 0;
  OpRef<void> top;
  int topfill = 0, topsmoothness = 1;
  RGB bordera;
  double borderaalpha = 1;
  RGB borderb;
  double borderbalpha = 1;
  std::string leftborder = "off", leftborderi = "off", rightborder = "off", rightborderi = "off";
  std::string bottomborder = "off", bottomborderi = "off", topborder = "off", topborderi = "off";
  bool borderover = true, dodisablecolor = false;
  RGB disablecolor;
  double disablealpha = 0.5;
  bool multrgb = true;
  int composite = 0;
  double opacity = 1;
  int align = 0;
  double spacing = 0;
  int alignmax = 100;
  Floats<4> margin;
  int justifymethod = 0, justifyh = 0, justifyv = 0, fit = 0;
  XY scale = {1, 1}, offset;
  int crop = 0, phscrollbar = 0, pvscrollbar = 0;
  double scrollbarthickness = 15;
  int drag = 0;
  std::string dragscript, droptypescript, dropdestscript;
  OpRef<void> paneldragop;
  int drop = 0;
  bool builtindrop = true;
  std::string dropscript, dropparm;
  OpRef<void> dragdropcallbacks;
  bool keepmemory = false;
};

// TD differs: there is no screen, so no row has an effect.
template <auto M>
constexpr Par row(std::string_view name, std::string_view label, std::string_view page) {
  return par<M>(name, label).on(page).help(kept);
}
constexpr Par table[] = {
    row<&Pars::x>("x", "X", "Layout"),
    row<&Pars::y>("y", "Y", "Layout"),
    row<&Pars::w>("w", "Width", "Layout"),
    row<&Pars::h>("h", "Height", "Layout"),
    row<&Pars::fixedaspect>("fixedaspect", "Fixed Aspect", "Layout").as(Style::Menu).items(fixedaspect_items),
    row<&Pars::aspect>("aspect", "Aspect Ratio", "Layout"),
    row<&Pars::layer>("layer", "Depth Layer", "Layout"),
    row<&Pars::hmode>("hmode", "Horizontal Mode", "Layout").as(Style::Menu).items(hmode_items),
    row<&Pars::leftanchor>("leftanchor", "Left Anchor", "Layout"),
    row<&Pars::leftoffset>("leftoffset", "Left Offset", "Layout"),
    row<&Pars::rightanchor>("rightanchor", "Right Anchor", "Layout"),
    row<&Pars::rightoffset>("rightoffset", "Right Offset", "Layout"),
    row<&Pars::horigin>("horigin", "Horizontal Origin", "Layout"),
    row<&Pars::hfillweight>("hfillweight", "Horizontal Fill Weight", "Layout"),
    row<&Pars::vmode>("vmode", "Vertical Mode", "Layout").as(Style::Menu).items(vmode_items),
    row<&Pars::bottomanchor>("bottomanchor", "Bottom Anchor", "Layout"),
    row<&Pars::bottomoffset>("bottomoffset", "Bottom Offset", "Layout"),
    row<&Pars::topanchor>("topanchor", "Top Anchor", "Layout"),
    row<&Pars::topoffset>("topoffset", "Top Offset", "Layout"),
    row<&Pars::vorigin>("vorigin", "Vertical Origin", "Layout"),
    row<&Pars::vfillweight>("vfillweight", "Vertical Fill Weight", "Layout"),
    row<&Pars::alignallow>("alignallow", "Parent Alignment", "Layout").as(Style::Menu).items(alignallow_items),
    row<&Pars::alignorder>("alignorder", "Align Order", "Layout"),
    row<&Pars::postoffset>("postoffset", "Post Offset", "Layout"),
    row<&Pars::sizefromwindow>("sizefromwindow", "Size from Window", "Layout"),
    row<&Pars::display>("display", "Display", "Panel"),
    row<&Pars::enable>("enable", "Enable", "Panel"),
    row<&Pars::helpdat>("helpdat", "Help DAT", "Panel").as(Style::DAT),
    row<&Pars::cursor>("cursor", "Cursor", "Panel").as(Style::Menu).items(cursor_items),
    row<&Pars::multitouch>("multitouch", "Multi-Touch", "Panel").as(Style::Menu).items(multitouch_items),
    row<&Pars::constraincursor>("constraincursor", "Constrain Cursor", "Panel")
        .as(Style::Menu)
        .items(constraincursor_items),
    row<&Pars::clickthrough>("clickthrough", "Click Through", "Panel"),
    row<&Pars::mousewheel>("mousewheel", "Use Mouse Wheel", "Panel"),
    row<&Pars::uvbuttonsleft>("uvbuttonsleft", "Mouse UV Buttons", "Panel"),
    row<&Pars::uvbuttonsmiddle>("uvbuttonsmiddle", "Mouse UV Buttons", "Panel"),
    row<&Pars::uvbuttonsright>("uvbuttonsright", "Mouse UV Buttons", "Panel"),
    row<&Pars::mouserel>("mouserel", "Relative UV", "Panel"),
    row<&Pars::resize>("resize", "Drag Edges to Resize", "Panel").as(Style::Toggle).suffixes("lrbt"),
    row<&Pars::resizewmin>("resizewmin", "W Range", "Panel"),
    row<&Pars::resizewmax>("resizewmax", "W Range", "Panel"),
    row<&Pars::resizehmin>("resizehmin", "H Range", "Panel"),
    row<&Pars::resizehmax>("resizehmax", "H Range", "Panel"),
    row<&Pars::reposition>("reposition", "Drag to Reposition", "Panel").as(Style::Menu).items(reposition_items),
    row<&Pars::repocomp>("repocomp", "Component", "Panel").as(Style::COMP),
    row<&Pars::repositionxmin>("repositionxmin", "X Range", "Panel"),
    row<&Pars::repositionxmax>("repositionxmax", "X Range", "Panel"),
    row<&Pars::repositionymin>("repositionymin", "Y Range", "Panel"),
    row<&Pars::repositionymax>("repositionymax", "Y Range", "Panel"),
    row<&Pars::anchordrag>("anchordrag", "Anchor Drag", "Panel").as(Style::Menu).items(anchordrag_items),
    row<&Pars::scrolloverlay>("scrolloverlay", "Scroll Overlay", "Panel").as(Style::Menu).items(scrolloverlay_items),
    row<&Pars::resizecomp>("resizecomp", "Resize Component", "Panel").as(Style::COMP),
    row<&Pars::bgcolor>("bgcolor", "Background Color", "Look"),
    row<&Pars::bgalpha>("bgalpha", "Background Alpha", "Look"),
    row<&Pars::top>("top", "Background TOP", "Look").as(Style::TOP),
    row<&Pars::topfill>("topfill", "TOP Fill", "Look").as(Style::Menu).items(topfill_items),
    row<&Pars::topsmoothness>("topsmoothness", "TOP Smoothness", "Look").as(Style::Menu).items(topsmoothness_items),
    row<&Pars::bordera>("bordera", "Border A", "Look"),
    row<&Pars::borderaalpha>("borderaalpha", "Border A Alpha", "Look"),
    row<&Pars::borderb>("borderb", "Border B", "Look"),
    row<&Pars::borderbalpha>("borderbalpha", "Border B Alpha", "Look"),
    row<&Pars::leftborder>("leftborder", "Left Border", "Look").as(Style::StrMenu).items(borders),
    row<&Pars::leftborderi>("leftborderi", "Left Border Inside", "Look").as(Style::StrMenu).items(borders),
    row<&Pars::rightborder>("rightborder", "Right Border", "Look").as(Style::StrMenu).items(borders),
    row<&Pars::rightborderi>("rightborderi", "Right Border Inside", "Look").as(Style::StrMenu).items(borders),
    row<&Pars::bottomborder>("bottomborder", "Bottom Border", "Look").as(Style::StrMenu).items(borders),
    row<&Pars::bottomborderi>("bottomborderi", "Bottom Border Inside", "Look").as(Style::StrMenu).items(borders),
    row<&Pars::topborder>("topborder", "Top Border", "Look").as(Style::StrMenu).items(borders),
    row<&Pars::topborderi>("topborderi", "Top Border Inside", "Look").as(Style::StrMenu).items(borders),
    row<&Pars::borderover>("borderover", "Border Over Children", "Look"),
    row<&Pars::dodisablecolor>("dodisablecolor", "Disable Color", "Look"),
    row<&Pars::disablecolor>("disablecolor", "Disable Color", "Look"),
    row<&Pars::disablealpha>("disablealpha", "Disable Alpha", "Look"),
    row<&Pars::multrgb>("multrgb", "Multiply RGB by Alpha", "Look"),
    row<&Pars::composite>("composite", "Composite", "Look").as(Style::Menu).items(composite_items),
    row<&Pars::opacity>("opacity", "Opacity", "Look"),
    row<&Pars::align>("align", "Align", "Children").as(Style::Menu).items(align_items),
    row<&Pars::spacing>("spacing", "Spacing", "Children"),
    row<&Pars::alignmax>("alignmax", "Max per Line", "Children"),
    row<&Pars::margin>("margin", "Margin", "Children").suffixes("lrbt"),
    row<&Pars::justifymethod>("justifymethod", "Justify Method", "Children").as(Style::Menu).items(justifymethod_items),
    row<&Pars::justifyh>("justifyh", "Justify Horizontal", "Children").as(Style::Menu).items(justifyh_items),
    row<&Pars::justifyv>("justifyv", "Justify Vertical", "Children").as(Style::Menu).items(justifyv_items),
    row<&Pars::fit>("fit", "Fit", "Children").as(Style::Menu).items(fit_items),
    row<&Pars::scale>("scale", "Scale", "Children"),
    row<&Pars::offset>("offset", "Offset", "Children"),
    row<&Pars::crop>("crop", "Crop", "Children").as(Style::Menu).items(crop_items),
    row<&Pars::phscrollbar>("phscrollbar", "Horizontal Scrollbar", "Children").as(Style::Menu).items(phscrollbar_items),
    row<&Pars::pvscrollbar>("pvscrollbar", "Vertical Scrollbar", "Children").as(Style::Menu).items(pvscrollbar_items),
    row<&Pars::scrollbarthickness>("scrollbarthickness", "Thickness", "Children"),
    row<&Pars::drag>("drag", "When Dragging This", "Drag/Drop").as(Style::Menu).items(drag_items),
    row<&Pars::dragscript>("dragscript", "Drag Script", "Drag/Drop"),
    row<&Pars::droptypescript>("droptypescript", "Drop Types", "Drag/Drop"),
    row<&Pars::dropdestscript>("dropdestscript", "Drop Destination Script", "Drag/Drop"),
    row<&Pars::paneldragop>("paneldragop", "Dropped Operator", "Drag/Drop"),
    row<&Pars::drop>("drop", "On Dropping Into", "Drag/Drop").as(Style::Menu).items(drop_items),
    row<&Pars::builtindrop>("builtindrop", "Built-In Drop Options", "Drag/Drop"),
    row<&Pars::dropscript>("dropscript", "Drop Script", "Drag/Drop"),
    row<&Pars::dropparm>("dropparm", "Drop Parameter", "Drag/Drop"),
    row<&Pars::dragdropcallbacks>("dragdropcallbacks", "Drag/Drop Callbacks", "Drag/Drop").as(Style::DAT),
    row<&Pars::keepmemory>("keepmemory", "Keep in Memory", "Common"),
};

}  // namespace
}  // namespace cookline::container_comp_op

namespace cookline {

const OpDef& container_comp() {
  using namespace container_comp_op;
  static const OpDef op = Define<Pars, table>(Family::COMP, "containerCOMP", "Container",
                                              "Operators in a network of their own, with a panel.");
  return op;
}

}  // namespace cookline
