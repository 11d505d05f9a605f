"""Gateways (BPMN 2.0.2, section 13.4)."""

from __future__ import annotations

import pytest

from engine.execution import save
from tests.execution.bench import diagram, flows, node, user

START, END = node("startEvent", "s"), node("endEvent", "e")


def test_exclusive_takes_the_first_true_condition_in_document_order(run) -> None:
    xml = diagram(
        START + node("exclusiveGateway", "g", attributes='default="f4"') + user("a") + user("b") + user("c")
        + flows("s g", "g a: =n > 10", "g b: =n > 5", "g c")
    )  # fmt: skip
    assert run(xml).start(n=11).waiting == ["a"]
    assert run(xml).start(n=7).waiting == ["b"]
    assert run(xml).start(n=1).waiting == ["c"]


def test_exclusive_without_a_true_condition_is_an_incident_and_goes_on_after_repair(run) -> None:
    xml = diagram(
        START + node("exclusiveGateway", "g") + user("a") + user("b") + flows("s g", 'g a: =x = "a"', 'g b: =x = "b"')
    )
    case = run(xml).start(x="c")
    (incident,) = case.incidents.values()
    assert (incident.error_type, incident.node.id) == ("CONDITION_ERROR", "g")
    assert case.waiting == []
    case.set(x="b").resolve()
    assert case.waiting == ["b"]
    assert case.incidents == {}


def test_a_condition_that_is_no_boolean_names_the_missing_variable(run) -> None:
    xml = diagram(
        START + node("exclusiveGateway", "g", attributes='default="f3"') + user("a") + user("b")
        + flows("s g", "g a: =amount > 5", "g b")
    )  # fmt: skip
    (incident,) = run(xml).start().incidents.values()
    assert incident.error_type == "EXTRACT_VALUE_ERROR"
    assert "amount" in incident.message and "f2" in incident.message


def test_parallel_splits_and_joins(run) -> None:
    xml = diagram(
        START + node("parallelGateway", "split") + user("a") + user("b") + node("parallelGateway", "join") + user("c") + END
        + flows("s split", "split a", "split b", "a join", "b join", "join c", "c e")
    )  # fmt: skip
    case = run(xml).start()
    assert case.waiting == ["a", "b"]
    assert case.complete("b").waiting == ["a"]
    assert case.complete("a").waiting == ["c"]
    assert case.complete("c").ended.completed


def test_parallel_join_keeps_tokens_in_excess_at_their_flow(run) -> None:
    # two tokens come along f1 (from a and b through an exclusive merge), one along f2: one pair joins, one waits
    xml = diagram(
        START + node("parallelGateway", "split") + user("a") + user("b") + user("c")
        + node("exclusiveGateway", "merge") + node("parallelGateway", "join") + user("d")
        + flows("s split", "split a", "split b", "split c", "a merge", "b merge", "merge join", "c join", "join d")
    )  # fmt: skip
    case = run(xml).start().complete("a").complete("b")
    assert case.waiting == ["c"]
    assert case.complete("c").waiting == ["d"]
    assert case.complete("d").ended is None  # the token in excess is still there, as the standard says


def test_inclusive_waits_only_for_tokens_that_can_still_come(run) -> None:
    xml = diagram(
        START + node("inclusiveGateway", "split", attributes='default="f4"') + user("a") + user("b") + user("c")
        + node("inclusiveGateway", "join") + user("d")
        + flows("s split", "split a: =a", "split b: =b", "split c", "a join", "b join", "c join", "join d")
    )  # fmt: skip
    both = run(xml).start(a=True, b=True)
    assert both.waiting == ["a", "b"]
    assert both.complete("a").waiting == ["b"]
    assert both.complete("b").waiting == ["d"]
    assert run(xml).start(a=True, b=False).complete("a").waiting == ["d"]
    assert run(xml).start(a=False, b=False).waiting == ["c"]


def test_inclusive_join_does_not_wait_for_a_token_behind_it(run) -> None:
    # a second token beside the gateway's region, which cannot reach it
    xml = diagram(
        START + node("parallelGateway", "both") + user("side")
        + node("inclusiveGateway", "split", attributes='default="f5"') + user("a") + user("b")
        + node("inclusiveGateway", "join") + user("d")
        + flows("s both", "both side", "both split", "split a: =true", "split b", "a join", "b join", "join d")
    )  # fmt: skip
    assert run(xml).start().complete("a").waiting == ["d", "side"]


def test_inclusive_join_waits_for_a_loop_that_leads_back_to_its_other_flow(run) -> None:
    xml = diagram(
        START + node("parallelGateway", "both") + user("a") + user("b") + node("exclusiveGateway", "again", attributes='default="f6"')
        + node("inclusiveGateway", "join") + user("d")
        + flows("s both", "both a", "both b", "a join", "b again", "again join", "again b: =retry", "join d")
    )  # fmt: skip
    case = run(xml).start().complete("a")
    assert case.waiting == ["b"]
    assert case.complete("b", retry=True).waiting == ["b"]
    assert case.complete("b", retry=False).waiting == ["d"]


@pytest.mark.parametrize(("event", "goes_to"), [("m", "a"), ("t", "b")])
def test_event_based_gateway_takes_the_first_event_and_closes_the_others(run, event: str, goes_to: str) -> None:
    message = '<bpmn:message id="M" name="paper"><bpmn:extensionElements><zeebe:subscription correlationKey="=no"/></bpmn:extensionElements></bpmn:message>'
    xml = diagram(
        START + node("eventBasedGateway", "g")
        + node("intermediateCatchEvent", "m", body='<bpmn:messageEventDefinition messageRef="M"/>')
        + node("intermediateCatchEvent", "t", body="<bpmn:timerEventDefinition><bpmn:timeDuration>PT1H</bpmn:timeDuration></bpmn:timerEventDefinition>")
        + user("a") + user("b") + flows("s g", "g m", "g t", "m a", "t b"),
        roots=message,
    )  # fmt: skip
    case = run(xml).start(no=7)
    assert case.waiting == ["m", "t"]
    case.trigger(event, answer="yes")
    assert case.waiting == [goes_to]
    assert case.variables["answer"] == "yes"
    assert case.waiting_for == {}


def test_implicit_split_puts_a_token_on_every_flow(run) -> None:
    xml = diagram(START + user("a") + user("b") + user("c") + flows("s a", "a b", "a c"))
    assert run(xml).start().complete("a").waiting == ["b", "c"]


def test_a_loop_keeps_the_state_bounded(run) -> None:
    xml = diagram(
        START + user("a") + node("exclusiveGateway", "g", attributes='default="f3"') + END
        + flows("s a", "a g", "g e", "g a: =again")
    )  # fmt: skip
    case = run(xml).start()
    size = len(save(case.case))
    for _ in range(300):
        case.complete("a", again=True)
    assert len(save(case.case)) <= size + 16  # keys grow longer, nothing else
    assert case.complete("a", again=False).ended.completed


def test_a_loop_that_never_waits_is_an_incident_not_a_hang(run) -> None:
    xml = diagram(
        START + node("exclusiveGateway", "a") + node("exclusiveGateway", "b") + flows("s a", "a b", "b a")
    )
    (incident,) = run(xml).start().incidents.values()
    assert incident.error_type == "UNKNOWN"
