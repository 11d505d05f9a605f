"""Diagrams with listeners, for the tests of listeners."""

from __future__ import annotations

from tests.execution.bench import diagram, flows, node

START, END = node("startEvent", "s"), node("endEvent", "e")
JOB = '<zeebe:taskDefinition type="work"/>'
TIMER = "<bpmn:timerEventDefinition><bpmn:timeDuration>PT1H</bpmn:timeDuration></bpmn:timerEventDefinition>"


def listeners(*written: str) -> str:
    """zeebe:executionListeners from texts like `start x`; the listener's job is of type x."""
    made = [f'<zeebe:executionListener eventType="{w.split()[0]}" type="{w.split()[1]}"/>' for w in written]
    return f"<zeebe:executionListeners>{''.join(made)}</zeebe:executionListeners>"


def mapping(inputs: str = "", outputs: str = "") -> str:
    """zeebe:ioMapping from texts like `x:=1`."""
    made = [f'<zeebe:input source="{p.split(":", 1)[1]}" target="{p.split(":", 1)[0]}"/>' for p in inputs.split()]
    made += [f'<zeebe:output source="{p.split(":", 1)[1]}" target="{p.split(":", 1)[0]}"/>' for p in outputs.split()]
    return f"<zeebe:ioMapping>{''.join(made)}</zeebe:ioMapping>"


def line(middle: str, id: str = "x", roots: str = "", more: str = "", before: str = "") -> bytes:
    """Start, one node, end."""
    return diagram(before + START + middle + END + more + flows(f"s {id}", f"{id} e"), roots)


def on_process(*written: str) -> str:
    """zeebe:executionListeners of the process itself."""
    return f"<bpmn:extensionElements>{listeners(*written)}</bpmn:extensionElements>"


BOTH = listeners("start a", "end b")
