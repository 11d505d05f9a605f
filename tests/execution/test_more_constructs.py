"""Links, conditions, multiple events, standard loops, ad-hoc sub-processes, complex gateways, implicit splits."""

from __future__ import annotations

import pytest

from engine.execution import NotWaiting
from tests.execution.bench import diagram, flows, node, user

START, END = node("startEvent", "s"), node("endEvent", "e")


def test_a_link_goes_on_at_its_other_end(run) -> None:
    link = '<bpmn:linkEventDefinition name="L"/>'
    xml = diagram(
        START + node("intermediateThrowEvent", "t", body=link) + node("intermediateCatchEvent", "c", body=link) + user("u")
        + flows("s t", "c u")
    )  # fmt: skip
    assert run(xml).start().waiting == ["u"]


CONDITION = "<bpmn:conditionalEventDefinition{}>{}<bpmn:condition>=amount > 10</bpmn:condition></bpmn:conditionalEventDefinition>"


class TestConditions:
    """10.5.5: looked at on entry, then when variables change."""

    def test_a_catch_event_waits_until_the_condition_holds(self, run) -> None:
        xml = diagram(START + node("intermediateCatchEvent", "c", body=CONDITION.format("", "")) + user("u") + flows("s c", "c u"))
        case = run(xml).start(amount=1)
        assert case.waiting == ["c"]
        assert case.set(amount=11).waiting == ["u"]
        assert run(xml).start(amount=12).waiting == ["u"]

    def test_a_missing_variable_is_no_incident(self, run) -> None:
        xml = diagram(START + node("intermediateCatchEvent", "c", body=CONDITION.format("", "")) + user("u") + flows("s c", "c u"))
        case = run(xml).start()
        assert (case.waiting, case.incidents) == (["c"], {})

    def test_the_filter_names_the_variables_that_count(self, run) -> None:
        limit = '<bpmn:extensionElements><zeebe:conditionalFilter variableNames="go"/></bpmn:extensionElements>'
        xml = diagram(START + node("intermediateCatchEvent", "c", body=CONDITION.format("", limit)) + user("u") + flows("s c", "c u"))
        case = run(xml).start(amount=1).set(amount=11)
        assert case.waiting == ["c"]
        assert case.set(go=1).waiting == ["u"]

    @pytest.mark.parametrize(("events", "waits"), [("create", [True, False]), ("update", [False, True]), ("create, update", [True, True])])
    def test_the_filter_names_the_changes_that_count(self, run, events: str, waits: list[bool]) -> None:
        limit = f'<bpmn:extensionElements><zeebe:conditionalFilter variableEvents="{events}"/></bpmn:extensionElements>'
        xml = diagram(START + node("intermediateCatchEvent", "c", body=CONDITION.format("", limit)) + user("u") + flows("s c", "c u"))
        created = run(xml).start().set(amount=11)
        updated = run(xml).start(amount=1).set(amount=11)
        assert [case.waiting == ["u"] for case in (created, updated)] == waits

    def test_an_interrupting_boundary_condition_ends_the_task(self, run) -> None:
        boundary = f'<bpmn:boundaryEvent id="b" attachedToRef="a">{CONDITION.format("", "")}</bpmn:boundaryEvent>'
        xml = diagram(START + user("a") + boundary + user("u") + user("v") + flows("s a", "a u", "b v"))
        assert run(xml).start().set(amount=99).waiting == ["v"]


class TestMultipleEvents:
    """10.5.5.11: any of them, or all of them."""

    ROOTS = '<bpmn:signal id="A" name="a"/><bpmn:signal id="B" name="b"/>'
    BOTH = '<bpmn:signalEventDefinition signalRef="A"/><bpmn:signalEventDefinition signalRef="B"/>'

    def test_the_first_of_several_is_enough(self, run) -> None:
        xml = diagram(START + node("intermediateCatchEvent", "c", body=self.BOTH) + user("u") + flows("s c", "c u"), self.ROOTS)
        case = run(xml).start()
        assert case.waiting == ["c", "c"]
        assert case.trigger("c").waiting == ["u"]

    def test_a_parallel_one_needs_all(self, run) -> None:
        catch = node("intermediateCatchEvent", "c", body=self.BOTH, attributes='parallelMultiple="true"')
        case = run(diagram(START + catch + user("u") + flows("s c", "c u"), self.ROOTS)).start()
        assert case.trigger("c", one=1).waiting == ["c"]
        assert case.trigger("c", two=2).waiting == ["u"]
        assert case.variables == {"one": 1, "two": 2}


