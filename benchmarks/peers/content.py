"""The twelve tasks in plain BPMN, as other engines read it."""

from __future__ import annotations

from benchmarks.http.content import TASKS

_BPMN = "http://www.omg.org/spec/BPMN/20100524/MODEL"


def plain() -> str:
    """The diagram; `historyTimeToLive` is what Operaton wants to be told."""
    steps = "".join(
        f'<bpmn:userTask id="t{n}"/><bpmn:sequenceFlow id="f{n}" sourceRef="t{n}" targetRef="t{n + 1}"/>'
        for n in range(1, TASKS + 1)
    )
    return (
        f'<bpmn:definitions xmlns:bpmn="{_BPMN}" xmlns:camunda="http://camunda.org/schema/1.0/bpmn" id="d" '
        'targetNamespace="https://krabuan.org/benchmarks">'
        '<bpmn:process id="peer" isExecutable="true" camunda:historyTimeToLive="P365D">'
        f'<bpmn:startEvent id="s"/><bpmn:sequenceFlow id="f0" sourceRef="s" targetRef="t1"/>{steps}'
        f'<bpmn:endEvent id="t{TASKS + 1}"/></bpmn:process></bpmn:definitions>'
    )
