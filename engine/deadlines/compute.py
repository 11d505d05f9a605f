"""When a deadline ends: pure arithmetic over the moment it counts from."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from engine.calendar.durations import add, parse_duration
from engine.calendar.errors import CalendarError
from engine.calendar.moments import parse_moment
from engine.calendar.standard import end_of_term, follows_office
from engine.calendar.working import WorkingCalendar
from engine.feel import Environment, FeelError, parse_expression
from engine.model.manual import Deadline


@dataclass(frozen=True, slots=True)
class Term:
    """The moments of a running deadline."""

    started_at: datetime
    due_at: datetime
    late_until: datetime | None


def reads(deadline: Deadline) -> frozenset[str]:
    """The variables that the start of the clock depends on."""
    return parse_expression(deadline.from_).names


def start_of(deadline: Deadline, scope: Mapping[str, Any], env: Environment) -> datetime | None:
    """The moment that a deadline counts from; None while it is not known (or is none)."""
    try:
        value = parse_expression(deadline.from_).evaluate(scope, env).value
        return None if value is None else parse_moment(value, env.zone)
    except (CalendarError, FeelError):
        return None


def term_from(deadline: Deadline, start: datetime, office: WorkingCalendar) -> Term | None:
    """The term of a deadline that counts from `start`; None when it leads nowhere."""
    moves = deadline.to_working_day
    try:
        due = end_of_term(start, deadline.duration, deadline.at, deadline.calendar, office, to_working_day=moves)
        late = add(start, parse_duration(deadline.late_until), office.zone) if deadline.late_until else None
    except CalendarError:
        return None
    return Term(start, due, late)


def extended(term: Term, until: datetime | None) -> Term:
    """The term as it was extended to `until`: never shorter than it is, never beyond what even lateness allows."""
    if until is None:
        return term
    due = max(term.due_at, until if term.late_until is None else min(until, term.late_until))
    return replace(term, due_at=due)


def moves_with_office(deadline: Deadline) -> bool:
    """Whether its end depends on when the office works."""
    return follows_office("calendar" if deadline.at is not None else deadline.calendar, deadline.to_working_day)


def state_when_stopped(term: Term, now: datetime) -> str:
    """KEPT, LATE, or OUT_OF_TERM when even lateness had a term."""
    if now <= term.due_at:
        return "KEPT"
    return "OUT_OF_TERM" if term.late_until is not None and now > term.late_until else "LATE"


def state_when_running(term: Term, now: datetime) -> str:
    """RUNNING, MISSED once it is over, OUT_OF_TERM once even lateness is over."""
    if now <= term.due_at:
        return "RUNNING"
    return "OUT_OF_TERM" if term.late_until is not None and now > term.late_until else "MISSED"
