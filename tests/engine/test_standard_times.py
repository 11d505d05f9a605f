"""What is written down of standard times while cases run: when a step's time is over, since when somebody has a task."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from engine.commands.claim_task import ClaimTask
from engine.commands.complete_task import CompleteTask
from engine.commands.delete_instance import DeleteInstance
from engine.commands.migrate_instance import MigrateInstance
from engine.commands.recall_task import RecallTask
from engine.commands.unassign_task import UnassignTask
from engine.commands.update_task import UpdateTask
from engine.store import tables as t
from engine.store.measured import cases_done, steps_done, tasks_done
from tests.dsl import ADMIN, OWNER, START, Office, person
from tests.execution.bench import diagram, flows, node, user

DAY = timedelta(days=1)
FINANCE = '<zeebe:assignmentDefinition candidateGroups="finance"/>'
ANN, BEN = person("ann", "finance"), person("ben", "finance")
LOOP = (
    '<bpmn:multiInstanceLoopCharacteristics isSequential="true"><bpmn:extensionElements>'
    '<zeebe:loopCharacteristics inputCollection="=[1, 2]"/></bpmn:extensionElements>'
    "</bpmn:multiInstanceLoopCharacteristics>"
)


def step(days: int, key: str = "k") -> str:
    return f'<krabuan:step key="{key}" standardTime="P{days}D" calendar="calendar"/>'


def one_task(extra: str = "", body: str = "", after: str = "") -> bytes:
    rest = user("b") + flows("s a", "a b", "b e") if after else flows("s a", "a e")
    return diagram(node("startEvent", "s") + user("a", FINANCE + extra, body) + node("endEvent", "e") + rest)


def measured(office: Office) -> list[tuple[str, datetime | None]]:
    """The elements of the case with the end of their standard time, in the order in which they began."""
    return [(r.element_id, r.standard_due_at) for r in office.rows(t.element_instance) if r.standard_due_at]


def done(office: Office, query: Any) -> list[tuple[Any, ...]]:
    with office.database.read() as db:
        return [(getattr(r, "element_id", None), r.version, r.kept) for r in db.execute(query)]


class TestSteps:
    """When the standard time of a step is over stands with the element that carries it."""

    def test_the_step_of_a_task_is_kept_until_the_last_moment(self, office: Office) -> None:
        office.deploy(one_task(step(1)))
        office.start()
        assert measured(office) == [("a", START + DAY)]
        assert office.task("a").standard_due_at == START + DAY
        office.advance("P1D").complete("a")
        assert done(office, steps_done()) == done(office, tasks_done()) == [("a", 1, 1)]
        assert done(office, cases_done()) == [(None, 1, 1)]

    def test_one_moment_later_it_is_not(self, office: Office) -> None:
        office.deploy(one_task(step(1)))
        office.start()
        office.clock.set(START + DAY + timedelta(microseconds=1))
        office.complete("a")
        assert done(office, steps_done()) == done(office, tasks_done()) == [("a", 1, 0)]
        assert done(office, cases_done()) == [(None, 1, 0)]

    def test_a_due_time_that_was_moved_by_hand_changes_no_standard_time(self, office: Office) -> None:
        office.deploy(one_task(step(1)))
        office.start()
        office.run(UpdateTask(office.task("a").key, {"due_at": START + 9 * DAY}), OWNER)
        assert (office.task("a").due_at, office.task("a").standard_due_at) == (START + 9 * DAY, START + DAY)
        office.advance("P2D").complete("a")
        assert done(office, tasks_done()) == [("a", 1, 0)]

    def test_a_due_time_of_the_diagram_neither(self, office: Office) -> None:
        office.deploy(one_task('<zeebe:taskSchedule dueDate="2026-05-01T00:00:00Z"/>' + step(1)))
        office.start()
        assert office.task("a").due_at.month == 5
        assert office.task("a").standard_due_at == START + DAY

    def test_what_has_no_standard_time_is_no_step_to_measure(self, office: Office) -> None:
        office.deploy(one_task('<krabuan:step key="k"/>'))
        office.start()
        office.complete("a")
        assert done(office, steps_done()) == done(office, cases_done()) == []
        assert done(office, tasks_done()) == [("a", 1, None)]

    def test_of_a_step_of_several_tasks_the_whole_is_a_step(self, office: Office) -> None:
        inner = node("startEvent", "s2") + user("a") + user("b") + node("endEvent", "e2")
        inner += flows("s2 a", "a b", "b e2").replace('id="f', 'id="g')
        body = node("startEvent", "s") + node("subProcess", "sub", step(2), inner) + node("endEvent", "e")
        office.deploy(diagram(body + flows("s sub", "sub e")))
        office.start()
        office.advance("P1D").complete("a").advance("P2D").complete("b")
        assert measured(office) == [("sub", START + 2 * DAY)]
        assert done(office, steps_done()) == [("sub", 1, 0)]
        assert sorted(done(office, tasks_done())) == [("a", 1, 1), ("b", 1, 0)]

    def test_of_many_each_time_is_a_step_of_its_own(self, office: Office) -> None:
        office.deploy(one_task(step(1), LOOP))
        office.start()
        office.complete("a").advance("PT12H").complete("a")
        assert measured(office) == [("a", START + DAY), ("a", START + DAY)]
        assert done(office, steps_done()) == [("a", 1, 1), ("a", 1, 1)]
        assert done(office, cases_done()) == [(None, 1, 1)]

    def test_what_was_withdrawn_counts_for_nothing(self, office: Office) -> None:
        cut = '<bpmn:boundaryEvent id="t" attachedToRef="a"><bpmn:timerEventDefinition><bpmn:timeDuration>P3D'
        cut += "</bpmn:timeDuration></bpmn:timerEventDefinition></bpmn:boundaryEvent>"
        body = node("startEvent", "s") + user("a", step(1)) + cut + node("endEvent", "e")
        office.deploy(diagram(body + flows("s a", "a e", "t e")))
        office.start()
        office.advance("P4D")
        assert office.instance.state == "COMPLETED"
        assert done(office, steps_done()) == done(office, tasks_done()) == done(office, cases_done()) == []

    def test_after_a_migration_it_counts_for_the_version_that_it_ended_in(self, office: Office) -> None:
        office.deploy(one_task(step(1)))
        office.start()
        office.deploy(one_task(step(5)))
        newest = office.rows(t.process_definition, everything=True)[-1].key
        office.run(MigrateInstance(office.key, newest, (("a", "a"),), "แก้ไข"), OWNER)
        office.advance("P2D").complete("a")
        assert done(office, steps_done()) == done(office, tasks_done()) == [("a", 2, 0)]


class TestClaimed:
    """Since when a task is somebody's: it waits until then, and is worked on from then on."""

    def test_the_first_claim_counts_whoever_has_it_later(self, office: Office) -> None:
        office.deploy(one_task())
        office.start()
        key = office.task("a").key
        assert office.task("a").claimed_at is None
        office.advance("PT1H").run(ClaimTask(key), ANN)
        office.advance("PT1H").run(UnassignTask(key), ANN)
        office.advance("PT1H").run(ClaimTask(key), BEN)
        assert office.task("a").claimed_at == START + timedelta(hours=1)
        office.run(CompleteTask(key), BEN)
        assert [r.claimed_at for r in office.rows(t.user_task)] == [START + timedelta(hours=1)]

    def test_a_task_that_the_diagram_gives_to_somebody_does_not_wait(self, office: Office) -> None:
        office.deploy(diagram(
            node("startEvent", "s") + user("a", '<zeebe:assignmentDefinition assignee="ann"/>') + flows("s a")
        ))  # fmt: skip
        office.start()
        assert office.task("a").claimed_at == START


