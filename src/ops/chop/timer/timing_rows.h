// Timer CHOP: parameter rows of the pages Timer, Segments and Sub Range.
#pragma once
#include <array>

#include "ops/chop/timer/pars.h"

namespace cookline::timer_chop_op {

inline constexpr MenuItem actives[] = {
    {"never", "Never"}, {"always", "Always"}, {"running", "While Running"}, {"playing", "While Playing"}};
inline constexpr MenuItem time_controls[] = {{"lock", "Lock To Timeline"},
                                             {"sequential", "Sequential"},
                                             {"chop", "External CHOP Channel"},
                                             {"timecode", "External Timecode"}};
inline constexpr MenuItem length_types[] = {{"fixed", "Fixed"}, {"infinite", "Infinite"}};
inline constexpr MenuItem run_values[] = {{"zero", "Zero"}, {"one", "One"}};
inline constexpr MenuItem on_dones[] = {{"donothing", "Do Nothing"},
                                        {"reinit", "Re-Initialize"},
                                        {"restart", "Re-Start"},
                                        {"restartnoinit", "Re-Start without Initializing"}};
inline constexpr MenuItem seg_methods[] = {{"serial", "Serial Timers"}, {"parallel", "Parallel Timers"}};
inline constexpr MenuItem seg_units[] = {{"samples", "Samples"}, {"frames", "Frames"}, {"seconds", "Seconds"}};
inline constexpr MenuItem end_times[] = {
    {"dat", "From Segments DAT"}, {"par", "From Length Parameter"}, {"max", "Max of Parameter/Table"}};
inline constexpr MenuItem interpolations[] = {{"steptovalue", "Step to Value"},
                                              {"lineartovalue", "Linear to Value"},
                                              {"easeintovalue", "Ease In to Value"},
                                              {"easeouttovalue", "Ease Out to Value"},
                                              {"easeinouttovalue", "Ease In-Out to Value"}};
inline constexpr MenuItem sub_ends[] = {{"pause", "Pause at End"}, {"loop", "Loop at End"}};
inline constexpr std::array timing_rows{
    par<&Pars::active>("active", "Active")
        .on("Timer")
        .items(actives)
        .help("When it cooks: never, always, only while running, or only while running and playing. Time stands still "
              "and inputs are not looked at otherwise; pulses act except with Never."),
    par<&Pars::timecontrol>("timecontrol", "Time Control")
        .on("Timer")
        .items(time_controls)
        .help("Where time comes from: the frames rendered since Start, the timeline itself, a channel, or a timecode."),
    par<&Pars::deferpars>("deferpars", "Defer Par Changes")
        .on("Timer")
        .help("Changed lengths, cycles and segments count from the next Initialize on."),
    par<&Pars::initialize>("initialize", "Initialize")
        .on("Timer")
        .help("Sets everything to zero and makes the timer ready."),
    par<&Pars::start>("start", "Start")
        .on("Timer")
        .help("Initialises if need be and starts; the frame it is pressed in has elapsed time 0."),
    par<&Pars::lengthtype>("lengthtype", "Length Type")
        .on("Timer")
        .items(length_types)
        .help("Infinite runs without end."),
    par<&Pars::length>("length", "Length")
        .on("Timer")
        .at_least(0)
        .slider(0, 10)
        .help("How long the timer runs. In whole frames: the nearest, halves up; a timer of n frames is done n frames "
              "after its start."),
    par<&Pars::delay>("delay", "Delay")
        .on("Timer")
        .at_least(0)
        .slider(0, 10)
        .help("Time from Start until it begins to count."),
    par<&Pars::runvalues>("runvalues", "Run Values")
        .on("Timer")
        .items(run_values)
        .help("What the timer_ channels are in the frame Start is pressed in: 0, or one frame. The moment of done is "
              "the same."),
    par<&Pars::play>("play", "Play").on("Timer").help("Off pauses."),
    par<&Pars::speed>("speed", "Speed")
        .on("Timer")
        .slider(0, 2)
        .help("How much timer time passes in one frame's time; not below 0."),
    par<&Pars::cue>("cue", "Cue").on("Timer").help("Holds the timer at Cue Point."),
    par<&Pars::cuepoint>("cuepoint", "Cue Point")
        .on("Timer")
        .at_least(0)
        .slider(0, 10)
        .help("The master time that Cue holds and Cue Pulse jumps to."),
    par<&Pars::cycle>("cycle", "Cycle").on("Timer").help("At its end the timer begins again."),
    par<&Pars::cyclelimit>("cyclelimit", "Cycle Limit")
        .on("Timer")
        .help("Cycle only Maximum Cycles times; off: without end."),
    par<&Pars::maxcycles>("maxcycles", "Maximum Cycles")
        .on("Timer")
        .at_least(1)
        .slider(1, 10)
        .help("How many cycles with Cycle Limit."),
    par<&Pars::cycleendalert>("cycleendalert", "Cycle End Alert")
        .on("Timer")
        .at_least(0)
        .slider(0, 10)
        .help("How long before the end of a cycle onCycleEndAlert is called."),
    par<&Pars::exitendcycle>("exitendcycle", "Exit Segment at End of Cycle")
        .on("Timer")
        .help("The cycle that plays now is the last of its segment."),
    par<&Pars::gotoendcycle>("gotoendcycle", "Go to End of Cycle")
        .on("Timer")
        .help("Ends the cycle and its segment now."),
    par<&Pars::gotodone>("gotodone", "Go to Done").on("Timer").help("Ends everything now."),
    par<&Pars::ondone>("ondone", "On Done").on("Timer").items(on_dones).help("What happens when the timer is done."),
    par<&Pars::callbacks>("callbacks", "Callbacks DAT").on("Timer").help("The DAT whose Python functions are called."),
    par<&Pars::lengthunits>("lengthunits", "Length Units")
        .on("Timer")
        .items(chop::unit_items)
        .help("Samples, frames or seconds."),
    par<&Pars::delayunits>("delayunits", "Delay Units")
        .on("Timer")
        .items(chop::unit_items)
        .help("Samples, frames or seconds."),
    par<&Pars::cuepulse>("cuepulse", "Cue Pulse").on("Timer").help("Jumps to Cue Point and goes on."),
    par<&Pars::cueunits>("cueunits", "Cue Units")
        .on("Timer")
        .items(chop::unit_items_with_fraction)
        .help("Samples, frames, seconds, or a fraction of the whole length."),
    par<&Pars::notifyunits>("notifyunits", "Notify Units")
        .on("Timer")
        .items(chop::unit_items)
        .help("Samples, frames or seconds."),

    par<&Pars::segdat>("segdat", "Segments DAT")
        .on("Segments")
        .help("A table with a row for each timer: columns begin or delay, length, cycle, cyclelimit, maxcycles, "
              "cycleendalert, speed and any others."),
    par<&Pars::segmethod>("segmethod", "Segment Method")
        .on("Segments")
        .items(seg_methods)
        .help(
            "One timer after the other, or all at once with channels of their own: timer_fraction0, timer_fraction1."),
    par<&Pars::segunits>("segunits", "Segment Units")
        .on("Segments")
        .items(seg_units)
        .help("The unit of times in the table."),
    par<&Pars::segsendtime>("segsendtime", "Segments End Time")
        .on("Segments")
        .items(end_times)
        .help("When all is done: at the end of the segments, after Length, or at the later of the two."),
    par<&Pars::channelcolumns>("channelcolumns", "Columns to Custom Channels")
        .on("Segments")
        .help("Columns of the table that become channels."),
    par<&Pars::interpolation>("interpolation", "Custom Channel Interpolation")
        .on("Segments")
        .items(interpolations)
        .help("How such a channel goes from the value of the segment before to its own in the course of a segment."),
    par<&Pars::infocolumns>("infocolumns", "Columns to Info DAT")
        .on("Segments")
        .help("Columns whose numbers in the row of the current segment Info CHOPs and Info DATs show."),
    par<&Pars::gotoprevseg>("gotoprevseg", "Go to Previous Segment")
        .on("Segments")
        .help("Jumps to the beginning of the segment before."),
    par<&Pars::gotonextseg>("gotonextseg", "Go to Next Segment")
        .on("Segments")
        .help("Jumps to the beginning of the segment behind."),

    par<&Pars::subrange>("subrange", "Sub Range").on("Sub Range").help("Run only from Sub Start to Sub End."),
    par<&Pars::substart>("substart", "Sub Start")
        .on("Sub Range")
        .at_least(0)
        .slider(0, 10)
        .help("Master time the run begins at."),
    par<&Pars::subend>("subend", "Sub End")
        .on("Sub Range")
        .at_least(0)
        .slider(0, 10)
        .help("Master time the run ends at."),
    par<&Pars::subendaction>("subendaction", "Sub End Action")
        .on("Sub Range")
        .items(sub_ends)
        .help("Stay at Sub End, or begin at Sub Start again."),
    par<&Pars::substartunits>("substartunits", "Sub Start Units")
        .on("Sub Range")
        .items(chop::unit_items)
        .help("Samples, frames or seconds."),
    par<&Pars::subendunits>("subendunits", "Sub End Units")
        .on("Sub Range")
        .items(chop::unit_items)
        .help("Samples, frames or seconds."),
};

}  // namespace cookline::timer_chop_op
