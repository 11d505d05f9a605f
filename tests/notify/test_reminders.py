"""Reminders and escalation: who is told what, when, and when nobody is."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from engine.commands.claim_task import ClaimTask
from engine.commands.complete_task import CompleteTask
from engine.commands.update_task import UpdateTask
from engine.store import tables as t
from tests.dsl import OWNER, START, Office, person
from tests.execution.bench import diagram, flows, node, user
from tests.notify.policies import ANN, GROUPS, STEP, begin, group, process, remind, told


class TestDefaults:
    """A step with a standard time and no reminders of its own."""

    def test_four_fifths_to_the_candidates_and_the_end_to_the_head(self, office: Office) -> None:
        group(office, "finance")
        group(office, "finance_head", "finance")
        begin(office, process()).advance("P30D")
        assert told(office) == [
            (8, "reminder", "group:finance"), (8, "reminder", "user:zoe"), (10, "escalation", "group:finance_head"),
        ]  # fmt: skip

    def test_the_performer_is_the_assignee_once_there_is_one(self, office: Office) -> None:
        begin(office, process())
        office.run(ClaimTask(office.task("a").key), ANN)
        office.advance("P9D")
        assert told(office) == [(8, "reminder", "user:ann")]

    def test_a_unit_without_a_head_escalates_to_the_owner_of_the_process(self, office: Office) -> None:
        group(office, "ict")
        begin(office, process()).advance("P30D")
        assert told(office)[-1] == (10, "escalation", "group:ict")
        group(office, "ict_head", "ict")
        office.start()
        office.advance("P30D")
        assert told(office)[-1][1:] == ("escalation", "group:ict_head")

    def test_nobody_is_told_of_a_task_that_is_done(self, office: Office) -> None:
        begin(office, process())
        office.advance("P5D").complete("a", ANN).advance("P30D")
        assert told(office) == []

    def test_a_step_without_a_time_reminds_nobody(self, office: Office) -> None:
        begin(office, process(step="")).advance("P99D")
        assert told(office) == []

    def test_history_says_who_was_told(self, office: Office) -> None:
        begin(office, process()).advance("P8D")
        assert office.event("reminder-sent")["to"] == ["finance", "zoe"]
        assert office.verified()

    def test_texts_are_thai_and_english(self, office: Office) -> None:
        begin(office, process()).advance("P30D")
        first, last = office.rows(t.notification)[0], office.rows(t.notification)[-1]
        assert "ใกล้ครบกำหนด" in first.subject and "Due soon" in first.subject_en and "๒๕๖๙" in first.body
        assert "เกินกำหนด" in last.subject and "Overdue" in last.subject_en


class TestExplicit:
    """What the diagram says instead of the defaults."""

    def test_before_after_and_at_the_end(self, office: Office) -> None:
        extra = remind(before="P3D", to="group") + remind(after="P2D", to="role:dpo") + remind(to="somebody")
        begin(office, process(extra)).advance("P30D")
        assert told(office) == [
            (2, "reminder", "user:dpo"), (7, "reminder", "group:finance"), (10, "escalation", "user:somebody"),
        ]  # fmt: skip

    def test_after_the_end_is_an_escalation(self, office: Office) -> None:
        begin(office, process(remind(after="P14D", to="role:director"))).advance("P30D")
        assert told(office) == [(14, "escalation", "user:director")]

    def test_after_counts_from_the_beginning_also_without_a_standard_time(self, office: Office) -> None:
        begin(office, process(remind(after="P3D", to="group"), step="")).advance("P30D")
        assert told(office) == [(3, "reminder", "group:finance")]

    def test_it_repeats_until_the_task_is_done(self, office: Office) -> None:
        begin(office, process(remind(before="P2D", to="group", repeat="P1D")))
        office.advance("P11D")
        assert [when for when, _, _ in told(office)] == [8, 9, 10, 11]
        office.complete("a", ANN).advance("P30D")
        assert len(told(office)) == 4

    def test_a_node_that_was_down_for_long_repeats_once_not_for_each_day(self, office: Office) -> None:
        begin(office, process(remind(before="P2D", to="group", repeat="P1D")))
        office.clock.advance(timedelta(days=100))
        office.settle()
        assert [when for when, _, _ in told(office)] == [100]
        office.advance("P1D")
        assert [when for when, _, _ in told(office)] == [100, 101]

    def test_reminders_of_the_sub_process_around_hold_for_its_tasks(self, office: Office) -> None:
        inner = node("startEvent", "is") + user("a", GROUPS) + flows("is a").replace('id="f', 'id="i')
        box = f"<bpmn:extensionElements>{STEP}{remind(before='P1D', to='group')}</bpmn:extensionElements>"
        begin(office, diagram(node("startEvent", "s") + f'<bpmn:subProcess id="sub">{box}{inner}</bpmn:subProcess>' + flows("s sub")))
        office.advance("P30D")
        assert told(office) == [(9, "reminder", "group:finance")]

    def test_raise_priority_does_and_says_so(self, office: Office) -> None:
        begin(office, process(remind(before="P2D", to="group", action="raisePriority", repeat="P1D")))
        rev = office.task("a").rev
        office.advance("P8D")
        task = office.task("a")
        assert (task.priority, task.rev) == (70, rev + 1)
        assert {r.priority for r in office.rows(t.task_candidate)} == {70}
        assert office.event("user-task-changed") == {"before": {"priority": 50}, "priority": 70}
        office.advance("P5D")
        assert office.task("a").priority == 100

    def test_reassign_gives_the_task_back_to_the_candidates_and_says_so(self, office: Office) -> None:
        begin(office, process(remind(before="P2D", to="group", action="reassign")))
        office.run(ClaimTask(office.task("a").key), ANN)
        office.advance("P8D")
        assert office.task("a").assignee is None
        assert {r.name: r.status for r in office.rows(t.task_candidate)} == {"finance": "free", "zoe": "free", "ann": "closed"}
        assert office.event("assignee-set") == {"assignee": None, "before": "ann"}
        office.run(ClaimTask(office.task("a").key), person("bob", "finance"))

    def test_reassign_leaves_a_task_that_nobody_else_may_do(self, office: Office) -> None:
        only = '<zeebe:assignmentDefinition assignee="ann"/>'
        begin(office, process(remind(before="P2D", to="head", action="reassign"), only)).advance("P8D")
        assert office.task("a").assignee == "ann"
        assert len(told(office)) == 1


class TestChangedTimes:
    """The time of a task is not always what it was."""

    def test_an_extended_task_is_reminded_by_its_new_time(self, office: Office) -> None:
        begin(office, process())
        office.advance("P5D")
        due = datetime(2026, 5, 10, 9, tzinfo=UTC)  # thirty days after the start
        office.run(UpdateTask(office.task("a").key, {"due_at": due}), OWNER)
        office.advance("P60D")
        assert {(when, about) for when, about, _ in told(office)} == {(24, "reminder"), (30, "escalation")}

    def test_a_shortened_task_escalates_at_once_when_it_is_over(self, office: Office) -> None:
        begin(office, process())
        office.advance("P5D")
        office.run(UpdateTask(office.task("a").key, {"due_at": START + timedelta(days=1)}), OWNER)
        office.settle()
        assert {(when, about) for when, about, _ in told(office)} == {(5, "escalation")}

    def test_a_task_without_a_time_any_more_reminds_nobody(self, office: Office) -> None:
        begin(office, process())
        office.run(UpdateTask(office.task("a").key, {"due_at": None}), OWNER)
        office.advance("P60D")
        assert told(office) == []

    def test_another_change_leaves_the_reminders_as_they_are(self, office: Office) -> None:
        begin(office, process())
        office.advance("P9D")
        office.run(UpdateTask(office.task("a").key, {"priority": 80}), OWNER)
        office.advance("P30D")
        assert {(when, about) for when, about, _ in told(office)} == {(8, "reminder"), (10, "escalation")}

    def test_a_task_that_begins_after_the_time_of_its_step_escalates_at_once(self, office: Office) -> None:
        inner = node("startEvent", "is") + user("a", GROUPS) + user("b", GROUPS) + flows("is a", "a b").replace('id="f', 'id="i')
        box = f"<bpmn:extensionElements>{STEP}</bpmn:extensionElements>"
        begin(office, diagram(node("startEvent", "s") + f'<bpmn:subProcess id="sub">{box}{inner}</bpmn:subProcess>' + flows("s sub")))
        office.advance("P12D").complete("a", ANN)
        late = office.task("b")
        assert [r.about for r in office.rows(t.notification) if r.task_key == late.key] == ["escalation", "escalation"]


class TestDeadlines:
    """Reminders along a statutory clock."""

    CLOCK = '<krabuan:deadline id="dl" from="=aware_at" duration="PT72H" stoppedBy="a"><krabuan:text lang="th">แจ้งสำนักงาน</krabuan:text></krabuan:deadline>'

    def _begin(self, office: Office, *reminders: str) -> Office:
        box = f'<bpmn:extensionElements><krabuan:process ownerUnit="ict"/>{self.CLOCK}{"".join(reminders)}</bpmn:extensionElements>'
        xml = diagram(box + node("startEvent", "s") + user("a", GROUPS) + user("b", GROUPS) + flows("s a", "a b"))
        return begin(office, xml, aware_at=START.isoformat())

    def test_before_after_and_at_the_end(self, office: Office) -> None:
        self._begin(
            office, remind(deadline="dl", after="PT48H", to="role:dpo"), remind(deadline="dl", before="PT12H", to="head"),
            remind(deadline="dl", to="role:director"),
        ).advance("P9D")  # fmt: skip
        assert told(office) == [(2, "reminder", "user:dpo"), (2.5, "reminder", "group:ict"), (3, "escalation", "user:director")]
        (row,) = office.rows(t.deadline)
        assert [w["to"] for w in row.warnings] == [["dpo"], ["ict"], ["director"]]
        assert "แจ้งสำนักงาน" in office.rows(t.notification)[0].subject

    def test_none_after_the_act(self, office: Office) -> None:
        self._begin(office, remind(deadline="dl", after="PT24H", to="role:dpo", repeat="PT24H")).advance("PT30H")
        assert len(told(office)) == 1
        office.complete("a", ANN).advance("P30D")
        assert len(told(office)) == 1

    def test_repeated_until_the_act(self, office: Office) -> None:
        self._begin(office, remind(deadline="dl", after="PT48H", to="role:dpo", repeat="PT12H")).advance("PT72H")
        assert [when for when, _, _ in told(office)] == [2, 2.5, 3]


@pytest.mark.parametrize("action", ["complete", "cancel"])
def test_reminders_end_with_their_task(office: Office, action: str) -> None:
    from engine.commands.cancel_instance import CancelInstance

    begin(office, process())
    key = office.task("a").key
    office.run(CompleteTask(key) if action == "complete" else CancelInstance(office.key), ANN if action == "complete" else OWNER)
    assert {r.state for r in office.rows(t.job) if r.kind == "REMINDER"} == {"CANCELED"}
