"""What starts a process by itself: conditions, several events that must all come, a parallel event-based gateway."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

import pytest

from engine.execution import ElementFailure, read_processes
from engine.execution.modification import Activation, modify
from engine.execution.starts import condition_holds, starting, together
from engine.feel import Environment, from_json
from tests.execution.bench import diagram, flows, node, user
from tests.execution.test_refused_elements import faults_of

NOW = datetime(2026, 4, 10, 9, tzinfo=UTC)
SIGNALS = '<bpmn:signal id="A" name="a"/><bpmn:signal id="B" name="b"/>'
BOTH = '<bpmn:signalEventDefinition signalRef="A"/><bpmn:signalEventDefinition signalRef="B"/>'
TOTAL = '<zeebe:ioMapping><zeebe:output source="=one + two" target="total"/></zeebe:ioMapping>'


def message(id: str, name: str) -> str:
    """A message that is correlated by the case's number."""
    return (
        f'<bpmn:message id="{id}" name="{name}"><bpmn:extensionElements><zeebe:subscription correlationKey="=no"/>'
        "</bpmn:extensionElements></bpmn:message>"
    )


def condition(feel: str, names: str = "") -> str:
    """A conditional event definition; `names` are those that it is limited to."""
    limit = f'<bpmn:extensionElements><zeebe:conditionalFilter variableNames="{names}"/></bpmn:extensionElements>'
    return (
        f"<bpmn:conditionalEventDefinition>{limit if names else ''}<bpmn:condition>{feel}</bpmn:condition>"
        "</bpmn:conditionalEventDefinition>"
    )


class TestConditions:
    """10.5.2: a process begins when a condition is true."""

    def test_an_instance_begins_at_it_with_the_variables(self, run) -> None:
        xml = diagram(node("startEvent", "s", body=condition("=amount &gt; 10")) + user("u") + flows("s u"))
        case = run(xml).start("s", amount=11)
        assert (case.waiting, case.variables) == (["u"], {"amount": 11})
        assert case.complete("u").ended.completed

    @pytest.mark.parametrize(
        ("feel", "names", "variables", "holds"),
        [
            ("=amount > 10", "", {"amount": 11}, True),
            ("=amount > 10", "", {"amount": 10}, False),
            ("=amount > 10", "", {}, False),
            ("=amount > 10", "", {"amount": None}, False),
            ("=order.amount > 10", "", {"order": {}}, False),
            ("=true", "", {}, True),
            ("=true", "amount, unit", {"other": 1}, False),
            ("=true", "amount, unit", {"unit": None}, True),
            ("=amount", "unit", {"amount": "no boolean"}, False),
        ],
    )
    def test_whether_it_holds(self, feel: str, names: str, variables: dict[str, Any], holds: bool) -> None:
        assert self._holds(feel, names, variables) is holds

    @pytest.mark.parametrize(
        ("feel", "variables"),
        [("=amount", {"amount": 1}), ("=amount > 10", {"amount": "much"}), ("=sum(for i in 1..9999999 return i) > a", {"a": 1})],
    )
    def test_a_condition_that_is_none_fails(self, feel: str, variables: dict[str, Any]) -> None:
        with pytest.raises(ElementFailure, match="condition of s") as failure:
            self._holds(feel, "", variables)
        assert failure.value.error_type == "CONDITION_ERROR"

    def _holds(self, feel: str, names: str, variables: dict[str, Any]) -> bool:
        body = condition(feel.replace("<", "&lt;").replace(">", "&gt;"), names)
        xml = diagram(node("startEvent", "s", body=body) + user("u") + flows("s u"))
        (start,) = starting(read_processes(xml, "p.bpmn")[0][0])
        return condition_holds(start, from_json(variables), Environment(now=NOW, zone="Asia/Bangkok"))


def test_several_events_that_must_all_come_bring_what_they_brought_together(run) -> None:
    start = node("startEvent", "s", TOTAL, BOTH, 'parallelMultiple="true"')
    xml = diagram(start + user("u") + flows("s u"), SIGNALS)
    case = run(xml).start("s", one=1, two=2)
    assert (case.waiting, case.variables) == (["u"], {"total": 3})


def test_each_event_that_starts_is_known_by_its_place() -> None:
    parallel = node("startEvent", "all", body=BOTH, attributes='parallelMultiple="true"')
    several = node("startEvent", "any", body=BOTH + condition("=x"))
    xml = diagram(parallel + several + user("u") + flows("all u", "any u"), SIGNALS)
    found = [(s.node.id, s.event.kind, s.part) for s in starting(read_processes(xml, "p.bpmn")[0][0])]
    assert found == [
        ("all", "signal", 0), ("all", "signal", 1),
        ("any", "signal", None), ("any", "signal", None), ("any", "conditional", None),
    ]  # fmt: skip


