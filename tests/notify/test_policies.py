"""Policies of reminders that a diagram draws: whom, when, how often, and what becomes of the task."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

from engine.commands.claim_task import ClaimTask
from engine.commands.delegate_task import DelegateTask
from engine.commands.migrate_instance import MigrateInstance
from engine.commands.suspend_instance import ResumeInstance, SuspendInstance
from engine.commands.update_task import UpdateTask
from engine.store import tables as t
from tests.dsl import OWNER, START, Office
from tests.execution.bench import diagram, flows, node, user
from tests.notify.policies import ANN, STEP, begin, group, people, process, remind, told, within

LOCAL = timedelta(hours=7)  # of Bangkok


def days(office: Office) -> list[float]:
    return [when for when, _, _ in told(office)]


def moments(office: Office) -> list[str]:
    """When each notification was made, by the office's clock."""
    return [f"{row.created_at + LOCAL:%Y-%m-%d %H:%M}" for row in office.rows(t.notification)]


class TestWhom:
    """`to` names several, and each is told once."""

    def test_several_words_with_blanks_or_commas(self, office: Office) -> None:
        group(office, "finance")
        group(office, "dpo", kind="position")
        begin(office, process(remind(before="P2D", to="performer, role:dpo finance somebody"))).advance("P8D")
        assert [who for _, _, who in told(office)] == ["group:finance", "user:zoe", "group:dpo", "user:somebody"]

    def test_who_helps_and_whose_task_it_is(self, office: Office) -> None:
        people(office, "ann", "bob", group="finance") if group(office, "finance") is None else None
        begin(office, process(remind(before="P2D", to="performer")))
        office.run(ClaimTask(office.task("a").key), ANN)
        office.run(DelegateTask(office.task("a").key, "bob", "look at this"), ANN)
        office.advance("P8D")
        assert [who for _, about, who in told(office) if about == "reminder"] == ["user:bob", "user:ann"]


class TestHead:
    """The head of the unit, along the chain of units."""

    def test_of_a_position_the_head_of_its_unit(self, office: Office) -> None:
        group(office, "unit")
        group(office, "finance", kind="position", parent="unit")
        group(office, "boss", head_of="unit", kind="position", parent="unit")
        begin(office, process(remind(to="head"))).advance("P10D")
        assert told(office) == [(10, "escalation", "group:boss")]

    def test_of_the_head_itself_the_head_of_the_unit_above(self, office: Office) -> None:
        group(office, "ministry")
        group(office, "unit", parent="ministry")
        group(office, "finance", head_of="unit", kind="position", parent="unit")
        group(office, "minister", head_of="ministry", kind="position", parent="ministry")
        begin(office, process(remind(to="head"))).advance("P10D")
        assert told(office) == [(10, "escalation", "group:minister")]

    def test_of_a_task_for_one_person_the_head_of_his_or_her_unit(self, office: Office) -> None:
        group(office, "unit")
        group(office, "boss", head_of="unit", kind="position", parent="unit")
        people(office, "ann", group="unit")
        begin(office, process(remind(to="head"), '<zeebe:assignmentDefinition assignee="ann"/>')).advance("P10D")
        assert told(office) == [(0, "task-assigned", "user:ann"), (10, "escalation", "group:boss")]

    def test_without_any_the_head_of_the_owner_unit_then_the_owner_unit(self, office: Office) -> None:
        group(office, "finance", kind="position", parent="nowhere")
        begin(office, process(remind(to="head"))).advance("P10D")
        assert told(office) == [(10, "escalation", "group:ict")]
        group(office, "chief", head_of="ict", kind="position", parent="ict")
        office.start()
        office.advance("P10D")
        assert told(office)[0][1:] == ("escalation", "group:chief")


