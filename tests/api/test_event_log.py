"""Cases as event logs for process mining over HTTP: XES (IEEE 1849-2016) and OCEL 2.0, as their standards want them."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from typing import Any

import pytest
from jsonschema import Draft202012Validator
from lxml import etree

import engine.queries.event_log as event_log
from api.ocel import ocel
from api.runtime import Runtime
from api.xes import xes
from engine.commands.classify_instance import ClassifyInstance
from engine.model.actor import SYSTEM
from engine.queries.event_log import CaseLog, Work
from tests.api.conftest import Caller
from tests.api.standards import OCEL, XES
from tests.api.world import World

Callers = Callable[[str | None], Caller]
PATH = "/process-instances/event-log"
NS = {"x": "http://www.xes-standard.org/"}


def log_of(answer: Any) -> Any:
    """The log of an answer in XES, which is as the standard wants it."""
    assert answer.status_code == 200, answer.text
    assert answer.content_type == "application/xml; charset=utf-8"
    root = etree.fromstring(answer.data)
    XES.assertValid(root)
    prefixes = {extension.get("prefix") for extension in root.iterfind("x:extension", NS)}
    keys = {key for one in root.iter() if (key := one.get("key")) is not None}
    assert {key.split(":")[0] for key in keys if ":" in key} <= prefixes, "each key with a prefix is of an extension"
    for scope in ("trace", "event"):
        (said_first,) = root.findall(f"x:global[@scope='{scope}']", NS)
        always = {one.get("key") for one in said_first}
        for one in root.iter(f"{{{NS['x']}}}{scope}"):
            assert always <= {child.get("key") for child in one}, "what is global stands in each"
    return root


def said(element: Any, key: str) -> list[str]:
    return [str(one.get("value")) for one in element.xpath(f"./*[@key='{key}']")]


def objects_of(answer: Any) -> dict[str, Any]:
    """A log in OCEL, which is as the standard wants it."""
    assert answer.status_code == 200, answer.text
    assert answer.content_type == "application/json"
    log: dict[str, Any] = answer.get_json()
    Draft202012Validator(OCEL).validate(log)
    for things, types in (("events", "eventTypes"), ("objects", "objectTypes")):
        typed = {t["name"]: {a["name"]: a["type"] for a in t["attributes"]} for t in log[types]}
        assert len(typed) == len(log[types]) and len({one["id"] for one in log[things]}) == len(log[things])
        for one in log[things]:
            for attribute in one["attributes"]:
                kind = typed[one["type"]][attribute["name"]]
                assert isinstance(attribute["value"], {"string": str, "integer": int}[kind])
                assert "time" not in attribute or datetime.fromisoformat(attribute["time"]).tzinfo
    known = {one["id"] for one in log["objects"]}
    assert {r["objectId"] for one in (*log["events"], *log["objects"]) for r in one["relationships"]} <= known
    return log


def test_a_trace_for_each_case_with_what_was_done_in_its_order(
    calling: Callers, at_work: tuple[Runtime, World]
) -> None:
    world = at_work[1]
    root = log_of(calling("auditor")("POST", PATH, {"sort": [{"field": "processInstanceKey"}]}))
    traces = root.findall("x:trace", NS)
    assert [said(trace, "concept:name") for trace in traces] == [
        [str(key)] for key in (world.waiting, world.working, world.broken)
    ]
    done = [(said(e, "elementId")[0], said(e, "lifecycle:transition")[0]) for e in traces[1].iterfind("x:event", NS)]
    assert done == [
        ("Start", "complete"), ("Task_Check", "schedule"), ("Task_Check", "start"), ("Task_Check", "complete"),
        ("Catch_Paid", "complete"), ("Task_Pack", "start"),
    ]  # fmt: skip
    (group,) = {g for e in traces[1].iterfind("x:event", NS) for g in said(e, "org:group")}
    assert group == "clerks"


def test_people_stand_by_their_pseudonyms_unless_names_are_asked_for(calling: Callers) -> None:
    auditor = calling("auditor")
    for form in ("xes", "ocel"):
        hidden = auditor("POST", f"{PATH}?format={form}", {}).text
        assert "ann" not in hidden and "starter" not in hidden and "p_" in hidden, form
        named = auditor("POST", f"{PATH}?format={form}&people=names", {}).text
        assert "ann" in named and "starter" in named and "p_" not in named, form


def test_objects_are_cases_tasks_people_and_groups(calling: Callers, at_work: tuple[Runtime, World]) -> None:
    world = at_work[1]
    log = objects_of(calling("auditor")("POST", f"{PATH}?format=ocel&people=names&language=en", {}))
    objects = {one["id"]: one for one in log["objects"]}
    assert {one["type"] for one in log["objects"]} == {"case", "task", "person", "group"}
    task = objects[f"task:{world.task}"]
    assert task["relationships"] == [{"objectId": f"case:{world.waiting}", "qualifier": "task of"}]
    (scheduled,) = [e for e in log["events"] if {"objectId": task["id"], "qualifier": "task"} in e["relationships"]]
    assert {"objectId": "group:clerks", "qualifier": "candidate"} in scheduled["relationships"]
    assert {"objectId": "person:starter", "qualifier": "resource"} in scheduled["relationships"]


def test_a_log_holds_nothing_that_cases_hold(calling: Callers) -> None:
    """Neither variables nor what was written: their order numbers are w, j and b."""
    log = objects_of(calling("auditor")("POST", f"{PATH}?format=ocel", {}))
    names = {a["name"] for one in (*log["events"], *log["objects"]) for a in one["attributes"]}
    assert names == {
        "transition", "elementId", "elementType", "processDefinitionId", "processDefinitionVersion", "state"
    }  # fmt: skip


def test_only_what_the_search_finds_and_one_may_see(calling: Callers, at_work: tuple[Runtime, World]) -> None:
    runtime, world = at_work
    assert log_of(calling("other")("POST", PATH, {})).findall("x:trace", NS) == []
    (one,) = log_of(calling("auditor")("POST", PATH, {"filter": {"processInstanceKey": str(world.broken)}})).findall(
        "x:trace", NS
    )
    assert said(one, "concept:name") == [str(world.broken)]
    runtime.bus.run(ClassifyInstance(world.broken, "secret", "so ordered"), SYSTEM)
    for form in ("xes", "ocel"):
        assert str(world.broken) not in calling("auditor")("POST", f"{PATH}?format={form}", {}).text
    assert calling("stranger")("POST", PATH, {}).status_code == 403, "an account without any part cannot be noted"
    assert calling(None)("POST", PATH, {}).status_code == 401


def test_the_audit_log_tells_of_it_without_what_was_looked_for(calling: Callers) -> None:
    auditor = calling("auditor")
    log_of(auditor("POST", f"{PATH}?people=names", {"filter": {"words": "somchai"}}))
    logged = auditor.post("/audit-logs/search", {"filter": {"entityType": "PROCESS_INSTANCE"}})["items"]
    (taken,) = [item for item in logged if item["entityDescription"] == "cases-exported"]
    assert "people by names; by words" in str(taken["details"]) and "somchai" not in str(taken)


def test_what_is_asked_wrongly_is_refused(calling: Callers) -> None:
    auditor = calling("auditor")
    for arguments in ("format=csv", "language=xx", "people=all"):
        assert auditor("POST", f"{PATH}?{arguments}", {}).status_code == 400, arguments
    assert auditor("POST", PATH, {"filter": {"colour": "red"}}).status_code == 400
    assert auditor("POST", PATH, [1]).status_code == 400


def test_more_than_a_log_may_hold_is_refused_and_not_cut(calling: Callers, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(event_log, "MOST_EVENTS", 5)
    answer = calling("auditor")("POST", PATH, {})
    assert (answer.status_code, answer.get_json()["code"]) == (400, "event-log-too-large")


def hostile() -> CaseLog:
    case: dict[str, Any] = {
        "processInstanceKey": "7", "businessId": '"/><trace>\0\n', "processDefinitionId": "p&q", "state": "ACTIVE",
        "processDefinitionVersion": 1, "startDate": "2026-04-10T09:00:00.000000Z", "parentProcessInstanceKey": "6",
    }  # fmt: skip
    name = "]]></event>\x0b😀", "<b>"
    work = Work(1, case["startDate"], "a", "USER_TASK", name, "8", "complete", "'\"&", "\ud800", ("g<",))
    return CaseLog(case, [work])


def test_no_text_leaves_its_place_in_xes() -> None:
    root = etree.fromstring(xes([hostile()], "th"))
    XES.assertValid(root)
    (trace,) = root.findall("x:trace", NS)
    assert said(trace, "businessId") == ['"/><trace>\ufffd\n']
    (event,) = trace.findall("x:event", NS)
    assert (said(event, "concept:name"), said(event, "org:resource")) == (["]]></event>\ufffd😀"], ["'\"&"])
    assert said(event, "onBehalfOf") == ["\ufffd"]


def test_a_case_names_the_one_that_called_it_only_if_that_is_in_the_log() -> None:
    child = hostile()
    child = CaseLog({**child.case, "businessId": None}, [])
    parent = CaseLog({**child.case, "processInstanceKey": "6", "parentProcessInstanceKey": None}, [])
    assert b"called by" not in ocel([child], "th")
    assert b'"qualifier":"called by"' in ocel([child, parent], "th")
