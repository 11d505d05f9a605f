"""An activity done for many items: only what a command touches is read."""

from __future__ import annotations

from engine.store import tables as t
from tests.dsl import Office
from tests.execution.bench import diagram, flows, node, user

LOOP = (
    "<bpmn:multiInstanceLoopCharacteristics><bpmn:extensionElements>"
    '<zeebe:loopCharacteristics inputCollection="=for i in 1..700 return i" inputElement="item" '
    'outputCollection="found" outputElement="=item * factor"/></bpmn:extensionElements>'
    "<bpmn:completionCondition>=numberOfCompletedInstances = 2</bpmn:completionCondition>"
    "</bpmn:multiInstanceLoopCharacteristics>"
)


def test_hundreds_of_items_keep_their_variables_apart(small_office: Office) -> None:
    start, end = node("startEvent", "s"), node("endEvent", "e")
    small_office.deploy(diagram(start + user("a", body=LOOP) + user("b") + end + flows("s a", "a b", "b e")))
    small_office.start(factor=10)
    assert len(small_office.instance.execution) > 40_000
    small_office.complete("a").complete("a")
    assert small_office.waiting == ["b"]
    found = small_office.variables["found"]
    assert (found[:3], len(found)) == ([10, 20, None], 700)
    assert {r.scope_key for r in small_office.rows(t.variable)} == {small_office.key}
    assert small_office.verified()
