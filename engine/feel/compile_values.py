"""Literals, names, paths, lists, contexts and ranges."""

from __future__ import annotations

from engine.feel.compiler import Evaluator, compile_node, compiles, constant, failing
from engine.feel.functions.registry import BUILTINS
from engine.feel.lookup import entry, find, find_item
from engine.feel.nodes import (
    BadLiteral,
    ContextNode,
    ListNode,
    Literal,
    Name,
    OperatorTest,
    Path,
    RangeNode,
)
from engine.feel.runtime import MISSING, Frame
from engine.feel.values.comparing import order
from engine.feel.values.kinds import PLAIN, kind, normal
from engine.feel.values.ranges import Range


@compiles(Literal)
def _literal(node: Literal) -> Evaluator:
    return constant(node.value)


@compiles(BadLiteral)
def _bad_literal(node: BadLiteral) -> Evaluator:
    return failing("bad-argument", node.complaint, node.position)


@compiles(Name)
def _name(node: Name) -> Evaluator:
    name, position = node.name, node.position
    if name == "item":
        return _item(position)

    def evaluate(frame: Frame) -> object:
        # `find`, unrolled: this is the most frequent node of all.
        at: Frame | None = frame
        while at is not None:
            names = at.names
            if name in names:
                value = names[name]
                return value if type(value) in PLAIN else normal(value)
            at = at.parent
        return _not_in_scope(frame, name, position)

    return evaluate


def _not_in_scope(frame: Frame, name: str, position: int) -> object:
    function = frame.run.env.functions.get(name) or BUILTINS.get(name)
    if function is not None:
        return function
    frame.run.warn("no-variable", f"there is no variable {name}", position, name)
    return None


def _item(position: int) -> Evaluator:
    def evaluate(frame: Frame) -> object:
        value = find_item(frame)
        return _not_in_scope(frame, "item", position) if value is MISSING else value

    return evaluate


@compiles(Path)
def _path(node: Path) -> Evaluator:
    of, name, position = compile_node(node.of), node.name, node.position
    dotted = _dotted(node)

    def evaluate(frame: Frame) -> object:
        value = of(frame)
        found = entry(value, name, frame.run)
        if found is MISSING:
            if dotted is not None:
                whole = find(frame, dotted)
                if whole is not MISSING:
                    return whole
            text = f"{kind(value)} has no {name}" if value is not None else f"null has no {name}"
            frame.run.warn("no-entry", text, position, name)
            return None
        return found

    return evaluate


def _dotted(node: Path) -> str | None:
    """The path as one name (`model.decision`), which an imported model's element may have."""
    if isinstance(node.of, Name):
        return f"{node.of.name}.{node.name}"
    if isinstance(node.of, Path):
        before = _dotted(node.of)
        return None if before is None else f"{before}.{node.name}"
    return None


@compiles(ListNode)
def _list(node: ListNode) -> Evaluator:
    items = tuple(compile_node(item) for item in node.items)

    def evaluate(frame: Frame) -> object:
        return [item(frame) for item in items]

    return evaluate


@compiles(ContextNode)
def _context(node: ContextNode) -> Evaluator:
    entries = tuple((item.key, compile_node(item.value)) for item in node.entries)
    if len({key for key, _ in entries}) < len(entries):
        return failing("bad-argument", "the context has an entry twice", node.position)

    def evaluate(frame: Frame) -> object:
        result: dict[str, object] = {}
        inner = Frame(frame.run, result, frame)
        for key, value in entries:
            result[key] = value(inner)
        return result

    return evaluate


@compiles(RangeNode)
def _range(node: RangeNode) -> Evaluator:
    start, end, position = compile_node(node.start), compile_node(node.end), node.position
    start_included, end_included = node.start_included, node.end_included

    def evaluate(frame: Frame) -> object:
        low, high = start(frame), end(frame)
        if low is None or high is None or (order(low, high) is None):
            frame.run.warn("bad-type", f"there is no range from {kind(low)} to {kind(high)}", position)
            return None
        return Range(low, high, start_included, end_included)

    return evaluate


@compiles(OperatorTest)
def _operator_test(node: OperatorTest) -> Evaluator:
    bound, operator, position = compile_node(node.bound), node.operator, node.position

    def evaluate(frame: Frame) -> object:
        value = bound(frame)
        if operator not in ("=", "!=") and order(value, value) is None:
            frame.run.warn("bad-type", f"there is no range {operator} {kind(value)}", position)
            return None
        return Range.of_operator(operator, value)

    return evaluate
