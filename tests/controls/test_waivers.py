"""Waivers: a second person takes the responsibility for a control point, with a reason."""

from __future__ import annotations

import pytest

from engine.commands.claim_task import ClaimTask
from engine.commands.waive_control_point import WaiveControlPoint
from engine.errors import Forbidden, InvalidArgument, InvalidState, NotFound
from engine.model.actor import Actor
from engine.store import tables as t
from tests.controls.points import ANN, BOB, at_b, complete, point, process, refused, states
from tests.dsl import ADMIN, AUDITOR, OWNER, WORKER, Office


class TestWaiver:
    """A second person takes the responsibility, with a reason."""

    POINTS = point('type="condition" expression="=x = 1"', "one") + point('type="condition" expression="=y = 1"', "two")

    def test_a_waived_point_is_not_judged_and_stands_in_the_register(self, office: Office) -> None:
        at_b(office, self.POINTS)
        office.run(WaiveControlPoint(office.task("b").key, "one", "the minister agreed"), OWNER)
        assert refused(office) == ["two"]
        complete(office, y=1)
        assert states(office) == {"one": "WAIVED", "two": "PASSED"}
        assert office.event("control-point-waived")["detail"] == {"reason": "the minister agreed"}
        assert [r.recorded_by for r in office.rows(t.control_point_result)] == ["owner", "ann"]

    @pytest.mark.parametrize(
        ("actor", "error"), [(ANN, Forbidden), (BOB, Forbidden), (AUDITOR, Forbidden), (WORKER, NotFound)],
        ids=["assignee", "colleague", "auditor", "who-does-not-see-it"],
    )  # fmt: skip
    def test_who_may_not(self, office: Office, actor: Actor, error: type[Exception]) -> None:
        at_b(office, self.POINTS)
        with pytest.raises(error):
            office.run(WaiveControlPoint(office.task("b").key, "one", "the minister agreed"), actor)

    @pytest.mark.parametrize("actor", [OWNER, ADMIN], ids=lambda a: a.id)
    def test_who_may(self, office: Office, actor: Actor) -> None:
        at_b(office, self.POINTS)
        office.run(WaiveControlPoint(office.task("b").key, "one", "the minister agreed"), actor)
        assert states(office) == {"one": "WAIVED"}

    def test_nobody_waives_for_himself(self, office: Office) -> None:
        office.deploy(process(self.POINTS))
        office.start()
        office.complete("a", BOB)
        key = office.task("b").key
        office.run(ClaimTask(key), OWNER)
        with pytest.raises(Forbidden):
            office.run(WaiveControlPoint(key, "one", "I agreed with myself"), OWNER)

    def test_nobody_waives_first_and_takes_the_task_then(self, office: Office) -> None:
        office.deploy(process(self.POINTS))
        office.start()
        office.complete("a", BOB)
        key = office.task("b").key
        office.run(WaiveControlPoint(key, "one", "the minister agreed"), OWNER)
        before = office.snapshot()
        with pytest.raises(Forbidden):
            office.run(ClaimTask(key), OWNER)
        assert office.snapshot() == before
        office.run(ClaimTask(key), ANN)
        complete(office, y=1)
        both = Actor("bob", roles=frozenset({"process-owner", "staff"}), groups=frozenset({"finance"}), owned=frozenset({"*"}))
        office.start()
        office.complete("a", ANN)
        office.run(WaiveControlPoint(office.task("b").key, "one", "the minister agreed"), both)
        with pytest.raises(Forbidden):  # a candidate completes without claiming
            complete(office, both, y=1)

    @pytest.mark.parametrize("reason", ["", "    ", "no", "x" * 4001])
    def test_a_reason_is_needed(self, office: Office, reason: str) -> None:
        at_b(office, self.POINTS)
        with pytest.raises(InvalidArgument):
            office.run(WaiveControlPoint(office.task("b").key, "one", reason), OWNER)

    def test_once_and_only_while_the_task_is_open(self, office: Office) -> None:
        at_b(office, self.POINTS)
        key = office.task("b").key
        office.run(WaiveControlPoint(key, "one", "the minister agreed"), OWNER)
        with pytest.raises(InvalidState):
            office.run(WaiveControlPoint(key, "one", "the minister agreed"), OWNER)
        with pytest.raises(NotFound):
            office.run(WaiveControlPoint(key, "three", "the minister agreed"), OWNER)
        complete(office, y=1)
        with pytest.raises(InvalidState):
            office.run(WaiveControlPoint(key, "two", "the minister agreed"), OWNER)
