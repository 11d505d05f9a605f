"""Exactly one of two wins, the other is told so, nothing is lost or doubled, and every chain verifies."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from functools import partial
from typing import Any

import pytest

from engine.commands.activate_jobs import ActivateJobs
from engine.commands.cancel_instance import CancelInstance
from engine.commands.checking import Resource
from engine.commands.claim_task import ClaimTask
from engine.commands.complete_job import CompleteJob
from engine.commands.complete_task import CompleteTask
from engine.commands.correlate_message import CorrelateMessage
from engine.commands.create_instance import CreateInstance
from engine.commands.decide_intervention import ApproveIntervention
from engine.commands.deploy import Deploy
from engine.commands.publish_message import PublishMessage
from engine.commands.set_variables import SetVariables
from engine.errors import AlreadyExists, InvalidState, NotFound
from engine.jobs.dispatcher import run_due
from engine.store import tables as t
from tests.concurrency.races import RacingOffice
from tests.dsl import OWNER, WORKER, person
from tests.execution.bench import diagram, flows, node, user

S, E = node("startEvent", "s"), node("endEvent", "e")
FINANCE = '<zeebe:assignmentDefinition candidateGroups="finance"/>'
ANN, BOB = person("ann", "finance"), person("bob", "finance")
ONE = diagram(S + user("a", FINANCE) + user("b") + E + flows("s a", "a b", "b e"))
TIMER = "<bpmn:timerEventDefinition><bpmn:timeDuration>PT1H</bpmn:timeDuration></bpmn:timerEventDefinition>"
MESSAGE = '<bpmn:message id="M" name="paper"><bpmn:extensionElements><zeebe:subscription correlationKey="=no"/></bpmn:extensionElements></bpmn:message>'


@pytest.fixture(autouse=True)
def honest(racing: RacingOffice) -> Any:
    """Whatever happened, every chain verifies."""
    yield
    assert racing.verified()


def test_two_completions_of_one_task(racing: RacingOffice) -> None:
    racing.deploy(ONE)
    racing.start()
    key = racing.task("a").key
    first, second = racing.race(
        partial(racing.run, CompleteTask(key, {"by": "ann"}), ANN), partial(racing.run, CompleteTask(key, {"by": "bob"}), BOB)
    )
    assert first is None and isinstance(second, InvalidState)
    assert (racing.waiting, racing.variables) == (["b"], {"by": "ann"})
    assert len(racing.events("user-task-completed")) == 1


def test_two_claims_of_one_task(racing: RacingOffice) -> None:
    racing.deploy(ONE)
    racing.start()
    key = racing.task("a").key
    first, second = racing.race(partial(racing.run, ClaimTask(key), ANN), partial(racing.run, ClaimTask(key), BOB))
    assert first is None and isinstance(second, InvalidState)
    assert racing.task("a").assignee == "ann"
    assert racing.events("assignee-set") == [("assignee-set", "a")]


def test_a_completion_and_somebody_elses_claim(racing: RacingOffice) -> None:
    racing.deploy(ONE)
    racing.start()
    key = racing.task("a").key
    first, second = racing.race(partial(racing.run, CompleteTask(key), ANN), partial(racing.run, ClaimTask(key), BOB))
    assert first is None and isinstance(second, InvalidState)
    assert [r.assignee for r in racing.rows(t.user_task) if r.key == key] == [None]


@pytest.mark.parametrize("timer_first", [True, False])
def test_a_completion_and_a_timer_that_interrupts(racing: RacingOffice, timer_first: bool) -> None:
    boundary = node("boundaryEvent", "t", body=TIMER, attributes='attachedToRef="a"')
    racing.deploy(diagram(S + user("a", FINANCE) + boundary + user("b") + user("late") + flows("s a", "a b", "t late")))
    racing.start()
    racing.clock.advance(timedelta(hours=1))
    complete = partial(racing.run, CompleteTask(racing.task("a").key), ANN)
    fire = partial(run_due, racing.bus)
    if timer_first:
        _, second = racing.race(fire, complete)
        assert isinstance(second, InvalidState)
        assert racing.waiting == ["late"]
    else:
        first, _ = racing.race(complete, fire)
        assert first is None
        assert racing.waiting == ["b"]
    assert {r.state for r in racing.rows(t.job)} == {"COMPLETED" if timer_first else "CANCELED"}
    assert {r.state for r in racing.rows(t.user_task) if r.element_id == "a"} == {"CANCELED" if timer_first else "COMPLETED"}


def test_two_starts_with_one_business_id(racing: RacingOffice) -> None:
    racing.deploy(ONE)
    start = partial(racing.run, CreateInstance("p", business_id="B-1"), OWNER)
    first, second = racing.race(start, start)
    assert first["businessId"] == "B-1" and isinstance(second, AlreadyExists)
    assert len(racing.rows(t.process_instance, everything=True)) == 1


def test_two_starts_by_one_message_key(racing: RacingOffice) -> None:
    start = node("startEvent", "ms", body='<bpmn:messageEventDefinition messageRef="M"/>')
    racing.deploy(diagram(start + user("a") + flows("ms a"), '<bpmn:message id="M" name="paper"/>'))
    publish = partial(racing.run, PublishMessage("paper", "K"), WORKER)
    racing.race(publish, publish)
    assert len(racing.rows(t.process_instance, everything=True)) == 1


def test_one_request_twice_at_once(racing: RacingOffice) -> None:
    racing.deploy(ONE)
    start = partial(racing.run, CreateInstance("p"), OWNER, idempotency="same")
    first, second = racing.race(start, start)
    assert first == second
    assert len(racing.rows(t.process_instance, everything=True)) == 1


@pytest.mark.parametrize("kind", ["intermediate", "start", "builtin"])
def test_two_dispatchers_on_one_row(racing: RacingOffice, kind: str) -> None:
    if kind == "start":
        racing.deploy(diagram(node("startEvent", "ts", body=TIMER.replace("Duration", "Cycle").replace("PT1H", "R1/PT1H")) + user("a") + flows("ts a")))
    elif kind == "intermediate":
        racing.deploy(diagram(S + node("intermediateCatchEvent", "t", body=TIMER) + user("a") + flows("s t", "t a")))
        racing.start()
    else:
        log = '<zeebe:taskDefinition type="krabuan:log"/><zeebe:ioMapping><zeebe:input source="hello" target="message"/></zeebe:ioMapping>'
        racing.deploy(diagram(S + node("serviceTask", "t", log) + user("a") + flows("s t", "t a")))
        racing.key = int(racing.run(CreateInstance("p"), OWNER)["processInstanceKey"])
    racing.clock.advance(timedelta(hours=1))
    racing.race(partial(run_due, racing.bus), partial(run_due, racing.bus))
    (instance,) = racing.rows(t.process_instance, everything=True)
    racing.key = instance.key
    assert racing.waiting == ["a"]
    assert len(racing.events("timer-fired", "logged")) == (0 if kind == "start" else 1)


def _hierarchy(racing: RacingOffice) -> tuple[int, int]:
    """A case and the case that it called, which waits at task a."""
    racing.deploy(("q.bpmn", diagram(S + user("a", FINANCE) + E + flows("s a", "a e"), process_id="q")))
    call = '<zeebe:calledElement processId="q" propagateAllChildVariables="true"/>'
    racing.deploy(diagram(S + node("callActivity", "c", call) + user("u") + E + flows("s c", "c u", "u e")))
    parent = racing.start()
    child = next(r.key for r in racing.rows(t.process_instance, everything=True) if r.process_id == "q")
    return parent, child


@pytest.mark.parametrize("parent_first", [True, False])
def test_a_hierarchy_from_both_ends(racing: RacingOffice, parent_first: bool) -> None:
    parent, child = _hierarchy(racing)
    racing.key = child
    complete = partial(racing.run, CompleteTask(racing.task("a").key, {"x": 1}), ANN)
    cancel = partial(racing.run, CancelInstance(parent), OWNER)
    first, second = racing.race(*((cancel, complete) if parent_first else (complete, cancel)))
    assert first is None
    racing.key = child
    assert racing.instance.state == ("TERMINATED" if parent_first else "COMPLETED")
    assert isinstance(second, InvalidState) if parent_first else second is None
    racing.key = parent
    assert (racing.instance.state, racing.waiting) == ("TERMINATED", [])


def test_a_variable_of_the_caller_while_the_child_completes(racing: RacingOffice) -> None:
    parent, child = _hierarchy(racing)
    racing.key = child
    complete = partial(racing.run, CompleteTask(racing.task("a").key, {"x": 1}), ANN)
    assert racing.race(partial(racing.run, SetVariables(parent, {"x": 0, "y": 2}), OWNER), complete) == (None, None)
    racing.key = parent
    assert (racing.waiting, racing.variables) == (["u"], {"x": 1, "y": 2})


def _version(number: int) -> tuple[Resource, ...]:
    return (Resource("p.bpmn", diagram(S + user(f"task{number}") + flows(f"s task{number}"))),)


def test_two_deployments_of_one_process(racing: RacingOffice) -> None:
    racing.deploy(ONE)
    first, second = racing.race(
        partial(racing.run, Deploy(_version(1)), OWNER), partial(racing.run, Deploy(_version(2)), OWNER)
    )
    assert first["deployments"][0]["processDefinition"]["processDefinitionVersion"] == 2
    versions = sorted(r.version for r in racing.rows(t.process_definition, everything=True))
    assert versions in ([1, 2], [1, 2, 3])
    assert isinstance(second, AlreadyExists) if len(versions) == 2 else len(versions) == 3


def test_a_deployment_and_a_start(racing: RacingOffice) -> None:
    racing.deploy(ONE)
    deployed, started = racing.race(
        partial(racing.run, Deploy(_version(1)), OWNER), partial(racing.run, CreateInstance("p"), OWNER)
    )
    assert deployed["deploymentKey"] and started["processDefinitionVersion"] in (1, 2)


@pytest.mark.parametrize("message_first", [True, False])
def test_a_kept_message_and_the_case_that_will_wait_for_it(racing: RacingOffice, message_first: bool) -> None:
    racing.deploy(diagram(S + node("receiveTask", "r", attributes='messageRef="M"') + user("u") + flows("s r", "r u"), MESSAGE))
    publish = partial(racing.run, PublishMessage("paper", "A", 60_000), WORKER)
    start = partial(racing.run, CreateInstance("p", variables={"no": "A"}), OWNER)
    racing.race(*((publish, start) if message_first else (start, publish)))
    (instance,) = racing.rows(t.process_instance, everything=True)
    racing.key = instance.key
    assert racing.waiting == ["u"]
    assert len(racing.events("message-received")) == 1


def test_two_messages_for_one_case(racing: RacingOffice) -> None:
    racing.deploy(diagram(S + node("receiveTask", "r", attributes='messageRef="M"') + user("u") + flows("s r", "r u"), MESSAGE))
    racing.start(no="A")
    send: Callable[[int], Any] = lambda n: racing.run(CorrelateMessage("paper", "A", {"n": n}), WORKER)  # noqa: E731
    first, second = racing.race(partial(send, 1), partial(send, 2))
    assert first["processInstanceKey"] == str(racing.key) and isinstance(second, NotFound)
    assert racing.variables["n"] == 1


def test_two_messages_for_two_cases_reach_one_each(racing: RacingOffice) -> None:
    racing.deploy(diagram(S + node("receiveTask", "r", attributes='messageRef="M"') + user("u") + flows("s r", "r u"), MESSAGE))
    keys = [racing.start(no="A") for _ in range(2)]
    send = partial(racing.run, CorrelateMessage("paper", "A"), WORKER)
    results = racing.race(send, send)
    assert sorted(r["processInstanceKey"] for r in results) == sorted(map(str, keys))


def test_a_waiver_and_the_completion_that_needs_it(racing: RacingOffice) -> None:
    point = '<krabuan:controlPoint id="c"><krabuan:binding type="condition" expression="=x = 1"/></krabuan:controlPoint>'
    racing.deploy(diagram(S + user("a", FINANCE + point) + user("b") + flows("s a", "a b")))
    racing.start()
    key = racing.task("a").key
    asked = racing.ask_waiver("a", "c", ANN)
    first, second = racing.race(partial(racing.run, ApproveIntervention(asked), OWNER), partial(racing.run, CompleteTask(key), ANN))
    assert (first, second) == (None, None)
    assert [r.state for r in racing.rows(t.control_point_result)] == ["WAIVED"]


def test_two_workers_take_different_jobs(racing: RacingOffice) -> None:
    racing.deploy(diagram(S + node("serviceTask", "j", '<zeebe:taskDefinition type="pay"/>') + user("u") + flows("s j", "j u")))
    for _ in range(4):
        racing.start()
    take = partial(racing.run, ActivateJobs("pay", "w", 60_000, 2), WORKER)
    first, second = racing.race(take, take)
    taken = [job["jobKey"] for job in first + second]
    assert len(taken) == len(set(taken)) == 4


def test_a_job_whose_time_ran_out_is_completed_once(racing: RacingOffice) -> None:
    racing.deploy(diagram(S + node("serviceTask", "j", '<zeebe:taskDefinition type="pay"/>') + user("u") + flows("s j", "j u")))
    racing.start()
    (job,) = racing.run(ActivateJobs("pay", "w1", 1000, 1), WORKER)
    racing.clock.advance(timedelta(seconds=2))
    racing.run(ActivateJobs("pay", "w2", 60_000, 1), WORKER)
    complete: Callable[[str], Any] = lambda w: racing.run(CompleteJob(int(job["jobKey"]), {"by": w}), WORKER)  # noqa: E731
    first, second = racing.race(partial(complete, "w1"), partial(complete, "w2"))
    assert first is None and isinstance(second, InvalidState)
    assert racing.variables["by"] == "w1"


def test_broadcasts_cross_each_other_without_a_deadlock(racing: RacingOffice) -> None:
    from engine.commands.broadcast_signal import BroadcastSignal

    signals = '<bpmn:signal id="S" name="red"/><bpmn:signal id="T" name="blue"/>'
    red, blue = ('<bpmn:signalEventDefinition signalRef="S"/>', '<bpmn:signalEventDefinition signalRef="T"/>')
    boundary = 'attachedToRef="a" cancelActivity="false"'
    racing.deploy(
        diagram(
            S + user("a") + node("boundaryEvent", "r", body=red, attributes=boundary)
            + node("boundaryEvent", "b", body=blue, attributes=boundary) + user("u") + flows("s a", "r u", "b u"), signals
        )
    )  # fmt: skip
    for _ in range(6):
        racing.start()
    results = racing.crowd([partial(racing.run, BroadcastSignal(name), OWNER) for name in ("red", "blue") * 3])
    assert all(isinstance(r, dict) for r in results), results
    assert len([r for r in racing.rows(t.user_task, everything=True) if r.element_id == "u"]) == 36


def test_a_crowd_on_one_case(racing: RacingOffice) -> None:
    racing.deploy(ONE)
    racing.start()
    key = racing.task("a").key
    actions = [partial(racing.run, CompleteTask(key, {"n": n}), ANN) for n in range(6)]
    results = racing.crowd(actions)
    assert [r for r in results if r is None] == [None]
    assert all(r is None or isinstance(r, InvalidState) for r in results)
    assert racing.waiting == ["b"]
