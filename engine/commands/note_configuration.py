"""Note with which configuration the service starts, where it is another than the last time."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import orjson
from sqlalchemy import delete, insert, select

from engine.commands.registry import NO_INSTANCE, Target, handles
from engine.commands.transaction import Transaction
from engine.store.locks import lock_name
from engine.store.tables import setting

SETTING = "configuration"


@dataclass(frozen=True, slots=True)
class NoteConfiguration:
    """`values` are the settings by name, as they may be shown: no secrets."""

    values: Mapping[str, str]


@handles(NoteConfiguration, permission="system:run", event=NO_INSTANCE)
def note_configuration(command: NoteConfiguration, _target: Target, tx: Transaction) -> bool:
    """Whether anything was another; the audit log then holds each such setting as it was and as it is (null: none)."""
    lock_name(tx.db, SETTING)
    known = tx.db.execute(select(setting.c.value).where(setting.c.name == SETTING)).scalar_one_or_none()
    before: dict[str, Any] = orjson.loads(known) if known is not None else {}
    after = dict(command.values)
    names = sorted(name for name in before.keys() | after.keys() if before.get(name) != after.get(name))
    if not names:
        return False
    tx.db.execute(delete(setting).where(setting.c.name == SETTING))
    tx.db.execute(insert(setting), {"name": SETTING, "value": orjson.dumps(after).decode()})
    changes = {name: {"before": before.get(name), "after": after.get(name)} for name in names}
    tx.record_service("configuration-changed", "service", settings=changes)
    return True
