"""Processes that begin by themselves: by a condition, by several events that must all come, by a parallel gateway."""

from __future__ import annotations

from typing import Any

import pytest

from engine.commands.broadcast_signal import BroadcastSignal
from engine.commands.cancel_instance import CancelInstance
from engine.commands.correlate_message import CorrelateMessage
from engine.commands.delete_resource import DeleteResource
from engine.commands.evaluate_conditions import EvaluateConditions
from engine.commands.publish_message import PublishMessage
from engine.commands.rearm import RearmStartEvents
from engine.errors import ConditionFailed, Forbidden, InvalidArgument, NotFound
from engine.model.actor import Actor
from engine.store import tables as t
from tests.dsl import AUDITOR, OWNER, SYSTEM, WORKER, Office, person
from tests.execution.bench import diagram, flows, node, user
from tests.execution.test_starts import condition, message

SIGNALS = '<bpmn:signal id="A" name="a"/><bpmn:signal id="B" name="b"/>'
SIGNAL = '<bpmn:signalEventDefinition signalRef="{}"/>'
MESSAGES = message("M", "order") + message("N", "payment")
MESSAGE = '<bpmn:messageEventDefinition messageRef="{}"/>'
DATE = "<bpmn:timerEventDefinition><bpmn:timeDate>{}</bpmn:timeDate></bpmn:timerEventDefinition>"
DAILY = "<bpmn:timerEventDefinition><bpmn:timeCycle>R/P1D</bpmn:timeCycle></bpmn:timerEventDefinition>"


def begins(*bodies: str, process_id: str = "p", parallel: bool = False) -> bytes:
    """A process with a start event s1, s2 ... for each body, that all lead to the user task u."""
    attributes = 'parallelMultiple="true"' if parallel else ""
    starts = [node("startEvent", f"s{n}", body=body, attributes=attributes) for n, body in enumerate(bodies, 1)]
    ways = [f"s{n} u" for n in range(1, len(bodies) + 1)]
    return diagram("".join(starts) + user("u") + flows(*ways), MESSAGES + SIGNALS, process_id)


def evaluate(office: Office, actor: Actor = OWNER, key: int | None = None, **variables: Any) -> list[str]:
    """The processes of the instances that an evaluation began, in order."""
    answer = office.run(EvaluateConditions(variables, key), actor)
    assert answer["conditionalEvaluationKey"].isdecimal() and answer["tenantId"] == "<default>"
    office.settle()
    by_key = {r.key: r for r in cases(office)}
    begun = [by_key[int(i["processInstanceKey"])] for i in answer["processInstances"]]
    assert [str(r.definition_key) for r in begun] == [i["processDefinitionKey"] for i in answer["processInstances"]]
    return [r.process_id for r in begun]


def cases(office: Office) -> list[Any]:
    """Every instance, the oldest first; the last is the one that is looked at."""
    found = office.rows(t.process_instance, everything=True)
    if found:
        office.key = found[-1].key
    return found


def publish(office: Office, name: str, key: str, **variables: Any) -> int:
    """Publish a message; returns how many cases there are then."""
    office.run(PublishMessage(name, key, 0, None, variables), WORKER)
    office.settle()
    return len(cases(office))


