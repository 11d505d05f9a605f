"""The tables' notation: what an element may have and hold, written as a line, read once into plain data.

Attributes: `name:type`, `name=One|Two` for an enumeration, with `!` behind it when it is required.
Content, in the order of the schema's sequence: `name`, or `name:kind` where the element is declared in place, followed
by nothing (exactly one), `?`, `*`, `+` or `{2,}`; `a:x|b:y?` is a choice. A name alone stands for the element of
that name and for everything that substitutes it (XML Schema's substitution groups).
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field

MODEL = "http://www.omg.org/spec/BPMN/20100524/MODEL"
PREFIXES = {
    "bpmndi": "http://www.omg.org/spec/BPMN/20100524/DI",
    "dc": "http://www.omg.org/spec/DD/20100524/DC",
    "di": "http://www.omg.org/spec/DD/20100524/DI",
}
# elements that hold nothing but a value, by the simple type of the value
SIMPLE = ("QName", "IDREF")
_ITEM = re.compile(r"([\w:|]+)(?:([?*+])|\{(\d+),(\d*)\})?")
_TIMES: dict[str, tuple[int, int | None]] = {"": (1, 1), "?": (0, 1), "*": (0, None), "+": (1, None)}


@dataclass(frozen=True, slots=True)
class Attribute:
    """An attribute: the simple type of its value, or the values that it may have."""

    type: str
    values: tuple[str, ...] = ()
    required: bool = False


@dataclass(frozen=True, slots=True)
class Row:
    """One complex type as a table writes it."""

    name: str
    base: str | None
    attributes: Mapping[str, Attribute]
    content: str
    group: str | None  # the element that this one substitutes
    abstract: bool  # no element of this name can stand in a file
    mixed: bool  # text may stand in it
    inside: str | None  # what stands in it is not looked at: "any", or "other" for elements of other namespaces


@dataclass(frozen=True, slots=True)
class Part:
    """A place in a sequence: the elements that may stand there, each with its kind, and how many of them."""

    name: str
    elements: Mapping[str, str]  # kind, or simple type, by tag
    least: int
    most: int | None


@dataclass(slots=True)
class Kind:
    """A complex type with everything that it inherits."""

    name: str
    base: str | None
    attributes: dict[str, Attribute]
    parts: list[Part]
    mixed: bool
    inside: str | None
    places: dict[str, int] = field(default_factory=dict)  # of the parts, by tag


def row(
    name: str,
    base: str | None = "baseElement",
    attributes: str = "",
    content: str = "",
    *,
    group: str | None = None,
    abstract: bool = False,
    mixed: bool = False,
    inside: str | None = None,
) -> Row:
    """A row of a table; see the module for the notation."""
    return Row(name, base, dict(map(_attribute, attributes.split())), content, group, abstract, mixed, inside)


def _attribute(text: str) -> tuple[str, Attribute]:
    required, text = text.endswith("!"), text.rstrip("!")
    if "=" in text:
        name, values = text.split("=")
        return name, Attribute("enumeration", tuple(values.split("|")), required)
    name, type_ = text.split(":")
    return name, Attribute(type_, (), required)


def tag(name: str) -> str:
    """The name of an element with its namespace as lxml writes it: `task`, `dc:Bounds`."""
    prefix, _, local = name.rpartition(":")
    return f"{{{PREFIXES.get(prefix, MODEL)}}}{local}"


def kinds(rows: Iterable[Row]) -> dict[str, Kind]:
    """Every kind by its name, with what it inherits from its base before its own."""
    written = {one.name: one for one in rows}
    members = _members(written)
    made: dict[str, Kind] = {}

    def make(name: str) -> Kind:
        if name not in made:
            one = written[name]
            base = make(one.base) if one.base is not None else None
            made[name] = kind = Kind(
                name, one.base,
                {**(base.attributes if base else {}), **one.attributes},
                [*(base.parts if base else []), *_parts(one.content, members)],
                one.mixed or (base is not None and base.mixed),
                one.inside,
            )  # fmt: skip
            for place, part in enumerate(kind.parts):
                assert not part.elements.keys() & kind.places.keys(), f"{name} holds an element in two places"
                kind.places |= dict.fromkeys(part.elements, place)
        return made[name]

    for name in written:
        make(name)
    return made


def _members(written: Mapping[str, Row]) -> dict[str, list[str]]:
    """What may stand for an element: itself, unless it is abstract, and what substitutes it, directly or not."""
    members: dict[str, list[str]] = {name: [] for name in written}
    for one in written.values():
        at: str | None = one.name
        while at is not None and not one.abstract:
            members[at].append(one.name)
            at = written[at].group
    return members


def _parts(content: str, members: Mapping[str, list[str]]) -> Iterator[Part]:
    for text in content.split():
        found = _ITEM.fullmatch(text)
        assert found is not None, f"{text} is not in the notation"
        names, sign, least, most = found.groups()
        times = _TIMES[sign or ""] if least is None else (int(least), int(most) if most else None)
        elements: dict[str, str] = {}
        for name in names.split("|"):
            elements |= _elements(name, members)
        shown = (name if name in members else name.split(":")[0] for name in names.split("|"))
        yield Part(" | ".join(shown), elements, *times)


def _elements(name: str, members: Mapping[str, list[str]]) -> dict[str, str]:
    """What a name in the notation stands for: kinds, or simple types, by tag."""
    if name in members:
        return {tag(member): member for member in members[name]}
    element, kind = name.split(":")
    assert kind in members or kind in SIMPLE, f"{kind} is no kind"
    return {tag(element): kind}
