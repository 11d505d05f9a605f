"""Small operations on a running case: ad-hoc activities, the time of a timer, the business id."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest

from engine.commands.activate_ad_hoc import ActivateAdHoc
from engine.commands.assign_business_id import AssignBusinessId
from engine.commands.change_due_time import ChangeDueTime
from engine.errors import AlreadyExists, InstructionsRefused, InvalidArgument, InvalidState
from engine.store import tables as t
from tests.dsl import OWNER, Office
from tests.execution.bench import diagram, flows, node, user

START = node("startEvent", "s")
HOUR = "<bpmn:timerEventDefinition><bpmn:timeDuration>PT1H</bpmn:timeDuration></bpmn:timerEventDefinition>"


def _ad_hoc(attributes: str = "") -> bytes:
    inside = node("adHocSubProcess", "ah", body=user("x") + user("y"), attributes=attributes)
    return diagram(START + user("other") + inside + user("z") + flows("s other", "s ah", "ah z"))


def _element(office: Office, element_id: str) -> int:
    found = [r for r in office.rows(t.element_instance) if r.element_id == element_id and r.state == "ACTIVE"]
    key: int = found[-1].key
    return key


class TestAdHoc:
    """Elements of an open ad-hoc sub-process begin when somebody says so."""

    def test_what_is_wanted_begins_with_variables_of_its_own(self, office: Office) -> None:
        office.deploy(_ad_hoc())
        office.start()
        office.run(ActivateAdHoc(_element(office, "ah"), (("x", {"n": 1}), ("x", {"n": 2}), ("y", {}))), OWNER)
        assert office.waiting == ["other", "x", "x", "y"]
        assert sorted(r.value for r in office.rows(t.variable) if r.name == "n") == ["1", "2"]
        office.complete("x").complete("x").complete("y")
        assert office.waiting == ["other", "z"]
        assert office.verified()

    def test_the_rest_can_be_ended_first(self, office: Office) -> None:
        office.deploy(_ad_hoc())
        office.start()
        office.run(ActivateAdHoc(_element(office, "ah"), (("x", {}),)), OWNER)
        office.run(ActivateAdHoc(_element(office, "ah"), (("y", {}),), cancel_remaining=True, reason="เปลี่ยนวิธี"), OWNER)
        assert office.waiting == ["other", "y"]
        assert office.event("ad-hoc-activated")["reason"] == "เปลี่ยนวิธี"

    def test_one_after_another(self, office: Office) -> None:
        office.deploy(_ad_hoc('ordering="Sequential"'))
        office.start()
        office.run(ActivateAdHoc(_element(office, "ah"), (("x", {}), ("y", {}))), OWNER)
        assert office.waiting == ["other", "x"]
        office.complete("x")
        assert office.waiting == ["other", "y"]
        with pytest.raises(InstructionsRefused, match="variables"):
            office.run(ActivateAdHoc(_element(office, "ah"), (("x", {"n": 1}),)), OWNER)

    def test_what_cannot_begin_there_is_refused(self, office: Office) -> None:
        office.deploy(_ad_hoc())
        office.start()
        with pytest.raises(InstructionsRefused, match="z: not-activatable"):
            office.run(ActivateAdHoc(_element(office, "ah"), (("z", {}),)), OWNER)
        with pytest.raises(InvalidState):
            office.run(ActivateAdHoc(_element(office, "other"), (("x", {}),)), OWNER)


class TestDueTime:
    """The time of a running timer is changed."""

    @pytest.fixture
    def key(self, office: Office) -> int:
        timer = f'<bpmn:boundaryEvent id="t" attachedToRef="a" cancelActivity="false">{HOUR}</bpmn:boundaryEvent>'
        office.deploy(diagram(START + user("a") + timer + user("late") + flows("s a", "t late")))
        office.start()
        return _element(office, "a")

    def _change(self, office: Office, key: int, hours: int, timer: str | None = None) -> None:
        due = office.clock.now() + timedelta(hours=hours)
        office.run(ChangeDueTime(key, due, timer, "ขยายเวลา"), OWNER)
        office.settle()

    def test_it_fires_at_the_new_time(self, office: Office, key: int) -> None:
        self._change(office, key, 5)
        assert office.event("due-time-changed")["reason"] == "ขยายเวลา"
        moved = office.event("timer-moved")
        assert (moved["before"][11:16], moved["dueAt"][11:16]) == ("10:00", "14:00")
        office.advance("PT4H")
        assert office.waiting == ["a"]
        office.advance("PT1H")
        assert office.waiting == ["a", "late"]
        assert office.verified()

    def test_set_into_the_past_it_fires_at_once(self, office: Office, key: int) -> None:
        self._change(office, key, -1, "t")
        assert office.waiting == ["a", "late"]

    def test_what_has_no_such_timer_is_refused(self, office: Office, key: int) -> None:
        for wrong in ((key, "other"), (office.key, None)):
            with pytest.raises(InvalidState):
                self._change(office, wrong[0], 1, wrong[1])
        office.advance("PT1H")
        with pytest.raises(InvalidState):
            self._change(office, key, 1)


class TestBusinessId:
    """A case that has no business id is given one, once."""

    def _assign(self, office: Office, value: str, **options: Any) -> None:
        office.run(AssignBusinessId(office.key, value, **options), OWNER)

    def test_it_is_shown_on_the_case_and_on_its_tasks(self, office: Office) -> None:
        office.deploy(diagram(START + user("a") + user("b") + flows("s a", "a b")))
        office.start()
        self._assign(office, "กษ 0201/69", reason="ออกเลขแล้ว")
        assert (office.instance.business_id, office.task("a").business_id) == ("กษ 0201/69", "กษ 0201/69")
        assert office.event("business-id-assigned") == {
            "reason": "ออกเลขแล้ว", "before": None, "businessId": "กษ 0201/69",
        }  # fmt: skip
        office.complete("a")
        assert office.task("b").business_id == "กษ 0201/69"

    def test_it_is_given_once_and_to_one_case_of_a_process(self, office: Office) -> None:
        office.deploy(diagram(START + user("a") + flows("s a")))
        office.start(business_id="1")
        with pytest.raises(InvalidState):
            self._assign(office, "2")
        office.start()
        before = office.snapshot()
        with pytest.raises(AlreadyExists):
            self._assign(office, "1")
        for wrong in ("", "x" * 257):
            with pytest.raises(InvalidArgument):
                self._assign(office, wrong)
        assert office.snapshot() == before
        office.complete("a")
        with pytest.raises(InvalidState):
            self._assign(office, "3")
