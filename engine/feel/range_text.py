"""The text of a range as a range: what the built-in `range` reads."""

from __future__ import annotations

from engine.feel.compiler import compile_node
from engine.feel.nodes import Call, Literal, Name, Negation, Node, RangeNode
from engine.feel.parser import Parser
from engine.feel.runtime import Frame, Run
from engine.feel.values.comparing import order
from engine.feel.values.ranges import Range

_MAKERS = frozenset(("date", "time", "date and time", "duration"))


def read_range(source: str, run: Run) -> Range | None:
    """The range, None when the text has other than literal ends or ends before it starts. Raises
    FeelSyntaxError."""
    run.step(len(source))
    if len(source) > run.budget.pattern:
        return None
    node = Parser(source).whole_expression()
    if not isinstance(node, RangeNode) or not (_is_literal(node.start) and _is_literal(node.end)):
        return None
    before = len(run.warnings)
    value = compile_node(node)(Frame(run, {}))
    del run.warnings[before:]
    if not isinstance(value, Range) or order(value.start, value.end) == 1:
        return None
    return value


def _is_literal(node: Node) -> bool:
    if isinstance(node, Negation):
        return _is_literal(node.of)
    if isinstance(node, Call):
        return (
            isinstance(node.function, Name)
            and node.function.name in _MAKERS
            and all(isinstance(argument.value, Literal) for argument in node.arguments)
        )
    return isinstance(node, Literal)
