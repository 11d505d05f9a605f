"""Which variables are offered at an element: what forms, mappings and results upstream write, and nothing further on."""

from __future__ import annotations

import json
from itertools import pairwise

import pytest

from engine.commands.checking import Known, Resource, check_resources
from engine.commands.known_variables import KnownVariable, known_at

HEAD = """<bpmn:definitions xmlns:bpmn="http://www.omg.org/spec/BPMN/20100524/MODEL" xmlns:zeebe="http://camunda.org/schema/zeebe/1.0"
  xmlns:krabuan="https://krabuan.org/schema/1.0" targetNamespace="https://krabuan.org/tests"><bpmn:process id="p" isExecutable="true">"""
TASKS = {
    "start": '<bpmn:startEvent id="start"><bpmn:extensionElements><zeebe:formDefinition formId="p.a"/></bpmn:extensionElements>{}</bpmn:startEvent>',
    "ask": '<bpmn:userTask id="ask" name="ถาม"><bpmn:extensionElements><zeebe:userTask/><zeebe:formDefinition formId="p.b"/>'
    '<zeebe:ioMapping><zeebe:input source="=amount" target="shown.total"/></zeebe:ioMapping></bpmn:extensionElements>{}</bpmn:userTask>',
    "mapped": '<bpmn:userTask id="mapped"><bpmn:extensionElements><zeebe:userTask/><zeebe:formDefinition formId="p.b"/>'
    '<zeebe:ioMapping><zeebe:output source="=note" target="kept.note"/></zeebe:ioMapping></bpmn:extensionElements>{}</bpmn:userTask>',
    "count": '<bpmn:scriptTask id="count"><bpmn:extensionElements><zeebe:script expression="=1" resultVariable="counted"/></bpmn:extensionElements>{}</bpmn:scriptTask>',
    "end": '<bpmn:endEvent id="end">{}</bpmn:endEvent>',
}


def form(id_: str, *fields: tuple[str, str, str]) -> str:
    components = [{"id": key, "key": key, "type": type_, "label": label} for key, type_, label in fields]
    return json.dumps({"schemaVersion": 16, "type": "default", "id": id_, "components": components})


FORMS = {
    "a.form": form("p.a", ("amount", "number", "จำนวนเงิน"), ("person.name", "textfield", "ชื่อ")),
    "b.form": form("p.b", ("note", "textarea", "หมายเหตุ")),
}


def line(*ids: str) -> str:
    """A process in which these tasks follow one another; the flows are f1, f2, ..."""
    flows = "".join(
        f'<bpmn:sequenceFlow id="f{n}" sourceRef="{a}" targetRef="{b}"/>'
        for n, (a, b) in enumerate(pairwise(ids), 1)
    )
    body = ""
    for number, id_ in enumerate(ids):
        joins = f"<bpmn:incoming>f{number}</bpmn:incoming>" if number else ""
        joins += f"<bpmn:outgoing>f{number + 1}</bpmn:outgoing>" if number < len(ids) - 1 else ""
        body += TASKS[id_].format(joins)
    return f"{HEAD}{body}{flows}</bpmn:process></bpmn:definitions>"


def at(
    diagram: str, element_id: str, forms: dict[str, str] = FORMS, known: Known | None = None
) -> list[KnownVariable] | None:
    known = known or Known()
    files = {"p.bpmn": diagram, **forms}
    resources = tuple(Resource(name, text.encode()) for name, text in files.items())
    return known_at(check_resources(resources, known), known, element_id)


def names(diagram: str, element_id: str) -> list[str]:
    return [one.name for one in at(diagram, element_id) or []]


WHOLE = line("start", "ask", "count", "mapped", "end")


@pytest.mark.parametrize(
    ("element", "known"),
    [
        ("start", ["amount", "person"]),
        ("f1", ["amount", "person"]),
        ("ask", ["amount", "note", "person", "shown"]),
        ("f2", ["amount", "note", "person"]),
        ("count", ["amount", "counted", "note", "person"]),
        ("f4", ["amount", "counted", "kept", "note", "person"]),
        ("end", ["amount", "counted", "kept", "note", "person"]),
    ],
)
def test_what_is_written_upstream_is_known_and_nothing_that_comes_later(element: str, known: list[str]) -> None:
    assert names(WHOLE, element) == known


def test_with_output_mappings_their_targets_alone_are_known() -> None:
    assert names(line("start", "mapped", "end"), "end") == ["amount", "kept", "person"]


def test_a_variable_is_told_with_what_people_call_it_and_who_writes_it() -> None:
    found = {one.name: one for one in at(WHOLE, "ask") or []}
    note, amount = found["note"], found["amount"]
    assert (note.type, note.label.th, note.source.th, note.own) == ("textarea", "หมายเหตุ", "ถาม", True)
    assert (amount.type, amount.source_id, amount.own) == ("number", "start", False)
    assert (found["person"].type, found["person"].label.th) == ("", "")


def test_a_form_that_is_deployed_counts_like_one_of_the_draft() -> None:
    deployed = Known(form=lambda id_: FORMS["b.form"] if id_ == "p.b" else FORMS["a.form"])
    found = at(WHOLE, "f2", {}, deployed)
    assert [one.name for one in found or []] == ["amount", "note", "person"]


def test_a_loop_ends_and_what_is_around_a_sub_process_is_known_in_it() -> None:
    inner = TASKS["ask"].format("").replace('id="ask"', 'id="inner"')
    after = TASKS["count"].format("<bpmn:incoming>f2</bpmn:incoming><bpmn:outgoing>f3</bpmn:outgoing>")
    body = (
        TASKS["start"].format("<bpmn:outgoing>f1</bpmn:outgoing>")
        + f'<bpmn:subProcess id="sub"><bpmn:incoming>f1</bpmn:incoming><bpmn:incoming>f3</bpmn:incoming><bpmn:outgoing>f2</bpmn:outgoing>{inner}</bpmn:subProcess>'
        + after
        + "".join(f'<bpmn:sequenceFlow id="{f}" sourceRef="{a}" targetRef="{b}"/>' for f, a, b in (("f1", "start", "sub"), ("f2", "sub", "count"), ("f3", "count", "sub")))
    )  # fmt: skip
    diagram = f"{HEAD}{body}</bpmn:process></bpmn:definitions>"
    assert names(diagram, "inner") == ["amount", "counted", "note", "person", "shown"]
    assert names(diagram, "count") == ["amount", "counted", "note", "person"]


def test_an_element_that_is_nowhere_has_nothing() -> None:
    assert at(WHOLE, "nowhere") is None
    assert at("<half", "ask") is None
