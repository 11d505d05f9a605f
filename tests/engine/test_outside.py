"""What comes from outside the case: timers, messages, signals, called and calling processes."""

from __future__ import annotations

import pytest

from engine.commands.broadcast_signal import BroadcastSignal
from engine.commands.correlate_message import CorrelateMessage
from engine.commands.publish_message import PublishMessage
from engine.errors import AlreadyExists, NotFound
from engine.store import tables as t
from tests.dsl import OWNER, WORKER, Office
from tests.execution.bench import diagram, flows, node, user

START, END = node("startEvent", "s"), node("endEvent", "e")
PAPER = '<bpmn:message id="M" name="paper"><bpmn:extensionElements><zeebe:subscription correlationKey="=no"/></bpmn:extensionElements></bpmn:message>'
WAITS = diagram(START + node("receiveTask", "r", attributes='messageRef="M"') + user("u") + flows("s r", "r u"), PAPER)


def _timer(kind: str, value: str) -> str:
    return f"<bpmn:timerEventDefinition><bpmn:time{kind}>{value}</bpmn:time{kind}></bpmn:timerEventDefinition>"


def test_a_timer_fires_once_at_its_time(office: Office) -> None:
    boundary = f'<bpmn:boundaryEvent id="t" attachedToRef="a" cancelActivity="false">{_timer("Duration", "PT1H")}</bpmn:boundaryEvent>'
    office.deploy(diagram(START + user("a") + boundary + user("late") + flows("s a", "t late")))
    office.start()
    office.advance("PT59M")
    assert office.waiting == ["a"]
    office.advance("PT1M").advance("P7D")
    assert office.waiting == ["a", "late"]
    assert office.events("timer-fired") == [("timer-fired", "t")]


def test_a_cycle_starts_cases_again_and_again(office: Office) -> None:
    office.deploy(diagram(node("startEvent", "ts", body=_timer("Cycle", "R3/P1D")) + user("a") + flows("ts a")))
    office.advance("P10D")
    assert len(office.rows(t.process_instance, everything=True)) == 3


def test_a_new_version_disarms_the_start_timers_of_the_old(office: Office) -> None:
    office.deploy(diagram(node("startEvent", "ts", body=_timer("Cycle", "R/P1D")) + user("a") + flows("ts a")))
    office.deploy(diagram(node("startEvent", "ts", body=_timer("Cycle", "R/P7D")) + user("a") + flows("ts a")))
    office.advance("P8D")
    assert [r.version for r in office.rows(t.process_instance, everything=True)] == [2]


class TestMessages:
    """8 of the API reference; section 4 of the dialect."""

    def test_a_message_reaches_the_case_with_its_key(self, office: Office) -> None:
        office.deploy(WAITS)
        first = office.start(no="A")
        office.start(no="B")
        answer = office.run(CorrelateMessage("paper", "A", {"got": 1}), WORKER)
        assert answer["processInstanceKey"] == str(first)
        assert office.waiting == []
        office.key = first
        assert (office.waiting, office.variables["got"]) == (["u"], 1)

    def test_a_message_that_nobody_waits_for_is_not_correlated(self, office: Office) -> None:
        office.deploy(WAITS)
        office.start(no="A")
        with pytest.raises(NotFound):
            office.run(CorrelateMessage("paper", "Z"), WORKER)

    def test_a_kept_message_reaches_who_begins_to_wait_in_time(self, office: Office) -> None:
        office.deploy(WAITS)
        office.run(PublishMessage("paper", "A", 60_000, "id1", {"got": 2}), WORKER)
        with pytest.raises(AlreadyExists):
            office.run(PublishMessage("paper", "A", 60_000, "id1"), WORKER)
        office.start(no="A")
        assert (office.waiting, office.variables["got"]) == (["u"], 2)
        office.start(no="A")  # one message reaches one case of a process
        assert office.waiting == []
        office.advance("PT2M")
        office.run(PublishMessage("paper", "B", 60_000, None), WORKER)
        office.advance("PT2M")
        office.start(no="B")
        assert office.waiting == []

    def test_a_message_start_event_starts_one_case_per_key(self, office: Office) -> None:
        starts = node("startEvent", "ms", body='<bpmn:messageEventDefinition messageRef="M"/>')
        office.deploy(diagram(starts + user("a") + END + flows("ms a", "a e"), '<bpmn:message id="M" name="begin"/>'))
        office.run(PublishMessage("begin", "K", 0, None, {"x": 1}), WORKER)
        office.run(PublishMessage("begin", "K", 0, None, {"x": 2}), WORKER)
        (case,) = office.rows(t.process_instance, everything=True)
        office.key = case.key
        assert office.variables == {"x": 1}
        office.complete("a")
        office.run(PublishMessage("begin", "K"), WORKER)
        assert len(office.rows(t.process_instance, everything=True)) == 2


