"""moviefileinTOP: what it knows of the file that it plays."""
from td import _core as core
from td._info import info_property
from td._timecode import Timecode
from td._top import TOP


def _channels(name):
    """The channels of a pixel format as (name, …): those that its file has."""
    for layout, found in (("monoalpha", "LA"), ("mono", "L"), ("rgba", "RGBA"), ("rgb", "RGB"), ("rg", "RG")):
        if layout in name:
            return tuple(found)
    return ("A",)


class moviefileinTOP(TOP):
    """Movie File In TOP."""

    __slots__ = ()

    index = info_property("index", "The place in the trimmed part, in pictures.")
    indexFraction = info_property("indexFraction", "The same as a fraction of its length.")
    trueIndex = info_property("trueIndex", "The picture shown, counted from the beginning of the file.")
    lastIndexUploaded = info_property("trueIndex", "The picture shown, counted from the beginning of the file.")
    numImages = info_property("length", "How many pictures the trimmed part has.")
    trueNumImages = info_property("trueLength", "How many pictures the file has.")
    numSeconds = info_property("seconds", "How long the trimmed part is.")
    start = info_property("trimStart", "The first picture of the trimmed part.")
    rate = info_property("rate", "Pictures per second.")
    fileWidth = info_property("fileWidth", "Width of the picture in the file.", int)
    fileHeight = info_property("fileHeight", "Height of the picture in the file.", int)
    hasAudio = info_property("hasAudio", "Whether the file has sound.", bool)
    isOpen = info_property("open", "Whether there is a file that can be played.", bool)
    isOpening = info_property("opening", "Never: files are waited for.", bool)
    isPreloading = info_property("preloading", "Never: pictures are waited for.", bool)
    isFullyPreRead = info_property("open", "Whether its pictures can be read.", bool)
    isInvalid = info_property("invalid", "Whether the file cannot be played.", bool)
    hasDecodeErrors = info_property("invalid", "Whether the file cannot be played: a damaged picture is an error.", bool)
    isLastFrame = info_property("lastFrame", "Whether the last picture of the trimmed part is shown.", bool)
    isLoopFrame = info_property("loopFrame", "Whether a loop begins again with this picture.", bool)
    isOddField = info_property("oddField", "Whether odd rows are shown.", bool)

    @property
    def metadata(self):
        """What the file says of itself, as {name: text}."""
        self.isOpen  # chooses the picture of this frame
        return {str(entry["key"]): str(entry["value"]) for entry in core.parts(self._id)}

    @property
    def sourceChannels(self):
        """Names of the channels of the picture."""
        return _channels(self.pixelFormat)

    @property
    def fileStartTimecode(self):
        """The timecode at which the file begins; 00:00:00:00 without one."""
        return Timecode(self.metadata.get("timecode", "00:00:00:00"), fps=self.rate or 60.0)

    @property
    def timecode(self):
        """The timecode of the picture shown."""
        begin = self.fileStartTimecode
        return Timecode(frame=begin.totalFrames + int(self.trueIndex), fps=self.rate or 60.0)

    def preload(self, index=0):
        """Does nothing: pictures are read when they are needed."""

    def unload(self, cacheMemory=False):
        """Does nothing: pictures go when their room is needed."""
