"""Hand in a document, perhaps for a case."""

from __future__ import annotations

import hashlib
import re
import secrets
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Any

import orjson
from sqlalchemy import func, insert, select

from engine.commands.documents import MOST, case_of, reference_to, told_of
from engine.commands.registry import NO_INSTANCE, Target, handles
from engine.commands.set_clearance import rank
from engine.commands.targets import instance_facts, takes_part, task_target
from engine.commands.transaction import Transaction
from engine.errors import AlreadyExists, Forbidden, InvalidArgument, InvalidState, NotFound
from engine.model.access import NORMAL, SHOWN
from engine.policy.file_kinds import contradiction
from engine.policy.permissions import Facts, allowed, require
from engine.store.documents import DOCUMENT_ID, facts_of
from engine.store.instances import ALIVE, Instance
from engine.store.tables import document

LARGEST = 16 << 20  # bytes of one document
LONGEST_NAME = 256
LARGEST_PROPERTIES = 64 * 1024  # bytes of JSON
_CONTROL = re.compile(r"[\x00-\x1f\x7f\ud800-\udfff]")
_MEDIA_TYPE = re.compile(r"[!-~]{1,100}/[ -~]{1,150}")

_SAID = {"program": "a program"}


class WrongContent(InvalidArgument):
    """The file is not what its name says, or it is a program."""

    code = "wrong-content"
    th = "เนื้อหาของไฟล์ไม่ตรงกับนามสกุลของชื่อไฟล์ หรือเป็นโปรแกรม"


@dataclass(frozen=True, slots=True)
class CreateDocument:
    """`content_type` is what the uploader says; `document_id` is chosen here unless it is given. With `task_key`, it is
    attached to the form of this task, and handed in to its case when the task is completed."""

    file_name: str
    content: bytes = field(repr=False)
    content_type: str = "application/octet-stream"
    document_id: str | None = None
    process_instance_key: int | None = None
    process_id: str | None = None
    expires_at: datetime | None = None
    custom_properties: Mapping[str, Any] = field(default_factory=dict)
    access_class: str | None = None  # its own; None: that of its case alone
    task_key: int | None = None


def _target(command: CreateDocument, tx: Transaction) -> Target:
    if command.task_key is not None:
        return _task_target(command, tx)
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


def _task_target(command: CreateDocument, tx: Transaction) -> Target:
    """A form is filled in by who does its task."""
    no_such_task = InvalidArgument("there is no such task", userTaskKey=str(command.task_key))
    try:
        target = task_target(command, tx)
    except NotFound:
        raise no_such_task from None
    instance = target.instance
    assert instance is not None
    facts = replace(target.facts, participant=takes_part(tx, tx.actor, instance))
    if not any(allowed(tx.actor, p, facts) for p in ("document:create", "process-instance:read")):
        raise no_such_task
    if command.process_instance_key not in (None, instance.key):
        raise InvalidArgument("the task is not of this case", userTaskKey=str(command.task_key))
    return Target(facts, instance, rows=target.rows)


def _no_such_case(command: CreateDocument) -> InvalidArgument:
    return InvalidArgument("there is no such case", processInstanceKey=str(command.process_instance_key))


@handles(CreateDocument, permission="document:create", event=NO_INSTANCE, target=_target)
def create_document(command: CreateDocument, target: Target, tx: Transaction) -> dict[str, Any]:
    """The document as the API shows it. History of its case is told its name, size and SHA-256.

    Raises InvalidArgument for what breaks a limit and for a class below that of the case, Forbidden for one above one's
    own clearance and for the form of a task that is another's, InvalidState when the case has ended, when it holds as
    many as it may or when the task is not open, AlreadyExists for an id in use.
    """
    _check(command, tx)
    instance = target.instance
    if "task" in target.rows:
        require(tx.actor, "user-task:draft", target.facts)
        if target.rows["task"].state != "CREATED":
            raise InvalidState(userTaskKey=str(command.task_key))
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
        "id": id_, "process_instance_key": None if instance is None else instance.key,
        "process_id": command.process_id if instance is None else instance.process_id,
        "file_name": command.file_name, "content_type": command.content_type, "size": len(command.content),
        "sha256": hashlib.sha256(command.content).hexdigest(), "custom_properties": dict(command.custom_properties),
        "uploaded_by": mine, "uploaded_at": tx.now, "expires_at": command.expires_at, "content": command.content,
        "access_class": own, "draft_of": command.task_key,
    }  # fmt: skip
    tx.db.execute(insert(document), row)
    stored = facts_of(tx.db, id_, tx.now)
    assert stored is not None
    if instance is not None and command.task_key is None:
        tx.record(instance, "document-added", None, None, **told_of(stored))
        tx.announce("process-instance", {"processInstanceKey": str(instance.key)})
    shown = reference_to(stored, instance)
    level = own if instance is None else max(own, instance.access_class)
    shown["metadata"] |= {"customProperties": row["custom_properties"], "accessClass": SHOWN[level]}
    if command.task_key is not None:  # as long as it is not handed in
        shown["metadata"]["userTaskKey"] = str(command.task_key)
    return shown


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
    if command.expires_at is not None and command.task_key is not None:
        raise InvalidArgument("what is attached to a form is kept as long as that; leave expiresAt out")
