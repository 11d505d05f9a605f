"""The ways to the engine: its bus within this process, and HTTP to a node. Both answer as the model does."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any, Protocol

from benchmarks.linearizability.content import ACTORS, NODES
from benchmarks.linearizability.model import mark
from benchmarks.linearizability.operations import Operation, Outcome
from engine.bus import Bus
from engine.commands.assign_task import AssignTask
from engine.commands.cancel_instance import CancelInstance
from engine.commands.claim_task import ClaimTask
from engine.commands.complete_task import CompleteTask
from engine.commands.migrate_instance import MigrateInstance
from engine.commands.unassign_task import UnassignTask
from engine.errors import EngineError
from engine.queries.instances import get_instance
from engine.queries.search import Search
from engine.queries.tasks import get_task, search_tasks
from engine.store.lost import OutcomeUnknown

LOOK = {"page": {"limit": 50}}  # more tasks than a case can have
PLAN = tuple((node, node) for node in NODES)


class Lost(Exception):
    """Nobody knows what became of the request."""


@dataclass(slots=True)
class Known:
    """What stands behind the names of the model: the keys of the versions, and of the tasks of one case, as far as this
    client has seen them."""

    versions: Mapping[int, int]
    case: int
    tasks: dict[str, int] = field(default_factory=dict)


class Door(Protocol):
    """A way to the engine."""

    name: str

    def ask(self, operation: Operation, known: Known) -> Outcome:
        """What the operation is answered; tasks that are seen become known. Raises Lost."""


class BusDoor:
    """Commands and queries of the engine, without anything between."""

    name = "bus"

    def __init__(self, bus: Bus) -> None:
        self.bus = bus

    def ask(self, operation: Operation, known: Known) -> Outcome:
        actor = ACTORS[operation.actor]
        try:
            if operation.kind in LOOKS:
                with self.bus.database.read() as db:
                    return LOOKS[operation.kind](db, actor, operation, known)
            command = COMMANDS[operation.kind](operation, known)
            self.bus.run(command, actor, operation.key)
        except EngineError as error:
            return refused(error.code, error.members)
        return ("ok",)


def refused(code: str, members: Mapping[str, Any]) -> Outcome:
    """A refusal, with what it tells of the state. Raises Lost for the answer that nobody can know."""
    if code == OutcomeUnknown.code:
        raise Lost(code)
    told = next((members[name] for name in ("rev", "state", "assignee") if name in members), None)
    return ("refused", code) if told is None else ("refused", code, told)


COMMANDS: Mapping[str, Callable[[Operation, Known], Any]] = {
    "claim": lambda o, k: ClaimTask(k.tasks[str(o.element)], rev=o.rev),
    "unassign": lambda o, k: UnassignTask(k.tasks[str(o.element)], rev=o.rev),
    "assign": lambda o, k: AssignTask(k.tasks[str(o.element)], o.value, rev=o.rev, action=mark(o)),
    "complete": lambda o, k: CompleteTask(k.tasks[str(o.element)], {"mark": mark(o)}, rev=o.rev),
    "cancel": lambda o, k: CancelInstance(k.case, mark(o), rev=o.rev),
    "migrate": lambda o, k: MigrateInstance(k.case, k.versions[o.value], PLAN, mark(o), rev=o.rev),
}
LOOKS: Mapping[str, Callable[..., Outcome]] = {
    "see-task": lambda db, actor, o, k: ("ok", *task_seen(get_task(db, actor, k.tasks[str(o.element)]))),
    "see-case": lambda db, actor, o, k: case_seen(get_instance(db, actor, k.case)),
    "see-tasks": lambda db, actor, o, k: tasks_seen(
        search_tasks(db, actor, Search({"processInstanceKey": str(k.case)}, (), LOOK["page"]))["items"], k
    ),
}


def task_seen(said: Mapping[str, Any]) -> tuple[Any, ...]:
    """What the model knows of a task."""
    return said["state"], said["assignee"], said["rev"], said["completedBy"], said["processDefinitionVersion"]


def case_seen(said: Mapping[str, Any]) -> Outcome:
    """What the model knows of the case as a whole."""
    return ("ok", said["state"], said["rev"], said["processDefinitionVersion"])


def tasks_seen(items: list[Mapping[str, Any]], known: Known) -> Outcome:
    """All tasks by their steps, which become known."""
    known.tasks |= {item["elementId"]: int(item["userTaskKey"]) for item in items}
    return ("ok", *sorted((item["elementId"], *task_seen(item)) for item in items))


