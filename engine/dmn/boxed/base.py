"""What every boxed expression is."""

from __future__ import annotations

from abc import ABC, abstractmethod

from engine.dmn.reading import Reading
from engine.dmn.work import Scope, Trace, Work
from engine.dmn.xml import Element
from engine.feel import FeelType


class Boxed(ABC):
    """An expression of DMN, read once, evaluated as often as one likes.

    A kind is one module of this package: a subclass with the tags it reads, `read` and `compute`.
    """

    tags: tuple[str, ...] = ()
    api_type = "UNSPECIFIED"
    """How Camunda's API calls a decision with this logic."""

    def __init__(self, element: Element, wanted: FeelType | None) -> None:
        self.element_id = element.get("id")
        self.line = element.line
        self.wanted = wanted

    @classmethod
    @abstractmethod
    def read(cls, element: Element, reading: Reading) -> Boxed:
        """The expression an element says, noting faults. What is missing evaluates to null."""

    @abstractmethod
    def compute(self, scope: Scope, work: Work, trace: Trace | None) -> object:
        """Its value. Raises BudgetExceeded only."""

    def evaluate(self, scope: Scope, work: Work, trace: Trace | None = None) -> object:
        """Its value as one of its type, null and a failure when it is none. A decision's table notes
        in `trace` what it did. Raises BudgetExceeded.
        """
        work.run.step()
        value = self.compute(scope, work, trace)
        return value if self.wanted is None else work.typed(value, self.wanted, f"<{self.tags[0]}>")


def value_of(box: Boxed | None, scope: Scope, work: Work) -> object:
    """The value of a part that may be missing (then there was a fault, or it may be left out)."""
    return None if box is None else box.evaluate(scope, work)
