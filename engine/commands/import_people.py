"""Import people, groups and roles from a file: what is different is found out first, then all of it done, or none."""

from __future__ import annotations

import hashlib
from collections.abc import Collection
from dataclasses import dataclass
from typing import Any

import orjson
from sqlalchemy import select

from engine.commands.import_organisation import MEMBERS, compare_groups, groups_of, write_groups
from engine.commands.leavers import close_accounts
from engine.commands.organisation_files import GROUPS, PEOPLE, fault_at, only, read_tables, read_yaml
from engine.commands.people_changes import Change, Known, carry_out, change_of, known_people
from engine.commands.people_entries import people_of
from engine.commands.registry import NO_INSTANCE, Target, handles
from engine.commands.transaction import Transaction
from engine.errors import DeploymentRefused, Forbidden, InvalidArgument, InvalidState
from engine.model.faults import Fault
from engine.model.organisation import Group, PersonEntry
from engine.store.locks import lock_name
from engine.store.personal import open_tasks
from engine.store.tables import group_, process_instance, user_task

_NAMES = MEMBERS | {"people"}


class ImportRefused(DeploymentRefused):
    """The files have faults; nothing was imported."""

    code = "import-refused"
    th = "ไฟล์มีข้อผิดพลาด จึงยังไม่ได้นำเข้า"


class ImportChanged(InvalidState):
    """Accounts or groups changed after the preview: look at it again."""

    code = "import-changed"
    th = "ข้อมูลบุคคลหรือกลุ่มเปลี่ยนไปหลังจากที่ดูตัวอย่าง โปรดดูตัวอย่างใหม่"


class WrongImportFiles(InvalidArgument):
    """An import is groups.csv, people.csv or both, or one YAML file."""

    code = "import-files"
    th = "การนำเข้าใช้ไฟล์ groups.csv, people.csv หรือทั้งสอง หรือไฟล์ YAML หนึ่งไฟล์"


def digest_of(told: dict[str, Any]) -> str:
    """A short name for exactly this difference."""
    return hashlib.sha256(orjson.dumps(told)).hexdigest()


def decoded(name: str, content: bytes) -> str:
    """The text of a file. Raises ImportRefused, with the line, for what is no UTF-8."""
    try:
        return content.decode("utf-8-sig")  # spreadsheets put a mark before the first letter
    except UnicodeDecodeError as error:
        line = content[: error.start].count(b"\n") + 1
        th, en = "ไฟล์ไม่ใช่ UTF-8 โปรดบันทึกใหม่เป็น CSV UTF-8", "the file is no UTF-8: save it anew as CSV UTF-8"
        raise ImportRefused([fault_at(f"{name}:{line}", None, th, en)]) from None


def check_names(names: Collection[str]) -> None:
    """Raise WrongImportFiles for files that are not those of one import."""
    (first,) = names if len(names) == 1 else ("",)
    tables = bool(names) and set(names) <= {GROUPS, PEOPLE} and len(set(names)) == len(names)
    if not tables and not first.endswith((".yaml", ".yml")):
        raise WrongImportFiles()


@dataclass(frozen=True, slots=True)
class ImportPeople:
    """`files` are (name, text): groups.csv and people.csv, or one of them, or one YAML file.

    With `deactivate_missing`, people who are not in the file are deactivated: their sessions end, their tokens and
    clients are revoked. Accounts of programs are nobody's to miss. With `dry_run` nothing is done. `expected` is
    digest_of what a dry run answered: nothing is done when it would be something else by now.
    """

    files: tuple[tuple[str, str], ...]
    deactivate_missing: bool = False
    dry_run: bool = False
    expected: str | None = None


@handles(ImportPeople, permission="people:manage", event=NO_INSTANCE)
def _act(command: ImportPeople, _target: Target, tx: Transaction) -> dict[str, Any]:
    """Answer {groups: {added, changed}, added, changed, missing, deactivated}: what is, or would be, different.

    Doing it twice changes nothing the second time. Raises ImportRefused with every fault, ImportChanged, and
    Forbidden when the administrator who asks would change what he or she may.
    """
    lock_name(tx.db, "people", "import")
    groups, entries, names_people = _read(command, tx)
    known = known_people(tx)
    changes = [change for e in entries if (change := change_of(e, known.get(e.account))).different]
    missing = _missing(entries, known) if names_people else []
    leaving = missing if command.deactivate_missing else []
    _check_own(changes, leaving, tx)
    _check_administrators(command, known, changes, leaving)
    told = _told(tx, groups, changes, missing, bool(leaving))
    if command.expected is not None and command.expected != digest_of(told):
        raise ImportChanged()
    if not command.dry_run and (any(told["groups"].values()) or changes or leaving):
        write_groups(tx, groups)
        carry_out(tx, changes)
        _deactivate(tx, leaving)
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


def _check_own(changes: list[Change], leaving: list[Known], tx: Transaction) -> None:
    """Raise Forbidden for who would change what he or she may; name and mail address are no such thing."""
    if tx.actor.is_system:
        return
    for change in changes:
        before, after = change.before, change.after
        old = None if before is None else (before.clearance, before.groups, before.roles)
        if change.account == tx.actor.id and old != (after.clearance, after.groups, after.roles):
            raise Forbidden("somebody else decides what you are cleared for, and your groups and roles")
    if any(k.account == tx.actor.id for k in leaving):
        raise Forbidden("somebody else deactivates your account")


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
    asked = select(t.assignee, t.key).join(process_instance, process_instance.c.key == t.process_instance_key)
    asked = asked.where(t.state == "CREATED", t.assignee.in_([k.account for k in missing]))
    if not tx.actor.is_system:  # a case above one's class does not exist
        asked = asked.where(process_instance.c.access_class <= tx.actor.clearance)
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


def _deactivate(tx: Transaction, leaving: list[Known]) -> None:
    names = [k.account for k in leaving]
    if not names:
        return
    close_accounts(tx, names)
    for name in names:
        tx.record_service("person-deactivated", name, openTasks=open_tasks(tx.db, name))


def _record(command: ImportPeople, tx: Transaction, told: dict[str, Any]) -> None:
    files = {name: hashlib.sha256(text.encode()).hexdigest() for name, text in command.files}
    counts = {name: len(told[name]) for name in ("added", "changed")}
    gone = len(told["missing"]) if told["deactivated"] else 0
    tx.record_service("people-imported", "people", files=files, groups=told["groups"], deactivated=gone, **counts)
