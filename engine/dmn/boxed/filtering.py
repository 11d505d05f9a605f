"""The elements of a list that match."""

from __future__ import annotations

from decimal import Decimal

from engine.dmn.boxed import inside
from engine.dmn.boxed.base import Boxed, value_of
from engine.dmn.reading import Reading
from engine.dmn.work import Scope, Trace, Work, within
from engine.dmn.xml import Element
from engine.feel import FeelType, kind


class Filter(Boxed):
    """`<filter><in/><match/></filter>`. In `<match>`, `item` is the element, and its entries are names."""

    tags = ("filter",)

    def __init__(self, element: Element, wanted: FeelType | None, source: Boxed | None, match: Boxed | None) -> None:
        super().__init__(element, wanted)
        self.source, self.match = source, match

    @classmethod
    def read(cls, element: Element, reading: Reading) -> Filter:
        """Both parts are needed."""
        source = inside(element, reading, "in")
        return cls(element, reading.type_of(element), source, inside(element, reading, "match"))

    def compute(self, scope: Scope, work: Work, trace: Trace | None) -> object:
        """A list; an element alone is a list of it. A `<match>` that is a number picks by place."""
        value = value_of(self.source, scope, work)
        items = [] if value is None else value if isinstance(value, list) else [value]
        kept: list[object] = []
        for item in items:
            work.run.step()
            names = dict(item) if isinstance(item, dict) else {}
            match = value_of(self.match, within({**names, "item": item}, scope), work)
            if isinstance(match, Decimal):
                return _at(items, match)
            if match is not None and not isinstance(match, bool):
                work.run.warn("bad-condition", f"<match> needs true or false, not a {kind(match)}", 0)
                return None
            if match is True:
                kept.append(item)
        return None if value is None else kept


def _at(items: list[object], place: Decimal) -> object:
    """The element at a place: from 1, or from the end when it is negative; null outside."""
    if place != place.to_integral_value() or not 1 <= abs(place) <= len(items):
        return None
    return items[int(place) - 1 if place > 0 else int(place)]


BOXED = (Filter,)
