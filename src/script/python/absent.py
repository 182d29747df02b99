"""Attributes that TouchDesigner's classes have and these have not: each with the reason or what to use instead."""

_EDITOR = "it belongs to TouchDesigner's network editor, and there is none"
_PRIVACY = "components here have no privacy or licences"
_TOX = "a .tox is TouchDesigner's own binary format; keep the component in a TDN file and name that with tdn_ref"
_CLONES = "clones are not in Cookline yet; COMP.copy makes a copy"
_MEMORY = "the memory of single operators is not measured"
_LAYOUT = "parameters cannot be folded under others here"
_SCRIPT = "only operators that Python fills have it, and there are none in Cookline yet"
_YET = "it is not in Cookline yet"

_REASONS = {
    "OP": {
        _EDITOR: "passive currentPage enclosedBy activeViewer current selected showCustomOnly showDocked icon visibleLevel "
                 "openMenu closeViewer openViewer resetViewer openParameters resetNodeSize",
        _CLONES: "cloneImmune", _MEMORY: "cpuMemory childrenCPUMemory childrenGPUMemory unload",
        "frames are not tied to a clock, so a cook has a duration (cookTime) but no time of day":
            "cookStartTime cookEndTime",
        "its class is that of its type already": "asType", _PRIVACY: "licenseType",
        "the files of operators are named by their parameters": "fileFolder filePath",
        _YET: "dependenciesTo subType",
    },
    "COMP": {
        _CLONES: "clones componentCloneImmune", _TOX: "loadTox loadByteArray reload save saveByteArray saveExternalTox",
        _PRIVACY: "isPrivate isPrivacyActive isPrivacyLicensed privacyFirmCode privacyProductCode privacyDeveloperName "
                  "privacyDeveloperEmail accessPrivateContents addPrivacy blockPrivateContents removePrivacy",
        _EDITOR: "selectedChildren collapseSelected resetNetworkView pickable utility",
        _MEMORY: "progressiveUnload progressiveUnloader",
        _YET: "vfs dirty inputCOMPConnectors outputCOMPs outputCOMPConnectors",
    },
    "TOP": {"pictures are cooked by the processor, without CUDA": "cudaMemory",
            "pictures have one slice and are cooked in one pass": "curPass newestSliceWOffset"},
    "moviefileinTOP": {"of images only the pixels are read; metadata has what movies say of themselves":
                           "numHeaders findHeader getHeader"},
    "CHOP": {_YET: "exportChanges convertToKeyframes save"},
    "DAT": {_YET: "export detectLanguage", "text is edited by scripts alone": "editingFile"},
    "Par": {_LAYOUT: "collapser collapsable", _CLONES: "styleCloneImmune",
            _YET: "bindReferences bindRange subLabel password prevMode lastScriptChange"},
    "ParGroup": {_LAYOUT: "collapser collapsable",
                 _YET: "bindReferences bindRange subLabel password prevMode maxSize defaultSize"},
    "Channel": {_SCRIPT: "destroy copyNumpyArray", _YET: "exports"},
    "Dependency": {_YET: "ops listAttributes"},
    "tdu": {_YET: "ArcBall Camera isPointCloudFile", "debug() is a function here: debug(values)": "debug",
            "a program that writes frames should not be made to crash": "forceCrash"},
}
ABSENT = {kind: {name: reason for reason, names in reasons.items() for name in names.split()}
          for kind, reasons in _REASONS.items()}


def reason(kinds, name):
    """(class, reason) why none of these classes, given by name, has an attribute that TouchDesigner's has; None if it has
    no such attribute there either."""
    return next(((kind, ABSENT[kind][name]) for kind in kinds if name in ABSENT.get(kind, ())), None)
