"""Functions of lists (DMN 1.5, table 74, and Camunda 8's). None changes the list it is given."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal
from functools import cmp_to_key

from engine.feel.errors import Failure
from engine.feel.functions.arguments import elements, function, integer, single
from engine.feel.functions.define import builtin
from engine.feel.runtime import Run
from engine.feel.values.comparing import equal, order
from engine.feel.values.functions import Function
from engine.feel.values.kinds import kind, normal


def sized(run: Run, items: list[object]) -> list[object]:
    run.size(len(items))
    return items


@builtin("list contains", "list", "element")
def list_contains(run: Run, values: object, element: object) -> object:
    return any(equal(value, element, run) is True for value in elements(values, run))


@builtin("is empty", "list")
def is_empty(run: Run, values: object) -> object:
    return not elements(values, run)


@builtin("sublist", "list", "start position", "length?")
def sublist(run: Run, values: object, start: object, length: object = None) -> object:
    """Positions count from 1, or from the end with -1."""
    items, position = elements(values, run), integer(start)
    if position == 0 or abs(position) > len(items):
        raise Failure(f"a list of {len(items)} has no position {position}")
    begin = position - 1 if position > 0 else len(items) + position
    if length is None:
        return items[begin:]
    size = integer(length)
    if size < 0 or begin + size > len(items):
        raise Failure(f"there are not {size} elements from position {position}")
    return items[begin : begin + size]


@builtin("append", "list", "item", variadic=True)
def append(run: Run, values: object, *items: object) -> object:
    return sized(run, [*elements(values, run), *items])


@builtin("concatenate", "list", variadic=True)
def concatenate(run: Run, *lists: object) -> object:
    result: list[object] = []
    for one in lists:
        result += elements(one, run)
        run.size(len(result))
    return result


@builtin("union", "list", variadic=True)
def union(run: Run, *lists: object) -> object:
    """All elements of the lists, each once."""
    result = concatenate(run, *lists)
    return distinct(run, result if isinstance(result, list) else [])


@builtin("insert before", "list", "position", "newItem")
def insert_before(run: Run, values: object, position: object, item: object) -> object:
    items = elements(values, run)
    at = _index(items, integer(position))
    return sized(run, [*items[:at], item, *items[at:]])


@builtin("remove", "list", "position")
def remove(run: Run, values: object, position: object) -> object:
    items = elements(values, run)
    at = _index(items, integer(position))
    return [*items[:at], *items[at + 1 :]]


def _index(items: list[object], position: int) -> int:
    if 1 <= position <= len(items):
        return position - 1
    if -len(items) <= position <= -1:
        return len(items) + position
    raise Failure(f"a list of {len(items)} has no position {position}")


@builtin("list replace", "list", "position", "newItem")
def list_replace(run: Run, values: object, position: object, item: object) -> object:
    """The second argument may be a function of an element and the new one that says which
    elements to replace."""
    match = single(position)
    if isinstance(match, Function):
        return list_replace_matching(run, values, match, item)
    items = elements(values, run)
    at = _index(items, integer(match))
    return [*items[:at], item, *items[at + 1 :]]


@builtin("list replace", "list", "match", "newItem")
def list_replace_matching(run: Run, values: object, match: object, item: object) -> object:
    decide = function(match)
    if len(decide.parameters) != 2:
        raise Failure("needs a function of two parameters")
    result: list[object] = []
    for value in elements(values, run):
        chosen = decide.call([normal(value), item], None, run)
        if not isinstance(chosen, bool):
            raise Failure(f"the function gives {kind(chosen)}, not true or false")
        result.append(item if chosen else value)
    return result


@builtin("reverse", "list")
def reverse(run: Run, values: object) -> object:
    return elements(values, run)[::-1]


@builtin("index of", "list", "match")
def index_of(run: Run, values: object, match: object) -> object:
    """The positions of all elements equal to the value."""
    found: list[object] = []
    for position, value in enumerate(elements(values, run), 1):
        if equal(value, match, run) is True:
            found.append(Decimal(position))
    return found


@builtin("distinct values", "list")
def distinct_values(run: Run, values: object) -> object:
    return distinct(run, elements(values, run))


def distinct(run: Run, values: list[object]) -> list[object]:
    """Each value once, where it comes first."""
    seen = _Seen(run)
    return [value for value in values if not seen.before(value)]


@builtin("duplicate values", "list")
def duplicate_values(run: Run, values: object) -> object:
    """Each value that comes more than once, once."""
    seen, twice = _Seen(run), _Seen(run)
    return [value for value in elements(values, run) if seen.before(value) and not twice.before(value)]


class _Seen:
    """Values met so far: plain ones in a set, others compared one by one."""

    def __init__(self, run: Run) -> None:
        self.run = run
        self.plain: set[tuple[type, object]] = set()
        self.others: list[object] = []

    def before(self, value: object) -> bool:
        """Whether the value was met before; it has been, from now on."""
        value = normal(value)
        self.run.step()
        if isinstance(value, str | bool | Decimal) or value is None:
            key = (type(value), value)
            if key in self.plain:
                return True
            self.plain.add(key)
            return False
        self.run.step(len(self.others))
        if any(equal(value, other, self.run) is True for other in self.others):
            return True
        self.others.append(value)
        return False


@builtin("flatten", "list")
def flatten(run: Run, values: object) -> object:
    """The elements of the list and of the lists in it, at any depth."""
    result: list[object] = []
    waiting = [iter(elements(values, run))]
    while waiting:
        value = next(waiting[-1], _END)
        run.step()
        if value is _END:
            waiting.pop()
        elif isinstance(value, list):
            waiting.append(iter(value))
        else:
            result.append(value)
            run.size(len(result))
    return result


_END = object()


@builtin("sort", "list", "precedes?")
def sort(run: Run, values: object, precedes: object = None) -> object:
    """Stable. `precedes` is a function of two elements that says whether the first comes first;
    without it the elements must be of one ordered kind."""
    items = [normal(value) for value in elements(values, run)]
    compare = _natural(run) if precedes is None else _by(run, function(precedes))
    return sorted(items, key=cmp_to_key(compare))


def _natural(run: Run) -> Callable[[object, object], int]:
    def compare(one: object, other: object) -> int:
        run.step()
        found = order(one, other)
        if found is None:
            raise Failure(f"cannot compare {kind(one)} with {kind(other)}")
        return found

    return compare


def _by(run: Run, precedes: Function) -> Callable[[object, object], int]:
    def first(one: object, other: object) -> bool:
        answer = precedes.call([one, other], None, run)
        if not isinstance(answer, bool):
            raise Failure(f"the function gives {kind(answer)}, not true or false")
        return answer

    def compare(one: object, other: object) -> int:
        if first(one, other):
            return -1
        return 1 if first(other, one) else 0

    return compare


@builtin("partition", "list", "size")
def partition(run: Run, values: object, size: object) -> object:
    """The list in lists of this size, the last one shorter if need be."""
    items, length = elements(values, run), integer(size)
    if length < 1:
        raise Failure("the size is less than 1")
    return [items[at : at + length] for at in range(0, len(items), length)]
