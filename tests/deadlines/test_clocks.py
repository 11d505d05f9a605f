"""Deadlines as cases live them: start on evidence, move on correction, be kept, missed, late, out of term."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

import pytest

from engine.commands.cancel_instance import CancelInstance
from engine.commands.set_variables import SetVariables
from engine.store import tables as t
from tests.deadlines.diagrams import LATE as THE_LAW
from tests.deadlines.diagrams import NOW, E, S, clock, clocks, process, states
from tests.dsl import OWNER, START, Office
from tests.execution.bench import diagram, flows, node, user

LATE = clock(more=THE_LAW)


def test_a_clock_starts_with_its_evidence_not_with_the_case(office: Office) -> None:
    office.deploy(process(clock()))
    office.start()
    assert clocks(office) == []
    office.complete("a", aware_at="2026-04-10T12:00:00+07:00")
    (row,) = clocks(office)
    assert (row.state, row.kind, row.stopped_at) == ("RUNNING", "statutory", None)
    assert row.started_at == datetime(2026, 4, 10, 5, tzinfo=UTC)
    assert row.due_at == datetime(2026, 4, 13, 5, tzinfo=UTC)  # continuous hours: Songkran moves nothing
    assert office.event("deadline-started")["evidence"] == {"aware_at": "2026-04-10T12:00:00+07:00"}


def test_a_clock_that_begins_with_the_case_shows_on_its_tasks(office: Office) -> None:
    office.deploy(process(clock()))
    office.start(aware_at=NOW)
    assert office.task("a").statutory_due_at == datetime(2026, 4, 13, 9, tzinfo=UTC)
    office.complete("a")
    assert office.task("b").statutory_due_at == datetime(2026, 4, 13, 9, tzinfo=UTC)
    office.complete("b")
    assert office.task("c").statutory_due_at is None  # stopped


def test_the_earliest_statutory_clock_shows(office: Office) -> None:
    inner = clock("internal", "c", 'duration="PT1H"', kind="internal")
    office.deploy(process(inner, clock("late", "c", 'duration="P9D"'), clock("early", "b", 'duration="P2D"')))
    office.start(aware_at=NOW)
    assert office.task("a").statutory_due_at == datetime(2026, 4, 12, 9, tzinfo=UTC)
    assert office.complete("a").complete("b").task("c").statutory_due_at == datetime(2026, 4, 19, 9, tzinfo=UTC)


@pytest.mark.parametrize(
    ("wait", "state"),
    [("PT71H59M", "KEPT"), ("PT72H", "KEPT"), ("PT72H0.000001S", "LATE"), ("P15D", "LATE"), ("P15DT0.000001S", "OUT_OF_TERM")],
)
def test_the_last_instant_of_a_term_lies_within_it(office: Office, wait: str, state: str) -> None:
    office.deploy(process(LATE))
    office.start(aware_at=NOW)
    office.complete("a").advance(wait).complete("b", why="flood")
    (row,) = clocks(office)
    assert (row.state, row.stopped_by_element) == (state, "b")
    assert row.late_reasons == (None if state == "KEPT" else "flood")
    assert office.event("deadline-stopped")["state"] == state


def test_a_missed_clock_says_so_at_once_and_once(office: Office) -> None:
    office.deploy(process(LATE))
    office.start(aware_at=NOW)
    office.advance("PT72H")
    assert (states(office), office.events("deadline-missed")) == (["RUNNING"], [])
    office.advance("PT1S")
    assert states(office) == ["MISSED"]
    office.advance("P20D")
    assert states(office) == ["OUT_OF_TERM"]
    assert len(office.events("deadline-missed", "deadline-out-of-term")) == 2
    assert office.verified()


def test_a_clock_that_began_long_ago_is_missed_from_the_start(office: Office) -> None:
    office.deploy(process(LATE))
    office.start(aware_at="2026-04-01T16:00:00+07:00")
    assert states(office) == ["MISSED"]
    assert office.event("deadline-started")["state"] == "MISSED"
    office.deploy(process(LATE))
    office.start(aware_at="2026-03-01T16:00:00+07:00")
    assert states(office) == ["OUT_OF_TERM"]


def test_correcting_the_evidence_moves_the_clock_and_history_says_from_where(office: Office) -> None:
    office.deploy(process(LATE))
    office.start(aware_at=NOW)
    office.run(SetVariables(office.key, {"aware_at": "2026-04-09T16:00:00+07:00"}), OWNER)
    (row,) = clocks(office)
    assert row.due_at == datetime(2026, 4, 12, 9, tzinfo=UTC)
    assert row.late_until == datetime(2026, 4, 24, 9, tzinfo=UTC)
    assert office.event("deadline-moved")["before"]["dueAt"] == "2026-04-13T09:00:00+00:00"
    assert office.task("a").statutory_due_at == row.due_at
    office.advance("P2DT1S")
    assert states(office) == ["MISSED"]


def test_a_correction_brings_a_missed_clock_back(office: Office) -> None:
    office.deploy(process(LATE))
    office.start(aware_at=NOW)
    office.advance("P4D")
    office.run(SetVariables(office.key, {"aware_at": "2026-04-13T16:00:00+07:00"}), OWNER)
    assert states(office) == ["RUNNING"]
    assert office.complete("a").complete("b").rows(t.deadline)[0].state == "KEPT"


@pytest.mark.parametrize("value", ["nonsense", None, 5, "2026-13-01T00:00:00Z", {"a": 1}])
def test_what_the_clock_counts_from_is_corrected_never_lost(office: Office, value: Any) -> None:
    office.deploy(process(clock()))
    office.start(aware_at=NOW)
    office.run(SetVariables(office.key, {"aware_at": value}), OWNER)
    assert (states(office), office.events("deadline-moved")) == (["RUNNING"], [])
    assert office.waiting == ["a"]


def test_an_unrelated_change_moves_nothing(office: Office) -> None:
    office.deploy(process(clock()))
    office.start(aware_at=NOW, other=1)
    office.run(SetVariables(office.key, {"other": 2, "aware_at": NOW}), OWNER)
    assert office.events("deadline-moved") == []


def test_a_cancelled_case_cancels_its_clock_but_a_missed_one_stays_missed(office: Office) -> None:
    office.deploy(process(clock("one"), clock("two", more='duration="PT1H"')))
    office.start(aware_at=NOW)
    office.advance("PT2H")
    office.run(CancelInstance(office.key), OWNER)
    assert {row.deadline_id: row.state for row in clocks(office)} == {"one": "CANCELLED", "two": "MISSED"}
    assert all(row.stopped_at is not None for row in clocks(office))
    office.advance("P30D")
    assert {row.deadline_id: row.state for row in clocks(office)} == {"one": "CANCELLED", "two": "MISSED"}
    assert {r.state for r in office.rows(t.job)} <= {"CANCELED", "COMPLETED"}


def test_a_case_that_ends_without_the_act_cancels_the_clock(office: Office) -> None:
    skip = node("exclusiveGateway", "g", attributes='default="f4"')
    box = f"<bpmn:extensionElements>{clock()}</bpmn:extensionElements>"
    office.deploy(diagram(box + S + user("a") + skip + user("b") + E + flows("s a", "a g", "g b: =risk", "g e", "b e")))
    office.start(aware_at=NOW, risk=False)
    office.complete("a")
    assert (office.instance.state, states(office)) == ("COMPLETED", ["CANCELLED"])


def test_the_reasons_are_kept_when_the_late_act_ends_the_case(office: Office) -> None:
    box = f"<bpmn:extensionElements>{LATE}</bpmn:extensionElements>"
    office.deploy(diagram(box + S + user("b") + E + flows("s b", "b e")))
    office.start(aware_at=NOW)
    office.advance("P4D").complete("b", why="the network was down")
    (row,) = clocks(office)
    assert (row.state, row.late_reasons) == ("LATE", "the network was down")


def test_the_act_itself_may_bring_the_evidence(office: Office) -> None:
    office.deploy(process(LATE))
    office.start()
    office.complete("a").complete("b", aware_at="2026-04-06T16:00:00+07:00", why="found late")
    (row,) = clocks(office)
    assert (row.state, row.late_reasons) == ("LATE", "found late")
    assert office.waiting == ["c"]


@pytest.mark.parametrize(
    ("at", "start", "due"),
    [
        ("--04-05", "2026-04-01T08:00:00+07:00", "2026-04-05T16:59:59"),
        ("--04-05", "2026-04-10T08:00:00+07:00", "2027-04-05T16:59:59"),
        ("---25", "2026-04-10T08:00:00+07:00", "2026-04-25T16:59:59"),
        ("--02-29", "2026-04-10T08:00:00+07:00", "2028-02-29T16:59:59"),
    ],
)
def test_calendar_dates_end_with_their_day(office: Office, at: str, start: str, due: str) -> None:
    office.deploy(process(clock(more=f'at="{at}"')))
    office.start(aware_at=start)
    (row,) = clocks(office)
    assert row.due_at == datetime.fromisoformat(due).replace(tzinfo=UTC)


def test_working_days_skip_the_holidays(office: Office) -> None:
    office.deploy(process(clock(more='duration="P3D" calendar="working"')))
    office.start(aware_at=NOW)  # Friday before Songkran
    assert clocks(office)[0].due_at.astimezone(UTC).date().isoformat() == "2026-04-20"


def test_nothing_due_of_a_clock_fires_after_it_moved(office: Office) -> None:
    reminder = '<krabuan:reminder deadline="dl" after="PT48H" to="staff_group"/>'
    office.deploy(process(clock(), reminder))
    office.start(aware_at=NOW)
    office.run(SetVariables(office.key, {"aware_at": "2026-04-11T16:00:00+07:00"}), OWNER)
    office.advance("PT71H")
    assert office.events("reminder-sent") == []
    office.advance("PT1H")
    assert len(office.events("reminder-sent")) == 1


def test_the_office_clock_of_these_tests() -> None:
    assert datetime.fromisoformat(NOW) == START
