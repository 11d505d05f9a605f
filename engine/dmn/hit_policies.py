"""What becomes of the rules that match: DMN's hit policies and aggregators."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field

from engine.dmn.clauses import OutputClause, Rule
from engine.dmn.work import Scope, Work
from engine.feel import Run, equal, parse_expression


@dataclass(slots=True)
class Hits:
    """The rules that matched, with the values of their outputs, in the order of the table."""

    outputs: tuple[OutputClause, ...]
    work: Work
    scope: Scope
    found: list[tuple[Rule, list[object]]] = field(default_factory=list)

    def add(self, rule: Rule, values: list[object]) -> None:
        """Another rule matched."""
        self.found.append((rule, values))

    def combined(self, values: list[object]) -> object:
        """One result: the value of a single output, a context of several by name."""
        if len(self.outputs) == 1:
            return values[0]
        return {clause.name: value for clause, value in zip(self.outputs, values, strict=True)}

    def all(self) -> list[object]:
        """The results of all rules."""
        return [self.combined(values) for _, values in self.found]

    def numbers(self) -> str:
        """The numbers of the rules, for messages."""
        return ", ".join(str(rule.number) for rule, _ in self.found)

    def by_priority(self) -> list[list[object]]:
        """The results as lists of outputs, by the place of each output among the allowed values,
        the first output first; equal ones in the order of the table."""
        orders = [
            None if clause.order is None else self.work.value(clause.order, self.scope) for clause in self.outputs
        ]
        return sorted(
            (values for _, values in self.found),
            key=lambda values: [
                _place(value, order, self.work.run) for value, order in zip(values, orders, strict=True)
            ],
        )


def _place(value: object, order: object, run: Run) -> int:
    listed = order if isinstance(order, list) else []
    return next((place for place, item in enumerate(listed) if equal(value, item, run) is True), len(listed))


def _unique(hits: Hits) -> object:
    if len(hits.found) > 1:
        numbers = hits.numbers()
        hits.work.fail(
            f"มีกฎที่ตรงเงื่อนไขมากกว่าหนึ่งข้อ (กฎที่ {numbers}) แต่ตารางกำหนดให้ตรงได้ข้อเดียว",
            f"more than one rule matches ({numbers}), but the table allows only one",
        )
        return None
    return hits.all()[0]


def _any(hits: Hits) -> object:
    results = hits.all()
    if not all(equal(result, results[0], hits.work.run) is True or result is results[0] for result in results):
        numbers = hits.numbers()
        hits.work.fail(
            f"กฎที่ตรงเงื่อนไข (กฎที่ {numbers}) ให้ผลต่างกัน แต่ตารางกำหนดให้ได้ผลเดียวกัน",
            f"the rules that match ({numbers}) give different results, but the table wants them the same",
        )
        return None
    return results[0]


def _priority(hits: Hits) -> object:
    return hits.combined(hits.by_priority()[0])


def _output_order(hits: Hits) -> object:
    return [hits.combined(values) for values in hits.by_priority()]


def _first(hits: Hits) -> object:
    return hits.all()[0]


@dataclass(frozen=True, slots=True)
class HitPolicy:
    """How the results of the rules that match become one."""

    gather: Callable[[Hits], object]
    first_only: bool = False
    ordered: bool = False
    """Whether it needs the order of the output values."""


POLICIES = {
    "UNIQUE": HitPolicy(_unique),
    "ANY": HitPolicy(_any),
    "PRIORITY": HitPolicy(_priority, ordered=True),
    "FIRST": HitPolicy(_first, first_only=True),
    "COLLECT": HitPolicy(Hits.all),
    "RULE ORDER": HitPolicy(Hits.all),
    "OUTPUT ORDER": HitPolicy(_output_order, ordered=True),
}


def aggregated(aggregation: str, hits: Hits) -> object:
    """The results of a COLLECT table as one number: SUM, MIN, MAX, COUNT; null when they have none."""
    function = parse_expression(f"{aggregation.lower()}(results)")
    value = hits.work.value(function, {"results": hits.all()})
    if value is None:
        hits.work.fail(
            f"รวมค่าแบบ {aggregation} ไม่ได้ เพราะผลของกฎไม่ใช่ตัวเลขทั้งหมด",
            f"the aggregation {aggregation} has no value: the results are not all of a kind it can use",
        )
    return value
