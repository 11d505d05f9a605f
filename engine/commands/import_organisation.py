"""Import the organisation: units, committees and positions become the groups that tasks go to."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import orjson
import yaml
from sqlalchemy import delete, insert, select, update

from engine.commands.registry import OfService, Target, handles
from engine.commands.transaction import Transaction
from engine.errors import DeploymentRefused
from engine.model.faults import Fault
from engine.model.organisation import Group, Organisation
from engine.store.tables import group_, setting

FILE = "organisation.yaml"
_KINDS = (("units", "unit"), ("committees", "committee"), ("positions", "position"))


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
    content = _mapping(text, faults)
    groups = list(_groups(content, faults))
    _check_references(groups, faults)
    documents = {str(d.get("key")): _words(d) for d in _items(content, "documents", faults)}
    roles = content.get("roles") or {}
    if not isinstance(roles, dict):
        faults.append(_fault(None, "roles ต้องเป็นคู่ของรหัส", "roles must be a mapping of keys"))
        roles = {}
    for role, key in roles.items():
        if key not in {g.key for g in groups}:
            faults.append(_fault(str(role), f"ไม่มีกลุ่ม {key}", f"there is no group {key}"))
    demo = tuple(
        (str(d.get("account")), tuple(map(str, d.get("groups") or ()))) for d in _items(content, "demo", faults)
    )
    for account, members in demo:
        for key in set(members) - {g.key for g in groups}:
            faults.append(_fault(account, f"ไม่มีกลุ่ม {key}", f"there is no group {key}"))
    if faults:
        raise DeploymentRefused(faults)
    return Organisation(tuple(groups), documents, {str(a): str(b) for a, b in roles.items()}, demo)


@handles(ImportOrganisation, permission="people:manage", event=OfService("organisation-imported", lambda *_: FILE))
def _act(command: ImportOrganisation, _target: Target, tx: Transaction) -> dict[str, Any]:
    """Groups are added and renamed, never deleted: old cases and people refer to them."""
    organisation = read_organisation(command.text)
    known = set(tx.db.execute(select(group_.c.key)).scalars())
    rows = [
        {"key": g.key, "kind": g.kind, "th": g.th, "en": g.en, "parent": g.parent, "head_of": g.head_of}
        for g in organisation.groups
    ]
    added = [row for row in rows if row["key"] not in known]
    if added:
        tx.db.execute(insert(group_), added)
    for row in rows:
        if row["key"] in known:
            tx.db.execute(update(group_).where(group_.c.key == row["key"]).values(row))
    tx.db.execute(delete(setting).where(setting.c.name == "organisation"))
    facts = {"documents": organisation.documents, "roles": organisation.roles}
    tx.db.execute(insert(setting), {"name": "organisation", "value": orjson.dumps(facts).decode()})
    return {"groups": len(rows), "added": len(added)}


def _mapping(text: str, faults: list[Fault]) -> dict[str, Any]:
    try:
        content = yaml.safe_load(text)
    except yaml.YAMLError as error:
        faults.append(_fault(None, f"อ่านไฟล์ไม่ได้: {error}", f"the file cannot be read: {error}"))
        return {}
    if not isinstance(content, dict):
        faults.append(_fault(None, "ไฟล์ว่างหรือไม่ใช่รายการ", "the file is empty or no mapping"))
        return {}
    return content


def _items(content: dict[str, Any], name: str, faults: list[Fault]) -> list[dict[str, Any]]:
    items = content.get(name) or []
    if not isinstance(items, list) or any(not isinstance(item, dict) for item in items):
        faults.append(_fault(None, f"{name} ต้องเป็นรายการ", f"{name} must be a list of mappings"))
        return []
    return items


def _groups(content: dict[str, Any], faults: list[Fault]) -> Iterator[Group]:
    seen: set[str] = set()
    for name, kind in _KINDS:
        for item in _items(content, name, faults):
            key, th, en = (str(item.get(k) or "") for k in ("key", "th", "en"))
            if not key or not key.isascii() or not key.replace("_", "a").replace("-", "a").isalnum():
                faults.append(_fault(key or None, "รหัสต้องเป็นอักษรละติน", "a key has Latin letters, digits, _ and -"))
                continue
            if key in seen:
                faults.append(_fault(key, "รหัสซ้ำ", "the key is used twice"))
            if not th or not en:
                faults.append(_fault(key, "ต้องมีชื่อ th และ en", "th and en are both needed"))
            seen.add(key)
            unit = item.get("unit")
            head_of = str(unit) if unit and item.get("head") is True else None
            parent = unit if kind == "position" else item.get("parent")
            yield Group(key, kind, th, en, str(parent) if parent else None, head_of)


def _check_references(groups: list[Group], faults: list[Fault]) -> None:
    kinds = {g.key: g.kind for g in groups}
    for group in groups:
        if group.parent is not None and group.parent not in kinds:
            faults.append(_fault(group.key, f"ไม่มีหน่วยงาน {group.parent}", f"there is no unit {group.parent}"))


def _words(item: dict[str, Any]) -> dict[str, str]:
    return {"th": str(item.get("th") or ""), "en": str(item.get("en") or "")}


def _fault(key: str | None, th: str, en: str) -> Fault:
    return Fault(FILE, key, "organisation", th, en)