class TestWhen:
    """Before, after, overdue; on the calendar that the diagram names."""

    def test_overdue_counts_from_the_due_time_and_follows_it(self, office: Office) -> None:
        begin(office, process(remind(overdue="P2D", to="head")))
        office.run(UpdateTask(office.task("a").key, {"due_at": START + timedelta(days=20)}), OWNER)
        office.advance("P30D")
        assert told(office) == [(22, "escalation", "group:ict")]

    def test_a_working_day_before_never_falls_on_a_holiday(self, office: Office) -> None:
        due = datetime(2026, 5, 5, 9, 30, tzinfo=UTC)  # Tuesday; Monday 4 May is Coronation Day
        for calendar in ("working", "calendar"):
            begin(office, process(remind(before="P1D", to="group", calendar=calendar), step=""))
            office.run(UpdateTask(office.task("a").key, {"due_at": due}), OWNER)
        office.advance("P30D")
        assert [f"{row.created_at + LOCAL:%Y-%m-%d %H:%M}" for row in office.rows(t.notification, everything=True)] == [
            "2026-05-01 08:30", "2026-05-04 16:30",
        ]  # fmt: skip

    def test_four_fifths_of_the_working_time_where_the_step_counts_that(self, office: Office) -> None:
        step = '<krabuan:step key="k" number="1" standardTime="P5D" calendar="working"/>'
        begin(office, process(step=step)).advance("P30D")
        # half an hour of Friday 10 April and the 16th, 17th, 20th, 21st, 22nd: 28.4 of 35.5 hours
        assert moments(office)[:2] == ["2026-04-21 16:24", "2026-04-21 16:24"]
        assert moments(office)[-1] == "2026-04-22 16:30"

    def test_working_days_before_over_a_weekend(self, office: Office) -> None:
        begin(office, process(remind(before="P1D", to="group", calendar="working"), step=""))
        due = datetime(2026, 4, 27, 9, 30, tzinfo=UTC)  # Monday 16.30
        office.run(UpdateTask(office.task("a").key, {"due_at": due}), OWNER)
        office.advance("P30D")
        assert moments(office) == ["2026-04-24 08:30"]

    def test_working_hours_before(self, office: Office) -> None:
        begin(office, process(remind(before="PT4H", to="group", calendar="working"), step=""))
        due = datetime(2026, 4, 27, 3, 30, tzinfo=UTC)  # Monday 10.30: two hours of that day, two of Friday
        office.run(UpdateTask(office.task("a").key, {"due_at": due}), OWNER)
        office.advance("P30D")
        assert moments(office) == ["2026-04-24 14:30"]

    def test_what_leads_out_of_all_years_is_left_out(self, office: Office) -> None:
        begin(office, process(remind(before="P3000Y", to="group") + remind(before="P1D", to="group"), step=""))
        office.run(UpdateTask(office.task("a").key, {"due_at": START + timedelta(days=10)}), OWNER)
        office.advance("P30D")
        assert days(office) == [9]

    def test_after_working_days_from_the_beginning(self, office: Office) -> None:
        begin(office, process(remind(after="P3D", to="group", calendar="working"), step="")).advance("P30D")
        assert moments(office) == ["2026-04-20 16:30"]  # Friday before Songkran and three working days

    def test_repeated_on_working_days_at_the_same_time(self, office: Office) -> None:
        begin(office, process(remind(overdue="P1D", to="group", calendar="working", repeat="P1D", limit="3"), step=""))
        office.run(UpdateTask(office.task("a").key, {"due_at": datetime(2026, 4, 10, 9, 30, tzinfo=UTC)}), OWNER)
        office.advance("P30D")
        assert moments(office) == [f"2026-04-{day} 16:30" for day in (16, 17, 20, 21)]


class TestRepetition:
    """Until it is done, or so many times."""

    def test_at_most_so_many_times_more(self, office: Office) -> None:
        begin(office, process(remind(before="P2D", to="group", repeat="P1D", limit="2"))).advance("P40D")
        assert days(office) == [8, 9, 10]

    def test_goes_on_by_the_new_time_when_that_is_changed(self, office: Office) -> None:
        begin(office, process(remind(before="P2D", to="group", repeat="P1D")))
        office.advance("P8D")
        office.run(UpdateTask(office.task("a").key, {"due_at": START + timedelta(days=9)}), OWNER)
        office.advance("P2D")
        assert days(office) == [8, 9, 10]

    def test_goes_on_after_a_suspension_once_not_for_each_day(self, office: Office) -> None:
        begin(office, process(remind(before="P2D", to="group", repeat="P1D")))
        office.run(SuspendInstance(office.key), OWNER)
        office.advance("P11D")
        assert days(office) == []
        office.run(ResumeInstance(office.key), OWNER)
        office.settle()
        office.advance("P1D")
        assert days(office) == [11, 12]

    def test_a_time_that_is_changed_while_suspended_holds_afterwards(self, office: Office) -> None:
        begin(office, process(remind(before="P2D", to="group")))
        office.run(SuspendInstance(office.key), OWNER)
        assert {r.state for r in office.rows(t.job) if r.kind == "REMINDER"} == {"SUSPENDED"}
        office.run(ResumeInstance(office.key), OWNER)
        office.run(UpdateTask(office.task("a").key, {"due_at": START + timedelta(days=20)}), OWNER)
        office.advance("P30D")
        assert days(office) == [18]


