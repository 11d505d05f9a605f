"""The files that people attach to forms: checked where a form is submitted, and handed in to the case with it.

A file is uploaded while the form is filled in. Until the form is submitted it belongs to the draft of the task (or, for
a start form, to who uploaded it), and nobody else knows of it.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import func, select, update

from engine.commands.documents import MOST, reference_to, told_of
from engine.commands.forms import refuse
from engine.commands.transaction import Transaction
from engine.errors import InvalidState
from engine.feel import from_json
from engine.forms import FieldError, FileList, Form, document_id, unknown_file, wrong_file
from engine.model.access import CLASSES, NORMAL
from engine.model.masking import variable_of
from engine.store.documents import facts_of_all
from engine.store.instances import Instance
from engine.store.marks import marks_of
from engine.store.tables import document


@dataclass(frozen=True, slots=True)
class Attached:
    """A document (its row without content) that is to be handed in, and the class it will be of."""

    row: Any
    level: int


def held_files(form: Form, scope: Mapping[str, Any]) -> dict[str, Any]:
    """What the case holds already in the form's fields for files: the references by document. These need not be of this
    very case, as variables go from a calling case to the one called."""
    lists = form.files(form.current(scope))
    return {document_id(reference): reference for one in lists for reference in one.references}


def checked_files(
    tx: Transaction, form: Form, values: Mapping[str, Any], instance: Instance, held: Mapping[str, Any] | None = None,
    task_key: int | None = None,
) -> Sequence[Attached]:  # fmt: skip
    """The documents that `values` refer to and that are to be handed in to the case. Afterwards the values refer to
    them as the case keeps them, whatever the browser said of them.

    Raises FormInvalid for a file that does not exist or is another's, and for one that its field does not take.
    """
    lists, held = list(form.files(values)), held or {}
    wanted = {document_id(reference) for one in lists for reference in one.references}
    rows = {row.id: row for row in facts_of_all(tx.db, sorted(wanted), tx.now)}
    errors: list[FieldError] = []
    for one in lists:
        for place, reference in enumerate(one.references):
            row = rows.get(document_id(reference))
            if row is not None and row.id in held:
                one.references[place] = held[row.id]
            elif row is None or not _may_attach(tx, row, instance, task_key):
                errors.append(unknown_file(one))
            else:
                errors.extend(wrong_file(one, row.file_name, row.size))
                one.references[place] = from_json(reference_to(row, instance))
    refuse(errors)
    new = {id_: rows[id_] for id_ in wanted - held.keys()}
    new = {id_: row for id_, row in new.items() if row.process_instance_key is None or row.draft_of is not None}
    levels = _levels(tx, instance, lists) if new else {}
    return [Attached(row, max(row.access_class, levels.get(id_, NORMAL))) for id_, row in sorted(new.items())]


def _levels(tx: Transaction, instance: Instance, lists: Sequence[FileList]) -> dict[str, int]:
    """Up to which class the documents are by the fields that they are attached to: who may not see what a variable
    holds, does not see the files either."""
    found: dict[str, int] = {}
    marks = marks_of(tx.db, {instance.process_id}).get(instance.process_id, {})
    for one in lists:
        variable = variable_of(one.name)
        classes = [mark.access_class for name, mark in marks.items() if variable_of(name) == variable]
        level = max(classes, default=NORMAL)
        found |= {id_: max(level, found.get(id_, NORMAL)) for id_ in map(document_id, one.references)}
    return found


def _may_attach(tx: Transaction, row: Any, instance: Instance, task_key: int | None) -> bool:
    """What is attached to the form of this task, or handed in to this case; what oneself uploaded outside of cases."""
    if row.access_class > tx.actor.clearance and not tx.actor.is_system:
        return False
    if row.draft_of is not None:
        return bool(row.draft_of == task_key)
    if row.process_instance_key is None:
        return bool(row.uploaded_by == tx.actor.id)
    return bool(row.process_instance_key == instance.key)


def hand_in(tx: Transaction, instance: Instance, files: Sequence[Attached]) -> None:
    """These documents are the case's from now on, for as long as it is kept; its history tells of each. Raises
    InvalidState when it would hold more than it may."""
    if not files:
        return
    c = document.c
    there = (
        select(func.count()).select_from(document).where(c.process_instance_key == instance.key, c.draft_of.is_(None))
    )
    if tx.db.execute(there).scalar_one() + len(files) > MOST:
        raise InvalidState(f"a case holds at most {MOST} documents", processInstanceKey=str(instance.key))
    of = {"process_instance_key": instance.key, "process_id": instance.process_id, "expires_at": None, "draft_of": None}
    for file in files:
        tx.db.execute(update(document).where(c.id == file.row.id).values(**of, access_class=file.level))
        told = told_of(file.row) | ({} if file.level == NORMAL else {"class": CLASSES[file.level]})
        tx.record(instance, "document-added", None, None, **told)
    tx.announce("process-instance", {"processInstanceKey": str(instance.key)})
