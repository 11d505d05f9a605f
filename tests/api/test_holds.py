"""Legal holds over HTTP: placed, found, in the way of a deletion, ended."""

from __future__ import annotations

from collections.abc import Callable

from api.runtime import Runtime
from tests.api.conftest import Caller
from tests.api.world import World

Callers = Callable[[str | None], Caller]
WHY = "a court asked for it"


def test_a_hold_keeps_a_case_from_being_deleted(at_work: tuple[Runtime, World], calling: Callers) -> None:
    narrow, admin, key = calling("narrow"), calling("admin"), str(at_work[1].broken)
    admin.post(f"/process-instances/{key}/cancellation")
    made = narrow("POST", "/legal-holds", {"processInstanceKey": key, "reason": WHY})
    assert made.status_code == 201
    hold = made.get_json()["legalHoldKey"]
    stopped = admin("POST", f"/process-instances/{key}/deletion", {"reason": "over"})
    assert (stopped.status_code, stopped.get_json()["code"]) == (409, "case-held")
    assert stopped.get_json()["processInstanceKeys"] == [key] and stopped.get_json()["th"]
    (found,) = narrow.post("/legal-holds/search", {"filter": {"processInstanceKey": key}})["items"]
    assert (found["legalHoldKey"], found["state"], found["placedBy"], found["reason"]) == (hold, "HOLDS", "narrow", WHY)
    assert admin("POST", f"/legal-holds/{hold}/end", {"reason": "the trial is over"}).status_code == 204
    assert admin("POST", f"/process-instances/{key}/deletion", {"reason": "over"}).status_code == 204
    (found,) = calling("auditor").post("/legal-holds/search", {"filter": {"processInstanceKey": key}})["items"]
    assert (found["state"], found["endedBy"], found["endReason"]) == ("ENDED", "admin", "the trial is over")


def test_bad_requests(at_work: tuple[Runtime, World], calling: Callers) -> None:
    narrow, world = calling("narrow"), at_work[1]
    good = {"processInstanceKey": str(world.broken), "reason": WHY}
    for wrong in ({"processInstanceKey": "x"}, {"reason": 7}, {"reason": "x" * 4001}, {"reason": None}, {"more": 1}):
        assert narrow("POST", "/legal-holds", good | wrong).status_code == 400, wrong
    short = narrow("POST", "/legal-holds", good | {"reason": "no"})
    assert (short.status_code, short.get_json()["code"]) == (400, "reason-needed")
    assert narrow("POST", "/legal-holds", good | {"processInstanceKey": "1"}).status_code == 404
    assert narrow("POST", "/legal-holds/1/end", {"reason": WHY}).status_code == 404
    assert narrow("POST", f"/legal-holds/{world.hold}/end", {}).status_code == 400
    assert calling("other")("POST", "/legal-holds", good).status_code == 404
    narrow.post(f"/legal-holds/{world.hold}/end", {"reason": WHY})
    assert narrow("POST", f"/legal-holds/{world.hold}/end", {"reason": WHY}).status_code == 409
