"""The calendar changes while deadlines are open: what depends on it moves, and history says why."""

from __future__ import annotations

from datetime import date, datetime, time
from typing import Any

import pytest

from engine.commands.set_office_hours import SetOfficeHours, WithdrawOfficeHours
from engine.commands.suspend_instance import ResumeInstance, SuspendInstance
from engine.commands.update_task import UpdateTask
from engine.commands.withdraw_calendar_day import WithdrawCalendarDay
from engine.queries.elements import get_element
from engine.store import tables as t
from engine.store.measured import steps_done
from tests.dsl import ADMIN, OWNER, Office
from tests.office.calendars import (
    AWARE,
    BANGKOK,
    CABINET,
    CLOCK,
    MORNING,
    STEP,
    change,
    groups,
    holiday,
    local,
    steps,
    units,
    until,
)

WORKDAY = ((time(8, 30), time(12)), (time(13), time(16, 30)))


def begun(office: Office, xml: bytes, **variables: Any) -> Office:
    office.deploy(xml)
    office.start(**variables)
    return office


def reminders(office: Office) -> list[tuple[str, str]]:
    """What waits to remind, and when."""
    rows = [r for r in office.rows(t.job) if r.kind == "REMINDER" and r.state in ("PENDING", "SUSPENDED")]
    return sorted((r.payload["about"], local(r.due_at)) for r in rows)


def test_a_holiday_that_the_cabinet_adds_moves_what_is_open(office: Office) -> None:
    begun(office, steps())
    assert local(office.task("a").due_at) == "20 Apr 16:30"  # Songkran lies between
    rev = office.task("a").rev
    holiday(office, "2026-04-17")
    task = office.task("a")
    assert (local(task.due_at), task.rev) == ("21 Apr 16:30", rev + 1)
    assert [r.due_sort for r in office.rows(t.task_candidate)] == []
    found = office.event("deadlines-moved")
    assert found["moved"] == [
        {"userTaskKey": str(task.key), "element": "a", "before": "2026-04-20T09:30:00+00:00",
         "dueAt": "2026-04-21T09:30:00+00:00"}
    ]  # fmt: skip
    (why,) = found["reasons"]
    assert (why["firstDay"], why["lastDay"], why["th"], why["source"]) == (
        "2026-04-17", "2026-04-17", "วันหยุดพิเศษ", CABINET,
    )  # fmt: skip
    assert (why["by"], why["reason"], why["action"]) == ("admin", "announced at short notice", "DAYS_ADDED")
    assert office.verified()


def test_the_element_of_a_task_tells_the_new_time_and_keeps_it_when_the_task_is_done(office: Office) -> None:
    begun(office, steps())
    holiday(office, "2026-04-17")
    key = office.task("a").key
    with office.database.read() as db:
        assert get_element(db, OWNER, key)["standardDueDate"] == "2026-04-21T09:30:00.000000Z"
    until(office, "2026-04-21T10:00")
    office.complete("a")
    (element,) = [row for row in office.rows(t.element_instance) if row.key == key]
    assert (element.state, local(element.standard_due_at)) == ("COMPLETED", "21 Apr 16:30")
    with office.database.read() as db:
        assert [row.kept for row in db.execute(steps_done())] == [1]  # on Monday it would have been over


def test_the_list_is_sorted_by_the_new_time_and_the_reminders_follow(office: Office) -> None:
    begun(office, steps(a=STEP + groups("g")))
    assert reminders(office) == [("escalation", "20 Apr 16:30"), ("reminder", "20 Apr 11:12")]
    holiday(office, "2026-04-17")
    assert [r.due_sort for r in office.rows(t.task_candidate)] == ["2026-04-21T09:30:00.000000Z"]
    until(office, "2026-04-21T11:11")
    assert reminders(office) == [("escalation", "21 Apr 16:30"), ("reminder", "21 Apr 11:12")]
    assert office.events("reminder-sent", "escalation-sent") == []
    until(office, "2026-04-21T16:30")
    assert [type_ for type_, _ in office.events("reminder-sent", "escalation-sent")] == ["reminder-sent", "escalation-sent"]


def test_a_half_day_brings_the_reminders_forward(office: Office) -> None:
    begun(office, steps(a=STEP + groups("g")))
    holiday(office, "2026-04-20", sessions=MORNING)
    assert reminders(office) == [("escalation", "20 Apr 12:00"), ("reminder", "17 Apr 16:24")]


