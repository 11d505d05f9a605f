"""How long a case is to be expected to take: what past ones took, or what the manual says of the longest path."""

from __future__ import annotations

from itertools import pairwise
from typing import Any

import pytest

from engine.commands.classify_instance import ClassifyInstance
from engine.execution import read_processes
from engine.model.actor import SYSTEM
from engine.model.diagram import Process
from engine.reports.expected import expected_duration, standard_length
from engine.store.tables import process_definition
from tests.dsl import Office, person
from tests.execution.bench import diagram, flows, node

ANN = person("ann", "clerks")


def step(id_: str, time: str, calendar: str = "working", kind: str = "userTask", body: str = "") -> str:
    extra = f'<krabuan:step key="{id_.lower()}" number="1" standardTime="{time}" calendar="{calendar}"/>'
    native = "<zeebe:userTask/>" if kind == "userTask" else ""
    return (
        f'<bpmn:{kind} id="{id_}" name="{id_}"><bpmn:extensionElements>{native}{extra}</bpmn:extensionElements>'
        f"{body}</bpmn:{kind}>"
    )


def process(body: str) -> Process:
    (read,), _ = read_processes(diagram(node("startEvent", "s") + body + node("endEvent", "e")), "p.bpmn")
    return read


def lengths(body: str) -> dict[str, str]:
    return {kind: str(length) for kind, length in standard_length(process(body)).items()}


def test_the_times_of_one_path_add_up_by_calendar() -> None:
    body = step("A", "P3D") + step("B", "P2D") + step("C", "PT4H", "hours")
    assert lengths(body + flows("s A", "A B", "B C", "C e")) == {"working": "P5D", "hours": "PT4H"}


def test_of_two_paths_the_longer_counts_and_a_way_back_counts_nothing() -> None:
    body = (
        node("exclusiveGateway", "g", attributes='default="f3"')
        + step("A", "P1D")
        + step("B", "P9D")
        + step("C", "P2D")
    )
    ways = flows("s A", "A g", "g e", "g B: =x", "B C", "C A", "C e")
    assert lengths(body + ways) == {"working": "P12D"}


def test_working_days_are_longer_than_as_many_days_of_the_calendar() -> None:
    body = node("parallelGateway", "g") + step("A", "P5D") + step("B", "P6D", "calendar") + node("parallelGateway", "j")
    assert lengths(body + flows("s g", "g A", "g B", "A j", "B j", "j e")) == {"working": "P5D"}


def test_what_is_inside_a_sub_process_counts_where_it_says_nothing_itself() -> None:
    inner = step("A", "P3D") + step("B", "P4D") + '<bpmn:sequenceFlow id="x" sourceRef="A" targetRef="B"/>'
    silent = f'<bpmn:subProcess id="S">{inner}</bpmn:subProcess>'
    assert lengths(silent + flows("s S", "S e")) == {"working": "P7D"}
    assert lengths(step("S", "P2D", kind="subProcess", body=inner) + flows("s S", "S e")) == {"working": "P2D"}


def test_frequencies_and_dates_are_no_length() -> None:
    body = step("A", "R/P1M", "recurring") + step("B", "--04-05", "recurring") + step("C", "P1D", "event")
    assert lengths(body + flows("s A", "A B", "B C", "C e")) == {}


def test_a_long_diagram_is_no_trouble() -> None:
    many = [f"N{n}" for n in range(1500)]
    ways = flows(f"s {many[0]}", *(f"{a} {b}" for a, b in pairwise(many)), f"{many[-1]} e")
    assert lengths("".join(step(id_, "PT1H", "hours") for id_ in many) + ways) == {"hours": "PT1500H"}


@pytest.fixture
def done(small_office: Office) -> Office:
    """An office with a process of one step of three working days."""
    small_office.deploy(diagram(
        node("startEvent", "s") + step("A", "P3D") + node("endEvent", "e") + flows("s A", "A e")
    ))  # fmt: skip
    return small_office


def expected(office: Office) -> dict[str, Any]:
    with office.database.read() as db:
        key = office.rows(process_definition, everything=True)[0].key
        diagram_ = office.bus.services.definitions.process(db, key).definition.process
        return expected_duration(db, ANN, diagram_)


def take(office: Office, days: int) -> int:
    key = office.start()
    office.advance(f"P{days}D")
    office.complete("A")
    return key


def test_the_manual_speaks_until_five_cases_have_ended_then_their_median(done: Office) -> None:
    for days in (1, 2, 3, 4):
        take(done, days)
    assert expected(done) == {
        "basis": "STANDARD", "seconds": None, "cases": 0, "standard": [{"calendar": "working", "duration": "P3D"}],
    }  # fmt: skip
    secret = take(done, 5)
    assert expected(done) == {"basis": "PAST", "seconds": 3 * 86400, "cases": 5, "standard": []}
    done.run(ClassifyInstance(secret, "confidential"), SYSTEM)
    assert expected(done)["basis"] == "STANDARD", "what one is not cleared for counts for nothing"
