"""How much room things take with all that is written above, below and beside them."""

from __future__ import annotations

from engine.layout import text
from engine.layout.grid import Grid
from engine.layout.model import Artifact, Flow, Node

SATELLITE = 16  # between a node and what is written beside it
BESIDE = 12  # between satellites of the same node
LABEL_GAP = 7
STROKE = 12  # where a default flow has its stroke, no label stands
EVENT_HALF = 18


def breadth(node: Node) -> int:
    """Width of the node with all that is written above or below it."""
    width = node.w
    if node.outer_label:
        width = max(width, text.label_size(node.name).width)
    for side in (node.above, node.below):
        if side:
            width = max(width, sum(artifact_room(a)[0] + BESIDE for a in side) - BESIDE)
    return width + width % 2


def lead(flow: Flow) -> int:
    """Room that a named flow wants between its source and its first turn, so that the name stands on the line."""
    if not flow.name:
        return 0
    return text.label_size(flow.name).width + 14 + (STROKE if flow.default else 0)


def heading_length(name: str) -> int:
    """Least height of a lane or pool in which its name fits into its heading, on two lines when it is long."""
    full = text.width(name, text.TASK_FONT)
    return int(full + 20) if full <= 130 else int(max(150, full * 0.58 + 30))


def reach(grid: Grid, node: Node) -> tuple[int, int]:
    """How far the node and all that is written above and below it reach from its middle."""
    above = below = node.h // 2
    if node.outer_label:
        label = text.label_size(node.name).height + LABEL_GAP
        if node.is_gateway:
            above += label
        else:
            below += label
    for event in grid.level.boundary(node.id):
        name = text.label_size(event.name).height if event.name else 0
        least = node.h // 2 + EVENT_HALF + (name + LABEL_GAP if name else 0)
        if grid.side.get(event.id, 1) > 0:
            below = max(below, least)
        else:
            above = max(above, least)
    if node.above:
        above += SATELLITE + max(artifact_room(a)[1] for a in node.above)
    if node.below:
        below += SATELLITE + max(artifact_room(a)[1] for a in node.below)
    return above, below


def artifact_room(artifact: Artifact) -> tuple[int, int]:
    """Room of an artifact with the name below it."""
    if artifact.kind == "textAnnotation" or not artifact.name:
        return artifact.w, artifact.h
    label = text.label_size(artifact.name)
    return max(artifact.w, label.width), artifact.h + label.height + LABEL_GAP
