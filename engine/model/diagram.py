"""A BPMN diagram as the engine understands it: plain immutable data, expressions still as text.

A text that begins with `=` is FEEL, any other is static (the rule of the Camunda 8 dialect).
Names are BPMN 2.0.2's; what `zeebe:` and `krabuan:` add stands beside the node it belongs to.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal

Binding = Literal["latest", "deployment", "versionTag"]


@dataclass(frozen=True, slots=True)
class Words:
    """One text in Thai and in English; either may be empty."""

    th: str = ""
    en: str = ""


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

    `kind` is none, message, timer, signal, error or terminate. `name` is the message or signal
    name, `code` the error code (None catches every error). `timer` is date, duration or cycle.
    """

    kind: str
    name: str | None = None
    correlation_key: str | None = None
    code: str | None = None
    timer: Literal["date", "duration", "cycle"] | None = None
    expression: str | None = None


@dataclass(frozen=True, slots=True)
class MultiInstance:
    """zeebe:loopCharacteristics with the standard's isSequential and completionCondition."""

    input_collection: str
    input_element: str | None
    output_collection: str | None
    output_element: str | None
    sequential: bool
    completion_condition: str | None


@dataclass(frozen=True, slots=True)
class IoMapping:
    """One input or output mapping: a source expression and a dotted target."""

    source: str
    target: str


@dataclass(frozen=True, slots=True)
class Called:
    """What a call activity or a business rule task calls, or which form a task shows."""

    id: str
    binding: Binding = "latest"
    version_tag: str | None = None
    result_variable: str | None = None
    propagate_all_child: bool = True
    propagate_all_parent: bool = True
    business_id: str | None = None


@dataclass(frozen=True, slots=True)
class Job:
    """zeebe:taskDefinition with its headers."""

    type: str
    retries: str = "3"
    headers: Mapping[str, str] = field(default_factory=dict)
    priority: str = "0"


@dataclass(frozen=True, slots=True)
class HumanTask:
    """What makes a user task: assignment, schedule, priority, form, headers."""

    native: bool
    assignee: str | None = None
    candidate_groups: str | None = None
    candidate_users: str | None = None
    due_date: str | None = None
    follow_up_date: str | None = None
    priority: str = "50"
    form: Called | None = None
    external_form: str | None = None
    headers: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Script:
    """zeebe:script: FEEL without the leading `=` and where its result goes."""

    expression: str
    result_variable: str


@dataclass(frozen=True, slots=True)
class Evidence:
    """What a control point binds to (krabuan:binding).

    `type` is formField, condition, decision, deadline or standardTime.
    """

    type: str
    field: str | None = None
    expression: str | None = None
    decision_id: str | None = None
    deadline_id: str | None = None
    late_reasons_field: str | None = None


@dataclass(frozen=True, slots=True)
class ControlPoint:
    """A control point of a step, with the evidence that satisfies it."""

    id: str
    text: Words
    mandatory: bool
    evidence: Evidence


@dataclass(frozen=True, slots=True)
class Risk:
    """A risk that the manual prints for a step."""

    id: str
    text: Words


@dataclass(frozen=True, slots=True)
class Step:
    """A printed step of the manual (krabuan:step). Times are ISO 8601 durations."""

    key: str
    number: str | None
    parent: str | None
    stage: str | None
    standard_time: str | None
    minimum_time: str | None
    calendar: str | None


@dataclass(frozen=True, slots=True)
class Reminder:
    """krabuan:reminder: whom to tell, when, in relation to a step's due date or a deadline."""

    deadline: str | None
    after: str | None
    before: str | None
    to: str
    action: str
    repeat: str | None


@dataclass(frozen=True, slots=True)
class Duty:
    """krabuan:duty: the performer differs from, or is, that of another element or the starter."""

    type: Literal["differentFrom", "sameAs"]
    element: str


@dataclass(frozen=True, slots=True)
class Deadline:
    """krabuan:deadline: a clock over a process or sub-process.

    `from_` is FEEL for the moment it counts from. Exactly one of `duration` (ISO 8601, counted on
    `calendar`) and `at` (a yearly date `--MM-DD`) is set. `stopped_by` is the element whose
    completion stops it; `late_until` an ISO 8601 duration from the same moment.
    """

    id: str
    kind: str
    text: Words
    legal_basis: Words
    from_: str
    duration: str | None
    at: str | None
    calendar: str
    stopped_by: str | None
    late_until: str | None
    late_reasons_field: str | None
    scope: str | None  # the sub-process it belongs to; None for the process


@dataclass(frozen=True, slots=True)
class ProcessFacts:
    """krabuan:process: what the manual says of the whole process."""

    source: str | None = None
    number: str | None = None
    owner_unit: str | None = None
    target_percent: str | None = None
    texts: Mapping[str, tuple[Words, ...]] = field(default_factory=dict)


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
    loop: MultiInstance | None = None
    inputs: tuple[IoMapping, ...] = ()
    outputs: tuple[IoMapping, ...] = ()
    job: Job | None = None
    human: HumanTask | None = None
    script: Script | None = None
    called: Called | None = None
    documentation: str = ""
    step: Step | None = None
    control_points: tuple[ControlPoint, ...] = ()
    risks: tuple[Risk, ...] = ()
    reminders: tuple[Reminder, ...] = ()
    duties: tuple[Duty, ...] = ()

    @property
    def element_type(self) -> str:
        """The Camunda API's name of the kind of element."""
        return ELEMENT_TYPES[self.type]


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
    "eventBasedGateway": "EVENT_BASED_GATEWAY",
}


@dataclass(frozen=True, slots=True)
class Process:
    """One executable process of a file."""

    id: str
    name: str
    name_en: str
    version_tag: str | None
    nodes: Mapping[str, Node]
    flows: Mapping[str, Flow]
    facts: ProcessFacts = field(default_factory=ProcessFacts)
    deadlines: tuple[Deadline, ...] = ()
    reminders: tuple[Reminder, ...] = ()
    documentation: str = ""

    def starts(self, scope: str | None = None) -> list[Node]:
        """The start events of the process (or of a sub-process), in document order."""
        return [n for n in self.nodes.values() if n.type == "startEvent" and n.scope == scope]

    def boundaries(self, activity: str) -> list[Node]:
        """The boundary events attached to an activity, in document order."""
        return [n for n in self.nodes.values() if n.attached_to == activity]

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
