"""Functions as values: written in FEEL, built in, or given by the host."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import TYPE_CHECKING

from engine.feel.errors import Failure

if TYPE_CHECKING:
    from engine.feel.runtime import Run


class Function:
    """What a FEEL call calls. Subclasses give `name`, `parameters` and `invoke`."""

    __slots__ = ("name", "parameters")

    def __init__(self, name: str, parameters: Sequence[str]) -> None:
        self.name = name
        self.parameters = tuple(parameters)

    def invoke(self, args: list[object], run: Run) -> object:
        """The value for arguments in the order of the parameters. Raises Failure when it has
        none: the caller answers null."""
        raise Failure(f"{self.name} cannot be called")

    def arrange(self, args: list[object], named: Mapping[str, object] | None) -> list[object]:
        """Positional arguments from the two ways to write them. Raises Failure when they do not
        fit the parameters."""
        if named is None:
            if len(args) != len(self.parameters):
                raise Failure(f"{self.name} takes {len(self.parameters)} arguments, not {len(args)}")
            return args
        if set(named) != set(self.parameters):
            raise Failure(f"{self.name} takes the parameters {', '.join(self.parameters)}")
        return [named[parameter] for parameter in self.parameters]

    def call(self, args: list[object], named: Mapping[str, object] | None, run: Run) -> object:
        """Arrange and invoke, one level deeper in the budget."""
        arranged = self.arrange(args, named)
        run.enter()
        try:
            return self.invoke(arranged, run)
        finally:
            run.leave()

    def __repr__(self) -> str:
        return f"{type(self).__name__}({self.name}({', '.join(self.parameters)}))"


class HostFunction(Function):
    """A function of the host: `body` gets the run and the arguments in order, and may raise
    Failure. With the run it can evaluate other expressions on the same budget."""

    __slots__ = ("body",)

    def __init__(self, name: str, parameters: Sequence[str], body: Callable[[Run, list[object]], object]) -> None:
        super().__init__(name, parameters)
        self.body = body

    def invoke(self, args: list[object], run: Run) -> object:
        return self.body(run, args)
