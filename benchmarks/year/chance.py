"""What is left to chance, each by a seed of its own: whatever else happens, the same thing goes the same way."""

from __future__ import annotations

import random
from collections.abc import Sequence
from datetime import date, datetime, timedelta

from benchmarks.year.dates import ZONE
from benchmarks.year.library import Sample
from engine.calendar.working import WorkingCalendar

SOON, IN_TIME = 0.1, 0.93  # of a hundred, ten at once, 83 within the standard time, the rest late
NO_TERM = timedelta(days=4)  # for a task without a standard time
LONGEST = timedelta(days=60)  # nobody leaves a task longer than that
LATEST = timedelta(days=12)  # after its time
TIRED = 3  # rounds after which whatever leads on is taken
OVERDUE = timedelta(minutes=10)  # for a task whose time was over when it came
_DAY = timedelta(days=1)


def dice(seed: int, *what: object) -> random.Random:
    """Chance for one thing."""
    return random.Random(f"{seed} {' '.join(map(str, what))}")


def when(chance: random.Random, now: datetime, due: datetime | None, office: WorkingCalendar) -> datetime:
    """When somebody gets round to a task that waits since `now`: in working time, unless it must be done before.

    Whatever is in time is before `due`, however little is left of it: a step may be given five minutes in all, and have
    several tasks, one after the other.
    """
    term = min(due - now, LONGEST) if due is not None else NO_TERM
    term = term if term > timedelta() else OVERDUE
    drawn = chance.random()
    if drawn < SOON:
        return now + min(term * 0.02 + timedelta(minutes=1), term * 0.5)
    if drawn < IN_TIME:
        moment = now + term * chance.uniform(0.05, 0.9)
        working = at_work(moment, office, chance)
        return working if working <= now + term else moment
    return at_work(now + term + min(term * chance.uniform(0.02, 1.0), LATEST), office, chance)


def at_work(moment: datetime, office: WorkingCalendar, chance: random.Random) -> datetime:
    """`moment` if the office is open then, else within the first hour of its next day."""
    day = moment.astimezone(ZONE).date()
    if office.is_working_day(day) and office.opening(day) <= moment <= office.closing(day):
        return moment
    after = day if moment <= office.opening(day) else day + _DAY
    return office.opening(after) + timedelta(seconds=chance.randrange(3600))


def working_days(first: datetime, end: datetime, office: WorkingCalendar) -> list[date]:
    """The days from `first` to before `end` on which the office is open."""
    start = first.astimezone(ZONE).date()
    days = [start + timedelta(days=number) for number in range((end - first).days)]
    return [day for day in days if office.is_working_day(day)]


def some_time(chance: random.Random, days: Sequence[date], office: WorkingCalendar) -> datetime:
    """Any moment of the working time of any of these days."""
    day = chance.choice(days)
    opening = office.opening(day)
    return opening + (office.closing(day) - opening) * chance.random()


def ordered(
    chance: random.Random, samples: Sequence[Sample], track: tuple[str, int] | None, rounds: int
) -> list[Sample]:
    """In which order they are tried: what follows in the scenario that the case is on, and what led on there, comes
    more likely first; when the case has been here often, what led on in a short scenario comes first for sure."""
    if rounds >= 2 * TIRED:
        return sorted(samples, key=lambda sample: (not sample.led_on, sample.length))
    drawn = sorted(samples, key=lambda sample: -(chance.random() ** (1 / _weight(sample, track))))
    return sorted(drawn, key=lambda sample: not sample.led_on) if rounds >= TIRED else drawn


def _weight(sample: Sample, track: tuple[str, int] | None) -> float:
    follows = track is not None and sample.scenario == track[0] and sample.number > track[1]
    return (12.0 if follows else 1.0) * (3.0 if sample.led_on else 1.0)
