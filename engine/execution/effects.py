"""What a step of execution did, in order, for the commands to write into tables and history.

Execution touches no database: it changes its own state and says here what follows from it.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from engine.model.diagram import Node


@dataclass(frozen=True, slots=True)
class ElementStarted:
    """An element instance began. `type` is the Camunda element type."""

    key: int
    node: Node
    scope_key: int
    type: str


@dataclass(frozen=True, slots=True)
class ElementEnded:
    """An element instance completed, or was terminated.

    `scopes` are the element instances around it, innermost first. `in_loop` says that it is one of
    the instances of a multi-instance activity, whose body ends after all of them.
    """

    key: int
    node: Node
    completed: bool
    scopes: tuple[int, ...] = ()
    in_loop: bool = False


@dataclass(frozen=True, slots=True)
class FlowTaken:
    """A token went along a sequence flow."""

    flow_id: str


@dataclass(frozen=True, slots=True)
class VariableSet:
    """A variable of a scope has a new value. `existed` tells whether there was one before."""

    scope_key: int
    name: str
    value: Any
    before: Any
    existed: bool


@dataclass(frozen=True, slots=True)
class LocalsDropped:
    """A scope ended and its variables with it."""

    scope_key: int


@dataclass(frozen=True, slots=True)
class UserTaskCreated:
    """A user task waits for a person; every expression of it is evaluated."""

    key: int
    node: Node
    assignee: str | None
    candidate_groups: tuple[str, ...]
    candidate_users: tuple[str, ...]
    due_at: datetime | None
    follow_up_at: datetime | None
    priority: int
    form_id: str | None
    external_form: str | None


@dataclass(frozen=True, slots=True)
class UserTaskEnded:
    """A user task's element ended; `completed` is False when it was cancelled."""

    key: int
    completed: bool


@dataclass(frozen=True, slots=True)
class JobCreated:
    """Work for an outside worker."""

    key: int
    task_key: int
    node: Node
    type: str
    retries: int
    priority: int
    headers: dict[str, str]


@dataclass(frozen=True, slots=True)
class JobsEnded:
    """The element that its jobs belong to has ended; `completed` as for elements."""

    task_key: int
    completed: bool


@dataclass(frozen=True, slots=True)
class TimerStarted:
    """A timer is due at `due_at`. `task_key` is the element instance that waits for it."""

    key: int
    task_key: int
    element_id: str
    due_at: datetime


@dataclass(frozen=True, slots=True)
class TimerMoved:
    """A timer that depends on a changed variable has a new due time."""

    key: int
    element_id: str
    before: datetime
    due_at: datetime


@dataclass(frozen=True, slots=True)
class SubscriptionOpened:
    """An element instance waits for a message (with its correlation key) or a signal."""

    key: int
    task_key: int
    element_id: str
    kind: str
    name: str
    correlation_key: str


@dataclass(frozen=True, slots=True)
class WaitClosed:
    """A timer or subscription is over. `kind` is timer, message or signal."""

    key: int
    kind: str


@dataclass(frozen=True, slots=True)
class IncidentRaised:
    """An element cannot go on until somebody repairs what the message names."""

    key: int
    task_key: int
    node: Node
    error_type: str
    message: str


@dataclass(frozen=True, slots=True)
class IncidentClosed:
    """An incident is over: resolved, or its element was terminated."""

    key: int


@dataclass(frozen=True, slots=True)
class Assigned:
    """Who is to do a task, evaluated."""

    assignee: str | None
    candidate_groups: tuple[str, ...]
    candidate_users: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class CallRequested:
    """A call activity waits for a child instance that the engine now has to create.

    `assigned` does the task if it is a global task that is called, instead of whom that names.
    """

    task_key: int
    node: Node
    process_id: str
    variables: dict[str, Any]
    business_id: str | None
    inherit_business_id: bool
    assigned: Assigned | None = None


@dataclass(frozen=True, slots=True)
class CallEnded:
    """A call activity was terminated; its child instance must be, too."""

    task_key: int


@dataclass(frozen=True, slots=True)
class SignalThrown:
    """A signal is to be broadcast after the commit, with these variables; the waits in `heard` have had it."""

    task_key: int
    node: Node
    name: str
    variables: dict[str, Any]
    heard: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class EventReceived:
    """A message or signal that was thrown inside the case came to what waits for it there."""

    task_key: int
    element_id: str
    kind: str
    name: str
    correlation_key: str
    variables: dict[str, Any]


@dataclass(frozen=True, slots=True)
class DecisionEvaluated:
    """A business rule task evaluated a decision; `record` is what history keeps of it."""

    task_key: int
    node: Node
    decision_id: str
    record: dict[str, Any]


@dataclass(frozen=True, slots=True)
class ConditionAwaited:
    """An element instance waits until a condition over its variables holds."""

    key: int
    task_key: int
    element_id: str


@dataclass(frozen=True, slots=True)
class EscalationUncaught:
    """Nothing in this instance catches the escalation: its caller may. The instance goes on."""

    task_key: int
    node: Node
    code: str
    variables: dict[str, Any]


@dataclass(frozen=True, slots=True)
class ErrorUncaught:
    """No boundary event of this instance catches the error: its caller may."""

    task_key: int
    node: Node
    code: str
    message: str
    variables: dict[str, Any]


@dataclass(frozen=True, slots=True)
class InstanceEnded:
    """The instance completed or was terminated. `variables` are those of the process scope."""

    completed: bool
    variables: dict[str, Any] = field(default_factory=dict)


Effect = (
    ElementStarted | ElementEnded | FlowTaken | VariableSet | LocalsDropped | UserTaskCreated
    | UserTaskEnded | JobCreated | JobsEnded | TimerStarted | TimerMoved | SubscriptionOpened
    | WaitClosed | IncidentRaised | IncidentClosed | CallRequested | CallEnded | SignalThrown
    | EventReceived | DecisionEvaluated | ConditionAwaited | EscalationUncaught | ErrorUncaught | InstanceEnded
)  # fmt: skip
