"""A clock keeps running: through modification, migration, suspension, calls, and tasks that are taken back."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from engine.commands.extend_deadline import ExtendDeadline
from engine.commands.migrate_instance import MigrateInstance
from engine.commands.modify_instance import Activation, ModifyInstance, Move, Selection
from engine.commands.recall_task import RecallTask
from engine.commands.suspend_instance import ResumeInstance, SuspendInstance
from engine.errors import MigrationRefused
from engine.store import tables as t
from tests.deadlines.diagrams import LATE, NOW, E, S, boxed, clock, clocks, process, records, states
from tests.dsl import OWNER, Office
from tests.execution.bench import diagram, flows, node, user

WHY = "asked for by the auditor"
DUE = datetime(2026, 4, 13, 9, tzinfo=UTC)
CALLED = '<zeebe:calledElement processId="q" propagateAllChildVariables="true"/>'


def migrate(office: Office, xml: bytes, *same: str) -> None:
    """To that version; of the tasks that are named, each to itself."""
    target = int(office.deploy(xml)["deployments"][0]["processDefinition"]["processDefinitionKey"])
    office.run(MigrateInstance(office.key, target, tuple((e, e) for e in same), WHY), OWNER)


def move(office: Office, source: str, target: str) -> None:
    office.run(ModifyInstance(office.key, move=(Move(Selection(source), Activation(target)),), reason=WHY), OWNER)
    office.settle()


class TestModification:
    """Tokens moved by hand."""

    def test_who_jumps_over_the_act_has_not_done_it(self, office: Office) -> None:
        office.deploy(process(clock()))
        office.start(aware_at=NOW)
        move(office, "a", "c")
        assert (states(office), office.waiting) == (["RUNNING"], ["c"])
        assert office.task("c").statutory_due_at == DUE
        office.advance("P4D")
        assert states(office) == ["MISSED"]

    def test_the_act_that_is_terminated_by_hand_is_not_done(self, office: Office) -> None:
        office.deploy(process(clock()))
        office.start(aware_at=NOW)
        office.complete("a")
        move(office, "b", "a")
        assert states(office) == ["RUNNING"]
        office.complete("a").complete("b")
        assert states(office) == ["KEPT"]

    def test_a_stopped_clock_stays_stopped_when_the_case_goes_back(self, office: Office) -> None:
        office.deploy(process(clock()))
        office.start(aware_at=NOW)
        office.complete("a").complete("b")
        move(office, "c", "a")
        office.advance("P9D").complete("a").complete("b")
        assert (states(office), len(records(office, "STOPPED"))) == (["KEPT"], 1)

    def test_into_a_sub_process_its_clock_begins(self, office: Office) -> None:
        inner = node("startEvent", "is") + user("b") + flows("is b").replace('id="f', 'id="i')
        sub = f'<bpmn:subProcess id="sub">{boxed(clock())}{inner}</bpmn:subProcess>'
        office.deploy(diagram(S + user("a") + sub + user("c") + E + flows("s a", "a sub", "sub c", "c e")))
        office.start(aware_at=NOW)
        move(office, "a", "b")
        assert states(office) == ["RUNNING"]
        move(office, "b", "c")
        assert states(office) == ["CANCELLED"]


class TestMigration:
    """Another version says something else of the deadlines."""

    def test_another_term_moves_the_clock_and_what_falls_due_of_it(self, office: Office) -> None:
        office.deploy(process(clock()))
        office.start(aware_at=NOW)
        reminder = '<krabuan:reminder deadline="dl" before="PT24H" to="staff_group"/>'
        migrate(office, process(clock(more='duration="PT96H"'), reminder), "a")
        (row,) = clocks(office)
        assert (row.due_at, row.definition_key) == (DUE + timedelta(hours=24), office.instance.definition_key)
        assert office.event("deadline-moved")["before"]["dueAt"] == DUE.isoformat()
        assert (office.task("a").statutory_due_at, records(office)[-1].kind) == (row.due_at, "MOVED")
        office.advance("PT72H1S")
        assert (states(office), len(office.events("reminder-sent"))) == (["RUNNING"], 1)
        office.advance("PT24H")
        assert states(office) == ["MISSED"]

    def test_a_shorter_term_may_be_over_at_once(self, office: Office) -> None:
        office.deploy(process(clock(more='duration="PT96H"')))
        office.start(aware_at=NOW)
        office.advance("PT80H")
        migrate(office, process(clock()), "a")
        assert states(office) == ["MISSED"]
        office.advance("P1D")
        assert office.complete("a").complete("b").event("deadline-stopped")["state"] == "LATE"

    def test_the_same_term_moves_nothing(self, office: Office) -> None:
        office.deploy(process(clock()))
        office.start(aware_at=NOW)
        migrate(office, process(clock(), "<krabuan:process/>"), "a")
        assert (states(office), office.events("deadline-moved"), len(records(office))) == (["RUNNING"], [], 1)
        office.advance("PT72H1S")
        assert (states(office), len(office.events("deadline-missed"))) == (["MISSED"], 1)

    def test_an_extension_comes_along(self, office: Office) -> None:
        office.deploy(process(clock(more=LATE)))
        office.start(aware_at=NOW)
        office.run(ExtendDeadline(clocks(office)[0].key, DUE + timedelta(days=2), WHY), OWNER)
        migrate(office, process(clock(more=LATE.replace("PT72H", "PT80H"))), "a")
        assert clocks(office)[0].due_at == DUE + timedelta(days=2)

    def test_a_new_deadline_begins_with_the_migration(self, office: Office) -> None:
        office.deploy(process())
        office.start(aware_at=NOW)
        office.advance("PT80H")
        migrate(office, process(clock()), "a")
        assert (states(office), office.task("a").statutory_due_at) == (["MISSED"], DUE)

    def test_a_new_deadline_whose_act_is_done_was_kept(self, office: Office) -> None:
        office.deploy(process())
        office.start(aware_at=NOW)
        office.complete("a").complete("b").advance("P9D")
        migrate(office, process(clock()), "c")
        assert (states(office), office.task("c").statutory_due_at) == (["KEPT"], None)

    @pytest.mark.parametrize("kind", ["statutory", "internal"])
    def test_one_that_runs_is_not_lost(self, office: Office, kind: str) -> None:
        office.deploy(process(clock(kind=kind)))
        office.start(aware_at=NOW)
        with pytest.raises(MigrationRefused):
            migrate(office, process(), "a")
        office.complete("a").complete("b")
        migrate(office, process(), "c")
        assert states(office) == ["KEPT"]


class TestSuspension:
    """The law does not wait."""

    REMINDER = '<krabuan:reminder deadline="dl" before="PT24H" to="staff_group"/>'

    def test_the_clock_runs_on_warns_and_is_missed(self, office: Office) -> None:
        office.deploy(process(clock(more=LATE), self.REMINDER))
        office.start(aware_at=NOW)
        office.run(SuspendInstance(office.key, WHY), OWNER)
        office.advance("PT48H")
        assert len(office.rows(t.notification)) == 1
        assert clocks(office)[0].warnings[0]["to"] == ["staff_group"]
        office.advance("P15D")
        assert (states(office), len(office.events("deadline-missed", "deadline-out-of-term"))) == (["OUT_OF_TERM"], 2)
        office.run(ResumeInstance(office.key, WHY), OWNER)
        office.complete("a").complete("b", why="it was suspended")
        assert (states(office), clocks(office)[0].late_reasons) == (["OUT_OF_TERM"], "it was suspended")


class TestCalls:
    """Clocks of a process that is called, and over a call."""

    def test_a_call_may_be_the_act(self, office: Office) -> None:
        call = node("callActivity", "b", CALLED)
        xml = diagram(boxed(clock()) + S + call + user("c") + E + flows("s b", "b c", "c e"))
        office.deploy(("p.bpmn", xml), ("q.bpmn", diagram(S + user("x") + E + flows("s x", "x e"), process_id="q")))
        office.start(aware_at=NOW)
        assert states(office) == ["RUNNING"]
        key, office.key = office.key, office.rows(t.process_instance, everything=True)[-1].key
        office.complete("x")
        office.key = key
        assert states(office) == ["KEPT"]

    def test_evidence_from_a_call_starts_the_clock_of_the_caller(self, office: Office) -> None:
        call = node("callActivity", "a", CALLED)
        xml = diagram(boxed(clock()) + S + call + user("b") + E + flows("s a", "a b", "b e"))
        office.deploy(("p.bpmn", xml), ("q.bpmn", diagram(S + user("x") + E + flows("s x", "x e"), process_id="q")))
        office.start()
        key, office.key = office.key, office.rows(t.process_instance, everything=True)[-1].key
        office.complete("x", aware_at=NOW)
        office.key = key
        assert (states(office), office.task("b").statutory_due_at) == (["RUNNING"], DUE)

    def test_a_called_process_has_clocks_of_its_own_which_end_with_the_call(self, office: Office) -> None:
        call = node("callActivity", "a", CALLED)
        xml = diagram(S + call + user("c") + E + flows("s a", "a c", "c e"))
        inner = diagram(boxed(clock()) + S + user("x") + user("b") + E + flows("s x", "x b", "b e"), process_id="q")
        office.deploy(("p.bpmn", xml), ("q.bpmn", inner))
        office.start(aware_at=NOW)
        key, office.key = office.key, office.rows(t.process_instance, everything=True)[-1].key
        child = office.key
        assert states(office) == ["RUNNING"]
        office.key = key
        move(office, "a", "c")
        office.key = child
        assert (states(office), office.instance.state) == (["CANCELLED"], "TERMINATED")


def test_a_recalled_act_lets_the_clock_run_on_and_the_register_says_so(office: Office) -> None:
    xml = diagram(
        boxed(clock()) + S + user("a") + user("b", "<krabuan:recall/>") + user("c") + E
        + flows("s a", "a b", "b c", "c e")
    )  # fmt: skip
    office.deploy(xml)
    office.start(aware_at=NOW)
    office.complete("a")
    done = office.task("b").key
    office.complete("b")
    assert states(office) == ["KEPT"]
    office.run(RecallTask(done, "a page is missing"), OWNER)
    assert (states(office), office.task("b").statutory_due_at) == (["RUNNING"], DUE)
    office.advance("P4D").complete("b")
    assert (states(office), [r.kind for r in records(office)]) == (["LATE"], ["STARTED", "STOPPED", "RESUMED", "STOPPED"])
    assert office.verified()


def test_in_a_loop_each_round_has_its_own_records(office: Office) -> None:
    inner = node("startEvent", "is") + user("b") + flows("is b").replace('id="f', 'id="i')
    sub = f'<bpmn:subProcess id="sub">{boxed(clock(proof="receipt"))}{inner}</bpmn:subProcess>'
    gateway = node("exclusiveGateway", "g", attributes='default="f4"')
    office.deploy(diagram(S + sub + gateway + E + flows("s sub", "sub g", "g sub: =again", "g e")))
    office.start(aware_at=NOW, again=True)
    office.complete("b", receipt="1")
    office.complete("b", receipt="2", again=False)
    first, second = clocks(office)
    told = [(r.deadline_key, r.data.get("receipt")) for r in records(office, "STOPPED")]
    assert told == [(first.key, "1"), (second.key, "2")]


@pytest.mark.parametrize(("wait", "state"), [("PT72H", "RUNNING"), ("PT72H0.000001S", "MISSED")])
def test_the_last_microsecond_of_an_open_clock(office: Office, wait: str, state: str) -> None:
    office.deploy(process(clock()))
    office.start(aware_at=NOW)
    office.advance(wait)
    assert states(office) == [state]
