"""Multi-instance activities in depth (13.3.7; section 6 of the dialect)."""

from __future__ import annotations

from decimal import Decimal

import pytest

from tests.execution.bench import diagram, flows, node, user

START = node("startEvent", "s")


def loop(collection: str = "=items", more: str = "", condition: str = "", sequential: bool = False) -> str:
    """Multi-instance characteristics."""
    ends = f"<bpmn:completionCondition>{condition}</bpmn:completionCondition>" if condition else ""
    return (
        f'<bpmn:multiInstanceLoopCharacteristics isSequential="{str(sequential).lower()}"><bpmn:extensionElements>'
        f'<zeebe:loopCharacteristics inputCollection="{collection}" {more}/></bpmn:extensionElements>{ends}'
        "</bpmn:multiInstanceLoopCharacteristics>"
    )


def around(task: str) -> bytes:
    """A diagram with one looping task `a` and a task behind it."""
    return diagram(START + task + user("u") + flows("s a", "a u"))


OUTPUT = 'inputElement="item" outputCollection="answers" outputElement="=answer"'


def test_a_count_makes_as_many_instances(run) -> None:
    case = run(around(user("a", body=loop("=for i in 1..n return i", 'inputElement="i"')))).start(n=3)
    assert case.waiting == ["a", "a", "a"]
    locals_ = [case.case.variables.local(k) for k in sorted(case.tasks)]
    assert [(v["i"], v["loopCounter"]) for v in locals_] == [(Decimal(i), Decimal(i)) for i in (1, 2, 3)]


def test_the_output_element_is_local_from_the_beginning_and_null(run) -> None:
    plain = 'inputElement="item" outputCollection="answers" outputElement="=answer"'
    case = run(around(user("a", body=loop(more=plain)))).start(items=[1, 2], answer="outside")
    assert [case.case.variables.local(k)["answer"] for k in case.tasks] == [None, None]
    case.complete("a", answer="x").complete("a")
    assert case.variables["answers"] == ["x", None]
    assert case.variables["answer"] == "outside"


def test_an_output_element_that_is_an_expression_is_evaluated_when_the_instance_ends(run) -> None:
    more = 'inputElement="item" outputCollection="answers" outputElement="={of: item, sum: item + plus}"'
    case = run(around(user("a", body=loop(more=more)))).start(items=[1, 2], plus=10)
    case.complete("a").complete("a")
    assert case.variables["answers"] == [{"of": 1, "sum": 11}, {"of": 2, "sum": 12}]


def test_an_output_mapping_sets_the_output_element(run) -> None:
    mapping = '<zeebe:ioMapping><zeebe:output source="=raw * 2" target="answer"/></zeebe:ioMapping>'
    case = run(around(user("a", mapping, loop(more=OUTPUT)))).start(items=[1, 2])
    case.complete("a", 1, raw=5).complete("a", raw=4)
    assert case.variables == {"items": [1, 2], "answers": [8, 10]}


@pytest.mark.parametrize("sequential", [False, True])
def test_what_an_instance_merges_outward_the_others_see(run, sequential: bool) -> None:
    case = run(around(user("a", body=loop(sequential=sequential)))).start(items=[1, 2], total=0)
    case.complete("a", total=5)
    assert case.case.variables.visible(next(iter(case.tasks)))["total"] == Decimal(5)


@pytest.mark.parametrize("sequential", [False, True])
def test_an_empty_collection_is_done_at_once(run, sequential: bool) -> None:
    case = run(around(user("a", body=loop(more=OUTPUT, sequential=sequential)))).start(items=[])
    assert (case.waiting, case.variables["answers"]) == (["u"], [])


@pytest.mark.parametrize("value", [None, "text", 5, {"a": 1}])
def test_what_is_no_list_is_an_incident_that_can_be_repaired(run, value: object) -> None:
    case = run(around(user("a", body=loop()))).start(items=value)
    (incident,) = case.incidents.values()
    assert (incident.error_type, case.waiting) == ("EXTRACT_VALUE_ERROR", [])
    assert case.set(items=[1]).resolve().waiting == ["a"]


def test_the_condition_counts(run) -> None:
    condition = "=numberOfCompletedInstances = 2 and numberOfActiveInstances = 1 and numberOfInstances = 3 and numberOfTerminatedInstances = 0"
    case = run(around(user("a", body=loop(condition=condition, more=OUTPUT)))).start(items=[1, 2, 3])
    assert case.complete("a", answer=1).waiting == ["a", "a"]
    assert case.complete("a", answer=2).waiting == ["u"]
    assert case.variables["answers"] == [1, 2, None]


