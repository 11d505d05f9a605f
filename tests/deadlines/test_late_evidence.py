"""Evidence that comes after the act: the clock is judged by when the act was done, and runs for nobody."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime

import pytest

from engine.commands.modify_instance import Activation, ModifyInstance
from engine.commands.set_variables import SetVariables
from engine.store import tables as t
from tests.deadlines.diagrams import LATE, NOW, E, S, boxed, clock, clocks, process, records, states
from tests.dsl import OWNER, Office
from tests.execution.bench import diagram, flows, node, user

BOSS = replace(OWNER, id="boss")


@pytest.mark.parametrize(
    ("aware_at", "state"),
    [
        ("2026-04-07T16:00:00+07:00", "KEPT"),
        ("2026-04-07T15:59:59.999999+07:00", "LATE"),
        ("2026-03-26T16:00:00+07:00", "LATE"),
        ("2026-03-26T15:59:59.999999+07:00", "OUT_OF_TERM"),
        ("2026-04-11T16:00:00+07:00", "KEPT"),  # aware after the act
    ],
)
def test_it_is_judged_by_the_moment_of_the_act(office: Office, aware_at: str, state: str) -> None:
    office.deploy(process(clock(more=LATE)))
    office.start()
    office.complete("a").complete("b")
    office.advance("P3D")
    office.complete("c", aware_at=aware_at, why="found late")
    (row,) = clocks(office)
    assert (row.state, row.stopped_at, row.stopped_by_element) == (state, datetime(2026, 4, 10, 9, tzinfo=UTC), "b")
    assert office.event("deadline-stopped")["stoppedAt"] == "2026-04-10T09:00:00+00:00"
    assert {job.state for job in office.rows(t.job)} <= {"CANCELED", "COMPLETED"}
    assert office.verified()


def test_the_register_names_who_did_the_act_then_not_who_brings_the_evidence_now(office: Office) -> None:
    office.deploy(process(clock()))
    office.start()
    office.complete("a").complete("b", OWNER)
    office.run(SetVariables(office.key, {"aware_at": NOW}), BOSS)
    started, stopped = records(office)
    assert (started.by, stopped.by, stopped.element_id) == ("boss", "owner", "b")
    assert office.task("c").statutory_due_at is None


def test_an_act_that_is_being_done_again_stops_the_clock_when_it_is_done(office: Office) -> None:
    office.deploy(process(clock()))
    office.start()
    office.complete("a").complete("b")
    office.run(ModifyInstance(office.key, activate=(Activation("b"),), reason="once more"), OWNER)
    office.run(SetVariables(office.key, {"aware_at": NOW}), OWNER)
    assert states(office) == ["RUNNING"]
    office.complete("b")
    assert states(office) == ["KEPT"]


def test_an_act_that_was_withdrawn_is_none(office: Office) -> None:
    """A task that was cancelled has not been done."""
    timer = "<bpmn:timerEventDefinition><bpmn:timeDuration>PT1H</bpmn:timeDuration></bpmn:timerEventDefinition>"
    late = node("boundaryEvent", "t", body=timer, attributes='attachedToRef="b"')
    office.deploy(diagram(boxed(clock()) + S + user("b") + late + user("c") + E + flows("s b", "b e", "t c", "c e")))
    office.start()
    office.advance("PT1H")
    office.run(SetVariables(office.key, {"aware_at": NOW}), OWNER)
    assert states(office) == ["RUNNING"]


def test_in_a_sub_process_only_its_own_act_counts(office: Office) -> None:
    """Each round has its clock: what was done in the round before stops none of this one."""
    inner = node("startEvent", "is") + user("b") + user("d") + flows("is b", "b d").replace('id="f', 'id="i')
    sub = f'<bpmn:subProcess id="sub">{boxed(clock())}{inner}</bpmn:subProcess>'
    gateway = node("exclusiveGateway", "g", attributes='default="f4"')
    office.deploy(diagram(S + sub + gateway + E + flows("s sub", "sub g", "g sub: =again", "g e")))
    office.start(again=True)
    office.complete("b").complete("d")
    assert (states(office), office.waiting) == ([], ["b"])
    office.run(SetVariables(office.key, {"aware_at": NOW}), OWNER)
    assert states(office) == ["RUNNING"]
    office.complete("b")
    assert states(office) == ["KEPT"]


def test_in_a_sub_process_the_act_of_this_round_counts(office: Office) -> None:
    inner = node("startEvent", "is") + user("b") + user("d") + flows("is b", "b d").replace('id="f', 'id="i')
    sub = f'<bpmn:subProcess id="sub">{boxed(clock())}{inner}</bpmn:subProcess>'
    office.deploy(diagram(S + sub + E + flows("s sub", "sub e")))
    office.start()
    office.complete("b")
    office.run(SetVariables(office.key, {"aware_at": NOW}), OWNER)
    assert states(office) == ["KEPT"]


def test_evidence_that_comes_with_the_end_of_the_case(office: Office) -> None:
    office.deploy(process(clock(more=LATE)))
    office.start()
    office.complete("a").complete("b").complete("c", aware_at="2026-04-01T16:00:00+07:00", why="found late")
    assert (office.instance.state, states(office)) == ("COMPLETED", ["LATE"])
    assert clocks(office)[0].late_reasons == "found late"
