"""Record a signed checkpoint of histories."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import orjson
from sqlalchemy import insert

from engine.commands.registry import NO_INSTANCE, Target, handles
from engine.commands.transaction import Transaction
from engine.store.tables import checkpoint, checkpoint_head


@dataclass(frozen=True, slots=True)
class RecordCheckpoint:
    """The signed `body` with its signature; `heads` are what it covers: (instance, sequence, head)."""

    body: str
    signature: str
    heads: tuple[tuple[int, int, str], ...]


@handles(RecordCheckpoint, permission="system:run", event=NO_INSTANCE)
def record_checkpoint(command: RecordCheckpoint, _target: Target, tx: Transaction) -> None:
    """Raises AlreadyExists when another node was faster and has made a checkpoint of this number."""
    said: Mapping[str, Any] = orjson.loads(command.body)
    row = {
        "key": said["number"], "made_at": datetime.fromisoformat(said["madeAt"]),
        "instances": said["instances"], "events": said["events"],
        "root": said["root"], "previous": said["previous"], "body": command.body, "signature": command.signature,
    }  # fmt: skip
    tx.db.execute(insert(checkpoint), row)
    names = ("process_instance_key", "sequence", "head")
    heads = [dict(zip(names, head, strict=True)) | {"checkpoint_key": said["number"]} for head in command.heads]
    tx.db.execute(insert(checkpoint_head), heads)
