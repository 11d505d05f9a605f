"""Who may do a task, and what the inboxes are read from, stay the same thing through every change."""

from __future__ import annotations

import pytest
from sqlalchemy import insert

from engine.commands.assign_task import AssignTask
from engine.commands.claim_task import ClaimTask
from engine.commands.complete_task import CompleteTask
from engine.commands.drafts import SaveDraft
from engine.commands.unassign_task import UnassignTask
from engine.commands.update_task import UpdateTask
from engine.errors import Forbidden, InvalidArgument, InvalidState
from engine.policy.permissions import Facts, allowed
from engine.store import tables as t
from tests.dsl import OWNER, Office, person
from tests.execution.bench import diagram, flows, node, user

GROUPS = '<zeebe:assignmentDefinition candidateGroups="finance" candidateUsers="zoe"/>'
XML = diagram(node("startEvent", "s") + user("a", GROUPS) + user("b") + flows("s a", "a b"))
ANN, EVE, ZOE, AUDIT = person("ann", "finance"), person("eve"), person("zoe"), person("otto", "audit")


@pytest.fixture
def task(office: Office) -> int:
    """The key of an open task of the group finance and of zoe."""
    with office.database.write() as db:
        for name in ("ann", "eve", "zoe"):
            db.execute(insert(t.person), {"username": name, "display_name": name, "email": None, "password_hash": None, "active": True})
    office.deploy(XML)
    office.start()
    return int(office.task("a").key)


def rows(office: Office) -> dict[str, str]:
    """The status of each inbox row of the task."""
    return {f"{r.kind}:{r.name}": r.status for r in office.rows(t.task_candidate)}


def free_for(office: Office) -> set[str]:
    """Those whose inbox shows the task as free, of some people."""
    shown = rows(office)
    return {
        who.id for who in (ANN, EVE, ZOE, AUDIT)
        if shown.get(f"user:{who.id}") == "free" or any(shown.get(f"group:{g}") == "free" for g in who.groups)
    }  # fmt: skip


def claimable_for(office: Office) -> set[str]:
    """Those who may claim it, by the rules."""
    task = office.task("a")
    facts = Facts(frozenset({"p"}), task.assignee, frozenset(task.candidate_groups), frozenset(task.candidate_users))
    return {w.id for w in (ANN, EVE, ZOE, AUDIT) if task.assignee is None and allowed(w, "user-task:claim", facts)}


def test_the_inbox_shows_what_one_may_claim_through_every_change(office: Office, task: int) -> None:
    for command, actor, expected in (
        (None, None, {"ann", "zoe"}),
        (ClaimTask(task), ANN, set()),
        (UnassignTask(task), ANN, {"ann", "zoe"}),
        (AssignTask(task, "eve"), OWNER, set()),
        (UnassignTask(task), EVE, {"ann", "zoe"}),
        (AssignTask(task, "eve"), OWNER, set()),
        (AssignTask(task, "zoe"), OWNER, set()),
        (UnassignTask(task), OWNER, {"ann", "zoe"}),
        (UpdateTask(task, {"candidate_groups": ["audit"]}), OWNER, {"otto", "zoe"}),
        (UpdateTask(task, {"candidate_users": []}), OWNER, {"otto"}),
        (AssignTask(task, "eve"), OWNER, set()),
        (UpdateTask(task, {"candidate_users": ["eve"]}), OWNER, set()),
        (UnassignTask(task), OWNER, {"eve", "otto"}),
        (UpdateTask(task, {"candidate_groups": [], "candidate_users": []}), OWNER, set()),
    ):
        if command is not None:
            office.run(command, actor)
        assert free_for(office) == claimable_for(office) == expected, command
    assert office.verified()


def test_who_was_a_candidate_or_had_it_has_taken_part_for_good(office: Office, task: int) -> None:
    office.run(AssignTask(task, "eve"), OWNER)
    office.run(UnassignTask(task), EVE)
    office.run(UpdateTask(task, {"candidate_groups": ["audit"], "candidate_users": []}), OWNER)
    assert rows(office) == {"group:audit": "free", "group:finance": "closed", "user:zoe": "closed", "user:eve": "closed"}
    office.run(CompleteTask(task), AUDIT)
    assert set(rows(office).values()) == {"closed"}


def test_a_person_given_the_task_again_has_it_again(office: Office, task: int) -> None:
    for _ in range(2):
        office.run(AssignTask(task, "eve"), OWNER)
        assert rows(office)["user:eve"] == "assigned"
        office.run(UnassignTask(task), EVE)
        assert rows(office)["user:eve"] == "closed"
        with pytest.raises(Forbidden):
            office.run(ClaimTask(task), EVE)


def test_what_the_lists_sort_by_follows_the_task(office: Office, task: int) -> None:
    from tests.dsl import START

    office.run(UpdateTask(task, {"due_at": START, "priority": 77}), OWNER)
    assert {(r.due_sort, r.priority) for r in office.rows(t.task_candidate)} == {("2026-04-10T09:00:00.000000Z", 77)}
    office.run(UpdateTask(task, {"due_at": None}), OWNER)
    assert {r.due_sort for r in office.rows(t.task_candidate)} == {"9999"}


@pytest.mark.parametrize(
    "changes",
    [
        {"priority": 101}, {"priority": -1}, {"priority": "high"}, {"candidate_groups": ["x" * 257]}, {"candidate_users": [""]},
        {"candidate_users": ["a\x00"]}, {"candidate_users": [5]}, {"assignee": "ann"}, {"state": "COMPLETED"},
    ],
)  # fmt: skip
def test_impossible_changes_change_nothing(office: Office, task: int, changes: dict[str, object]) -> None:
    before = office.snapshot()
    with pytest.raises(InvalidArgument):
        office.run(UpdateTask(task, changes), OWNER)
    assert office.snapshot() == before


def test_an_override_must_be_allowed(office: Office, task: int) -> None:
    office.run(AssignTask(task, "ann"), OWNER)
    with pytest.raises(InvalidState):
        office.run(AssignTask(task, "zoe", allow_override=False), OWNER)
    office.run(AssignTask(task, "ann", allow_override=False), OWNER)
    office.run(AssignTask(task, "zoe"), OWNER)
    assert office.task("a").assignee == "zoe"


@pytest.mark.parametrize("claimed", [False, True])
def test_nothing_is_done_to_a_task_that_is_done(office: Office, task: int, claimed: bool) -> None:
    if claimed:  # it stays that person's, who cannot claim it again either
        office.run(ClaimTask(task), ANN)
    office.run(CompleteTask(task), ANN)
    for command, actor in (
        (ClaimTask(task), ANN), (UnassignTask(task), OWNER), (AssignTask(task, "ann"), OWNER),
        (UpdateTask(task, {"priority": 1}), OWNER), (CompleteTask(task), ANN), (SaveDraft(task, {"x": 1}), ANN),
    ):  # fmt: skip
        before = office.snapshot()
        with pytest.raises(InvalidState):
            office.run(command, actor)
        assert office.snapshot() == before


def test_a_draft_goes_with_its_task(office: Office, task: int) -> None:
    office.run(SaveDraft(task, {"x": 1}), ANN)
    office.run(SaveDraft(task, {"x": 2}), ANN)
    assert [r.variables for r in office.rows(t.task_draft, everything=True)] == ['{"x":2}']
    office.run(CompleteTask(task), ANN)
    assert office.rows(t.task_draft, everything=True) == []
