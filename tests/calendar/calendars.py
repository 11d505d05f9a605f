"""Random offices, each as the module has it and as the slow one has it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta

from hypothesis import strategies as st

from engine.calendar.hours import OFFICE_SESSIONS, CalendarDay, OfficeHours, Sessions
from engine.calendar.working import WorkingCalendar
from tests.calendar.slow import SlowCalendar

# Offices and days that matter to them. Bangkok has no summer time. The others change their clocks on these days: at
# night, at midnight (Beirut), by half an hour (Lord Howe); Apia left out a day at the end of 2011.
PLACES = (
    ("Asia/Bangkok", date(2026, 4, 13)), ("Asia/Bangkok", date(2024, 2, 29)), ("Asia/Bangkok", date(2025, 12, 31)),
    ("Europe/Berlin", date(2026, 3, 29)), ("Europe/Berlin", date(2026, 10, 25)),
    ("America/New_York", date(2026, 3, 8)), ("America/New_York", date(2026, 11, 1)),
    ("Asia/Beirut", date(2026, 3, 29)), ("Asia/Beirut", date(2026, 10, 24)),
    ("Australia/Lord_Howe", date(2026, 10, 4)), ("Australia/Lord_Howe", date(2026, 4, 5)),
    ("Pacific/Apia", date(2011, 12, 30)),
)  # fmt: skip
NIGHT = 18  # quarters of an hour


@dataclass(frozen=True)
class Offices:
    """One office twice, and a moment near the days that matter to it."""

    fast: WorkingCalendar
    slow: SlowCalendar
    middle: date
    text: str

    def __repr__(self) -> str:
        return self.text


@st.composite
def sessions(draw: st.DrawFn, least: int = 0) -> Sessions:
    """Hours of one day: up to three sessions, at quarters of an hour, also at night."""
    count, quarter = draw(st.integers(least, 3)), draw(st.sampled_from([st.integers(0, 95), st.integers(0, NIGHT)]))
    quarters = draw(st.lists(quarter, min_size=2 * count, max_size=2 * count, unique=True).map(sorted))
    walls = [time(n // 4, n % 4 * 15) for n in quarters]
    return tuple(zip(walls[::2], walls[1::2], strict=True))


usual = st.sampled_from([OFFICE_SESSIONS, ((time(8, 30), time(12)),), ()])
weeks = st.lists(st.one_of(usual, sessions()), min_size=7, max_size=7).map(tuple).filter(any)


@st.composite
def offices(draw: st.DrawFn) -> Offices:
    """An office with holidays in chains, half days, worked weekends, and hours that change."""
    zone, middle = draw(st.sampled_from(PLACES))
    offsets = st.integers(-30, 30)
    days: dict[date, Sessions | None] = {}
    for offset, own in draw(st.dictionaries(offsets, st.one_of(st.just(()), st.none(), sessions()), max_size=12)).items():
        days[middle + timedelta(days=offset)] = own
    begin = draw(offsets)
    for offset in range(begin, begin + draw(st.integers(0, 9))):
        days[middle + timedelta(days=offset)] = ()
    hours = [OfficeHours(None, draw(weeks))]
    for offset in sorted(draw(st.sets(offsets, max_size=2))):
        hours.append(OfficeHours(middle + timedelta(days=offset), draw(weeks)))
    fast = WorkingCalendar([CalendarDay(day, own, "ว", "d") for day, own in days.items()], zone, hours)
    slow = SlowCalendar([(entry.valid_from or date.min, entry.week) for entry in hours], days, zone)
    return Offices(fast, slow, middle, f"zone={zone} middle={middle} days={days} hours={hours}")


@st.composite
def moments(draw: st.DrawFn, middle: date) -> datetime:
    """A whole minute near the middle, often at an edge of a session."""
    day = middle + timedelta(days=draw(st.one_of(st.integers(-1, 1), st.integers(-10, 10))))
    minute = draw(st.one_of(st.integers(0, 1439), st.integers(0, 95).map(lambda n: n * 15)))
    return datetime.combine(day, time.min, UTC) + timedelta(minutes=minute)
