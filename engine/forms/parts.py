"""Shared parts: a form, or some fields, that several forms use stands once and is put in at deployment.

A component `{"type": "krabuanPart", "formId": "shared.reporter", ...}` becomes a group with the
components of the form of that id. `path`, `label`, `conditional`, `properties`, `layout`, `showOutline`
stay as the component has them; the label is the part's title when it has none.
"""

from __future__ import annotations

from collections.abc import Mapping

from engine.forms.errors import InvalidForm
from engine.forms.limits import MAX_COMPONENT_DEPTH, MAX_COMPONENTS
from engine.forms.properties import Component, Faults, Properties

PART = "krabuanPart"
KEPT = ("path", "label", "conditional", "properties", "layout", "showOutline", "verticalAlignment")


def part_ids(form: Component) -> frozenset[str]:
    """The ids of the forms that a form puts in directly. Iterative: the form is not yet checked."""
    found: set[str] = set()
    level: list[object] = [form]
    for _ in range(MAX_COMPONENT_DEPTH + 2):
        below: list[object] = []
        for item in level:
            if isinstance(item, Mapping):
                part = item.get("formId")
                if item.get("type") == PART and isinstance(part, str):
                    found.add(part)
                inside = item.get("components")
                below.extend(inside if isinstance(inside, list) else ())
        level = below
    return frozenset(found)


def expand_parts(form: Component, parts: Mapping[str, Component], name: str = "") -> dict[str, object]:
    """The form with all its parts put in, those inside parts too. `parts` are forms by id.

    The arguments are not changed; what needs no change is shared with the result. Raises InvalidForm
    with every part that is missing or contains itself.
    """
    expander = _Expander(parts, Faults(name))
    result = dict(form)
    inside = form.get("components")
    if isinstance(inside, list):
        identifier = form.get("id")
        within = (identifier,) if isinstance(identifier, str) else ()
        result["components"] = expander.components(inside, within, "", 0)
    if expander.faults.found:
        raise InvalidForm(tuple(expander.faults.found))
    return result


class _Expander:
    def __init__(self, parts: Mapping[str, Component], faults: Faults) -> None:
        self.parts = parts
        self.faults = faults
        self.count = 0

    def components(self, listed: list[object], within: tuple[str, ...], prefix: str, depth: int) -> list[object]:
        """The components with their parts put in. `prefix` keeps ids apart when a part stands twice."""
        if depth > MAX_COMPONENT_DEPTH or self.count > MAX_COMPONENTS:
            return listed
        self.count += len(listed)
        return [self._one(item, within, prefix, depth) if isinstance(item, Mapping) else item for item in listed]

    def _one(self, item: Component, within: tuple[str, ...], prefix: str, depth: int) -> object:
        made = dict(item)
        identifier = item.get("id")
        if prefix and isinstance(identifier, str):
            made["id"] = f"{prefix}{identifier}"
        if item.get("type") == PART:
            return self._part(made, within, depth)
        inside = item.get("components")
        if isinstance(inside, list):
            made["components"] = self.components(inside, within, prefix, depth + 1)
        return made

    def _part(self, item: Component, within: tuple[str, ...], depth: int) -> object:
        properties = Properties(item, self.faults)
        part_id = item.get("formId")
        part = self.parts.get(part_id) if isinstance(part_id, str) else None
        if not isinstance(part_id, str) or part is None:
            properties.fault(
                "form-part-unknown", f"ไม่พบส่วนร่วมชื่อ {part_id}", f"there is no shared part with the formId {part_id}"
            )
            return item
        if part_id in within:
            properties.fault(
                "form-part-cycle", f"ส่วนร่วม {part_id} อ้างถึงตัวเอง", f"the shared part {part_id} contains itself"
            )
            return item
        group: dict[str, object] = {name: item[name] for name in KEPT if name in item}
        identifier = item.get("id")
        place = identifier if isinstance(identifier, str) else f"{part_id}.{self.count}"
        group |= {"type": "group", "id": place}
        if "label" not in group:  # without one the form viewer would write `Group` over it
            title = part.get("title")
            group["label"] = title if isinstance(title, str) else ""
        inside = part.get("components")
        listed = inside if isinstance(inside, list) else []
        group["components"] = self.components(listed, (*within, part_id), f"{place}_", depth + 1)
        return group
