"""When reminders fall due: pure arithmetic over a beginning and a due time (krabuan:reminder)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from decimal import Decimal
from fractions import Fraction

from engine.calendar.durations import Duration, add, parse_duration, zone_info
from engine.calendar.errors import CalendarError
from engine.calendar.standard import part_of, standard_time
from engine.calendar.timers import next_of_cycle, parse_cycle
from engine.calendar.working import WorkingCalendar
from engine.model.diagram import Node, Process
from engine.model.manual import Reminder

SHARE_BEFORE_REMINDER = Fraction(4, 5)  # of the time there is, where the diagram says nothing
_PERFORMER = Reminder()
_HEAD = Reminder(to=("head",))


@dataclass(frozen=True, slots=True)
class Planned:
    """A reminder and when it falls due for the first time (UTC). `about` is escalation from the due time on, before
    that reminder."""

    at: datetime
    about: str
    reminder: Reminder


def policy_of(process: Process, node: Node) -> Sequence[Reminder]:
    """The reminders of a task: its own, else those of the nearest sub-process around it that has any, else the
    process's. Those that belong to a deadline are not among them."""
    at: Node | None = node
    while at is not None:
        if own := [m for m in at.reminders if m.deadline is None]:
            return own
        at = process.nodes.get(at.scope) if at.scope is not None else None
    return [m for m in process.reminders if m.deadline is None]


def plan(
    reminders: Sequence[Reminder], start: datetime, due_at: datetime | None, office: WorkingCalendar
) -> list[Planned]:
    """When each reminder falls due for what begins at `start` and is due at `due_at`, in their order. One that counts
    from a due time where there is none, or leads out of the years 1 to 9999, is left out."""
    found = []
    for reminder in reminders:
        try:
            at = _first(reminder, start, due_at, office)
        except CalendarError:
            continue
        if at is not None:
            found.append(Planned(at, "escalation" if due_at is not None and at >= due_at else "reminder", reminder))
    return found


def defaults(start: datetime, due_at: datetime | None, office: WorkingCalendar, working: bool) -> list[Planned]:
    """Where the diagram says nothing: the performer is reminded when four fifths of the time are over (of the `working`
    time, where the step counts that), the head of the unit is told when all of it is. Nobody without a due time."""
    if due_at is None:
        return []
    open_for = max(Decimal(0), office.working_seconds_between(start, due_at)) if working else Decimal(0)
    early = part_of(start, due_at, SHARE_BEFORE_REMINDER)
    if open_for:
        share = open_for * SHARE_BEFORE_REMINDER.numerator / SHARE_BEFORE_REMINDER.denominator
        early = office.add_working_hours(start, share)
    return [Planned(early, "reminder", _PERFORMER), Planned(due_at, "escalation", _HEAD)]


def next_from(planned: Planned, now: datetime, office: WorkingCalendar, told: bool = False) -> datetime | None:
    """When a reminder is to be given that is armed at `now`, which may be later than it was planned for.

    What is overdue is told at once, unless that was `told` already. A reminder whose moment has passed is left out, and
    goes on with its next repetition if it has any; so does one that counts from the beginning, which had its time.
    """
    reminder = planned.reminder
    if planned.at >= now:
        return planned.at
    if planned.about == "escalation" and reminder.after is None and not told:
        return now
    return None if reminder.repeat is None else next_time(reminder.repeat, reminder.calendar, planned.at, now, office)


def next_time(repeat: str, calendar: str, given_at: datetime, now: datetime, office: WorkingCalendar) -> datetime:
    """The first repetition after `now` of what was due at `given_at`: those that fell due while nothing ran are left
    out, not made up for. In working time the days are working days, at the same time of day."""
    if calendar != "working":
        moment = next_of_cycle(parse_cycle(f"R/{repeat}"), now, 0, given_at, office.zone)
        assert moment is not None, "it repeats without end"
        return moment
    duration, moment = parse_duration(repeat), given_at
    while moment <= now:
        moment = _step(moment, duration, office)
    return moment


def _first(
    reminder: Reminder, start: datetime, due_at: datetime | None, office: WorkingCalendar
) -> datetime | None:
    if reminder.after is not None:
        return _later(start, reminder.after, reminder.calendar, office)
    if due_at is None:
        return None
    if reminder.overdue is not None:
        return _later(due_at, reminder.overdue, reminder.calendar, office)
    return due_at if reminder.before is None else _earlier(due_at, reminder.before, reminder.calendar, office)


def _later(moment: datetime, text: str, calendar: str, office: WorkingCalendar) -> datetime:
    return standard_time(moment, text, "working" if calendar == "working" else "calendar", office)


def _earlier(moment: datetime, text: str, calendar: str, office: WorkingCalendar) -> datetime:
    """Working days end with the opening of the office: there is still the day to act on what is said."""
    if calendar != "working":
        return add(moment, parse_duration("-" + text), office.zone)
    duration = parse_duration(text)
    if duration.years or duration.months:
        moment = add(moment, Duration(duration.years, duration.months, sign=-1), office.zone)
    if duration.seconds:
        moment = office.add_working_hours(moment, -duration.seconds)
    if duration.days or not duration.seconds:
        moment = office.add_working_days(moment, -max(1, duration.days))
    return moment


def _step(moment: datetime, duration: Duration, office: WorkingCalendar) -> datetime:
    zone = zone_info(office.zone)
    if duration.years or duration.months:
        moment = add(moment, Duration(duration.years, duration.months), office.zone)
    if duration.days:
        day = office.working_day_after(moment, duration.days)
        moment = datetime.combine(day, moment.astimezone(zone).timetz().replace(tzinfo=zone)).astimezone(UTC)
    return office.add_working_hours(moment, duration.seconds)
