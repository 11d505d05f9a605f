"""Data that cannot be carried out are refused with their reason; drawings of modelers are none of them."""

from __future__ import annotations

import pytest

from tests.execution.bench import diagram, flows, node, user
from tests.execution.data_bench import END, START, data_object, fill, give, interface, prop
from tests.execution.lint_samples import line
from tests.execution.lint_samples_data import ITEMS, MANY, NOTE, ORDER, X, task
from tests.execution.test_refused_elements import faults_of


def rules(xml: bytes) -> set[str]:
    """The rules that a file breaks."""
    return {f.rule for f in faults_of(xml)}


@pytest.mark.parametrize("place", ["transformation", "from", "to"])
@pytest.mark.parametrize(("language", "refused"), [("http://www.w3.org/1999/XPath", True), ("https://www.omg.org/spec/DMN/20191111/FEEL/", False)])
def test_expressions_in_another_language(place: str, language: str, refused: bool) -> None:
    xml = task(interface("x") + fill("r_order -> i_x", "=1", x="=2"))
    xml = xml.replace(f"<bpmn:{place}>".encode(), f'<bpmn:{place} language="{language}">'.encode())
    assert rules(xml) == ({"script-language"} if refused else set())


@pytest.mark.parametrize(("source", "rule"), [("=1 +", "feel-syntax"), ("order", "feel-expected"), ("", "feel-expected")])
def test_transformations_and_assignments_are_feel(source: str, rule: str) -> None:
    body = interface("x") + fill("r_order -> i_x", "=1").replace("=1", source)
    assert rules(task(body)) == {rule}
    assert rules(task(interface("x") + fill("r_order -> i_x", x=source))) == {rule}


@pytest.mark.parametrize("path", ["", "order.no", "x..y", "x.1", "=x + 1", "get(x)"])
def test_what_an_assignment_cannot_go_to(path: str) -> None:
    assert rules(task(interface("x") + fill("r_order -> i_x", **{path: "=1"}))) == {"assignment-target"}


@pytest.mark.parametrize(("name", "rule"), [("null", "variable-reserved"), ("if", "variable-reserved"), ("my order", "variable-name"), ("x-1", "variable-name")])
def test_names_that_feel_could_not_read(name: str, rule: str) -> None:
    assert rules(line(user("x"), more=f'<bpmn:dataObject id="d" name="{name}"/>')) == {rule}
    assert rules(diagram(f'<bpmn:property id="d" name="{name}"/>' + START + user("x") + END + flows("s x", "x e"))) == {rule}
    assert rules(task(interface("x").replace('name="x"', f'name="{name}"') + fill("r_order -> i_x"))) == {rule}
    store = f'<bpmn:dataStore id="d" name="{name}"/>'
    assert rules(line(user("x"), more='<bpmn:dataStoreReference id="r" dataStoreRef="d"/>', roots=store)) == {rule}


def test_an_unnamed_data_object_is_named_by_its_id_only_where_it_is_used() -> None:
    item = '<bpmn:dataObject id="Data-1"/><bpmn:dataObjectReference id="r" dataObjectRef="Data-1"/>'
    assert rules(task(give("-> r"), more=item)) == set()
    assert rules(task(give("-> r", "=1"), more=item)) == {"variable-name"}


def test_names_are_compared_in_one_scope_only() -> None:
    inner = f'<bpmn:subProcess id="x">{node("startEvent", "is")}{data_object("order", id="inner")}</bpmn:subProcess>'
    assert rules(line(inner, more=ORDER)) == set()
    assert rules(task(interface("x", "x") + fill("r_order -> i_x"))) == {"data-name-repeated"}
    stores = '<bpmn:dataStore id="d" name="order"/>'
    assert rules(line(user("x"), more=ORDER + '<bpmn:dataStoreReference id="r" dataStoreRef="d"/>', roots=stores)) == {"data-name-repeated"}


@pytest.mark.parametrize("ref", ["r_inner", "do_inner", "i_y", "x", "p", "f1"])
def test_ends_that_are_no_data_or_not_to_be_seen(ref: str) -> None:
    inner = f'<bpmn:subProcess id="sub">{node("startEvent", "is")}{data_object("inner")}</bpmn:subProcess>'
    other = user("y", body=interface("y") + fill("r_order -> i_y"))
    xml = diagram(ORDER + START + user("x", body=interface("x") + fill(f"{ref} -> i_x")) + other + inner + END + flows("s x", "x y", "y sub", "sub e"))
    assert rules(xml) == {"data-association-end", "data-input-unfilled"} or rules(xml) == {"data-association-end"}


def test_data_of_another_pool() -> None:
    pool = f'<bpmn:process id="q" isExecutable="true">{data_object("note")}{node("startEvent", "qs")}</bpmn:process>'
    assert rules(task(interface("x") + fill("r_note -> i_x"), more="", roots=pool)) == {"data-association-end"}


