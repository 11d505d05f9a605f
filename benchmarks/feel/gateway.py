"""What a gateway's condition costs inside the engine: a case with an exclusive gateway beside the same without."""

from __future__ import annotations

import time
from collections.abc import Callable
from datetime import UTC, datetime
from statistics import median
from typing import Any

from benchmarks.feel.questions import CONDITIONS, SCOPE
from benchmarks.state import Host
from engine.execution import Case, build, load, read_processes, save
from engine.execution import effects as fx
from engine.feel import Environment, from_json

_ENV = Environment(now=datetime(2026, 4, 10, 9, tzinfo=UTC))


def _task(name: str) -> str:
    return (
        f'<bpmn:userTask id="{name}"><bpmn:extensionElements><zeebe:userTask/></bpmn:extensionElements></bpmn:userTask>'
    )


def _flow(number: int, source: str, target: str, condition: str = "") -> str:
    said = f"<bpmn:conditionExpression>={condition}</bpmn:conditionExpression>" if condition else ""
    return f'<bpmn:sequenceFlow id="f{number}" sourceRef="{source}" targetRef="{target}">{said}</bpmn:sequenceFlow>'


def _diagram(body: str) -> bytes:
    return (
        '<bpmn:definitions xmlns:bpmn="http://www.omg.org/spec/BPMN/20100524/MODEL" '
        'xmlns:zeebe="http://camunda.org/schema/zeebe/1.0" targetNamespace="https://krabuan.org/benchmarks">'
        f'<bpmn:process id="p" isExecutable="true"><bpmn:startEvent id="s"/>{_task("a")}{_task("b")}'
        f'{_flow(1, "s", "a")}{body}{_flow(9, "b", "e")}<bpmn:endEvent id="e"/></bpmn:process></bpmn:definitions>'
    ).encode()


_STRAIGHT = _diagram(_flow(2, "a", "b"))
_UNCONDITIONAL = _diagram('<bpmn:exclusiveGateway id="g"/>' + _flow(2, "a", "g") + _flow(3, "g", "b"))
_CONDITIONAL = _diagram(
    '<bpmn:exclusiveGateway id="g" default="f4"/>'
    + _flow(2, "a", "g") + _flow(3, "g", "b", CONDITIONS[0].replace(">", "&gt;")) + _flow(4, "g", "e")
)  # fmt: skip


def measure() -> dict[str, float]:
    """Microseconds (medians) to load a case, complete the task before the gateway and save it; taken in turns."""
    ways = {"straight": _STRAIGHT, "gateway": _UNCONDITIONAL, "condition": _CONDITIONAL}
    steps = {name: _step(xml) for name, xml in ways.items()}
    seen: dict[str, list[float]] = {name: [] for name in ways}
    for _ in range(2_000):
        for name, step in steps.items():
            began = time.perf_counter()
            step()
            seen[name].append((time.perf_counter() - began) * 1e6)
    found = {name: median(times[100:]) for name, times in seen.items()}
    return {
        "without_gateway_us": round(found["straight"], 1),
        "with_gateway_us": round(found["gateway"], 1),
        "with_condition_us": round(found["condition"], 1),
        "condition_costs_us": round(found["condition"] - found["gateway"], 1),
        "condition_to_without_gateway": round(found["condition"] / found["straight"], 2),
    }


def _step(xml: bytes) -> Callable[[], None]:
    """Load the case that stands at its first task, complete that, save. Raises AssertionError when it goes wrong."""
    processes, faults = read_processes(xml, "bench.bpmn")
    assert not faults, faults
    definition = build(processes[0])
    variables: Any = from_json(SCOPE)
    host = Host()
    case = Case(definition, 1, host, _ENV, {})
    case.start(variables)
    [task] = [e.key for e in case.effects if isinstance(e, fx.UserTaskCreated)]
    state = save(case)

    def step() -> None:
        moved = load(state, definition, 1, host, _ENV, {1: variables})
        moved.complete(task, {})
        save(moved)
        assert any(isinstance(e, fx.UserTaskCreated) and e.node.id == "b" for e in moved.effects)

    return step
