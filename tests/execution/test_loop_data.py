"""Collections of a multi-instance activity in BPMN's own form: loopDataInputRef and the like (10.3.8)."""

from __future__ import annotations

import pytest

from tests.execution.bench import diagram, flows, node, user
from tests.execution.test_refused_elements import faults_of

START = node("startEvent", "s")
OBJECTS = (
    '<bpmn:property id="PR" name="given"/><bpmn:dataObject id="DO" name="orders" isCollection="true"/><bpmn:dataObject id="results" isCollection="true"/>'
    '<bpmn:dataObjectReference id="REF" dataObjectRef="DO"/>'
)
EMPTY = {"orders": [], "given": None}  # the data of the process that nothing has filled
ITEMS = '<bpmn:inputDataItem id="ii" name="order"/><bpmn:outputDataItem id="oo" name="answer"/>'
BOX = '<bpmn:extensionElements><zeebe:loopCharacteristics {}/></bpmn:extensionElements>'


def loop(source: str = "", target: str = "", more: str = ITEMS, sequential: bool = False, box: str = "", count: str = "") -> str:
    """Multi-instance characteristics that refer to data."""
    into = f"<bpmn:loopDataInputRef>{source}</bpmn:loopDataInputRef>" if source else ""
    out = f"<bpmn:loopDataOutputRef>{target}</bpmn:loopDataOutputRef>" if target else ""
    extra = BOX.format(box) if box else ""
    return (
        f'<bpmn:multiInstanceLoopCharacteristics isSequential="{str(sequential).lower()}">{extra}{count}{into}{out}{more}'
        "</bpmn:multiInstanceLoopCharacteristics>"
    )


def association(kind: str, source: str, target: str, more: str = "") -> str:
    return (
        f"<bpmn:data{kind}Association><bpmn:sourceRef>{source}</bpmn:sourceRef><bpmn:targetRef>{target}</bpmn:targetRef>"
        f"{more}</bpmn:data{kind}Association>"
    )


def inside(*associations: str, into: str = "list", out: str = "found") -> str:
    """A task's data input `di` and output `do`, with associations."""
    return (
        f'<bpmn:ioSpecification><bpmn:dataInput id="di" name="{into}" isCollection="true"/>'
        f'<bpmn:dataOutput id="do" name="{out}" isCollection="true"/>'
        "<bpmn:inputSet><bpmn:dataInputRefs>di</bpmn:dataInputRefs></bpmn:inputSet>"
        "<bpmn:outputSet><bpmn:dataOutputRefs>do</bpmn:dataOutputRefs></bpmn:outputSet></bpmn:ioSpecification>" + "".join(associations)
    )


def around(body: str) -> bytes:
    return diagram(OBJECTS + START + user("a", body=body) + user("u") + flows("s a", "a u"))


@pytest.mark.parametrize("sequential", [False, True])
def test_data_of_the_process_is_gone_through_and_takes_the_results(run, sequential: bool) -> None:
    case = run(around(loop("REF", "results", sequential=sequential))).start(orders=["x", "y"])
    for order in ("x", "y"):
        key = next(k for k in case.tasks if case.case.variables.visible(k)["order"] == order)
        case.complete("a", list(case.tasks).index(key), answer=order * 2)
    assert case.variables == {"orders": ["x", "y"], "results": ["xx", "yy"], "given": None}


def test_it_does_what_the_dialect_s_own_form_does(run) -> None:
    said = 'inputCollection="=orders" inputElement="order" outputCollection="results" outputElement="=answer"'
    ended = []
    for characteristics in (loop("DO", "results"), loop(more="", box=said)):
        case = run(around(characteristics)).start(orders=[1, 2, 3])
        locals_ = [case.case.variables.local(k) for k in sorted(case.tasks)]
        ended.append((locals_, case.complete("a", 1, answer=5).complete("a").complete("a", answer=6).variables))
    assert ended[0] == ended[1]
    assert ended[0][1]["results"] == [None, 5, 6]


def test_a_data_input_and_output_of_the_task_stand_for_themselves(run) -> None:
    case = run(around(inside() + loop("di", "do"))).start(list=[1, 2])
    assert case.complete("a", answer=1).complete("a", answer=2).variables == EMPTY | {"list": [1, 2], "found": [1, 2]}


def test_associations_say_which_data_of_the_process_is_meant(run) -> None:
    joined = inside(association("Input", "REF", "di"), association("Output", "do", "results"))
    case = run(around(joined + loop("di", "do"))).start(orders=["x"])
    assert case.complete("a", answer="z").variables == EMPTY | {"orders": ["x"], "results": ["z"]}


def test_a_transformation_computes_the_collection(run) -> None:
    changed = association("Input", "REF", "di", "<bpmn:transformation>=orders[item > 1]</bpmn:transformation>")
    assert run(around(inside(changed) + loop("di", more=""))).start(orders=[1, 2, 3]).waiting == ["a", "a"]


def test_a_property_of_the_process_is_data(run) -> None:
    many = '<bpmn:itemDefinition id="many" isCollection="true"/><bpmn:process '
    xml = around(loop("PR", more="")).replace(b"<bpmn:process ", many.encode())
    xml = xml.replace(b'<bpmn:property id="PR" ', b'<bpmn:property id="PR" itemSubjectRef="many" ')
    assert run(xml).start(given=[1, 2]).waiting == ["a", "a"]


