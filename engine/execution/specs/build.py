"""From the diagram to task specs: built once per deployed version and shared by all its instances."""

from __future__ import annotations

from dataclasses import dataclass

from SpiffWorkflow.specs.WorkflowSpec import WorkflowSpec

from engine.execution.specs.activities import ActivitySpec, JobSpec, ReceiveSpec, ScriptSpec
from engine.execution.specs.ad_hoc import AdHocSpec
from engine.execution.specs.base import ElementSpec
from engine.execution.specs.call_activity import CallSpec
from engine.execution.specs.compensating import CancelEndSpec, CompensateSpec
from engine.execution.specs.decision_task import DecisionSpec
from engine.execution.specs.events import (
    BoundarySpec,
    CatchSpec,
    ErrorEndSpec,
    JobThrowSpec,
    LinkThrowSpec,
    StartSpec,
    TerminateEndSpec,
    ThrowSpec,
)
from engine.execution.specs.gateways import ComplexSpec, EventBasedSpec, ExclusiveSpec, InclusiveSpec, ParallelSpec
from engine.execution.specs.loops import LoopSpec, StandardLoopSpec
from engine.execution.specs.scopes import EventSubProcessSpec, ProcessSpec, SubProcessSpec
from engine.execution.specs.user_task import LegacyUserTaskSpec, UserTaskSpec
from engine.execution.waits import events_of
from engine.model.diagram import Node, Process, StandardLoop

ROOT = "#process"
INNER = "#instance"

_SIMPLE: dict[str, type[ElementSpec]] = {
    "startEvent": StartSpec,
    "intermediateCatchEvent": CatchSpec,
    "boundaryEvent": BoundarySpec,
    "task": ActivitySpec,
    "manualTask": ActivitySpec,
    "serviceTask": JobSpec,
    "sendTask": JobSpec,
    "receiveTask": ReceiveSpec,
    "callActivity": CallSpec,
    "subProcess": SubProcessSpec,
    "transaction": SubProcessSpec,
    "adHocSubProcess": AdHocSpec,
    "complexGateway": ComplexSpec,
    "exclusiveGateway": ExclusiveSpec,
    "parallelGateway": ParallelSpec,
    "inclusiveGateway": InclusiveSpec,
    "eventBasedGateway": EventBasedSpec,
}


@dataclass(frozen=True, slots=True)
class Definition:
    """A process ready to run: the diagram as data and its task specs. Immutable and shared."""

    process: Process
    spec: WorkflowSpec
    has_conditions: bool = False


def build(process: Process) -> Definition:
    """The task specs of a linted process."""
    spec = WorkflowSpec(process.id)
    root = Node(process.id, "process", process.name, process.name_en, None, data=process.data)
    ProcessSpec(spec, root, ROOT)
    for node in process.nodes.values():
        if node.loop is not None:
            inner = node.id + INNER
            (StandardLoopSpec if isinstance(node.loop, StandardLoop) else LoopSpec)(spec, node, inner)
            _spec_class(node)(spec, node, inner)
        else:
            _spec_class(node)(spec, node)
    conditions = any(e.kind == "conditional" for n in process.nodes.values() for e in events_of(n))
    return Definition(process, spec, conditions)


def _spec_class(node: Node) -> type[ElementSpec]:
    kind = node.event.kind if node.event is not None else "none"
    if node.type == "userTask":
        return UserTaskSpec if node.human is not None and node.human.native else LegacyUserTaskSpec
    if node.type == "scriptTask":
        return ScriptSpec if node.script is not None else JobSpec
    if node.type == "businessRuleTask":
        return DecisionSpec if node.called is not None else JobSpec
    if node.type in ("intermediateThrowEvent", "endEvent"):
        return _THROWS.get(kind, ThrowSpec)
    if node.triggered:
        return EventSubProcessSpec
    return _SIMPLE[node.type]


_THROWS: dict[str, type[ElementSpec]] = {
    "message": JobThrowSpec,
    "error": ErrorEndSpec,
    "terminate": TerminateEndSpec,
    "link": LinkThrowSpec,
    "compensation": CompensateSpec,
    "cancel": CancelEndSpec,
}
