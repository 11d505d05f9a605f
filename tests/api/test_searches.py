"""Searches, on both databases: what filters mean, and that pages by cursor neither lose nor repeat anything."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from api.runtime import Runtime, open_runtime
from engine.adapters.clock import TestClock
from engine.adapters.passwords import Passwords
from engine.commands.claim_task import ClaimTask
from engine.commands.create_instance import CreateInstance
from engine.commands.set_variables import SetVariables
from engine.commands.update_task import UpdateTask
from engine.errors import InvalidArgument
from engine.model.actor import SYSTEM
from engine.queries.accounts import ACCOUNT
from engine.queries.api_keys import API_KEY
from engine.queries.calendars import CALENDAR_CHANGE, CALENDAR_DAY, OFFICE_HOURS
from engine.queries.causes import INCIDENT_CAUSE
from engine.queries.control_points import CONTROL_POINT_RESULT
from engine.queries.deadlines import DEADLINE
from engine.queries.definitions import DECISION_DEFINITION, PROCESS_DEFINITION, search_definitions
from engine.queries.directory import GROUP
from engine.queries.documents import DOCUMENT
from engine.queries.elements import ELEMENT_INSTANCE, VARIABLE, search_elements, search_variables
from engine.queries.evidence import NOTIFICATION
from engine.queries.inbox import search_inbox
from engine.queries.instances import PROCESS_INSTANCE, search_instances
from engine.queries.messages import CORRELATED_MESSAGE, MESSAGE_SUBSCRIPTION, START_ARRIVAL
from engine.queries.noun import Noun
from engine.queries.resources import RESOURCE
from engine.queries.search import Search, search
from engine.queries.statistics import PROCESSES_AT_WORK, VERSIONS_AT_WORK
from engine.queries.tasks import USER_TASK, search_tasks
from engine.queries.waits import WAIT
from engine.queries.work import INCIDENT, JOB, search_incidents, search_jobs
from engine.store.migrations import upgrade
from tests.api.conftest import fill
from tests.api.world import World, actor, build, start

NOUNS = (
    PROCESS_DEFINITION,
    DECISION_DEFINITION,
    PROCESS_INSTANCE,
    ELEMENT_INSTANCE,
    VARIABLE,
    USER_TASK,
    JOB,
    INCIDENT,
    *(DEADLINE, CONTROL_POINT_RESULT, NOTIFICATION, INCIDENT_CAUSE),
    *(CALENDAR_DAY, OFFICE_HOURS, CALENDAR_CHANGE),
    *(ACCOUNT, API_KEY, GROUP, RESOURCE, DOCUMENT),
    *(MESSAGE_SUBSCRIPTION, CORRELATED_MESSAGE, START_ARRIVAL, WAIT),
    PROCESSES_AT_WORK,
    VERSIONS_AT_WORK,
)
Found = dict[str, Any]


_WORLDS: dict[str, World] = {}


def fill_with_cases(url: str, clock: TestClock) -> World:
    """The office at work, with further cases that differ in a few things."""
    runtime = open_runtime(url, clock=clock, hasher=Passwords(8, 1))
    upgrade(runtime.database)
    fill(runtime)
    world = build(runtime)
    for number, order in enumerate(("100%", "a*b", "A", "ก็", "under_score", "back\\slash")):
        _, task = start(runtime, order, amount=number)
        if number % 2:
            runtime.bus.run(UpdateTask(task, {"priority": 10 * number, "due_at": clock.now()}), SYSTEM)
    runtime.close()
    return world


@pytest.fixture(params=["sqlite", "postgresql"])
def anywhere(
    request: pytest.FixtureRequest, clock: TestClock, tmp_path: Path, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[tuple[Runtime, World]]:
    """A copy of one filled database, on SQLite and on PostgreSQL."""
    if request.param == "sqlite":
        source = tmp_path_factory.getbasetemp() / "searches.db"
        if "sqlite" not in _WORLDS:
            _WORLDS["sqlite"] = fill_with_cases(f"sqlite:///{source}", clock)
        shutil.copy(source, tmp_path / "searches.db")
        url = f"sqlite:///{tmp_path / 'searches.db'}"
    else:
        cluster = request.getfixturevalue("postgres_cluster")
        template = request.getfixturevalue("postgres_template")
        name = template("searches", lambda u: _WORLDS.update(postgresql=fill_with_cases(u, clock)))
        copied = cluster.create(name)
        request.addfinalizer(lambda: cluster.drop(copied))
        url = cluster.url(copied)
    runtime = open_runtime(url, clock=clock, hasher=Passwords(8, 1))
    yield runtime, _WORLDS[request.param]
    runtime.close()


def found(runtime: Runtime, query: Any, **wanted: Any) -> list[Found]:
    """The items of a search as the system, which sees everything."""
    with runtime.database.read() as db:
        items: list[Found] = query(db, SYSTEM, Search(**wanted))["items"]
        return items


def orders(runtime: Runtime, condition: Any) -> set[str]:
    """The order numbers (as JSON text) that fulfil a condition on the text itself."""
    items = found(runtime, search_variables, filter={"name": "orderId", "value": condition})
    return {item["value"] for item in items}


def test_patterns(anywhere: tuple[Runtime, World]) -> None:
    runtime, _ = anywhere
    assert orders(runtime, {"$like": '"A"'}) == {'"A"'}, "case counts"
    assert orders(runtime, {"$like": "*%*"}) == {'"100%"'}, "a percent sign is no wildcard"
    assert orders(runtime, {"$like": "*_*"}) == {'"under_score"'}, "nor is an underscore"
    assert orders(runtime, {"$like": "*\\**"}) == {'"a*b"'}
    assert orders(runtime, {"$like": '"?"'}) == {'"A"', '"w"', '"j"', '"b"'}
    assert orders(runtime, {"$like": '"ก*"'}) == {'"ก็"'}
    assert orders(runtime, {"$like": "*\\\\\\\\*"}) == {'"back\\\\slash"'}
    assert orders(runtime, {"$in": ['"A"', '"w"'], "$neq": '"w"'}) == {'"A"'}


def test_operators_of_every_kind(anywhere: tuple[Runtime, World]) -> None:
    runtime, world = anywhere
    tasks = found(runtime, search_tasks)
    assert len(tasks) == 9
    assert len(found(runtime, search_tasks, filter={"state": "created"})) == 7, "enums in any case"
    assert len(found(runtime, search_tasks, filter={"dueDate": {"$exists": False}})) == 6
    assert len(found(runtime, search_tasks, filter={"dueDate": {"$lte": "2026-04-10T16:00:00+07:00"}})) == 3
    assert len(found(runtime, search_tasks, filter={"dueDate": {"$gt": "2026-04-10T16:00:00+07:00"}})) == 0
    assert len(found(runtime, search_tasks, filter={"priority": {"$gte": 30, "$lt": 50}})) == 1
    assert len(found(runtime, search_tasks, filter={"assignee": {"$neq": "ann"}})) == 7, "nobody is not ann"
    assert len(found(runtime, search_tasks, filter={"assignee": {"$notIn": ["ann"]}})) == 7
    assert len(found(runtime, search_tasks, filter={"candidateGroup": "clerks"})) == 9
    assert len(found(runtime, search_tasks, filter={"candidateGroup": {"$in": ["checkers", "x"]}})) == 0
    key = str(world.task)
    assert [t["userTaskKey"] for t in found(runtime, search_tasks, filter={"userTaskKey": {"$in": [key]}})] == [key]
    either = [{"userTaskKey": key}, {"priority": {"$lt": 20}}, {}]
    assert len(found(runtime, search_tasks, filter={"$or": either})) == 2
    assert len(found(runtime, search_tasks, filter={"text": "ตรวจ"})) == 9
    assert found(runtime, search_tasks, filter={"text": "%"}) == []
    by_variable = [{"name": "amount", "value": "3"}, {"name": "orderId", "value": {"$like": '"*"'}}]
    assert len(found(runtime, search_tasks, filter={"processInstanceVariables": by_variable})) == 1


def test_filters_of_cases(anywhere: tuple[Runtime, World]) -> None:
    runtime, world = anywhere
    assert len(found(runtime, search_instances, filter={"hasIncident": True})) == 1
    assert len(found(runtime, search_instances, filter={"errorMessage": {"$like": "*box*"}})) == 1
    active = {"elementId": "Task_Pack", "elementInstanceState": "ACTIVE"}
    assert len(found(runtime, search_instances, filter=active)) == 2
    mixed = {"elementId": "Task_Check", "elementInstanceState": "ACTIVE"}
    assert len(found(runtime, search_instances, filter=mixed)) == 7, "both of the same element instance"
    stuck = {"elementId": "Task_Pack", "hasElementInstanceIncident": True}
    assert len(found(runtime, search_instances, filter=stuck)) == 1
    assert len(found(runtime, search_instances, filter={**stuck, "hasElementInstanceIncident": False})) == 1
    (element,) = found(runtime, search_elements, filter={"hasIncident": True})
    assert (element["elementId"], element["incidentKey"]) == ("Task_Pack", str(world.incident))
    either = [{"hasIncident": True}, active, {"variables": [{"name": "amount", "value": "4"}]}]
    assert len(found(runtime, search_instances, filter={"$or": either, "state": "ACTIVE"})) == 3
    spaced = [{"name": "amount", "value": " 4 "}]
    assert len(found(runtime, search_instances, filter={"variables": spaced})) == 1, "JSON, whatever its spacing"
    assert len(found(runtime, search_instances, filter={"text": "คำสั่ง"})) == 9
    statutory = found(runtime, search_instances, filter={"processInstanceKey": str(world.waiting)})
    assert statutory[0]["statutoryDueDate"] == "2026-04-13T09:00:00.000000Z"
    assert len(found(runtime, search_elements, filter={"type": "USER_TASK", "state": {"$neq": "ACTIVE"}})) == 2
    assert len(found(runtime, search_jobs, filter={"state": "FAILED"})) == 1
    assert found(runtime, search_incidents)[0]["errorMessage"] == "no box"


def test_tags_and_local_variables(anywhere: tuple[Runtime, World]) -> None:
    runtime, world = anywhere
    for tags in (("a:b", "c"), ("a:B",), ("a_b",)):
        runtime.bus.run(CreateInstance("sdk-order", variables={"orderId": tags[0]}, tags=tags), SYSTEM)
    for query in (search_instances, search_tasks):
        assert [i["tags"] for i in found(runtime, query, filter={"tags": ["c", "a:b"]})] == [["a:b", "c"]]
        assert len(found(runtime, query, filter={"tags": ["a:B"]})) == 1, "case counts, and nothing is a pattern"
        assert found(runtime, query, filter={"tags": ["a?b"]}) == found(runtime, query, filter={"tags": ["b"]}) == []
    runtime.bus.run(SetVariables(world.task, {"here": 1}, True), SYSTEM)
    local = [{"name": "here", "value": "1"}]
    assert len(found(runtime, search_tasks, filter={"localVariables": local})) == 1
    of_case = [{"name": "orderId", "value": '"w"'}]
    assert len(found(runtime, search_tasks, filter={"processInstanceVariables": of_case})) == 1
    assert found(runtime, search_tasks, filter={"localVariables": of_case}) == [], "of the case, not of the task"


def test_latest_versions(anywhere: tuple[Runtime, World]) -> None:
    runtime, _ = anywhere
    with runtime.database.read() as db:
        for noun in (PROCESS_DEFINITION, DECISION_DEFINITION):
            latest = search_definitions(db, SYSTEM, noun, Search({"isLatestVersion": True}))["items"]
            older = search_definitions(db, SYSTEM, noun, Search({"isLatestVersion": False}))["items"]
            assert (len(latest), len(older)) == (1, 0)


def pages(runtime: Runtime, noun: Noun, sort: list[dict[str, str]], limit: int, backwards: bool) -> list[Found]:
    """All items, page by page; backwards from the end."""
    collected: list[Found] = []
    page: dict[str, Any] = {"limit": limit}
    if backwards:
        with runtime.database.read() as db:
            whole = search(db, noun, Search({}, sort, {"limit": 1000}))
        page["before"] = whole["page"]["endCursor"]
        collected = whole["items"][-1:]
    for _ in range(200):
        with runtime.database.read() as db:
            answer = search(db, noun, Search({}, sort, page))
        if not answer["items"]:
            return collected
        collected = answer["items"] + collected if backwards else collected + answer["items"]
        side = ("before", "startCursor") if backwards else ("after", "endCursor")
        page = {"limit": limit, side[0]: answer["page"][side[1]]}
    raise AssertionError("the pages have no end")


@pytest.mark.parametrize("noun", NOUNS, ids=lambda n: n.name)
def test_pages_lose_and_repeat_nothing(noun: Noun, anywhere: tuple[Runtime, World]) -> None:
    """For every field to sort by, in both directions, with nulls and equal values among them."""
    runtime, _ = anywhere
    for name in (name for name, field in noun.fields.items() if field.sortable):
        for order in ("ASC", "DESC"):
            sort = [{"field": name, "order": order}]
            with runtime.database.read() as db:
                whole = search(db, noun, Search({}, sort, {"limit": 1000}))["items"]
            assert pages(runtime, noun, sort, 4, backwards=False) == whole, sort
            assert pages(runtime, noun, sort, 5, backwards=True) == whole, sort


def test_totals_and_offsets(anywhere: tuple[Runtime, World]) -> None:
    runtime, _ = anywhere
    with runtime.database.read() as db:
        part = search_tasks(db, SYSTEM, Search(page={"from": 7, "limit": 5}))
        assert (len(part["items"]), part["page"]["totalItems"], part["page"]["hasMoreTotalItems"]) == (2, 9, False)
        nothing = search_tasks(db, SYSTEM, Search({"state": "FAILED"}))
        assert nothing["page"] == {
            "totalItems": 0,
            "hasMoreTotalItems": False,
            "startCursor": None,
            "endCursor": None,
        }


def test_a_cursor_belongs_to_its_sort(anywhere: tuple[Runtime, World]) -> None:
    runtime, _ = anywhere
    with runtime.database.read() as db:
        end = search_tasks(db, SYSTEM, Search(page={"limit": 1}))["page"]["endCursor"]
        with pytest.raises(InvalidArgument):
            search_tasks(db, SYSTEM, Search(sort=[{"field": "name"}], page={"after": end}))


def inbox(runtime: Runtime, username: str, view: str, **wanted: Any) -> dict[str, Any]:
    filters = {"view": view, **wanted.pop("filter", {})}
    with runtime.database.read() as db:
        return search_inbox(db, actor(runtime, username), Search(filters, **wanted), runtime.clock.now())


def test_the_views_of_the_inbox(anywhere: tuple[Runtime, World], clock: TestClock) -> None:
    runtime, world = anywhere
    ann = "ann"
    free = inbox(runtime, ann, "groups")["items"]
    assert len(free) == 7 and all(t["assignee"] is None for t in free)
    assert [t["dueDate"] is None for t in free] == [False] * 3 + [True] * 4, "the earliest due first"
    assert inbox(runtime, "ben", "groups")["items"] == []
    assert inbox(runtime, ann, "mine")["items"] == []
    assert len(inbox(runtime, ann, "done")["items"]) == 2
    runtime.bus.run(ClaimTask(world.task), actor(runtime, ann))
    assert [t["userTaskKey"] for t in inbox(runtime, ann, "mine")["items"]] == [str(world.task)]
    assert len(inbox(runtime, ann, "groups")["items"]) == 6
    assert inbox(runtime, ann, "overdue")["items"] == []
    assert len(inbox(runtime, ann, "dueSoon")["items"]) == 3
    clock.advance(timedelta(seconds=1))
    assert len(inbox(runtime, ann, "overdue")["items"]) == 3
    assert len(inbox(runtime, ann, "groups", filter={"text": "ตรวจ"})["items"]) == 6
    with pytest.raises(InvalidArgument):
        inbox(runtime, ann, "everything")


def test_the_fast_inbox_says_what_the_slow_one_says(anywhere: tuple[Runtime, World]) -> None:
    runtime, _ = anywhere
    fast = inbox(runtime, "ann", "groups")["items"]
    slow = inbox(runtime, "ann", "groups", sort=[{"field": "dueBy"}, {"field": "userTaskKey"}])["items"]
    assert fast == slow
    collected: list[Found] = []
    page: dict[str, Any] = {"limit": 2}
    while (answer := inbox(runtime, "ann", "groups", page=page))["items"]:
        collected += answer["items"]
        page = {"limit": 2, "after": answer["page"]["endCursor"]}
        assert answer["page"]["totalItems"] == 7
    assert collected == fast
    back = inbox(runtime, "ann", "groups", page={"limit": 2, "before": page["after"]})["items"]
    assert back == fast[4:6]


def test_the_inbox_reads_ranges_of_an_index(at_work: tuple[Runtime, World]) -> None:
    """Every branch of the list is one range of an index in the order of the list: no table is read through."""
    from sqlalchemy import event, text

    runtime, _ = at_work
    statements: list[tuple[str, Any]] = []
    event.listen(
        runtime.database.engine,
        "before_cursor_execute",
        lambda _c, _cursor, statement, parameters, _x, _many: statements.append((statement, parameters)),
    )
    inbox(runtime, "ann", "groups")
    listed = next((s, p) for s, p in statements if "due_sort" in s and "LIMIT" in s)
    with runtime.database.read() as db:
        plan = [row[3] for row in db.exec_driver_sql("EXPLAIN QUERY PLAN " + listed[0], listed[1])]
        assert db.execute(text("SELECT 1")).scalar() == 1
    assert any("ix_task_candidate_due" in step for step in plan)
    assert not any(step.startswith(("SCAN task_candidate", "SCAN user_task")) for step in plan)
