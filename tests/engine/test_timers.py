"""Timers as rows: they move with what they read, fire once, in order, and never for a case that is elsewhere."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from engine.commands.set_variables import SetVariables
from engine.jobs.dispatcher import run_due
from engine.store import tables as t
from tests.dsl import OWNER, START, Office
from tests.execution.bench import diagram, flows, node, user

S, E = node("startEvent", "s"), node("endEvent", "e")


def timer(kind: str, value: str) -> str:
    return f"<bpmn:timerEventDefinition><bpmn:time{kind}>{value}</bpmn:time{kind}></bpmn:timerEventDefinition>"


def boundary(kind: str, value: str, interrupting: str = "false", id: str = "t") -> str:
    return node("boundaryEvent", id, body=timer(kind, value), attributes=f'attachedToRef="a" cancelActivity="{interrupting}"')


def with_timer(kind: str, value: str, interrupting: str = "false") -> bytes:
    return diagram(S + user("a") + boundary(kind, value, interrupting) + user("late") + E + flows("s a", "t late", "a e"))


def due(office: Office) -> list[datetime]:
    return [r.due_at for r in office.rows(t.job) if r.kind == "TIMER" and r.state == "PENDING"]


HOURS_24 = '=date and time(aware_at) + duration("PT24H")'.replace('"', "&quot;")


def test_a_corrected_date_moves_the_row(office: Office) -> None:
    office.deploy(with_timer("Date", HOURS_24))
    office.start(aware_at="2026-04-10T16:00:00+07:00")
    assert due(office) == [START + timedelta(hours=24)]
    office.run(SetVariables(office.key, {"aware_at": "2026-04-10T18:00:00+07:00"}), OWNER)
    assert due(office) == [START + timedelta(hours=26)]
    assert office.event("timer-moved") == {"before": "2026-04-11T09:00:00+00:00", "dueAt": "2026-04-11T11:00:00+00:00"}
    office.advance("PT25H")
    assert office.waiting == ["a"]
    office.advance("PT1H")
    assert office.waiting == ["a", "late"]


def test_moved_into_the_past_it_fires_at_once(office: Office) -> None:
    office.deploy(with_timer("Date", HOURS_24))
    office.start(aware_at="2026-04-10T16:00:00+07:00")
    office.run(SetVariables(office.key, {"aware_at": "2026-04-01T16:00:00+07:00"}), OWNER)
    office.settle()
    assert office.waiting == ["a", "late"]
    office.run(SetVariables(office.key, {"aware_at": "2026-04-11T16:00:00+07:00"}), OWNER)
    office.advance("P30D")
    assert office.waiting == ["a", "late"]  # what has fired does not fire again


def test_a_correction_within_one_command_moves_before_it_is_written(office: Office) -> None:
    script = node("scriptTask", "x", '<zeebe:script expression="=&quot;2026-04-12T16:00:00+07:00&quot;" resultVariable="aware_at"/>')
    both = node("parallelGateway", "both")
    office.deploy(diagram(S + both + user("a") + boundary("Date", HOURS_24) + user("late") + script + E + flows("s both", "both a", "both x", "t late", "x e")))
    office.start(aware_at="2026-04-10T16:00:00+07:00")
    assert due(office) == [START + timedelta(hours=72)]


@pytest.mark.parametrize("value", ["PT0S", "-PT1H", "=duration(&quot;PT0S&quot;)"])
def test_no_time_at_all_fires_at_once(office: Office, value: str) -> None:
    office.deploy(with_timer("Duration", value, "true"))
    office.start()
    assert office.waiting == ["late"]


def test_a_date_in_the_past_fires_at_once(office: Office) -> None:
    office.deploy(with_timer("Date", "2020-01-01T00:00:00+07:00", "true"))
    office.start()
    assert office.waiting == ["late"]


def test_those_due_at_one_moment_fire_in_the_order_they_were_set(office: Office) -> None:
    body = S + user("a") + "".join(boundary("Duration", "PT1H", id=f"t{n}") + user(f"u{n}") for n in range(5))
    office.deploy(diagram(body + flows("s a", *(f"t{n} u{n}" for n in range(5)))))
    office.start()
    office.clock.advance(timedelta(hours=3))
    office.settle()
    assert [e for _, e in office.events("timer-fired")] == [f"t{n}" for n in range(5)]


def test_a_cycle_keeps_its_rhythm_when_it_fires_late(office: Office) -> None:
    office.deploy(with_timer("Cycle", "R3/PT1H"))
    office.start()
    office.clock.advance(timedelta(minutes=90))
    assert run_due(office.bus) == 1
    assert due(office) == [START + timedelta(hours=2)]
    office.advance("P1D")
    assert office.waiting == ["a", "late", "late", "late"]


def test_an_endless_cycle_ends_with_its_task(office: Office) -> None:
    office.deploy(with_timer("Cycle", "R/P1D"))
    office.start()
    office.advance("P3D").complete("a").advance("P9D")
    assert office.waiting == ["late"] * 3


def test_cycles_of_months_stay_at_the_ends_of_months(office: Office) -> None:
    office.clock.set(datetime(2026, 5, 31, 2, tzinfo=UTC))
    office.deploy(with_timer("Cycle", "R3/P1M"))
    office.start()
    seen: list[Any] = []
    for _ in range(3):
        seen += [d.day for d in due(office)]
        office.advance("P1M")
    assert seen == [30, 31, 31]


def test_a_cron_start_timer(office: Office) -> None:
    office.deploy(diagram(node("startEvent", "ts", body=timer("Cycle", "0 0 9 * * MON")) + user("a") + flows("ts a")))
    office.advance("P14D")
    started = [r.started_at for r in office.rows(t.process_instance, everything=True)]
    assert len(started) == 2 and {s.weekday() for s in started} == {0}