class TestStandardLoop:
    """13.3.6."""

    def _xml(self, attributes: str, condition: str = "") -> bytes:
        inner = f"<bpmn:loopCondition>{condition}</bpmn:loopCondition>" if condition else ""
        return diagram(
            START + user("a", body=f"<bpmn:standardLoopCharacteristics {attributes}>{inner}</bpmn:standardLoopCharacteristics>") + user("u")
            + flows("s a", "a u")
        )  # fmt: skip

    def test_tested_after_each_round(self, run) -> None:
        case = run(self._xml("", "=again")).start()
        assert case.complete("a", again=True).waiting == ["a"]
        assert case.complete("a", again=False).waiting == ["u"]

    def test_tested_before_it_may_not_run_at_all(self, run) -> None:
        assert run(self._xml('testBefore="true"', "=again")).start(again=False).waiting == ["u"]
        assert run(self._xml('testBefore="true"', "=again")).start(again=True).waiting == ["a"]

    def test_a_maximum_ends_it(self, run) -> None:
        case = run(self._xml('loopMaximum="2"', "=true")).start()
        assert case.complete("a").waiting == ["a"]
        assert case.complete("a").waiting == ["u"]

    def test_a_condition_that_fails_is_an_incident_of_the_loop_and_decided_again(self, run) -> None:
        case = run(self._xml("", "=again")).start().complete("a")
        (incident,) = case.incidents.values()
        assert incident.node.id == "a" and "again" in incident.message
        assert case.set(again=True).resolve().waiting == ["a"]


def test_a_cardinality_makes_as_many_instances(run) -> None:
    loop = "<bpmn:multiInstanceLoopCharacteristics><bpmn:loopCardinality>=n</bpmn:loopCardinality></bpmn:multiInstanceLoopCharacteristics>"
    xml = diagram(START + user("a", body=loop) + user("u") + flows("s a", "a u"))
    assert run(xml).start(n=3).waiting == ["a", "a", "a"]
    assert run(xml).start(n=0).waiting == ["u"]


class TestAdHoc:
    """10.3.5.3; zeebe:adHoc."""

    def _xml(self, adhoc: str = "", condition: str = "", attributes: str = "") -> bytes:
        inner = user("a") + user("b") + user("c") + '<bpmn:sequenceFlow id="i" sourceRef="b" targetRef="c"/>'
        if condition:
            inner += f"<bpmn:completionCondition>{condition}</bpmn:completionCondition>"
        return diagram(START + node("adHocSubProcess", "ah", adhoc, inner, attributes) + user("u") + flows("s ah", "ah u"))

    def test_it_begins_with_its_collection_and_ends_with_the_last(self, run) -> None:
        case = run(self._xml('<zeebe:adHoc activeElementsCollection="=todo"/>')).start(todo=["a", "b"])
        assert case.waiting == ["a", "b"]
        assert case.complete("b").waiting == ["a", "c"]
        assert case.complete("a").complete("c").waiting == ["u"]

    def test_the_completion_condition_ends_the_rest(self, run) -> None:
        case = run(self._xml('<zeebe:adHoc activeElementsCollection="=todo"/>', "=done")).start(todo=["a", "b"], done=False)
        assert case.complete("a", done=True).waiting == ["u"]

    def test_or_lets_the_rest_finish(self, run) -> None:
        xml = self._xml('<zeebe:adHoc activeElementsCollection="=todo"/>', "=done", 'cancelRemainingInstances="false"')
        case = run(xml).start(todo=["a", "b"], done=False).complete("a", done=True)
        assert case.waiting == ["b"]
        assert case.complete("b").waiting == ["c"]
        assert case.complete("c").waiting == ["u"]

    def test_sequential_ordering_runs_one_at_a_time(self, run) -> None:
        xml = self._xml('<zeebe:adHoc activeElementsCollection="=todo"/>', attributes='ordering="Sequential"')
        case = run(xml).start(todo=["a", "b"])
        assert case.waiting == ["a"]
        assert case.complete("a").waiting == ["b"]

    def test_elements_can_be_activated_while_it_is_open(self, run) -> None:
        case = run(self._xml()).start()
        assert case.waiting == []
        key = next(k for k, task in case.case.tasks.items() if task.task_spec.node.id == "ah")
        with pytest.raises(NotWaiting):
            case.case.activate_ad_hoc(key, ["c"])  # not one that a flow leads to
        case.case.activate_ad_hoc(key, ["a"])
        assert case._settle().waiting == ["a"]

    def test_an_unknown_element_is_an_incident(self, run) -> None:
        (incident,) = run(self._xml('<zeebe:adHoc activeElementsCollection="=todo"/>')).start(todo=["zz"]).incidents.values()
        assert incident.error_type == "EXTRACT_VALUE_ERROR"


