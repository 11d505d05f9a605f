"""The shape of a form: which fields stand at which level, under which name, behind which conditions.

form-js nests components for layout; data are nested otherwise (a group may have no path, a key may be
"address.street", a dynamic list starts rows). Everything else of this room works on levels: the fields
of the form, or of one row, flat and in document order.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from engine.feel import Expression
from engine.feel.candidates import NameCandidates
from engine.forms.field import DisplayField, ValueField
from engine.forms.fields import field_types
from engine.forms.fields.dynamiclist import DynamicList
from engine.forms.jsontext import storable
from engine.forms.limits import MAX_COMPONENT_DEPTH, MAX_COMPONENTS, MAX_FIELD_NAME
from engine.forms.properties import Component, Faults, Properties

SPECIAL_NAMES = ("this", "parent", "i", "_this_", "_parent_", "_i_", "_data_")
Path = tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Placed:
    """A field at its place: `path` inside its level, the conditions that hide it, its rows if it has any."""

    path: Path
    field: ValueField
    hides: tuple[Expression, ...]
    rows: Level | None = None


Tree = dict[str, "Placed | Tree"]


@dataclass(slots=True)
class Level:
    """The fields of a form or of a row, in document order, and the objects they stand in."""

    placed: list[Placed] = field(default_factory=list)
    tree: Tree = field(default_factory=dict)

    def every(self, prefix: str = "") -> Iterator[tuple[str, Placed]]:
        """All fields with their full names, those of rows as `people[].name`."""
        for placed in self.placed:
            name = prefix + ".".join(placed.path)
            yield name, placed
            if placed.rows is not None:
                yield from placed.rows.every(f"{name}[].")


def components_of(component: Mapping[str, object]) -> list[Component]:
    """The well-formed components inside one."""
    inside = component.get("components")
    return [item for item in inside if isinstance(item, Mapping)] if isinstance(inside, list) else []


def names_of(component: Component, depth: int = 0) -> Iterator[str]:
    """Every name that expressions of the form may use for its fields."""
    if depth > MAX_COMPONENT_DEPTH:
        return
    for inside in components_of(component):
        for name in (inside.get("key"), inside.get("path")):
            if isinstance(name, str):
                yield from (part for part in name.split(".") if part)
        yield from names_of(inside, depth + 1)


class Builder:
    """Turns the components of one form into levels, noting every fault on the way."""

    def __init__(self, form: Component, faults: Faults) -> None:
        self.faults = faults
        self.names = NameCandidates({*names_of(form), *SPECIAL_NAMES})
        self.count = 0
        self.ids: set[str] = set()

    def level(self, component: Component, depth: int = 0) -> Level:
        """The level that begins in `component` (the form or a dynamic list)."""
        level = Level()
        self._inside(level, component, (), (), depth)
        return level

    def _inside(
        self, level: Level, component: Component, path: Path, hides: tuple[Expression, ...], depth: int
    ) -> None:
        listed = component.get("components")
        if not isinstance(listed, list) or not all(isinstance(item, Mapping) for item in listed):
            Properties(component, self.faults).wrong("components", "รายการของส่วนประกอบ", "a list of components")
        if depth > MAX_COMPONENT_DEPTH:
            self._too_large("form-too-deep", f"ซ้อนกันลึกกว่า {MAX_COMPONENT_DEPTH} ชั้น", "components nest too deep")
            return
        for item in components_of(component):
            self.count += 1
            if self.count == MAX_COMPONENTS + 1:
                th = f"มีส่วนประกอบเกิน {MAX_COMPONENTS} รายการ"
                self._too_large("form-too-large", th, f"it has more than {MAX_COMPONENTS} components")
            if self.count <= MAX_COMPONENTS:
                self._one(level, item, path, hides, depth)

    def _one(self, level: Level, item: Component, path: Path, hides: tuple[Expression, ...], depth: int) -> None:
        properties = Properties(item, self.faults, self.names)
        self._identify(properties)
        hide = properties.feel("conditional.hide")
        behind = hides if hide is None else (*hides, hide)
        kind = item.get("type")
        known = field_types().get(kind) if isinstance(kind, str) else None
        if known is None:
            self._unknown(properties, kind)
        elif issubclass(known, DisplayField):
            known.check(properties)
            if kind == "group":
                self._inside(level, item, path + self._path(properties, "path", needed=False), behind, depth + 1)
        else:
            self._value(level, known(properties), properties, path, behind, depth)

    def _value(
        self,
        level: Level,
        made: ValueField,
        properties: Properties,
        path: Path,
        hides: tuple[Expression, ...],
        depth: int,
    ) -> None:
        own = self._path(properties, "path" if made.at_path else "key", needed=True)
        rows = None
        if isinstance(made, DynamicList):
            rows = self.level(properties.component, depth + 1)
        if own:
            full = path + own
            if isinstance(made, DynamicList):
                made.data_path = full
            placed = Placed(full, made, hides, rows)
            level.placed.append(placed)
            self._plant(level.tree, placed, properties)

    def _plant(self, tree: Tree, placed: Placed, properties: Properties) -> None:
        """Claim the field's place in the data; two claims of one place are a fault."""
        for name in placed.path[:-1]:
            below = tree.setdefault(name, {})
            if isinstance(below, Placed):
                self._taken(properties, placed)
                return
            tree = below
        if placed.path[-1] in tree:
            self._taken(properties, placed)
            return
        tree[placed.path[-1]] = placed

    def _taken(self, properties: Properties, placed: Placed) -> None:
        name = ".".join(placed.path)
        properties.fault(
            "form-key-duplicate", f"ชื่อ {name} ใช้ซ้ำกันในแบบฟอร์มเดียวกัน", f"the name {name} is used twice in this form"
        )

    def _identify(self, properties: Properties) -> None:
        identifier = properties.component.get("id")
        if identifier is None:
            return
        if not isinstance(identifier, str) or identifier in self.ids:
            properties.fault("form-id-duplicate", f"id {identifier} ซ้ำกัน", f"the id {identifier} is used twice")
        else:
            self.ids.add(identifier)

    def _unknown(self, properties: Properties, kind: object) -> None:
        if kind == "krabuanPart":
            properties.fault(
                "form-part-not-expanded",
                "ไม่พบส่วนร่วม (krabuanPart) ที่อ้างถึง",
                "the shared part (krabuanPart) was not put in",
            )
            return
        properties.fault(
            "form-component-type", f"ไม่รู้จักส่วนประกอบชนิด {kind}", f"there is no component of the type {kind}"
        )

    def _path(self, properties: Properties, name: str, needed: bool) -> Path:
        """The names of a key or path. Empty when absent or wrong."""
        text = properties.text(name)
        if not text:
            if needed and properties.raw(name) in (None, ""):
                properties.fault("form-key-missing", f"ไม่มี {name}", f"it has no {name}")
            return ()
        parts = tuple(text.split("."))
        if not all(parts) or len(text) > MAX_FIELD_NAME or not storable(text) or text != text.strip():
            properties.fault("form-key", f"{name} ใช้ไม่ได้: {text[:60]}", f"the {name} cannot be used: {text[:60]}")
            return ()
        return parts

    def _too_large(self, rule: str, th: str, en: str) -> None:
        self.faults.add(None, rule, th, en)
