"""Lengths of time as people say them, and which of two is longer."""

from __future__ import annotations

from decimal import Decimal

from engine.calendar.durations import Duration, parse_duration
from engine.calendar.errors import CalendarError
from engine.comparison.change import Change, altered, quoted
from engine.model.manual import Words

WORKING = "working"
_DAY = 86_400
_UNITS = (("years", "ปี", "year"), ("months", "เดือน", "month"), ("days", "วัน", "day"))
_CLOCK = ((3600, "ชั่วโมง", "hour"), (60, "นาที", "minute"), (1, "วินาที", "second"))
# calendar days to a unit; a working week has five days of seven
_DAYS_OF = {"years": Decimal("365.25"), "months": Decimal("30.4375"), "days": Decimal(1)}
_WORKING_DAY = Decimal("1.4")


def spelled(text: str, calendar: str | None = None) -> Words:
    """`P14D` on the calendar `working` as 14 วันทำการ, 14 working days. What is no duration is quoted."""
    duration = _read(text)
    if duration is None:
        return quoted(text)
    th, en = [], []
    for number, thai, english in _parts(duration):
        if calendar == WORKING and english not in ("year", "month"):
            thai, english = thai + "ทำการ", f"working {english}"
        th.append(f"{number} {thai}")
        en.append(f"{number} {english}{'' if number == '1' else 's'}")
    sign = "-" if duration.sign < 0 else ""
    return Words(sign + (" ".join(th) or "0 วัน"), sign + (" ".join(en) or "0 days"))


def longer(before: tuple[str, str | None], after: tuple[str, str | None]) -> bool:
    """Whether the second (duration, calendar) is longer than the first; False when one of them is an expression. A year
    has 365.25 days here, five working days are a week."""
    lengths = _days(*before), _days(*after)
    return lengths[0] is not None and lengths[1] is not None and lengths[1] > lengths[0]


def shorter(before: tuple[str, str | None], after: tuple[str, str | None]) -> bool:
    """As `longer`, the other way round."""
    return longer(after, before)


def changed_length(
    code: str, what: Words, before: tuple[str | None, str | None], after: tuple[str | None, str | None], late: bool
) -> Change | None:
    """The change from one (duration or None, calendar) to another; None when there is none. With `late` it is a warning
    when the second is longer, or is no more."""
    if before == after or before[0] is after[0] is None:
        return None
    was = spelled(before[0], before[1]) if before[0] else None
    now = spelled(after[0], after[1]) if after[0] else None
    if was == now:  # P1D and PT24H are not the same length on every calendar, but are to who reads
        return None
    lost = before[0] is not None and after[0] is None
    grown = before[0] is not None and after[0] is not None and longer((before[0], before[1]), (after[0], after[1]))
    return altered(code, what, *_shared_unit(was, now), late and (lost or grown))


def _shared_unit(was: Words | None, now: Words | None) -> tuple[Words | None, Words | None]:
    """14 วันทำการ and 10 วันทำการ as 14 and 10 วันทำการ."""
    if was is None or now is None:
        return was, now

    def without(first: str, second: str) -> str:
        number, _, unit = first.partition(" ")
        return number if number.isdigit() and unit.rstrip("s") == second.partition(" ")[2].rstrip("s") else first

    return Words(without(was.th, now.th), without(was.en, now.en)), now


def _read(text: str) -> Duration | None:
    try:
        return parse_duration(text)
    except CalendarError:
        return None


def _parts(duration: Duration) -> list[tuple[str, str, str]]:
    """(number, unit in Thai, in English) of each unit that is not nought."""
    found = [(str(getattr(duration, name)), th, en) for name, th, en in _UNITS if getattr(duration, name)]
    rest = duration.seconds
    for size, th, en in _CLOCK:
        number, rest = (rest // size, rest % size) if size > 1 else (rest, Decimal(0))
        if number:
            found.append((f"{number.normalize():f}", th, en))
    return found


def _days(text: str, calendar: str | None) -> Decimal | None:
    duration = _read(text)
    if duration is None:
        return None
    factor = _WORKING_DAY if calendar == WORKING else Decimal(1)
    days = duration.years * _DAYS_OF["years"] + duration.months * _DAYS_OF["months"] + duration.days * factor
    return duration.sign * (days + duration.seconds / _DAY)
