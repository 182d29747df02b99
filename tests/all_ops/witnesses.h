// For parameters that do nothing as an operator is created: the settings under which they can be seen to work.
#pragma once
#include <string_view>

namespace cookline {

// `settings` and `change` are "par=value; par=value"; without a change, values other than the present one are tried.
// Values are as in Stage::set. `type` is a pattern, `pars` a list of patterns. The first row that matches counts.
struct Witness {
  std::string_view type, pars, settings, change = {};
};

inline constexpr Witness witnesses[] = {
    // TOPs: the Common page.
    {"selectTOP", "aspect?", "top=top2; outputaspect=custom"},
    {"selectTOP", "inputfiltertype", "top=top2; outputresolution=quarter"},
    {"noiseTOP", "inputfiltertype", "outputresolution=quarter; rgb=add"},
    {"constantTOP rectangleTOP", "inputfiltertype", "outputresolution=quarter; operand=add"},
    {"constantTOP", "npasses chanmask", "operand=add; colorr=0.1; colorb=0.3"},
    {"rectangleTOP", "npasses chanmask", "operand=add; fillalpha=0.5"},
    {"noiseTOP", "npasses chanmask", "rgb=add"},
    {"levelTOP", "npasses chanmask", "brightness1=0.5"},
    {"cacheselectTOP", "resolution? resmult", "cachetop=cache1; outputresolution=custom"},
    {"cacheselectTOP", "aspect?", "cachetop=cache1; outputaspect=custom"},
    {"cacheselectTOP", "inputfiltertype", "cachetop=cache1; outputresolution=quarter"},
    {"moviefileinTOP", "resolution? resmult", "file=clip; outputresolution=custom"},
    {"moviefileinTOP", "aspect?", "file=clip; outputaspect=custom"},
    {"moviefileinTOP", "inputfiltertype", "file=clip; outputresolution=quarter"},
    {"*TOP", "resolution? resmult", "outputresolution=custom"},
    {"*TOP", "aspect?", "outputaspect=custom"},
    {"*TOP", "inputfiltertype", "outputresolution=quarter"},

    {"noiseTOP", "rough", "type=sparse; harmon=3"},
    {"noiseTOP", "xord", "rz=30; tx=0.4; sx=2"},
    {"noiseTOP", "rord p?", "rx=20; ry=30; rz=40"},
    {"noiseTOP", "t4d s4d", "type=simplex4d; t4d=0.3"},
    {"rectangleTOP", "centerunit", "centerx=0.2; centery=0.1"},
    {"rectangleTOP", "border? borderalpha borderoffset borderwidthunit", "borderwidth=0.2"},
    {"rectangleTOP", "bg*", "bgalpha=0.5"},
    {"rectangleTOP", "multrgbbyalpha", "fillalpha=0.5"},
    {"rectangleTOP", "cornerradiusunit", "cornerradius=0.2"},
    {"rectangleTOP", "antialias", "rotate=20"},
    {"rectangleTOP", "softnessunit", "softness=0.1"},
    {"rectangleTOP", "swaporder", "operand=over; fillalpha=0.5"},
    {"constantTOP", "parmcolorspace", "colorr=0.4"},
    {"rectangleTOP", "parmcolorspace", "fillcolorr=0.4"},
    {"constantTOP", "multrgbbyalpha", "alpha=0.5"},
    {"constantTOP", "swaporder", "operand=over; alpha=0.5"},
    {"compositeTOP", "swaporder", "operand=over"},
    {"compositeTOP", "inputindex", "selectinput=1"},
    {"compositeTOP", "justify? extend", "prefit=nativeres"},
    {"compositeTOP", "tunit", "tx=0.3"},
    {"compositeTOP", "px py", "r=30"},
    {"compositeTOP", "punit", "r=30; px=0.3"},
    {"compositeTOP", "tstepunit", "tstepx=0.3"},
    {"compositeTOP", "legacyxform", "r=30; tx=0.3"},
    {"levelTOP", "step* threshold clamplow clamphigh soften", "stepping=1; stepsize=0.3; soften=0.2"},
    {"levelTOP", "clamplow2 clamphigh2", "clamp=1; clamplow2=0.4; clamphigh2=0.6"},
    {"feedbackTOP", "reset*", "top=top2"},
    {"switchTOP", "blend", "index=0.5"},
    {"switchTOP", "extend", "index=4"},
    {"selectTOP", "*", "top=top2"},

    // Movie File Out.
    {"moviefileoutTOP", "fps length lengthunit", "type=imagesequence; record=1; limitlength=1; length=0.05"},
    {"moviefileoutTOP", "limitlength", "type=imagesequence; record=1; length=0.05"},
    {"moviefileoutTOP", "addframe", "type=imagesequence; record=1; pause=1"},
    {"moviefileoutTOP", "leadingzerosdigits", "type=imagesequence; record=1", "leadingzerosdigits=3"},
    {"moviefileoutTOP", "*", "type=imagesequence; record=1"},

    // Movie File In: "clip" has five pictures, 30 a second, of which frames show each twice.
    {"moviefileinTOP", "file", "", "file=clip"},
    {"moviefileinTOP", "play speed cue cuepulse", "file=clip; playmode=sequential"},
    {"moviefileinTOP", "cuepoint cuepointunit", "file=clip; playmode=sequential; cue=1; cuepoint=2"},
    {"moviefileinTOP", "cuebehavior", "file=clip; playmode=sequential; cue==odd; overridesample=1"},
    {"moviefileinTOP", "index indexunit", "file=clip; playmode=specify; index=1"},
    {"moviefileinTOP", "loopcrossfade*", "file=clip; overridesample=1; loopcrossfade=1"},
    {"moviefileinTOP", "imageindexing", "file=clip; playmode=specify; index=12"},
    {"moviefileinTOP", "timecodemode timecodeop", "file=clip; playmode=timecodeop; timecodeop=clock"},
    {"moviefileinTOP", "precedence", "file=clip; deinterlace=bob"},
    {"moviefileinTOP", "loadingerrorimage", "file=gone"},
    {"moviefileinTOP", "trim", "file=clip; tstart=2"},
    {"moviefileinTOP", "tstart* tend*", "file=clip; trim=1; tstart=1"},
    {"moviefileinTOP", "textendleft", "file=clip; playmode=specify; index==frame*-1+0"},
    {"moviefileinTOP", "textendright samplerate", "file=clip; overridesample=1"},
    {"moviefileinTOP", "*", "file=clip"},

    // Cache and Cache Select: "cache1" keeps what top1 shows.
    {"cacheTOP", "activepulse cacheonce replacespulse", "active=0"},
    {"cacheTOP", "replaceindex", "prefillpulse=!0; replace=1"},
    {"cacheTOP", "interp", "outputindex=-0.5"},
    {"cacheTOP", "replace prefill outputindexunit", "outputindex=-1"},
    {"cacheTOP", "prefillpulse cachesize reset resetpulse", "outputindex=-5"},
    {"cacheselectTOP", "cachetop", "", "cachetop=cache1"},
    {"cacheselectTOP", "*", "cachetop=cache1"},

    // CHOPs: the Common page.
    {"constantCHOP", "scope", "const0name=a1; const0value=9"},
    {"constantCHOP", "timeslice", "single=0"},
    {"*CHOP", "exportmethod", "exporttable=exports"},
    {"*CHOP", "exporttable", "exportmethod=datname"},
    {"infoCHOP", "autoexportroot", ""},
    {"constantCHOP", "autoexportroot", "exportmethod=autoname; const0name=watched:Size"},
    {"timerCHOP", "autoexportroot", "start=!0; exportmethod=autoname; segdat=segments; channelcolumns=watched:Size"},
    {"parameterCHOP", "autoexportroot", "ops=chop1; builtin=1; exportmethod=autoname; renameto=watched:Size"},
    {"*CHOP", "autoexportroot", "exportmethod=autoname; renamefrom=*; renameto=watched:Size"},
    {"parameterCHOP", "renamefrom renameto", "ops=chop1; builtin=1; renameto=x*"},
    {"*CHOP", "renamefrom", "renameto=x*"},
    {"*CHOP", "renameto", "renamefrom=*"},

    {"constantCHOP", "const", "", "const=3; const2name=x"},
    {"constantCHOP", "first", "snap=!1"},
    {"constantCHOP", "start*", "single=0; end=20; start=5"},
    {"constantCHOP", "end*", "single=0; end=20"},
    {"countCHOP", "threshdown", "threshold=0", "threshdown=1"},
    {"countCHOP", "threshold", "threshdown=1"},
    {"countCHOP", "output limit*", "on=inc; output=loop; limitmax=3"},
    {"countCHOP", "ontooff", ""},
    {"countCHOP", "retrigger", "", "retrigger=3; retriggerunit=frames"},
    {"countCHOP", "retriggerunit", "retrigger=3"},
    {"countCHOP", "resetpulse", "threshup=-0.8"},
    {"nullCHOP", "checknames", "cooktype=selective; checkvalues=0; checkrange=0"},
    {"nullCHOP", "checkrange", "cooktype=selective; checkvalues=0; checknames=0"},
    {"nullCHOP", "checkvalues", "cooktype=selective"},
    {"nullCHOP", "cooktype", "checkvalues=0"},
    {"inCHOP", "channames", "numchannels=1; channames=b2"},
    {"parameterCHOP", "sequences fetch", "ops=chop1; fetch=sequencetypes; builtin=1"},
    {"parameterCHOP", "ops", "builtin=1"},
    {"parameterCHOP", "*", "ops=watched chop1; builtin=1"},
    {"selectCHOP", "digits stripdigits", "filterbydigits=1; digits=1"},
    {"selectCHOP", "align autoprefix srselect", "chop=chop2"},
    {"selectCHOP", "scope", "chop=chop2; channames=b2"},
    {"infoCHOP", "range?", "op=chop2; values=inside"},
    {"infoCHOP", "*", "op=chop2"},
    {"mathCHOP", "torange?", "fromrange2=2"},
    {"mathCHOP", "match align", "chopop=add"},

    // The Timer: frames run from 0 to 5.
    {"timerCHOP", "deferpars", "start=!0; lengthunits=frames; length==frame*1+3"},
    {"timerCHOP", "cue cuepulse", "start=!0; lengthunits=frames; length=9"},
    {"timerCHOP", "cuepoint cueunits", "start=!0; lengthunits=frames; length=9; cue=1; cuepoint=2"},
    {"timerCHOP", "cycle ondone gotoendcycle", "start=!0; lengthunits=frames; length=2; callbacks=dat2"},
    {"timerCHOP", "cyclelimit exitendcycle", "start=!0; lengthunits=frames; length=2; cycle=1"},
    {"timerCHOP", "maxcycles", "start=!0; lengthunits=frames; length=2; cycle=1; cyclelimit=1"},
    {"timerCHOP", "cycleendalert notifyunits",
     "start=!0; lengthunits=frames; length=4; cycle=1; cycleendalert=0.02; callbacks=dat2"},
    {"timerCHOP", "delayunits", "start=!0; lengthunits=frames; length=3; delay=0.02"},
    {"timerCHOP", "channelcolumns", "start=!0; segdat=segments", "channelcolumns=extra"},
    {"timerCHOP", "interpolation", "unwired=1; start=!0; segdat=segments; channelcolumns=extra"},
    {"timerCHOP", "infocolumns", "start=!0; segdat=segments", "infocolumns=extra"},
    {"timerCHOP", "seg* goto????seg", "start=!0; segdat=segments; outseg=1"},
    {"timerCHOP", "subrange", "start=!0; lengthunits=frames; length=9; substart=0.02; subend=0.05"},
    {"timerCHOP", "sub*", "start=!0; lengthunits=frames; length=9; subrange=1; substart=0.02; subend=0.05"},
    {"timerCHOP", "extstartoff extinitoff", "timecontrol=chop; extchop=chop1; extchannel=c; extunits=frames"},
    {"timerCHOP", "exttcobj", "timecontrol=timecode; exttcop=clock; start=!0", "exttcobj=0.5"},
    {"timerCHOP", "exttcop", "timecontrol=timecode; start=!0", "exttcop=clock"},
    {"timerCHOP", "ext*", "timecontrol=chop; extchop=chop1; start=!0"},
    {"timerCHOP", "*", "start=!0; lengthunits=frames; length=3; callbacks=dat2"},

    // DATs.
    {"tableDAT", "removeblank", "file=lines.txt; loadonstart=1"},
    {"*DAT", "file", "unwired=1; loadonstart=1", "file=lines.txt"},
    {"*DAT", "loadonstart loadonstartpulse writepulse syncfile", "unwired=1; file=lines.txt"},
    {"*DAT", "defaultreadencoding", "unwired=1; file=lines.txt; loadonstart=1"},
    {"tableDAT", "cellexpr", "fill=setsizeandcontents; rows=2; cols=2"},
    {"tableDAT", "rows cols", "fill=setsize"},
    {"tableDAT", "fills", "fill=fillbycol; rows=2", "fills=2; fills1names=z"},
    {"tableDAT", "includenames fills*", "fill=fillbycol; rows=2; fills0names=a b; fills0expr=e"},
    {"selectDAT", "dat", "unwired=1"},
    {"selectDAT", "firstrow", "extractrows=byindex; rowindexstart=2; rowindexend=2; firstrow=1"},
    {"selectDAT", "firstcol", "extractcols=byindex; colindexstart=2; colindexend=2; firstcol=1"},
    {"selectDAT", "rownamestart rownameend", "extractrows=byname; rownamestart=p; rownameend=q",
     "rownamestart=q; rownameend=q"},
    {"selectDAT", "rowindexstart rowindexend", "extractrows=byindex"},
    {"selectDAT", "rownames", "extractrows=bynames; rownames=p", "rownames=q"},
    {"selectDAT", "rowexpr", "extractrows=byexpr; rowexpr=odd", "rowexpr="},
    {"selectDAT", "fromcol", "extractrows=bynames; rownames=5"},
    {"selectDAT", "colnamestart colnameend", "extractcols=byname; colnamestart=v; colnameend=w",
     "colnamestart=w; colnameend=w"},
    {"selectDAT", "colindexstart colindexend", "extractcols=byindex"},
    {"selectDAT", "colnames", "extractcols=bynames; colnames=v", "colnames=w"},
    {"selectDAT", "colexpr", "extractcols=byexpr; colexpr=odd", "colexpr="},
    {"selectDAT", "fromrow", "extractcols=bynames; colnames=5", "fromrow=2"},
    {"chopexecuteDAT", "chop", ""},
    {"chopexecuteDAT", "freq", "chop=chop2; whileon=1"},
    {"chopexecuteDAT", "*", "chop=chop1"},
    {"datexecuteDAT", "dat", ""},
    {"datexecuteDAT", "*", "dat=dat1"},
    {"parameterexecuteDAT", "op", "pars=*", "op=watched"},
    {"parameterexecuteDAT", "pars", "op=watched", "pars=*"},
    {"parameterexecuteDAT", "*", "op=watched; pars=*"},
    {"infoDAT", "*", "op=chop2"},
};

// Parameters that do nothing here, and the words of their help text that tell users so.
struct Silent {
  std::string_view type, pars, words;
};
inline constexpr Silent silent[] = {
    {"*TOP", "fillmode filtertype", "no effect on pixels"},
    {"nullTOP inTOP outTOP selectTOP switchTOP feedbackTOP moviefileoutTOP moviefileinTOP cacheTOP "
     "cacheselectTOP",
     "npasses chanmask", "pass a picture on"},
    {"cacheTOP", "alwayscook", "frames that do not need this one"},
    {"moviefileinTOP", "reload reloadpulse", "No effect on a file that has not changed"},
    {"moviefileinTOP",
     "audioloop decodepixelformat prereadframes frametimeout* alwaysloadinitial opentimeout "
     "uselatestontimeout predownloadhttp maxdecodecpus highperfread* hwdecode asyncupload",
     "Kept for TouchDesigner"},
    {"moviefileinTOP", "inputreferencewhite", "For PQ and HLG"},
    {"*TOP *COMP", "parmreferencewhite", "the same white here"},
    {"moviefileoutTOP", "stallforopen", "nothing is ever dropped"},
    {"moviefileoutTOP", "headerdat pointcloud input input0*", "For OpenEXR"},
    {"moviefileoutTOP", "mipmaps", "For DDS"},
    {"moviefileoutTOP", "outputcolorspace", "that files are written in"},
    {"moviefileoutTOP", "outputreferencewhite", "For PQ and HLG"},
    {"moviefileoutTOP", "maxthread", "Kept for TouchDesigner"},
    {"moviefileoutTOP",
     "video* movie* audio* starttimecode *bitrate bitratemode keyframeinterval "
     "maxbframes motionpredict profile preset entropymode secondarycompression "
     "frameslicing numslices stereomode sphericalmode encodetestmode",
     "For movies"},
    {"inTOP outTOP inCHOP outCHOP", "label", "no effect here"},
    {"timerCHOP", "timeslice", "the Timer always"},
    {"nullCHOP inCHOP outCHOP parameterCHOP infoCHOP timerCHOP", "scope", "of the input's channels"},
    {"nullCHOP inCHOP outCHOP parameterCHOP infoCHOP", "srselect", "inputs of different rates"},
    {"infoCHOP infoDAT", "passive", "No effect"},
    {"infoCHOP", "childcooktime", "No effect"},
    {"mathCHOP", "interppars", "No effect"},
    {"*DAT", "edit", "does nothing without"},
    {"*DAT", "executeloc fromop", "Tscript"},
    {"*DAT", "write", "Kept for TouchDesigner"},
    {"*DAT", "language", "only a hint for editors"},
    {"*DAT", "extension customext", "no effect here"},
    {"*DAT", "wordwrap", "viewer"},
    {"infoCHOP", "autoexportroot", "paths in channel names"},
    {"executeDAT", "playstatechange devicechange", "never happens"},
    {"*COMP", "nodeview opviewer", "no effect here"},
    {"*COMP", "parmcolorspace", "Components draw nothing here"},
    {"*COMP",
     "enablecloning* clone loadondemand enableexternaltox* externaltox reloadcustom reloadbuiltin savebackup "
     "subcompname "
     "relpath",
     "Kept for TouchDesigner"},
    {"containerCOMP", "* ^ext ^ext0* ^initextonstart ^reinitextensions ^parentshortcut ^opshortcut ^iop ^iop0*",
     "Kept for TouchDesigner"},
};

// Parameters that Python acts on: without it they do nothing; tests/script shows that they work.
struct Scripted {
  std::string_view type, pars;
};
inline constexpr Scripted scripted[] = {
    {"executeDAT", "active start create exit framestart frameend projectpresave projectpostsave"},
    {"*COMP", "ext ext0* initextonstart reinitextensions parentshortcut opshortcut iop iop0*"},
};

}  // namespace cookline
