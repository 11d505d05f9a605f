"""What a start form will ask for, so that a person has it at hand before beginning."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from typing import Any

import orjson
from sqlalchemy import Connection, func, select

from engine.store.tables import form_definition as fd

_ASKED = {
    "textfield", "textarea", "number", "datetime", "checkbox", "checklist", "radio", "select", "taglist", "filepicker",
}  # fmt: skip


def needs_of(db: Connection, form_ids: Collection[str]) -> dict[str, list[dict[str, Any]]]:
    """By form id, of its newest version, what a person fills in: [{key, label: {th, en}, required, file}] in the order
    of the form. What is asked only under a condition is not required here; what is only shown is left out."""
    newest = fd.alias()
    latest = select(func.max(newest.c.version)).where(newest.c.form_id == fd.c.form_id).scalar_subquery()
    query = select(fd.c.form_id, fd.c.schema).where(fd.c.form_id.in_(sorted(form_ids)), fd.c.version == latest)
    return {row.form_id: list(_asked(orjson.loads(row.schema), False)) for row in db.execute(query)}


def _asked(holder: Mapping[str, Any], conditional: bool) -> Iterator[dict[str, Any]]:
    for component in holder.get("components") or ():
        if not isinstance(component, Mapping):
            continue
        hidden = conditional or bool((component.get("conditional") or {}).get("hide"))
        if component.get("type") in _ASKED and not component.get("readonly") and not component.get("disabled"):
            need = _need(component, hidden)
            if need is not None:
                yield need
        yield from _asked(component, hidden)


def _need(component: Mapping[str, Any], conditional: bool) -> dict[str, Any] | None:
    """None for a field without a name that can be told now."""
    label = component.get("label") or component.get("dateLabel") or component.get("timeLabel")
    if not isinstance(label, str) or label.startswith("=") or not component.get("key"):
        return None
    english = component.get("properties") or {}
    rules = component.get("validate") or {}
    return {
        "key": str(component["key"]),
        "label": {"th": label, "en": english.get("label.en") or english.get("dateLabel.en")},
        "required": not conditional and rules.get("required") is True,
        "file": component.get("type") == "filepicker",
    }
