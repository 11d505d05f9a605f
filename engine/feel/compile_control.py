"""if, for, some, every, filters and functions."""

from __future__ import annotations

from decimal import Decimal

from engine.feel.compiler import Evaluator, compile_node, compiles, failing
from engine.feel.errors import Failure
from engine.feel.iteration import nested
from engine.feel.nodes import Filter, For, FunctionNode, If, Literal, Quantified
from engine.feel.runtime import Frame, Run
from engine.feel.values.functions import Function
from engine.feel.values.kinds import kind, normal
from engine.feel.values.numbers import whole
from engine.feel.values.types import FeelType, coerced


@compiles(If)
def _if(node: If) -> Evaluator:
    condition, then, otherwise = (
        compile_node(node.condition),
        compile_node(node.then),
        compile_node(node.otherwise),
    )
    position = node.condition.position

    def evaluate(frame: Frame) -> object:
        value = condition(frame)
        if value is True:
            return then(frame)
        if value is not False:
            text = f"the condition is {kind(value)}, not true or false"
            frame.run.warn("bad-condition", text, position)
        return otherwise(frame)

    return evaluate


@compiles(For)
def _for(node: For) -> Evaluator:
    loop, body, position = nested(node.iterators), compile_node(node.body), node.position

    uses_partial = node.uses_partial

    def evaluate(frame: Frame) -> object:
        results: list[object] = []
        run = frame.run
        names: dict[str, object] = {}
        try:
            for inner in loop(Frame(run, names, frame) if uses_partial else frame):
                if uses_partial:
                    # A copy each time: the body may keep it, and a list must not contain itself.
                    run.step(len(results))
                    names["partial"] = list(results)
                results.append(body(inner))
        except Failure as failure:
            run.warn(failure.code, failure.message, position)
            return None
        run.size(len(results))
        return results

    return evaluate


@compiles(Quantified)
def _quantified(node: Quantified) -> Evaluator:
    """Three-valued like a row of or (some) or and (every)."""
    loop, condition, position = nested(node.iterators), compile_node(node.condition), node.position
    decisive = node.quantifier == "some"

    def evaluate(frame: Frame) -> object:
        unknown = False
        try:
            for inner in loop(frame):
                value = condition(inner)
                if value is decisive:
                    return decisive
                if type(value) is not bool:
                    unknown = True
        except Failure as failure:
            frame.run.warn(failure.code, failure.message, position)
            return None
        return None if unknown else not decisive

    return evaluate


@compiles(Filter)
def _filter(node: Filter) -> Evaluator:
    of, condition, position = compile_node(node.of), compile_node(node.condition), node.position
    if isinstance(node.condition, Literal) and isinstance(node.condition.value, Decimal):
        index = whole(node.condition.value)

        def at_index(frame: Frame) -> object:
            return _at(frame.run, _as_list(of(frame)), index, position)

        return at_index

    def evaluate(frame: Frame) -> object:
        items = _as_list(of(frame))
        run = frame.run
        kept: list[object] = []
        for item in items:
            run.step()
            item = normal(item)
            inner = Frame(run, item if isinstance(item, dict) else {}, frame, item)
            value = condition(inner)
            if value is True:
                kept.append(item)
            elif type(value) is Decimal:
                return _at(run, items, whole(value), position)
        if not items and type(_quietly(run, condition, frame)) is Decimal:
            return None
        return kept

    return evaluate


def _quietly(run: Run, condition: Evaluator, frame: Frame) -> object:
    """What a condition is without any element: only to tell an index from a condition."""
    before = len(run.warnings)
    value = condition(Frame(run, {}, frame, None))
    del run.warnings[before:]
    return value


def _as_list(value: object) -> list[object]:
    if isinstance(value, list):
        return value
    return [] if value is None else [value]


def _at(run: Run, items: list[object], index: int, position: int) -> object:
    """The element counted from 1, or from the end with -1; null when there is none."""
    if 1 <= index <= len(items):
        return normal(items[index - 1])
    if -len(items) <= index <= -1:
        return normal(items[index])
    run.warn("no-entry", f"the list has {len(items)} elements, no number {index}", position)
    return None


class Closure(Function):
    """A function written in FEEL, with the frame it was written in."""

    __slots__ = ("body", "frame", "types")

    def __init__(
        self,
        parameters: tuple[str, ...],
        types: tuple[FeelType | None, ...],
        body: Evaluator,
        frame: Frame,
    ) -> None:
        super().__init__("the function", parameters)
        self.types = types
        self.body = body
        self.frame = frame

    def invoke(self, args: list[object], run: Run) -> object:
        names: dict[str, object] = {}
        for name, wanted, value in zip(self.parameters, self.types, args, strict=True):
            names[name] = value if wanted is None else coerced(value, wanted, run)
        return self.body(Frame(run, names, self.frame))


@compiles(FunctionNode)
def _function(node: FunctionNode) -> Evaluator:
    if node.body is None:
        text = "external functions are not run: they would be program code"
        return failing("no-function", text, node.position)
    body = compile_node(node.body)
    parameters = tuple(parameter.name for parameter in node.parameters)
    types = tuple(parameter.type for parameter in node.parameters)

    def evaluate(frame: Frame) -> object:
        return Closure(parameters, types, body, frame)

    return evaluate
