"""Small networks for tests, as TDN documents."""
import json

TAKE = {"type": "imagesequence", "imagefiletype": "png", "file": "=me.fileSuffix", "record": "=parent().par.Record"}


def operator(name, kind, inputs=(), text=None, sequences=None, **parameters):
    """One operator; `text` is what a DAT holds, `sequences` blocks of parameters by the name of their sequence."""
    made = {"name": name, "type": kind}
    if sequences:
        made["sequences"] = sequences
    if parameters:
        made["parameters"] = parameters
    if inputs:
        made["inputs"] = list(inputs)
    if text is not None:
        made["dat_content"], made["dat_content_format"] = text, "text"
    return made


def custom(name, style="Toggle", **attributes):
    """One custom parameter."""
    return {"name": name, "style": style, **attributes}


def component(name, children, pars=()):
    """A component with custom parameters on one page."""
    made = {"name": name, "type": "baseCOMP", "children": list(children)}
    if pars:
        made["custom_pars"] = {"Record": list(pars)}
    return made


def recorder(*children, pars=(), name="recorder", source=None, **movie):
    """A component with Record, a small moving picture, a Movie File Out and further operators."""
    picture = source or operator("picture1", "constantTOP", outputresolution="custom", resolutionw=16, resolutionh=8,
                                 colorr="=me.time.seconds % 1", colorg=0.5)
    out = operator("moviefileout1", "moviefileoutTOP", [picture["name"]], **{**TAKE, **movie})
    return component(name, [picture, out, *children], [custom("Record"), *pars])


def limited(images, **movie):
    """A recorder whose takes have so many images."""
    return recorder(limitlength=True, length=images, lengthunit="indices", **movie)


def script(name, function, body, chop="parameter1", **parameters):
    """A CHOP Execute DAT with one callback."""
    lines = "".join(f"    {line}\n" for line in body.splitlines())
    return operator(name, "chopexecuteDAT", chop=chop, text=f"def {function}(channel, sampleIndex, val, prev):\n{lines}", **parameters)


WATCH_RECORD = operator("parameter1", "parameterCHOP", ops="..", parameters="Record")


def write(folder, *operators, name="show.tdn"):
    """Writes a document into the folder and gives its name."""
    document = {"format": "tdn", "version": "2.0", "network_path": "/", "type": "baseCOMP", "operators": list(operators)}
    (folder / name).write_text(json.dumps(document, indent=1))
    return name
