"""The columns and rows of a decision table."""

from __future__ import annotations

from dataclasses import dataclass

from engine.dmn.reading import Reading, plain_name
from engine.dmn.work import Scope, Work, short
from engine.dmn.xml import Element
from engine.feel import Expression, FeelType, UnaryTests

ANYTHING = ("", "-")


@dataclass(frozen=True, slots=True)
class InputClause:
    """A column of conditions. `name` is its label, else its expression."""

    id: str
    name: str
    expression: Expression | None
    wanted: FeelType | None
    allowed: UnaryTests | None

    def evaluate(self, scope: Scope, work: Work) -> object:
        """The input's value; null and a failure when it is not of its type or not allowed."""
        value = None if self.expression is None else work.value(self.expression, scope)
        value = work.typed(value, self.wanted, self.name)
        return _allowed(value, self.allowed, self.name, scope, work)


@dataclass(frozen=True, slots=True)
class OutputClause:
    """A column of results. `name` is the entry of the result, `title` what people read."""

    id: str
    name: str
    title: str
    wanted: FeelType | None
    allowed: UnaryTests | None
    order: Expression | None
    """The allowed values as a list, the most important first."""
    default: Expression | None

    def checked(self, value: object, scope: Scope, work: Work) -> object:
        """The value, if it is of its type and allowed; null and a failure otherwise."""
        value = work.typed(value, self.wanted, self.title or "output")
        return _allowed(value, self.allowed, self.title or "output", scope, work)


@dataclass(frozen=True, slots=True)
class Rule:
    """A row. `tests` has None where anything matches; `number` counts from 1."""

    id: str
    number: int
    tests: tuple[UnaryTests | None, ...]
    results: tuple[Expression | None, ...]

    def evaluate(self, outputs: tuple[OutputClause, ...], scope: Scope, work: Work) -> list[object]:
        """The values of the row's outputs."""
        return [
            clause.checked(None if result is None else work.value(result, scope), scope, work)
            for clause, result in zip(outputs, self.results, strict=True)
        ]


def _allowed(value: object, tests: UnaryTests | None, name: str, scope: Scope, work: Work) -> object:
    if value is None or tests is None or work.passes(tests, value, scope):
        return value
    said = short(value, work.run)
    work.fail(f"ค่าของ {name} ไม่อยู่ในค่าที่กำหนดไว้: {said}", f"the value of {name} is not one of the allowed ones: {said}")
    return None


def read_input(element: Element, reading: Reading) -> InputClause:
    """Fault: no expression."""
    holder = element.child("inputExpression") or element
    text = holder.text_of("text")
    if not text:
        reading.fault(element, "dmn-table-input", "คอลัมน์เงื่อนไขไม่มีนิพจน์", "the input has no expression")
    allowed = _values(element, "inputValues", reading)
    return InputClause(
        element.get("id"),
        plain_name(element.get("label")) or plain_name(text),
        reading.expression(text, holder) if text else None,
        reading.type_of(holder),
        reading.tests(allowed, element) if allowed else None,
    )


def read_output(element: Element, reading: Reading, one_of_many: bool) -> OutputClause:
    """Fault: one of several outputs without a name."""
    name = plain_name(element.get("name"))
    if one_of_many and not name:
        reading.fault(element, "dmn-table-output", "คอลัมน์ผลลัพธ์ไม่มีชื่อ", "an output among several has no name")
    own = _values(element, "outputValues", reading)
    # A column without values of its own takes those of its type, which the type checks already.
    ordered = own or reading.allowed(element.get("typeRef"))
    default = element.child("defaultOutputEntry")
    default_text = "" if default is None else default.text_of("text")
    return OutputClause(
        element.get("id"),
        name,
        plain_name(element.get("label")) or name,
        reading.type_of(element),
        reading.tests(own, element) if own else None,
        reading.expression(f"[{ordered}]", element) if _is_list(ordered) else None,
        reading.expression(default_text, element) if default_text else None,
    )


def read_rule(element: Element, number: int, inputs: int, outputs: int, reading: Reading) -> Rule:
    """Fault: more or fewer cells than columns."""
    conditions = [(entry.text_of("text"), entry) for entry in element.all("inputEntry")]
    results = [(entry.text_of("text"), entry) for entry in element.all("outputEntry")]
    if (len(conditions), len(results)) != (inputs, outputs):
        reading.fault(
            element,
            "dmn-rule",
            f"กฎที่ {number} มีจำนวนช่องไม่เท่ากับจำนวนคอลัมน์",
            f"rule {number} does not have as many cells as the table has columns",
        )
    return Rule(
        element.get("id") or str(number),
        number,
        tuple(None if text in ANYTHING else reading.tests(text, entry) for text, entry in conditions),
        tuple(reading.expression(text, entry) if text not in ANYTHING else None for text, entry in results),
    )


def _values(element: Element, tag: str, reading: Reading) -> str:
    values = element.child(tag)
    return "" if values is None else values.text_of("text")


def _is_list(text: str) -> bool:
    """Whether allowed values can be ordered: plain values, no ranges or comparisons."""
    return bool(text) and not text.lstrip().startswith(("<", ">", "not(", "("))