class TestParallelGateway:
    """10.6.6 and 13.2: the first event starts the instance, which ends only when the others have come, too."""

    MESSAGES = message("M", "order") + message("N", "payment")

    def _xml(self, kind: str = "Parallel", join: bool = False) -> bytes:
        gateway = node("eventBasedGateway", "g", attributes=f'instantiate="true" eventGatewayType="{kind}"')
        events = "".join(
            node("intermediateCatchEvent", i, body=f'<bpmn:messageEventDefinition messageRef="{i.upper()}"/>') for i in "mn"
        )
        if join:
            joined = node("parallelGateway", "j") + user("u") + flows("g m", "g n", "m j", "n j", "j u")
            return diagram(gateway + events + joined, self.MESSAGES)
        return diagram(gateway + events + user("u") + user("v") + flows("g m", "g n", "m u", "n v"), self.MESSAGES)

    @pytest.mark.parametrize(("first", "second"), ["mn", "nm"])
    def test_it_waits_for_the_other_events(self, run, first: str, second: str) -> None:
        after = {"m": "u", "n": "v"}
        case = run(self._xml()).start(first, no=7)
        assert case.waiting == sorted([second, after[first]])
        assert [w.correlation_key for w in case.waiting_for.values()] == ["7"]
        case.complete(after[first])
        assert case.ended is None
        assert case.trigger(second, paid=True).waiting == [after[second]]
        assert case.variables == {"no": 7, "paid": True}
        assert case.complete(after[second]).ended.completed

    def test_an_exclusive_one_does_not(self, run) -> None:
        case = run(self._xml("Exclusive")).start("m", no=7)
        assert case.waiting == ["u"]
        assert case.complete("u").ended.completed

    def test_its_branches_join(self, run) -> None:
        case = run(self._xml(join=True)).start("n", no=7)
        assert case.waiting == ["m"]
        assert case.trigger("m").waiting == ["u"]

    def test_a_key_that_has_no_value_is_an_incident_of_the_event_that_waits(self, run) -> None:
        case = run(self._xml()).start("m")
        (incident,) = case.incidents.values()
        assert (incident.node.id, incident.error_type, case.waiting) == ("n", "EXTRACT_VALUE_ERROR", ["u"])
        assert case.set(no=7).resolve().waiting == ["n", "u"]

    def test_put_there_by_hand_a_token_waits_for_all(self, run) -> None:
        case = run(self._xml()).start("m", no=7)
        modify(case.case, [Activation("g")], [], [])
        assert case._settle().waiting == ["m", "n", "n", "u"]

    def test_what_belongs_together(self) -> None:
        parallel, exclusive = (read_processes(self._xml(kind), "p.bpmn")[0][0] for kind in ("Parallel", "Exclusive"))
        assert [n.id for n in together(parallel, "n")] == ["m", "n"]
        assert together(exclusive, "n") == together(parallel, "u") == []

    def test_conditions_and_times_are_waited_for_in_the_case(self, run) -> None:
        gateway = node("eventBasedGateway", "g", attributes='instantiate="true" eventGatewayType="Parallel"')
        date = "<bpmn:timerEventDefinition><bpmn:timeDate>2026-05-01T09:00:00+07:00</bpmn:timeDate></bpmn:timerEventDefinition>"
        events = (
            node("intermediateCatchEvent", "m", body='<bpmn:messageEventDefinition messageRef="M"/>')
            + node("intermediateCatchEvent", "c", body=condition("=approved"))
            + node("intermediateCatchEvent", "t", body=date)
        )
        case = run(diagram(gateway + events + flows("g m", "g c", "g t"), self.MESSAGES)).start("m", no=7)
        assert case.waiting == ["c", "t"]
        assert case.set(approved=True).waiting == ["t"]
        assert case.trigger("t").ended.completed

    def test_what_it_leads_to_must_be_found_by_a_key_and_begin_at_a_date(self) -> None:
        keyless = self.MESSAGES.replace("<zeebe:subscription correlationKey=\"=no\"/>", "")
        parallel, exclusive = (self._xml(kind).replace(self.MESSAGES.encode(), keyless.encode()) for kind in ("Parallel", "Exclusive"))
        assert [(f.element_id, f.rule) for f in faults_of(parallel)] == [("m", "correlation-key"), ("n", "correlation-key")]
        assert faults_of(exclusive) == []
        duration = "<bpmn:timerEventDefinition><bpmn:timeDuration>PT1H</bpmn:timeDuration></bpmn:timerEventDefinition>"
        late = self._xml().replace(b'<bpmn:messageEventDefinition messageRef="M"/>', duration.encode())
        assert [(f.element_id, f.rule) for f in faults_of(late)] == [("m", "start-duration")]
