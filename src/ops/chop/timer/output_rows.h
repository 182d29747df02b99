// Timer CHOP: parameter rows of the pages Outputs and External.
#pragma once
#include <array>

#include "ops/chop/timer/pars.h"

namespace cookline::timer_chop_op {

inline constexpr MenuItem count_ups[] = {
    {"off", "Off"}, {"samples", "Samples"}, {"frames", "Frames"}, {"seconds", "Seconds"}, {"all", "All"}};
inline constexpr MenuItem count_downs[] = {
    {"off", "Off"}, {"seconds", "Seconds"}, {"frames", "Frames"}, {"samples", "Samples"}, {"all", "All"}};

inline constexpr std::array output_rows{
    par<&Pars::outfraction>("outfraction", "Timer Fraction")
        .on("Outputs")
        .help("timer_fraction: 0 to 1 through the cycle."),
    par<&Pars::outtimercount>("outtimercount", "Timer Count")
        .on("Outputs")
        .items(count_ups)
        .help("timer_samples, timer_frames, timer_seconds: time in the cycle."),
    par<&Pars::outtimeractive>("outtimeractive", "Timer Active")
        .on("Outputs")
        .help("timer_active: 1 while the timer counts."),
    par<&Pars::outtimerpulse>("outtimerpulse", "Timer Pulse")
        .on("Outputs")
        .help("timer_pulse: 1 in the frame a timer reaches its length."),
    par<&Pars::outdelayfraction>("outdelayfraction", "Delay Fraction")
        .on("Outputs")
        .help("delay_fraction: 0 to 1 through the delay."),
    par<&Pars::outdelaycount>("outdelaycount", "Delay Count")
        .on("Outputs")
        .items(count_ups)
        .help("delay_samples, delay_frames, delay_seconds: time in the delay."),
    par<&Pars::outinit>("outinit", "Initializing").on("Outputs").help("initializing: 1 until onInitialize returns 0."),
    par<&Pars::outready>("outready", "Ready").on("Outputs").help("ready: 1 from the end of Initialize until Start."),
    par<&Pars::outreadypulse>("outreadypulse", "Ready Pulse")
        .on("Outputs")
        .help("ready_pulse: 1 in the frame it becomes ready."),
    par<&Pars::outrunning>("outrunning", "Running").on("Outputs").help("running: 1 from Start until done."),
    par<&Pars::outdone>("outdone", "Done").on("Outputs").help("done: 1 when all is over."),
    par<&Pars::outdonepulse>("outdonepulse", "Done Pulse").on("Outputs").help("done_pulse: 1 in the frame it is done."),
    par<&Pars::outcycle>("outcycle", "Cycles")
        .on("Outputs")
        .help("cycles: how many cycles of the segment are complete."),
    par<&Pars::outcyclepulse>("outcyclepulse", "Cycle Pulse")
        .on("Outputs")
        .help("cycle_pulse: 1 in the frame a cycle ends."),
    par<&Pars::outcycleplusfraction>("outcycleplusfraction", "Cycles + Fraction")
        .on("Outputs")
        .help("cycles_plus_fraction: the sum of both."),
    par<&Pars::outseg>("outseg", "Segment").on("Outputs").help("segment: index of the segment, from 0."),
    par<&Pars::outsegpulse>("outsegpulse", "Segment Pulse")
        .on("Outputs")
        .help("segment_pulse: 1 in the frame a segment ends."),
    par<&Pars::outsegplusfraction>("outsegplusfraction", "Segment + Fraction")
        .on("Outputs")
        .help("segment_plus_fraction: the number of segments at the end."),
    par<&Pars::outlength>("outlength", "Length")
        .on("Outputs")
        .items(count_downs)
        .help("length_seconds, length_frames, length_samples of the segment."),
    par<&Pars::outcumulativecount>("outcumulativecount", "Cumulative Timer Count")
        .on("Outputs")
        .items(count_ups)
        .help("cumulative_…: timer time since Start with speed, without pauses and delays; jumps do not set it back."),
    par<&Pars::outplayingcount>("outplayingcount", "Playing Timer Count")
        .on("Outputs")
        .items(count_downs)
        .help("playing_…: time since Start while it plays, whatever the speed."),
    par<&Pars::outrunningcount>("outrunningcount", "Running Time Count")
        .on("Outputs")
        .items(count_ups)
        .help("running_…: time since Start until done, whatever happens."),
    par<&Pars::outmastercount>("outmastercount", "Master Time Count")
        .on("Outputs")
        .items(count_downs)
        .help("master_…: the place in the whole, delays included; jumps set it."),

    par<&Pars::extchop>("extchop", "External CHOP").on("External").help("Holds the channel that time comes from."),
    par<&Pars::extunits>("extunits", "External Units")
        .on("External")
        .items(chop::unit_items_with_fraction)
        .help("The unit of that channel."),
    par<&Pars::extchannel>("extchannel", "External Channel")
        .on("External")
        .as(Style::StrMenu)
        .help("Name or index of that channel; empty: the first."),
    par<&Pars::exttcop>("exttcop", "External Timecode Object/CHOP/DAT")
        .on("External")
        .help("A CHOP with channels hour, minute, second and frame, or a DAT with a timecode hh:mm:ss:ff in its first "
              "cell."),
    par<&Pars::extstartoff>("extstartoff", "External Start Offset")
        .on("External")
        .slider(0, 10)
        .in("s")
        .help("The external time at which the timer starts."),
    par<&Pars::extinitoff>("extinitoff", "External Initialize Offset")
        .on("External")
        .slider(0, 10)
        .in("s")
        .help("The external time at which the timer is initialised."),
    // TD differs: output has one sample a frame at any rate; TouchDesigner resamples to this rate.
    par<&Pars::rate>("rate", "Sample Rate")
        .on("External")
        .at_least(1e-6)
        .slider(1, 120)
        .in("Hz")
        .help("How long a sample is where a unit is Samples."),
    par<&Pars::exttcobj>("exttcobj", "External Timecode Object")
        .on("External")
        .help("An expression that gives a timecode text hh:mm:ss:ff, or seconds."),
};

}  // namespace cookline::timer_chop_op
