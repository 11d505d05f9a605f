"""Import the organisation: units, committees and positions become the groups that tasks go to."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

import orjson
from sqlalchemy import delete, insert, select, update

from engine.commands.organisation_files import fault_at, only, read_yaml
from engine.commands.registry import OfService, Target, handles
from engine.commands.transaction import Transaction
from engine.errors import DeploymentRefused
from engine.model.faults import Fault
from engine.model.lined import Lined
from engine.model.organisation import Group, Organisation
from engine.store.tables import group_, setting

FILE = "organisation.yaml"
LONGEST_KEY = 256
_KINDS = (("units", "unit"), ("committees", "committee"), ("positions", "position"))
MEMBERS = frozenset({"units", "committees", "positions", "documents", "external", "roles", "demo"})
_OF_GROUPS = frozenset({"key", "th", "en", "parent", "unit", "head"})


@dataclass(frozen=True, slots=True)
class ImportOrganisation:
    """The text of an organisation.yaml."""

    text: str

    def told(self) -> dict[str, Any]:
        """What the audit log says of it."""
        return {"sha256": hashlib.sha256(self.text.encode()).hexdigest()}


def read_organisation(text: str) -> Organisation:
    """Read the file. Raises DeploymentRefused with every fault at once."""
    faults: list[Fault] = []
    content = read_yaml(FILE, text, faults)
    only(content, MEMBERS, faults)
    groups = groups_of(content, frozenset(), faults)
    known = {g.key for g in groups}
    documents = dict(_named(content, "documents", faults))
    outside = frozenset(dict(_named(content, "external", faults)))
    roles = _roles(content, known | outside, faults)
    found = items_of(content, "demo", faults)
    for item in found:
        only(item, {"account", "groups"}, faults)
        for key in set(map(str, item.get("groups") or ())) - known:
            faults.append(fault_at(item.place, str(item.get("account")), f"ไม่มีกลุ่ม {key}", f"there is no group {key}"))
    demo = tuple((str(d.get("account")), tuple(map(str, d.get("groups") or ()))) for d in found)
    if faults:
        raise DeploymentRefused(faults)
    return Organisation(tuple(groups), documents, roles, outside, demo)


def _roles(content: Lined, known: frozenset[str] | set[str], faults: list[Fault]) -> dict[str, dict[str, str]]:
    """What sources call otherwise: by the id of the process whose source alone does, "" for all of them."""
    found: dict[str, dict[str, str]] = {"": {}}
    roles = content.get("roles") or {}
    if not roles:
        return found
    if not isinstance(roles, Lined):
        faults.append(fault_at(content.at("roles"), None, "roles ต้องเป็นคู่ของรหัส", "roles must be a mapping of keys"))
        return found
    for name, said in roles.items():
        own = said if isinstance(said, Lined) else Lined({name: said}, roles.at(name), {name: roles.at(name)})
        found.setdefault(name if isinstance(said, Lined) else "", {}).update({a: str(b) for a, b in own.items()})
        for role, key in own.items():
            if key not in known:
                faults.append(fault_at(own.at(role), role, f"ไม่มีกลุ่ม {key}", f"there is no group {key}"))
    return found


@handles(ImportOrganisation, permission="people:manage", event=OfService("organisation-imported", lambda *_: FILE))
def _act(command: ImportOrganisation, _target: Target, tx: Transaction) -> dict[str, Any]:
    """Groups are added and renamed, never deleted: old cases and people refer to them."""
    organisation = read_organisation(command.text)
    added, _ = write_groups(tx, organisation.groups)
    tx.db.execute(delete(setting).where(setting.c.name == "organisation"))
    facts = {"documents": organisation.documents, "roles": organisation.roles}
    tx.db.execute(insert(setting), {"name": "organisation", "value": orjson.dumps(facts).decode()})
    return {"groups": len(organisation.groups), "added": len(added)}


def write_groups(tx: Transaction, groups: Iterable[Group]) -> tuple[list[str], list[str]]:
    """Add what is missing and rename what is called otherwise; the keys of both."""
    added, changed = compare_groups(tx, groups)
    if added:
        tx.db.execute(insert(group_), [_row(g) for g in added])
    for group in changed:
        tx.db.execute(update(group_).where(group_.c.key == group.key).values(_row(group)))
    return [g.key for g in added], [g.key for g in changed]


def compare_groups(tx: Transaction, groups: Iterable[Group]) -> tuple[list[Group], list[Group]]:
    """Which of these are not there yet, and which are there and called or placed otherwise."""
    c = group_.c
    asked = select(c.key, c.kind, c.th, c.en, c.parent, c.head_of)
    known = {row.key: Group(*row) for row in tx.db.execute(asked)}
    added = [g for g in groups if g.key not in known]
    return added, [g for g in groups if g.key in known and known[g.key] != g]


def _row(group: Group) -> dict[str, Any]:
    return {
        "key": group.key,
        "kind": group.kind,
        "th": group.th,
        "en": group.en,
        "parent": group.parent,
        "head_of": group.head_of,
    }


def items_of(content: Lined, name: str, faults: list[Fault]) -> list[Lined]:
    """The mappings of one list of the file; none, with a fault, when it is no such list."""
    items = content.get(name) or []
    if not isinstance(items, list) or any(not isinstance(item, Lined) for item in items):
        faults.append(fault_at(content.place, None, f"{name} ต้องเป็นรายการ", f"{name} must be a list of mappings"))
        return []
    return items


def groups_of(content: Lined, known: frozenset[str], faults: list[Fault]) -> list[Group]:
    """The units, committees and positions of the file; parents may also be groups that are `known` already."""
    found = [(item, kind) for name, kind in _KINDS for item in items_of(content, name, faults)]
    named = {str(item.get("key") or "") for item, _ in found} | known
    groups: list[Group] = []
    seen: set[str] = set()
    for item, kind in found:
        group = _group(item, kind, seen, faults)
        if group is None:
            continue
        groups.append(group)
        if group.parent is not None and group.parent not in named:
            th, en = f"ไม่มีหน่วยงาน {group.parent}", f"there is no unit {group.parent}"
            faults.append(fault_at(item.place, group.key, th, en))
    return groups


def _named(content: Lined, name: str, faults: list[Fault]) -> Iterator[tuple[str, dict[str, str]]]:
    """The key and the words of each item of a list that are no groups."""
    for item in items_of(content, name, faults):
        only(item, {"key", "th", "en"}, faults)
        key, words = str(item.get("key") or ""), {lang: str(item.get(lang) or "") for lang in ("th", "en")}
        if not key or not all(words.values()):
            faults.append(fault_at(item.place, key or None, "ต้องมี key, th และ en", "key, th and en are needed"))
        yield key, words


def _group(item: Lined, kind: str, seen: set[str], faults: list[Fault]) -> Group | None:
    only(item, _OF_GROUPS, faults)
    key, th, en = (str(item.get(k) or "") for k in ("key", "th", "en"))
    if not key or not key.isascii() or not key.replace("_", "a").replace("-", "a").isalnum() or len(key) > LONGEST_KEY:
        said = "รหัสต้องเป็นอักษรละติน", "a key has Latin letters, digits, _ and -"
        faults.append(fault_at(item.place, key or None, *said))
        return None
    if key in seen:
        faults.append(fault_at(item.place, key, "รหัสซ้ำ", "the key is used twice"))
    if not th or not en:
        faults.append(fault_at(item.place, key, "ต้องมีชื่อ th และ en", "th and en are both needed"))
    seen.add(key)
    unit = item.get("unit")
    head_of = str(unit) if unit and item.get("head") is True else None
    parent = unit if kind == "position" else item.get("parent")
    return Group(key, kind, th, en, str(parent) if parent else None, head_of)
