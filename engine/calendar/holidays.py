"""Seed of the table of days: the holidays of Thai government offices.

Taken from the package ``holidays``: its public days plus its government days (Royal Ploughing Day) less Labour Day,
on which government offices are open. The cabinet adds days at short notice, so this only fills an editable table.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from engine.calendar.hours import CLOSED, CalendarDay

_LABOUR_DAY = "Labor Day"
_SEPARATOR = "; "


def government_holidays(years: Iterable[int]) -> list[CalendarDay]:
    """The days of these Gregorian years on which government offices are closed, in order, named in both languages."""
    wanted = sorted(set(years))
    english, thai = _published(wanted, "en_US"), _published(wanted, "th")
    days = []
    for day in sorted(english):
        # Both lists name the same occasions of a day in the same order.
        names = zip(thai[day].split(_SEPARATOR), english[day].split(_SEPARATOR), strict=True)
        kept = [(th, en) for th, en in names if _LABOUR_DAY not in en]
        if kept:
            th, en = (_SEPARATOR.join(part) for part in zip(*kept, strict=True))
            days.append(CalendarDay(day, CLOSED, th, en))
    return days


def _published(years: list[int], language: str) -> dict[date, str]:
    # loaded when years are to be seeded or are not written down: a service that has its years does without
    import holidays as published

    table = published.country_holidays(
        "TH", years=years, categories=("public", "government"), language=language, expand=False
    )
    return dict(table.items())
