"""What is urgent comes first in the inbox: the earlier of a task's own due date and of its case's statutory one."""

from __future__ import annotations

from datetime import timedelta

from engine.commands.claim_task import ClaimTask
from engine.commands.set_variables import SetVariables
from engine.commands.update_task import UpdateTask
from engine.queries.inbox import search_inbox
from engine.queries.search import Search
from engine.store import tables as t
from engine.store.tables import moment_text
from tests.deadlines.test_clocks import NOW, E, S, clock
from tests.dsl import OWNER, START, Office, person
from tests.execution.bench import diagram, flows, user

DAY = timedelta(days=1)
CLERK = person("somying", "staff")
STAFF = '<zeebe:assignmentDefinition candidateGroups="staff"/>'


def process() -> bytes:
    """Tasks a, b, c of the staff, one after the other, under a clock of 72 hours that b stops."""
    box = f"<bpmn:extensionElements>{clock()}</bpmn:extensionElements>"
    tasks = "".join(user(id, STAFF) for id in "abc")
    return diagram(box + S + tasks + E + flows("s a", "a b", "b c", "c e"))


def listed(office: Office, view: str = "groups", now: timedelta = timedelta(), **search: object) -> list[str]:
    """The case numbers in one list of the clerk's inbox, in its order."""
    with office.database.read() as db:
        found = search_inbox(db, CLERK, Search({"view": view, **search}), START + now)
    return [item["businessId"] for item in found["items"]]


def case(office: Office, number: str, *, due: int, aware_at: str | None = None) -> int:
    """A case whose first task is due in `due` days; its clock of 72 hours runs from `aware_at`. Returns the task's key."""
    key = office.start(business_id=number)
    task = next(row for row in office.rows(t.user_task) if row.process_instance_key == key)
    office.run(UpdateTask(task.key, {"due_at": START + due * DAY}), OWNER)
    if aware_at is not None:
        office.run(SetVariables(key, {"aware_at": aware_at}), OWNER)
    return int(task.key)


def sorted_by(office: Office) -> set[str]:
    return {row.due_sort for row in office.rows(t.task_candidate) if row.status != "closed"}


def test_a_statutory_clock_goes_before_later_due_dates(office: Office) -> None:
    office.deploy(process())
    case(office, "far, but statutory", due=9, aware_at=NOW)
    case(office, "near", due=2)
    case(office, "middle", due=4)
    assert listed(office) == ["near", "far, but statutory", "middle"]
    assert listed(office, processDefinitionId="p") == listed(office), "a filter changes no order"
    for task in office.rows(t.user_task, everything=True):
        office.run(ClaimTask(task.key), CLERK)
    assert listed(office, "mine") == ["near", "far, but statutory", "middle"]


def test_soon_and_overdue_go_by_the_statutory_clock_too(office: Office) -> None:
    office.deploy(process())
    case(office, "statutory", due=9, aware_at=NOW)
    case(office, "near", due=2)
    assert listed(office, "dueSoon", now=2.5 * DAY) == ["statutory"]
    assert listed(office, "overdue", now=2.5 * DAY) == ["near"]
    assert listed(office, "overdue", now=4 * DAY) == ["near", "statutory"]


def test_a_list_is_narrowed_by_when_it_is_due_and_by_priority(office: Office) -> None:
    """By the statutory clock as well as by the task's own date, and without another order."""
    office.deploy(process())
    case(office, "far, but statutory", due=9, aware_at=NOW)
    urgent = case(office, "far", due=8)
    case(office, "near", due=2)
    week = {"$gte": moment_text(START), "$lt": moment_text(START + 7 * DAY)}
    assert listed(office, dueBy=week) == ["near", "far, but statutory"]
    office.run(UpdateTask(urgent, {"priority": 80}), OWNER)
    assert listed(office, priority={"$gt": 50}) == ["far"]
    assert listed(office, priority={"$gt": 50}, dueBy=week) == []


def test_what_the_lists_sort_by_follows_the_clock(office: Office) -> None:
    """It starts, it moves, it stops; and new tasks of the case are born with it."""
    office.deploy(process())
    office.start()
    assert sorted_by(office) == {"9999"}
    office.run(SetVariables(office.key, {"aware_at": NOW}), OWNER)
    assert sorted_by(office) == {moment_text(START + 3 * DAY)}
    office.run(UpdateTask(office.task("a").key, {"due_at": START + DAY}), OWNER)
    assert sorted_by(office) == {moment_text(START + DAY)}
    office.run(UpdateTask(office.task("a").key, {"due_at": START + 9 * DAY}), OWNER)
    office.run(SetVariables(office.key, {"aware_at": "2026-04-09T16:00:00+07:00"}), OWNER)
    assert sorted_by(office) == {moment_text(START + 2 * DAY)}
    assert office.complete("a").waiting == ["b"]
    assert sorted_by(office) == {moment_text(START + 2 * DAY)}
    office.complete("b")
    assert sorted_by(office) == {"9999"}
