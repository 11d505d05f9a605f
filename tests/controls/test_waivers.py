"""Waivers: one asks for it with a reason, a second person takes the responsibility for the control point."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from engine.commands.cancel_instance import CancelInstance
from engine.commands.claim_task import ClaimTask
from engine.commands.decide_intervention import ApproveIntervention, RejectIntervention
from engine.commands.request_intervention import RequestIntervention
from engine.commands.waive_control_point import WaiveControlPoint
from engine.errors import AlreadyExists, Forbidden, InvalidState, NotFound, ReasonNeeded, SecondPersonNeeded
from engine.model.actor import SYSTEM, Actor
from engine.store import tables as t
from tests.controls.points import ANN, BOB, at_b, complete, point, process, refused, states
from tests.dsl import ADMIN, AUDITOR, OWNER, WORKER, Office

POINTS = point('type="condition" expression="=x = 1"', "one") + point('type="condition" expression="=y = 1"', "two")
OWNER_IN_FINANCE = replace(OWNER, roles=OWNER.roles | {"staff"}, groups=frozenset({"finance"}))


@pytest.fixture
def office(office: Office) -> Office:
    """Ann has claimed the task with both control points."""
    return at_b(office, POINTS)


def denied(office: Office, error: type[Exception], command: Any, actor: Actor) -> Any:
    """The command is refused, and nothing is changed by it."""
    before = office.snapshot()
    with pytest.raises(error) as caught:
        office.run(command, actor)
    assert office.snapshot() == before
    return caught.value


def waiver(office: Office, point_id: str = "one", reason: str = "the minister agreed") -> WaiveControlPoint:
    return WaiveControlPoint(office.task("b").key, point_id, reason)


class TestApproved:
    """What a second person approves is done at once, and both names are kept."""

    def test_a_waived_point_is_not_judged_and_stands_in_the_register(self, office: Office) -> None:
        office.waive("b", "one", ANN)
        assert refused(office) == ["two"]
        complete(office, y=1)
        assert states(office) == {"one": "WAIVED", "two": "PASSED"}
        why = {"reason": "the minister agreed", "requestedBy": "ann"}
        assert office.event("control-point-waived")["detail"] == why
        assert [r.recorded_by for r in office.rows(t.control_point_result)] == ["owner", "ann"]

    def test_history_tells_of_both(self, office: Office) -> None:
        office.waive("b", "one", ANN)
        granted = office.event("control-point-waiver-granted")
        assert (granted["requestedBy"], granted["approvedBy"], granted["controlPoint"]) == ("ann", "owner", "one")
        told = {r.type: r.actor for r in office.rows(t.history_event) if r.type.startswith("intervention")}
        assert told == {"intervention-requested": "ann", "intervention-approved": "owner"}
        assert office.verified()

    def test_what_waits_says_which_task_it_is_about(self, office: Office) -> None:
        office.ask_waiver("b", "one", ANN)
        (row,) = office.rows(t.intervention)
        assert (row.kind, row.element_id, row.element_instance_key) == ("waive", "b", office.task("b").key)
        assert refused(office) == ["one", "two"]

    def test_who_asked_is_told_what_was_decided(self, office: Office) -> None:
        office.waive("b", "one", ANN)
        office.run(RejectIntervention(office.ask_waiver("b", "two", ANN), "the papers are here"), OWNER)
        told = [r for r in office.rows(t.notification) if r.recipient == "ann"]
        assert [r.body for r in told] == ["the minister agreed", "the papers are here"]
        assert {r.task_key for r in told} == {office.task("b").key}
        assert states(office) == {"one": "WAIVED"}


class TestAsking:
    """Who may ask for it, and what cannot be asked for."""

    @pytest.mark.parametrize("actor", [OWNER, ADMIN, SYSTEM, ANN], ids=lambda a: a.id)
    def test_nobody_waives_alone(self, office: Office, actor: Actor) -> None:
        said = denied(office, SecondPersonNeeded, waiver(office), actor)
        assert (said.members["kind"], said.members["request"]) == ("waive", "/v2/interventions")

    @pytest.mark.parametrize("actor", [ANN, OWNER, ADMIN], ids=lambda a: a.id)
    def test_who_may_ask(self, office: Office, actor: Actor) -> None:
        assert office.ask_waiver("b", "one", actor)

    @pytest.mark.parametrize(
        ("actor", "error"), [(BOB, Forbidden), (AUDITOR, Forbidden), (WORKER, NotFound)],
        ids=["colleague", "auditor", "who-does-not-see-it"],
    )  # fmt: skip
    def test_who_may_not(self, office: Office, actor: Actor, error: type[Exception]) -> None:
        denied(office, error, RequestIntervention("waive", waiver(office)), actor)

    @pytest.mark.parametrize("reason", ["", "    ", "no", "x" * 4001])
    def test_a_reason_is_needed(self, office: Office, reason: str) -> None:
        denied(office, ReasonNeeded, RequestIntervention("waive", waiver(office, reason=reason)), ANN)
        denied(office, ReasonNeeded, waiver(office, reason=reason), OWNER)

    def test_once_and_only_while_the_task_is_open(self, office: Office) -> None:
        key = office.task("b").key
        denied(office, NotFound, RequestIntervention("waive", waiver(office, "three")), ANN)
        asked = office.ask_waiver("b", "one", ANN)
        denied(office, AlreadyExists, RequestIntervention("waive", waiver(office)), OWNER)
        office.run(ApproveIntervention(asked), OWNER)
        denied(office, InvalidState, RequestIntervention("waive", waiver(office)), ANN)
        office.ask_waiver("b", "two", ANN)
        complete(office, y=1)
        denied(office, InvalidState, RequestIntervention("waive", WaiveControlPoint(key, "two", "too late")), OWNER)

    def test_what_has_become_impossible_stays_pending(self, office: Office) -> None:
        asked = office.ask_waiver("b", "one", ANN)
        office.run(CancelInstance(office.key), SYSTEM)
        denied(office, InvalidState, ApproveIntervention(asked), OWNER)


class TestApproving:
    """Neither who asked nor who does the task is a second person."""

    def test_who_asked_does_not_approve(self, office: Office) -> None:
        asked = office.ask_waiver("b", "one", OWNER)
        denied(office, SecondPersonNeeded, ApproveIntervention(asked), OWNER)
        office.run(ApproveIntervention(asked), ADMIN)
        assert states(office) == {"one": "WAIVED"}

    @pytest.mark.parametrize(("actor", "error"), [(BOB, Forbidden), (AUDITOR, Forbidden), (ANN, Forbidden)], ids=["colleague", "auditor", "assignee"])
    def test_who_may_not(self, office: Office, actor: Actor, error: type[Exception]) -> None:
        denied(office, error, ApproveIntervention(office.ask_waiver("b", "one", OWNER)), actor)

    def test_who_does_the_task_does_not_approve(self, office: Office) -> None:
        office.deploy(process(POINTS))
        office.start()
        office.complete("a", BOB)
        office.run(ClaimTask(office.task("b").key), OWNER)
        asked = office.ask_waiver("b", "one", ADMIN)
        denied(office, SecondPersonNeeded, ApproveIntervention(asked), OWNER)

    def test_nobody_approves_first_and_takes_the_task_then(self, office: Office) -> None:
        office.deploy(process(POINTS))
        office.start()
        office.complete("a", BOB)
        office.waive("b", "one", ANN, OWNER_IN_FINANCE)
        denied(office, Forbidden, ClaimTask(office.task("b").key), OWNER_IN_FINANCE)
        with pytest.raises(Forbidden):  # a candidate completes without claiming
            complete(office, OWNER_IN_FINANCE, y=1)
        office.run(ClaimTask(office.task("b").key), ANN)
        complete(office, y=1)

    def test_in_whose_name_it_is_asked_for_is_no_second_person(self, office: Office) -> None:
        substitute = replace(BOB, on_behalf_of="ann")
        asked = office.ask_waiver("b", "one", substitute)
        (row,) = office.rows(t.intervention)
        assert (row.requested_by, row.on_behalf_of) == ("bob", "ann")
        for name in ("ann", "bob"):
            denied(office, SecondPersonNeeded, ApproveIntervention(asked), replace(OWNER, id=name))
        office.run(ApproveIntervention(asked), OWNER)
