"""Nothing that is shown of a case tells what is above an actor's clearance in it: neither a variable, nor a text that
quotes one, nor the order or the finds of a search.

The one place where queries mask. A noun says which of its fields tell what cases hold (`Noun.contents`); a query that
answers something else hands it to `cover`.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, cast

import orjson
from sqlalchemy import ColumnElement, Connection, and_, case, false, literal, or_

from engine.model.access import TOP_SECRET
from engine.model.actor import Actor
from engine.model.masking import MASK_TEXT, concealed, without
from engine.store.masks import any_above, has_masked, holds_masked, is_masked, masked_names, quoted_of

CASE = "processInstanceKey"


def reach(actor: Actor) -> int:
    """Up to which class the actor sees."""
    return TOP_SECRET if actor.is_system else actor.clearance


def masked_variable(actor: Actor, row: Any, root_key: ColumnElement[Any]) -> ColumnElement[bool]:
    """Whether a variable (the columns of its table) is above the actor in the cases of this call hierarchy, or holds
    the value of one that is."""
    clearance = reach(actor)
    if clearance >= TOP_SECRET:
        return false()
    copies = holds_masked(clearance, row.value, row.process_instance_key, root_key)
    return and_(any_above(clearance), or_(is_masked(clearance, row.name, root_key), copies))


def masked_value(actor: Actor, row: Any, root_key: ColumnElement[Any]) -> ColumnElement[Any]:
    """The variable's value as JSON text, as the actor may see it, find it and sort by it."""
    if reach(actor) >= TOP_SECRET:
        return cast("ColumnElement[Any]", row.value)
    return case((masked_variable(actor, row, root_key), literal(MASK_TEXT)), else_=row.value)


def masked_case(actor: Actor, instance_key: ColumnElement[Any]) -> ColumnElement[bool]:
    """Whether anything that the case holds is above the actor."""
    return false() if reach(actor) >= TOP_SECRET else has_masked(reach(actor), instance_key)


def searchable(actor: Actor, column: ColumnElement[Any], instance_key: ColumnElement[Any]) -> ColumnElement[Any]:
    """A text that may quote what cases hold, as the actor may find it and sort by it: none where anything is masked."""
    if reach(actor) >= TOP_SECRET:
        return column
    return case((has_masked(reach(actor), instance_key), literal("")), else_=column)


@dataclass(frozen=True, slots=True)
class Cover:
    """What is masked of one case."""

    names: Collection[str] = ()
    quoted: Collection[str] = ()

    def __call__(self, data: Any) -> Any:
        """JSON-able data, or JSON text, or any text, as they may be shown."""
        if not self.names:
            return data
        if isinstance(data, str):
            return self._text(data)
        return concealed(data, self.names, self.quoted)

    def _text(self, text: str) -> str:
        if text[:1] in ("{", "["):
            try:
                return orjson.dumps(concealed(orjson.loads(text), self.names, self.quoted)).decode()
            except orjson.JSONDecodeError:
                pass
        return without(text, self.quoted)


def covers(db: Connection, actor: Actor, keys: Iterable[int], past: bool = False) -> Mapping[int, Cover]:
    """What is masked of these cases for the actor; a case of which nothing is, is not in it. With `past`, texts may
    quote earlier values, too."""
    if reach(actor) >= TOP_SECRET:
        return {}
    names = masked_names(db, keys, reach(actor))
    quoted = quoted_of(db, names, past) if names else {}
    return {key: Cover(names[key], quoted[key]) for key in names}


def cover(db: Connection, actor: Actor, items: Sequence[dict[str, Any]], contents: Collection[str]) -> None:
    """Mask these members of the items, each of which names its case (or none, by null)."""
    if not contents or not items:
        return
    found = covers(db, actor, {int(item[CASE]) for item in items if item[CASE] is not None})
    for item in items if found else ():
        mine = found.get(int(item[CASE] or 0))
        if mine is not None:
            item.update({name: mine(item[name]) for name in contents if item.get(name) is not None})
