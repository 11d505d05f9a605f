"""Which inputs of a submission count: conditions, read-only fields and computed values, settled together.

Conditions may read other fields that conditions hide, and computed values may stand in conditions, so
all of them are evaluated in document order, over and over, until nothing changes. A hidden field reads
as null. A field whose condition hides it because of its own value ends hidden.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from itertools import pairwise

from engine.feel import Expression, FeelError, to_json
from engine.forms.equality import same
from engine.forms.errors import FieldError
from engine.forms.field import OMITTED
from engine.forms.fields.dynamiclist import DynamicList
from engine.forms.fields.expression import ComputedValue
from engine.forms.inputs import DataPath, Input
from engine.forms.jsontext import count_nodes
from engine.forms.limits import MAX_COMPUTED_NODES, MAX_SUBMITTED_NODES
from engine.forms.run import ExpressionFailed, Place, Run, TooComplex
from engine.forms.structure import Level, Path, Placed, Tree

MOST_ROUNDS = 100


@dataclass(slots=True)
class Resolver:
    """Settles one submission. `run.data` must be `working`."""

    run: Run
    working: dict[str, object]
    prepared: dict[str, object]
    inputs: list[Input] = field(default_factory=list)
    failed: dict[str, FieldError] = field(default_factory=dict)
    nodes: int = 0

    def settle(self) -> None:
        """Evaluate until nothing changes, then mark in `prepared` what the schema must ignore."""
        restless = [item for item in self.inputs if item.restless]
        moved: list[Input] = restless
        for _ in range(MOST_ROUNDS):
            moved = [item for item in restless if self._update(item)]
            if not moved:
                break
        for item in moved:
            self._fail(item, "expression-unstable")
        for item in self.inputs:
            self._mark(item)

    def _update(self, item: Input) -> bool:
        """Evaluate what concerns one input; whether anything changed by it."""
        hidden = item.hidings > 1 or any(self._evaluate(item, hide) is True for hide in item.placed.hides)
        changed = hidden != item.hidden
        item.hidden = hidden
        item.hidings += changed and hidden
        made = item.placed.field
        if not hidden and isinstance(made, ComputedValue) and made.expression is not None:
            value = self._computed(item, made.expression)
            changed = changed or not same(value, item.computed)
            item.computed = value
        if not isinstance(made.fixed, bool):
            fixed = self._evaluate(item, made.fixed) is True
            changed = changed or fixed != item.fixed
            item.fixed = fixed
        if changed:
            item.working[item.name] = None if item.hidden else item.value()
        return changed

    def _evaluate(self, item: Input, expression: Expression) -> object:
        try:
            return self.run.evaluate(expression, item.place)
        except ExpressionFailed:
            self._fail(item, "expression-failed")
            return None

    def _computed(self, item: Input, expression: Expression) -> object:
        """The value of a computed field. One that failed is not tried again: a value that contains
        itself would grow with every round.
        """
        if item.full_name in self.failed:
            return None
        value = self._evaluate(item, expression)
        nodes = count_nodes(value, MAX_SUBMITTED_NODES)
        self.nodes += nodes
        if self.nodes > MAX_COMPUTED_NODES:
            raise TooComplex
        try:
            return None if nodes > MAX_SUBMITTED_NODES else settled(value)
        except FeelError:
            nodes = MAX_SUBMITTED_NODES + 1
            return None
        finally:
            if nodes > MAX_SUBMITTED_NODES:
                self._fail(item, "expression-failed")

    def _fail(self, item: Input, code: str) -> None:
        self.failed.setdefault(item.full_name, FieldError(item.full_name, code))

    def _mark(self, item: Input) -> None:
        made = item.placed.field
        if item.prepared is not None and (item.hidden or item.fixed or made.computed):
            item.prepared[item.name] = OMITTED
        if isinstance(made, DynamicList) and not made.changeable and not (item.hidden or item.fixed):
            at_first = 1 if made.repetitions is None else made.repetitions
            expected = len(item.stored) if isinstance(item.stored, list) else at_first
            if isinstance(item.given, list) and len(item.given) != expected:
                self.failed.setdefault(item.full_name, FieldError(item.full_name, "rows-fixed", {"count": expected}))

    def finish(self, values: dict[str, object]) -> None:
        """Put computed values, and the fixed ones that the case does not have yet, among the checked ones.

        In a row every field is written, since the list as a whole replaces the case's.
        """
        for item in self.inputs:
            if item.hidden or not (item.fixed or item.placed.field.computed):
                continue
            in_row = any(isinstance(part, int) for part in item.path)
            if item.fixed and not in_row and (item.stored is not None or item.placed.field.default is None):
                continue
            _put(values, item.path, item.value())


def settled(value: object) -> object:
    """A FEEL value as a variable holds it: dates, times and durations become ISO texts, numbers stay
    exact. Raises FeelError for what no variable can hold: functions, ranges, values too large.
    """
    to_json(value)  # checks all of it, with limits of its own
    return _settled(value)


def _settled(value: object) -> object:
    if isinstance(value, list):
        return [_settled(item) for item in value]
    if isinstance(value, dict):
        return {name: _settled(item) for name, item in value.items()}
    json = to_json(value)
    return json if isinstance(json, str) else value


def _put(values: dict[str, object], path: DataPath, value: object) -> None:
    """Write at a place, unless the row or list around it is not there (hidden)."""
    at: object = values
    for part, following in pairwise(path):
        if isinstance(part, int):
            at = at[part] if isinstance(at, list) and part < len(at) else None
        elif isinstance(at, dict):
            at = at.get(part) if isinstance(following, int) else at.setdefault(part, {})
    last = path[-1]
    if isinstance(at, dict) and isinstance(last, str):
        at[last] = value


def prepare(level: Level, given: Mapping[str, object], run: Run) -> Resolver:
    """Lay out a submission (FEEL values) for settling; sets `run.data` to the working data."""
    working: dict[str, object] = {}
    prepared = dict(given)
    run.data = working
    resolver = Resolver(run, working, prepared)
    _objects(level.tree, working, prepared, run.scope)
    _lay_out(resolver, level, _Spot((), None, working, prepared, run.scope))
    return resolver


def _objects(tree: Tree, working: dict[str, object], prepared: dict[str, object], stored: Mapping[str, object]) -> None:
    """Make the objects that groups with a path need, in both sets of data, down to the leaves."""
    for name, node in tree.items():
        if isinstance(node, Placed):
            continue
        kept = stored.get(name)
        below = dict(kept) if isinstance(kept, Mapping) else {}
        working[name] = below
        sent = prepared.get(name)
        copied = dict(sent) if isinstance(sent, Mapping) else {}
        if sent is None or isinstance(sent, Mapping):
            prepared[name] = copied
        _objects(node, below, copied, kept if isinstance(kept, Mapping) else {})


@dataclass(frozen=True, slots=True)
class _Spot:
    """Where a level is laid out: its path, its place for expressions, its data, what the case has there."""

    path: DataPath
    place: Place | None
    working: dict[str, object]
    prepared: dict[str, object] | None
    stored: Mapping[str, object]


def _lay_out(resolver: Resolver, level: Level, spot: _Spot) -> None:
    for placed in level.placed:
        working = _inside(spot.working, placed.path)
        assert working is not None  # _objects made it
        prepared = _inside(spot.prepared, placed.path)
        stored_in = _stored_in(spot.stored, placed.path)
        name = placed.path[-1]
        raw = prepared.get(name) if prepared is not None else None
        given = placed.field.coerce(raw)
        if prepared is not None and name in prepared:
            prepared[name] = given
        item = Input(
            placed,
            spot.path + placed.path,
            spot.place,
            working,
            prepared,
            placed.field.fresh() if given is None else given,
            stored_in.get(name),
            fixed=placed.field.fixed is True,
        )
        if placed.rows is not None:
            _lay_out_rows(resolver, placed.rows, item, spot)
        working[name] = item.value()
        resolver.inputs.append(item)


def _lay_out_rows(resolver: Resolver, rows: Level, item: Input, spot: _Spot) -> None:
    """Make working and prepared rows, and the inputs in them, before the list itself is settled."""
    source = item.kept() if item.fixed else item.given
    sent = source if isinstance(source, list) else []
    stored = item.stored if isinstance(item.stored, list) else []
    parent = spot.working
    outer = () if spot.place is None else spot.place.numbers
    working_rows: list[object] = []
    prepared_rows: list[object] = []
    for number, row in enumerate(sent):
        working: dict[str, object] = {}
        prepared = dict(row) if isinstance(row, Mapping) else None
        kept = stored[number] if number < len(stored) else None
        before = kept if isinstance(kept, Mapping) else {}
        _objects(rows.tree, working, {} if prepared is None else prepared, {})
        place = Place(working, parent, (*outer, number + 1))
        path = (*item.path, number)
        _lay_out(resolver, rows, _Spot(path, place, working, prepared, before))
        working_rows.append(working)
        prepared_rows.append(row if prepared is None else prepared)
    if isinstance(item.given, list) and not item.fixed:
        item.given = working_rows
        if item.prepared is not None and item.name in item.prepared:
            item.prepared[item.name] = prepared_rows


def _inside(data: Mapping[str, object] | None, path: Path) -> dict[str, object] | None:
    """The object a path's last name stands in; None if there is none."""
    at: object = data
    for name in path[:-1]:
        at = at.get(name) if isinstance(at, Mapping) else None
    return at if isinstance(at, dict) else None


def _stored_in(data: Mapping[str, object], path: Path) -> Mapping[str, object]:
    """What the case has where a path's last name stands. The case's variables are any mapping, not a dict."""
    at: object = data
    for name in path[:-1]:
        at = at.get(name) if isinstance(at, Mapping) else None
    return at if isinstance(at, Mapping) else {}


def hidden_names(inputs: list[Input]) -> Iterator[str]:
    """The full names of what conditions hid."""
    return (item.full_name for item in inputs if item.hidden)
