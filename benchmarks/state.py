"""Load, complete one task, save: the engine alone, for a line of twelve tasks and for a loop.

The reference is a JSON round trip of a fixed document of 10 KB, measured in the same run, so that the
figures of two machines can be compared.
"""

from __future__ import annotations

import time
from collections.abc import Callable
from datetime import UTC, datetime
from statistics import median
from typing import Any

import orjson

from benchmarks.http.content import PROCESS
from engine.execution import Case, DecisionOutcome, build, load, read_processes, save
from engine.execution import effects as fx
from engine.feel import Environment

_LOOP = b"""<bpmn:definitions xmlns:bpmn="http://www.omg.org/spec/BPMN/20100524/MODEL"
    xmlns:zeebe="http://camunda.org/schema/zeebe/1.0" targetNamespace="https://krabuan.org/benchmarks">
  <bpmn:process id="loop" isExecutable="true">
    <bpmn:startEvent id="s"/><bpmn:sequenceFlow id="f1" sourceRef="s" targetRef="a"/>
    <bpmn:userTask id="a"><bpmn:extensionElements><zeebe:userTask/></bpmn:extensionElements></bpmn:userTask>
    <bpmn:sequenceFlow id="f2" sourceRef="a" targetRef="g"/>
    <bpmn:exclusiveGateway id="g" default="f4"/><bpmn:endEvent id="e"/>
    <bpmn:sequenceFlow id="f3" sourceRef="g" targetRef="a">
      <bpmn:conditionExpression>=again</bpmn:conditionExpression>
    </bpmn:sequenceFlow>
    <bpmn:sequenceFlow id="f4" sourceRef="g" targetRef="e"/>
  </bpmn:process>
</bpmn:definitions>"""


class Host:
    """The engine around the case, as far as this needs one."""

    def __init__(self) -> None:
        self.last = 1

    def new_key(self) -> int:
        self.last += 1
        return self.last

    def decide(self, *_: Any) -> DecisionOutcome:
        return DecisionOutcome(failure="none here", found=False)

    def case_facts(self, _case: Any) -> dict[str, Any]:
        return {}

    def outer_catches(self, _case: Any, _code: str) -> bool:
        return False


def measure() -> dict[str, Any]:
    """Milliseconds (medians) and bytes of state."""
    reference = _reference()
    line = _stepper(PROCESS, {})
    loop = _stepper(_LOOP, {"again": True})
    tenth = _at_round(loop, 10)
    three_hundredth = _at_round(loop, 300)
    twelve = median(_timed(line) for _ in range(200))
    return {
        "reference_ms": round(reference, 4),
        "twelve_tasks_ms": round(twelve, 4),
        "loop_round_10_ms": tenth["ms"],
        "loop_round_300_ms": three_hundredth["ms"],
        "loop_state_bytes_round_10": tenth["bytes"],
        "loop_state_bytes_round_300": three_hundredth["bytes"],
        "twelve_tasks_to_reference": round(twelve / reference, 2),
    }


def _stepper(xml: bytes, results: dict[str, Any]) -> Callable[[], int]:
    """A function that loads the state, completes the waiting task, saves; it returns the state's bytes."""
    processes, _ = read_processes(xml, "bench.bpmn")
    definition, host = build(processes[0]), Host()
    env = Environment(now=datetime(2026, 4, 10, 9, tzinfo=UTC))
    kept: dict[str, Any] = {}

    def begin() -> None:
        case = Case(definition, 1, host, env, {})
        case.start({})
        _keep(kept, case)

    def step() -> int:
        if not kept.get("task"):
            begin()
        case = load(kept["state"], definition, 1, host, env, {})
        case.complete(kept["task"], results)
        _keep(kept, case)
        return len(kept["state"])

    return step


def _keep(kept: dict[str, Any], case: Case) -> None:
    created = [e.key for e in case.effects if isinstance(e, fx.UserTaskCreated)]
    kept["task"] = created[-1] if created else None
    kept["state"] = save(case)


def _timed(step: Callable[[], Any]) -> float:
    began = time.perf_counter()
    step()
    return (time.perf_counter() - began) * 1000


def _at_round(step: Callable[[], int], number: int) -> dict[str, Any]:
    for _ in range(number):
        step()
    return {"ms": round(median(_timed(step) for _ in range(50)), 4), "bytes": step()}


def _reference() -> float:
    document = {"rows": [{"key": n, "name": f"ชื่อ {n}", "value": n / 3} for n in range(200)]}
    return median(_timed(lambda: orjson.loads(orjson.dumps(document))) for _ in range(200))
