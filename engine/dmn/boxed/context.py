"""Named entries, each of which sees those above it; a last one without a name is the result."""

from __future__ import annotations

from dataclasses import dataclass

from engine.dmn.boxed import inside
from engine.dmn.boxed.base import Boxed, value_of
from engine.dmn.reading import Reading, plain_name
from engine.dmn.work import Scope, Trace, Work, within
from engine.dmn.xml import Element
from engine.feel import FeelType


@dataclass(frozen=True, slots=True)
class Entry:
    """One entry; the result has no name."""

    name: str
    wanted: FeelType | None
    box: Boxed | None


class Context(Boxed):
    """`<context><contextEntry><variable name=/> expression</contextEntry>...</context>`."""

    tags = ("context",)

    def __init__(self, element: Element, wanted: FeelType | None, entries: tuple[Entry, ...]) -> None:
        super().__init__(element, wanted)
        self.entries = entries

    @classmethod
    def read(cls, element: Element, reading: Reading) -> Context:
        """Faults: an entry without a name that is not the last; two entries of one name."""
        entries = [cls._entry(item, reading) for item in element.all("contextEntry")]
        names = [entry.name for entry in entries]
        if "" in names[:-1]:
            reading.fault(element, "dmn-context", "รายการที่ไม่มีชื่อต้องอยู่ท้ายสุด", "an entry without a name must be the last")
        for name in {name for name in names if names.count(name) > 1}:
            reading.fault(element, "dmn-context", f"มีชื่อ {name} ซ้ำกัน", f"two entries have the name {name}")
        return cls(element, reading.type_of(element), tuple(entries))

    @staticmethod
    def _entry(item: Element, reading: Reading) -> Entry:
        variable = item.child("variable")
        name = "" if variable is None else plain_name(variable.get("name"))
        wanted = None if variable is None else reading.type_of(variable)
        return Entry(name, wanted, inside(item, reading))

    def compute(self, scope: Scope, work: Work, trace: Trace | None) -> object:
        """A context, or the value of the result entry."""
        made: dict[str, object] = {}
        inner = within(made, scope)
        for entry in self.entries:
            value = work.typed(value_of(entry.box, inner, work), entry.wanted, entry.name)
            if not entry.name:
                return value
            made[entry.name] = value
        return made


BOXED = (Context,)
