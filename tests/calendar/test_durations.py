"""Durations are read as ISO 8601 has them and added as a calendar does."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from engine.calendar import CalendarError
from engine.calendar.durations import Duration, add, parse_duration

BANGKOK = "Asia/Bangkok"
BERLIN = "Europe/Berlin"

moments = st.datetimes(datetime(1990, 1, 1), datetime(2100, 1, 1), timezones=st.just(UTC))
durations = st.builds(
    Duration,
    years=st.integers(0, 50),
    months=st.integers(0, 50),
    days=st.integers(0, 5000),
    seconds=st.integers(0, 10**7).map(Decimal),
    sign=st.sampled_from([1, -1]),
)


def at(text: str) -> datetime:
    return datetime.fromisoformat(text)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("P1Y2M3DT4H5M6S", Duration(1, 2, 3, Decimal(14706))),
        ("PT72H", Duration(seconds=Decimal(259200))),
        ("P2W", Duration(days=14)),
        ("P1W2D", Duration(days=9)),
        ("-P1D", Duration(days=1, sign=-1)),
        ("+P1D", Duration(days=1)),
        ("PT0.5S", Duration(seconds=Decimal("0.5"))),
        ("PT1,5S", Duration(seconds=Decimal("1.5"))),
        ("PT0S", Duration()),
        (" P1D ", Duration(days=1)),
    ],
)
def test_reads(text: str, expected: Duration) -> None:
    assert parse_duration(text) == expected


@pytest.mark.parametrize(
    "text",
    ["", "P", "PT", "P1", "1D", "P1DT", "P-1D", "P1H", "PT1D", "p1d", "P๑D", "P1.5D", "P1M1Y", "P1000000000D", "null"],
)
def test_refuses(text: str) -> None:
    with pytest.raises(CalendarError):
        parse_duration(text)


@given(durations)
def test_writing_and_reading_again_gives_the_same(duration: Duration) -> None:
    again = parse_duration(str(duration))
    assert again == duration or (duration.is_zero and again.is_zero)


@pytest.mark.parametrize(
    ("start", "text", "expected"),
    [
        ("2026-01-31T09:00:00+07:00", "P1M", "2026-02-28T09:00:00+07:00"),
        ("2028-01-31T09:00:00+07:00", "P1M", "2028-02-29T09:00:00+07:00"),
        ("2028-02-29T09:00:00+07:00", "P1Y", "2029-02-28T09:00:00+07:00"),
        ("2026-03-31T09:00:00+07:00", "-P1M", "2026-02-28T09:00:00+07:00"),
        ("2026-01-31T00:30:00+07:00", "P1M", "2026-02-28T00:30:00+07:00"),  # already 30 January in UTC
        ("2026-04-10T16:00:00+07:00", "PT72H", "2026-04-13T16:00:00+07:00"),
        ("2026-12-31T23:00:00+07:00", "P1DT2H", "2027-01-02T01:00:00+07:00"),
    ],
)
def test_adds_in_bangkok(start: str, text: str, expected: str) -> None:
    assert add(at(start), parse_duration(text), BANGKOK) == at(expected)


@pytest.mark.parametrize(
    ("start", "text", "expected"),
    [
        # The clocks go on an hour on 29 March 2026: a day keeps the time on the wall, 24 hours do not.
        ("2026-03-28T12:00:00+01:00", "P1D", "2026-03-29T12:00:00+02:00"),
        ("2026-03-28T12:00:00+01:00", "PT24H", "2026-03-29T13:00:00+02:00"),
        ("2026-03-28T02:30:00+01:00", "P1D", "2026-03-29T03:30:00+02:00"),  # 02:30 does not exist
        ("2026-10-25T02:30:00+01:00", "PT0S", "2026-10-25T02:30:00+01:00"),  # the second 02:30 of that night
    ],
)
def test_adds_across_a_change_of_the_clocks(start: str, text: str, expected: str) -> None:
    assert add(at(start), parse_duration(text), BERLIN) == at(expected)


@given(moments, st.integers(0, 10**8))
def test_seconds_are_exact_in_every_zone(moment: datetime, seconds: int) -> None:
    duration = Duration(seconds=Decimal(seconds))
    assert add(moment, duration, BERLIN) == add(moment, duration, BANGKOK) == moment + timedelta(seconds=seconds)


@given(moments, st.integers(0, 400))
def test_months_come_in_order_and_keep_the_day_where_there_is_one(moment: datetime, months: int) -> None:
    local = moment.astimezone(add(moment, Duration(), BANGKOK).tzinfo)
    later = add(moment, Duration(months=months), BANGKOK)
    assert add(moment, Duration(months=months + 1), BANGKOK) > later
    before, after = (value + timedelta(hours=7) for value in (local, later))
    assert after.day == before.day or (after + timedelta(days=1)).month != after.month


@given(moments, durations)
def test_a_duration_the_other_way_round_goes_the_other_way(moment: datetime, duration: Duration) -> None:
    later = add(moment, duration, BANGKOK)
    assert duration.is_zero or (later > moment) == (duration.sign > 0)


@pytest.mark.parametrize("text", ["P9999Y", "-P9999Y", "P999999999D", "P999999999M", "P9999YT1S"])
def test_out_of_the_calendar_is_an_error_of_ours(text: str) -> None:
    with pytest.raises(CalendarError):
        add(at("2026-01-01T00:00:00+00:00"), parse_duration(text), BANGKOK)


def test_a_moment_without_a_zone_is_none() -> None:
    with pytest.raises(CalendarError):
        add(datetime(2026, 1, 1), Duration(days=1), BANGKOK)


def test_an_unknown_zone_is_an_error_of_ours() -> None:
    for name in ("Asia/Nowhere", "../../etc/passwd", ""):
        with pytest.raises(CalendarError):
            add(at("2026-01-01T00:00:00+00:00"), Duration(days=1), name)


def test_times_multiplies_each_unit() -> None:
    assert parse_duration("P1M2DT3S").times(3) == parse_duration("P3M6DT9S")
