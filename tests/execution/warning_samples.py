"""Diagrams that are deployed with a warning, each with the same diagram that gives none."""

from __future__ import annotations

from datetime import UTC, datetime
from itertools import pairwise

from tests.execution.bench import diagram, flows, node, user
from tests.execution.lint_samples_schema import BOUNDS, DRAWING, EDGE, NOTE, POINT

NOW = datetime(2026, 4, 10, 9, tzinfo=UTC)
START, END = node("startEvent", "s"), node("endEvent", "e")
SOMEBODY = '<zeebe:assignmentDefinition candidateGroups="office"/>'
MANUAL = '<bpmn:extensionElements><krabuan:process source="m"/></bpmn:extensionElements>'
DATE = "<bpmn:timerEventDefinition><bpmn:timeDate>{}</bpmn:timeDate></bpmn:timerEventDefinition>"
CALL = '<zeebe:calledElement processId="q"{}/>'
LANES = '<bpmn:laneSet id="ls"><bpmn:lane id="l">{}</bpmn:lane></bpmn:laneSet>'
SHAPES = "".join(f'<bpmndi:BPMNShape id="{id}_di" bpmnElement="{id}">{BOUNDS}</bpmndi:BPMNShape>' for id in "se")


def task(id: str, extra: str = SOMEBODY) -> str:
    """A user task that reaches somebody."""
    return user(id, extra)


def line(middle: str, roots: str = "", before: str = "") -> bytes:
    """A process of start, one node `x`, end."""
    return diagram(before + START + middle + END + flows("s x", "x e"), roots)


def gateway(kind: str, attributes: str, first: str = "g a: =n") -> bytes:
    """A choice between two tasks."""
    choice = node(kind, "g", attributes=f'name="g" {attributes}')
    named = flows("s g", first, "g b", "a e", "b e").replace('id="f2"', 'id="f2" name="n"')
    return diagram(START + choice + task("a") + task("b") + END + named)


def inclusive_join(split: str) -> bytes:
    """A choice of two tasks, whose second is the default, and an inclusive join."""
    choice = node(split, "g", attributes='name="g" default="f3"')
    pairs = flows("s g", "g a: =n", "g b", "a j", "b j", "j e").replace('id="f2"', 'id="f2" name="n"')
    return diagram(START + choice + task("a") + task("b") + node("inclusiveGateway", "j") + END + pairs)


def parallel(join: str) -> bytes:
    """Two tasks at once, and what joins them."""
    pairs = flows("s g", "g a", "g b", "a j", "b j", "j e")
    return diagram(START + node("parallelGateway", "g") + task("a") + task("b") + node(join, "j") + END + pairs)


def loop(*more: str) -> bytes:
    """A task that is done again until a choice leaves it; with one gateway, or one that joins and one that chooses."""
    choice = node("exclusiveGateway", "g", attributes='name="g" default="f3"')
    join = node("exclusiveGateway", "j") if more else ""
    pairs = ("s j", "j x", "g e", "g j: =n", "x g") if more else ("s g", "x g", "g e", "g x: =n")
    return diagram(START + choice + join + task("x") + END + flows(*pairs).replace('id="f4"', 'id="f4" name="again"'))


def clock(*timers: str, more: str = "") -> bytes:
    """A deadline of 72 hours, late until the fifteenth day, and timers that count from the same moment."""
    term = '<krabuan:deadline id="d" from="=aware" duration="PT72H" lateUntil="P15D"/>'
    waits = [DATE.format(f'=date and time(aware) + duration("{timer}")') for timer in timers]
    events = "".join(node("intermediateCatchEvent", f"t{n}", "", wait, f'name="t{n}"') for n, wait in enumerate(waits))
    names = ["s", *(f"t{n}" for n in range(len(timers))), "e"]
    before = f"<bpmn:extensionElements>{term}{more}</bpmn:extensionElements>"
    return diagram(before + START + events + END + flows(*(f"{a} {b}" for a, b in pairwise(names))))


