"""One's own cases over HTTP: what an answer holds, and how bad requests are answered."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from api.runtime import Runtime
from engine.commands.classify_instance import ClassifyInstance
from engine.commands.set_clearance import SetClearance
from engine.model.actor import SYSTEM
from tests.api.conftest import Caller
from tests.api.world import World

Callers = Callable[[str | None], Caller]
MINE = "/process-instances/mine/search"


def cases(caller: Caller, **wanted: Any) -> list[str]:
    return [item["processInstanceKey"] for item in caller.post(MINE, {"filter": wanted})["items"]]


def test_what_one_began_with_the_step_in_which_it_stands(calling: Callers) -> None:
    starter = calling("starter")
    definition = calling("owner").post("/process-definitions/search", {"page": {"limit": 1}})["items"][0]
    begun = starter.post("/process-instances", {"processDefinitionKey": definition["processDefinitionKey"]})
    item = starter.post(MINE)["items"][0]
    assert (item["processInstanceKey"], item["part"]) == (begun["processInstanceKey"], "STARTED")
    assert [step["userTaskKey"] is not None for step in item["steps"]] == [True]
    assert cases(calling("stranger")) == []


def test_a_case_that_became_secret_is_gone_from_the_list_and_its_count(
    calling: Callers, at_work: tuple[Runtime, World]
) -> None:
    runtime, world = at_work
    seen = cases(calling("ann"))
    assert str(world.working) in seen
    runtime.bus.run(ClassifyInstance(world.working, "secret"), SYSTEM)
    answer = calling("ann").post(MINE)
    assert [i["processInstanceKey"] for i in answer["items"]] == [key for key in seen if key != str(world.working)]
    assert answer["page"]["totalItems"] == len(seen) - 1
    runtime.bus.run(SetClearance("ann", "secret"), SYSTEM)
    assert cases(calling("ann")) == seen


@pytest.mark.parametrize(
    "body",
    [
        {"filter": {"part": "WATCHED"}},
        {"filter": {"turn": 1}},
        {"filter": {"late": "yes"}},
        {"filter": {"startedBy": "ben"}},
        {"filter": {"state": {"$like": 1}}},
        {"filter": []},
        {"sort": [{"field": "startDate"}]},
        {"page": {"limit": 0}},
        {"page": {"after": "nonsense"}},
        {"more": 1},
    ],
    ids=str,
)
def test_a_senseless_request_is_refused(calling: Callers, body: dict[str, Any]) -> None:
    assert calling("ann")("POST", MINE, body).status_code == 400


def test_nobody_is_asked_to_sign_in(calling: Callers) -> None:
    assert calling(None)("POST", MINE, {}).status_code == 401
