"""The audit log over HTTP: service and cases in one list, each entry by its key, a task's own log."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import asdict
from datetime import timedelta
from typing import Any

import pytest

from api.reads import Noted
from api.runtime import Runtime
from engine.adapters.clock import TestClock
from engine.commands.classify_instance import ClassifyInstance
from engine.commands.set_clearance import SetClearance
from engine.model.actor import SYSTEM
from engine.queries import audit_window
from tests.api.conftest import Caller
from tests.api.world import World

Callers = Callable[[str | None], Caller]


def found(caller: Caller, path: str = "/audit-logs/search", **body: Any) -> list[dict[str, Any]]:
    answer = caller("POST", path, body)
    assert answer.status_code == 200, answer.text
    items: list[dict[str, Any]] = answer.get_json()["items"]
    return items


def test_accounts_deployments_and_cases_are_in_one_list(
    at_work: tuple[Runtime, World], calling: Callers
) -> None:
    items = found(calling("auditor"), page={"limit": 1000})
    seen = {(i["entityType"], i["operationType"], i["category"]) for i in items}
    assert {
        ("USER", "CREATE", "ADMIN"),
        ("CLIENT", "CREATE", "ADMIN"),
        ("RESOURCE", "CREATE", "DEPLOYED_RESOURCES"),
        ("PROCESS_INSTANCE", "CREATE", "DEPLOYED_RESOURCES"),
    } <= seen
    times = [i["timestamp"] for i in items]
    assert times == sorted(times)
    case = next(i for i in items if i["processInstanceKey"] == str(at_work[1].waiting))
    assert case["entityKey"] == str(at_work[1].waiting) and case["processDefinitionId"] == "sdk-order"
    token = next(i for i in items if i["entityDescription"] == "token-made")
    assert token["details"]["username"] == "ann" and token["processInstanceKey"] is None


def test_each_entry_is_found_by_its_key_and_no_other_is(
    at_work: tuple[Runtime, World], calling: Callers
) -> None:
    auditor = calling("auditor")
    items = found(auditor, page={"limit": 1000})
    assert len({i["auditLogKey"] for i in items}) == len(items)
    for item in items:
        assert auditor("GET", f"/audit-logs/{item['auditLogKey']}").get_json() == item
    for key, status in (("1", 404), ("9" * 25, 404), ("9" * 26, 400), ("x", 400), ("-1", 400), ("๑", 400)):
        assert auditor("GET", f"/audit-logs/{key}").status_code == status, key


@pytest.mark.parametrize(
    "wanted",
    [
        {"category": "ADMIN"},
        {"operationType": {"$in": ["CREATE"]}},
        {"actorId": "starter"},
        {"entityType": "CLIENT"},
        {"result": "SUCCESS"},
        {"timestamp": {"$gte": "2020-01-01T00:00:00Z"}},
        {"actorType": "UNKNOWN"},
        {"jobKey": {"$exists": False}},
    ],
    ids=str,
)
def test_a_filter_finds_what_it_says(
    wanted: dict[str, Any], at_work: tuple[Runtime, World], calling: Callers
) -> None:
    everything = found(calling("auditor"), page={"limit": 1000})
    some = found(calling("auditor"), filter=wanted, page={"limit": 1000})
    (name, value), = wanted.items()
    if isinstance(value, str):
        assert some == [i for i in everything if i[name] == value]
    assert some and len(some) <= len(everything)


def test_the_pages_of_a_sorted_list_make_the_whole(at_work: tuple[Runtime, World], calling: Callers) -> None:
    auditor = calling("auditor")
    sort = [{"field": "actorId"}, {"field": "timestamp", "order": "DESC"}]
    whole = found(auditor, sort=sort, page={"limit": 1000})
    pages, after = [], None
    while True:
        page = {"limit": 3} | ({"after": after} if after else {})
        answer = auditor("POST", "/audit-logs/search", {"sort": sort, "page": page}).get_json()
        if not answer["items"]:
            break
        pages += answer["items"]
        after = answer["page"]["endCursor"]
    assert pages == whole


def test_a_task_has_a_log_for_who_may_see_it(at_work: tuple[Runtime, World], calling: Callers) -> None:
    task = at_work[1].task
    assert calling("narrow")("POST", f"/user-tasks/{task}/assignment", {"assignee": "ann"}).status_code == 204
    items = found(calling("ann"), f"/user-tasks/{task}/audit-logs/search")
    last = items[-1]
    assert (last["entityType"], last["operationType"], last["actorId"]) == ("USER_TASK", "ASSIGN", "narrow")
    assert {i["userTaskKey"] for i in items} == {str(task)} and last["entityKey"] == str(task)


def test_that_an_auditor_read_the_history_is_told(at_work: tuple[Runtime, World], calling: Callers) -> None:
    case = at_work[1].waiting
    wanted = {"entityDescription": "history-read", "entityKey": str(case)}
    before = len(found(calling("admin"), filter=wanted))
    for name, path in (("auditor", "history"), ("auditor", "variables-at"), ("ann", "history")):
        assert calling(name)("GET", f"/process-instances/{case}/{path}").status_code == 200
    after = found(calling("admin"), filter=wanted)
    assert len(after) == before + 2 and {i["actorId"] for i in after} == {"auditor"}
    assert calling("auditor")("GET", "/process-instances/1/history").status_code == 404
    assert len(found(calling("admin"), filter=wanted)) == before + 2


CONFIDENTIAL_READS = (
    "GET /process-instances/{waiting}", "GET /process-instances/{waiting}/history",
    "GET /process-instances/{waiting}/comments", "GET /user-tasks/{task}", "GET /element-instances/{task}",
    "POST /user-tasks/{task}/variables/search", "GET /variables/{variable}", "POST /variables/search",
    "GET /interventions/{intervention}", "GET /documents/{document}",
)  # fmt: skip
LISTS = ("POST /process-instances/search", "POST /user-tasks/search", "POST /element-instances/search")


def reads(calling: Callers) -> list[tuple[str, str]]:
    """Who read which case, as the audit log says."""
    wanted = {"entityDescription": "case-read"}
    return [(i["actorId"], i["entityKey"]) for i in found(calling("auditor"), filter=wanted)]


@pytest.mark.parametrize("operation", [*CONFIDENTIAL_READS, *LISTS])
def test_a_reading_of_a_classified_case_is_told_and_a_list_is_none(
    operation: str, at_work: tuple[Runtime, World], calling: Callers
) -> None:
    runtime, world = at_work
    for name in ("narrow", "auditor"):
        runtime.bus.run(SetClearance(name, "secret"), SYSTEM)
    runtime.bus.run(ClassifyInstance(world.waiting, "confidential"), SYSTEM)
    method, path = operation.format_map(asdict(world)).split()
    before = len(reads(calling))
    for _ in range(3):
        assert calling("narrow")(method, path).status_code == 200
    expected = [("narrow", str(world.waiting))] if operation in CONFIDENTIAL_READS else []
    assert reads(calling)[before:] == expected


def test_it_is_told_once_in_an_hour_for_each_person_and_case(at_work: tuple[Runtime, World], calling: Callers) -> None:
    runtime, world = at_work
    for name in ("narrow", "auditor"):
        runtime.bus.run(SetClearance(name, "secret"), SYSTEM)
    for case in (world.waiting, world.working):
        runtime.bus.run(ClassifyInstance(case, "secret"), SYSTEM)

    def look(name: str, *cases: int) -> None:
        for case in cases:
            calling(name).get(f"/process-instances/{case}")

    look("narrow", world.waiting, world.waiting, world.working, world.broken)
    runtime.noted = Noted()  # as in another process of the same service
    look("narrow", world.waiting)
    look("auditor", world.waiting)
    assert reads(calling) == [
        ("narrow", str(world.waiting)), ("narrow", str(world.working)), ("auditor", str(world.waiting)),
    ]  # fmt: skip
    assert isinstance(runtime.clock, TestClock)
    runtime.clock.set(runtime.clock.now() + timedelta(hours=1))
    look("narrow", world.waiting)
    assert reads(calling)[3:] == [("narrow", str(world.waiting))]


def test_who_is_not_cleared_reads_nothing_and_is_told_of_in_nothing(
    at_work: tuple[Runtime, World], calling: Callers
) -> None:
    runtime, world = at_work
    runtime.bus.run(SetClearance("auditor", "secret"), SYSTEM)
    runtime.bus.run(ClassifyInstance(world.waiting, "secret"), SYSTEM)
    assert calling("narrow")("GET", f"/process-instances/{world.waiting}").status_code == 404
    calling("narrow").get(f"/process-instances/{world.working}")
    assert reads(calling) == []


@pytest.mark.parametrize("order", ["ASC", "DESC"])
@pytest.mark.parametrize(
    "wanted", [{}, {"operationType": "UPDATE"}, {"category": "DEPLOYED_RESOURCES"}, {"timestamp": {"$gt": "2026-04-10T09:00:00Z"}}], ids=str
)
def test_pages_are_the_same_when_only_the_next_events_are_looked_at(
    at_work: tuple[Runtime, World], calling: Callers, monkeypatch: pytest.MonkeyPatch, order: str, wanted: Any
) -> None:
    auditor, sort = calling("auditor"), [{"field": "timestamp", "order": order}]
    all_of_them = found(auditor, filter=wanted, sort=sort, page={"limit": 1000})
    monkeypatch.setattr(audit_window, "NEXT", 3)
    monkeypatch.setattr(audit_window, "TIMES", 1)

    def page(**of: Any) -> dict[str, Any]:
        asked = {"filter": wanted, "sort": sort, "page": {"limit": 3, **of}}
        answer: dict[str, Any] = auditor("POST", "/audit-logs/search", asked).get_json()
        assert answer["page"]["totalItems"] == len(all_of_them) or answer["page"]["hasMoreTotalItems"]
        return answer

    seen, answer = [], page()
    while answer["items"]:
        assert len(answer["items"]) == min(3, len(all_of_them) - len(seen))
        seen += answer["items"]
        before, answer = answer, page(after=answer["page"]["endCursor"])
    assert seen == all_of_them
    assert page(before=before["page"]["startCursor"])["items"] == all_of_them[:-len(before["items"])][-3:]
    assert page(**{"from": 2})["items"] == all_of_them[2:5]
