"""Events: timers, messages and signals that are waited for, boundary events, signals thrown."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from engine.execution import effects as fx
from tests.execution.bench import diagram, flows, node, user

START, END = node("startEvent", "s"), node("endEvent", "e")
MESSAGE = (
    '<bpmn:message id="M" name="=&quot;paper-&quot; + kind"><bpmn:extensionElements>'
    '<zeebe:subscription correlationKey="=no"/></bpmn:extensionElements></bpmn:message>'
)


def _timer(kind: str, value: str) -> str:
    tag = f"time{kind.capitalize()}"
    return f"<bpmn:timerEventDefinition><bpmn:{tag}>{value}</bpmn:{tag}></bpmn:timerEventDefinition>"


def _boundary(id: str, definition: str, interrupting: bool = True) -> str:
    return f'<bpmn:boundaryEvent id="{id}" attachedToRef="a" cancelActivity="{str(interrupting).lower()}">{definition}</bpmn:boundaryEvent>'


def _due(case) -> list[datetime]:
    return [w.due_at for w in case.waiting_for.values() if isinstance(w, fx.TimerStarted)]


@pytest.mark.parametrize(
    ("kind", "value", "due"),
    [
        ("duration", "PT90M", "2026-04-10T10:30:00+00:00"),
        ("duration", '=duration("P1D")', "2026-04-11T09:00:00+00:00"),
        ("date", "2026-12-01T09:00:00+07:00", "2026-12-01T02:00:00+00:00"),
        ("date", '=date and time(since) + duration("PT72H")', "2026-04-13T09:00:00+00:00"),
    ],
)
def test_a_catch_timer_is_due_at_the_moment_it_says(run, kind: str, value: str, due: str) -> None:
    xml = diagram(START + node("intermediateCatchEvent", "t", body=_timer(kind, value)) + user("u") + flows("s t", "t u"))
    case = run(xml).start(since="2026-04-10T16:00:00+07:00")
    assert [d.isoformat() for d in _due(case)] == [due]
    assert case.trigger("t").waiting == ["u"]


def test_a_month_after_the_31st_is_the_last_day_of_the_next(run) -> None:
    xml = diagram(START + user("a") + _boundary("t", _timer("date", '=date and time(since) + duration("P1M")')) + END + flows("s a", "t e"))
    case = run(xml).start(since="2026-01-31T09:00:00+07:00")
    assert [d.isoformat() for d in _due(case)] == ["2026-02-28T02:00:00+00:00"]


def test_a_date_timer_moves_when_what_it_reads_is_corrected(run) -> None:
    xml = diagram(
        START + user("a") + _boundary("t", _timer("date", '=date and time(aware_at) + duration("PT72H")'), False) + END
        + flows("s a", "t e")
    )  # fmt: skip
    case = run(xml).start(aware_at="2026-04-10T16:00:00+07:00", other=1)
    case.set(other=2)
    assert not [e for e in case.effects if isinstance(e, fx.TimerMoved)]
    case.set(aware_at="2026-04-10T12:00:00+07:00")
    (moved,) = [e for e in case.effects if isinstance(e, fx.TimerMoved)]
    assert moved.due_at == datetime(2026, 4, 13, 5, tzinfo=UTC)
    case.set(aware_at="nonsense")  # what the clock counts from is never lost
    assert len([e for e in case.effects if isinstance(e, fx.TimerMoved)]) == 1


def test_an_interrupting_boundary_event_ends_the_activity(run) -> None:
    xml = diagram(START + user("a") + _boundary("t", _timer("duration", "PT1H")) + user("u") + user("v") + flows("s a", "a u", "t v"))
    case = run(xml).start().trigger("t")
    assert case.waiting == ["v"]
    assert case.taken == ["f1", "f3"]


def test_completing_the_activity_closes_its_boundary_events(run) -> None:
    xml = diagram(START + user("a") + _boundary("t", _timer("duration", "PT1H")) + user("u") + user("v") + flows("s a", "a u", "t v"))
    case = run(xml).start().complete("a")
    assert (case.waiting, case.waiting_for) == (["u"], {})


def test_a_cycle_fires_as_often_as_it_says(run) -> None:
    xml = diagram(START + user("a") + _boundary("t", _timer("cycle", "R2/PT1H"), False) + user("v") + END + flows("s a", "a e", "t v"))
    case = run(xml).start()
    assert [d.hour for d in _due(case)] == [10]
    case.trigger("t")
    assert case.waiting == ["a", "t", "v"] and [d.hour for d in _due(case)] == [11]
    case.trigger("t")
    assert case.waiting == ["a", "v", "v"]


def test_a_non_interrupting_message_boundary_fires_each_time(run) -> None:
    xml = diagram(
        START + user("a") + _boundary("m", '<bpmn:messageEventDefinition messageRef="M"/>', False) + user("v") + flows("s a", "m v"), MESSAGE
    )
    case = run(xml).start(kind="x", no=3)
    (wait,) = case.waiting_for.values()
    assert (wait.name, wait.correlation_key) == ("paper-x", "3")
    assert case.trigger("m", n=1).trigger("m", n=2).waiting == ["a", "m", "v", "v"]


def test_a_receive_task_waits_for_its_message(run) -> None:
    xml = diagram(START + node("receiveTask", "r", attributes='messageRef="M"') + user("u") + flows("s r", "r u"), MESSAGE)
    case = run(xml).start(kind="x", no="k")
    assert case.waiting == ["r"]
    assert case.trigger("r", got=True).waiting == ["u"]
    assert case.variables["got"] is True


def test_a_correlation_key_that_is_missing_is_an_incident(run) -> None:
    xml = diagram(START + node("receiveTask", "r", attributes='messageRef="M"') + END + flows("s r", "r e"), MESSAGE)
    (incident,) = run(xml).start(kind="x").incidents.values()
    assert incident.error_type == "EXTRACT_VALUE_ERROR" and "no" in incident.message


def test_signals_are_thrown_with_their_mapped_variables_and_waited_for(run) -> None:
    signal = '<bpmn:signal id="S" name="stop"/>'
    definition = '<bpmn:signalEventDefinition signalRef="S"/>'
    throw = node("intermediateThrowEvent", "t", '<zeebe:ioMapping><zeebe:input source="=n" target="n2"/></zeebe:ioMapping>', definition)
    xml = diagram(START + throw + node("intermediateCatchEvent", "c", body=definition) + user("u") + flows("s t", "t c", "c u"), signal)
    case = run(xml).start(n=1)
    (thrown,) = [e for e in case.effects if isinstance(e, fx.SignalThrown)]
    assert (thrown.name, thrown.variables) == ("stop", {"n2": 1})
    assert case.waiting == ["c"]
    assert case.trigger("c").waiting == ["u"]


def test_message_throw_and_end_events_are_jobs(run) -> None:
    job, definition = '<zeebe:taskDefinition type="post"/>', "<bpmn:messageEventDefinition/>"
    xml = diagram(
        START + node("intermediateThrowEvent", "t", job, definition) + node("endEvent", "e", job, definition) + flows("s t", "t e")
    )
    case = run(xml).start()
    assert case.waiting == ["t"]
    assert case.complete("t").waiting == ["e"]
    assert case.complete("e").ended.completed


def test_start_by_message_brings_its_variables(run) -> None:
    xml = diagram(
        node("startEvent", "ms", body='<bpmn:messageEventDefinition messageRef="M"/>') + START + user("a") + user("b") + flows("s a", "ms b"),
        '<bpmn:message id="M" name="begin"/>',
    )
    assert run(xml).start("ms", x=1).waiting == ["b"]
    assert run(xml).start(x=1).waiting == ["a"]


def test_an_element_with_an_incident_is_not_completed_behind_its_back(run) -> None:
    xml = diagram(START + user("a") + _boundary("t", _timer("duration", "=nothing")) + END + flows("s a", "a e", "t e"))
    case = run(xml).start()
    assert case.waiting == [] and len(case.incidents) == 1
    assert case.set(nothing="PT1H").resolve().waiting == ["a", "t"]
