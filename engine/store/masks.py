"""Which variables of a case are above a clearance: by the marks of the forms of its process, and of the processes that
called it or that it called, because variables go from one to the other under their names."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from typing import Any

import orjson
from sqlalchemy import ColumnElement, Connection, Select, exists, func, or_, select

from engine.model.access import rank_of
from engine.model.masking import SHORTEST_QUOTED, Cover, quotable, variable_of
from engine.store.marks import ANY_FORM
from engine.store.sealing import read_bodies
from engine.store.tables import document, form_use, history_event, marked_field, process_instance, variable

AT_ONCE = 500  # cases in one statement
DOCUMENT_EVENTS = ("document-added", "document-classified", "document-linked", "document-deleted", "document-expired")
SHORTEST_HELD = SHORTEST_QUOTED + 2  # of the JSON text: a text has its quotation marks


def is_masked(clearance: int, name: ColumnElement[Any], root_key: ColumnElement[Any]) -> ColumnElement[bool]:
    """Whether a variable of this name is above the clearance in the cases of one call hierarchy."""
    of, f = _marks(clearance, root_key)
    begins = func.substr(f.c.name, 1, func.length(name) + 1)
    writes: ColumnElement[bool] = or_(f.c.name == name, begins == name + ".", begins == name + "[")
    return exists(of.where(writes))


def holds_masked(
    clearance: int, held: ColumnElement[Any], instance_key: ColumnElement[Any], root_key: ColumnElement[Any]
) -> ColumnElement[bool]:
    """Whether a variable holds (as JSON text, perhaps among other things) what one above the clearance holds in the
    same case: a copy under another name, or a decision that answered with it. Short values are not looked for."""
    other = variable.alias()
    inside = func.replace(held, other.c.value, "") != held
    long_enough = func.length(other.c.value) >= SHORTEST_HELD
    same = select(other.c.key).where(other.c.process_instance_key == instance_key, long_enough, inside)
    return exists(same.where(is_masked(clearance, other.c.name, root_key)).correlate_except(other))


def any_above(clearance: int) -> ColumnElement[bool]:
    """Whether any form marks anything above the clearance: asked once in a statement, and in most offices not so."""
    f = marked_field.alias()
    return exists(select(f.c.name).where(f.c.access_class > clearance).correlate_except(f))


def has_masked(clearance: int, instance_key: ColumnElement[Any]) -> ColumnElement[bool]:
    """Whether the case, if there is one, has any variable above the clearance."""
    case = process_instance.alias()
    of, _ = _marks(clearance, case.c.root_key)
    return exists(select(case.c.key).where(case.c.key == instance_key, exists(of)).correlate_except(case))


def _marks(clearance: int, root_key: ColumnElement[Any]) -> tuple[Select[Any], Any]:
    f, u, p = marked_field.alias(), form_use.alias(), process_instance.alias()
    shows = or_(u.c.form_id == f.c.form_id, u.c.form_id == ANY_FORM)
    called = select(p.c.process_id).where(p.c.root_key == root_key).correlate_except(p)
    query = select(f.c.name).select_from(f.join(u, shows)).where(f.c.access_class > clearance)
    return query.where(u.c.process_id.in_(called)).correlate_except(f, u), f


def holds_document(
    clearance: int, held: ColumnElement[Any], instance_key: ColumnElement[Any]
) -> ColumnElement[bool]:
    """Whether a variable's value refers to a document of the same case that is above the clearance itself."""
    d = document.alias()
    refers = func.replace(held, '"' + d.c.id + '"', "") != held
    above = select(d.c.id).where(d.c.process_instance_key == instance_key, d.c.access_class > clearance, refers)
    return exists(above.correlate_except(d))


def covers_of(db: Connection, keys: Iterable[int], clearance: int, past: bool = False) -> dict[int, Cover]:
    """What is masked of each of these cases; one of which nothing is, is not in it. With `past`, texts may quote
    earlier values, and documents may be there no more."""
    wanted = set(keys)
    names = masked_names(db, wanted, clearance)
    quoted, documents = quoted_of(db, names, past), _documents(db, wanted, clearance, past)
    empty: frozenset[str] = frozenset()
    return {
        key: Cover(names.get(key, empty), quoted.get(key, empty), documents.get(key, empty))
        for key in names.keys() | documents.keys()
    }


def _documents(db: Connection, keys: set[int], clearance: int, past: bool) -> dict[int, frozenset[str]]:
    d, h, found = document.c, history_event.c, dict[int, set[str]]()
    for at in range(0, len(keys), AT_ONCE):
        some = sorted(keys)[at : at + AT_ONCE]
        above = select(d.process_instance_key, d.id).where(d.process_instance_key.in_(some), d.access_class > clearance)
        for row in db.execute(above):
            found.setdefault(row.process_instance_key, set()).add(row.id)
    for key in keys if past else ():
        there = set(db.execute(select(d.id).where(d.process_instance_key == key)).scalars())
        told = select(h.body).where(h.process_instance_key == key, h.type.in_(DOCUMENT_EVENTS))
        for said in read_bodies(db, db.execute(told).scalars()):
            data = said["data"]
            if data["document"] not in there and (rank_of(data.get("class")) or 0) > clearance:
                found.setdefault(key, set()).add(data["document"])
    return {key: frozenset(ids) for key, ids in found.items()}


def masked_names(db: Connection, keys: Iterable[int], clearance: int) -> dict[int, frozenset[str]]:
    """The variables above the clearance of each of these cases; a case without any is not in it."""
    p, q, f, u = process_instance.alias(), process_instance.alias(), marked_field.c, form_use.c
    shows = or_(u.form_id == f.form_id, u.form_id == ANY_FORM)
    source = p.join(q, q.c.root_key == p.c.root_key).join(form_use, u.process_id == q.c.process_id)
    query = select(p.c.key, f.name).select_from(source.join(marked_field, shows)).where(f.access_class > clearance)
    wanted, found = sorted(set(keys)), dict[int, set[str]]()
    for at in range(0, len(wanted), AT_ONCE):
        for row in db.execute(query.where(p.c.key.in_(wanted[at : at + AT_ONCE])).distinct()):
            found.setdefault(row.key, set()).add(variable_of(row.name))
    return {key: frozenset(names) for key, names in found.items()}


def quoted_of(db: Connection, names: Mapping[int, Collection[str]], past: bool = False) -> dict[int, frozenset[str]]:
    """By what texts something would give away the values that these variables of these cases have; with `past`, that
    they ever had."""
    v, h = variable.c, history_event.c
    found: dict[int, set[str]] = {key: set() for key in names}
    for key, of in names.items():
        query = select(v.value).where(v.process_instance_key == key, v.name.in_(sorted(of)))
        for value in db.execute(query).scalars():
            found[key].update(quotable(orjson.loads(value)))
        if past:
            query = select(h.body).where(h.process_instance_key == key, h.type == "variable-set")
            for said in read_bodies(db, db.execute(query).scalars()):
                data = said["data"]
                if data["name"] in of:
                    found[key].update(quotable(data["value"]))
    return {key: frozenset(values) for key, values in found.items()}
