"""Delegation: another helps with a task, which stays its owner's and comes back."""

from __future__ import annotations

from typing import Any

import pytest

from engine.commands.assign_task import AssignTask
from engine.commands.claim_task import ClaimTask
from engine.commands.classify_instance import ClassifyInstance
from engine.commands.complete_task import CompleteTask
from engine.commands.delegate_task import DelegateTask
from engine.commands.drafts import SaveDraft
from engine.commands.hand_over_task import HandOverTask
from engine.commands.resolve_task import ResolveTask
from engine.commands.set_clearance import SetClearance
from engine.commands.unassign_task import UnassignTask
from engine.errors import (
    Delegated,
    DutiesConflict,
    EngineError,
    Forbidden,
    InvalidArgument,
    InvalidState,
    NotCleared,
    NotFound,
)
from engine.model.actor import SYSTEM, Actor
from engine.queries.inbox import search_inbox
from engine.queries.search import Search
from engine.queries.tasks import get_draft, get_task, open_tasks_of
from engine.store import tables as t
from tests.dsl import ADMIN, OWNER, Office
from tests.governance.people import DIFFERENT, SAME, absence, account, employ, in_the_name_of, two_steps


@pytest.fixture
def staffed(office: Office) -> Office:
    """A case waits for finance at a; ann has claimed it."""
    employ(office).deploy(two_steps(DIFFERENT))
    office.start()
    office.run(ClaimTask(office.task("a").key), account(office, "ann"))
    return office


def refused(office: Office, error: type[EngineError], command: Any, actor: Actor) -> EngineError:
    """The command is refused, and nothing is changed by it."""
    before = office.snapshot()
    with pytest.raises(error) as caught:
        office.run(command, actor)
    assert office.snapshot() == before
    return caught.value


def inbox(office: Office, name: str, view: str) -> list[str]:
    with office.database.read() as db:
        found = search_inbox(db, account(office, name), Search({"view": view}), office.clock.now())
    return [item["elementId"] for item in found["items"]]


def draft(office: Office, name: str, element: str = "a") -> dict[str, Any] | None:
    with office.database.read() as db:
        found = get_draft(db, account(office, name), office.task(element).key)
    return None if found is None else found["variables"]


def helping(office: Office, note: str | None = "please check the sums") -> int:
    """Ann has Ben help with a."""
    key = int(office.task("a").key)
    office.run(DelegateTask(key, "ben", note), account(office, "ann"))
    return key


def test_another_drafts_and_its_owner_completes(staffed: Office) -> None:
    ann, ben = account(staffed, "ann"), account(staffed, "ben")
    staffed.run(SaveDraft(staffed.task("a").key, {"x": 1}), ann)
    key = helping(staffed)
    task = staffed.task("a")
    assert (task.assignee, task.owner, task.delegation) == ("ben", "ann", "PENDING")
    assert (inbox(staffed, "ben", "mine"), inbox(staffed, "ann", "mine"), inbox(staffed, "ann", "delegated")) == (["a"], [], ["a"])
    assert draft(staffed, "ben") == {"x": 1}
    staffed.run(SaveDraft(key, {"x": 2}), ben)
    refused(staffed, Forbidden, CompleteTask(key), ann)
    refused(staffed, Forbidden, SaveDraft(key, {"x": 3}), ann)
    staffed.run(ResolveTask(key, {"x": 2}, "the sums are right"), ben)
    task = staffed.task("a")
    assert (task.assignee, task.owner, task.delegation, task.hands) == ("ann", "ann", "RESOLVED", ["ben"])
    assert draft(staffed, "ann") == {"x": 2}
    refused(staffed, Forbidden, CompleteTask(key), ben)
    staffed.run(CompleteTask(key, {"x": 2}), ann)
    with staffed.database.read() as db:
        shown = get_task(db, ann, key)
    assert (shown["completedBy"], shown["owner"], shown["delegationState"]) == ("ann", "ann", "RESOLVED")
    assert staffed.event("user-task-delegated") == {"to": "ben", "note": "please check the sums"}
    assert staffed.event("user-task-resolved") == {"variables": {"x": 2}, "note": "the sums are right"}
    who = [(e["type"], e["actor"]) for e in staffed.trail() if e["type"].startswith("user-task-") and e["elementId"] == "a"]
    assert who[1:] == [
        ("user-task-claimed", "ann"), ("user-task-delegated", "ann"), ("user-task-resolved", "ben"), ("user-task-completed", "ann"),
    ]  # fmt: skip
    assert staffed.verified()