def test_a_reminder_that_repeats_goes_on_from_the_new_time(office: Office) -> None:
    """Overdue every day, three times, from when it is overdue now."""
    every = '<krabuan:reminder overdue="PT1H" to="group" repeat="P1D" limit="2"/>'
    begun(office, steps(a=STEP + groups("g") + every))
    holiday(office, "2026-04-17")
    until(office, "2026-04-21T17:29")
    assert office.events("escalation-sent") == []
    until(office, "2026-04-25T12:00")
    told = [local(row.created_at) for row in office.rows(t.notification)]
    assert told == ["21 Apr 17:30", "22 Apr 17:30", "23 Apr 17:30"]


def test_a_day_that_is_withdrawn_moves_it_back(office: Office) -> None:
    begun(office, steps())
    added = holiday(office, "2026-04-17")
    office.run(WithdrawCalendarDay(int(added["calendarDayKeys"][0]), CABINET, "was announced by mistake"), ADMIN)
    office.settle()
    assert local(office.task("a").due_at) == "20 Apr 16:30"
    assert office.event("deadlines-moved")["reasons"][0]["action"] == "DAY_WITHDRAWN"
    assert len(office.events("deadlines-moved")) == 2


def test_a_half_day_is_worked_and_ends_at_its_own_close(office: Office) -> None:
    begun(office, steps())
    holiday(office, "2026-04-20", sessions=MORNING)
    assert local(office.task("a").due_at) == "20 Apr 12:00"


def test_a_saturday_that_is_worked_moves_it_nearer(office: Office) -> None:
    begun(office, steps())
    holiday(office, "2026-04-18", sessions=None)
    assert local(office.task("a").due_at) == "18 Apr 16:30"


def test_days_beside_the_span_move_nothing_and_write_nothing(office: Office) -> None:
    begun(office, steps())
    history = office.events()
    holiday(office, "2026-04-21", "2026-04-30")
    holiday(office, "2026-04-09")
    assert local(office.task("a").due_at) == "20 Apr 16:30"
    assert office.events() == history
    assert (change(office).state, change(office).total, change(office).moved) == ("COMPLETED", 0, 0)


def test_a_clock_in_working_days_moves_with_its_alarms_and_shows_on_the_tasks(office: Office) -> None:
    begun(office, steps(clocks=CLOCK), aware_at=AWARE)
    holiday(office, "2026-04-17")
    (clock,) = office.rows(t.deadline)
    assert (local(clock.due_at), clock.state) == ("21 Apr 16:30", "RUNNING")
    assert local(office.task("a").statutory_due_at) == "21 Apr 16:30"
    until(office, "2026-04-21T16:29")
    due = [r.due_at for r in office.rows(t.job) if r.kind == "DEADLINE" and r.state == "PENDING"]
    assert [local(moment) for moment in due] == ["21 Apr 16:30"]
    moved = office.event("deadlines-moved")["moved"]
    assert [m.get("deadline", m.get("element")) for m in moved] == ["a", "dl"]  # one event of the case tells of both
    office.advance("P13D")
    assert [r.state for r in office.rows(t.deadline)] == ["MISSED"]


def test_a_clock_that_was_missed_runs_again_when_its_last_day_turns_out_to_be_free(office: Office) -> None:
    begun(office, steps(clocks=CLOCK), aware_at=AWARE).advance("P10DT1H")
    assert [r.state for r in office.rows(t.deadline)] == ["MISSED"]
    assert holiday(office, "2026-04-20")["past"] is False
    assert [r.state for r in office.rows(t.deadline)] == ["RUNNING"]


@pytest.mark.parametrize("calendar", ["hours", "calendar"])
def test_what_counts_every_day_or_hour_does_not_move(office: Office, calendar: str) -> None:
    step, clock = STEP.replace('"working"', f'"{calendar}"'), CLOCK.replace('"working"', f'"{calendar}"')
    begun(office, steps(a=step, clocks=clock), aware_at=AWARE)
    before = office.task("a").due_at
    holiday(office, "2026-04-11", "2026-04-13", calendar="")
    assert office.task("a").due_at == before
    assert [r.due_at for r in office.rows(t.deadline)] == [before]


def test_what_a_person_set_by_hand_stays(office: Office) -> None:
    begun(office, steps())
    set_to = datetime(2026, 4, 20, 15, tzinfo=BANGKOK)
    office.run(UpdateTask(office.task("a").key, {"due_at": set_to}), OWNER)
    holiday(office, "2026-04-17")
    assert office.task("a").due_at == set_to


def test_what_the_diagram_names_itself_stays(office: Office) -> None:
    named = STEP + '<zeebe:taskSchedule dueDate="2026-04-20T15:00:00+07:00"/>'
    begun(office, steps(a=named))
    holiday(office, "2026-04-17")
    assert local(office.task("a").due_at) == "20 Apr 15:00"