def test_the_condition_ends_a_sequence_early(run) -> None:
    more = OUTPUT
    case = run(around(user("a", body=loop(condition="=stop", more=more, sequential=True)))).start(items=[1, 2, 3], stop=False)
    assert case.complete("a", answer=1).waiting == ["a"]
    assert case.complete("a", answer=2, stop=True).waiting == ["u"]
    assert case.variables["answers"] == [1, 2, None]


def test_a_condition_that_cannot_be_decided_is_an_incident_that_can_be_repaired(run) -> None:
    case = run(around(user("a", body=loop(condition="=enough", more=OUTPUT)))).start(items=[1, 2])
    case.complete("a", answer="x")
    (incident,) = case.incidents.values()
    assert incident.error_type == "EXTRACT_VALUE_ERROR" and "enough" in incident.message
    case.set(enough=False).resolve()
    assert (case.waiting, case.incidents) == (["a"], {})
    assert case.complete("a", answer="y").waiting == ["u"]
    assert case.variables["answers"] == ["x", "y"]


def test_a_condition_repaired_to_true_ends_the_rest(run) -> None:
    case = run(around(user("a", body=loop(condition="=enough", more=OUTPUT)))).start(items=[1, 2])
    case.complete("a", answer="x")
    assert case.set(enough=True).resolve().waiting == ["u"]
    assert case.variables["answers"] == ["x", None]


def test_repairing_the_condition_does_not_map_the_outputs_twice(run) -> None:
    mapping = '<zeebe:ioMapping><zeebe:output source="=total + n" target="total"/></zeebe:ioMapping>'
    case = run(around(user("a", mapping, loop(condition="=enough")))).start(items=[1, 2], total=0)
    case.complete("a", n=5).set(enough=False)
    assert case.resolve().variables["total"] == Decimal(5)


def test_the_condition_sees_what_the_instance_has_found(run) -> None:
    case = run(around(user("a", body=loop(condition='=answer = "no"', more=OUTPUT)))).start(items=[1, 2, 3])
    assert case.complete("a", answer="yes").waiting == ["a", "a"]
    assert case.complete("a", answer="no").waiting == ["u"]


def test_an_interrupted_body_gives_nothing(run) -> None:
    timer = "<bpmn:timerEventDefinition><bpmn:timeDuration>PT1H</bpmn:timeDuration></bpmn:timerEventDefinition>"
    boundary = node("boundaryEvent", "t", body=timer, attributes='attachedToRef="a"')
    xml = diagram(START + user("a", body=loop(more=OUTPUT)) + boundary + user("u") + user("v") + flows("s a", "a u", "t v"))
    case = run(xml).start(items=[1, 2]).complete("a", answer="x").trigger("t")
    assert (case.waiting, case.variables) == (["v"], {"items": [1, 2]})


def test_loops_in_loops_keep_their_items_apart(run) -> None:
    inner = node("startEvent", "is") + user("b", body=loop("=item.parts", 'inputElement="part"'))
    inner += flows("is b").replace('id="f', 'id="i')
    task = f'<bpmn:subProcess id="a">{loop(more=chr(32) + "inputElement=" + chr(34) + "item" + chr(34))}{inner}</bpmn:subProcess>'
    case = run(around(task)).start(items=[{"parts": ["x", "y"]}, {"parts": ["z"]}])
    seen = [case.case.variables.visible(k)["part"] for k in sorted(case.tasks)]
    assert sorted(seen) == ["x", "y", "z"]
    assert case.complete("b").complete("b").waiting == ["b"]
    assert case.complete("b").waiting == ["u"]


def test_a_looping_call_asks_for_one_child_per_item(run) -> None:
    called = '<zeebe:calledElement processId="q" propagateAllChildVariables="true"/>'
    task = node("callActivity", "a", called, loop(more=OUTPUT))
    case = run(around(task)).start(items=["x", "y"])
    first, second = case.calls.values()
    assert (first.variables["item"], second.variables["item"]) == ("x", "y")
    case.case.complete_call(second.task_key, {"answer": "2nd"})
    case.case.complete_call(first.task_key, {"answer": "1st"})
    assert case._settle().variables["answers"] == ["1st", "2nd"]


def test_an_error_of_one_instance_ends_the_whole_body(run) -> None:
    task = node("serviceTask", "a", '<zeebe:taskDefinition type="t"/>', loop())
    boundary = node("boundaryEvent", "b", body="<bpmn:errorEventDefinition/>", attributes='attachedToRef="a"')
    case = run(diagram(START + task + boundary + user("u") + user("v") + flows("s a", "a u", "b v"))).start(items=[1, 2, 3])
    assert case.error("a", "BAD").waiting == ["v"]
