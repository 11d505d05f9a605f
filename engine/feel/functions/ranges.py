"""Ranges as values and how points and ranges lie to each other (DMN 1.5, tables 70 and 82).

Each function of two takes points or ranges where the standard allows them, named point, point1,
range, range1 and so on. Comparisons that have no answer make the function give null.
"""

from __future__ import annotations

from collections.abc import Callable

from engine.feel.errors import Failure, FeelSyntaxError
from engine.feel.functions.arguments import text
from engine.feel.functions.define import Body, builtin
from engine.feel.runtime import Run
from engine.feel.values.comparing import order
from engine.feel.values.kinds import kind, normal
from engine.feel.values.ranges import Range


def _compare(one: object, other: object) -> int:
    found = order(one, other)
    if found is None:
        raise Failure(f"cannot compare {kind(one)} with {kind(other)}")
    return found


class _Ends:
    """A range's bounds; a point is the range of itself alone."""

    def __init__(self, value: object) -> None:
        value = normal(value)
        if value is None:
            raise Failure("needs points or ranges, not null")
        if isinstance(value, Range):
            if value.operator == "!=":
                raise Failure("needs a range with one start and one end")
            self.start, self.end = value.start, value.end
            self.start_in, self.end_in = value.start_included, value.end_included
            self.is_range = True
        else:
            self.start = self.end = value
            self.start_in = self.end_in = True
            self.is_range = False


def _starts(one: _Ends, other: _Ends) -> int:
    """How the starts lie: -1, 0, 1. No bound lies before all others."""
    if one.start is None or other.start is None:
        return (one.start is not None) - (other.start is not None)
    found = _compare(one.start, other.start)
    return found if found else (not one.start_in) - (not other.start_in)


def _stops(one: _Ends, other: _Ends) -> int:
    """How the ends lie: -1, 0, 1. No bound lies after all others."""
    if one.end is None or other.end is None:
        return (one.end is None) - (other.end is None)
    found = _compare(one.end, other.end)
    return found if found else one.end_in - other.end_in


def _before(one: _Ends, other: _Ends) -> bool:
    """Whether the first ends before the second starts."""
    if one.end is None or other.start is None:
        return False
    found = _compare(one.end, other.start)
    return found < 0 or (found == 0 and not (one.end_in and other.start_in))


def _meets(one: _Ends, other: _Ends) -> bool:
    if one.end is None or other.start is None:
        return False
    return one.end_in and other.start_in and _compare(one.end, other.start) == 0


def _includes(one: _Ends, other: _Ends) -> bool:
    return _starts(one, other) <= 0 and _stops(one, other) >= 0


def _overlaps(one: _Ends, other: _Ends) -> bool:
    return not _before(one, other) and not _before(other, one)


def _overlaps_before(one: _Ends, other: _Ends) -> bool:
    return _overlaps(one, other) and _starts(one, other) < 0 and _stops(one, other) <= 0


def _overlaps_after(one: _Ends, other: _Ends) -> bool:
    return _overlaps(one, other) and _starts(one, other) > 0 and _stops(one, other) >= 0


def _finishes(one: _Ends, other: _Ends) -> bool:
    return _stops(one, other) == 0 and _starts(one, other) >= 0


def _begins(one: _Ends, other: _Ends) -> bool:
    return _starts(one, other) == 0 and _stops(one, other) <= 0


def _coincides(one: _Ends, other: _Ends) -> bool:
    return _starts(one, other) == 0 and _stops(one, other) == 0


Relation = Callable[[_Ends, _Ends], bool]


def _swapped(relation: Relation) -> Relation:
    return lambda one, other: relation(other, one)


def _body(relation: Relation, shapes: str) -> Body:
    """`shapes` are the allowed pairs: p for a point, r for a range."""
    allowed = shapes.split()

    def body(run: Run, one: object, other: object) -> object:
        left, right = _Ends(one), _Ends(other)
        shape = ("r" if left.is_range else "p") + ("r" if right.is_range else "p")
        if shape not in allowed:
            raise Failure("these arguments are points where ranges are needed, or the reverse")
        return relation(left, right)

    return body


_NAMES = {
    "pp": ("point1", "point2"),
    "pr": ("point", "range"),
    "rp": ("range", "point"),
    "rr": ("range1", "range2"),
}
_RELATIONS: tuple[tuple[str, Relation, str], ...] = (
    ("before", _before, "pp pr rp rr"),
    ("after", _swapped(_before), "pp pr rp rr"),
    ("meets", _meets, "rr"),
    ("met by", _swapped(_meets), "rr"),
    ("overlaps", _overlaps, "rr"),
    ("overlaps before", _overlaps_before, "rr"),
    ("overlaps after", _overlaps_after, "rr"),
    ("finishes", _finishes, "pr rr"),
    ("finished by", _swapped(_finishes), "rp rr"),
    ("includes", _includes, "rp rr"),
    ("during", _swapped(_includes), "pr rr"),
    ("starts", _begins, "pr rr"),
    ("started by", _swapped(_begins), "rp rr"),
    ("coincides", _coincides, "pp rr"),
)
for _name, _relation, _shapes in _RELATIONS:
    for _shape in _shapes.split():
        builtin(_name, *_NAMES[_shape])(_body(_relation, _shapes))


@builtin("range", "from")
def range_(run: Run, value: object) -> object:
    """From the text of a range with literal ends, such as "[1..10)"."""
    # The parser knows the built-in functions, so it can only be asked from inside one.
    from engine.feel.range_text import read_range

    source = text(value)
    try:
        found = read_range(source, run)
    except FeelSyntaxError:
        found = None
    if found is None:
        raise Failure(f'"{source}" is no range')
    return found
