"""Sizes of the symbols, from their kinds and labels."""

from __future__ import annotations

from engine.layout import text
from engine.layout.model import Artifact, Diagram, Level, Node
from engine.layout.reading import ACTIVITIES, levels

EVENT = 36
GATEWAY = 50
TASK_WIDTHS = (120, 140, 160)
TASK_HEIGHT = 80
TASK_PADDING = 7  # of the label in the task, as bpmn-js draws it
ICON = 24  # height of the symbol in the upper left corner, and of the marker at the bottom
MOST_LINES = 4
BOUNDARY_STEP = 62  # least distance from one boundary event to the next on the same activity


def measure(diagram: Diagram) -> None:
    """Set the size of everything but sub-processes (whose content decides) in all pools of the diagram."""
    all_levels = [level for pool in diagram.pools if pool.level for level in levels(pool.level)]
    width = _task_width(all_levels)
    for level in all_levels:
        for node in level.nodes.values():
            node.w, node.h = _node_size(level, node, width)
        for artifact in level.artifacts.values():
            artifact.w, artifact.h = artifact_size(artifact, width)
    for artifact in diagram.loose:
        artifact.w, artifact.h = artifact_size(artifact, width)


def task_label(name: str, width: int) -> text.TextSize:
    """Size of a name inside a task of this width."""
    return text.size(name, width - 2 * TASK_PADDING - text.WORD, text.TASK_FONT)


def _task_width(all_levels: list[Level]) -> int:
    """One width for all tasks of a diagram: the smallest in which the labels keep to a few lines."""
    names = [n.name for level in all_levels for n in level.nodes.values() if n.kind in ACTIVITIES and not n.inner]
    for width in TASK_WIDTHS:
        if all(task_label(name, width).lines <= MOST_LINES for name in names):
            return width
    return TASK_WIDTHS[-1]


def _node_size(level: Level, node: Node, task_width: int) -> tuple[int, int]:
    if node.is_event:
        return EVENT, EVENT
    if node.is_gateway:
        return GATEWAY, GATEWAY
    label = task_label(node.name, task_width)
    height = max(TASK_HEIGHT, label.height + 2 * ICON)
    width = max(task_width, boundary_step(level, node) * len(level.boundary(node.id)) + 8)
    return width + width % 2, height + height % 2


def boundary_step(level: Level, host: Node) -> int:
    """Distance between the boundary events of an activity: the name of each stands right of the flow that leaves it."""
    events = level.boundary(host.id)
    if len(events) < 2:
        return BOUNDARY_STEP
    return max([BOUNDARY_STEP, *[text.label_size(e.name).width + 14 for e in events if e.name]])


def artifact_size(artifact: Artifact, task_width: int) -> tuple[int, int]:
    if artifact.kind == "dataObjectReference":
        return 36, 50
    if artifact.kind == "dataStoreReference":
        return 50, 50
    width = task_width
    while text.size(artifact.name, width - 14, text.TASK_FONT).lines > 5 and width < 260:
        width += 20
    height = text.size(artifact.name, width - 14, text.TASK_FONT).height + 14
    return width, max(30, height + height % 2)
