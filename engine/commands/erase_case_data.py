"""Erase the personal data of a case, and of what it called and was called by."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

import orjson
from sqlalchemy import delete, or_, select

from engine.commands.erasing import order, refuse_retained
from engine.commands.holds import kept_target, refuse_held
from engine.commands.registry import NO_INSTANCE, Target, handles
from engine.commands.transaction import Transaction
from engine.errors import InvalidState
from engine.model.marks import Marks, united
from engine.model.personal import Tree, tree_of
from engine.model.traces import Scrubber, Words, files_in, named_in, told_by, under
from engine.store import tables as t
from engine.store.instances import ALIVE, Instance
from engine.store.marks import marks_of
from engine.store.personal import holds, scrub_cases
from engine.store.sealing import forget_case, read_bodies


@dataclass(frozen=True, slots=True)
class EraseCaseData:
    """`words` are erased wherever they stand; with `fields`, what forms mark as personal data, too, whoever it is
    about. `by` is who orders it, where the command line does it in that person's place."""

    key: int
    reason: str
    words: tuple[str, ...] = field(default=(), repr=False)
    fields: bool = True
    open_cases: bool = False
    by: str | None = None


@dataclass(slots=True)
class _Hierarchy:
    """The cases that belong together, locked, what in them is personal, and what it says."""

    cases: list[Instance]
    marks: dict[str, Marks]
    values: set[str]
    files: set[str]

    def names(self, case: Instance) -> list[str]:
        return [name for name, mark in self.marks.get(case.process_id, {}).items() if mark.personal]

    @property
    def keys(self) -> list[int]:
        return [case.key for case in self.cases]


def _target(command: EraseCaseData, tx: Transaction) -> Target:
    return kept_target(command.key, tx, {"processInstanceKey": str(command.key)})


# its handler records it, in the history of each of the cases
@handles(EraseCaseData, permission="personal-data:erase", event=NO_INSTANCE, target=_target)
def erase_case_data(command: EraseCaseData, target: Target, tx: Transaction) -> dict[str, Any]:
    """Afterwards no table holds it, and what history holds of it cannot be read any more; its chain stays whole.
    Documents of marked fields go, and those whose names tell it. Repeated, it finds nothing more.

    Answers the number of rows by table.column. Raises CaseHeld, CaseRetained, InvalidState for a case that is open
    (unless `open_cases`), ReasonNeeded, InvalidArgument.
    """
    assert target.instance is not None
    found = _hierarchy(tx, target.instance)
    refuse_held(tx, found.keys)
    refuse_retained(tx, found.cases)
    still = [case for case in found.cases if case.state in ALIVE]
    if still and not command.open_cases:
        raise InvalidState("the case is open: its work may need the data", processInstanceKey=str(still[0].key))
    tree: Tree = {}
    if command.fields:
        tree = tree_of(name for name, mark in united(found.marks.values()).items() if mark.personal)
        _gather(tx, found, tree)
    said = order(tx, command.reason, command.by, [*command.words, *found.values])
    words = Words([*command.words, *found.values])
    gone = _delete_documents(tx, found, words)
    changed = scrub_cases(tx.db, found.keys, Scrubber(tree, words))
    for case in found.cases:
        _reload(tx, case)
        if command.fields:
            forget_case(tx.db, case.key)
        names = found.names(case) if command.fields else []
        tx.record(case, "personal-data-erased", None, None, fields=sorted(names), **said)
        tx.announce("process-instance", {"processInstanceKey": str(case.key)})
    return {"rows": dict(changed), "documents": gone}


def _hierarchy(tx: Transaction, one: Instance) -> _Hierarchy:
    p = t.process_instance.c
    keys = tx.db.execute(select(p.key).where(p.root_key == one.root_key).order_by(p.key)).scalars().all()
    cases = [tx.relative(key) for key in keys]
    return _Hierarchy(cases, marks_of(tx.db, {case.process_id for case in cases}), set(), set())


def _gather(tx: Transaction, found: _Hierarchy, tree: Tree) -> None:
    """What the personal data say now, said before, or would say: it may stand elsewhere in the cases, too."""
    v, d, h, u = t.variable.c, t.task_draft.c, t.history_event.c, t.user_task.c
    held = tx.db.execute(select(v.name, v.value).where(v.process_instance_key.in_(found.keys)))
    drafts = select(d.variables).join(t.user_task, u.key == d.task_key).where(u.process_instance_key.in_(found.keys))
    told = tx.db.execute(select(h.body).where(h.process_instance_key.in_(found.keys))).scalars()
    ends = [end for row in held for end in under({row.name: orjson.loads(row.value)}, tree)]
    ends += [end for draft in tx.db.execute(drafts).scalars() for end in named_in(orjson.loads(draft), tree)]
    ends += [end for said in read_bodies(tx.db, told) for end in named_in(said.get("data"), tree)]
    for _, value in ends:
        found.values.update(told_by(value))
        found.files.update(files_in(value))


def _delete_documents(tx: Transaction, found: _Hierarchy, words: Words) -> int:
    """Those of marked fields, also when they were handed in outside the cases, and those that name the person. The
    history of a case says which went, not what they were called."""
    d = t.document.c
    of_cases = d.process_instance_key.in_(found.keys)
    query = select(d.id, d.process_instance_key, d.file_name, d.custom_properties, d.draft_of)
    rows = tx.db.execute(query.where(or_(of_cases, d.process_instance_key.is_(None) & d.id.in_(sorted(found.files)))))
    gone = [row for row in rows if row.id in found.files or holds(words, [row.file_name, row.custom_properties])]
    for row in gone:
        tx.db.execute(delete(t.document).where(d.id == row.id))
        if row.process_instance_key is not None and row.draft_of is None:
            tx.record(tx.relative(row.process_instance_key), "document-deleted", None, None, document=row.id)
    return len(gone)


def _reload(tx: Transaction, case: Instance) -> None:
    """The bus writes back what was loaded."""
    p = t.process_instance.c
    row = tx.db.execute(select(p.execution, p.business_id).where(p.key == case.key)).one()
    case.execution, case.business_id = row.execution, row.business_id
