"""A holiday is added while deadlines are open: what counts every hour stays, what counts working days moves."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from engine.commands.extend_deadline import ExtendDeadline
from engine.store import tables as t
from tests.deadlines.diagrams import NOW, clock, clocks, process, records
from tests.dsl import OWNER, Office
from tests.office.calendars import holiday, local

HOURS = clock("law", more='duration="PT168H"')
DAYS = clock("office", more='duration="P3D" calendar="working" lateUntil="P60D"')
WHY = "the extent is not known yet"


def begun(office: Office) -> dict[str, Any]:
    """Friday 10 April at 16:00, before Songkran: both clocks run."""
    office.deploy(process(HOURS, DAYS))
    office.start(aware_at=NOW)
    return by_id(office)


def by_id(office: Office) -> dict[str, Any]:
    return {row.deadline_id: row for row in clocks(office)}


def test_hours_do_not_wait_for_a_holiday_and_working_days_do(office: Office) -> None:
    before = begun(office)
    assert [local(before[name].due_at) for name in ("law", "office")] == ["17 Apr 16:00", "20 Apr 16:30"]
    holiday(office, "2026-04-17")
    after = by_id(office)
    assert after["law"] == before["law"]
    assert (local(after["office"].due_at), after["office"].state) == ("21 Apr 16:30", "RUNNING")
    (record,) = records(office, "MOVED")
    assert (record.deadline_key, record.by) == (after["office"].key, "system")
    assert (record.due_before, record.due_after) == (before["office"].due_at, after["office"].due_at)
    assert office.verified()


def test_the_borders_are_those_of_after_the_holiday(office: Office) -> None:
    begun(office)
    holiday(office, "2026-04-17")
    office.advance("P7D")  # to the last moment of the hours
    assert by_id(office)["law"].state == "RUNNING"
    office.advance("PT0.000001S")
    assert by_id(office)["law"].state == "MISSED"
    office.advance("P3DT24H")  # over what were three working days, not yet over what they are now
    assert by_id(office)["office"].state == "RUNNING"
    office.advance("PT30M")
    assert (by_id(office)["office"].state, office.events("deadline-missed")) == ("MISSED", [("deadline-missed", None)] * 2)


def test_what_was_extended_moves_only_where_the_calendar_leads_beyond(office: Office) -> None:
    found = begun(office)["office"]
    office.run(ExtendDeadline(found.key, found.due_at + timedelta(days=2), WHY), OWNER)
    holiday(office, "2026-04-17")
    assert by_id(office)["office"].due_at == found.due_at + timedelta(days=2)
    holiday(office, "2026-04-21", "2026-04-24", name="วันหยุดราชการพิเศษ")
    assert local(by_id(office)["office"].due_at) == "27 Apr 16:30"
    assert [r.kind for r in records(office) if r.deadline_key == found.key] == ["STARTED", "EXTENDED", "MOVED"]


def test_a_clock_that_was_stopped_stays_as_it_was(office: Office) -> None:
    begun(office)
    office.complete("a").complete("b")
    before = clocks(office)
    holiday(office, "2026-04-17")
    assert clocks(office) == before


def test_the_tasks_show_the_law_s_clock_as_before(office: Office) -> None:
    begun(office)
    due = office.task("a").statutory_due_at
    holiday(office, "2026-04-17")
    assert (office.task("a").statutory_due_at, local(due)) == (due, "17 Apr 16:00")
    assert {row.state for row in office.rows(t.calendar_change, everything=True)} == {"COMPLETED"}
