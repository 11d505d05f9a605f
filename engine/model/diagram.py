"""A BPMN diagram as the engine understands it: plain immutable data, expressions still as text.

A text that begins with `=` is FEEL, any other is static (the rule of the Camunda 8 dialect).
Names are BPMN 2.0.2's; what `zeebe:` and `krabuan:` add stands beside the node it belongs to.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import Literal

from engine.model.data import NO_DATA, NodeData
from engine.model.manual import ControlPoint, CoSign, Deadline, Duty, ProcessFacts, Reminder, Risk, Step, Words
from engine.model.work import Called, HumanTask, IoMapping, Job, Listener, Performers, Script


@dataclass(frozen=True, slots=True)
class Flow:
    """A sequence flow. `condition` is FEEL without the leading `=`."""

    id: str
    name: str
    source: str
    target: str
    condition: str | None = None


@dataclass(frozen=True, slots=True)
class Event:
    """What an event waits for or does.

    `kind` is none, message, timer, signal, error, escalation, conditional, link, compensation,
    cancel, terminate or multiple. `name` is the message, signal or link name, `code` the error or
    escalation code (None catches every one). `timer` is date, duration or cycle; `expression` the
    time, or the condition (FEEL without `=`). `activity` is what is to be compensated (None:
    everything in the scope). `variables` limit when a condition is looked at again, `variable_events`
    (create, update) which of their changes count. A multiple event has `parts`; with `parallel` all of
    them must come.
    """

    kind: str
    name: str | None = None
    correlation_key: str | None = None
    code: str | None = None
    timer: Literal["date", "duration", "cycle"] | None = None
    expression: str | None = None
    activity: str | None = None
    variables: tuple[str, ...] = ()
    variable_events: tuple[str, ...] = ()
    parts: tuple[Event, ...] = ()
    parallel: bool = False


@dataclass(frozen=True, slots=True)
class LoopThrow:
    """An event that an instance throws when it completes: each one, the first only, or while `condition` (FEEL)
    holds."""

    condition: str | None
    first_only: bool
    event: Event


@dataclass(frozen=True, slots=True)
class MultiInstance:
    """Multi-instance characteristics: a collection (zeebe:loopCharacteristics or data) or a cardinality.

    All expressions are FEEL without `=`.
    """

    input_collection: str
    input_element: str | None
    output_collection: str | None
    output_element: str | None
    sequential: bool
    completion_condition: str | None
    throws: tuple[LoopThrow, ...] = ()


@dataclass(frozen=True, slots=True)
class StandardLoop:
    """Repeat while `condition` (FEEL) holds, tested before or after each round, at most `maximum` times."""

    condition: str | None
    test_before: bool
    maximum: str | None  # a number, or FEEL with `=`


@dataclass(frozen=True, slots=True)
class AdHoc:
    """An ad-hoc sub-process: which inner elements begin, when it is done, what happens to the rest."""

    active_elements: str | None
    completion_condition: str | None
    cancel_remaining: bool
    sequential: bool
    output_collection: str | None = None
    output_element: str | None = None


@dataclass(frozen=True, slots=True)
class Node:
    """One flow node. `scope` is the id of the sub-process around it, None in the process itself."""

    id: str
    type: str  # the BPMN element's local name: userTask, exclusiveGateway ...
    name: str
    name_en: str
    scope: str | None
    incoming: tuple[str, ...] = ()
    outgoing: tuple[str, ...] = ()
    default: str | None = None
    event: Event | None = None
    attached_to: str | None = None
    interrupting: bool = True
    loop: MultiInstance | StandardLoop | None = None
    triggered: bool = False  # an event sub-process
    transaction: bool = False
    for_compensation: bool = False
    handler: str | None = None  # of a compensation boundary event: the activity that compensates
    ad_hoc: AdHoc | None = None
    activation: str | None = None  # of a complex gateway: its activation condition (FEEL)
    instantiate: bool = False  # a receive task or event-based gateway that starts an instance
    parallel: bool = False  # an event-based gateway all of whose events must come (eventGatewayType)
    start_quantity: int = 1  # tokens that an activity takes to begin
    completion_quantity: int = 1  # tokens that it puts on each flow
    inputs: tuple[IoMapping, ...] = ()
    outputs: tuple[IoMapping, ...] = ()
    data: NodeData = NO_DATA
    job: Job | None = None
    human: HumanTask | None = None
    script: Script | None = None
    called: Called | None = None
    performers: Performers | None = None  # of a call activity: instead of those of the task that it calls
    listeners: tuple[Listener, ...] = ()  # execution listeners, in the order written
    job_priority: str | None = None  # of its jobs; None: the process's
    documentation: str = ""
    step: Step | None = None
    control_points: tuple[ControlPoint, ...] = ()
    risks: tuple[Risk, ...] = ()
    documents: tuple[Words, ...] = ()  # that the manual names for it
    reminders: tuple[Reminder, ...] = ()
    duties: tuple[Duty, ...] = ()
    co_sign: CoSign | None = None
    return_to: tuple[str, ...] = ()  # the earlier tasks that its performer may send the case back to
    recall: bool = False  # whether who completed it may take it back while nobody has begun what follows

    @property
    def element_type(self) -> str:
        """The Camunda API's name of the kind of element."""
        return "EVENT_SUB_PROCESS" if self.triggered else ELEMENT_TYPES[self.type]

    @property
    def takes_in(self) -> bool:
        """Whether something is put into its variables when it begins: by mappings, or by data associations."""
        return bool(self.inputs or self.data.inputs or self.data.fills)

    @property
    def hands_out(self) -> bool:
        """Whether something is mapped outward, or has to be there, when the element is done."""
        return bool(self.outputs or self.data.gives or self.data.output_sets)


