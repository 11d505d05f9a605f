"""When somebody is told, as each chose."""

from __future__ import annotations

from datetime import UTC, datetime, time, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from engine.model.telling import CHANNELS, TOPICS
from engine.notify.preferences import DIGEST, OFF, Preference

ZONE = "Asia/Bangkok"  # seven hours before UTC
CLOCKS = st.times().map(lambda t: f"{t:%H:%M}")


def at(local: str, topic: str = "reminder", **chosen: Any) -> str:
    """The local time and day at which what is told then is sent."""
    told = datetime.fromisoformat(f"2026-04-{local}:00+07:00").astimezone(UTC)
    moment = Preference(**chosen).moment(topic, "mail", told, ZONE)
    return f"{moment + timedelta(hours=7):%dT%H:%M}"


@pytest.mark.parametrize(
    ("told", "sent"),
    [("10T06:00", "10T06:00"), ("10T19:59", "10T19:59"), ("10T20:00", "11T06:00"), ("10T23:59", "11T06:00"), ("11T00:00", "11T06:00"),
     ("11T05:59", "11T06:00"), ("30T21:00", "01T06:00")],
)  # fmt: skip
def test_a_reminder_waits_for_the_morning(told: str, sent: str) -> None:
    assert at(told) == sent


def test_what_a_law_sets_a_term_waits_for_nothing() -> None:
    assert at("10T23:00", "statutory") == "10T23:00"
    assert at("10T23:00", "statutory", choices={"statutory": {"mail": DIGEST}}) == "10T23:00"


def test_a_digest_comes_at_its_time_and_not_in_quiet_hours() -> None:
    assert at("10T07:59", "task-open") == "10T08:00" and at("10T08:01", "task-open") == "11T08:00"
    assert at("10T12:00", "task-open", digest_at="21:00") == "11T06:00"
    assert at("10T12:00", choices={"reminders": {"mail": DIGEST}}, digest_at="16:30") == "10T16:30"


def test_quiet_hours_within_a_day_and_none_at_all() -> None:
    assert at("10T12:30", quiet_from="12:00", quiet_until="13:00") == "10T13:00"
    assert at("10T23:00", quiet_from="12:00", quiet_until="13:00") == "10T23:00"
    assert at("10T23:00", quiet_from=None, quiet_until=None) == "10T23:00"


def test_what_is_not_chosen_is_as_built_in() -> None:
    chosen = Preference(choices={"reminders": {"mail": OFF}})
    assert chosen.choice("escalation", "mail") == OFF and chosen.choice("escalation", "push") == "at-once"
    assert {chosen.choice(topic, channel) for topic in TOPICS for channel in CHANNELS} == {"at-once", DIGEST, OFF}


@given(
    st.datetimes(datetime(2020, 1, 1), datetime(2030, 1, 1)), CLOCKS, CLOCKS, CLOCKS, st.sampled_from(TOPICS),
    st.sampled_from(["at-once", DIGEST]),
)  # fmt: skip
def test_it_is_never_early_never_quiet_and_within_two_days(
    told: datetime, digest: str, begins: str, ends: str, topic: str, choice: str
) -> None:
    told = told.replace(tzinfo=UTC)
    groups = {g: {"mail": choice} for g in ("tasks", "open", "reminders", "messages", "statutory")}
    chosen = Preference("th", groups, digest, begins, ends)
    sent = chosen.moment(topic, "mail", told, ZONE)
    assert told <= sent <= told + timedelta(days=2)
    assert chosen.moment(topic, "mail", told, ZONE) == sent
    local, b, e = (sent + timedelta(hours=7)).time(), time.fromisoformat(begins), time.fromisoformat(ends)
    quiet = b <= local < e if b <= e else local >= b or local < e
    assert topic == "statutory" or not quiet
