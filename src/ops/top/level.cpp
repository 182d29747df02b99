// Level TOP: brightness, gamma, contrast, ranges, steps and opacity in one pass.
#include "kernels/level.h"

#include "ops/top/generator/output_page.h"
#include "ops/top/pass.h"

namespace cookline::level_top_op {
namespace {

enum class ClampInput { automatic, clamp, unclamped };
constexpr MenuItem clamp_inputs[] = {{"automatic", "Automatic"}, {"clamp", "Clamp [0-1]"}, {"unclamped", "Unclamped"}};

struct Pars {
  ClampInput clampinput = ClampInput::automatic;
  double invert = 0, blacklevel = 0, brightness1 = 1, gamma1 = 1, contrast = 1;
  double inlow = 0, inhigh = 1, outlow = 0, outhigh = 1;
  double lowr = 0, highr = 1, lowg = 0, highg = 1, lowb = 0, highb = 1, lowa = 0, higha = 1;
  bool stepping = false;
  double stepsize = 0, threshold = 0, clamplow = 0, clamphigh = 1, soften = 0;
  double gamma2 = 1, opacity = 1, brightness2 = 1;
  bool clamp = false;
  double clamplow2 = 0, clamphigh2 = 1;
  bool premultrgbbyalpha = false;
};

// Most rows are a number with a slider; only name, page, range of the slider and text differ.
template <auto M>
constexpr Par slider(std::string_view name, std::string_view label, std::string_view page, double high,
                     std::string_view help) {
  return par<M>(name, label).on(page).slider(0, high).help(help);
}
constexpr Par table[] = {
    par<&Pars::clampinput>("clampinput", "Clamp Input")
        .on("Pre")
        .items(clamp_inputs)
        .help("Limits colours to 0-1 before all else; Automatic does so for pictures of fixed format."),
    slider<&Pars::invert>("invert", "Invert", "Pre", 1, "Inverts the colours, at 1 wholly."),
    slider<&Pars::blacklevel>("blacklevel", "Black Level", "Pre", 1, "Values up to this become black."),
    slider<&Pars::brightness1>("brightness1", "Brightness 1", "Pre", 4, "Multiplies the colours."),
    slider<&Pars::gamma1>("gamma1", "Gamma 1", "Pre", 4, "Above 1 brightens middle values, below 1 darkens them."),
    slider<&Pars::contrast>("contrast", "Contrast", "Pre", 4, "Stretches colours away from middle grey."),
    slider<&Pars::inlow>("inlow", "In Low", "Range", 1, "This value becomes Out Low."),
    slider<&Pars::inhigh>("inhigh", "In High", "Range", 1, "This value becomes Out High."),
    slider<&Pars::outlow>("outlow", "Out Low", "Range", 1, "What In Low becomes."),
    slider<&Pars::outhigh>("outhigh", "Out High", "Range", 1, "What In High becomes."),
    slider<&Pars::lowr>("lowr", "Low R", "RGBA", 1, "What 0 becomes in red."),
    slider<&Pars::highr>("highr", "High R", "RGBA", 1, "What 1 becomes in red."),
    slider<&Pars::lowg>("lowg", "Low G", "RGBA", 1, "What 0 becomes in green."),
    slider<&Pars::highg>("highg", "High G", "RGBA", 1, "What 1 becomes in green."),
    slider<&Pars::lowb>("lowb", "Low B", "RGBA", 1, "What 0 becomes in blue."),
    slider<&Pars::highb>("highb", "High B", "RGBA", 1, "What 1 becomes in blue."),
    slider<&Pars::lowa>("lowa", "Low A", "RGBA", 1, "What 0 becomes in alpha."),
    slider<&Pars::higha>("higha", "High A", "RGBA", 1, "What 1 becomes in alpha."),
    par<&Pars::stepping>("stepping", "Apply Stepping").on("Step").help("Posterizes the picture into bands."),
    slider<&Pars::stepsize>("stepsize", "Step Size", "Step", 1, "Height of a band: 0.25 makes four bands."),
    slider<&Pars::threshold>("threshold", "Threshold", "Step", 1, "Moves the edges of bands, in bands."),
    slider<&Pars::clamplow>("clamplow", "Clamp Low", "Step", 1, "The least value of a band."),
    slider<&Pars::clamphigh>("clamphigh", "Clamp High", "Step", 1, "The greatest value of a band."),
    slider<&Pars::soften>("soften", "Soften", "Step", 1, "Blends over the edges between bands."),
    slider<&Pars::gamma2>("gamma2", "Gamma 2", "Post", 4, "Gamma after the pages Range, RGBA and Step."),
    slider<&Pars::opacity>("opacity", "Opacity", "Post", 1, "Multiplies all four channels."),
    slider<&Pars::brightness2>("brightness2", "Brightness 2", "Post", 4, "Multiplies the colours after Gamma 2."),
    par<&Pars::clamp>("clamp", "Clamp").on("Post").help("Limits colours to the two values below."),
    slider<&Pars::clamplow2>("clamplow2", "Clamp Low", "Post", 1, "The least value when Clamp is on."),
    slider<&Pars::clamphigh2>("clamphigh2", "Clamp High", "Post", 1, "The greatest value when Clamp is on."),
    par<&Pars::premultrgbbyalpha>("premultrgbbyalpha", "Pre-Multiply RGB by Alpha")
        .on("Post")
        .help("Multiplies colours by alpha."),
};

kernels::Level settings(const Pars& p, PixelFormat format) {
  kernels::Level level;
  level.clampinput =
      p.clampinput == ClampInput::clamp || (p.clampinput == ClampInput::automatic && info(format).fixed());
  level.invert = p.invert, level.blacklevel = p.blacklevel, level.brightness1 = p.brightness1;
  level.gamma1 = p.gamma1, level.contrast = p.contrast;
  level.inlow = p.inlow, level.inhigh = p.inhigh, level.outlow = p.outlow, level.outhigh = p.outhigh;
  level.low = {p.lowr, p.lowg, p.lowb, p.lowa};
  level.high = {p.highr, p.highg, p.highb, p.higha};
  level.stepping = p.stepping, level.stepsize = p.stepsize, level.threshold = p.threshold;
  level.clamplow = p.clamplow, level.clamphigh = p.clamphigh, level.soften = p.soften;
  level.gamma2 = p.gamma2, level.opacity = p.opacity, level.brightness2 = p.brightness2;
  level.clamp = p.clamp, level.clamplow2 = p.clamplow2, level.clamphigh2 = p.clamphigh2;
  level.premultrgbbyalpha = p.premultrgbbyalpha;
  return level;
}

void shade(const Pars& p, const Tiles& in, Tile& out) {
  if (!in[0]) return pass::copy_tile({}, out);
  kernels::level(settings(p, in[0].format), planes(in[0]), planes(out), out.count);
}

bool separable(const Pars& p) { return !p.premultrgbbyalpha; }

}  // namespace
}  // namespace cookline::level_top_op

namespace cookline {

const OpDef& level_top() {
  using namespace level_top_op;
  static const OpDef op =
      Define<Pars, table>(Family::TOP, "levelTOP", "Level", "Brightness, contrast, ranges and opacity.")
          .inputs(0, 1)
          .shade<&shade>()
          .separable<&separable>();
  return op;
}

}  // namespace cookline
