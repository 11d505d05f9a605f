"""What an editor offers to who writes FEEL: the built-in functions, and where a text is no FEEL."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import dataclass

from engine.feel.errors import FeelSyntaxError
from engine.feel.expressions import Expression, UnaryTests
from engine.feel.functions.define import Builtin, Signature
from engine.feel.functions.help import HELP
from engine.feel.functions.registry import BUILTINS


@dataclass(frozen=True, slots=True)
class Described:
    """A built-in function. `parameters` may be left out from the number `required` on; with `variadic` the last takes
    all further arguments."""

    name: str
    signatures: tuple[Signature, ...]
    th: str
    en: str


@dataclass(frozen=True, slots=True)
class Read:
    """What a text was found to be: wrong with `fault`, else FEEL that reads the variables `names`."""

    fault: FeelSyntaxError | None
    names: frozenset[str] = frozenset()


def described_functions() -> Iterator[Described]:
    """All built-in functions, by name."""
    for name, function in sorted(BUILTINS.items()):
        assert isinstance(function, Builtin)
        yield Described(name, tuple(function.signatures), *HELP[name])


def read_text(text: str, names: Collection[str] = (), *, tests: bool = False) -> Read:
    """Read a text as an expression, or as unary tests. Never raises. What is being typed is not kept parsed."""
    kind = UnaryTests if tests else Expression
    try:
        found = kind(text, frozenset(names))
    except FeelSyntaxError as fault:
        return Read(fault)
    return Read(None, found.certain_names)
