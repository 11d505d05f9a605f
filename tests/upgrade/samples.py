"""States of cases as they were stored by a release, with what was open in them, and how they go on to their end.

A sample is made once for each format, with `python -m tests.upgrade.samples NAME`, and is never changed
afterwards: a case that was stored years ago must run to its end in every later release.
"""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Any

import orjson

from engine.execution import Case, load, save
from engine.execution import effects as fx
from engine.feel import from_json, to_json
from tests.execution.bench import Bench, diagram, flows, node, user

STATES = Path(__file__).parent / "states"

MESSAGE = (
    '<bpmn:message id="M" name="paper"><bpmn:extensionElements><zeebe:subscription correlationKey="=no"/>'
    '</bpmn:extensionElements></bpmn:message><bpmn:error id="E" errorCode="BAD"/><bpmn:signal id="S" name="fire"/>'
)


def _timer(kind: str, value: str) -> str:
    return f"<bpmn:timerEventDefinition><bpmn:time{kind}>{value}</bpmn:time{kind}></bpmn:timerEventDefinition>"


def _loop(sequential: str) -> str:
    return (
        f'<bpmn:multiInstanceLoopCharacteristics isSequential="{sequential}"><bpmn:extensionElements>'
        '<zeebe:loopCharacteristics inputCollection="=items" inputElement="item" outputCollection="found_{0}" outputElement="=found"/>'
        "</bpmn:extensionElements></bpmn:multiInstanceLoopCharacteristics>"
    ).replace("{0}", sequential)


def _mapping(inputs: str, outputs: str) -> str:
    made = [f'<zeebe:input source="{s}" target="{t}"/>' for t, s in (p.split(":", 1) for p in inputs.split())]
    made += [f'<zeebe:output source="{s}" target="{t}"/>' for t, s in (p.split(":", 1) for p in outputs.split())]
    return f"<zeebe:ioMapping>{''.join(made)}</zeebe:ioMapping>"


def everything() -> bytes:
    """A process that waits in every way at once."""
    inner = (
        node("startEvent", "is") + user("inside", _mapping("local:=1", "result:=local+given")) + node("endEvent", "ie")
        + flows("is inside", "inside ie").replace('id="f', 'id="i')
    )  # fmt: skip
    call = '<zeebe:calledElement processId="other" propagateAllChildVariables="true"/>'
    branches = "task timed looped sequence sub caught gate job call missing signalled ask".split()
    return diagram(
        node("startEvent", "s") + node("parallelGateway", "split") + user("task")
        + user("timed") + node("boundaryEvent", "reminder", body=_timer("Cycle", "R3/PT1H"), attributes='attachedToRef="timed" cancelActivity="false"')
        + node("boundaryEvent", "moves", body=_timer("Date", "=date and time(aware_at) + duration(&quot;PT72H&quot;)"), attributes='attachedToRef="timed" cancelActivity="false"')
        + user("reminded") + user("moved") + user("looped", body=_loop("false")) + user("sequence", body=_loop("true"))
        + f'<bpmn:subProcess id="sub">{inner}</bpmn:subProcess>'
        + node("intermediateCatchEvent", "caught", body='<bpmn:messageEventDefinition messageRef="M"/>')
        + node("eventBasedGateway", "gate")
        + node("intermediateCatchEvent", "first", body=_timer("Duration", "PT5H"))
        + node("intermediateCatchEvent", "second", body='<bpmn:messageEventDefinition messageRef="M"/>')
        + node("exclusiveGateway", "gate_end") + node("serviceTask", "job", '<zeebe:taskDefinition type="t"/>')
        + node("boundaryEvent", "failed", body='<bpmn:errorEventDefinition errorRef="E"/>', attributes='attachedToRef="job"')
        + user("repaired") + node("exclusiveGateway", "job_end") + node("callActivity", "call", call)
        + node("exclusiveGateway", "missing") + node("exclusiveGateway", "missing_end")
        + node("intermediateCatchEvent", "signalled", body='<bpmn:signalEventDefinition signalRef="S"/>')
        + node("inclusiveGateway", "ask", attributes='default="f_c"') + user("ask_a") + user("ask_b") + node("inclusiveGateway", "ask_end")
        + node("parallelGateway", "join") + node("endEvent", "e") + node("endEvent", "e2") + node("endEvent", "e3")
        + flows(
            "s split", *(f"split {b}" for b in branches), "reminder reminded", "reminded e2", "moves moved", "moved e3",
            "gate first", "gate second", "first gate_end", "second gate_end", "failed repaired", "repaired job_end", "job job_end",
            "missing missing_end: =answer > 5", "missing missing_end: =answer &lt;= 5".replace("&lt;", "<"),
            *(f"{b} join" for b in ("task", "timed", "looped", "sequence", "sub", "caught", "gate_end", "job_end", "call", "missing_end", "signalled", "ask_end")),
            "join e",
        )
        + '<bpmn:sequenceFlow id="f_a" sourceRef="ask" targetRef="ask_a"><bpmn:conditionExpression>=a</bpmn:conditionExpression></bpmn:sequenceFlow>'
        + '<bpmn:sequenceFlow id="f_b" sourceRef="ask" targetRef="ask_b"><bpmn:conditionExpression>=b</bpmn:conditionExpression></bpmn:sequenceFlow>'
        + '<bpmn:sequenceFlow id="f_c" sourceRef="ask" targetRef="ask_end"/>'
        + '<bpmn:sequenceFlow id="f_d" sourceRef="ask_a" targetRef="ask_end"/><bpmn:sequenceFlow id="f_e" sourceRef="ask_b" targetRef="ask_end"/>',
        MESSAGE,
    )  # fmt: skip


