"""Compare what a scenario expects with what is; each difference in words."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC
from typing import Any
from zoneinfo import ZoneInfo

from sqlalchemy import Row

from engine.scenarios.looking import Look, matches
from engine.scenarios.reading import moment
from engine.scenarios.reasons import Reason, shown, unequal

_ZONE = ZoneInfo("Asia/Bangkok")


def differences(look: Look, expected: Mapping[str, Any], told_since: int) -> list[Reason]:
    """What is not as expected; empty when everything is."""
    found: list[Reason] = []
    for what, wanted in expected.items():
        if what == "waiting":
            found += _equal("waiting", sorted(wanted or []), look.waiting())
        elif what == "state":
            found += _equal("state", wanted, look.state())
        elif what == "controlPoints":
            found += _members("control point", wanted, look.control_points(), "open")
        elif what == "deadlines":
            found += _members("deadline", wanted, look.deadlines(), "not started")
        elif what == "variables":
            found += _members("variable", wanted, look.variables(), None)
        elif what == "taken":
            taken = set(look.events("flow-taken"))
            left = [f for f in wanted if f not in taken]
            found += [Reason(f"ไม่ได้ผ่านเส้น {f}", f"sequence flow {f} was not taken") for f in left]
        elif what == "notified":
            found += _notified(look, wanted or [], told_since)
        elif what == "started":
            found += _equal("started", sorted(wanted or []), look.started())
        elif what == "instances":
            found += _equal("instances", wanted, len(look.keys()))
    if found and look.incidents():
        said = "; ".join(look.incidents())
        found.append(Reason(f"เหตุขัดข้อง: {said}", f"incidents: {said}"))
    return found


def task_differences(task: Row[Any], expected: Mapping[str, Any]) -> list[Reason]:
    """What about an open task is not as expected."""
    found: list[Reason] = []
    if "groups" in expected:
        found += _equal("candidate groups", sorted(expected["groups"]), sorted(task.candidate_groups))
    if "users" in expected:
        found += _equal("candidate users", sorted(expected["users"]), sorted(task.candidate_users))
    if "assignee" in expected:
        found += _equal("assignee", expected["assignee"], task.assignee)
    if "priority" in expected:
        found += _equal("priority", expected["priority"], task.priority)
    if "due" in expected:
        wanted = moment(expected["due"]).astimezone(UTC) if expected["due"] is not None else None
        if wanted != task.due_at:
            due = task.due_at.astimezone(_ZONE).isoformat() if task.due_at else "none"
            found.append(unequal("due", expected["due"], due))
    return found


def _notified(look: Look, wanted: list[Mapping[str, Any]], since: int) -> list[Reason]:
    """At least those that are wanted were told; when none is, nobody was."""
    rows = look.notified_after(since)
    told = [(row.recipient, row.about) for row in rows]
    th = shown([f"{to} ({about})" for to, about in told])
    if not wanted:
        return [Reason(f"ต้องไม่แจ้งผู้ใด แต่แจ้ง {th}", f"nobody was to be told; told were {told}")] if told else []
    return [
        Reason(
            f"ไม่ได้แจ้ง {w.get('to')} เรื่อง {w.get('about')} ที่แจ้งคือ {th}",
            f"nobody told {w.get('to')} about {w.get('about')}; told were {told}",
        )
        for w in wanted
        if not any((w.get("to") in (None, to)) and (w.get("about") in (None, about)) for to, about in told)
    ]


def _equal(what: str, wanted: Any, found: Any) -> list[Reason]:
    return [] if wanted == found else [unequal(what, wanted, found)]


def _members(what: str, wanted: Mapping[str, Any], found: Mapping[str, Any], absent: Any) -> list[Reason]:
    return [
        unequal(what, value, found.get(name, absent), name)
        for name, value in wanted.items()
        if not matches(value, found.get(name, absent))
    ]
