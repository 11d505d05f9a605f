"""What the activities of a diagram ask for: people, workers, scripts, other processes, and who listens to it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal

Binding = Literal["latest", "deployment", "versionTag"]


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
class LinkedResource:
    """zeebe:linkedResource: a deployed file that a worker is told the key of. `called` is its id and binding."""

    called: Called
    type: str
    link_name: str


@dataclass(frozen=True, slots=True)
class Job:
    """zeebe:taskDefinition with its headers and linked resources."""

    type: str
    retries: str = "3"
    headers: Mapping[str, str] = field(default_factory=dict)
    resources: tuple[LinkedResource, ...] = ()


@dataclass(frozen=True, slots=True)
class Listener:
    """zeebe:executionListener or zeebe:taskListener: a job that its element waits for.

    `event` is start, end, beforeAll (of a multi-instance body) or cancel (of the process); of a user
    task creating, assigning, updating, completing or canceling.
    """

    event: str
    type: str
    retries: str = "3"
    headers: Mapping[str, str] = field(default_factory=dict)


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
    form_key: str | None = None  # of a job-worker user task: what its worker is told
    headers: Mapping[str, str] = field(default_factory=dict)
    listeners: tuple[Listener, ...] = ()

    @property
    def named_groups(self) -> tuple[str, ...]:
        """The candidate groups as the diagram names them; of an expression itself, with its `=`."""
        told = self.candidate_groups or ""
        return (told,) if told.startswith("=") else tuple(g.strip() for g in told.split(",") if g.strip())

    def listens(self, event: str) -> bool:
        """Whether it has task listeners of an event."""
        return any(listener.event == event for listener in self.listeners)


@dataclass(frozen=True, slots=True)
class Performers:
    """Who does a task, as BPMN's resource roles say it: texts as in `HumanTask`. On a call activity they
    replace those of the global task that it calls."""

    assignee: str | None
    candidate_groups: str | None


@dataclass(frozen=True, slots=True)
class Script:
    """zeebe:script: FEEL without the leading `=` and where its result goes."""

    expression: str
    result_variable: str
