"""What is asked of a user task that has listeners: it stands in between until they have answered, then the task
changes, or stays as it was because one of them said no.

The row of the task keeps what was asked for (`transition`): `operation` (a key, by which the one who asked finds the
outcome), `event`, `action`, `by`, `values` (what the task is to get, corrections included) and what belongs to the
event: `variables` and `local` (updating, completing), `results` of the control points (completing), `assignee` whom
the diagram names and `then`, the events to come (creating).
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from sqlalchemy import delete, select, update

from engine.commands.applying import FOLLOWERS
from engine.commands.control_points import record
from engine.commands.registry import Target
from engine.commands.running import Running
from engine.commands.targets import task_target
from engine.commands.task_changes import change, from_json, in_json, tell
from engine.commands.transaction import Transaction
from engine.commands.values import variables_in
from engine.errors import NotFound
from engine.execution import Case
from engine.execution import effects as fx
from engine.model.diagram import Node
from engine.store.instances import Instance
from engine.store.tables import task_candidate, task_draft, user_task


def node_of(r: Running, instance: Instance, task: Any) -> Node:
    """The node of a task in the version of its case."""
    return r.deployed(instance).definition.process.nodes[task.element_id]


def asks(
    event: str, requested: str, target: Callable[[Any, Transaction], Target] = task_target
) -> Callable[[Any, Transaction], Target]:
    """A target for a command that a task's listeners are asked about: history then says that it was requested."""

    def load(command: Any, tx: Transaction) -> Target:
        found = target(command, tx)
        if found.instance is not None and found.element_id is not None:
            definition = tx.services.definitions.process(tx.db, found.instance.definition_key).definition
            node = definition.process.nodes.get(found.element_id)
            if node is not None and node.human is not None and node.human.listens(event):
                found.event = requested
        return found

    return load


def begin(
    r: Running, instance: Instance, task: Any, event: str, action: str, values: Mapping[str, Any],
    submitted: Mapping[str, Any] | None = None, **more: Any,
) -> dict[str, str]:  # fmt: skip
    """Have the listeners of an event asked; `values` are what the task gets if none says no. Returns what to
    look for to learn the outcome (key of the task and of the operation)."""
    tx = r.tx
    operation, state = str(tx.key()), event.upper()
    asked = {
        "operation": operation, "event": event, "action": action, "by": tx.actor.name,
        "through": None if tx.actor.on_behalf_of is None else tx.actor.id, "values": in_json(values), **more,
    }  # fmt: skip
    new = {"state": state, "transition": asked, "rev": task.rev + 1}
    tx.db.execute(update(user_task).where(user_task.c.key == task.key).values(**new))
    r.case(instance).ask_of_task(task.key, event, submitted)
    r.settle(instance)
    tell(tx, task, state, task.assignee, task.candidate_groups)
    return {"userTaskKey": str(task.key), "operation": operation}


def load(tx: Transaction, task_key: int) -> Any:
    """The row of a task. Raises NotFound."""
    row = tx.db.execute(select(user_task).where(user_task.c.key == task_key)).one_or_none()
    if row is None:
        raise NotFound(userTaskKey=str(task_key))
    return row


def follow(r: Running, instance: Instance, _case: Case, effects: Sequence[fx.Effect]) -> None:
    """What a user task's listeners allowed takes effect; one that is to be cancelled says so."""
    for effect in effects:
        if isinstance(effect, fx.UserTaskChanged):
            task = load(r.tx, effect.key)
            _CHANGES[effect.event](r, instance, task, effect.node)
        elif isinstance(effect, fx.UserTaskCanceling):
            _canceling(r, effect.key)


FOLLOWERS.append(follow)


def _created(r: Running, instance: Instance, task: Any, _node: Node) -> None:
    """It comes into the inboxes; if the diagram names an assignee, and that has listeners, they come next."""
    asked = task.transition
    values, then = from_json(asked["values"]), asked["then"]
    if not then:
        change(r, instance, task, values)
        return
    following = {**asked, "event": then[0], "values": {"assignee": asked["assignee"]}, "then": then[1:]}
    change(r, instance, task, values, then[0].upper(), following)


def _changed(r: Running, instance: Instance, task: Any, _node: Node) -> None:
    """Assigning and updating: the task gets its values, and its scope the variables that were set."""
    asked = task.transition
    change(r, instance, task, from_json(asked["values"]))
    if "variables" in asked:
        variables, local = variables_in(asked["variables"]), asked["local"]
        said = {"variables": asked["variables"], "local": local, "by": asked["by"]}
        r.tx.record(instance, "variables-updated", task.element_id, task.key, **said)
        r.case(instance).set_variables(task.key, variables, local)


def _completed(r: Running, instance: Instance, task: Any, node: Node) -> None:
    """The results of the control points and the completion are recorded in the name of who completed it."""
    asked = task.transition
    change(r, instance, task, from_json(asked["values"]), "COMPLETING")
    for point, state, detail in asked["results"]:
        record(r, instance, task, node, point, state, detail, asked["by"])
    said = {"variables": asked["variables"], "action": asked["action"], "by": asked["by"]}
    r.tx.record(instance, "user-task-completed", task.element_id, task.key, **said)
    r.tx.db.execute(delete(task_draft).where(task_draft.c.task_key == task.key))


def _canceling(r: Running, task_key: int) -> None:
    """It stands in nobody's inbox any more."""
    task, c = load(r.tx, task_key), task_candidate.c
    asked: dict[str, Any] = {"operation": str(r.tx.key()), "event": "canceling", "action": "", "by": None, "values": {}}
    new = {"state": "CANCELING", "transition": asked, "rev": task.rev + 1}
    r.tx.db.execute(update(user_task).where(user_task.c.key == task_key).values(**new))
    r.tx.db.execute(update(task_candidate).where(c.task_key == task_key).values(status="closed"))
    tell(r.tx, task, "CANCELING", task.assignee, task.candidate_groups)


_CHANGES: dict[str, Callable[[Running, Instance, Any, Node], None]] = {
    "creating": _created,
    "assigning": _changed,
    "updating": _changed,
    "completing": _completed,
}
