"""What the forms of a process call the variables that their fields write, in both languages."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

import orjson
from sqlalchemy import Connection, func, select

from engine.model.manual import Words
from engine.store.tables import form_definition as fd
from engine.store.tables import form_use


@dataclass(frozen=True, slots=True)
class Label:
    """The label of a field; and of each option that can be chosen in it, by the option's value as text."""

    said: Words
    options: Mapping[str, Words] = field(default_factory=dict)


def labels_of(db: Connection, process_id: str, names: Collection[str]) -> dict[str, Label]:
    """Of these variables, those that a field of a form of the process writes as a whole; by the newest version."""
    if not names:
        return {}
    newest = fd.alias()
    latest = select(func.max(newest.c.version)).where(newest.c.form_id == fd.c.form_id).scalar_subquery()
    of_process = select(form_use.c.form_id).where(form_use.c.process_id == process_id)
    query = select(fd.c.schema).where(fd.c.form_id.in_(of_process), fd.c.version == latest).order_by(fd.c.form_id)
    found: dict[str, Label] = {}
    for schema in db.execute(query).scalars():
        for component in _components(orjson.loads(schema)):
            key = component.get("key")
            if key in names and key not in found and isinstance(component.get("label"), str):
                found[str(key)] = _label(component)
    return found


def _components(schema: Mapping[str, Any]) -> Iterator[Mapping[str, Any]]:
    for component in schema.get("components") or ():
        if isinstance(component, Mapping):
            yield component
            yield from _components(component)


def _label(component: Mapping[str, Any]) -> Label:
    english = component.get("properties") or {}
    options = {
        str(o.get("value")): Words(str(o.get("label", "")), str(english.get(f"option.en.{o.get('value')}", "")))
        for o in component.get("values") or () if isinstance(o, Mapping)
    }  # fmt: skip
    return Label(Words(component["label"], str(english.get("label.en", ""))), options)
