"""What a form says of a field beside its value: who may see it, and whether it is about a person.

A field is marked by form-js's custom properties. The marks belong to the variable that the field writes, in every
case of every process that shows the form, and only ever become stricter: what a form once marked stays marked when a
later version forgets it, because cases hold values of before.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

CLASS = "krabuan.class"  # one of model/access.py's CLASSES
PERSONAL = "krabuan.personalData"  # "true" or "false": personal data in the sense of PDPA section 6


@dataclass(frozen=True, slots=True)
class Mark:
    """`access_class` is the rank (model/access.py) that one must be cleared for to see the field."""

    access_class: int = 0
    personal: bool = False


# by full name: `amount`, `address.street`, `people[].name`; a field without a mark is not in it
Marks = Mapping[str, Mark]
NONE: Marks = {}


def united(of: Iterable[Marks]) -> Marks:
    """All of them together; of several marks for one name the strictest."""
    found: dict[str, Mark] = {}
    for marks in of:
        for name, mark in marks.items():
            other = found.get(name, mark)
            found[name] = Mark(max(mark.access_class, other.access_class), mark.personal or other.personal)
    return found


def path_of(name: str) -> tuple[str, ...]:
    """The steps from the variable to the field; `[]` is the step into the rows of a list: `people`, `[]`, `name`."""
    return tuple(step for part in name.split(".") for step in part.replace("[]", ".[]").split(".") if step)
