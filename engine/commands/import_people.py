"""Import people, groups and roles from a file: what is different is found out first, then all of it done, or none."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from typing import Any

from sqlalchemy import select

from engine.commands.import_organisation import MEMBERS, compare_groups, groups_of, write_groups
from engine.commands.leavers import close_accounts
from engine.commands.organisation_files import GROUPS, PEOPLE, fault_at, only, read_tables, read_yaml
from engine.commands.people_changes import Change, Known, carry_out, change_of, known_people
from engine.commands.people_entries import people_of
from engine.commands.registry import NO_INSTANCE, Target, handles
from engine.commands.transaction import Transaction
from engine.errors import DeploymentRefused, Forbidden
from engine.model.faults import Fault
from engine.model.organisation import Group, PersonEntry
from engine.store.locks import lock_name
from engine.store.tables import group_, user_task

_NAMES = MEMBERS | {"people"}


class ImportRefused(DeploymentRefused):
    """The files have faults; nothing was imported."""

    code = "import-refused"
    th = "ไฟล์มีข้อผิดพลาด จึงยังไม่ได้นำเข้า"


@dataclass(frozen=True, slots=True)
class ImportPeople:
    """`files` are (name, text): groups.csv and people.csv, or one of them, or one YAML file.

    With `deactivate_missing`, people who are not in the file are deactivated: their sessions end, their tokens and
    clients are revoked. Accounts of programs are nobody's to miss. With `dry_run` nothing is done.
    """

    files: tuple[tuple[str, str], ...]
    deactivate_missing: bool = False
    dry_run: bool = False


@handles(ImportPeople, permission="people:manage", event=NO_INSTANCE)
def _act(command: ImportPeople, _target: Target, tx: Transaction) -> dict[str, Any]:
    """Answer {groups: {added, changed}, added, changed, missing, deactivated}: what is, or would be, different.

    Doing it twice changes nothing the second time. Raises ImportRefused with every fault, and Forbidden when the
    administrator who asks would clear himself or herself.
    """
    lock_name(tx.db, "people", "import")
    groups, entries, names_people = _read(command, tx)
    known = known_people(tx)
    changes = [change for e in entries if (change := change_of(e, known.get(e.account))).different]
    missing = _missing(entries, known) if names_people else []
    leaving = missing if command.deactivate_missing else []
    _check_clearance(changes, tx)
    _check_administrators(command, known, changes, leaving)
    told = _told(tx, groups, changes, missing, bool(leaving))
    if not command.dry_run and (any(told["groups"].values()) or changes or leaving):
        write_groups(tx, groups)
        carry_out(tx, changes)
        _deactivate(tx, leaving, told["missing"])
        _record(command, tx, told)
    return told


def _read(command: ImportPeople, tx: Transaction) -> tuple[list[Group], list[PersonEntry], bool]:
    faults: list[Fault] = []
    files = dict(command.files)
    if files and set(files) <= {GROUPS, PEOPLE}:
        content = read_tables(files, faults)
    else:
        ((name, text),) = command.files
        content = read_yaml(name, text, faults)
        only(content, _NAMES, faults)
    there = frozenset(tx.db.execute(select(group_.c.key)).scalars())
    groups = groups_of(content, there, faults)
    entries = people_of(content, there | {g.key for g in groups}, faults)
    if faults:
        raise ImportRefused(faults)
    return groups, entries, "people" in content


def _missing(entries: list[PersonEntry], known: dict[str, Known]) -> list[Known]:
    named = {entry.account for entry in entries}
    return [k for name, k in sorted(known.items()) if name not in named and k.active and not k.is_program]


def _check_clearance(changes: list[Change], tx: Transaction) -> None:
    for change in changes:
        before = 0 if change.before is None else change.before.clearance
        if change.account == tx.actor.id and not tx.actor.is_system and change.after.clearance != before:
            raise Forbidden("somebody else decides what you are cleared for")


def _check_administrators(
    command: ImportPeople, known: dict[str, Known], changes: list[Change], leaving: list[Known]
) -> None:
    """Raise ImportRefused when nobody could manage people any more."""
    before = {k.account for k in known.values() if k.active and ("administrator", "") in k.roles}
    after = before - {k.account for k in leaving}
    for change in changes:
        after.discard(change.account)
        if ("administrator", "") in change.after.roles:
            after.add(change.account)
    if before and not after:
        th, en = "จะไม่มีผู้ดูแลระบบเหลืออยู่", "no administrator would be left"
        raise ImportRefused([fault_at(command.files[0][0], None, th, en)])


def _told(
    tx: Transaction, groups: list[Group], changes: list[Change], missing: list[Known], deactivated: bool
) -> dict[str, Any]:
    added, changed = compare_groups(tx, groups)
    t = user_task.c
    asked = select(t.assignee, t.key).where(t.state == "CREATED", t.assignee.in_([k.account for k in missing]))
    tasks: dict[str, list[str]] = {}
    for row in tx.db.execute(asked.order_by(t.key)) if missing else ():
        tasks.setdefault(row.assignee, []).append(str(row.key))
    return {
        "groups": {"added": [g.key for g in added], "changed": [g.key for g in changed]},
        "added": [c.told() for c in changes if c.before is None],
        "changed": [c.told() for c in changes if c.before is not None],
        "missing": [{"account": k.account, "name": k.name, "openTasks": tasks.get(k.account, [])} for k in missing],
        "deactivated": deactivated,
    }


def _deactivate(tx: Transaction, leaving: list[Known], told: list[dict[str, Any]]) -> None:
    names = [k.account for k in leaving]
    if not names:
        return
    close_accounts(tx, names)
    for item in told:
        tx.record_service("person-deactivated", item["account"], openTasks=len(item["openTasks"]))


def _record(command: ImportPeople, tx: Transaction, told: dict[str, Any]) -> None:
    files = {name: hashlib.sha256(text.encode()).hexdigest() for name, text in command.files}
    counts = {name: len(told[name]) for name in ("added", "changed")}
    gone = len(told["missing"]) if told["deactivated"] else 0
    tx.record_service("people-imported", "people", files=files, groups=told["groups"], deactivated=gone, **counts)