ELEMENT_TYPES: Mapping[str, str] = {
    "startEvent": "START_EVENT",
    "endEvent": "END_EVENT",
    "intermediateCatchEvent": "INTERMEDIATE_CATCH_EVENT",
    "intermediateThrowEvent": "INTERMEDIATE_THROW_EVENT",
    "boundaryEvent": "BOUNDARY_EVENT",
    "task": "TASK",
    "userTask": "USER_TASK",
    "manualTask": "MANUAL_TASK",
    "serviceTask": "SERVICE_TASK",
    "sendTask": "SEND_TASK",
    "receiveTask": "RECEIVE_TASK",
    "scriptTask": "SCRIPT_TASK",
    "businessRuleTask": "BUSINESS_RULE_TASK",
    "callActivity": "CALL_ACTIVITY",
    "subProcess": "SUB_PROCESS",
    "exclusiveGateway": "EXCLUSIVE_GATEWAY",
    "parallelGateway": "PARALLEL_GATEWAY",
    "inclusiveGateway": "INCLUSIVE_GATEWAY",
    "complexGateway": "UNSPECIFIED",
    "transaction": "SUB_PROCESS",
    "adHocSubProcess": "AD_HOC_SUB_PROCESS",
    "eventBasedGateway": "EVENT_BASED_GATEWAY",
}


@dataclass(frozen=True)
class Process:
    """One executable process of a file, or one of its global tasks."""

    id: str
    name: str
    name_en: str
    version_tag: str | None
    nodes: Mapping[str, Node]
    flows: Mapping[str, Flow]
    facts: ProcessFacts = field(default_factory=ProcessFacts)
    access_class: int = 0  # krabuan:access: the rank of the confidentiality class that its cases begin with
    deadlines: tuple[Deadline, ...] = ()
    reminders: tuple[Reminder, ...] = ()
    retention: str | None = None  # how long its cases are kept after their end: a period, or forever
    interventions: Mapping[str, bool] = field(default_factory=dict)  # kind: whether it needs a second person
    documentation: str = ""
    data: NodeData = NO_DATA
    global_task: bool = False  # a global task of the file: one task between a start and an end of our own
    listeners: tuple[Listener, ...] = ()
    job_priority: str = "0"  # of the jobs of nodes that do not say
    forms: Mapping[str, str] = field(default_factory=dict)  # zeebe:userTaskForm: JSON text by id

    @cached_property
    def _starts(self) -> dict[str | None, list[Node]]:
        return _grouped(n for n in self.nodes.values() if n.type == "startEvent")

    @cached_property
    def _event_sub_processes(self) -> dict[str | None, list[Node]]:
        return _grouped(n for n in self.nodes.values() if n.triggered)

    @cached_property
    def _boundaries(self) -> dict[str, list[Node]]:
        found: dict[str, list[Node]] = {}
        for node in self.nodes.values():
            if node.attached_to is not None:
                found.setdefault(node.attached_to, []).append(node)
        return found

    @cached_property
    def _inside(self) -> dict[str | None, list[Node]]:
        return _grouped(self.nodes.values())

    def inside(self, scope: str | None = None) -> list[Node]:
        """The flow nodes of the process (or of a sub-process), in document order."""
        return self._inside.get(scope, [])

    def step_of(self, node: Node) -> Step | None:
        """The manual's step that a node does: its own, or that of the nearest sub-process around it."""
        at: Node | None = node
        while at is not None:
            if at.step is not None:
                return at.step
            at = self.nodes.get(at.scope) if at.scope is not None else None
        return None

    def starts(self, scope: str | None = None) -> list[Node]:
        """The start events of the process (or of a sub-process), in document order."""
        return self._starts.get(scope, [])

    def event_sub_processes(self, scope: str | None) -> list[tuple[Node, Node]]:
        """The event sub-processes of a scope, each with its start event, in document order."""
        return [(n, start) for n in self._event_sub_processes.get(scope, []) for start in self.starts(n.id)[:1]]

    def boundaries(self, activity: str) -> list[Node]:
        """The boundary events attached to an activity, in document order."""
        return self._boundaries.get(activity, [])

    @property
    def none_start(self) -> Node | None:
        """The start event without a trigger, or None."""
        for node in self.starts():
            if node.event is None or node.event.kind == "none":
                return node
        return None

    @property
    def start_form(self) -> Called | None:
        """The form shown when a person starts the process."""
        start = self.none_start
        return start.human.form if start is not None and start.human is not None else None


def _grouped(nodes: Iterable[Node]) -> dict[str | None, list[Node]]:
    found: dict[str | None, list[Node]] = {}
    for node in nodes:
        found.setdefault(node.scope, []).append(node)
    return found