class TestInherited:
    """A task has its own policy, else that of the sub-process around it, else the process's."""

    def test_the_process_speaks_for_tasks_that_say_nothing(self, office: Office) -> None:
        begin(office, process(policy=remind(before="P3D", to="group"))).advance("P30D")
        assert told(office) == [(7, "reminder", "group:finance")]

    def test_the_nearest_wins(self, office: Office) -> None:
        begin(office, process(remind(before="P1D", to="group"), policy=remind(before="P3D", to="group"))).advance("P30D")
        assert days(office) == [9]
        box = STEP + remind(before="P2D", to="group")
        office.deploy(within(box, "", remind(before="P1D", to="group"), policy=remind(before="P3D", to="group")))
        office.start()
        office.advance("P8D").complete("t0", ANN).advance("P30D")
        start = office.instance.started_at
        assert [(row.created_at - start) / timedelta(days=1) for row in office.rows(t.notification)] == [8, 9]

    def test_a_deadlines_reminder_is_not_one_of_the_tasks(self, office: Office) -> None:
        clock = '<krabuan:deadline id="dl" from="=aware_at" duration="P30D"/>' + remind(deadline="dl", before="P1D", to="boss")
        begin(office, process(policy=clock), aware_at=START.isoformat()).advance("P31D")
        assert [about for _, about, _ in told(office)] == ["reminder", "reminder", "escalation", "reminder"]


class TestDeadlines:
    """What the diagram says along a clock of the law."""

    CLOCK = '<krabuan:deadline id="dl" from="=aware_at" duration="PT72H" stoppedBy="b"/>'

    def _begin(self, office: Office, *reminders: str, aware_at: str = START.isoformat()) -> Office:
        box = f'<bpmn:extensionElements><krabuan:process ownerUnit="ict"/>{self.CLOCK}{"".join(reminders)}</bpmn:extensionElements>'
        of_a, of_b = (f'<zeebe:assignmentDefinition candidateGroups="{g}"/>' for g in ("finance", "legal"))
        xml = diagram(box + node("startEvent", "s") + user("a", of_a) + user("b", of_b) + flows("s a", "a b"))
        return begin(office, xml, aware_at=aware_at)

    def test_the_performer_is_who_has_the_act_and_before_it_who_has_the_case(self, office: Office) -> None:
        self._begin(office, remind(deadline="dl", after="PT24H", to="performer", repeat="PT24H")).advance("PT24H")
        office.complete("a", ANN).advance("PT24H")
        assert [who for _, _, who in told(office)] == ["group:finance", "group:legal"]

    def test_overdue_and_repeated_with_a_limit(self, office: Office) -> None:
        self._begin(office, remind(deadline="dl", overdue="P1D", to="boss", repeat="P1D", limit="1")).advance("P30D")
        assert told(office) == [(4, "escalation", "user:boss"), (5, "escalation", "user:boss")]

    def test_what_is_over_already_when_it_is_found_out_is_told_at_once(self, office: Office) -> None:
        late = (START - timedelta(days=5)).isoformat()
        self._begin(office, remind(deadline="dl", to="boss"), remind(deadline="dl", before="P1D", to="dpo"), aware_at=late)
        office.settle()
        assert told(office) == [(0, "escalation", "user:boss")]


class TestMigration:
    """A case goes on by another version of its diagram, and so do its reminders."""

    def _migrate(self, office: Office, xml: bytes) -> None:
        target = int(office.deploy(xml)["deployments"][0]["processDefinition"]["processDefinitionKey"])
        office.run(MigrateInstance(office.key, target, (("a", "a"),), "a new policy"), OWNER)

    def test_what_is_to_come_follows_the_new_version(self, office: Office) -> None:
        begin(office, process(remind(before="P2D", to="group"))).advance("P5D")
        self._migrate(office, process(remind(before="P1D", to="boss")))
        office.advance("P30D")
        assert told(office) == [(9, "reminder", "user:boss")]

    def test_what_was_told_is_not_told_again(self, office: Office) -> None:
        xml = process(remind(to="group") + remind(before="P1D", to="zoe", repeat="P2D"))
        begin(office, xml).advance("P12D")
        before = told(office)
        self._migrate(office, process(remind(to="group") + remind(before="P1D", to="zoe", repeat="P2D") + remind(after="P90D")))
        office.settle()
        assert told(office) == before
        office.advance("P1D")
        assert [when for when, _, who in told(office) if who == "user:zoe"] == [9, 11, 13]


def test_a_reminder_of_an_earlier_release_is_still_given(office: Office) -> None:
    """Its row says less: one recipient, one action, no calendar, no limit."""
    begin(office, process(remind(before="P2D", to="group")))
    row: Any = next(r for r in office.rows(t.job) if r.kind == "REMINDER")
    with office.database.write() as db:
        old = {"to": "performer", "action": "notify", "repeat": None, "about": "reminder"}
        db.execute(t.job.update().where(t.job.c.key == row.key).values(payload=old))
    office.advance("P30D")
    assert told(office) == [(8, "reminder", "group:finance"), (8, "reminder", "user:zoe")]
