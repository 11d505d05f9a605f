"""The variables that are offered to who writes an expression in a draft, over HTTP."""

from __future__ import annotations

from collections.abc import Callable

from tests.api.conftest import Caller
from tests.api.test_model_drafts import PROCESS, code, made, owner

__all__ = ["owner"]
Callers = Callable[[str | None], Caller]


def test_what_a_draft_may_speak_of(owner: Caller) -> None:
    draft = made(owner, processDefinitionId=PROCESS)
    assert owner.post(f"{draft}/variables", {"elementId": "Task_Check"}) == {"variables": []}


def test_others_and_bad_requests(owner: Caller, caller: Callers) -> None:
    draft = made(owner, processDefinitionId=PROCESS)
    for stranger in ("other", "ann"):
        answer = caller(stranger)("POST", f"{draft}/variables", {"elementId": "Task_Check"})
        assert code(answer, 404) == "not-found"
    assert code(owner("POST", f"{draft}/variables", {"elementId": "nowhere"}), 404) == "not-found"
    assert code(owner("POST", "/model-drafts/404/variables", {"elementId": "Task_Check"}), 404) == "not-found"
    for wrong in ({}, {"elementId": ""}, {"elementId": 1}, {"elementId": "x" * 257}):
        assert code(owner("POST", f"{draft}/variables", wrong), 400) == "invalid-request"