def test_completing_what_one_helps_with_gives_it_back(staffed: Office) -> None:
    key = helping(staffed)
    staffed.run(CompleteTask(key, {"x": 5}), account(staffed, "ben"))
    assert staffed.waiting == ["a"] and staffed.task("a").assignee == "ann"
    assert draft(staffed, "ann") == {"x": 5} and staffed.variables == {}
    assert staffed.events("user-task-completed") == []
    assert staffed.event("user-task-resolved")["variables"] == {"x": 5}


def test_without_data_the_helpers_draft_comes_back(staffed: Office) -> None:
    key = helping(staffed)
    staffed.run(SaveDraft(key, {"x": 7}), account(staffed, "ben"))
    staffed.run(ResolveTask(key), account(staffed, "ben"))
    assert draft(staffed, "ann") == {"x": 7}
    assert [r.person for r in staffed.rows(t.task_draft, everything=True)] == ["ann"]


def test_the_owner_takes_it_back_as_it_was_and_nobody_had_a_hand_in_it(staffed: Office) -> None:
    ann = account(staffed, "ann")
    staffed.run(SaveDraft(staffed.task("a").key, {"x": 1}), ann)
    key = helping(staffed)
    staffed.run(SaveDraft(key, {"x": 2}), account(staffed, "ben"))
    staffed.run(ResolveTask(key, {"x": 3}), ann)
    task = staffed.task("a")
    assert (task.assignee, task.hands, draft(staffed, "ann")) == ("ann", [], {"x": 1})
    staffed.run(CompleteTask(key), ann)
    staffed.complete("b", account(staffed, "ben"))


def test_who_delegates_what_nobody_claimed_owns_it(office: Office) -> None:
    employ(office).deploy(two_steps())
    office.start()
    office.run(DelegateTask(office.task("a").key, "cem"), account(office, "ben"))
    task = office.task("a")
    assert (task.assignee, task.owner) == ("cem", "ben")
    office.complete("a", account(office, "cem")).complete("a", account(office, "ben"))
    assert office.waiting == ["b"]


class TestDuties:
    """Who helped with a task performed it, too; neither the owner nor the helper gets around a duty."""

    def test_who_helped_does_not_do_what_is_separated(self, staffed: Office) -> None:
        key = helping(staffed)
        staffed.run(ResolveTask(key), account(staffed, "ben"))
        staffed.run(CompleteTask(key), account(staffed, "ann"))
        b = staffed.task("b").key
        for command, actor in ((ClaimTask(b), account(staffed, "ben")), (AssignTask(b, "ben"), OWNER)):
            said = refused(staffed, DutiesConflict, command, actor)
            assert said.members["performers"] == ["ann", "ben"]
        staffed.complete("b", account(staffed, "cem"))

    def test_who_did_the_other_task_is_not_asked_to_help(self, staffed: Office) -> None:
        staffed.run(CompleteTask(staffed.task("a").key), account(staffed, "ann"))
        b = staffed.task("b").key
        staffed.run(ClaimTask(b), account(staffed, "ben"))
        refused(staffed, DutiesConflict, DelegateTask(b, "ann"), account(staffed, "ben"))

    def test_who_did_the_other_task_does_not_own_it_by_delegating(self, staffed: Office) -> None:
        staffed.run(CompleteTask(staffed.task("a").key), account(staffed, "ann"))
        refused(staffed, DutiesConflict, DelegateTask(staffed.task("b").key, "ben"), account(staffed, "ann"))

    def test_a_helper_in_anothers_name(self, staffed: Office) -> None:
        """Both the absent helper and the substitute had a hand in it."""
        key = helping(staffed)
        staffed.run(absence(staffed, "ben", "cem"), SYSTEM)
        staffed.run(ResolveTask(key, {"x": 1}), in_the_name_of(staffed, "ben", "cem"))
        assert staffed.task("a").hands == ["ben", "cem"]
        staffed.run(CompleteTask(key), account(staffed, "ann"))
        for name in ("ben", "cem"):
            refused(staffed, DutiesConflict, ClaimTask(staffed.task("b").key), account(staffed, name))

    def test_the_same_person_still_goes_on(self, office: Office) -> None:
        employ(office).deploy(two_steps(SAME))
        office.start()
        office.complete("a", account(office, "ann"))
        office.run(ClaimTask(office.task("b").key), account(office, "ann"))
        refused(office, DutiesConflict, DelegateTask(office.task("b").key, "ben"), account(office, "ann"))


