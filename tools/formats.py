"""Two projects in one: /write stores a picture in several types, /compare shows what each has lost, thirty times as strong."""
SIZE = {"outputresolution": "custom", "resolutionw": 120, "resolutionh": 68}
# Name, type, pixel format, quality.
KINDS = [("jpeg-0.5", "jpeg", "rgba8fixed", 0.5), ("jpeg-0.9", "jpeg", "rgba8fixed", 0.9), ("bmp-8-bit", "bmp", "rgba8fixed", 0.9), ("png-8-bit", "png", "rgba8fixed", 0.9),
         ("png-16-bit", "png", "rgba16fixed", 0.9), ("exr-half", "exr", "rgba16float", 0.9), ("tiff-float", "tiff", "rgba32float", 0.9), ("exr-float", "exr", "rgba32float", 0.9)]
EXTENSIONS = {"jpeg": "jpg", "tiff": "tif"}


def make(parent, kind, name, source=None, **values):
    """An operator with parameters, after another."""
    made = parent.create(kind, name)
    for key, value in values.items():
        setattr(made.par, key, value)
    if source:
        made.inputConnectors[0].connect(source)
    return made


def picture(parent):
    """Moving from black to beyond white."""
    smooth = make(parent, noiseTOP, "smooth1", mono=False, period=4, amp=0.5, offset=0.5, format="rgba32float", seed=4, **SIZE)
    return smooth


def component(name):
    """A component that records."""
    made = op("/").create(baseCOMP, name)
    page = made.appendCustomPage("Record")
    page.appendToggle("Record")
    return made


def writer(parent, name, source, kind, **values):
    """A Movie File Out of one image."""
    out = make(parent, moviefileoutTOP, f"out_{name.replace('-', '_').replace('.', '_')}", source, type="image", imagefiletype=kind, **values)
    out.par.file = f"{name}.{EXTENSIONS.get(kind, kind)}"
    out.par.record.expr = "parent().par.Record"
    return out


write, compare = component("write"), component("compare")
source, original = picture(write), picture(compare)
for name, kind, stored, quality in KINDS:
    safe = name.replace("-", "_").replace(".", "_")
    writer(write, name, make(write, nullTOP, f"as_{safe}", source, format=stored), kind, quality=quality)
    back = make(compare, moviefileinTOP, f"in_{safe}", file=f"written/{name}.{EXTENSIONS.get(kind, kind)}", premultrgbbyalpha="off")
    lost = make(compare, compositeTOP, f"lost_{safe}", back, operand="difference", format="rgba32float")
    lost.inputConnectors[1].connect(original)
    writer(compare, name, make(compare, levelTOP, f"shown_{safe}", lost, brightness1=30, format="rgba8fixed"), "png")
project.save("formats.tdn")
