"""When an office is open: the sessions of a day, the hours of a week, and the days that differ from both.

Source: the usual hours of Thai government offices, 8.30 to 16.30 with an hour at noon.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from engine.calendar.errors import CalendarError

# From and until, on the clocks of the office's zone: in order, not overlapping, within one day. None: it is closed.
Sessions = tuple[tuple[time, time], ...]

CLOSED: Sessions = ()
OFFICE_SESSIONS: Sessions = ((time(8, 30), time(12, 0)), (time(13, 0), time(16, 30)))
DAYS_OF_A_WEEK = 7


@dataclass(frozen=True, slots=True)
class CalendarDay:
    """A day that differs from its weekday: a holiday, a half day, a Saturday on which the office works.

    ``sessions`` are the hours of that day: CLOSED on a holiday, its own hours on a half day (which counts as a working
    day, and whose close is the end of its last session), and None where the office keeps its usual hours on a day on
    which it is otherwise closed: those that it has on the first working day of a week. ``th`` and ``en`` name the day.
    Raises CalendarError for anything else.
    """

    day: date
    sessions: Sessions | None
    th: str
    en: str

    def __post_init__(self) -> None:
        _require_day(self.day)
        if self.sessions is not None:
            check_sessions(self.sessions)

    @property
    def closed(self) -> bool:
        """Whether the office is closed all day."""
        return self.sessions is not None and not self.sessions


@dataclass(frozen=True, slots=True)
class OfficeHours:
    """The hours of each day of a week, Monday first, from ``valid_from`` on; None means from the beginning of time.

    They hold until the next hours of the same calendar begin. Raises CalendarError for a week of other than seven
    days, for malformed sessions, and for a week on no day of which the office is open.
    """

    valid_from: date | None
    week: tuple[Sessions, ...]

    def __post_init__(self) -> None:
        if self.valid_from is not None:
            _require_day(self.valid_from)
        if not isinstance(self.week, tuple) or len(self.week) != DAYS_OF_A_WEEK:
            raise CalendarError(self.week, "does not say the hours of seven days")
        for sessions in self.week:
            check_sessions(sessions)
        if not any(self.week):
            raise CalendarError(self.week, "is a week without working time")

    @property
    def usual(self) -> Sessions:
        """The sessions of the first working day of the week."""
        return next(filter(None, self.week))

    def of(self, entry: CalendarDay) -> Sessions:
        """The sessions of a day that differs, while these hours hold."""
        if entry.sessions is not None:
            return entry.sessions
        return self.week[entry.day.weekday()] or self.usual


def monday_to_friday(sessions: Sessions, valid_from: date | None = None) -> OfficeHours:
    """The same sessions on the five weekdays, closed on Saturday and Sunday."""
    return OfficeHours(valid_from, (sessions,) * 5 + (CLOSED,) * 2)


def check_sessions(sessions: Sessions) -> Sessions:
    """``sessions`` as they are. Raises CalendarError unless each is a pair of times without a zone, opens before it
    closes and begins when the one before it is over; one may begin at the very moment when the other ends.
    """
    if not isinstance(sessions, tuple):
        raise CalendarError(sessions, "is no list of sessions")
    before = time.min
    for session in sessions:
        if not isinstance(session, tuple) or len(session) != 2 or not all(_is_wall_time(t) for t in session):
            raise CalendarError(session, "is no session from one time of the day until another")
        opening, closing = session
        if opening >= closing:
            raise CalendarError(_said(session), "closes before it opens")
        if opening < before:
            raise CalendarError(_said(session), "begins before the session before it is over")
        before = closing
    return sessions


def merged_hours(hours: Iterable[OfficeHours]) -> tuple[OfficeHours, ...]:
    """The hours in order of time; before the first of them, when it has a beginning, the usual ones hold.

    Raises CalendarError where two begin on the same day.
    """
    first = date.min
    by_start: dict[date, OfficeHours] = {}
    for entry in hours:
        if by_start.setdefault(entry.valid_from or first, entry) is not entry:
            raise CalendarError(entry.valid_from, "is the beginning of two different office hours")
    by_start.setdefault(first, USUAL_HOURS)
    return tuple(by_start[start] for start in sorted(by_start))


def length_of(sessions: Sessions) -> timedelta:
    """How long the sessions are in all, on the clock on the wall."""
    at = date(2000, 1, 1)
    parts = (datetime.combine(at, closing) - datetime.combine(at, opening) for opening, closing in sessions)
    return sum(parts, timedelta(0))


def _is_wall_time(value: object) -> bool:
    return isinstance(value, time) and value.tzinfo is None


def _require_day(value: date) -> None:
    if not isinstance(value, date) or isinstance(value, datetime):
        raise CalendarError(value, "is no day")


def _said(session: tuple[time, time]) -> str:
    return f"{session[0].isoformat()}-{session[1].isoformat()}"


USUAL_HOURS = monday_to_friday(OFFICE_SESSIONS)
