"""What a reminder does besides telling: the task becomes more urgent, or somebody else's (raisePriority, reassign)."""

from __future__ import annotations

import pytest

from engine.commands.claim_task import ClaimTask
from engine.commands.delegate_task import DelegateTask
from engine.store import tables as t
from tests.dsl import Office
from tests.execution.bench import diagram, flows, node, user
from tests.notify.policies import ANN, BOB, STEP, begin, group, people, process, remind, told


def test_both_at_once_and_history_says_what_changed(office: Office) -> None:
    people(office, "bob")
    begin(office, process(remind(to="group", action="raisePriority reassign", reassignTo="bob")))
    office.run(ClaimTask(office.task("a").key), ANN)
    rev = office.task("a").rev
    office.advance("P10D")
    task = office.task("a")
    assert (task.assignee, task.priority, task.rev) == ("bob", 70, rev + 1)
    assert office.event("assignee-set") == {"assignee": "bob", "before": "ann"}
    assert office.event("user-task-changed") == {"before": {"priority": 50}, "priority": 70}
    assert office.verified()


def test_to_another_group(office: Office) -> None:
    group(office, "archive")
    begin(office, process(remind(to="group", action="reassign", reassignTo="role:archive")))
    office.run(ClaimTask(office.task("a").key), ANN)
    office.advance("P10D")
    assert (office.task("a").assignee, office.task("a").candidate_groups) == (None, ["archive"])
    status = {r.name: r.status for r in office.rows(t.task_candidate)}
    assert status == {"archive": "free", "finance": "closed", "zoe": "closed", "ann": "closed"}
    assert office.event("user-task-changed")["candidate_groups"] == ["archive"]


def test_to_the_head_of_the_unit(office: Office) -> None:
    group(office, "finance")
    group(office, "boss", head_of="finance", kind="position", parent="finance")
    begin(office, process(remind(to="head", action="reassign", reassignTo="head"))).advance("P10D")
    assert office.task("a").candidate_groups == ["boss"]


def test_nobody_gets_a_task_that_a_duty_keeps_him_or_her_from(office: Office) -> None:
    people(office, "ann")
    duty = '<krabuan:duty type="differentFrom" element="a"/>'
    late = remind(to="group", action="reassign", reassignTo="ann")
    both = '<zeebe:assignmentDefinition candidateGroups="finance"/>'
    begin(office, diagram(node("startEvent", "s") + user("a", both) + user("b", both + STEP + duty + late) + flows("s a", "a b")))
    office.complete("a", ANN)
    office.run(ClaimTask(office.task("b").key), BOB)
    office.advance("P10D")
    assert office.task("b").assignee == "bob"
    assert [about for _, about, _ in told(office)] == ["escalation"]


@pytest.mark.parametrize("to", ["nobody_at_all", "ann"])
def test_who_is_gone_or_has_it_already_changes_nothing(office: Office, to: str) -> None:
    people(office, "ann")
    begin(office, process(remind(to="group", action="reassign", reassignTo=to)))
    office.run(ClaimTask(office.task("a").key), ANN)
    rev = office.task("a").rev
    office.advance("P10D")
    assert (office.task("a").assignee, office.task("a").rev) == ("ann", rev)


def test_help_ends_when_the_task_becomes_somebody_elses(office: Office) -> None:
    group(office, "finance")
    people(office, "ann", "bob", group="finance")
    begin(office, process(remind(to="group", action="reassign")))
    office.run(ClaimTask(office.task("a").key), ANN)
    office.run(DelegateTask(office.task("a").key, "bob"), ANN)
    office.advance("P10D")
    task = office.task("a")
    assert (task.assignee, task.owner, task.delegation) == (None, None, None)


def test_listeners_are_asked_before_it_becomes_somebody_elses(office: Office) -> None:
    people(office, "bob")
    ear = '<zeebe:taskListeners><zeebe:taskListener eventType="assigning" type="ear"/></zeebe:taskListeners>'
    begin(office, process(ear + remind(to="group", action="reassign", reassignTo="bob"))).advance("P10D")
    (row,) = [r for r in office.rows(t.user_task) if r.element_id == "a"]
    assert (row.state, row.assignee) == ("ASSIGNING", None)
