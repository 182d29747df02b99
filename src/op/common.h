// Parameters that every operator of a family has (the Common and Extensions pages), stated once. The engine acts on
// them; no operator reads them.
#pragma once
#include <span>
#include <string>
#include <vector>

#include "op/op.h"

namespace cookline {

enum class OutputResolution { useinput, eighth, quarter, half, x2, x4, x8, fit, limit, custom };
enum class OutputAspect { useinput, resolution, custom };
enum class FilterType { nearest, linear, mipmap };
enum class FillMode { useinput, fill, width, height, best, outside, nativeres };

struct TopCommon {
  OutputResolution outputresolution = OutputResolution::useinput;
  Ints<2> resolution = {256, 256};
  bool resmult = true;
  OutputAspect outputaspect = OutputAspect::useinput;
  Floats<2> aspect = {1, 1};
  FilterType inputfiltertype = FilterType::linear;
  FillMode fillmode = FillMode::useinput;
  FilterType filtertype = FilterType::linear;
  int npasses = 1;
  std::string chanmask = "rgba";
  int format = 0;  // 0 useinput, else PixelFormat + 1: the order of its menu
};

struct ColourCommon {
  int parmcolorspace = 0, parmreferencewhite = 0;
};
// The item of the Parameter Color Space menu with this index.
std::string_view colour_space_item(int index);

enum class ResampleRate { first, max, min, err };
enum class ExportMethod { datindex, datname, autoname };

struct ChopCommon {
  bool timeslice = false;
  std::string scope = "*";
  ResampleRate srselect = ResampleRate::first;
  ExportMethod exportmethod = ExportMethod::datname;
  OpRef<void> autoexportroot;
  OpRef<void> exporttable;
};
struct RenameCommon {
  std::string renamefrom, renameto;
};

struct DatCommon {
  int language = 0, extension = 0;
  std::string customext;
  int wordwrap = 0;
};

struct InternalOp {
  std::string shortcut;
  OpRef<void> op;
};
struct Extension {
  std::string object, name;
  bool promote = false;
};
struct CompCommon {
  std::vector<Extension> ext;
  bool initextonstart = false;
  Pulse reinitextensions;
  std::string parentshortcut, opshortcut;
  std::vector<InternalOp> iop;
  int nodeview = 0;
  OpRef<void> opviewer;
  bool enablecloning = false;
  Pulse enablecloningpulse;
  OpRef<void> clone;
  bool loadondemand = false, enableexternaltox = true;
  Pulse enableexternaltoxpulse;
  std::string externaltox;
  bool reloadcustom = true, reloadbuiltin = true, savebackup = false;
  std::string subcompname;
  int relpath = 0;
};

// A table with the struct it belongs to.
struct ParTable {
  std::span<const Par> rows;
  std::shared_ptr<void> (*make)() = nullptr;
  std::shared_ptr<void> (*copy)(const void*) = nullptr;
};
// The common tables of an operator, after its own, in the order in which their pages are shown.
std::vector<ParTable> common_tables(const OpDef& def);

}  // namespace cookline