STEPS: list[list[Any]] = [
    ["trigger", "reminder", {}], ["trigger", "moves", {}], ["complete", "reminded", {}], ["complete", "reminded", {}],
    ["complete", "moved", {}],
    ["complete", "looped", {"found": "2nd"}], ["complete", "sequence", {"found": "b"}], ["complete", "ask_b", {}],
    ["complete", "inside", {"given": 41}], ["trigger", "caught", {"paper": "yes"}], ["trigger", "second", {}],
    ["error", "job", "BAD"], ["complete", "repaired", {}], ["call", "call", {"child": [1, 2]}],
    ["set", "", {"answer": 9}], ["resolve", "missing", {}], ["trigger", "signalled", {}],
    ["complete", "timed", {}], ["complete", "task", {"done": True}],
]  # fmt: skip


def make() -> dict[str, Any]:
    """A case of `everything` in the middle of its life, as this release stores it."""
    bench = Bench(everything()).start(
        items=["x", "y"], no="A", a=True, b=True, aware_at="2026-04-10T16:00:00+07:00", amount=0.1
    )
    bench.complete("looped", 0, found="1st").complete("sequence", found="a").complete("ask_a").trigger("reminder")
    opened = [[k, None, e] for k, e in bench.tasks.items()] + [[j.task_key, None, j.node.id] for j in bench.jobs.values()]
    opened += [[c.task_key, None, c.node.id] for c in bench.calls.values()]
    opened += [[i.task_key, None, i.node.id] for i in bench.incidents.values()]
    opened += [[w.task_key, w.key, w.element_id] for w in bench.waiting_for.values()]  # type: ignore[union-attr]
    return {
        "state": save(bench.case), "variables": {str(k): to_json(v) for k, v in bench._variables.items()},
        "lastKey": bench.new_key.last, "open": opened, "steps": STEPS,
    }  # fmt: skip


class Revived(Bench):
    """A case loaded from a sample."""

    def __init__(self, xml: bytes, sample: dict[str, Any]) -> None:
        super().__init__(xml)
        self.new_key.last = sample["lastKey"]
        self._variables = {int(k): from_json(v) for k, v in sample["variables"].items()}  # type: ignore[misc]
        self.case: Case = load(sample["state"], self.definition, 1, self, self._environment(), self._variables)
        self.open: list[list[Any]] = [list(row) for row in sample["open"]]

    def step(self, verb: str, element: str, data: Any) -> None:
        """One step of the sample's further life."""
        task, wait = next(((k, w) for k, w, e in self.open if e == element), (1, None))
        values: Any = from_json(data) if isinstance(data, dict) else data
        match verb:
            case "complete":
                self.case.complete(task, values)
            case "trigger":
                self.case.trigger(task, wait, values)
            case "error":
                self.case.throw_error_at(task, data, "", {})
            case "call":
                self.case.complete_call(task, values)
            case "set":
                self.case.set_variables(1, values, local=False)
            case "resolve":
                self.case.resolve(task)
        self._settle()

    def _settle(self) -> Bench:
        for effect in self.case.effects:
            match effect:
                case fx.UserTaskCreated():
                    self.open.append([effect.key, None, effect.node.id])
                case fx.TimerStarted() | fx.SubscriptionOpened():
                    self.open = [row for row in self.open if row[2] != effect.element_id]
                    self.open.append([effect.task_key, effect.key, effect.element_id])
                case fx.ElementEnded():
                    self.open = [row for row in self.open if row[0] != effect.key]
                case fx.InstanceEnded():
                    self.ended = effect
        self.effects += self.case.effects
        self.case.effects.clear()
        return self


def write(name: str) -> None:
    """Store a sample of this release's format."""
    STATES.mkdir(exist_ok=True)
    (STATES / f"{name}.bpmn").write_bytes(everything())
    (STATES / f"{name}.json").write_bytes(orjson.dumps(make(), option=orjson.OPT_INDENT_2) + b"\n")


if __name__ == "__main__":
    write(sys.argv[1])
