"""Large diagrams and long runs: what lies behind costs nothing (./run bench loops measures it)."""

from __future__ import annotations

from decimal import Decimal

from engine.execution import save
from tests.execution.bench import Bench, diagram, flows, node, user

START, END = node("startEvent", "s"), node("endEvent", "e")
COUNT = '<zeebe:script expression="=n + 1" resultVariable="n"/>'


def test_a_chain_of_two_thousand_nodes_runs(run) -> None:
    ids = [f"t{number}" for number in range(2000)]
    chain = "".join(node("scriptTask", id, COUNT) for id in ids)
    pairs = [f"{a} {b}" for a, b in zip(["s", *ids], [*ids, "u"], strict=True)]
    case = run(diagram(START + chain + user("u") + END + flows(*pairs, "u e"))).start(n=0)
    assert (case.waiting, case.variables["n"]) == (["u"], Decimal(2000))


def looping(task: str, rounds: int) -> bytes:
    gateway = node("exclusiveGateway", "g", attributes='default="f4"')
    return diagram(START + task + gateway + END + flows("s a", "a g", f"g a: =n < {rounds}", "g e"))


def test_ten_thousand_rounds_that_wait_for_nobody() -> None:
    case = Bench(looping(node("scriptTask", "a", COUNT), 10_000)).start(n=0)
    assert case.ended is not None and case.variables["n"] == Decimal(10_000)


def test_a_loop_without_end_becomes_an_incident() -> None:
    case = Bench(looping(node("scriptTask", "a", '<zeebe:script expression="=0" resultVariable="n"/>'), 1)).start(n=0)
    assert [i.error_type for i in case.incidents.values()] == ["UNKNOWN"]


def test_the_state_of_a_loop_does_not_grow(run) -> None:
    case = run(looping(user("a"), 300)).start(n=0)
    sizes = [len(save(case.complete("a", n=1).case)) for _ in range(200)]
    assert max(sizes) == min(sizes)


def several(sequential: str) -> bytes:
    loop = (
        f'<bpmn:multiInstanceLoopCharacteristics isSequential="{sequential}"><bpmn:extensionElements>'
        '<zeebe:loopCharacteristics inputCollection="=items" inputElement="item" outputCollection="found" '
        'outputElement="=item"/></bpmn:extensionElements></bpmn:multiInstanceLoopCharacteristics>'
    )
    return diagram(START + user("a", body=loop) + END + flows("s a", "a e"))


def test_items_leave_the_state_as_their_results_come(run) -> None:
    case = run(several("true")).start(items=[f"item {number}" for number in range(100, 200)])
    sizes = [len(save(case.complete("a").case)) for _ in range(99)]
    assert max(sizes) - min(sizes) < 10
    assert case.complete("a").variables["found"] == [f"item {number}" for number in range(100, 200)]


def test_numbers_and_nested_values_of_items_come_back(run) -> None:
    items = [1.5, {"parts": [1, None, "x"]}, None, True]
    case = run(several("false")).start(items=items)
    for _ in items:
        case.complete("a")
    assert case.variables["found"] == [Decimal("1.5"), {"parts": [Decimal(1), None, "x"]}, None, True]
