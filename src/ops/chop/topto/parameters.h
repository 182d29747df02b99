// The parameters of TOP to CHOP and what their rows say.
#pragma once
#include "op/op.h"
#include "ops/chop/support/units.h"
#include "ops/support/file_colours.h"

namespace cookline::topto_op {

enum class ActiveChannel { none, red, green, blue, alpha };
inline constexpr MenuItem active_channels[] = {
    {"none", "None"}, {"red", "Red"}, {"green", "Green"}, {"blue", "Blue"}, {"alpha", "Alpha"}};
enum class Unit { u1, u256, u65536 };
inline constexpr MenuItem units[] = {{"u1", "0 to 1"}, {"u256", "0 to 255"}, {"u65536", "0 to 65535"}};
enum class Crop { pixel, row, col, block, full };
inline constexpr MenuItem crops[] = {{"pixel", "Pixel (U,V)"},
                                     {"row", "Row (U)"},
                                     {"col", "Column (V)"},
                                     {"block", "Rows and Columns"},
                                     {"full", "Full Image"}};
enum class UvUnits { norm, pixel };
inline constexpr MenuItem uv_units[] = {{"norm", "0 to 1"}, {"pixel", "Pixels"}};
enum class Interpolate { nearest, linear };
inline constexpr MenuItem interpolations[] = {{"nearest", "Nearest Sample"}, {"linear", "Linear"}};
enum class Edge { hold, cycle, mirror, constant };
inline constexpr MenuItem edges[] = {
    {"hold", "Hold"}, {"cycle", "Cycle"}, {"mirror", "Mirror"}, {"default", "Default Color"}};
inline constexpr MenuItem download_types[] = {{"immediate", "Immediate (Slow)"}, {"nextframe", "Next frame (Fast)"}};
inline constexpr auto colour_spaces = std::span(file_colour_spaces).subspan(1);
inline constexpr MenuItem extends[] = {
    {"hold", "Hold"}, {"slope", "Slope"}, {"cycle", "Cycle"}, {"mirror", "Mirror"}, {"default", "Default Value"}};

struct Pars {
  OpRef<Image> top;
  int downloadtype = 1;
  std::string r = "r", g = "g", b = "b", a = "a";
  int outputcolorspace = int(colour_spaces.size()) - 1;
  int outputreferencewhite = 0;
  bool singleset = false;
  bool excludenans = false;
  ActiveChannel activechannel = ActiveChannel::none;
  Unit rgbaunit = Unit::u1;
  Crop crop = Crop::full;
  UvUnits uvunits = UvUnits::norm;
  double ustart = 0, uend = 1, vstart = 0, vend = 1;
  Interpolate interp = Interpolate::nearest;
  Edge imageleft = Edge::hold, imageright = Edge::hold, imagebottom = Edge::hold, imagetop = Edge::hold;
  RGBA defcolor = {0, 0, 0, 0};
  double start = 0;
  chop::Unit startunit = chop::Unit::samples;
  double rate = 60;
  Extend left = Extend::hold, right = Extend::hold;
  double defval = 0;
};

inline constexpr Par table[] = {
    par<&Pars::top>("top", "TOP").on("Image").help("The TOP whose pixels become samples."),
    // TD differs: the fast download is one frame late, and so are its values.
    par<&Pars::downloadtype>("downloadtype", "Download Type")
        .on("Image")
        .as(Style::Menu)
        .items(download_types)
        .help("No effect: the picture is always that of this frame."),
    par<&Pars::r>("r", "Red")
        .on("Image")
        .help("Names of the channels of red; empty: none. Of several rows, a number follows."),
    par<&Pars::g>("g", "Green").on("Image").help("The same of green."),
    par<&Pars::b>("b", "Blue").on("Image").help("The same of blue."),
    par<&Pars::a>("a", "Alpha").on("Image").help("The same of alpha."),
    par<&Pars::outputcolorspace>("outputcolorspace", "Output Color Space")
        .on("Image")
        .as(Style::Menu)
        .items(colour_spaces)
        .help("The color space of the samples; pictures are sRGB."),
    par<&Pars::outputreferencewhite>("outputreferencewhite", "Output Reference White")
        .on("Image")
        .as(Style::Menu)
        .items(file_reference_whites)
        .help("Of PQ and HLG, how bright white is."),
    par<&Pars::singleset>("singleset", "Output as Single Channel Set")
        .on("Image")
        .help("One channel a color, in which the rows follow each other from the bottom up; off, one for every row."),
    par<&Pars::excludenans>("excludenans", "Exclude NaNs")
        .on("Image")
        .help("Leaves out pixels that have a channel which is no number; makes a single set."),
    par<&Pars::activechannel>("activechannel", "Active Channel")
        .on("Image")
        .items(active_channels)
        .help("Leaves out pixels in which this channel is 0; makes a single set."),
    par<&Pars::rgbaunit>("rgbaunit", "RGBA Units").on("Image").items(units).help("What 1 becomes: 1, 255 or 65535."),
    par<&Pars::crop>("crop", "Crop")
        .on("Crop")
        .items(crops)
        .help("One pixel at U Start, V Start; the row at V Start from U Start to U End; the column at U Start from V "
              "Start to V End; both ranges; or everything. Not used with an input."),
    par<&Pars::uvunits>("uvunits", "UV Units")
        .on("Crop")
        .items(uv_units)
        .help("0 to 1 across the picture, whose ends lie between pixels; or whole pixels from 0, both ends included."),
    par<&Pars::ustart>("ustart", "U Start")
        .on("Crop")
        .slider(0, 1)
        .help("Left end; outside the picture, Extend counts."),
    par<&Pars::uend>("uend", "U End").on("Crop").slider(0, 1).help("Right end."),
    par<&Pars::vstart>("vstart", "V Start").on("Crop").slider(0, 1).help("Lower end."),
    par<&Pars::vend>("vend", "V End").on("Crop").slider(0, 1).help("Upper end."),
    par<&Pars::interp>("interp", "Interpolate")
        .on("Crop")
        .items(interpolations)
        .help("With an input: the pixel at a position, or the mean of those around it by distance."),
    par<&Pars::imageleft>("imageleft", "Image Left").on("Extend").items(edges).help("What lies left of the picture."),
    par<&Pars::imageright>("imageright", "Image Right").on("Extend").items(edges).help("What lies right of it."),
    par<&Pars::imagebottom>("imagebottom", "Image Bottom").on("Extend").items(edges).help("What lies below it."),
    par<&Pars::imagetop>("imagetop", "Image Top").on("Extend").items(edges).help("What lies above it."),
    par<&Pars::defcolor>("defcolor", "Default Color")
        .on("Extend")
        .slider(0, 1)
        .help("The color outside where an extend is Default Color."),
    par<&Pars::start>("start", "Start").on("Channel").slider(0, 600).help("Where the channels begin."),
    par<&Pars::startunit>("startunit", "Start Unit")
        .on("Channel")
        .items(chop::unit_items)
        .help("Samples, frames or seconds."),
    par<&Pars::rate>("rate", "Sample Rate")
        .on("Channel")
        .at_least(1e-6)
        .slider(1, 120)
        .in("Hz")
        .help("Samples per second."),
    par<&Pars::left>("left", "Extend Left")
        .on("Channel")
        .items(extends)
        .help("What the channels are before their start."),
    par<&Pars::right>("right", "Extend Right").on("Channel").items(extends).help("What they are behind their end."),
    par<&Pars::defval>("defval", "Default Value")
        .on("Channel")
        .slider(-1, 1)
        .help("The value where an extend is Default Value."),
};

}  // namespace cookline::topto_op