def test_a_signal_reaches_everybody_who_waits_and_starts_who_begins_with_it(office: Office) -> None:
    signal, definition = '<bpmn:signal id="S" name="fire"/>', '<bpmn:signalEventDefinition signalRef="S"/>'
    catches = node("intermediateCatchEvent", "c", body=definition)
    office.deploy(("a.bpmn", diagram(START + catches + user("u") + flows("s c", "c u"), signal)))
    office.deploy(("b.bpmn", diagram(node("startEvent", "ss", body=definition) + user("v") + flows("ss v"), signal, "q")))
    keys = [office.start("p"), office.start("p")]
    office.run(BroadcastSignal("fire", {"hot": True}), OWNER)
    for key in keys:
        office.key = key
        assert office.waiting == ["u"]
    assert [r.process_id for r in office.rows(t.process_instance, everything=True)] == ["p", "p", "q"]


def test_a_thrown_signal_is_broadcast_after_the_commit(office: Office) -> None:
    signal, definition = '<bpmn:signal id="S" name="fire"/>', '<bpmn:signalEventDefinition signalRef="S"/>'
    catches = node("intermediateCatchEvent", "c", body=definition)
    office.deploy(("a.bpmn", diagram(START + catches + user("u") + flows("s c", "c u"), signal)))
    waiting = office.start("p")
    office.deploy(("b.bpmn", diagram(START + node("endEvent", "e", body=definition) + flows("s e"), signal, "q")))
    office.start("q")
    office.key = waiting
    assert office.waiting == ["u"]


class TestCalls:
    """Call activities: one hierarchy, one lock, one transaction."""

    CALL = '<zeebe:calledElement processId="q" propagateAllChildVariables="true"/>'

    def _deploy(self, office: Office, child: str, more: str = "", flow: tuple[str, ...] = (), roots: str = "") -> None:
        office.deploy(("q.bpmn", diagram(child, roots, "q")))
        office.deploy(diagram(START + node("callActivity", "c", self.CALL) + user("u") + more + flows("s c", "c u", *flow), roots))

    def _child(self, office: Office) -> int:
        return next(r.key for r in office.rows(t.process_instance, everything=True) if r.process_id == "q")

    def test_the_child_runs_and_its_variables_come_back(self, office: Office) -> None:
        self._deploy(office, START + user("a") + END + flows("s a", "a e"))
        parent = office.start(n=1)
        assert office.waiting == []
        office.key = self._child(office)
        assert office.instance.root_key == parent
        office.complete("a", answer=42)
        office.key = parent
        assert (office.waiting, office.variables) == (["u"], {"n": 1, "answer": 42})
        assert office.verified()

    def test_an_error_of_the_child_is_caught_at_the_call(self, office: Office) -> None:
        error = '<bpmn:error id="E" errorCode="BAD"/>'
        child = START + user("a") + node("endEvent", "ee", body='<bpmn:errorEventDefinition errorRef="E"/>') + flows("s a", "a ee")
        boundary = '<bpmn:boundaryEvent id="be" attachedToRef="c"><bpmn:errorEventDefinition errorRef="E"/></bpmn:boundaryEvent>'
        self._deploy(office, child, boundary + user("v"), ("be v",), error)
        parent = office.start()
        office.key = child_key = self._child(office)
        office.complete("a")
        assert office.instance.state == "TERMINATED"
        office.key = parent
        assert office.waiting == ["v"]
        assert child_key != parent

    def test_cancelling_the_caller_ends_the_child(self, office: Office) -> None:
        from engine.commands.cancel_instance import CancelInstance
        from engine.errors import InvalidState

        self._deploy(office, START + user("a") + END + flows("s a", "a e"))
        parent = office.start()
        office.key = self._child(office)
        with pytest.raises(InvalidState):
            office.run(CancelInstance(office.key), OWNER)
        office.run(CancelInstance(parent), OWNER)
        assert (office.instance.state, office.waiting) == ("TERMINATED", [])

    def test_a_process_that_is_not_deployed_is_an_incident(self, office: Office) -> None:
        office.deploy(diagram(START + node("callActivity", "c", self.CALL) + user("u") + flows("s c", "c u")))
        office.start()
        (incident,) = office.rows(t.incident)
        assert (incident.error_type, incident.element_id) == ("CALLED_ELEMENT_ERROR", "c")


def test_a_message_starts_a_process_at_its_receive_task(office: Office) -> None:
    task = node("receiveTask", "r", attributes='messageRef="M" instantiate="true"')
    office.deploy(diagram(task + user("u") + flows("r u"), '<bpmn:message id="M" name="order"/>'))
    office.run(PublishMessage("order", "K", 0, None, {"x": 1}), WORKER)
    (case,) = office.rows(t.process_instance, everything=True)
    office.key = case.key
    assert (office.waiting, office.variables) == (["u"], {"x": 1})
