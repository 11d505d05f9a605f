"""Fit what one case filled in to another case: as many rows as that one has, and what its form asks for besides."""

from __future__ import annotations

import copy
import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

Data = dict[str, Any]
Path = tuple[str | int, ...]
_LIMITS: Mapping[str, Callable[[int], int]] = {
    "number-too-large": lambda number: number - 1,
    "number-too-small": lambda number: number + max(1, number // 2),
}
_PART = re.compile(r"([^.\[\]]+)|\[([0-9]+)\]")


@dataclass(frozen=True, slots=True)
class Case:
    """What is known beside a sample: the variables that the task sees, what the other samples fill in, and what a field
    of the form offers to choose from."""

    seen: Data
    donors: Sequence[Data]
    choices: Callable[[str], list[Any]]


def fitted(data: Data, errors: Sequence[Mapping[str, str]], case: Case, turn: int) -> Data | None:
    """The data with everything changed that a form refused (`errors` of FormInvalid), None when nothing more can be.

    A fixed list gets as many rows as the case has, a whole number beyond a limit is brought nearer to it; any other
    field gets what the form offers there, or the value that it has in another sample, another one at each `turn`; what
    no sample has is left out.
    """
    found = copy.deepcopy(data)
    changes = [_change(found, _path(error["field"]), error["code"], case, turn) for error in errors]
    return found if any(changes) else None


def filled_up(data: Data, donors: Sequence[Data]) -> Data | None:
    """The data with every field that is empty and that other samples fill in, such as the reasons for being late; None
    when there is none."""
    more = {name: one for donor in reversed(donors) for name, one in donor.items() if one and not data.get(name)}
    return {**data, **copy.deepcopy(more)} if more else None


def _path(field: str) -> Path:
    return tuple(name or int(number) for name, number in _PART.findall(field))


def _change(data: Data, path: Path, code: str, case: Case, turn: int) -> bool:
    holder = next(_all(data, path[:-1], exact=True), None)
    if not isinstance(holder, dict) or not path:
        return False
    name = str(path[-1])
    if code == "rows-fixed":
        stored = next(_all(case.seen, path, exact=True), None)
        holder[name] = _rows(holder.get(name), path, case.donors, len(stored) if isinstance(stored, list) else 1)
        return True
    if code == "unknown-field":
        return holder.pop(name, None) is not None
    if code in _LIMITS and isinstance(holder.get(name), int):
        holder[name] = _LIMITS[code](holder[name])
        return True
    values = case.choices(name) if code == "not-an-option" else []
    values = values or [one for donor in case.donors for one in _all(donor, path, exact=False)]
    others = [one for number, one in enumerate(values) if one != holder.get(name) and one not in values[:number]]
    if others:
        holder[name] = copy.deepcopy(others[turn % len(others)])
        return True
    return holder.pop(name, None) is not None


def _rows(present: Any, path: Path, donors: Sequence[Data], wanted: int) -> list[Any]:
    """The rows over and over again; those of other samples when there are none."""
    pools = [present, *(rows for donor in donors for rows in _all(donor, path, exact=False))]
    pool: list[Any] = next((rows for rows in pools if isinstance(rows, list) and rows), [{}])
    return [copy.deepcopy(pool[number % len(pool)]) for number in range(wanted)]


def _all(value: Any, path: Path, *, exact: bool) -> Iterator[Any]:
    """What stands at a path; unless `exact`, at any number of a row."""
    if not path:
        yield value
        return
    first, rest = path[0], path[1:]
    if isinstance(first, str):
        if isinstance(value, dict) and first in value:
            yield from _all(value[first], rest, exact=exact)
    elif isinstance(value, list):
        for one in value[first : first + 1] if exact else value:
            yield from _all(one, rest, exact=exact)
