"""The functions of TouchDesigner's module of this name that scripts and extensions use most."""
from td._dependency import Dependency
from tdu import clamp, remap  # noqa: F401


def createProperty(classInstance, name, value=None, attributeName=None, readOnly=False, dependable=True):
    """Makes a property on the class of an extension. Its value is kept in a Dependency, _Name by default, so that
    expressions that read it evaluate again when it changes."""
    attribute = attributeName or "_" + name
    setattr(classInstance, attribute, Dependency(value) if dependable else value)

    def read(self):
        kept = getattr(self, attribute)
        return kept.val if dependable else kept

    def write(self, new):
        if dependable:
            getattr(self, attribute).val = new
        else:
            setattr(self, attribute, new)

    setattr(type(classInstance), name, property(read, None if readOnly else write))


def parentLevel(parentOp, childOp):
    """How many levels `childOp` lies below `parentOp`, None if it does not."""
    level, above = 0, childOp
    while above is not None:
        if above is parentOp:
            return level
        level, above = level + 1, above.parent()
    return None


def findNeighboringNodes(target):
    """The operators of the same component, without the given one."""
    return [op for op in target.parent().children if op is not target]


def getMenu(labels, names=None):
    """A menu of these items, for Par.menuSource."""
    import tdu
    return tdu.ParMenu(names or labels, labels)


def arrangeNode(node, position="bottom", spacing=20):
    """Puts an operator beside the others of its component."""
    others = findNeighboringNodes(node)
    if not others:
        return
    if position == "bottom":
        node.nodeX, node.nodeY = min(op.nodeX for op in others), min(op.nodeY for op in others) - node.nodeHeight - spacing
    elif position == "top":
        node.nodeX, node.nodeY = min(op.nodeX for op in others), max(op.nodeY + op.nodeHeight for op in others) + spacing
    elif position == "left":
        node.nodeX, node.nodeY = min(op.nodeX for op in others) - node.nodeWidth - spacing, max(op.nodeY for op in others)
    else:
        node.nodeX, node.nodeY = max(op.nodeX + op.nodeWidth for op in others) + spacing, max(op.nodeY for op in others)
