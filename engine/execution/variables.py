"""Variables in their scopes: each element instance is a scope, lookup goes outward.

The rules are those of the Camunda 8 dialect: results merge from the element's own scope outward
into the first scope that has the name, else into the process; local variables end with their scope.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from typing import Any, Protocol

from engine.execution.effects import Effect, LocalsDropped, VariableSet


class Stored(Protocol):
    """Variables by scope as they were stored, a plain dict or something that reads a scope when it is asked for.

    A scope that it does not contain has no variables; one that it contains may have none either.
    """

    def get(self, scope: int, /) -> dict[str, Any] | None:
        """The variables of a scope."""
        ...

    def __contains__(self, scope: object, /) -> bool: ...


class Variables:
    """The variables of one process instance. Every change is told to `emit`."""

    def __init__(
        self,
        root: int,
        parent_of: Callable[[int], int | None],
        emit: Callable[[Effect], None],
        stored: Stored | None = None,
    ) -> None:
        self._root = root
        self._parent_of = parent_of
        self._emit = emit
        self._stored: Stored = {} if stored is None else stored
        self._by_scope: dict[int, dict[str, Any]] = {}  # those that were looked at
        self.changed: set[str] = set()  # names changed since the case last looked

    def local(self, scope: int) -> dict[str, Any]:
        """The variables of one scope itself (a copy)."""
        return dict(self._here(scope))

    def value(self, scope: int, name: str) -> Any:
        """A variable of one scope itself; None when it has none of that name."""
        return self._here(scope).get(name)

    def _here(self, scope: int) -> dict[str, Any]:
        found = self._by_scope.get(scope)
        if found is None:
            found = self._by_scope[scope] = dict(self._stored.get(scope) or {})
        return found

    def set_local(self, scope: int, values: Mapping[str, Any]) -> None:
        """Set variables in this very scope."""
        here = self._here(scope)
        for name, value in values.items():
            existed = name in here
            before = here.get(name)
            if existed and before == value and type(before) is type(value):
                continue
            here[name] = value
            self.changed.add(name)
            self._emit(VariableSet(scope, name, value, before, existed))

    def merge(self, scope: int, values: Mapping[str, Any]) -> None:
        """Set each variable in the nearest scope from here outward that has it, else in the root."""
        for name, value in values.items():
            self.set_local(self._owner(scope, name), {name: value})

    def drop(self, scope: int) -> None:
        """Forget the variables of a scope that ended."""
        seen, stored = self._by_scope.pop(scope, None), scope in self._stored
        if stored:
            self._by_scope[scope] = {}  # not to be read again
        if seen or (seen is None and stored):
            self._emit(LocalsDropped(scope))

    def visible(self, scope: int) -> dict[str, Any]:
        """Every variable that can be seen from a scope; the innermost of a name wins."""
        seen: dict[str, Any] = {}
        at: int | None = scope
        while at is not None:
            for name, value in self._here(at).items():
                seen.setdefault(name, value)
            at = self._parent_of(at)
        return seen

    def view(self, scope: int, extra: Mapping[str, Any]) -> ScopeView:
        """What an expression in this scope reads; `extra` stands behind every variable."""
        chain = []
        at: int | None = scope
        while at is not None:
            values = self._here(at)
            if values:
                chain.append(values)
            at = self._parent_of(at)
        chain.append(extra)  # type: ignore[arg-type]
        return ScopeView(chain)

    def _owner(self, scope: int, name: str) -> int:
        at: int | None = scope
        while at is not None:
            if name in self._here(at):
                return at
            at = self._parent_of(at)
        return self._root


class ScopeView(Mapping[str, Any]):
    """Scopes from the innermost outward, read without copying them."""

    __slots__ = ("_chain",)

    def __init__(self, chain: list[Mapping[str, Any]] | list[dict[str, Any]]) -> None:
        self._chain = chain

    def __getitem__(self, name: str) -> Any:
        for values in self._chain:
            if name in values:
                return values[name]
        raise KeyError(name)

    def __contains__(self, name: object) -> bool:
        return any(name in values for values in self._chain)

    def __iter__(self) -> Iterator[str]:
        seen: set[str] = set()
        for values in self._chain:
            for name in values:
                if name not in seen:
                    seen.add(name)
                    yield name

    def __len__(self) -> int:
        return sum(1 for _ in self)


def put_path(made: dict[str, Any], target: str, value: Any, outer: dict[str, Any]) -> None:
    """Set a dotted target; the levels above the leaf are new contexts (or copies of what is there)."""
    head, *rest = target.split(".")
    if not rest:
        made[head] = value
        return
    base = made.get(head, outer.get(head))
    level = made[head] = dict(base) if isinstance(base, dict) else {}
    for part in rest[:-1]:
        inner = level.get(part)
        level[part] = dict(inner) if isinstance(inner, dict) else {}
        level = level[part]
    level[rest[-1]] = value
