"""Hand in a document, perhaps for a case."""

from __future__ import annotations

import hashlib
import re
import secrets
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

import orjson
from sqlalchemy import func, insert, select

from engine.commands.documents import case_of, told_of
from engine.commands.registry import NO_INSTANCE, Target, handles
from engine.commands.set_clearance import rank
from engine.commands.targets import instance_facts
from engine.commands.transaction import Transaction
from engine.errors import AlreadyExists, Forbidden, InvalidArgument, InvalidState, NotFound
from engine.model.access import NORMAL, SHOWN
from engine.policy.file_kinds import contradiction
from engine.policy.permissions import Facts, allowed
from engine.store.documents import DOCUMENT_ID, facts_of
from engine.store.instances import ALIVE, Instance
from engine.store.tables import document

LARGEST = 16 << 20  # bytes of one document
MOST = 1_000  # of one case, or of one account outside of cases
LONGEST_NAME = 256
LARGEST_PROPERTIES = 64 * 1024  # bytes of JSON
STORE = "krabuan"
_CONTROL = re.compile(r"[\x00-\x1f\x7f\ud800-\udfff]")
_MEDIA_TYPE = re.compile(r"[!-~]{1,100}/[ -~]{1,150}")

_SAID = {"program": "a program"}


class WrongContent(InvalidArgument):
    """The file is not what its name says, or it is a program."""

    code = "wrong-content"
    th = "เนื้อหาของไฟล์ไม่ตรงกับนามสกุลของชื่อไฟล์ หรือเป็นโปรแกรม"


@dataclass(frozen=True, slots=True)
class CreateDocument:
    """`content_type` is what the uploader says; `document_id` is chosen here unless it is given."""

    file_name: str
    content: bytes = field(repr=False)
    content_type: str = "application/octet-stream"
    document_id: str | None = None
    process_instance_key: int | None = None
    process_id: str | None = None
    expires_at: datetime | None = None
    custom_properties: Mapping[str, Any] = field(default_factory=dict)
    access_class: str | None = None  # its own; None: that of its case alone


def _target(command: CreateDocument, tx: Transaction) -> Target:
    if command.process_instance_key is None:
        return Target(Facts())
    try:
        instance = case_of(tx, command.process_instance_key)
    except NotFound:
        raise _no_such_case(command) from None
    facts = instance_facts(tx, instance)
    if not any(allowed(tx.actor, p, facts) for p in ("document:create", "process-instance:read")):
        raise _no_such_case(command)
    return Target(facts, instance)


def _no_such_case(command: CreateDocument) -> InvalidArgument:
    return InvalidArgument("there is no such case", processInstanceKey=str(command.process_instance_key))


@handles(CreateDocument, permission="document:create", event=NO_INSTANCE, target=_target)
def create_document(command: CreateDocument, target: Target, tx: Transaction) -> dict[str, Any]:
    """The document as the API shows it. History of its case is told its name, size and SHA-256.

    Raises InvalidArgument for what breaks a limit and for a class below that of the case, Forbidden for one above one's
    own clearance, InvalidState when the case has ended or holds as many as it may,
    AlreadyExists for an id in use.
    """
    _check(command, tx)
    instance = target.instance
    if instance is not None and instance.state not in ALIVE:
        raise InvalidState("the case has ended", processInstanceKey=str(instance.key), state=instance.state)
    own = _class_of(command, instance, tx)
    c, mine = document.c, tx.actor.id
    owner = c.process_instance_key.is_(None) & (c.uploaded_by == mine)
    same = owner if instance is None else c.process_instance_key == instance.key
    if tx.db.execute(select(func.count()).select_from(document).where(same)).scalar_one() >= MOST:
        raise InvalidState(f"there are {MOST} documents already")
    id_ = command.document_id or secrets.token_hex(16)
    if tx.db.execute(select(c.id).where(c.id == id_)).first() is not None:
        raise AlreadyExists("there is a document with this id", documentId=id_)
    row = {
        "id": id_, "process_instance_key": command.process_instance_key,
        "process_id": command.process_id if instance is None else instance.process_id,
        "file_name": command.file_name, "content_type": command.content_type, "size": len(command.content),
        "sha256": hashlib.sha256(command.content).hexdigest(), "custom_properties": dict(command.custom_properties),
        "uploaded_by": mine, "uploaded_at": tx.now, "expires_at": command.expires_at, "content": command.content,
        "access_class": own,
    }  # fmt: skip
    tx.db.execute(insert(document), row)
    stored = facts_of(tx.db, id_, tx.now)
    if instance is not None and stored is not None:
        tx.record(instance, "document-added", None, None, **told_of(stored))
        tx.announce("process-instance", {"processInstanceKey": str(instance.key)})
    return _shown(row, own if instance is None else max(own, instance.access_class))


def _class_of(command: CreateDocument, instance: Instance | None, tx: Transaction) -> int:
    if command.access_class is None:
        return NORMAL
    wanted = rank(command.access_class)
    if instance is not None and wanted < instance.access_class:
        raise InvalidArgument("the case of this document is of a higher class")
    if wanted > tx.actor.clearance and not tx.actor.is_system:
        raise Forbidden("you are not cleared for this class yourself")
    return wanted


def _check(command: CreateDocument, tx: Transaction) -> None:
    if command.document_id is not None and not DOCUMENT_ID.fullmatch(command.document_id):
        raise InvalidArgument("documentId has 1 to 64 letters, digits, - and _")
    if not 1 <= len(command.file_name) <= LONGEST_NAME or _CONTROL.search(command.file_name):
        raise InvalidArgument(f"a document has a name of 1 to {LONGEST_NAME} characters")
    if not _MEDIA_TYPE.fullmatch(command.content_type):
        raise InvalidArgument("contentType is a media type such as application/pdf")
    if len(command.content) > LARGEST:
        raise InvalidArgument(f"{command.file_name}: a document has at most {LARGEST >> 20} MiB")
    if (wrong := contradiction(command.file_name, command.content)) is not None:
        raise WrongContent(f"{command.file_name}: the content is {_SAID.get(wrong, f'no {wrong} file')}")
    if len(orjson.dumps(dict(command.custom_properties), default=str)) > LARGEST_PROPERTIES:
        raise InvalidArgument(f"customProperties have at most {LARGEST_PROPERTIES} bytes")
    if command.expires_at is not None and command.expires_at <= tx.now:
        raise InvalidArgument("expiresAt is over already")


def _shown(row: Mapping[str, Any], level: int) -> dict[str, Any]:
    expires, key = row["expires_at"], row["process_instance_key"]
    return {
        "camunda.document.type": "camunda", "storeId": STORE, "documentId": row["id"], "contentHash": row["sha256"],
        "metadata": {
            "contentType": row["content_type"], "fileName": row["file_name"], "size": row["size"],
            "expiresAt": None if expires is None else expires.strftime("%Y-%m-%dT%H:%M:%S.%fZ"),
            "processDefinitionId": row["process_id"], "processInstanceKey": None if key is None else str(key),
            "customProperties": row["custom_properties"], "accessClass": SHOWN[level],
        },
    }  # fmt: skip
