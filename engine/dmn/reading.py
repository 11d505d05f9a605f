"""What every reader of a part of a DMN file needs: the names in sight, the types, the faults so far."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from engine.dmn.xml import Element
from engine.feel import Expression, FeelSyntaxError, FeelType, UnaryTests, parse_expression, parse_unary_tests
from engine.feel.candidates import NameCandidates
from engine.model.faults import Fault

if TYPE_CHECKING:
    from engine.dmn.boxed.base import Boxed

MAX_BOXES = 60
"""Boxed expressions inside one another."""
NAMING = frozenset(
    "variable formalParameter itemComponent inputData decision businessKnowledgeModel "
    "decisionService import output column parameters".split()
)


MAX_LOOKED_AT = 300_000
"""Names handed to all the expressions of a file together: what reading it may cost."""


class InvalidDecisions(Exception):
    """A DMN file is broken. `faults` names everything that is wrong with it."""

    def __init__(self, faults: tuple[Fault, ...]) -> None:
        super().__init__("; ".join(f"{fault.file}: {fault.en}" for fault in faults))
        self.faults = faults


def plain_name(text: str) -> str:
    """A name as expressions write it: single blanks, none around it."""
    return " ".join(text.split())


def names_in(root: Element, dotted_parameters: bool = True) -> Iterator[str]:
    """Every name that is given somewhere below an element. Iterative: the tree may be deep."""
    waiting = [root]
    while waiting:
        element = waiting.pop()
        waiting.extend(element.children)
        name = plain_name(element.get("name"))
        if element.tag in NAMING and (dotted_parameters or element.tag != "formalParameter" or "." not in name):
            yield name
        if "iteratorVariable" in element.attributes:
            yield plain_name(element.get("iteratorVariable"))


def shared_names(root: Element) -> frozenset[str]:
    """The names of a model that expressions of all its elements know.

    A parameter such as `Person.Gender` counts only where it is given: elsewhere the same text is the
    entry `Gender` of `Person`.
    """
    return frozenset(names_in(root, dotted_parameters=False)) - {""}


@dataclass
class Reading:
    """One file being read. `owner` is the element with an id that faults and messages speak of."""

    file: str
    shared: frozenset[str]
    """The names every expression of the file may use."""
    types: Callable[[str, Element], FeelType | None]
    allowed: Callable[[str], str]
    """The text of the allowed values of a named type, "" if it has none."""
    boxes: Callable[[Element, Reading], Boxed | None]
    faults: list[Fault] = field(default_factory=list)
    owner: str = ""
    depth: int = 0
    looked_at: int = 0

    def __post_init__(self) -> None:
        self._shared = NameCandidates(self.shared)
        self._own = NameCandidates(())

    @contextmanager
    def inside(self, element: Element, owner: str) -> Iterator[None]:
        """Read an element of the graph: its names are known, and faults are its own."""
        self.owner = owner
        self._own = NameCandidates(name for name in names_in(element) if "." in name)
        try:
            yield
        finally:
            self.owner = ""
            self._own = NameCandidates(())

    def names_for(self, text: str) -> list[str]:
        """The names that an expression may mean: few, so that reading stays linear in the file."""
        names = self._shared.in_text(text) + self._own.in_text(text)
        self.looked_at += len(names)
        return names if self.looked_at <= MAX_LOOKED_AT else []

    def fault(self, element: Element | None, rule: str, th: str, en: str) -> None:
        """Note a fault of an element (its own id, else that of the decision it belongs to)."""
        identifier = (element.get("id") if element is not None else "") or self.owner or None
        self.faults.append(Fault(self.file, identifier, rule, th, en))

    def expression(self, text: str, element: Element) -> Expression | None:
        """FEEL; None and a fault when it isn't."""
        try:
            return parse_expression(text, self.names_for(text))
        except FeelSyntaxError as error:
            self._no_feel(text, element, error)
            return None

    def tests(self, text: str, element: Element) -> UnaryTests | None:
        """Unary tests; None and a fault when they aren't."""
        try:
            return parse_unary_tests(text, self.names_for(text))
        except FeelSyntaxError as error:
            self._no_feel(text, element, error)
            return None

    def type_of(self, element: Element) -> FeelType | None:
        """The type an element's `typeRef` names; None when it names none, or any."""
        reference = element.get("typeRef") or element.text_of("typeRef")
        return self.types(reference, element) if reference else None

    def boxed(self, element: Element) -> Boxed | None:
        """The boxed expression an element is; None and a fault when it is none we read."""
        self.depth += 1
        try:
            if self.depth > MAX_BOXES:
                self.fault(element, "dmn-too-deep", "นิพจน์ซ้อนกันลึกเกินไป", "expressions nest too deep")
                return None
            return self.boxes(element, self)
        finally:
            self.depth -= 1

    def _no_feel(self, text: str, element: Element, error: FeelSyntaxError) -> None:
        said = text.strip()[:200]
        self.fault(
            element,
            "dmn-feel",
            f"บรรทัด {element.line}: นิพจน์ FEEL ไม่ถูกต้อง: {said} ({error.th})",
            f"line {element.line}: not correct FEEL: {said} ({error})",
        )
