"""User tasks through the API: assignment, revisions, repetition, drafts, changes."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest

from api.runtime import Runtime
from tests.api.conftest import Caller
from tests.api.world import World

Callers = Callable[[str | None], Caller]


@pytest.fixture
def path(at_work: tuple[Runtime, World]) -> str:
    """The path of the task that waits."""
    return f"/user-tasks/{at_work[1].task}"


def test_every_field_is_there(path: str, calling: Callers) -> None:
    task = calling("ann").get(path)
    assert (task["candidateGroups"], task["assignee"], task["priority"], task["tags"]) == (["clerks"], None, 50, [])
    assert task["creationDate"].endswith("Z") and task["customHeaders"] == {}
    assert (task["createdBy"], task["rev"], task["processName"]) == ("starter", 1, "คำสั่งซื้อ")


def test_the_etag_is_the_revision(path: str, calling: Callers) -> None:
    ann = calling("ann")
    etag = ann("GET", path).headers["ETag"]
    assert ann("POST", f"{path}/assignment", {"assignee": "ann"}, headers={"If-Match": '"99"'}).status_code == 409
    assert ann("POST", f"{path}/assignment", {"assignee": "ann"}, headers={"If-Match": etag}).status_code == 204
    stale = ann("POST", f"{path}/completion", {}, headers={"If-Match": etag})
    assert (stale.status_code, stale.get_json()["title"]) == (409, "INVALID_STATE")
    assert stale.get_json()["code"] == "stale-revision"
    assert ann("GET", path).headers["ETag"] != etag
    assert ann("POST", f"{path}/completion", {}, headers={"If-Match": "*"}).status_code == 204


def test_claiming_is_assigning_to_oneself(path: str, calling: Callers) -> None:
    ann, ben, narrow = calling("ann"), calling("ben"), calling("narrow")
    assert ben("POST", f"{path}/assignment", {"assignee": "ben"}).status_code in (403, 404)
    assert ann("POST", f"{path}/assignment", {"assignee": "ben"}).status_code == 403
    ann.post(f"{path}/assignment", {"assignee": "ann", "allowOverride": False})
    assert narrow("POST", f"{path}/assignment", {"assignee": "narrow", "allowOverride": False}).status_code == 409
    narrow.post(f"{path}/assignment", {"assignee": "narrow"})
    assert ann.get(path)["assignee"] == "narrow"
    assert ann("DELETE", f"{path}/assignee").status_code == 403
    assert narrow("DELETE", f"{path}/assignee").status_code == 204
    assert ann.get(path)["assignee"] is None


def test_an_unknown_assignee_is_refused(path: str, calling: Callers) -> None:
    assert calling("narrow")("POST", f"{path}/assignment", {"assignee": "nobody"}).status_code == 400


def test_a_repeated_request_is_done_once(at_work: tuple[Runtime, World], calling: Callers) -> None:
    narrow = calling("narrow")
    body = {"processDefinitionId": "sdk-order", "variables": {"orderId": "once"}}
    first = narrow("POST", "/process-instances", body, headers={"Idempotency-Key": "k1"}).get_json()
    again = narrow("POST", "/process-instances", body, headers={"Idempotency-Key": "k1"}).get_json()
    assert first == again
    another = {"processDefinitionId": "sdk-order", "variables": {"orderId": "twice"}}
    refused = narrow("POST", "/process-instances", another, headers={"Idempotency-Key": "k1"})
    assert (refused.status_code, refused.get_json()["code"]) == (409, "idempotency-key-reused")
    theirs = calling("worker")("POST", "/process-instances", another, headers={"Idempotency-Key": "k1"})
    assert theirs.status_code == 200, "a key belongs to who sent it"


def test_a_draft_is_ones_own(path: str, calling: Callers) -> None:
    ann = calling("ann")
    assert ann("GET", f"{path}/draft").status_code == 204
    assert ann("PUT", f"{path}/draft", {"variables": {"เหตุผล": "ก", "n": 1.5}}).status_code == 200
    draft = ann.get(f"{path}/draft")
    assert draft["variables"] == {"เหตุผล": "ก", "n": 1.5} and draft["savedAt"].endswith("Z")
    assert calling("ben")("GET", f"{path}/draft").status_code == 404
    assert ann("DELETE", f"{path}/draft").status_code == 204
    assert ann("GET", f"{path}/draft").status_code == 204


def test_a_draft_does_not_replace_one_that_its_page_has_not_seen(
    at_work: tuple[Runtime, World], path: str, calling: Callers
) -> None:
    clock, ann = at_work[0].clock, calling("ann")

    def save(n: int, **based: str | None) -> Any:
        clock.set(clock.now() + timedelta(seconds=1))  # type: ignore[attr-defined]
        return ann("PUT", f"{path}/draft", {"variables": {"n": n}, **based})

    first = save(1, basedOn=None)
    assert first.get_json() == {"savedAt": ann.get(f"{path}/draft")["savedAt"]}
    second = save(2, basedOn=first.get_json()["savedAt"])
    assert second.status_code == 200
    for stale in (None, first.get_json()["savedAt"]):
        refused = save(3, basedOn=stale)
        assert (refused.status_code, refused.get_json()["code"]) == (409, "newer-draft")
    assert ann.get(f"{path}/draft")["variables"] == {"n": 2}
    assert save(4).status_code == 200, "who does not say what it goes on from replaces any"
    assert ann("DELETE", f"{path}/draft").status_code == 204
    assert save(5, basedOn=second.get_json()["savedAt"]).status_code == 409, "what it goes on from is gone"


@pytest.mark.parametrize("based_on", [7, "yesterday", "2026-04-10T09:00:00"])
def test_what_a_draft_goes_on_from_is_a_moment(path: str, calling: Callers, based_on: Any) -> None:
    assert calling("ann")("PUT", f"{path}/draft", {"variables": {}, "basedOn": based_on}).status_code == 400


def test_changes_keep_and_clear(path: str, calling: Callers) -> None:
    narrow = calling("narrow")
    change = {"dueDate": "2026-04-20T10:00:00+07:00", "priority": 80, "candidateGroups": ["clerks", "checkers"]}
    assert narrow("PATCH", path, {"changeset": change}).status_code == 204
    task = narrow.get(path)
    assert (task["dueDate"], task["priority"]) == ("2026-04-20T03:00:00.000000Z", 80)
    assert calling("ben").get(path)["candidateGroups"] == ["clerks", "checkers"]
    assert narrow("PATCH", path, {"changeset": {"dueDate": "", "priority": None}}).status_code == 204
    task = narrow.get(path)
    assert (task["dueDate"], task["priority"]) == (None, 80)
    for wrong in ({"priority": 101}, {"priority": "1"}, {"dueDate": "soon"}, {"assignee": "ann"}, {"x": 1}):
        assert narrow("PATCH", path, {"changeset": wrong}).status_code == 400


def test_variables_of_every_scope(at_work: tuple[Runtime, World], path: str, calling: Callers) -> None:
    narrow, world = calling("narrow"), at_work[1]
    narrow("PUT", f"/element-instances/{world.task}/variables", {"variables": {"orderId": "inner"}, "local": True})
    both = narrow.post(f"{path}/variables/search")["items"]
    assert sorted(v["value"] for v in both if v["name"] == "orderId") == ['"inner"', '"w"']
    effective = narrow.post(f"{path}/effective-variables/search")["items"]
    assert [v["value"] for v in effective if v["name"] == "orderId"] == ['"inner"']


def test_long_values_are_cut_in_lists_only(at_work: tuple[Runtime, World], path: str, calling: Callers) -> None:
    narrow, world = calling("narrow"), at_work[1]
    long = "ก" * 9000
    narrow("PUT", f"/element-instances/{world.waiting}/variables", {"variables": {"long": long}})
    named = {"filter": {"name": "long", "processInstanceKey": str(world.waiting)}}
    (cut,) = narrow.post("/variables/search", named)["items"]
    assert cut["isTruncated"] and len(cut["value"]) == 8191
    (whole,) = narrow.post("/variables/search?truncateValues=false", named)["items"]
    assert not whole["isTruncated"] and len(whole["value"]) == 9002
    assert len(narrow.get(f"/variables/{cut['variableKey']}")["value"]) == 9002


def test_completing_twice_is_a_conflict(path: str, calling: Callers) -> None:
    ann = calling("ann")
    ann.post(f"{path}/assignment", {"assignee": "ann"})
    assert ann("POST", f"{path}/completion", {"variables": {"checked": True}}).status_code == 204
    again = ann("POST", f"{path}/completion", {})
    assert again.status_code in (403, 409)


def test_comments_history_and_the_chain(at_work: tuple[Runtime, World], calling: Callers) -> None:
    case = f"/process-instances/{at_work[1].waiting}"
    ann = calling("ann")
    assert ann("POST", f"{case}/comments", {"text": "ขอเอกสารเพิ่ม", "userTaskKey": None}).status_code == 204
    (comment,) = ann.get(f"{case}/comments")["items"]
    assert (comment["author"], comment["text"]) == ("ann", "ขอเอกสารเพิ่ม")
    history: list[dict[str, Any]] = []
    while True:
        after = history[-1]["sequence"] if history else 0
        page = ann.get(f"{case}/history?after={after}&limit=3")
        history += page["items"]
        if not page["page"]["hasMore"]:
            break
    assert [e["sequence"] for e in history] == list(range(1, len(history) + 1))
    assert history[-1]["type"] == "comment-written" and history[-1]["actor"] == "ann"
    verified = ann.get(f"{case}/history/verification")
    whole = {"valid": True, "events": len(history), "head": history[-1]["hash"], "firstBadSequence": None}
    assert verified == {**whole, "signed": None, "archive": None}, "no checkpoint covers it yet"
    assert ann("GET", f"{case}/history?limit=0").status_code == 400
    assert ann("GET", f"{case}/history?after=x").status_code == 400


def test_variables_at_each_moment(at_work: tuple[Runtime, World], calling: Callers) -> None:
    case = f"/process-instances/{at_work[1].waiting}"
    narrow = calling("narrow")
    before = narrow.get(f"{case}/history?limit=1000")["page"]["lastSequence"]
    narrow("PUT", f"/element-instances/{at_work[1].waiting}/variables", {"variables": {"orderId": "new"}})
    then = {v["name"]: v["value"] for v in narrow.get(f"{case}/variables-at?sequence={before}")["items"]}
    now = {v["name"]: v["value"] for v in narrow.get(f"{case}/variables-at")["items"]}
    assert (then["orderId"], now["orderId"]) == ('"w"', '"new"')


def test_a_decision_is_evaluated(at_work: tuple[Runtime, World], calling: Callers) -> None:
    body = {"decisionDefinitionId": "price", "variables": {"amount": 12}}
    answer = calling("worker").post("/decision-definitions/evaluation", body)
    assert (answer["output"], answer["decisionDefinitionVersion"]) == ("9", 1)
    (decided,) = answer["evaluatedDecisions"]
    assert [rule["ruleId"] for rule in decided["matchedRules"]] == ["rule-many"]
    kept = calling("auditor").get(f"/decision-instances/{answer['decisionEvaluationKey']}-1")
    assert (kept["result"], kept["state"], kept["decisionDefinitionType"]) == ("9", "EVALUATED", "DECISION_TABLE")
    assert kept["matchedRules"] == decided["matchedRules"] and kept["evaluatedInputs"] == decided["evaluatedInputs"]
    unknown = {"decisionDefinitionId": "nothing", "variables": {}}
    assert calling("worker")("POST", "/decision-definitions/evaluation", unknown).status_code == 404
    assert calling("worker")("POST", "/decision-definitions/evaluation", {}).status_code == 400


def test_a_notification_is_read_once(at_work: tuple[Runtime, World], calling: Callers) -> None:
    ann = calling("ann")
    (told,) = ann.post("/notifications/search", {"filter": {"readAt": {"$exists": False}}})["items"]
    ann.post(f"/notifications/{told['notificationKey']}/read")
    assert ann.post("/notifications/search", {"filter": {"readAt": {"$exists": False}}})["items"] == []
    assert calling("ben")("POST", f"/notifications/{told['notificationKey']}/read").status_code == 404