def test_a_sub_process_goes_through_data_around_it(run) -> None:
    inner = node("startEvent", "is") + user("b") + '<bpmn:sequenceFlow id="i" sourceRef="is" targetRef="b"/>'
    sub = f'<bpmn:subProcess id="a">{loop("REF", "results")}{inner}</bpmn:subProcess>'
    case = run(diagram(OBJECTS + START + sub + user("u") + flows("s a", "a u"))).start(orders=[1, 2])
    assert sorted(case.case.variables.visible(k)["order"] for k in case.tasks) == [1, 2]
    case.complete("b", answer=1).complete("b", answer=2)
    assert case.variables["results"] == [1, 2]


def test_a_count_may_have_results(run) -> None:
    counted = '<bpmn:loopCardinality>2</bpmn:loopCardinality>'
    case = run(around(loop("", "results", '<bpmn:outputDataItem id="oo" name="answer"/>', count=counted))).start()
    assert case.complete("a", 1, answer=2).complete("a", answer=1).variables == EMPTY | {"results": [1, 2]}


def test_a_count_may_have_results_in_the_dialect_s_form(run) -> None:
    box = 'inputElement="number" outputCollection="results" outputElement="=number * 10"'
    case = run(around(loop(more="<bpmn:loopCardinality>2</bpmn:loopCardinality>", box=box))).start()
    assert case.complete("a").complete("a").variables == EMPTY | {"results": [10, 20]}


def test_what_is_no_list_is_an_incident_that_can_be_repaired(run) -> None:
    case = run(around(loop("REF", more=""))).start(orders="x")
    assert [i.error_type for i in case.incidents.values()] == ["EXTRACT_VALUE_ERROR"]
    assert case.set(orders=[1]).resolve().waiting == ["a"]


ASSIGNED = "<bpmn:assignment><bpmn:from>=orders</bpmn:from><bpmn:to>=list</bpmn:to></bpmn:assignment>"


@pytest.mark.parametrize(
    ("body", "rule"),
    [
        (loop("gone", more=""), "loop-data"), (loop("s", more=""), "loop-data"), (loop("REF", "gone"), "loop-data"),
        (inside(association("Input", "u", "di")) + loop("di", more=""), "loop-data"),
        (inside(association("Output", "do", "u")) + loop("REF", "do", ""), "loop-data"),
        (loop("REF", "results", ""), "loop-output"), (loop("REF", "", ITEMS), "loop-output"),
        (inside(into="a list") + loop("di", more=""), "loop-data-name"),
        (loop("REF", more='<bpmn:inputDataItem id="ii" name="1st"/>'), "loop-data-name"),
        (loop("REF", more="<bpmn:inputDataItem/>"), "loop-data-name"),
        (inside(association("Input", "REF", "di", ASSIGNED)) + loop("di", more=""), "loop-data-association"),
        (inside(association("Output", "do", "results", ASSIGNED)) + loop("REF", "do"), "loop-data-association"),
        (inside(association("Input", "REF", "di").replace("<bpmn:targetRef>", "<bpmn:sourceRef>PR</bpmn:sourceRef><bpmn:targetRef>")) + loop("di", more=""), "loop-data-association"),
        (loop("REF", more="<bpmn:loopCardinality>2</bpmn:loopCardinality>"), "loop-twice"),
        (loop("REF", more="", box='inputCollection="=orders"'), "loop-twice"),
        (loop("REF", "results", ITEMS, box='inputElement="order"'), "loop-twice"),
        (loop("REF", "results", ITEMS, box='outputCollection="results" outputElement="=answer"'), "loop-twice"),
        (loop(more="<bpmn:loopCardinality>2</bpmn:loopCardinality>", box='inputCollection="=orders"'), "loop-twice"),
        (loop(more=""), "loop-collection"),
    ],
)  # fmt: skip
def test_what_cannot_be_gone_through_is_refused(body: str, rule: str) -> None:
    assert rule in [f.rule for f in faults_of(around(body))]


def test_data_of_another_process_is_not_visible() -> None:
    other = '<bpmn:process id="q" isExecutable="false"><bpmn:dataObject id="far" name="orders"/></bpmn:process>'
    xml = around(loop("far", more="")).replace(b"<bpmn:process ", f"{other}<bpmn:process ".encode(), 1)
    assert [f.rule for f in faults_of(xml)] == ["loop-data"]


def test_a_nameless_object_is_called_as_its_reference_everywhere(run) -> None:
    """As modelers write it; the loop and the associations mean the same variable."""
    objects = (
        '<bpmn:dataObject id="DO" isCollection="true"/>'
        '<bpmn:dataObjectReference id="REF" name="orders" dataObjectRef="DO"/>'
    )
    filled = (
        '<bpmn:ioSpecification><bpmn:dataOutput id="o" name="list" isCollection="true"/><bpmn:inputSet/>'
        "<bpmn:outputSet><bpmn:dataOutputRefs>o</bpmn:dataOutputRefs></bpmn:outputSet></bpmn:ioSpecification>"
    )
    filling = user("f", body=filled + association("Output", "o", "REF"))
    looping = user("a", body=loop("REF", more='<bpmn:inputDataItem id="ii" name="order"/>'))
    case = run(diagram(objects + START + filling + looping + user("u") + flows("s f", "f a", "a u"))).start()
    case.complete("f", list=["x", "y"])
    assert case.waiting == ["a", "a"]
    assert case.variables["orders"] == ["x", "y"]
