// Menus of the colour spaces that files are read and written in.
#pragma once
#include "op/par.h"

namespace cookline {

// Of files that are read; those that are written have no "automatic", the first.
inline constexpr MenuItem file_colour_spaces[] = {{"automatic", "Automatic"},
                                                  {"srgb", "sRGB"},
                                                  {"srgblinear", "sRGB - Linear"},
                                                  {"rec601ntsc", "Rec.601 (NTSC)"},
                                                  {"rec709", "Rec.709"},
                                                  {"rec2020", "Rec.2020"},
                                                  {"rec2020st2084pq", "Rec.2020 ST2084PQ"},
                                                  {"rec2020hlg", "Rec.2020 HLG"},
                                                  {"dcip3", "DCI-P3"},
                                                  {"dcip3d60", "DCI-P3 (D60)"},
                                                  {"displayp3d65", "Display-P3 (D65)"},
                                                  {"displayp3d65linear", "Display-P3 (D65) - Linear"},
                                                  {"aces2065-1", "ACES2065-1"},
                                                  {"acescg", "ACEScg"},
                                                  {"acesproxy", "ACESproxy"},
                                                  {"passthrough", "Passthrough"}};
inline constexpr MenuItem file_reference_whites[] = {
    {"default", "Default For Color Space"}, {"sdr", "Standard (SDR)"}, {"hdr", "High (HDR)"}};

}  // namespace cookline
