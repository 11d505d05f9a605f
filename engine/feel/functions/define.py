"""How built-in functions are written: a Python function for each signature, registered by name."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from engine.feel.errors import Failure
from engine.feel.runtime import Run
from engine.feel.values.functions import Function

Body = Callable[..., object]
BUILTINS: dict[str, Function] = {}


@dataclass(frozen=True, slots=True)
class Signature:
    """Parameters by name, of which the first `required` must be given; with `variadic` the last
    takes all further arguments (a single list stands for them)."""

    parameters: tuple[str, ...]
    required: int
    variadic: bool
    body: Body

    def fits(self, count: int) -> bool:
        if self.variadic:
            return count >= self.required
        return self.required <= count <= len(self.parameters)

    def fits_names(self, names: Mapping[str, object]) -> bool:
        return set(self.parameters[: self.required]) <= set(names) <= set(self.parameters)


class Builtin(Function):
    """A built-in function with one or several signatures; the first that fits is called with the
    run and the arguments. Bodies raise Failure, ValueError or ArithmeticError when there is no
    value."""

    __slots__ = ("signatures",)

    def __init__(self, name: str) -> None:
        super().__init__(name, ())
        self.signatures: list[Signature] = []

    def add(self, signature: Signature) -> None:
        self.signatures.append(signature)
        if not self.parameters:
            self.parameters = signature.parameters

    def call(self, args: list[object], named: Mapping[str, object] | None, run: Run) -> object:
        run.step()
        result = self._called(args, named, run)
        if type(result) is str:
            run.size(len(result))
        return result

    def _called(self, args: list[object], named: Mapping[str, object] | None, run: Run) -> object:
        for signature in self.signatures:
            if named is None:
                if signature.fits(len(args)):
                    return signature.body(run, *args)
            elif signature.fits_names(named):
                return self._call_named(signature, named, run)
        raise Failure(self._usage())

    def _call_named(self, signature: Signature, named: Mapping[str, object], run: Run) -> object:
        values = [named.get(parameter) for parameter in signature.parameters]
        while len(values) > signature.required and (signature.parameters[len(values) - 1] not in named):
            values.pop()
        return signature.body(run, *values)

    def invoke(self, args: list[object], run: Run) -> object:
        return self.call(args, None, run)

    def _usage(self) -> str:
        ways = " or ".join(f"({', '.join(s.parameters)})" for s in self.signatures)
        return f"takes {ways}"


def builtin(name: str, *parameters: str, variadic: bool = False) -> Callable[[Body], Body]:
    """Register the decorated function under FEEL's name; a parameter with a final `?` may be
    left out."""
    required = sum(not parameter.endswith("?") for parameter in parameters)
    names = tuple(parameter.rstrip("?") for parameter in parameters)

    def register(body: Body) -> Body:
        function = BUILTINS.setdefault(name, Builtin(name))
        assert isinstance(function, Builtin)
        function.add(Signature(names, required, variadic, body))
        return body

    return register
