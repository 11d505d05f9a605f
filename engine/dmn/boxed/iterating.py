"""For, some, every: an expression over the elements of a list."""

from __future__ import annotations

from collections.abc import Iterator

from engine.dmn.boxed import inside
from engine.dmn.boxed.base import Boxed, value_of
from engine.dmn.reading import Reading, plain_name
from engine.dmn.work import Scope, Trace, Work, within
from engine.dmn.xml import Element
from engine.feel import Failure, FeelType, kind
from engine.feel.iteration import elements


class Iterating(Boxed):
    """What the three have in common: `iteratorVariable`, `<in>` and the expression for each element."""

    each = "satisfies"

    def __init__(
        self, element: Element, wanted: FeelType | None, variable: str, source: Boxed | None, body: Boxed | None
    ) -> None:
        super().__init__(element, wanted)
        self.variable, self.source, self.body = variable, source, body

    @classmethod
    def read(cls, element: Element, reading: Reading) -> Iterating:
        """Faults: no name for the elements, nothing to go through, nothing to do."""
        variable = plain_name(element.get("iteratorVariable"))
        if not variable:
            reading.fault(
                element, "dmn-iterator", "ไม่มีชื่อตัวแปรของการวน (iteratorVariable)", "there is no iteratorVariable"
            )
        source = inside(element, reading, "in")
        return cls(element, reading.type_of(element), variable, source, inside(element, reading, cls.each))

    def scopes(self, scope: Scope, work: Work, extra: dict[str, object]) -> Iterator[Scope]:
        """The scope of each round. Raises Failure when there is nothing to go through."""
        for item in elements(value_of(self.source, scope, work)):
            work.run.step()
            yield within({**extra, self.variable: item}, scope)


class For(Iterating):
    """Value: the list of the values of `<return>`; in it `partial` is the list so far."""

    tags = ("for",)
    each = "return"

    def compute(self, scope: Scope, work: Work, trace: Trace | None) -> object:
        """Null when there is nothing to go through."""
        made: list[object] = []
        try:
            for inner in self.scopes(scope, work, {"partial": made}):
                made.append(value_of(self.body, inner, work))
                work.run.size(len(made))
        except Failure as failure:
            work.run.warn(failure.code, failure.message, 0)
            return None
        return made


class Quantified(Iterating):
    """Three-valued: null when no element decides and one gives null; null at once for another kind."""

    decides = True

    def compute(self, scope: Scope, work: Work, trace: Trace | None) -> object:
        """Stops at the first element that decides."""
        unknown = False
        try:
            for inner in self.scopes(scope, work, {}):
                value = value_of(self.body, inner, work)
                if value is self.decides:
                    return value
                if value is not None and not isinstance(value, bool):
                    raise Failure(f"<{self.tags[0]}> needs true or false, not a {kind(value)}", "bad-condition")
                unknown = unknown or value is None
        except Failure as failure:
            work.run.warn(failure.code, failure.message, 0)
            return None
        return None if unknown else not self.decides


class Some(Quantified):
    """Whether one element satisfies."""

    tags = ("some",)


class Every(Quantified):
    """Whether all elements satisfy."""

    tags = ("every",)
    decides = False


BOXED = (For, Some, Every)
