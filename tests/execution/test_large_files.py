"""Looking at a large file costs what its size says, whatever it is made of: nobody keeps the server busy with one file."""

from __future__ import annotations

import sys
from collections.abc import Callable
from itertools import count, pairwise

import pytest

from engine.execution import examine
from engine.execution.reader.faults import MAX_FAULTS
from tests.execution.bench import diagram, flows, node, user
from tests.execution.lint_samples_schema import plain

LINK = '<bpmn:linkEventDefinition name="{}"/>'
UNDO = (
    '<bpmn:boundaryEvent id="{0}_b" attachedToRef="{0}"><bpmn:compensateEventDefinition/></bpmn:boundaryEvent>'
    '<bpmn:userTask id="{0}_h" isForCompensation="true"/><bpmn:association id="{0}_a" sourceRef="{0}_b" targetRef="{0}_h"/>'
)
SCOPE = (
    '<bpmn:{0} id="{1}"><bpmn:startEvent id="{1}_s"/><bpmn:endEvent id="{1}_e"/>'
    '<bpmn:sequenceFlow id="{1}_f" sourceRef="{1}_s" targetRef="{1}_e"/></bpmn:{0}>'
)


def chain(length: int, make: Callable[[str], str]) -> bytes:
    """So many nodes one behind the other."""
    names = ["s", *(f"n{i}" for i in range(length)), "e"]
    pairs = [f"{a} {b}" for a, b in pairwise(names)]
    return diagram(node("startEvent", "s") + "".join(map(make, names[1:-1])) + node("endEvent", "e") + flows(*pairs))


def joins(length: int) -> bytes:
    """Splits and joins in turn."""
    ids = [f"{kind}{i}" for i in range(length // 2) for kind in "ab"]
    pairs = [p for a, b in pairwise(ids) for p in [f"{a} {b}"] * (2 if a.startswith("a") else 1)]
    nodes = "".join(node("parallelGateway", id) for id in ids)
    ends = node("startEvent", "s") + nodes + node("endEvent", "e")
    return diagram(ends + flows(f"s {ids[0]}", *pairs, f"{ids[-1]} e"))


def links(length: int) -> bytes:
    """Links that jump to the next."""
    nodes = "".join(
        node("intermediateThrowEvent", f"t{i}", body=LINK.format(i)) + node("intermediateCatchEvent", f"c{i}", body=LINK.format(i))
        for i in range(length)
    )
    pairs = [f"c{i} t{i + 1}" for i in range(length - 1)]
    ends = node("startEvent", "s") + nodes + node("endEvent", "e")
    return diagram(ends + flows("s t0", *pairs, f"c{length - 1} e"))


SHAPES: dict[str, Callable[[int], bytes]] = {
    "tasks": lambda length: chain(length, user),
    "gateways": lambda length: chain(length, lambda id: node("exclusiveGateway", id)),
    "sub-processes": lambda length: chain(length, lambda id: SCOPE.format("subProcess", id)),
    "transactions": lambda length: chain(length, lambda id: SCOPE.format("transaction", id)),
    "compensation": lambda length: chain(length, lambda id: user(id) + UNDO.format(id)),
    "joins": joins,
    "links": links,
}


def calls(xml: bytes) -> int:
    """How many calls it takes to look at a file: the work, without a clock."""
    made = count()
    sys.setprofile(lambda _frame, event, _of: next(made) if event in ("call", "c_call") else None)
    try:
        found = examine(xml, "test.bpmn")
    finally:
        sys.setprofile(None)
    assert found.faults == []
    return next(made)


@pytest.mark.parametrize("shape", SHAPES)
def test_four_times_the_nodes_are_four_times_the_work(shape: str) -> None:
    few, many = (calls(SHAPES[shape](length)) for length in (100, 400))
    assert many < 4.3 * few


def test_a_chain_of_2000_nodes_is_examined() -> None:
    found = examine(chain(2000, user), "test.bpmn")
    assert (found.faults, len(found.processes[0].nodes)) == ([], 2002)


def test_faults_of_a_file_are_limited_in_number() -> None:
    nodes = "".join(f'<bpmn:task id="t{n}" nonsense="{n}"/>' for n in range(3_000))
    assert len(examine(plain(nodes), "test.bpmn").faults) <= 2 * MAX_FAULTS
