"""A new user task as rows: who may do it, until when (the manual's standard time), with which form."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import TYPE_CHECKING, Any

from sqlalchemy import Connection, update

from engine.calendar.errors import CalendarError
from engine.calendar.standard import follows_office, has_due_time, standard_time
from engine.calendar.working import WorkingCalendar
from engine.execution import effects as fx
from engine.model.diagram import Node, Process
from engine.model.manual import Step
from engine.store.instances import Instance
from engine.store.labels import found_by
from engine.store.tables import moment_text, task_candidate
from engine.store.tasks import NO_DUE

if TYPE_CHECKING:
    from engine.commands.running import Running


_OF_CANDIDATES = (
    "key", "process_instance_key", "due_at", "statutory_due_at", "priority", "label_key", "business_id"
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Standard:
    """When a standard time is over; where that depends on when the office works, from when it was counted, and what
    the step says (text, kind, whether it moves to a working day), so that it can be counted anew."""

    over: datetime | None = None
    since: datetime | None = None
    term: Sequence[Any] | None = None

    def columns(self) -> dict[str, Any]:
        """As the row of a task has it."""
        return {"standard_due_at": self.over, "standard_from": self.since, "standard_term": self.term}


@dataclass(frozen=True, slots=True)
class Again:
    """A task that is done once more: by whom (None: as the diagram says), and with which `times` (when it is due, and
    by its standard time) it keeps."""

    assignee: str | None
    times: tuple[datetime | None, Standard] | None = None

    def applied(self, e: fx.UserTaskCreated) -> fx.UserTaskCreated:
        """What is created. Where listeners decide on the assignee, the diagram names it first."""
        return e if e.pending or self.assignee is None else replace(e, assignee=self.assignee)


def due_sort(due_at: datetime | None, statutory: datetime | None = None) -> str:
    """What the inbox sorts by: the earlier of the task's due moment and of its case's statutory one, or NO_DUE."""
    moments = [moment for moment in (due_at, statutory) if moment is not None]
    return moment_text(min(moments)) if moments else NO_DUE


def user_task_created(r: Running, i: Instance, e: fx.UserTaskCreated) -> None:
    """Write the task, its candidates and the history event. One that has listeners is in nobody's inbox until
    those of its creation are done, and has no assignee until those of its assignment are."""
    deployed = r.deployed(i)
    standard = standard_due(r, i, e)
    due_at = e.due_at or standard.over
    if (again := r.again.pop(e.node.id, None)) is not None:
        e, (due_at, standard) = again.applied(e), again.times or (due_at, standard)
        r.told |= {e.key} if again.assignee is not None else set()
    if e.node.step is not None and (element := r.writer.elements.get(e.key)) and element["standard_due_at"] is not None:
        element["standard_due_at"] = standard.over  # whose calendar counts, the task knows
    process = deployed.definition.process
    step = process.step_of(e.node)
    held = "assigning" in e.pending
    assignee, state = None if held else e.assignee, e.pending[0].upper() if e.pending else "CREATED"
    task: dict[str, Any] = {
        "key": e.key, "process_instance_key": i.key, "root_key": i.root_key, "definition_key": i.definition_key,
        "process_id": i.process_id, "process_version": i.version, "process_name": process.name,
        "process_name_en": process.name_en or None, "business_id": i.business_id, "element_id": e.node.id,
        "name": e.node.name or None, "name_en": e.node.name_en or None,
        "step_number": step.number if step is not None else None, "state": state, "assignee": assignee,
        "candidate_groups": list(e.candidate_groups), "candidate_users": list(e.candidate_users),
        "due_at": due_at, "follow_up_at": e.follow_up_at, "statutory_due_at": None, "priority": e.priority,
        **standard.columns(), "claimed_at": None if assignee is None else r.tx.now,
        **_form(e, deployed.deployment_key), "external_form_reference": e.external_form,
        "custom_headers": dict(e.node.human.headers) if e.node.human else {}, "created_at": r.tx.now,
        "completed_at": None, "completed_by": None, "completed_through": None, "rev": 1,
        "transition": _transition(r, e), "b_new": 1, "owner": None, "delegation": None, "hands": [], "signing": None,
    }  # fmt: skip
    r.writer.add_task(task)
    if state != "CREATING":
        r.writer.candidates += candidate_rows(task, e.candidate_groups, e.candidate_users, assignee)
    r.tx.record(
        i, "user-task-created", e.node.id, e.key, assignee=e.assignee, candidateGroups=list(e.candidate_groups),
        candidateUsers=list(e.candidate_users), dueAt=due_at.isoformat() if due_at else None,
    )  # fmt: skip
    r.tx.announce(
        "user-task",
        {
            "userTaskKey": str(e.key),
            "state": state,
            "assignee": assignee,
            "candidateGroups": list(e.candidate_groups),
        },
    )


def _transition(r: Running, e: fx.UserTaskCreated) -> dict[str, Any] | None:
    """What the listeners of a new task are asked about; `assignee` is whom the diagram names."""
    if not e.pending:
        return None
    wanted = {"assignee": e.assignee}
    values = wanted if e.pending[0] == "assigning" else {}
    return {
        "operation": str(r.tx.key()), "event": e.pending[0], "action": "", "by": None, "values": values, **wanted,
        "then": list(e.pending[1:]),
    }  # fmt: skip


def of_candidates(task: Any) -> dict[str, Any]:
    """What `candidate_rows` needs of a task that is there."""
    return {name: getattr(task, name) for name in _OF_CANDIDATES}


def candidate_rows(
    task: Mapping[str, Any], groups: Sequence[str], users: Sequence[str], assignee: str | None
) -> list[dict[str, Any]]:
    """The inbox rows of a task (its columns): each candidate group and user once, the assignee among the users."""
    people = dict.fromkeys([*users, *([assignee] if assignee else [])])
    named = [("group", g) for g in dict.fromkeys(groups)] + [("user", u) for u in people]
    shared = {
        "task_key": task["key"], "process_instance_key": task["process_instance_key"],
        "status": "assigned" if assignee else "free", "due_sort": due_sort(task["due_at"], task["statutory_due_at"]),
        "priority": task["priority"], **found_by(task["label_key"], task["business_id"]),
    }  # fmt: skip
    return [{"kind": kind, "name": name, **shared} for kind, name in named]


def free_rows(db: Connection, task: Any) -> None:
    """The task is in the inboxes of its candidates again; who had it without being one only took part."""
    c = task_candidate.c
    db.execute(update(task_candidate).where(c.task_key == task.key, c.status == "assigned").values(status="free"))
    others = (c.kind == "user") & (c.status == "free") & c.name.not_in(task.candidate_users)
    db.execute(update(task_candidate).where(c.task_key == task.key, others).values(status="closed"))


def standard_due(r: Running, i: Instance, e: fx.UserTaskCreated) -> Standard:
    """When the step's standard time is over, counted from when the node that carries it began.

    A printed sub-step without a time of its own lies within the time of the step around it.
    """
    process = r.deployed(i).definition.process
    begun = r.case(i).begun_at(e.key)
    at: Node | None = e.node
    while at is not None:
        step = at.step
        if step is not None and (step.parent is None or step.standard_time is not None):
            return _over(r, step, begun.get(at.id, r.tx.now), (process, e.candidate_groups))
        at = process.nodes.get(at.scope) if at.scope is not None else None
    return Standard()


def own_due(r: Running, i: Instance, e: fx.ElementStarted) -> datetime | None:
    """When the standard time of the step that an element carries is over, which begins now. Of what is done many times
    each time has its own."""
    if e.node.step is None or e.type == "MULTI_INSTANCE_BODY":
        return None
    return _over(r, e.node.step, r.tx.now, (r.deployed(i).definition.process, ())).over


def _over(r: Running, step: Step, start: datetime, of: tuple[Process, Sequence[str]]) -> Standard:
    """Nothing for a step that has no standard time; `of` are the process and the candidate groups of a task."""
    text, kind, (process, groups) = step.standard_time, step.calendar, of
    if text is None or kind is None or not has_due_time(kind, text):
        return Standard()
    calendar = r.tx.calendars().of_task(groups, process.facts.owner_unit)
    moves = follows_office(kind, step.to_working_day)
    office = r.tx.office_for_due(calendar, start) if moves else r.tx.office(calendar, start)
    term = (text, kind, step.to_working_day)
    try:
        over = over_at(start, term, office)
    except CalendarError:
        return Standard()
    return Standard(over, start, term) if moves else Standard(over)


def over_at(start: datetime, term: Sequence[Any], office: WorkingCalendar) -> datetime:
    """When a term as `Standard` has it is over. Raises CalendarError."""
    text, kind, to_working_day = term
    return standard_time(start, text, kind, office, to_working_day=to_working_day)


def _form(e: fx.UserTaskCreated, deployment: int) -> dict[str, Any]:
    """Which form's version the writer is to look up."""
    called = e.node.human.form if e.node.human is not None else None
    binding = called.binding if called is not None else "latest"
    return {
        "b_form": e.form_id,
        "b_tag": called.version_tag if called is not None and binding == "versionTag" else None,
        "b_deployment": deployment if binding == "deployment" else -1,
    }
