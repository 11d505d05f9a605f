"""The nouns of a decision model, linked: what each decision is made of and what it needs."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from engine.dmn.boxed.base import Boxed
from engine.dmn.boxed.function import FunctionDefinition
from engine.dmn.types import Types
from engine.feel import FeelType

NamePath = tuple[str, ...]
"""A name as expressions reach it: alone, or behind the name of an import."""


@dataclass(slots=True, eq=False)
class InputData:
    """A variable that decisions read."""

    id: str
    name: str
    wanted: FeelType | None


@dataclass(slots=True, eq=False)
class Decision:
    """A decision; `name` is what people read, `variable` what expressions call its value.

    `inputs`, `decisions` and `callables` are what it requires. `version_tag` is Camunda's.
    """

    id: str
    name: str
    variable: str
    wanted: FeelType | None
    logic: Boxed | None
    version_tag: str = ""
    inputs: list[tuple[NamePath, InputData]] = field(default_factory=list)
    decisions: list[tuple[NamePath, Decision]] = field(default_factory=list)
    callables: list[tuple[NamePath, Knowledge | Service]] = field(default_factory=list)

    @property
    def api_type(self) -> str:
        """The kind of its logic, as Camunda's API calls it."""
        return "UNSPECIFIED" if self.logic is None else self.logic.api_type


@dataclass(slots=True, eq=False)
class Knowledge:
    """A business knowledge model: a function with a name. It sees its parameters and what it requires."""

    id: str
    name: str
    wanted: FeelType | None
    logic: FunctionDefinition | None
    callables: list[tuple[NamePath, Knowledge | Service]] = field(default_factory=list)


@dataclass(slots=True, eq=False)
class Service:
    """A decision service: some decisions as a function. Its parameters are the input data, then
    the input decisions, in the order of the file.
    """

    id: str
    name: str
    wanted: FeelType | None
    outputs: list[Decision] = field(default_factory=list)
    input_decisions: list[Decision] = field(default_factory=list)
    input_data: list[InputData] = field(default_factory=list)


@dataclass(slots=True, eq=False)
class Parts:
    """All elements of one file, by id."""

    inputs: dict[str, InputData] = field(default_factory=dict)
    decisions: dict[str, Decision] = field(default_factory=dict)
    knowledge: dict[str, Knowledge] = field(default_factory=dict)
    services: dict[str, Service] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Definitions:
    """What a file says of itself, and its parts and types."""

    id: str
    name: str
    namespace: str
    parts: Parts
    types: Types
    feel_types: Mapping[str, FeelType]
    """All types by the names that `instance of` uses."""
    names: frozenset[str]
    """Every name its expressions may use."""
