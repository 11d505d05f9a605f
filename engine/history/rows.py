"""What is proved, row by row and by the names of the export: what `krabuan_verify` reads as a source.

Values are given as they are stored, also those that nobody should have written; documents with the SHA-256 of what they
hold now. Accounts stand by their pseudonyms everywhere but in `people`.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator
from typing import Any

from sqlalchemy import Column, Connection, Select, String, Table, select, type_coerce

from engine.history.service import service_head
from engine.model.chain import SERVICE
from engine.model.sealed import as_person, ids_in
from engine.store.tables import (
    archived_case,
    case_key,
    checkpoint,
    checkpoint_head,
    deleted_case,
    document,
    history_archive,
    history_event,
    process_instance,
    pseudonym,
    restored_case,
    retention_certificate,
    service_event,
)

Row = dict[str, Any]
_AT_ONCE = 500
_CASES = {
    "key": "key", "processId": "process_id", "version": "version", "businessId": "business_id", "state": "state",
    "startedAt": "started_at", "startedBy": "started_by", "endedAt": "ended_at",
    "historySequence": "history_sequence", "historyHead": "history_head",
}  # fmt: skip
_EVENTS = {
    "case": "process_instance_key", "sequence": "sequence", "at": "at", "type": "type", "actor": "actor",
    "onBehalfOf": "on_behalf_of", "elementId": "element_id", "elementInstanceKey": "element_instance_key",
    "body": "body", "hash": "hash",
}  # fmt: skip
_SERVICE = {
    "sequence": "sequence", "at": "at", "type": "type", "actor": "actor", "onBehalfOf": "on_behalf_of",
    "elementInstanceKey": "key", "entityKey": "entity_key", "body": "body", "hash": "hash",
}  # fmt: skip
_DOCUMENTS = {
    "case": "process_instance_key", "id": "id", "fileName": "file_name", "contentType": "content_type", "size": "size",
    "sha256": "sha256", "uploadedBy": "uploaded_by", "uploadedAt": "uploaded_at",
}  # fmt: skip
_CHECKPOINTS = {
    "number": "key", "madeAt": "made_at", "instances": "instances", "events": "events", "root": "root",
    "previous": "previous", "body": "body", "signature": "signature",
}  # fmt: skip
_CERTIFICATES = {
    "number": "key", "madeAt": "made_at", "orderedBy": "ordered_by", "cases": "cases", "events": "events",
    "previous": "previous", "body": "body", "signature": "signature",
}  # fmt: skip
_ARCHIVED = {"case": "process_instance_key", "archive": "archive_key", "events": "sequence", "head": "head"}
_DELETIONS = {"case": "process_instance_key", "events": "sequence", "head": "head", "certificate": "certificate_key"}
_PEOPLE = {"pseudonym": "pseudonym", "username": "username", "salt": "salt"}
_KEYS = {"case": "process_instance_key", "id": "key_id", "key": "key"}
_HEADS = {"case": "process_instance_key", "sequence": "sequence", "head": "head", "checkpoint": "checkpoint_key"}


def _selected(table: Table, names: dict[str, str]) -> Select[Any]:
    """Moments as the text that is stored: one that is none must be found, not fall over."""
    return select(*(_raw(table.c[column]).label(name) for name, column in names.items()))


def _raw(column: Column[Any]) -> Any:
    return type_coerce(column, String) if column.name.endswith("_at") or column.name == "at" else column


_D, _E = document.c, history_event.c


class Rows:
    """The rows of one database in one transaction."""

    def __init__(self, db: Connection) -> None:
        self._db = db

    def cases(self) -> Iterator[Row]:
        """Every case, by its key; before them the service itself, as if it were one."""
        service = service_head(self._db)
        yield {"key": SERVICE, "historySequence": service.sequence, "historyHead": service.hash}
        names = self._names()
        for row in self._all(_selected(process_instance, _CASES).order_by(process_instance.c.key)):
            yield row | {"startedBy": as_person(row["startedBy"], names)}

    def events(self) -> Iterator[Row]:
        """Every event, by case and number; before them the service's own."""
        for row in self._all(_selected(service_event, _SERVICE).order_by(service_event.c.sequence)):
            yield {"case": SERVICE, "elementId": None, **row}
        yield from self._all(_selected(history_event, _EVENTS).order_by(_E.process_instance_key, _E.sequence))

    def events_of(self, case: int, most: int) -> Iterator[Row]:
        """The first so many events of one case, by number."""
        query = _selected(history_event, _EVENTS).where(_E.process_instance_key == case)
        return self._all(query.order_by(_E.sequence).limit(most))

    def documents_of(self, case: int) -> Iterator[Row]:
        """The documents of one case, without a look at what they hold."""
        names = self._names()
        for row in self._all(_selected(document, _DOCUMENTS).where(_D.process_instance_key == case).order_by(_D.id)):
            yield row | {"uploadedBy": as_person(row["uploadedBy"], names)}

    def people_in(self, bodies: Iterable[str]) -> Iterator[Row]:
        """Whom the pseudonyms in these bodies stand for."""
        wanted = sorted({name for body in bodies for name in ids_in(body)[0]})
        for at in range(0, len(wanted), _AT_ONCE):
            some = pseudonym.c.pseudonym.in_(wanted[at : at + _AT_ONCE])
            yield from self._all(_selected(pseudonym, _PEOPLE).where(some))

    def keys_in(self, bodies: Iterable[str], case: int) -> Iterator[Row]:
        """The keys of one case that these bodies are sealed with."""
        wanted = sorted({id_ for body in bodies for id_ in ids_in(body)[1]})
        c = case_key.c
        return self._all(_selected(case_key, _KEYS).where(c.process_instance_key == case, c.key_id.in_(wanted)))

    def documents(self) -> Iterator[Row]:
        """Every document of a case, with the SHA-256 of what it holds."""
        for row in self.documents_unread():
            yield row | {"contentSha256": hashlib.sha256(self.content(row["id"])).hexdigest()}

    def documents_unread(self) -> Iterator[Row]:
        """Every document of a case, without a look at what it holds."""
        handed_in = _D.process_instance_key.is_not(None) & _D.draft_of.is_(None)
        query, names = _selected(document, _DOCUMENTS).where(handed_in), self._names()
        for row in self._all(query.order_by(_D.process_instance_key, _D.id)):
            yield row | {"uploadedBy": as_person(row["uploadedBy"], names)}

    def content(self, document_id: str) -> bytes:
        """What a document holds."""
        return bytes(self._db.execute(select(_D.content).where(_D.id == document_id)).scalar_one())

    def checkpoints(self) -> Iterator[Row]:
        """Every checkpoint that the database keeps."""
        return self._all(_selected(checkpoint, _CHECKPOINTS).order_by(checkpoint.c.key))

    def heads(self) -> Iterator[Row]:
        """How far they cover which case."""
        c = checkpoint_head.c
        return self._all(_selected(checkpoint_head, _HEADS).order_by(c.process_instance_key, c.sequence))

    def certificates(self) -> Iterator[Row]:
        """Every certificate of retention that the database keeps."""
        return self._all(_selected(retention_certificate, _CERTIFICATES).order_by(retention_certificate.c.key))

    def deletions(self) -> Iterator[Row]:
        """Which cases they name, by certificate and case."""
        c = deleted_case.c
        return self._all(_selected(deleted_case, _DELETIONS).order_by(c.certificate_key, c.process_instance_key))

    def archives(self) -> Iterator[Row]:
        """Every archive that histories were moved to."""
        return self._all(_selected(history_archive, _CERTIFICATES).order_by(history_archive.c.key))

    def archived(self) -> Iterator[Row]:
        """What they hold, by archive and case; `restored` says whether it was brought back."""
        c, r = archived_case.c, restored_case.c
        back = (r.process_instance_key == c.process_instance_key) & (r.archive_key == c.archive_key)
        query = _selected(archived_case, _ARCHIVED).add_columns(r.archive_key.is_not(None).label("restored"))
        joined = query.join_from(archived_case, restored_case, back, isouter=True)
        for row in self._all(joined.order_by(c.archive_key, c.process_instance_key)):
            yield row | {"restored": bool(row["restored"])}

    def people(self) -> Iterator[Row]:
        """Whom the pseudonyms stand for, of those who are not forgotten."""
        return self._all(_selected(pseudonym, _PEOPLE).order_by(pseudonym.c.pseudonym))

    def keys(self) -> Iterator[Row]:
        """The keys of cases that are not erased."""
        return self._all(_selected(case_key, _KEYS).order_by(case_key.c.process_instance_key))

    def _names(self) -> dict[str, str]:
        return {row["username"]: row["pseudonym"] for row in self.people()}

    def _all(self, query: Select[Any]) -> Iterator[Row]:
        for row in self._db.execute(query.execution_options(yield_per=_AT_ONCE)).mappings():
            yield dict(row)
