"""Cron expressions of six fields (second first), as Camunda 8 takes them in a time cycle.

Fields: second, minute, hour, day of month, month, day of week (0 and 7 are Sunday, names in English). In each: ``*``,
``?`` in the day fields, lists, ranges and steps. Day of month also takes ``L`` (last), ``L-3``, ``LW`` and ``15W``
(nearest weekday of the same month); day of week also ``5L`` (last Friday) and ``MON#2`` (second Monday). A day must
fit both day fields. The names ``@yearly``, ``@annually``, ``@monthly``, ``@weekly``, ``@daily``, ``@midnight`` and
``@hourly`` stand for what they say. Semantics written from the documentation of Spring's CronExpression.
"""

from __future__ import annotations

import calendar
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from functools import lru_cache

from engine.calendar.durations import local_of, moment_at, zone_info
from engine.calendar.errors import CalendarError
from engine.calendar.walls import changes_of

MACROS = {
    "@yearly": "0 0 0 1 1 *",
    "@annually": "0 0 0 1 1 *",
    "@monthly": "0 0 0 1 * *",
    "@weekly": "0 0 0 * * 0",
    "@daily": "0 0 0 * * *",
    "@midnight": "0 0 0 * * *",
    "@hourly": "0 0 * * * *",
}
_MONTHS = {name: number for number, name in enumerate("JAN FEB MAR APR MAY JUN JUL AUG SEP OCT NOV DEC".split(), 1)}
_WEEKDAYS = {name: number for number, name in enumerate("SUN MON TUE WED THU FRI SAT".split())}
# The rarest day that comes back is 29 February on a given weekday: at most 40 years apart.
_HORIZON_MONTHS = 41 * 12

DayRule = Callable[[date], bool]


@dataclass(frozen=True, slots=True)
class Cron:
    """A parsed expression; ``text`` is as given."""

    text: str
    hours: tuple[int, ...]
    minutes: tuple[int, ...]
    seconds: tuple[int, ...]
    months: frozenset[int]
    days: tuple[DayRule, ...]
    weekdays: tuple[DayRule, ...]

    def fits(self, day: date) -> bool:
        """Whether the expression names this day."""
        return (
            day.month in self.months
            and any(rule(day) for rule in self.days)
            and any(rule(day) for rule in self.weekdays)
        )


@lru_cache(maxsize=1024)
def parse_cron(text: str) -> Cron:
    """Read an expression or one of the names; raises CalendarError that says which field is wrong."""
    fields = MACROS.get(text.strip().lower(), text).split()
    if len(fields) != 6:
        raise CalendarError(text, "is not a cron expression of six fields (second minute hour day month weekday)")
    try:
        seconds = _numbers(fields[0], 0, 59, {})
        minutes = _numbers(fields[1], 0, 59, {})
        hours = _numbers(fields[2], 0, 23, {})
        months = frozenset(_numbers(fields[4], 1, 12, _MONTHS))
        days = tuple(_day_rule(part) for part in fields[3].split(","))
        weekdays = tuple(_weekday_rule(part) for part in fields[5].split(","))
    except ValueError as error:
        raise CalendarError(text, f"is not a cron expression: {error}") from error
    return Cron(text, hours, minutes, seconds, months, days, weekdays)


def next_cron(cron: Cron, after: datetime, zone: str) -> datetime | None:
    """The first moment after ``after`` that the expression names in ``zone``, in UTC; None if there never is one.

    A wall time that happens twice counts once, the first time; one that is skipped counts as much later.
    """
    where, local = zone_info(zone), local_of(after, zone)
    for day in _days(cron, local.date()):
        changed = day.toordinal() in changes_of(day.year, where)
        floor = local.time() if day == local.date() and not changed else time.min
        moments = (moment_at(datetime.combine(day, wall), zone) for wall in _times(cron, floor))
        later = (moment for moment in moments if moment > after)
        # on a day on which the clocks are changed, moments do not come in the order of the times on the wall
        found = min(later, default=None) if changed else next(later, None)
        if found is not None:
            return found
    return None