class TestRefused:
    """What cannot be delegated, and to whom not."""

    @pytest.mark.parametrize("to", ["nobody", "ann", ""])
    def test_to_nobody_and_to_oneself(self, staffed: Office, to: str) -> None:
        refused(staffed, InvalidArgument, DelegateTask(staffed.task("a").key, to), account(staffed, "ann"))

    def test_a_note_that_is_too_long(self, staffed: Office) -> None:
        key = staffed.task("a").key
        refused(staffed, InvalidArgument, DelegateTask(key, "ben", "x" * 4001), account(staffed, "ann"))
        helping(staffed)
        refused(staffed, InvalidArgument, ResolveTask(key, None, "x" * 4001), account(staffed, "ben"))

    def test_above_the_clearance_of_who_is_asked(self, staffed: Office) -> None:
        staffed.run(SetClearance("ann", "secret"), SYSTEM)
        staffed.run(ClassifyInstance(staffed.key, "secret", "it names an informer"), account(staffed, "ann"))
        key = staffed.task("a").key
        said = refused(staffed, NotCleared, DelegateTask(key, "ben"), account(staffed, "ann"))
        assert said.members == {"people": ["ben"]}
        staffed.run(SetClearance("ben", "secret"), SYSTEM)
        helping(staffed)

    def test_twice(self, staffed: Office) -> None:
        key = helping(staffed)
        said = refused(staffed, Delegated, DelegateTask(key, "cem"), account(staffed, "ben"))
        assert said.members["owner"] == "ann"

    def test_who_only_helps_does_not_give_it_to_the_candidates(self, staffed: Office) -> None:
        key = helping(staffed)
        refused(staffed, Delegated, UnassignTask(key), account(staffed, "ben"))
        staffed.run(UnassignTask(key), OWNER)
        task = staffed.task("a")
        assert (task.assignee, task.owner, task.delegation) == (None, None, None)

    def test_what_nobody_helps_with_does_not_come_back(self, staffed: Office) -> None:
        refused(staffed, InvalidState, ResolveTask(staffed.task("a").key), account(staffed, "ann"))

    def test_who_has_no_part_in_it(self, staffed: Office) -> None:
        key = staffed.task("a").key
        refused(staffed, Forbidden, DelegateTask(key, "dao"), account(staffed, "cem"))
        refused(staffed, NotFound, DelegateTask(key, "ben"), account(staffed, "dao"))
        helping(staffed)
        refused(staffed, Forbidden, ResolveTask(key), account(staffed, "cem"))

    def test_a_task_that_is_done(self, staffed: Office) -> None:
        key = staffed.task("a").key
        staffed.run(CompleteTask(key), account(staffed, "ann"))
        refused(staffed, InvalidState, DelegateTask(key, "ben"), account(staffed, "ann"))


class TestLeaving:
    """The tasks of who leaves are handed over, what others help with and what they help with."""

    def hand_over(self, office: Office, leaver: str, to: str | None) -> Any:
        with office.database.read() as db:
            (key,) = open_tasks_of(db, ADMIN, leaver, 10)
        office.run(HandOverTask(key, leaver, to, "she has left"), ADMIN)
        task = office.task("a")
        return task.assignee, task.owner, task.delegation

    def test_the_helper(self, staffed: Office) -> None:
        helping(staffed)
        assert self.hand_over(staffed, "ben", "cem") == ("cem", "ann", "PENDING")

    def test_the_helper_to_nobody(self, staffed: Office) -> None:
        helping(staffed)
        assert self.hand_over(staffed, "ben", None) == ("ann", None, None)

    def test_the_owner(self, staffed: Office) -> None:
        helping(staffed)
        assert self.hand_over(staffed, "ann", "cem") == ("ben", "cem", "PENDING")

    def test_the_owner_to_nobody(self, staffed: Office) -> None:
        helping(staffed)
        assert self.hand_over(staffed, "ann", None) == (None, None, None)

    def test_to_who_did_what_it_is_separated_from(self, staffed: Office) -> None:
        staffed.run(CompleteTask(staffed.task("a").key), account(staffed, "ann"))
        key = staffed.task("b").key
        staffed.run(DelegateTask(key, "cem"), account(staffed, "ben"))
        refused(staffed, DutiesConflict, HandOverTask(key, "ben", "ann", "he has left"), ADMIN)


def test_both_are_told(staffed: Office) -> None:
    key = helping(staffed)
    staffed.run(ResolveTask(key, None, "done"), account(staffed, "ben"))
    told = [(r.recipient, r.about, r.body) for r in staffed.rows(t.notification)]
    assert told == [("ben", "delegation", "please check the sums"), ("ann", "delegation", "done")]