class TestConditions:
    """A case begins with each condition that is true over the variables given (10.5.2)."""

    def test_a_case_begins_with_the_variables(self, office: Office) -> None:
        office.deploy(begins(condition("=amount &gt; 10")))
        assert evaluate(office, amount=10) == []
        assert evaluate(office, amount=10.5, note="ด่วน") == ["p"]
        assert (office.waiting, office.variables) == (["u"], {"amount": 10.5, "note": "ด่วน"})
        assert office.events("instance-created") == [("instance-created", "s1")]
        assert office.complete("u").instance.state == "COMPLETED" and office.verified()

    def test_every_condition_that_holds_begins_a_case_of_its_own(self, office: Office) -> None:
        high, low, any_ = condition("=amount &gt; 10"), condition("=amount &gt; 1"), condition("=true", "other")
        office.deploy(("p.bpmn", begins(high, low, any_)), ("q.bpmn", begins(low, process_id="q")))
        assert evaluate(office, amount=5) == ["p", "q"]
        assert evaluate(office, amount=50) == ["p", "p", "q"]
        assert evaluate(office, other=None) == ["p"]

    def test_one_of_several_definitions_on_a_start_event(self, office: Office) -> None:
        office.deploy(begins(SIGNAL.format("A") + condition("=go")))
        assert evaluate(office, go=True) == ["p"]
        office.run(BroadcastSignal("a"), OWNER)
        assert len(cases(office)) == 2 and office.waiting == ["u"]

    def test_a_condition_behind_an_instantiating_gateway(self, office: Office) -> None:
        gateway = node("eventBasedGateway", "g", attributes='instantiate="true"')
        events = node("intermediateCatchEvent", "c", body=condition("=go"))
        events += node("intermediateCatchEvent", "m", body=MESSAGE.format("M"))
        office.deploy(diagram(gateway + events + user("u") + user("v") + flows("g c", "g m", "c u", "m v"), MESSAGES))
        assert evaluate(office, go=True) == ["p"] and office.waiting == ["u"]
        assert publish(office, "order", "1") == 2 and office.waiting == ["v"]

    def test_the_latest_version_unless_one_is_named(self, office: Office) -> None:
        old = int(office.deploy(begins(condition("=old")))["deployments"][0]["processDefinition"]["processDefinitionKey"])
        new = int(office.deploy(begins(condition("=new")))["deployments"][0]["processDefinition"]["processDefinitionKey"])
        assert evaluate(office, old=True) == []
        assert evaluate(office, old=True, key=old) == evaluate(office, new=True) == evaluate(office, new=True, key=new) == ["p"]
        assert [r.version for r in cases(office)] == [1, 2, 2]

    def test_a_withdrawn_version_begins_no_more(self, office: Office) -> None:
        keys = [
            int(office.deploy(begins(condition(f"={x}")))["deployments"][0]["processDefinition"]["processDefinitionKey"]) for x in "ab"
        ]
        office.run(DeleteResource(keys[1]), OWNER)
        assert evaluate(office, a=False, b=True) == []
        with pytest.raises(NotFound):
            evaluate(office, b=True, key=keys[1])
        office.run(DeleteResource(keys[0]), OWNER)
        assert evaluate(office, a=True, b=True) == []

    @pytest.mark.parametrize("feel", ["=amount", "=amount &gt; 10"])
    def test_a_condition_that_fails_is_named_and_nothing_begins(self, office: Office, feel: str) -> None:
        office.deploy(("a.bpmn", begins(condition("=true"), process_id="a")), ("p.bpmn", begins(condition(feel))))
        before = office.snapshot()
        with pytest.raises(ConditionFailed, match="p: condition of s1") as refused:
            office.run(EvaluateConditions({"amount": "much"}), OWNER)
        told = refused.value.members
        assert (told["processDefinitionId"], told["elementId"], told["expression"]) == ("p", "s1", feel[1:].replace("&gt;", ">"))
        assert office.snapshot() == before
        assert evaluate(office, other=1) == ["a"], "what is missing makes a condition false"

    def test_impossible_variables_are_refused(self, office: Office) -> None:
        office.deploy(begins(condition("=true")))
        before = office.snapshot()
        with pytest.raises(InvalidArgument):
            office.run(EvaluateConditions({"": 1}), OWNER)
        assert office.snapshot() == before

    def test_only_what_the_caller_may_start(self, office: Office) -> None:
        deployed = office.deploy(("a.bpmn", begins(condition("=x"), process_id="a")), ("p.bpmn", begins(condition("=x"))))
        key = int(deployed["deployments"][1]["processDefinition"]["processDefinitionKey"])
        narrow = Actor("narrow", roles=frozenset({"process-owner"}), owned=frozenset({"a"}))
        assert evaluate(office, narrow, x=True) == ["a"]
        assert evaluate(office, person("ann"), x=True) == ["a", "p"]
        for actor, named in ((narrow, key), (AUDITOR, None), (AUDITOR, key)):
            with pytest.raises(Forbidden):
                office.run(EvaluateConditions({"x": True}, named), actor)
        assert len(cases(office)) == 3

    def test_the_same_request_twice_begins_one_case(self, office: Office) -> None:
        office.deploy(begins(condition("=x")))
        answers = [office.run(EvaluateConditions({"x": True}), OWNER, idempotency="k") for _ in range(2)]
        assert answers[0] == answers[1] and len(cases(office)) == 1


