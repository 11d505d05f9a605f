"""One submission while it is being checked: where a field finds the data its expressions read."""

from __future__ import annotations

from collections import ChainMap
from collections.abc import Iterator, Mapping, MutableMapping
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from decimal import Decimal
from time import monotonic
from typing import cast

from engine.feel import Environment, Expression, FeelError
from engine.forms.limits import MAX_EVALUATIONS, MAX_SECONDS


class TooComplex(Exception):
    """The conditions of one submission need more work than a form may ask for."""


class ExpressionFailed(Exception):
    """An expression used up its budget; a failed operation alone gives null, as FEEL has it."""


@dataclass(slots=True)
class Place:
    """Where in the data an expression stands: its row, the row around it, the numbers (from 1) of both."""

    this: Mapping[str, object]
    parent: Mapping[str, object] | None = None
    numbers: tuple[int, ...] = ()


@dataclass(slots=True)
class Run:
    """The case's variables, the data as they are at this moment, and what FEEL needs.

    `scope` are the variables of the case, `data` the working data of the form; a name of the form
    wins over a variable of the same name, for the form shows what is about to become the variable.
    """

    scope: Mapping[str, object]
    data: Mapping[str, object]
    env: Environment
    evaluations: int = 0
    seconds: float = 0.0
    place: Place | None = None

    def names(self, place: Place | None) -> Mapping[str, object]:
        """What an expression at `place` sees: `this`, `parent` and `i` as in form-js.

        A view, not a copy: variables may be large and conditions many. The names with underscores
        are for forms that have a field called `this`.
        """
        this = self.data if place is None else place.this
        numbers: list[object] = [] if place is None else [Decimal(n) for n in place.numbers]
        special = {"this": this, "parent": None if place is None else place.parent, "i": numbers}
        sure = {f"_{name}_": value for name, value in special.items()} | {"_data_": self.data}
        layers = (sure, self.data, self.scope, special)
        return ChainMap(*(cast("MutableMapping[str, object]", layer) for layer in layers))

    def evaluate(self, expression: Expression, place: Place | None) -> object:
        """The value at a place. Raises TooComplex or ExpressionFailed, nothing else."""
        self.evaluations += 1
        if self.evaluations > MAX_EVALUATIONS or self.seconds > MAX_SECONDS:
            raise TooComplex
        began = monotonic()
        try:
            return expression.evaluate(self.names(place), self.env).value
        except FeelError as error:
            raise ExpressionFailed(str(error)) from error
        finally:
            self.seconds += monotonic() - began

    def here(self, expression: Expression) -> object:
        """The value at the row being checked."""
        return self.evaluate(expression, self.place)

    @contextmanager
    def inside(self, row: Mapping[str, object], number: int) -> Iterator[None]:
        """Check a row of a dynamic list: expressions see it as `this`."""
        before = self.place
        parent = self.data if before is None else before.this
        numbers = (*(() if before is None else before.numbers), number)
        self.place = Place(row, parent, numbers)
        try:
            yield
        finally:
            self.place = before


CURRENT: ContextVar[Run] = ContextVar("krabuan_form_run")
"""The submission under check. marshmallow hands a field its value only; the rest stands here."""
