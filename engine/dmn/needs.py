"""What must be known to try a decision out: the variables that its tables and expressions read."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from engine.dmn.boxed.decision_table import DecisionTable
from engine.dmn.boxed.literal import Literal
from engine.dmn.clauses import InputClause
from engine.dmn.graph import in_order
from engine.dmn.model import Decision
from engine.feel import Expression, UnaryTests


@dataclass(frozen=True, slots=True)
class Need:
    """A variable. `type` is the name of its type and `label` what the table calls it; "" where nothing says so."""

    name: str
    type: str = ""
    label: str = ""


def needs_of(decision: Decision) -> tuple[Need, ...]:
    """The variables that the decision and all it requires read, each once, in the order in which they are read.

    They come from input data, tables and literal expressions. Of other boxed expressions nothing is told: what they
    miss, an evaluation tells (`DecisionResult.missing`).
    """
    found: dict[str, Need] = {}
    for one in in_order([decision]):
        for need in _of(one):
            before = found.get(need.name, need)
            found[need.name] = Need(need.name, before.type or need.type, before.label or need.label)
    return tuple(found.values())


def _of(decision: Decision) -> Iterator[Need]:
    given = {path[0] for path, _ in (*decision.inputs, *decision.decisions, *decision.callables)}
    for path, data in decision.inputs:
        yield Need(path[-1], data.wanted.name if data.wanted is not None else "")
    for need in _read(decision):
        if need.name not in given:
            yield need


def _read(decision: Decision) -> Iterator[Need]:
    logic = decision.logic
    if isinstance(logic, Literal):
        yield from _names(logic.expression)
    elif isinstance(logic, DecisionTable):
        for clause in logic.inputs:
            yield from _of_input(clause)
        for rule in logic.rules:
            for cell in (*rule.tests, *rule.results):
                yield from _names(cell)
        for output in logic.outputs:
            yield from _names(output.default)


def _of_input(clause: InputClause) -> Iterator[Need]:
    """An input that is a variable and nothing more says what that variable is."""
    expression = clause.expression
    if expression is not None and expression.certain_names == {expression.text.strip()}:
        type_ = clause.wanted.name if clause.wanted is not None else ""
        yield Need(expression.text.strip(), type_, clause.name)
        return
    yield from _names(expression)


def _names(text: Expression | UnaryTests | None) -> Iterator[Need]:
    return iter(()) if text is None else (Need(name) for name in sorted(text.certain_names))
