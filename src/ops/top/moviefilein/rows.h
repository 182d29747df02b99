// Movie File In TOP: the table of its parameters.
#pragma once
#include "ops/support/file_colours.h"
#include "ops/top/moviefilein/pars.h"

namespace cookline::moviefilein_op {

inline constexpr MenuItem play_modes[] = {{"locked", "Locked to Timeline"},
                                          {"specify", "Specify Index"},
                                          {"sequential", "Sequential"},
                                          {"timecodeop", "Timecode Object/CHOP/DAT"}};
inline constexpr MenuItem units[] = {{"indices", "I"}, {"frames", "F"}, {"seconds", "S"}, {"fraction", "%"}};
inline constexpr MenuItem cue_behaviors[] = {{"repeat", "On Release, Repeat Cued Frame"},
                                             {"play", "On Release, Play Next Frame"}};
inline constexpr MenuItem audio_loops[] = {{"silence", "Silence"}, {"fade", "Fade"}, {"match", "Match Start to End"}};
inline constexpr MenuItem indexings[] = {{"zero", "Zero Based"}, {"filename", "Filename Based"}};
inline constexpr MenuItem timecode_modes[] = {{"absolute", "Absolute"}, {"usefiletimecode", "Use to File Timecode"}};
inline constexpr MenuItem deinterlaces[] = {{"off", "Off"}, {"even", "Even"}, {"odd", "Odd"}, {"bob", "Bob (Split)"}};
inline constexpr MenuItem precedences[] = {{"even", "Even"}, {"odd", "Odd"}};
inline constexpr MenuItem multiplies[] = {{"off", "Off"}, {"on", "On"}, {"automatic", "Automatic"}};
inline constexpr MenuItem error_images[] = {{"coloredbottomright", "Colored Bottom Right Square"}, {"zero", "Zero"}};
inline constexpr MenuItem decode_formats[] = {{"fastest", "Fastest"}, {"best", "Best"}};
inline constexpr MenuItem extends[] = {
    {"hold", "Hold"}, {"cycle", "Cycle"}, {"mirror", "Mirror"}, {"black", "Black"}, {"zero", "Zero"}};
inline constexpr MenuItem timeout_strategies[] = {
    {"keep", "Keep Frame"}, {"playback", "Best for Playback"}, {"seeking", "Best for Seeking"}};

inline constexpr std::array play_rows = {
    par<&Pars::file>("file", "File")
        .on("Play")
        .as(Style::File)
        .help("An image, a movie, a folder of images, or a pattern of their names: image.*.png, image.####.png, "
              "image.%04d.png. Relative names start at the project's folder."),
    par<&Pars::reload>("reload", "Reload")
        .on("Play")
        .help("While on, the file is opened anew in every frame. No effect "
              "on a file that has not changed."),
    par<&Pars::reloadpulse>("reloadpulse", "Reload Pulse")
        .on("Play")
        .help("Opens the file anew. No effect on a file that has not changed."),
    par<&Pars::playmode>("playmode", "Play Mode")
        .on("Play")
        .items(play_modes)
        .help(
            "What says where in the file we are: the time of the frame, Index, Play and Speed from frame to frame, or "
            "a timecode."),
    par<&Pars::play>("play", "Play").on("Play").help("Sequential moves on from frame to frame."),
    par<&Pars::speed>("speed", "Speed")
        .on("Play")
        .slider(-2, 2)
        .help("Of Sequential: 2 is twice as fast, below 0 is backwards."),
    par<&Pars::cue>("cue", "Cue").on("Play").help("Of Sequential: holds the Cue Point."),
    par<&Pars::cuepulse>("cuepulse", "Cue Pulse").on("Play").help("Of Sequential: jumps to the Cue Point."),
    par<&Pars::cuepoint>("cuepoint", "Cue Point").on("Play").slider(0, 10).help("Where Cue goes."),
    par<&Pars::cuepointunit>("cuepointunit", "Cue Point Unit").on("Play").items(units).help("Unit of Cue Point."),
    par<&Pars::cuebehavior>("cuebehavior", "Cue Behavior")
        .on("Play")
        .items(cue_behaviors)
        .help("What the first frame shows in which Cue is off again."),
    par<&Pars::index>("index", "Index")
        .on("Play")
        .slider(0, 10)
        .help("Of Specify Index: the picture shown, counted from Trim Start; rounded down."),
    par<&Pars::indexunit>("indexunit", "Index Unit")
        .on("Play")
        .items(units)
        .help("Unit of Index: pictures, frames of the project, seconds, or a fraction of the trimmed length."),
    par<&Pars::loopcrossfade>("loopcrossfade", "Loop Crossfade")
        .on("Play")
        .at_least(0)
        .slider(0, 10)
        .help("Where Extend Right is Cycle: so much of the end fades into the beginning. The loop is as much shorter."),
    par<&Pars::loopcrossfadeunit>("loopcrossfadeunit", "Loop Crossfade Unit")
        .on("Play")
        .items(units)
        .help("Unit of Loop Crossfade."),
    par<&Pars::stepsize>("stepsize", "Step Size")
        .on("Play")
        .at_least(1)
        .slider(1, 10)
        .help("2 shows every second picture, each twice as long."),
    par<&Pars::audioloop>("audioloop", "Audio Loop")
        .on("Play")
        .as(Style::Menu)
        .items(audio_loops)
        .help("Kept for TouchDesigner: a TOP has no sound."),
    par<&Pars::imageindexing>("imageindexing", "Image Sequence Indexing")
        .on("Play")
        .items(indexings)
        .help("Of sequences: indices count from 0, or are the numbers in the names of the files."),
    par<&Pars::timecodemode>("timecodemode", "Timecode Mode")
        .on("Play")
        .items(timecode_modes)
        .help("A timecode counts from 0, or from the timecode at which the file begins."),
    par<&Pars::timecodeop>("timecodeop", "Timecode Object/CHOP/DAT")
        .on("Play")
        .help("A CHOP with channels hour, minute, second and frame, or a DAT with hh:mm:ss:ff in its first cell."),
};

inline constexpr std::array image_rows = {
    par<&Pars::interp>("interp", "Interpolate Frames")
        .on("Image")
        .help("Between two pictures, both are shown in proportion."),
    par<&Pars::deinterlace>("deinterlace", "Deinterlace")
        .on("Image")
        .items(deinterlaces)
        .help("Takes the even or odd rows, counted from the top, or first the ones and then the others: half the "
              "height, and with Bob twice as many pictures."),
    par<&Pars::precedence>("precedence", "Field Precedence")
        .on("Image")
        .items(precedences)
        .help("Which rows Bob shows first."),
    par<&Pars::bottomhalfalpha>("bottomhalfalpha", "Bottom Half is Alpha (AAA)")
        .on("Image")
        .help("The red of the lower half is the alpha of the upper one."),
    par<&Pars::multalpha>("multalpha", "Multiply RGB by Alpha")
        .on("Image")
        .as(Style::Menu)
        .items(multiplies)
        .help("The former name of Pre-Multiply RGB by Alpha: either does it."),
    par<&Pars::premultrgbbyalpha>("premultrgbbyalpha", "Pre-Multiply RGB by Alpha")
        .on("Image")
        .items(multiplies)
        .help("Automatic does so for files whose colour is not multiplied by alpha: PNG, BMP, WebP, movies. What a TOP "
              "has written plays back unchanged with Off."),
    par<&Pars::inputcolorspace>("inputcolorspace", "Input Color Space")
        .on("Image")
        .as(Style::Menu)
        .items(file_colour_spaces)
        .help(
            "The colour space that the file's values are in; they are brought into sRGB as float. Automatic: what the "
            "file says, else sRGB. Passthrough and sRGB take values as they are."),
    par<&Pars::inputreferencewhite>("inputreferencewhite", "Input Reference White")
        .on("Image")
        .as(Style::Menu)
        .items(file_reference_whites)
        .help("For PQ and HLG: how bright 1 is, 100 (SDR) or 203 cd/m2 (HDR, their default)."),
    par<&Pars::loadingerrorimage>("loadingerrorimage", "Loading/Error Image")
        .on("Image")
        .items(error_images)
        // TD differs: a missing picture stops the render unless transparent black is asked for.
        .help("A file that cannot be read is an error; with Zero it is transparent black, and a warning."),
    par<&Pars::decodepixelformat>("decodepixelformat", "Decode Pixel Format")
        .on("Image")
        .as(Style::Menu)
        .items(decode_formats)
        .help("Kept for TouchDesigner: pictures have the bits of the file."),
};

inline constexpr std::array trim_rows = {
    par<&Pars::trim>("trim", "Trim").on("Trim").help("Plays the part from Trim Start to Trim End."),
    par<&Pars::tstart>("tstart", "Trim Start").on("Trim").slider(0, 1).help("Where the part begins; rounded down."),
    par<&Pars::tstartunit>("tstartunit", "Trim Start Unit").on("Trim").items(units).help("Unit of Trim Start."),
    par<&Pars::tend>("tend", "Trim End")
        .on("Trim")
        .slider(0, 1)
        .help("Where it ends: with indices the last picture, otherwise the moment at which it is over."),
    par<&Pars::tendunit>("tendunit", "Trim End Unit").on("Trim").items(units).help("Unit of Trim End."),
    par<&Pars::textendleft>("textendleft", "Extend Left")
        .on("Trim")
        .items(extends)
        .help("What is shown before the beginning: the first picture, the part once more, the part backwards, black, "
              "transparent black."),
    par<&Pars::textendright>("textendright", "Extend Right")
        .on("Trim")
        .items(extends)
        .help("What is shown behind the end, likewise."),
    par<&Pars::overridesample>("overridesample", "Override Sample Rate")
        .on("Trim")
        .help("Plays at Sample Rate. Otherwise movies have their own rate, and images that of the project."),
    par<&Pars::samplerate>("samplerate", "Sample Rate")
        .on("Trim")
        .at_least(0.001)
        .slider(1, 120)
        .in("pictures/s")
        .help("Pictures per second."),
};

inline constexpr std::array tune_rows = {
    par<&Pars::prereadframes>("prereadframes", "Pre-Read Frames")
        .on("Tune")
        .help("Kept for TouchDesigner: images that are asked for in a row are read ahead on all cores."),
    par<&Pars::frametimeout>("frametimeout", "Frame Read Timeout")
        .on("Tune")
        .in("ms")
        .help("Kept for TouchDesigner: every picture is waited for."),
    par<&Pars::frametimeoutstrat>("frametimeoutstrat", "Frame Timeout Strategy")
        .on("Tune")
        .as(Style::Menu)
        .items(timeout_strategies)
        .help("Kept for TouchDesigner: every picture is waited for."),
    par<&Pars::alwaysloadinitial>("alwaysloadinitial", "Always Load Initial Frame")
        .on("Tune")
        .help("Kept for TouchDesigner: every picture is waited for."),
    par<&Pars::opentimeout>("opentimeout", "File Open Timeout")
        .on("Tune")
        .in("ms")
        .help("Kept for TouchDesigner: files are waited for."),
    par<&Pars::uselatestontimeout>("uselatestontimeout", "On Timeout, use Latest Avail")
        .on("Tune")
        .help("Kept for TouchDesigner: every picture is waited for."),
    par<&Pars::predownloadhttp>("predownloadhttp", "Pre-Download HTTP Addresses")
        .on("Tune")
        .help("Kept for TouchDesigner: only files are played."),
    par<&Pars::updateimage>("updateimage", "Update Image")
        .on("Tune")
        .help("Off holds the picture that was shown last."),
    par<&Pars::maxdecodecpus>("maxdecodecpus", "Max Decode CPUs")
        .on("Tune")
        .help("Kept for TouchDesigner: the option --threads limits all work at once."),
    par<&Pars::highperfread>("highperfread", "High Performance Read")
        .on("Tune")
        .help("Kept for TouchDesigner: the system reads ahead."),
    par<&Pars::highperfreadfactor>("highperfreadfactor", "High Performance Read Factor")
        .on("Tune")
        .help("Kept for TouchDesigner: the system reads ahead."),
    par<&Pars::hwdecode>("hwdecode", "Hardware Decode")
        .on("Tune")
        .help("Kept for TouchDesigner: movies are decoded by the processor, whose pictures are always the same."),
    par<&Pars::asyncupload>("asyncupload", "Async Upload to GPU")
        .on("Tune")
        .help("Kept for TouchDesigner: there is no GPU."),
};

}  // namespace cookline::moviefilein_op
