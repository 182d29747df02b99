"""The texts that TouchDesigner gives new callback DATs: every function, doing nothing."""
from td import _core as core

_FUNCTIONS = {
    "timerCHOP": (
        "onInitialize(timerOp, callCount)", "onReady(timerOp)", "onStart(timerOp)", "onTimerPulse(timerOp, segment)",
        "whileTimerActive(timerOp, segment, cycle, fraction)", "onSegmentEnter(timerOp, segment, interrupt)",
        "onSegmentExit(timerOp, segment, interrupt)", "onCycleStart(timerOp, segment, cycle)",
        "onCycleEndAlert(timerOp, segment, cycle, alertSegment, alertDone, interrupt)", "onCycle(timerOp, segment, cycle)",
        "onDone(timerOp, segment, interrupt)", "onSubrangeStart(timerOp)"),
    "chopexecuteDAT": tuple(f"{name}(channel, sampleIndex, val, prev)" for name in (
        "onOffToOn", "whileOn", "onOnToOff", "whileOff", "onValueChange")),
    "datexecuteDAT": ("onTableChange(dat, prevDAT, info)",),
    "parameterexecuteDAT": (
        "onValueChange(par, prev)", "onValuesChanged(changes)", "onPulse(par)", "onExpressionChange(par, val, prev)",
        "onExportChange(par, val, prev)", "onEnableChange(par, val, prev)", "onModeChange(par, val, prev)"),
    "executeDAT": (
        "onStart()", "onCreate()", "onExit()", "onFrameStart(frame)", "onFrameEnd(frame)", "onPlayStateChange(state)",
        "onDeviceChange()", "onProjectPreSave()", "onProjectPostSave()"),
}


def furnish(made):
    """What creating an operator in TouchDesigner brings with it: the text of an Execute DAT, a docked DAT of callbacks."""
    functions = _FUNCTIONS.get(made.OPType)
    if functions is None:
        return
    result = {"onInitialize(timerOp, callCount)": "return 0"}
    text = "\n".join(f"def {function}:\n    {result.get(function, 'return')}\n" for function in functions)
    if made.isDAT:
        core.set_text(made._id, text)
    elif core.par(made._id, "callbacks") is not None and core.type_facts("textDAT") is not None:
        dat = core.create(made.parent()._id, "textDAT", made.name + "_callbacks")
        core.set_text(dat._id, text)
        dat.dock = made
        made.par.callbacks = dat
