"""Nothing that is shown of a case tells what is above an actor's clearance in it: neither a variable, nor a text that
quotes one, nor the order or the finds of a search.

The one place where queries mask. A noun says which of its fields tell what cases hold (`Noun.contents`); a query that
answers something else hands it to `cover`.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from functools import lru_cache
from typing import Any, cast

from sqlalchemy import ColumnElement, Connection, and_, case, false, literal, or_

from engine.model.access import TOP_SECRET
from engine.model.actor import Actor
from engine.model.masking import MASK_TEXT, Cover
from engine.store.masks import any_above, covers_of, has_masked, holds_document, holds_masked, is_masked

CASE = "processInstanceKey"


def reach(actor: Actor) -> int:
    """Up to which class the actor sees."""
    return TOP_SECRET if actor.is_system else actor.clearance


def masked_variable(clearance: int, row: Any, root_key: ColumnElement[Any]) -> ColumnElement[bool]:
    """Whether a variable (the columns of its table) is above the clearance in the cases of this call hierarchy, or
    holds the value of one that is, or a document that is."""
    if clearance >= TOP_SECRET:
        return false()
    copies = holds_masked(clearance, row.value, row.process_instance_key, root_key)
    fields = and_(any_above(clearance), or_(is_masked(clearance, row.name, root_key), copies))
    return or_(fields, holds_document(clearance, row.value, row.process_instance_key))


def masked_value(clearance: int, row: Any, root_key: ColumnElement[Any]) -> ColumnElement[Any]:
    """The variable's value as JSON text, as who is cleared so far may see it, find it and sort by it."""
    if clearance >= TOP_SECRET:
        return cast("ColumnElement[Any]", row.value)
    return case((masked_variable(clearance, row, root_key), literal(MASK_TEXT)), else_=row.value)


def masked_case(actor: Actor, instance_key: ColumnElement[Any]) -> ColumnElement[bool]:
    """Whether anything that the case holds is above the actor."""
    return false() if reach(actor) >= TOP_SECRET else has_masked(reach(actor), instance_key)


def searchable(actor: Actor, column: ColumnElement[Any], instance_key: ColumnElement[Any]) -> ColumnElement[Any]:
    """A text that may quote what cases hold, as the actor may find it and sort by it: none where anything is masked."""
    return column if reach(actor) >= TOP_SECRET else _searchable(reach(actor), column, instance_key)


@lru_cache(maxsize=256)  # there are few such texts and classes, and building the condition is most of the work
def _searchable(
    clearance: int, column: ColumnElement[Any], instance_key: ColumnElement[Any]
) -> ColumnElement[Any]:
    return case((has_masked(clearance, instance_key), literal("")), else_=column)


def covers(db: Connection, actor: Actor, keys: Iterable[int], past: bool = False) -> Mapping[int, Cover]:
    """What is masked of these cases for the actor; a case of which nothing is, is not in it. With `past`, texts may
    quote earlier values, and documents may be there no more."""
    return {} if reach(actor) >= TOP_SECRET else covers_of(db, keys, reach(actor), past)


def cover(db: Connection, actor: Actor, items: Sequence[dict[str, Any]], contents: Collection[str]) -> None:
    """Mask these members of the items, each of which names its case (or none, by null)."""
    if not contents or not items:
        return
    found = covers(db, actor, {int(item[CASE]) for item in items if item[CASE] is not None})
    for item in items if found else ():
        mine = found.get(int(item[CASE] or 0))
        if mine is not None:
            item.update({name: mine(item[name]) for name in contents if item.get(name) is not None})
