"""Sending a case back to an earlier task, and taking back what one has just completed (krabuan:return, krabuan:recall)."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import update

from engine.commands.cancel_instance import CancelInstance
from engine.commands.claim_task import ClaimTask
from engine.commands.complete_task import CompleteTask
from engine.commands.delegate_task import DelegateTask
from engine.commands.drafts import SaveDraft
from engine.commands.recall_task import RecallTask
from engine.commands.return_task import ReturnTask
from engine.commands.suspend_instance import SuspendInstance
from engine.commands.unassign_task import UnassignTask
from engine.errors import (
    ControlPointUnsatisfied,
    Delegated,
    Forbidden,
    InvalidState,
    NotFound,
    NotToBeRecalled,
    NotToBeReturned,
    ReasonNeeded,
)
from engine.model.actor import SYSTEM
from engine.store import tables as t
from tests.dsl import OWNER, Office
from tests.execution.bench import diagram, flows, node, user
from tests.governance.people import TO_FINANCE, TO_LEGAL, absence, account, employ, in_the_name_of
from tests.governance.signing import refused

RETURN, RECALL = '<krabuan:return to="a"/>', "<krabuan:recall/>"
WHY = "the receipts are missing"
STEP = '<krabuan:step key="k" number="1" standardTime="P3D" calendar="calendar"/>'
POINT = (
    '<krabuan:controlPoint id="c"><krabuan:binding type="condition" expression="=ok = true"/></krabuan:controlPoint>'
)
CLOCK = '<krabuan:deadline id="dl" kind="statutory" from="=aware" duration="PT72H" stoppedBy="a"/>'


def case(office: Office, of_a: str = "", of_b: str = "", of_process: str = "", **variables: Any) -> Office:
    """Finance does a, legal or finance does b, and then c; ann works in both."""
    box = f"<bpmn:extensionElements>{of_process}</bpmn:extensionElements>" if of_process else ""
    employ(office).deploy(
        diagram(
            box + node("startEvent", "s") + user("a", TO_FINANCE + of_a) + user("b", TO_FINANCE + of_b) + user("c", TO_LEGAL)
            + node("endEvent", "e") + flows("s a", "a b", "b c", "c e")
        )
    )  # fmt: skip
    office.start(**variables)
    return office


def done_a(office: Office, name: str = "ben", **data: Any) -> int:
    """A was done by Ben; its key."""
    key = int(office.task("a").key)
    office.complete("a", account(office, name), **data)
    return key


class TestReturn:
    """The performer sends the case back where the diagram says so."""

    def at_b(self, office: Office, of_b: str = RETURN) -> int:
        done_a(case(office, STEP, of_b), x=1)
        key = int(office.task("b").key)
        office.run(ClaimTask(key), account(office, "cem"))
        return key

    def test_it_is_done_again_by_who_did_it(self, office: Office) -> None:
        key, ben = self.at_b(office), account(office, "ben")
        office.run(ReturnTask(key, "a", WHY), account(office, "cem"))
        assert office.waiting == ["a"]
        again = office.task("a")
        assert (again.assignee, again.rev, again.due_at) == ("ben", 1, office.clock.now() + timedelta(days=3))
        assert office.event("user-task-returned") == {"to": "a", "reason": WHY}
        assert office.event("tokens-moved") == {"before": ["b"], "after": ["a"]}
        assert [r.state for r in office.rows(t.user_task) if r.element_id == "b"] == ["CANCELED"]
        told = [(r.recipient, r.about, r.body) for r in office.rows(t.notification)]
        assert told == [("ben", "return", WHY)]
        office.run(CompleteTask(again.key, {"x": 2}), ben)
        office.complete("b", account(office, "cem"))
        assert office.waiting == ["c"] and office.variables == {"x": 2}
        assert office.verified()

    def test_who_has_left_does_not_get_it(self, office: Office) -> None:
        key = self.at_b(office)
        with office.database.write() as db:
            db.execute(update(t.person).where(t.person.c.username == "ben").values(active=False))
        office.run(ReturnTask(key, "a", WHY), account(office, "cem"))
        assert office.task("a").assignee is None
        office.run(ClaimTask(office.task("a").key), account(office, "ann"))

    def test_the_person_in_whose_name_it_was_done_gets_it(self, office: Office) -> None:
        case(office, of_b=RETURN)
        office.run(absence(office, "ben", "dao"), SYSTEM)
        office.complete("a", in_the_name_of(office, "ben", "dao"))
        office.run(ClaimTask(office.task("b").key), account(office, "cem"))
        office.run(ReturnTask(office.task("b").key, "a", WHY), account(office, "cem"))
        assert office.task("a").assignee == "ben"

    def test_only_where_the_diagram_says_so(self, office: Office) -> None:
        key = self.at_b(office)
        said = refused(office, NotToBeReturned, ReturnTask(key, "c", WHY), account(office, "cem"))
        assert said.members["elements"] == ["a"]

    def test_without_anything_in_the_diagram_nothing_is_sent_back(self, office: Office) -> None:
        refused(office, NotToBeReturned, ReturnTask(self.at_b(office, ""), "a", WHY), account(office, "cem"))

    def test_with_a_reason(self, office: Office) -> None:
        key = self.at_b(office)
        for reason in (None, "", "why", "x" * 4001):
            refused(office, ReasonNeeded, ReturnTask(key, "a", reason), account(office, "cem"))

    def test_by_its_performer_alone(self, office: Office) -> None:
        key = self.at_b(office)
        for actor in (account(office, "ben"), OWNER):
            refused(office, Forbidden, ReturnTask(key, "a", WHY), actor)
        office.run(DelegateTask(key, "ann"), account(office, "cem"))
        refused(office, Delegated, ReturnTask(key, "a", WHY), account(office, "ann"))
        refused(office, NotFound, ReturnTask(1, "a", WHY), account(office, "ann"))

    def test_not_to_what_nobody_did(self, office: Office) -> None:
        """A way around the task led here."""
        xml = diagram(
            node("startEvent", "s") + node("exclusiveGateway", "g", attributes='default="f2"')
            + user("a", TO_FINANCE) + user("b", TO_FINANCE + RETURN) + node("endEvent", "e")
            + flows("s g", "g b", "g a: =long", "a b", "b e")
        )  # fmt: skip
        employ(office).deploy(xml)
        office.start(long=False)
        key = office.task("b").key
        office.run(ClaimTask(key), account(office, "cem"))
        refused(office, InvalidState, ReturnTask(key, "a", WHY), account(office, "cem"))


class TestRecall:
    """Who has just completed a task takes it back while nobody has begun what follows."""

    def test_it_is_as_before(self, office: Office) -> None:
        key, ben = done_a(case(office, STEP + RECALL), x=1), account(office, "ben")
        due = office.rows(t.user_task)[0].due_at
        office.advance("PT5H")
        office.run(RecallTask(key, "I forgot a page"), ben)
        again = office.task("a")
        assert (office.waiting, again.assignee, again.due_at) == (["a"], "ben", due)
        assert office.event("user-task-recalled") == {"reason": "I forgot a page"}
        assert office.event("tokens-moved") == {"before": ["b"], "after": ["a"]}
        office.run(CompleteTask(again.key, {"x": 2}), ben)
        assert office.waiting == ["b"] and office.variables == {"x": 2}
        office.run(RecallTask(again.key, "I forgot another"), ben)
        assert office.waiting == ["a"] and office.verified()
        refused(office, NotToBeRecalled, RecallTask(key, "the first time"), ben)

    def test_its_reminder_is_that_of_before(self, office: Office) -> None:
        key = done_a(case(office, STEP + RECALL))
        office.advance("P1D")
        office.run(RecallTask(key, "I forgot a page"), account(office, "ben"))
        office.advance("P2D")
        told = {(r.recipient, r.about) for r in office.rows(t.notification)}
        assert ("finance_head", "escalation") in told

    def test_a_clock_of_the_law_runs_again(self, office: Office) -> None:
        aware = office.clock.now().isoformat()
        key = done_a(case(office, RECALL, of_process=CLOCK, aware=aware))
        (clock,) = office.rows(t.deadline)
        assert (clock.state, clock.stopped_by_element) == ("KEPT", "a")
        office.run(RecallTask(key, "I forgot a page"), account(office, "ben"))
        (clock,) = office.rows(t.deadline)
        assert (clock.state, clock.stopped_at, clock.stopped_by_element) == ("RUNNING", None, None)
        assert office.task("a").statutory_due_at == clock.due_at
        assert office.event("deadline-resumed")["deadline"] == "dl"
        office.advance("PT73H")
        assert office.rows(t.deadline)[0].state == "MISSED"
        office.complete("a", account(office, "ben"))
        assert office.rows(t.deadline)[0].stopped_by_element == "a"

    def test_control_points_are_enforced_anew(self, office: Office) -> None:
        key = done_a(case(office, POINT + RECALL), ok=True)
        office.run(RecallTask(key, "I forgot a page"), account(office, "ben"))
        again = office.task("a").key
        refused(office, ControlPointUnsatisfied, CompleteTask(again, {"ok": False}), account(office, "ben"))
        office.run(CompleteTask(again, {"ok": True}), account(office, "ben"))
        assert [(r.task_key, r.state) for r in office.rows(t.control_point_result)] == [(key, "PASSED"), (again, "PASSED")]

    @pytest.mark.parametrize("begin", ["claimed", "given back", "drafted", "completed", "delegated"])
    def test_not_when_somebody_has_begun(self, office: Office, begin: str) -> None:
        key, cem = done_a(case(office, RECALL)), account(office, "cem")
        b = office.task("b").key
        commands = {
            "claimed": [ClaimTask(b)], "given back": [ClaimTask(b), UnassignTask(b)], "drafted": [SaveDraft(b, {"x": 1})],
            "completed": [ClaimTask(b), CompleteTask(b)], "delegated": [DelegateTask(b, "dao")],
        }  # fmt: skip
        for command in commands[begin]:
            office.run(command, cem)
        refused(office, NotToBeRecalled, RecallTask(key, "I forgot a page"), account(office, "ben"))

    def test_only_by_who_did_it_with_a_reason_where_the_diagram_says_so(self, office: Office) -> None:
        key, ben = done_a(case(office, RECALL)), account(office, "ben")
        refused(office, Forbidden, RecallTask(key, "I forgot a page"), account(office, "cem"))
        refused(office, Forbidden, RecallTask(key, "I forgot a page"), OWNER)
        refused(office, ReasonNeeded, RecallTask(key, "no"), ben)
        refused(office, Forbidden, RecallTask(office.task("b").key, "I forgot a page"), ben)
        office.complete("b", account(office, "cem"))
        b = next(r.key for r in office.rows(t.user_task) if r.element_id == "b")
        refused(office, NotToBeRecalled, RecallTask(b, "I forgot a page"), account(office, "cem"))

    def test_a_substitute_takes_back_in_the_same_name(self, office: Office) -> None:
        key = done_a(case(office, RECALL))
        office.run(absence(office, "ben", "dao"), SYSTEM)
        office.run(RecallTask(key, "he forgot a page"), in_the_name_of(office, "ben", "dao"))
        assert office.task("a").assignee == "ben"

    def test_not_from_a_case_that_stands_still(self, office: Office) -> None:
        key, ben = done_a(case(office, RECALL)), account(office, "ben")
        office.run(SuspendInstance(office.key), OWNER)
        refused(office, InvalidState, RecallTask(key, "I forgot a page"), ben)
        office.run(CancelInstance(office.key), OWNER)
        refused(office, InvalidState, RecallTask(key, "I forgot a page"), ben)

    def test_of_two_tasks_that_lead_to_the_same_each_takes_its_own(self, office: Office) -> None:
        """Both tokens stand at b; only that of the one who recalls goes back."""
        employ(office).deploy(
            diagram(
                node("startEvent", "s") + node("parallelGateway", "g") + user("a", TO_FINANCE + RECALL)
                + user("d", TO_FINANCE + RECALL) + user("b", TO_FINANCE) + node("endEvent", "e")
                + flows("s g", "g a", "g d", "a b", "d b", "b e")
            )
        )  # fmt: skip
        office.start()
        office.complete("a", account(office, "ben"))
        first = office.task("b").key
        of_d = office.task("d").key
        office.complete("d", account(office, "cem"))
        office.run(ClaimTask(first), account(office, "ann"))
        a = next(r.key for r in office.rows(t.user_task) if r.element_id == "a")
        refused(office, NotToBeRecalled, RecallTask(a, "I forgot a page"), account(office, "ben"))
        office.run(RecallTask(of_d, "I forgot a page"), account(office, "cem"))
        assert office.waiting == ["b", "d"] and office.task("b").key == first
