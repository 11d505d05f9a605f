"""Handing over: the open tasks of somebody who leaves go to another, or back to their candidates."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from api.handing_over import hand_over
from api.live import Live, Slots
from api.runtime import Runtime
from engine.commands.claim_task import ClaimTask
from engine.commands.hand_over_task import HandOverTask
from engine.errors import Forbidden, InvalidArgument, InvalidState, ReasonNeeded
from engine.store import tables as t
from tests.dsl import ADMIN, OWNER, Office
from tests.governance.people import DIFFERENT, account, employ, two_steps

WHY = "she retires"


@pytest.fixture
def leaving(office: Office) -> Iterator[Office]:
    """Ann has task a of a case, and task b of another whose task a Ben did."""
    employ(office)
    office.deploy(two_steps(DIFFERENT))
    office.start()
    office.complete("a", account(office, "ben"))
    office.run(ClaimTask(office.task("b").key), account(office, "ann"))
    office.start()
    office.run(ClaimTask(office.task("a").key), account(office, "ann"))
    yield office


def service(office: Office) -> Runtime:
    return Runtime(office.database, office.clock, office.bus, Live(), Slots(1), Slots(1), {})


def assignees(office: Office) -> list[str | None]:
    return [r.assignee for r in office.rows(t.user_task, everything=True) if r.state == "CREATED"]


def test_to_another_person_but_for_what_a_duty_forbids(leaving: Office) -> None:
    done = hand_over(service(leaving), ADMIN, "ann", "ben", WHY)
    assert (done["handedOver"], done["hasMore"]) == (1, False)
    assert [(r["code"], "“a”" in r["th"]) for r in done["refused"]] == [("separation-of-duties", True)]
    assert assignees(leaving) == ["ann", "ben"]
    assert leaving.event("user-task-handed-over") == {"from": "ann", "to": "ben", "reason": WHY}
    assert hand_over(service(leaving), ADMIN, "ann", "cem", WHY)["handedOver"] == 1
    assert assignees(leaving) == ["cem", "ben"] and leaving.verified()


def test_back_to_the_candidates(leaving: Office) -> None:
    assert hand_over(service(leaving), OWNER, "ann", None, WHY)["handedOver"] == 2
    assert assignees(leaving) == [None, None]
    assert {r.status for r in leaving.rows(t.task_candidate) if r.kind == "group"} == {"free"}


def test_refused(leaving: Office) -> None:
    key, before = leaving.task("a").key, leaving.snapshot()
    for command, error in (
        (HandOverTask(key, "ann", "nobody", WHY), InvalidArgument), (HandOverTask(key, "ann", "ben", "no"), ReasonNeeded),
        (HandOverTask(key, "cem", "ben", WHY), InvalidState), (HandOverTask(key, "ann", "ann", WHY), InvalidState),
    ):  # fmt: skip
        with pytest.raises(error):
            leaving.run(command, ADMIN)
    with pytest.raises(Forbidden):
        hand_over(service(leaving), account(leaving, "ben"), "ann", "ben", WHY)
    assert leaving.snapshot() == before
