"""Parsed expressions and unary tests: immutable, cached, evaluated as often as one likes."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from functools import lru_cache

from engine.feel import (
    compile_calls,
    compile_control,
    compile_operators,
    compile_tests,
    compile_values,
)
from engine.feel.compiler import Evaluator, compile_node
from engine.feel.cursor import INPUT
from engine.feel.errors import BudgetExceeded, FeelSyntaxError
from engine.feel.functions.registry import BUILTINS
from engine.feel.messages import BUDGETS
from engine.feel.names import possible_names
from engine.feel.nodes import Node
from engine.feel.parser import Parser
from engine.feel.runtime import Environment, Evaluation, Frame, Run

_MODULES = (compile_calls, compile_control, compile_operators, compile_tests, compile_values)
_KNOWN_FUNCTIONS = frozenset(BUILTINS)
CACHED = 16_384
"""Texts kept parsed: more than a hundred processes have, so that each is parsed once. Some 6 kB each."""


class Parsed:
    """What expressions and unary tests have in common.

    `names` are the names it reads from its scope, those included that a filter may find in the
    elements it looks at; `certain_names` are those without these. A name with operators or
    keywords in it (`a-b`) is among them only when it was given for parsing.
    """

    __slots__ = ("_evaluator", "_given", "_joined", "certain_names", "names", "node", "text")

    def __init__(self, text: str, given: frozenset[str]) -> None:
        """Raises FeelSyntaxError."""
        try:
            parser = Parser(text, given)
            self.node = self._read(parser)
            self._evaluator: Evaluator = compile_node(self.node)
        except RecursionError:
            en, th = BUDGETS["nesting"]
            raise FeelSyntaxError(en, 0, text, th) from None
        self.text = text
        self.certain_names = frozenset(parser.free)
        self.names = frozenset(parser.free | parser.in_filters)
        self._given = given
        self._joined = possible_names(parser.tokens) - given - _KNOWN_FUNCTIONS

    @classmethod
    def _of(cls, text: str, names: frozenset[str]) -> Parsed:
        return _tests(text, names) if issubclass(cls, UnaryTests) else _expression(text, names)

    def _read(self, parser: Parser) -> Node:
        return parser.whole_expression()

    def _fitting(self, scope: Mapping[str, object]) -> Evaluator:
        """The evaluator for this scope: another one when the scope has a name such as `a-b` that
        the text could mean and that was not known when it was parsed."""
        if self._joined:
            found = [name for name in self._joined if name in scope]
            if found:
                return type(self)._of(self.text, self._given.union(found))._evaluator
        return self._evaluator

    def value(self, scope: Mapping[str, object], run: Run) -> object:
        """The value within a run that the host shares between expressions; its warnings are in
        the run. Raises BudgetExceeded and AssertionFailed."""
        try:
            return self._fitting(scope)(Frame(run, scope))
        except RecursionError:
            raise BudgetExceeded("nesting") from None

    def evaluate(self, scope: Mapping[str, object], env: Environment) -> Evaluation:
        """The value in this scope, which is neither copied nor changed. What cannot be computed
        is null and leaves a warning. Raises BudgetExceeded, and AssertionFailed where the text
        asserts something."""
        run = Run(env)
        value = self.value(scope, run)
        return Evaluation(value, tuple(run.warnings))

    def __repr__(self) -> str:
        return f"{type(self).__name__}({self.text!r})"


class Expression(Parsed):
    """A FEEL expression."""

    __slots__ = ()


class UnaryTests(Parsed):
    """FEEL's unary tests, as a decision table's input entries and lists of allowed values are."""

    __slots__ = ()

    def _read(self, parser: Parser) -> Node:
        return parser.whole_tests()

    def passes(self, value: object, scope: Mapping[str, object], run: Run) -> bool | None:
        """`matches` within a run that the host shares. Raises BudgetExceeded."""
        try:
            inner = Frame(run, {INPUT: value}, Frame(run, scope))
            result = self._fitting(scope)(inner)
        except RecursionError:
            raise BudgetExceeded("nesting") from None
        return result if isinstance(result, bool) else None

    def matches(self, value: object, scope: Mapping[str, object], env: Environment) -> Evaluation:
        """Whether the value passes one of the tests (true, false, or null when that cannot be
        told); in them `?` is the value. Raises BudgetExceeded."""
        run = Run(env)
        return Evaluation(self.passes(value, scope, run), tuple(run.warnings))


@lru_cache(maxsize=CACHED)
def _expression(text: str, names: frozenset[str]) -> Expression:
    return Expression(text, names)


@lru_cache(maxsize=CACHED)
def _tests(text: str, names: frozenset[str]) -> UnaryTests:
    return UnaryTests(text, names)


def parse_expression(text: str, names: Collection[str] = ()) -> Expression:
    """The expression, parsed once for the text and the names. `names` are those of the scope it
    will be evaluated in; only names of several words or with operators in them need be known
    (`Pre-bureau risk`). Raises FeelSyntaxError."""
    return _expression(text, frozenset(names))


def parse_unary_tests(text: str, names: Collection[str] = ()) -> UnaryTests:
    """The unary tests, like `parse_expression`. Raises FeelSyntaxError."""
    return _tests(text, frozenset(names))