def _days(cron: Cron, first: date) -> Iterator[date]:
    month_start = first.replace(day=1)
    for _ in range(_HORIZON_MONTHS):
        length = calendar.monthrange(month_start.year, month_start.month)[1]
        if month_start.month in cron.months:
            days = (month_start + timedelta(days=offset) for offset in range(length))
            yield from (day for day in days if day >= first and cron.fits(day))
        if (month_start.year, month_start.month) == (9999, 12):
            return
        month_start += timedelta(days=length)


def _times(cron: Cron, floor: time) -> Iterator[time]:
    for hour in cron.hours:
        if hour < floor.hour:
            continue
        for minute in cron.minutes:
            if (hour, minute) < (floor.hour, floor.minute):
                continue
            yield from (time(hour, minute, second) for second in cron.seconds)


def _numbers(field: str, low: int, high: int, names: dict[str, int]) -> tuple[int, ...]:
    found: set[int] = set()
    for part in field.split(","):
        span, slash, step = part.partition("/")
        first, dash, last = span.partition("-")
        if span == "*":
            start, end = low, high
        else:
            start = _number(first, low, high, names)
            # "5/10" runs from 5 to the end of the field, "5" is only itself
            end = _number(last, low, high, names) if dash else (high if slash else start)
        if end < start:
            raise ValueError(f"the range {span} runs backwards")
        found.update(range(start, end + 1, _number(step, 1, 10_000, {}) if slash else 1))
    return tuple(sorted(found))


def _number(text: str, low: int, high: int, names: dict[str, int]) -> int:
    if text.upper() in names:
        return names[text.upper()]
    if not re.fullmatch(r"[0-9]{1,5}", text) or not low <= int(text) <= high:
        raise ValueError(f"{text!r} is not between {low} and {high}")
    return int(text)


def _last(day: date) -> int:
    return calendar.monthrange(day.year, day.month)[1]


def _nearest_weekday(day: date, wanted: int) -> int:
    """The day of the month of the weekday nearest to the ``wanted`` day, within the month of ``day``."""
    weekday = day.replace(day=wanted).weekday()
    if weekday == 5:
        return wanted - 1 if wanted > 1 else wanted + 2
    if weekday == 6:
        return wanted + 1 if wanted < _last(day) else wanted - 2
    return wanted


def _day_rule(part: str) -> DayRule:
    part = part.upper()
    if part in ("*", "?"):
        return lambda day: True
    if part == "LW":
        return lambda day: day.day == _nearest_weekday(day, _last(day))
    if part == "L" or part.startswith("L-"):
        before = _number(part[2:], 1, 30, {}) if part != "L" else 0
        return lambda day: day.day == _last(day) - before
    if part.endswith("W"):
        wanted = _number(part[:-1], 1, 31, {})
        return lambda day: wanted <= _last(day) and day.day == _nearest_weekday(day, wanted)
    days = frozenset(_numbers(part, 1, 31, {}))
    return lambda day: day.day in days


def _weekday_rule(part: str) -> DayRule:
    part = part.upper()
    if part in ("*", "?"):
        return lambda day: True
    if "#" in part:
        name, _, ordinal_text = part.partition("#")
        weekday, ordinal = _number(name, 0, 7, _WEEKDAYS) % 7, _number(ordinal_text, 1, 5, {})
        return lambda day: day.isoweekday() % 7 == weekday and (day.day - 1) // 7 + 1 == ordinal
    if part.endswith("L"):
        last = _number(part[:-1], 0, 7, _WEEKDAYS) % 7
        return lambda day: day.isoweekday() % 7 == last and day.day + 7 > _last(day)
    weekdays = frozenset(number % 7 for number in _numbers(part, 0, 7, _WEEKDAYS))
    return lambda day: day.isoweekday() % 7 in weekdays
