"""A case taken out as evidence."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator
from contextlib import ExitStack
from typing import IO, Any

from flask import Response, request
from sqlalchemy import Connection

from api.blueprint import Room, argument_doc
from api.context import note, read, runtime
from api.csv_table import LANGUAGES
from api.evidence_bundle import Made, write_bundle
from api.views import diagram
from engine.errors import InvalidArgument, InvalidState
from engine.model.actor import Actor
from engine.queries.case_evidence import READ, attached, called_in_history, get_evidence

blp = Room("evidence bundles", __name__, url_prefix="/v2", description="Cases taken out as evidence")
ZIP = "application/zip"
_ARCHIVE: dict[str, Any] = {ZIP: {"schema": {"type": "string", "format": "binary"}}}
_PEOPLE = ("pseudonyms", "names")
_IN_MEMORY, _PIECE = 8 << 20, 1 << 16  # bytes


class NotSigning(InvalidState):
    """This service has no signing key, so it makes no evidence. Ask the administrator to start it with one."""

    code = "evidence-not-signed"
    th = "ระบบนี้ไม่มีกุญแจลงลายมือชื่อ จึงจัดทำชุดหลักฐานไม่ได้ โปรดแจ้งผู้ดูแลระบบ"


@blp.operation(
    "GET", "/process-instances/<key:key>/evidence", permission=READ, returns=_ARCHIVE, errors=(404, 409),
    parameters=[
        argument_doc("language", "string", "th (default) or en: of the summary"),
        argument_doc("people", "string", "pseudonyms (default); names: with documents, for auditors and the owner"),
    ],
)  # fmt: skip
def evidence(key: int) -> Response:
    """The case as a signed archive: summary, history, data, diagrams, forms, documents. The audit log tells of it."""
    language, people = request.args.get("language", LANGUAGES[0]), request.args.get("people", _PEOPLE[0])
    if language not in LANGUAGES or people not in _PEOPLE:
        raise InvalidArgument("language is th or en, people is pseudonyms or names")
    with ExitStack() as unsent:
        out = unsent.enter_context(tempfile.SpooledTemporaryFile(max_size=_IN_MEMORY))
        files = read(_write, key, people == "names", language, out)
        note("evidence-exported", [key], f"{files} files, people by {people}")
        unsent.pop_all()  # from here on, it is closed when it was sent
    size = out.tell()
    out.seek(0)
    response = Response(_pieces(out), content_type=ZIP)
    response.content_length = size
    response.headers["Content-Disposition"] = f'attachment; filename="evidence-{key}.zip"'
    return response


def _write(db: Connection, who: Actor, key: int, named: bool, language: str, out: IO[bytes]) -> int:
    now, signer = runtime().clock.now(), runtime().signer
    found = get_evidence(db, who, key, named, now)
    if signer is None:
        raise NotSigning
    nodes = diagram(db, int(found.case["processDefinitionKey"])).nodes
    by = who.id if named else called_in_history(db, who)
    made = Made(by, now, language, runtime().bus.services.zone)
    return write_bundle(out, found, nodes, signer, made, lambda id_: attached(db, id_))


def _pieces(out: IO[bytes]) -> Iterator[bytes]:
    with out:
        while piece := out.read(_PIECE):
            yield piece
