"""Which variables of a process are marked (model/marks.py), as the forms say that it shows."""

from __future__ import annotations

from collections.abc import Iterable

from sqlalchemy import Connection, insert, or_, select

from engine.model.access import NORMAL
from engine.model.marks import NONE, Mark, Marks, united
from engine.store.tables import form_use, marked_field

ANY_FORM = "*"
_U, _F = form_use.c, marked_field.c


def marks_of(db: Connection, process_ids: Iterable[str]) -> dict[str, Marks]:
    """The marks of each of these processes; one without marks is not in it."""
    query = select(_U.process_id, _F.name, _F.access_class, _F.personal)
    query = query.join(marked_field, or_(_U.form_id == _F.form_id, _U.form_id == ANY_FORM))
    found: dict[str, Marks] = {}
    for row in db.execute(query.where(_U.process_id.in_(set(process_ids)))):
        mark = {row.name: Mark(row.access_class, row.personal)}
        found[row.process_id] = united((found.get(row.process_id, NONE), mark))
    return found


def any_classified(db: Connection) -> bool:
    """Whether there is any field that not everybody may see."""
    return db.execute(select(_F.name).where(_F.access_class > NORMAL).limit(1)).first() is not None


def add_marks(db: Connection, form_id: str, marks: Marks) -> None:
    """The form's new version has these marks, beside those of the versions before."""
    known = {
        row.name: Mark(row.access_class, row.personal)
        for row in db.execute(select(marked_field).where(_F.form_id == form_id))
    }
    for name, mark in united((known, marks)).items():
        values = {"access_class": mark.access_class, "personal": mark.personal}
        if name not in known:
            db.execute(insert(marked_field), {"form_id": form_id, "name": name} | values)
        elif mark != known[name]:
            db.execute(marked_field.update().where(_F.form_id == form_id, _F.name == name).values(values))


def add_uses(db: Connection, process_id: str, form_ids: Iterable[str]) -> None:
    """The process's new version shows these forms, beside those of the versions before."""
    known = set(db.execute(select(_U.form_id).where(_U.process_id == process_id)).scalars())
    rows = [{"process_id": process_id, "form_id": one} for one in sorted(set(form_ids) - known)]
    if rows:
        db.execute(insert(form_use), rows)