def test_what_is_taken_back_is_measured_once_by_its_first_time(office: Office) -> None:
    office.deploy(one_task("<krabuan:recall/>" + step(1), after="b"))
    office.start()
    office.complete("a", ANN).advance("PT1H")
    first = next(r for r in office.rows(t.user_task) if r.element_id == "a")
    office.run(RecallTask(first.key, "ลืมแนบ"), ANN)
    assert office.task("a").standard_due_at == START + DAY
    assert measured(office) == [("a", START + DAY)]
    office.advance("P2D").complete("a", ANN)
    assert done(office, steps_done()) == [("a", 1, 0)]
    assert [(e, kept) for e, _, kept in done(office, tasks_done()) if kept is not None] == [("a", 0)]


class TestDeletion:
    """What is counted of a case outlives it; who did it does not."""

    def figures(self, office: Office) -> dict[tuple[str, str, str, str], tuple[int, int]]:
        rows = office.rows(t.deleted_figure, everything=True)
        return {(r.counts, r.month, r.element_id, r.candidate_groups): (r.counted, r.kept) for r in rows}

    def test_figures_are_added_up_by_month_without_people(self, office: Office) -> None:
        office.deploy(one_task(step(1)))
        for days in ("PT1H", "P2D", "P20D"):
            office.start()
            office.advance(days).complete("a", ANN)
            office.run(DeleteInstance(office.key, "พ้นกำหนดเก็บ"), ADMIN)
        of_a = '["finance"]'
        assert self.figures(office) == {
            ("STEP", "2026-04", "a", "[]"): (2, 1), ("CASE", "2026-04", "", "[]"): (2, 1),
            ("TASK", "2026-04", "a", of_a): (2, 1), ("STEP", "2026-05", "a", "[]"): (1, 0),
            ("CASE", "2026-05", "", "[]"): (1, 0), ("TASK", "2026-05", "a", of_a): (1, 0),
        }  # fmt: skip
        assert "ann" not in str(office.rows(t.deleted_figure, everything=True))

    def test_the_month_is_that_of_the_office(self, office: Office) -> None:
        office.deploy(one_task(step(1)))
        office.clock.set(datetime.fromisoformat("2026-04-30T16:59:59Z"))
        office.start()
        office.clock.set(datetime.fromisoformat("2026-04-30T17:00:00Z"))
        office.complete("a")
        office.run(DeleteInstance(office.key), ADMIN)
        assert {month for _, month, _, _ in self.figures(office)} == {"2026-05"}

    def test_afterwards_nothing_is_left_to_be_counted_again(self, office: Office) -> None:
        office.deploy(one_task(step(1)))
        office.start()
        office.complete("a")
        office.run(DeleteInstance(office.key), ADMIN)
        assert done(office, steps_done()) == done(office, tasks_done()) == done(office, cases_done()) == []
