"""Deadlines and what is drawn or said about them: a timer that stands for a deadline agrees with it, and so does a
reminder."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import UTC, datetime
from typing import Any

from engine.calendar.durations import add, parse_duration
from engine.calendar.errors import CalendarError
from engine.calendar.moments import parse_moment
from engine.calendar.office import OfficeTime, office_calendar
from engine.calendar.standard import end_of_term, standard_time
from engine.calendar.timers import due_of_date
from engine.execution.expressions import is_feel
from engine.execution.lint.manual import ZONE
from engine.execution.lint.reminders import whole_time
from engine.execution.reader.faults import FaultList
from engine.execution.waits import events_of
from engine.feel import Environment, FeelError, parse_expression
from engine.model.diagram import Process
from engine.model.manual import Deadline

# moments to count from: a working day, the days before Songkran, the ends of a long and a short month
SAMPLES = tuple(datetime(2026, *moment, tzinfo=UTC) for moment in ((1, 5, 2), (4, 10, 9), (8, 31, 3), (2, 28, 20)))


def advise_clocks(process: Process, faults: FaultList) -> None:
    """Note the timers that count from where a deadline counts and do not end with it, and the reminders of a deadline
    that come when it is over."""
    for clock in process.deadlines:
        _advise_timers(clock, process, faults)
    _advise_reminders(process, faults)


def _advise_timers(clock: Deadline, process: Process, faults: FaultList) -> None:
    """DESIGN: what must happen at a deadline is drawn as a timer, too, and both agree. Timers that end before are
    warnings of it; one of the others ends with it, and one that ends later does with its lateness."""
    names = _names(clock.from_)
    ends = _moments_of_clock(clock, clock.duration or clock.at)
    if not names or ends is None:
        return
    late = _moments_of_clock(clock, clock.late_until) if clock.late_until is not None else None
    drawn = [(id_, due) for id_, source in _timers(process) if (due := _drawn(source, names)) is not None]
    if drawn and not any(due == ends for _, due in drawn):
        faults.warn(
            drawn[-1][0], "deadline-timer-missing",
            f"มีตัวจับเวลาที่นับจาก {clock.from_} แต่ไม่มีตัวใดครบพร้อมกำหนดเวลา {clock.id} ({clock.duration or clock.at})",
            f"Timers count from {clock.from_}, as the deadline {clock.id} does, but none ends with it "
            f"({clock.duration or clock.at}).",
        )  # fmt: skip
    for id_, due in drawn:
        if due != late and all(a > b for a, b in zip(due, ends, strict=True)):
            faults.warn(
                id_, "deadline-timer-later", f"ตัวจับเวลานี้ครบหลังกำหนดเวลา {clock.id} และไม่ตรงกับ lateUntil",
                f"This timer ends after the deadline {clock.id}, and not with its lateUntil.",
            )  # fmt: skip


def _advise_reminders(process: Process, faults: FaultList) -> None:
    clocks = {clock.id: clock for clock in process.deadlines}
    office = office_calendar(SAMPLES[0].year, ZONE)
    owners = [(process.id, process.reminders), *((n.id, n.reminders) for n in process.nodes.values())]
    for owner, reminders in owners:
        for reminder in reminders:
            whole = whole_time(clocks.get(reminder.deadline or ""))
            if whole is None or reminder.after is None:
                continue
            if standard_time(SAMPLES[0], reminder.after, reminder.calendar, office) > whole:
                faults.warn(
                    owner, "reminder-after-end",
                    f"การเตือนนี้มาหลังครบกำหนด {reminder.deadline} แล้ว หากตั้งใจให้ใช้ overdue",
                    f"This reminder comes when the deadline {reminder.deadline} is over; if it is meant, say overdue.",
                )  # fmt: skip


def _timers(process: Process) -> Iterator[tuple[str, str]]:
    """The timers of the diagram that wait for a date which is computed: (element, FEEL)."""
    for node in process.nodes.values():
        for event in events_of(node):
            if event.timer == "date" and event.expression is not None and is_feel(event.expression):
                yield node.id, event.expression.lstrip()[1:]


def _names(source: str) -> frozenset[str]:
    try:
        return parse_expression(source).names
    except FeelError:
        return frozenset()


def _drawn(source: str, names: frozenset[str]) -> Sequence[datetime] | None:
    """When a timer that reads just these variables is due, for each sample; None for another timer."""
    if _names(source) != names:
        return None
    found = []
    try:
        for start in SAMPLES:
            found.append(due_of_date(_value(source, dict.fromkeys(names, start.isoformat()), start), start, ZONE))
    except (CalendarError, FeelError):
        return None
    return found


def _moments_of_clock(clock: Deadline, text: str | None) -> Sequence[datetime] | None:
    """When a deadline is over, or its lateness, for each sample."""
    names, found = _names(clock.from_), []
    try:
        for moment in SAMPLES:
            start = parse_moment(_value(clock.from_, dict.fromkeys(names, moment.isoformat()), moment), ZONE)
            found.append(_end(clock, text or "", start))
    except (CalendarError, FeelError):
        return None
    return found


def _end(clock: Deadline, text: str, start: datetime) -> datetime:
    if text == clock.late_until:
        return add(start, parse_duration(text), ZONE)
    office = office_calendar(start.year, ZONE)
    return end_of_term(start, clock.duration, clock.at, clock.calendar, office, to_working_day=clock.to_working_day)


def _value(source: str, scope: Mapping[str, Any], now: datetime) -> object:
    env = Environment(now=now, zone=ZONE, calendar=OfficeTime(office_calendar(now.year, ZONE)))
    return parse_expression(source).evaluate(scope, env).value
