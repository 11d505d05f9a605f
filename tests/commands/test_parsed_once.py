"""An expression is parsed once for a deployed version, however many cases and threads evaluate it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

import pytest

from engine.commands import definitions as module
from engine.commands.definitions import Definitions
from engine.commands.evaluate_decision import EvaluateDecision
from engine.feel import expressions
from tests.dmn.support import decision, definitions, table
from tests.dsl import OWNER, Office
from tests.execution.bench import diagram, flows, node, user

GATEWAY = node("exclusiveGateway", "g", attributes='default="big"')
DIAGRAM = diagram(
    node("startEvent", "s") + user("a") + GATEWAY + node("endEvent", "e") + user("b") + node("endEvent", "e2")
    + flows("s a", "a g", "b e2")
    + '<bpmn:sequenceFlow id="small" sourceRef="g" targetRef="e">'
    "<bpmn:conditionExpression>=วงเงิน &lt; 500000</bpmn:conditionExpression></bpmn:sequenceFlow>"
    '<bpmn:sequenceFlow id="big" sourceRef="g" targetRef="b"/>'
)  # fmt: skip
CELLS = ["> 100", "[1..100]", '"มาก"', '"น้อย"', "วงเงิน"]
MODEL = definitions(decision("d", table("UNIQUE", "วงเงิน", "o", '> 100 -> "มาก"', '[1..100] -> "น้อย"')))


@pytest.fixture
def parsed(monkeypatch: pytest.MonkeyPatch) -> Iterator[Counter[str]]:
    """How often each text was parsed since the start of the test, nothing being in the cache then."""
    seen: Counter[str] = Counter()
    for cache in (expressions._expression, expressions._tests):
        cache.cache_clear()
    original = expressions.Parser.__init__

    def parse(self: expressions.Parser, text: str, *rest: object) -> None:
        seen[text] += 1
        original(self, text, *rest)  # type: ignore[arg-type]

    monkeypatch.setattr(expressions.Parser, "__init__", parse)
    return seen


def test_a_condition_is_parsed_once_for_all_cases(small_office: Office, parsed: Counter[str]) -> None:
    small_office.deploy(DIAGRAM)
    for amount in range(5):
        small_office.start(วงเงิน=amount)
        small_office.complete("a")
        assert small_office.instance.state == "COMPLETED"
    assert parsed["วงเงิน < 500000"] == 1


def test_a_table_is_parsed_once_for_all_evaluations(small_office: Office, parsed: Counter[str]) -> None:
    small_office.deploy(("m.dmn", MODEL))
    deployed = parsed.copy()
    for amount in (5, 500, 50):
        small_office.run(EvaluateDecision("d", variables={"วงเงิน": amount}), OWNER)
    assert parsed == deployed and all(parsed[cell] == 1 for cell in CELLS)


def test_a_version_is_read_once_after_a_restart(small_office: Office, monkeypatch: pytest.MonkeyPatch) -> None:
    small_office.deploy(("m.dmn", MODEL), ("p.bpmn", DIAGRAM))
    read: list[str] = []

    def noting(original):  # type: ignore[no-untyped-def]
        def call(*given):  # type: ignore[no-untyped-def]
            read.append(original.__name__)
            return original(*given)

        return call

    for name in ("parse_decisions", "read_processes"):
        monkeypatch.setattr(module, name, noting(getattr(module, name)))
    fresh = Definitions()
    with small_office.database.read() as db:
        for _ in range(3):
            assert fresh.find_decision(db, "d") is not None
            key = fresh.find_process(db, "p")
            assert key is not None and fresh.process(db, key).process_id == "p"
    assert sorted(read) == ["parse_decisions", "read_processes"]