def test_a_local_holiday_moves_what_its_unit_does_and_nothing_else(office: Office) -> None:
    units(office, ministry="", north="ministry", south="ministry", desk="north")
    made = {}
    for name, unit in (("north_one", "north"), ("desk_one", "desk"), ("south_one", "south"), ("elsewhere", "other")):
        office.deploy(steps(a=STEP + groups(unit), process_id=name))
        made[name] = office.start(name)
    office.deploy(steps(owner="north", process_id="owned"))
    made["owned"] = office.start("owned")
    holiday(office, "2026-04-17", calendar="north")
    office.key = 0
    due = {r.process_id: local(r.due_at) for r in office.rows(t.user_task)}
    assert due == {
        "north_one": "21 Apr 16:30", "desk_one": "21 Apr 16:30", "owned": "21 Apr 16:30",
        "south_one": "20 Apr 16:30", "elsewhere": "20 Apr 16:30",
    }  # fmt: skip
    assert {r.process_instance_key for r in office.rows(t.history_event) if r.type == "deadlines-moved"} == {
        made["north_one"], made["desk_one"], made["owned"],
    }  # fmt: skip


def test_when_a_unit_has_no_calendar_of_its_own_any_more_the_organisations_counts(office: Office) -> None:
    units(office, north="")
    begun(office, steps(owner="north", clocks=CLOCK), aware_at=AWARE)
    added = holiday(office, "2026-04-17", calendar="north")
    assert local(office.rows(t.deadline)[0].due_at) == "21 Apr 16:30"
    office.run(WithdrawCalendarDay(int(added["calendarDayKeys"][0]), CABINET, "the fair does not take place"), ADMIN)
    office.settle()
    assert local(office.task("a").due_at) == local(office.rows(t.deadline)[0].due_at) == "20 Apr 16:30"


def test_a_unit_may_work_on_a_day_that_is_free_for_the_organisation(office: Office) -> None:
    units(office, north="")
    begun(office, steps(a=STEP + groups("north")))
    holiday(office, "2026-04-13", "2026-04-15", calendar="north", sessions=None, name="ทำการช่วงสงกรานต์")
    assert local(office.task("a").due_at) == "15 Apr 16:30"


def test_new_hours_move_what_ends_with_the_day_and_when_they_are_withdrawn_back(office: Office) -> None:
    begun(office, steps())
    until_four = (((time(8), time(12)), (time(13), time(16))),) * 5 + ((),) * 2
    command = SetOfficeHours("", date(2026, 4, 20), until_four, "คำสั่งสำนักงานที่ 12/2569", "summer hours")
    key = int(office.run(command, ADMIN)["officeHoursKey"])
    office.settle()
    assert local(office.task("a").due_at) == "20 Apr 16:00"
    assert change(office).last_day is None
    office.run(WithdrawOfficeHours(key, "คำสั่งสำนักงานที่ 13/2569", "summer is over"), ADMIN)
    office.settle()
    assert local(office.task("a").due_at) == "20 Apr 16:30"


def test_what_begins_while_a_change_is_carried_out_counts_by_the_changed_calendar(office: Office) -> None:
    begun(office, steps())
    holiday(office, "2026-04-17", settle=False)
    office.deploy(steps(process_id="late"))
    office.start("late")
    assert local(office.task("a").due_at) == "21 Apr 16:30"
    assert office.events("deadlines-moved") == []


def test_a_suspended_case_moves_and_its_reminders_stay_held(office: Office) -> None:
    key = begun(office, steps()).key
    office.run(SuspendInstance(key, "waits for a court"), OWNER)
    holiday(office, "2026-04-17")
    held = {r.state for r in office.rows(t.job) if r.kind == "REMINDER" and r.state != "CANCELED"}
    assert held == {"SUSPENDED"}
    until(office, "2026-04-20T18:00")
    office.run(ResumeInstance(key, "the court has decided"), OWNER)
    office.settle()
    assert local(office.task("a").due_at) == "21 Apr 16:30"
    assert reminders(office) == [("escalation", "21 Apr 16:30"), ("reminder", "21 Apr 11:12")]


def test_two_changes_at_once_are_both_done_and_told_once(office: Office) -> None:
    begun(office, steps())
    holiday(office, "2026-04-16", settle=False)
    holiday(office, "2026-04-17")
    assert local(office.task("a").due_at) == "22 Apr 16:30"
    days = [[r["firstDay"] for r in said["data"]["reasons"]] for said in office.trail() if said["type"] == "deadlines-moved"]
    assert days == [["2026-04-16", "2026-04-17"]]
    assert {r.state for r in office.rows(t.calendar_change, everything=True)} == {"COMPLETED"}
