"""If, then, else in boxes."""

from __future__ import annotations

from engine.dmn.boxed import inside
from engine.dmn.boxed.base import Boxed, value_of
from engine.dmn.reading import Reading
from engine.dmn.work import Scope, Trace, Work
from engine.dmn.xml import Element
from engine.feel import FeelType, kind


class Conditional(Boxed):
    """`<conditional><if/><then/><else/></conditional>`."""

    tags = ("conditional",)

    def __init__(
        self,
        element: Element,
        wanted: FeelType | None,
        condition: Boxed | None,
        then: Boxed | None,
        other: Boxed | None,
    ) -> None:
        super().__init__(element, wanted)
        self.condition, self.then, self.other = condition, then, other

    @classmethod
    def read(cls, element: Element, reading: Reading) -> Conditional:
        """All three parts are needed."""
        condition, then, other = (inside(element, reading, tag) for tag in ("if", "then", "else"))
        return cls(element, reading.type_of(element), condition, then, other)

    def compute(self, scope: Scope, work: Work, trace: Trace | None) -> object:
        """`then` if the condition is true, `else` if it is false or null; another kind of condition gives null."""
        condition = value_of(self.condition, scope, work)
        if condition is not None and not isinstance(condition, bool):
            work.run.warn("bad-condition", f"the condition of <if> is a {kind(condition)}", 0)
            return None
        return value_of(self.then if condition is True else self.other, scope, work)


BOXED = (Conditional,)
