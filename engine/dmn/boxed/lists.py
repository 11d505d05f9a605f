"""A list of expressions, and a relation: rows of expressions under the names of columns."""

from __future__ import annotations

from engine.dmn.boxed import kinds
from engine.dmn.boxed.base import Boxed, value_of
from engine.dmn.reading import Reading, plain_name
from engine.dmn.work import Scope, Trace, Work
from engine.dmn.xml import Element
from engine.feel import FeelType


def parts(element: Element, reading: Reading) -> tuple[Boxed | None, ...]:
    """The expressions that stand directly in an element."""
    return tuple(reading.boxed(child) for child in element.all(*kinds()))


class BoxedList(Boxed):
    """`<list>` or `<row>` of expressions. Value: a list."""

    tags = ("list",)

    def __init__(self, element: Element, wanted: FeelType | None, items: tuple[Boxed | None, ...]) -> None:
        super().__init__(element, wanted)
        self.items = items

    @classmethod
    def read(cls, element: Element, reading: Reading) -> BoxedList:
        """No faults of its own."""
        return cls(element, reading.type_of(element), parts(element, reading))

    def compute(self, scope: Scope, work: Work, trace: Trace | None) -> object:
        """The values of the expressions, in order."""
        return [value_of(item, scope, work) for item in self.items]


class Relation(Boxed):
    """`<relation><column name=/>...<row>expressions</row>...</relation>`. Value: a list of contexts."""

    tags = ("relation",)

    def __init__(
        self,
        element: Element,
        wanted: FeelType | None,
        columns: tuple[tuple[str, FeelType | None], ...],
        rows: tuple[tuple[Boxed | None, ...], ...],
    ) -> None:
        super().__init__(element, wanted)
        self.columns = columns
        self.rows = rows

    @classmethod
    def read(cls, element: Element, reading: Reading) -> Relation:
        """Fault: a row with more or fewer expressions than there are columns."""
        columns = tuple((plain_name(c.get("name")), reading.type_of(c)) for c in element.all("column"))
        rows = tuple(parts(row, reading) for row in element.all("row"))
        if any(len(row) != len(columns) for row in rows):
            reading.fault(
                element,
                "dmn-relation",
                "ทุกแถวต้องมีจำนวนช่องเท่ากับจำนวนคอลัมน์",
                "each row needs as many expressions as there are columns",
            )
        return cls(element, reading.type_of(element), columns, rows)

    def compute(self, scope: Scope, work: Work, trace: Trace | None) -> object:
        """One context for each row."""
        return [
            {
                name: work.typed(value_of(box, scope, work), wanted, name)
                for (name, wanted), box in zip(self.columns, row, strict=True)
            }
            for row in self.rows
        ]


BOXED = (BoxedList, Relation)
