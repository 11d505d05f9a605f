"""What a running case needs from the engine around it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Protocol

from engine.model.work import Called

if TYPE_CHECKING:
    from engine.execution.tokens import Tokens


@dataclass(frozen=True, slots=True)
class DecisionOutcome:
    """What evaluating a decision gave. `failure` is None when it went well; `found` tells whether
    the decision exists; `failure_th` is the failure in Thai; `record` is what history keeps."""

    value: Any = None
    failure: str | None = None
    found: bool = True
    record: dict[str, Any] = field(default_factory=dict)
    failure_th: str | None = None


class Host(Protocol):
    """What a case needs from the engine around it."""

    def new_key(self) -> int:
        """A new key."""
        ...

    def decide(self, case: Tokens, decision_id: str, called: Called, scope: Mapping[str, Any]) -> DecisionOutcome:
        """Evaluate a decision by its id and binding."""
        ...

    def resource_key(self, case: Tokens, resource_id: str, called: Called) -> int | None:
        """The key of the deployed file (process, decision model or form) that an id and binding mean, or None."""
        ...

    def form_key(self, case: Tokens, form_id: str, called: Called) -> int | None:
        """The key of the form that an id and binding mean, or None."""
        ...

    def case_facts(self, case: Tokens) -> Mapping[str, Any]:
        """The always-available context names: `case`. Called when an expression reads them."""
        ...

    def outer_catches(self, case: Tokens, code: str) -> bool:
        """Whether a calling instance has a boundary event for this error."""
        ...


class LazyFacts(Mapping[str, Any]):
    """`case`, asked of the host only when an expression reads it."""

    def __init__(self, case: Tokens) -> None:
        self._case = case

    def __getitem__(self, name: str) -> Any:
        if name != "case":
            raise KeyError(name)
        return self._case.host.case_facts(self._case)

    def __contains__(self, name: object) -> bool:
        return name == "case"

    def __iter__(self) -> Iterator[str]:
        return iter(("case",))

    def __len__(self) -> int:
        return 1