def drawn(*parts: str) -> bytes:
    """Start and end with a drawing."""
    xml = diagram(START + END + flows("s e")).decode()
    return xml.replace("</bpmn:definitions>", DRAWING.format("".join(parts)) + "</bpmn:definitions>").encode()


# rule: (a sample that is warned of, one that is not)
SAMPLES: dict[str, tuple[bytes, bytes]] = {
    "schema-order-tolerated": (line(NOTE + task("x")), diagram(START + task("x") + END + flows("s x", "x e") + NOTE)),
    "name-missing": (line(node("manualTask", "x")), line(node("manualTask", "x", attributes='name="x"'))),
    "condition-name": (gateway("exclusiveGateway", 'default="f3"', "g a: =n").replace(b' name="n"', b""), gateway("exclusiveGateway", 'default="f3"')),
    "english-missing": (
        line(node("manualTask", "x", attributes='name="ตรวจ"'), before=MANUAL),
        line(node("manualTask", "x", '<krabuan:text lang="en">Check</krabuan:text>', attributes='name="ตรวจ"'), before=MANUAL),
    ),
    "task-unassigned": (line(task("x", "")), line(task("x"))),
    "task-not-native": (line(node("userTask", "x", SOMEBODY, attributes='name="x"')), line(task("x"))),
    "inclusive-join-unsplit": (inclusive_join("exclusiveGateway"), inclusive_join("inclusiveGateway")),
    "gateway-idle": (line(node("parallelGateway", "x")), parallel("parallelGateway")),
    "gateway-mixed": (loop(), loop("apart")),
    "default-missing": (gateway("exclusiveGateway", "", "g a: =n").replace(b'sourceRef="g" targetRef="b">', b'sourceRef="g" targetRef="b" name="m"><bpmn:conditionExpression>=m</bpmn:conditionExpression>'), gateway("exclusiveGateway", 'default="f3"')),
    "flow-repeated": (diagram(START + task("x") + END + flows("s x", "x e", "x e")), line(task("x"))),
    "end-missing": (diagram(START + task("x") + flows("s x")), line(task("x"))),
    "timer-past": (
        line(node("intermediateCatchEvent", "x", "", DATE.format("2026-04-10T08:59:59Z"), 'name="x"')),
        line(node("intermediateCatchEvent", "x", "", DATE.format("2026-04-10T09:00:00Z"), 'name="x"')),
    ),
    "deadline-timer-missing": (clock("PT48H", "P15D"), clock("PT48H", "PT72H", "P15D")),
    "deadline-timer-later": (clock("PT72H", "PT96H"), clock("P3D", "P15D")),
    "reminder-after-end": (
        clock("PT72H", more='<krabuan:reminder deadline="d" after="P4D"/>'), clock("PT72H", more='<krabuan:reminder deadline="d" overdue="P1D"/>'),
    ),
    "diagram-missing": (line(task("x")), drawn(SHAPES, EDGE.format(POINT.format(1) * 2))),
    "shape-missing": (drawn(SHAPES), drawn(SHAPES, EDGE.format(POINT.format(1) * 2))),
    "declaration-unused": (
        line(task("x"), '<bpmn:signal id="S" name="n"/>'),
        line(node("intermediateThrowEvent", "x", "", '<bpmn:signalEventDefinition signalRef="S"/>', 'name="x"'), '<bpmn:signal id="S" name="n"/>'),
    ),
    "propagation-unwritten": (
        line(node("callActivity", "x", CALL.format(""), attributes='name="x"')),
        line(node("callActivity", "x", CALL.format(' propagateAllChildVariables="false"'), attributes='name="x"')),
    ),
    "lane-missing": (
        line(task("x"), before=LANES.format("<bpmn:flowNodeRef>s</bpmn:flowNodeRef><bpmn:flowNodeRef>x</bpmn:flowNodeRef>")),
        line(task("x"), before=LANES.format("".join(f"<bpmn:flowNodeRef>{id}</bpmn:flowNodeRef>" for id in "sxe"))),
    ),
}  # fmt: skip