def test_an_end_that_is_not_there_is_named_once() -> None:
    assert [f.rule for f in faults_of(task(give("-> gone", "=1")))] == ["data-association"]


@pytest.mark.parametrize("pair", ["o_y -> i_x", "i_x -> r_note", "r_order -> r_note"])
def test_the_wrong_way_out(pair: str) -> None:
    body = interface("x", "y?") + fill("r_order -> i_x") + give(pair)
    assert rules(task(body)) == {"data-association-direction"}


@pytest.mark.parametrize("name", ["whileExecutingInputRefs", "whileExecutingOutputRefs"])
def test_sets_that_go_on_while_the_activity_runs(name: str) -> None:
    kind = "input" if "Input" in name else "output"
    sets = f"<bpmn:inputSet>{X}</bpmn:inputSet><bpmn:outputSet/>"
    body = interface("x", sets=sets) + fill("r_order -> i_x")
    more = f"<bpmn:{name}>i_x</bpmn:{name}>"
    body = body.replace("</bpmn:inputSet>", more + "</bpmn:inputSet>") if kind == "input" else body.replace("<bpmn:outputSet/>", f"<bpmn:outputSet>{more}</bpmn:outputSet>")
    assert [f.en for f in faults_of(task(body))] == [f"{name} is not supported."]


@pytest.mark.parametrize(("kind", "refs"), [("Input", "outputSetRefs"), ("Output", "inputSetRefs")])
def test_sets_that_lead_to_nothing(kind: str, refs: str) -> None:
    sets = f"<bpmn:inputSet id='s1'>{X}</bpmn:inputSet><bpmn:outputSet id='t1'></bpmn:outputSet>"
    body = interface("x", sets=sets.replace(f"</bpmn:{kind.lower()}Set>", f"<bpmn:{refs}>gone</bpmn:{refs}></bpmn:{kind.lower()}Set>"))
    assert rules(task(body + fill("r_order -> i_x"))) == {"data-set-reference"}


@pytest.mark.parametrize(
    ("kind", "body"),
    [
        ("exclusiveGateway", prop("p")), ("parallelGateway", give("-> r_order", "=1")), ("startEvent", fill("r_order -> x")),
        ("intermediateCatchEvent", '<bpmn:dataInput id="i" name="i"/>'), ("endEvent", '<bpmn:dataOutput id="o" name="o"/>'),
        ("task", '<bpmn:dataObject id="o" name="o"/>'), ("subProcess", interface()), ("endEvent", interface()),
    ],
)  # fmt: skip
def test_where_data_do_not_stand(kind: str, body: str) -> None:
    assert "data-place" in rules(line(node(kind, "x", body=body), more=ORDER))


@pytest.mark.parametrize("kind", ["startEvent", "intermediateCatchEvent", "boundaryEvent"])
def test_events_that_bring_nothing(kind: str) -> None:
    timer = "<bpmn:timerEventDefinition><bpmn:timeDuration>PT1H</bpmn:timeDuration></bpmn:timerEventDefinition>"
    event = node(kind, "t", body='<bpmn:dataOutput id="o" name="o"/>' + give("o -> r_order") + timer, attributes='attachedToRef="x"')
    assert "data-event" in rules(line(user("x"), more=ORDER + event))


@pytest.mark.parametrize(("element", "attribute"), [("message", "itemRef"), ("signal", "structureRef"), ("error", "structureRef"), ("escalation", "structureRef")])
def test_what_is_sent_names_an_item_that_is_there(element: str, attribute: str) -> None:
    root = f'<bpmn:{element} id="r" {attribute}="{{}}"/>'
    assert rules(line(user("x"), roots=root.format("gone"))) == {"item-reference"}
    assert rules(line(user("x"), roots=ITEMS + root.format("bpmn:item"))) == set()


def test_a_reference_that_refers_to_nothing_is_a_drawing_only() -> None:
    item = '<bpmn:dataObjectReference id="r" name="papers"/>'
    assert rules(task(fill("r ->") + give("-> r"), more=item)) == set()
    assert rules(task(give("-> r", "=1"), more=item)) == {"data-association-end"}


def test_the_hidden_property_of_a_modeler_is_no_target_for_a_value() -> None:
    hidden = '<bpmn:property id="ph" name="__targetRef_placeholder"/>'
    assert rules(task(hidden + fill("r_order -> ph"))) == set()
    assert rules(task(hidden + fill("r_order -> ph", "=1"))) == {"data-association-target"}


def test_many_and_one_are_not_copied_either_way() -> None:
    assert rules(task(interface("x", more=' isCollection="true"') + fill("r_order -> i_x"))) == {"data-association-collection"}
    assert rules(task(interface("x", more=' isCollection="true"') + fill("r_files -> i_x"), more=MANY + NOTE)) == set()