class TestAllMustCome:
    """A parallel multiple start event: every one of its events is required (10.5.2, 13.5.1)."""

    def test_a_case_begins_with_the_last_and_has_the_variables_of_all(self, office: Office) -> None:
        office.deploy(begins(SIGNAL.format("A") + SIGNAL.format("B") + condition("=go"), parallel=True))
        office.run(BroadcastSignal("b", {"b": 0.1, "by": "b"}), OWNER)
        office.run(BroadcastSignal("b", {"b": 2}), OWNER)  # has come already
        assert evaluate(office, go=False) == evaluate(office, go=True, by="c") == cases(office) == []
        office.run(BroadcastSignal("a", {"a": [1]}), OWNER)
        assert len(cases(office)) == 1
        assert (office.waiting, office.variables) == (["u"], {"a": [1], "b": 0.1, "by": "c", "go": True})
        told = office.event("instance-created")["events"]
        assert [(e["kind"], e["name"]) for e in told] == [("signal", "b"), ("condition", None), ("signal", "a")]
        assert office.rows(t.start_arrival, everything=True) == [] and office.verified()
        office.run(BroadcastSignal("a"), OWNER)
        assert len(cases(office)) == 1, "each event begins one case only"

    def test_messages_belong_together_by_their_key(self, office: Office) -> None:
        office.deploy(begins(MESSAGE.format("M") + MESSAGE.format("N"), parallel=True))
        assert publish(office, "order", "1", no=1) == publish(office, "payment", "2", paid=2) == 0
        assert publish(office, "payment", "1", paid=1) == 1
        assert office.variables == {"no": 1, "paid": 1}
        assert publish(office, "order", "2", no=2) == 2
        assert office.variables == {"no": 2, "paid": 2}

    def test_of_one_variable_the_later_value_counts(self, office: Office) -> None:
        office.deploy(begins(MESSAGE.format("M") + MESSAGE.format("N"), parallel=True))
        publish(office, "payment", "1", state="paid", first=True)
        office.advance("PT1H")
        publish(office, "order", "1", state="ordered")
        assert office.variables == {"state": "ordered", "first": True}

    def test_both_messages_are_known_to_have_reached_the_case(self, office: Office) -> None:
        office.deploy(begins(MESSAGE.format("M") + MESSAGE.format("N"), parallel=True))
        publish(office, "order", "1")
        publish(office, "payment", "1")
        found = office.rows(t.message_correlation)
        assert [(r.name, r.correlation_key, r.element_id) for r in found] == [("order", "1", "s1"), ("payment", "1", "s1")]

    def test_while_its_case_is_active_a_key_begins_no_other(self, office: Office) -> None:
        office.deploy(begins(MESSAGE.format("M") + MESSAGE.format("N"), parallel=True))
        publish(office, "order", "1")
        publish(office, "payment", "1")
        publish(office, "order", "1")
        publish(office, "payment", "1")
        assert office.rows(t.start_arrival, everything=True) == []
        office.complete("u")
        publish(office, "payment", "1")
        assert publish(office, "order", "1") == 2

    def test_what_has_no_key_serves_every_key_that_lacks_nothing_else(self, office: Office) -> None:
        office.deploy(begins(MESSAGE.format("M") + MESSAGE.format("N") + SIGNAL.format("A"), parallel=True))
        for key in "12":
            publish(office, "order", key, no=key)
            publish(office, "payment", key)
        publish(office, "order", "3")
        office.run(BroadcastSignal("a", {"at": "noon"}), OWNER)
        assert len(cases(office)) == 2 and office.variables == {"no": "2", "at": "noon"}
        assert [r.correlation_key for r in office.rows(t.start_arrival, everything=True)] == ["3"]
        assert publish(office, "payment", "3") == 2, "the signal has been used"
        office.run(BroadcastSignal("a"), OWNER)
        assert len(cases(office)) == 3

    def test_a_timer_may_be_one_of_them(self, office: Office) -> None:
        office.deploy(begins(MESSAGE.format("M") + DAILY, parallel=True))
        office.advance("P3D")
        assert cases(office) == []
        assert publish(office, "order", "1") == 1, "the timer has fired before"
        assert publish(office, "order", "2") == 1
        office.advance("P1D")
        assert len(cases(office)) == 2

    def test_a_correlated_message_is_never_kept(self, office: Office) -> None:
        office.deploy(begins(MESSAGE.format("M") + MESSAGE.format("N"), parallel=True))
        before = office.snapshot()
        with pytest.raises(NotFound, match="together with others"):
            office.run(CorrelateMessage("order", "1"), WORKER)
        assert office.snapshot() == before
        publish(office, "payment", "1")
        answer = office.run(CorrelateMessage("order", "1"), WORKER)
        assert answer["processInstanceKey"] == str(cases(office)[0].key)

    def test_what_has_come_counts_for_a_new_version_with_the_same_event(self, office: Office) -> None:
        xml = begins(MESSAGE.format("M") + MESSAGE.format("N"), parallel=True)
        office.deploy(xml)
        publish(office, "order", "1")
        office.deploy(xml.replace(b'name="u"', b'name="v"'))
        office.run(RearmStartEvents(), SYSTEM)
        assert publish(office, "payment", "1") == 1
        assert cases(office)[0].version == 2

    def test_it_is_forgotten_when_the_event_has_changed_or_gone(self, office: Office) -> None:
        both = MESSAGE.format("M") + MESSAGE.format("N")
        office.deploy(begins(both, parallel=True))
        publish(office, "order", "1")
        office.deploy(begins(both + SIGNAL.format("A"), parallel=True))
        assert office.rows(t.start_arrival, everything=True) == []
        publish(office, "order", "1")
        for key in [r.key for r in reversed(office.rows(t.process_definition, everything=True))]:
            office.run(DeleteResource(key), OWNER)
        assert office.rows(t.start_arrival, everything=True) == []

    def test_conditions_of_an_older_version_do_not_count(self, office: Office) -> None:
        xml = begins(SIGNAL.format("A") + condition("=x"), parallel=True)
        old = int(office.deploy(xml)["deployments"][0]["processDefinition"]["processDefinitionKey"])
        office.deploy(xml.replace(b'name="u"', b'name="v"'))
        assert evaluate(office, x=True, key=old) == []
        assert office.rows(t.start_arrival, everything=True) == []