class TestComplexGateway:
    """13.4.5."""

    def _xml(self, condition: str) -> bytes:
        gate = node("complexGateway", "g", body=f"<bpmn:activationCondition>{condition}</bpmn:activationCondition>")
        return diagram(
            START + node("parallelGateway", "split") + user("a") + user("b") + user("c") + gate + user("u") + END
            + flows("s split", "split a", "split b", "split c", "a g", "b g", "c g", "g u", "u e")
        )  # fmt: skip

    def test_two_of_three_are_enough_and_the_third_is_taken_in(self, run) -> None:
        case = run(self._xml("=activationCount &gt;= 2")).start().complete("a")
        assert case.waiting == ["b", "c"]
        assert case.complete("c").waiting == ["b", "u"]
        assert case.complete("b").waiting == ["u"]
        assert case.complete("u").ended.completed

    def test_the_instance_ends_only_when_the_rest_has_come(self, run) -> None:
        case = run(self._xml("=activationCount &gt;= 2")).start().complete("a").complete("b").complete("u")
        assert case.waiting == ["c"] and case.ended is None
        assert case.complete("c").ended.completed


def test_conditional_flows_out_of_a_task(run) -> None:
    task = user("a").replace("<bpmn:userTask ", '<bpmn:userTask default="f4" ')
    xml = diagram(START + task + user("b") + user("c") + user("d") + flows("s a", "a b: =x", "a c: =y", "a d"))
    assert run(xml).start().complete("a", x=True, y=True).waiting == ["b", "c"]
    assert run(xml).start().complete("a", x=False, y=False).waiting == ["d"]


def test_a_sub_process_without_start_event_begins_everywhere(run) -> None:
    xml = diagram(START + f'<bpmn:subProcess id="sub">{user("a")}{user("b")}</bpmn:subProcess>' + user("u") + flows("s sub", "sub u"))
    case = run(xml).start()
    assert case.waiting == ["a", "b"]
    assert case.complete("a").complete("b").waiting == ["u"]


def test_an_event_definition_of_the_file_can_be_referred_to(run) -> None:
    shared = '<bpmn:signal id="S" name="x"/><bpmn:signalEventDefinition id="D" signalRef="S"/>'
    catch = node("intermediateCatchEvent", "c", body="<bpmn:eventDefinitionRef>D</bpmn:eventDefinitionRef>")
    case = run(diagram(START + catch + user("u") + flows("s c", "c u"), shared)).start()
    assert case.trigger("c").waiting == ["u"]


class TestQuantities:
    """10.3.1: how many tokens an activity takes, and how many it puts on each flow."""

    def test_it_begins_when_enough_tokens_have_come(self, run) -> None:
        needs = user("u").replace("<bpmn:userTask ", '<bpmn:userTask startQuantity="2" ')
        xml = diagram(
            START + node("parallelGateway", "split") + user("a") + user("b") + user("c") + needs
            + flows("s split", "split a", "split b", "split c", "a u", "b u", "c u")
        )  # fmt: skip
        case = run(xml).start().complete("a")
        assert case.waiting == ["b", "c"]
        assert case.complete("b").waiting == ["c", "u"]
        assert case.complete("c").waiting == ["u"]  # one token waits for another

    def test_it_puts_several_tokens_on_its_flow(self, run) -> None:
        gives = user("a").replace("<bpmn:userTask ", '<bpmn:userTask completionQuantity="2" ')
        assert run(diagram(START + gives + user("u") + flows("s a", "a u"))).start().complete("a").waiting == ["u", "u"]


class TestInstantiating:
    """10.3.3.5 and 10.6.6: a message starts the instance and is received at once."""

    ROOTS = '<bpmn:message id="M" name="order"/><bpmn:message id="N" name="offer"/>'

    def test_a_receive_task_has_received_what_started_it(self, run) -> None:
        task = node("receiveTask", "r", attributes='messageRef="M" instantiate="true"')
        case = run(diagram(task + user("u") + flows("r u"), self.ROOTS)).start("r", number=7)
        assert (case.waiting, case.variables) == (["u"], {"number": 7})

    def test_an_event_behind_a_gateway_starts_it(self, run) -> None:
        xml = diagram(
            node("eventBasedGateway", "g", attributes='instantiate="true"')
            + node("intermediateCatchEvent", "m", body='<bpmn:messageEventDefinition messageRef="M"/>')
            + node("intermediateCatchEvent", "n", body='<bpmn:messageEventDefinition messageRef="N"/>')
            + user("u") + user("v") + flows("g m", "g n", "m u", "n v"), self.ROOTS,
        )  # fmt: skip
        assert run(xml).start("n").waiting == ["v"]
