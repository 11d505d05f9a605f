"""What is measured of standard times: the finished steps, tasks and cases, as rows for whoever counts them.

A step is an element that carries a krabuan:step with a standard time, each time that it was done; what was withdrawn
counts for nothing, and so does what was taken back (commands/recall_task.py). A case counts when a step of it does, and
is kept when all of them were. Moments are text (tables/base.py), so that a million of them can be compared.
"""

from __future__ import annotations

from typing import Any

from sqlalchemy import ColumnElement, Select, String, case, func, select, type_coerce

from engine.store.tables import element_instance as ei
from engine.store.tables import process_instance as pi
from engine.store.tables import user_task as ut


def _text(column: ColumnElement[Any]) -> ColumnElement[Any]:
    return type_coerce(column, String)


_KEPT = (ei.c.ended_at <= ei.c.standard_due_at, ut.c.completed_at <= ut.c.standard_due_at)
_DONE = (ei.c.state == "COMPLETED", ei.c.standard_due_at.is_not(None))


def steps_done(*where: ColumnElement[bool]) -> Select[Any]:
    """process_id, version, access_class, element_id, began, ended, kept (1 or 0) of each step that was done."""
    return (
        select(
            pi.c.process_id, pi.c.version, pi.c.access_class, ei.c.element_id,
            _text(ei.c.started_at).label("began"), _text(ei.c.ended_at).label("ended"),
            case((_KEPT[0], 1), else_=0).label("kept"),
        )
        .join(pi, pi.c.key == ei.c.process_instance_key)
        .where(*_DONE, *where)
    )  # fmt: skip


def cases_done(*where: ColumnElement[bool]) -> Select[Any]:
    """process_id, version, access_class, ended, kept of each completed case of which a step counts."""
    return (
        select(
            pi.c.process_id, pi.c.version, pi.c.access_class, _text(pi.c.ended_at).label("ended"),
            func.min(case((_KEPT[0], 1), else_=0)).label("kept"),
        )
        .join(ei, ei.c.process_instance_key == pi.c.key)
        .where(pi.c.state == "COMPLETED", *_DONE, *where)
        .group_by(pi.c.key)
    )  # fmt: skip


def tasks_done(*where: ColumnElement[bool]) -> Select[Any]:
    """process_id, version, access_class, element_id, candidate_groups (JSON), person, began, claimed, ended, kept of
    each task that was done; kept is null for one without standard time. `person` is who did it with own hands: a
    substitute, not the absent person in whose name it was."""
    return (
        select(
            ut.c.process_id, ut.c.process_version.label("version"), pi.c.access_class, ut.c.element_id,
            _text(ut.c.candidate_groups).label("candidate_groups"),
            func.coalesce(ut.c.completed_through, ut.c.completed_by).label("person"),
            _text(ut.c.created_at).label("began"), _text(ut.c.claimed_at).label("claimed"),
            _text(ut.c.completed_at).label("ended"),
            case((ut.c.standard_due_at.is_(None), None), (_KEPT[1], 1), else_=0).label("kept"),
        )
        .join(pi, pi.c.key == ut.c.process_instance_key)
        .where(ut.c.state == "COMPLETED", *where)
    )  # fmt: skip


WAITING = ("INTERMEDIATE_CATCH_EVENT", "RECEIVE_TASK", "EVENT_BASED_GATEWAY", "SERVICE_TASK", "SEND_TASK")


def waits_over(*where: ColumnElement[bool]) -> Select[Any]:
    """element_id, began, ended of each time that a case waited for something that no person of the office does (a
    timer, a message, a program), and it came."""
    return (
        select(ei.c.element_id, _text(ei.c.started_at).label("began"), _text(ei.c.ended_at).label("ended"))
        .join(pi, pi.c.key == ei.c.process_instance_key)
        .where(ei.c.state == "COMPLETED", ei.c.element_type.in_(WAITING), *where)
    )