class TestParallelGateway:
    """The first event begins the case; the others come to it, not to a new one (10.6.6, 13.2)."""

    def _deploy(self, office: Office, *bodies: str) -> None:
        gateway = node("eventBasedGateway", "g", attributes='instantiate="true" eventGatewayType="Parallel"')
        names = [f"c{n}" for n in range(1, len(bodies) + 1)]
        events = [node("intermediateCatchEvent", c, body=body) for c, body in zip(names, bodies, strict=True)]
        ways = flows(*(f"g {c}" for c in names), *(f"{c} u" for c in names))
        office.deploy(diagram(gateway + "".join(events) + user("u") + ways, MESSAGES + SIGNALS))

    @pytest.mark.parametrize("order", [("order", "payment"), ("payment", "order")])
    def test_the_later_message_reaches_the_same_case(self, office: Office, order: tuple[str, str]) -> None:
        self._deploy(office, MESSAGE.format("M"), MESSAGE.format("N"))
        assert publish(office, order[0], "1", no="1") == 1
        assert publish(office, order[0], "2", no="2") == 2
        first, second = cases(office)
        assert publish(office, order[1], "1") == 2
        office.key = first.key
        assert office.waiting == ["u", "u"]
        office.complete("u").complete("u")
        assert office.instance.state == "COMPLETED"
        office.key = second.key
        office.complete("u")
        assert office.instance.state == "ACTIVE", "the other event is still to come"
        publish(office, order[1], "2")
        assert office.complete("u").instance.state == "COMPLETED" and office.verified()

    def test_a_key_whose_case_is_active_begins_no_other_by_any_of_the_messages(self, office: Office) -> None:
        self._deploy(office, MESSAGE.format("M"), MESSAGE.format("N"))
        publish(office, "order", "1", no="1")
        publish(office, "payment", "1")
        assert publish(office, "order", "1", no="1") == publish(office, "payment", "1", no="1") == 1
        office.run(CancelInstance(office.key), OWNER)
        assert publish(office, "payment", "1", no="1") == 2

    def test_a_signal_comes_to_the_cases_that_wait_for_it_and_begins_one_if_none_does(self, office: Office) -> None:
        self._deploy(office, MESSAGE.format("M"), SIGNAL.format("A"))
        publish(office, "order", "1", no="1")
        publish(office, "order", "2", no="2")
        office.run(BroadcastSignal("a"), OWNER)
        found = cases(office)
        assert len(found) == 2
        for case in found:
            office.key = case.key
            assert office.waiting == ["u", "u"]
        office.run(BroadcastSignal("a", {"no": "3"}), OWNER)
        assert len(cases(office)) == 3 and office.waiting == ["u"]
        assert publish(office, "order", "3") == 3 and office.waiting == ["u", "u"]

    def test_a_time_that_a_case_waits_for_begins_no_other(self, office: Office) -> None:
        self._deploy(office, MESSAGE.format("M"), DATE.format("2026-04-12T09:00:00Z"))
        publish(office, "order", "1", no="1")
        office.advance("P3D")
        assert len(cases(office)) == 1 and office.waiting == ["u", "u"]

    def test_a_time_may_begin_it(self, office: Office) -> None:
        self._deploy(office, SIGNAL.format("A"), DATE.format("2026-04-12T09:00:00Z"))
        office.advance("P3D")
        assert len(cases(office)) == 1 and office.waiting == ["u"]
        office.run(BroadcastSignal("a"), OWNER)
        assert len(cases(office)) == 1 and office.waiting == ["u", "u"]
