"""The inbox over HTTP: counts, marks, and the saved views of a person."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest

from api.runtime import Runtime
from engine.commands.inbox_views import MOST_VIEWS
from tests.api.conftest import Caller
from tests.api.world import World
from tests.conftest import START

Callers = Callable[[str | None], Caller]
MINE = "/authentication/me/inbox-views"
VIEW: dict[str, Any] = {
    "name": "ด่วนของการเงิน",
    "view": "groups",
    "filter": {"unit": "clerks", "due": "week", "unread": True, "variables": [{"name": "amount", "value": "5"}]},
    "columns": ["process", "due"],
    "grouping": "process",
    "sort": "due",
}


@pytest.fixture
def path(at_work: tuple[Runtime, World]) -> str:
    """The path of the task that waits."""
    return f"/user-tasks/{at_work[1].task}"


def test_a_task_is_marked_and_the_lists_are_counted_anew(path: str, calling: Callers) -> None:
    ann = calling("ann")
    before = {item["view"]: item["count"] for item in ann.get("/user-tasks/counts")["items"]}
    assert (ann.get(path)["read"], ann.get(path)["snoozedUntil"], before["snoozed"]) == (False, None, 0)
    until = (START + timedelta(days=2)).strftime("%Y-%m-%dT%H:%M:%S.%fZ")
    etag = ann("GET", path).headers["ETag"]
    assert ann("PATCH", f"{path}/mark", {"read": True, "snoozedUntil": until}).status_code == 204
    assert (ann.get(path)["read"], ann.get(path)["snoozedUntil"]) == (True, until)
    assert ann("GET", path).headers["ETag"] == etag, "for others nothing has changed"
    after = {item["view"]: item["count"] for item in ann.get("/user-tasks/counts")["items"]}
    assert (after["groups"], after["snoozed"]) == (before["groups"] - 1, 1)
    assert ann("PATCH", f"{path}/mark", {"snoozedUntil": None}).status_code == 204
    assert (ann.get(path)["read"], ann.get(path)["snoozedUntil"]) == (True, None)
    assert calling("narrow").get(path)["read"] is False


@pytest.mark.parametrize(
    "body", [{"read": "yes"}, {"read": None}, {"snoozedUntil": "tomorrow"}, {"snoozedUntil": "2020-01-01T00:00:00Z"}, {"x": 1}, {"snoozedUntil": 5}]
)
def test_bad_marks_change_nothing(path: str, calling: Callers, body: dict[str, Any]) -> None:
    ann = calling("ann")
    assert ann("PATCH", f"{path}/mark", body).status_code == 400
    assert ann.get(path)["read"] is False


def test_a_saved_view_is_kept_changed_and_deleted(calling: Callers) -> None:
    ann = calling("ann")
    made = ann("POST", MINE, VIEW)
    assert made.status_code == 201
    at = f"{MINE}/{made.get_json()['inboxViewKey']}"
    [kept] = ann.get(MINE)["items"]
    assert kept == VIEW | {"inboxViewKey": made.get_json()["inboxViewKey"], "rev": 1}
    assert calling("ben").get(MINE)["items"] == []
    assert ann("PUT", at, {"name": "ของฉัน", "view": "mine"}, headers={"If-Match": '"1"'}).status_code == 204
    stale = ann("PUT", at, VIEW, headers={"If-Match": '"1"'})
    assert (stale.status_code, stale.get_json()["code"]) == (409, "stale-revision")
    [kept] = ann.get(MINE)["items"]
    assert (kept["name"], kept["view"], kept["filter"], kept["grouping"], kept["rev"]) == ("ของฉัน", "mine", {}, "none", 2)
    for method in ("PUT", "DELETE"):
        assert calling("ben")(method, at, VIEW if method == "PUT" else None).status_code == 404
    assert ann("DELETE", at).status_code == 204
    assert ann("DELETE", at).status_code == 404
    assert ann.get(MINE)["items"] == []


def test_a_repeated_request_saves_one(calling: Callers) -> None:
    ann = calling("ann")
    first, again = (ann("POST", MINE, VIEW, headers={"Idempotency-Key": "k"}) for _ in range(2))
    assert first.get_json() == again.get_json() and len(ann.get(MINE)["items"]) == 1
    taken = ann("POST", MINE, VIEW)
    assert (taken.status_code, taken.get_json()["code"]) == (409, "inbox-view-name-taken")


def test_nobody_has_more_than_so_many(calling: Callers) -> None:
    ann = calling("ann")
    for number in range(MOST_VIEWS):
        assert ann("POST", MINE, VIEW | {"name": f"{number}"}).status_code == 201
    refused = ann("POST", MINE, VIEW)
    assert (refused.status_code, refused.get_json()["code"]) == (409, "too-many-inbox-views")
    assert len(ann.get(MINE)["items"]) == MOST_VIEWS


@pytest.mark.parametrize(
    "change",
    [
        {"name": ""}, {"name": "  "}, {"name": "ก" * 101}, {"view": "everything"}, {"view": None}, {"filter": {"due": "someday"}}, {"filter": {"x": 1}},
        {"filter": {"text": "ก" * 201}}, {"filter": {"unread": "yes"}}, {"filter": {"variables": [{"name": "a"}]}}, {"columns": ["secret"]},
        {"filter": {"variables": [{"name": "a", "value": "1"}] * 6}}, {"grouping": "colour"}, {"sort": "random"}, {"columns": "process"},
    ],
)  # fmt: skip
def test_bad_views_are_refused(calling: Callers, change: dict[str, Any]) -> None:
    ann = calling("ann")
    assert ann("POST", MINE, VIEW | change).status_code == 400
    assert ann.get(MINE)["items"] == []


def test_a_view_may_filter_by_nothing_longer_than_words(calling: Callers) -> None:
    ann = calling("ann")
    for filter in ({"unread": True}, {"text": "x" * 200}, {"candidateGroup": "clerks"}):
        assert ann("POST", "/user-tasks/search", {"filter": {"view": "groups", **filter}}).status_code == 200
    assert ann("POST", "/user-tasks/search", {"filter": {"view": "groups", "text": "x" * 201}}).status_code == 400
