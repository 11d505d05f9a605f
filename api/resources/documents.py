"""Documents: hand in, read, take away, hand out a link."""

from __future__ import annotations

from dataclasses import replace
from typing import Any
from urllib.parse import quote

from flask import Response, request

from api.answers import answer
from api.blueprint import Room, argument_doc
from api.context import actor, idempotency_key, note_cases, read, run, run_secret, runtime
from api.problems import status_of
from api.schemas.documents import (
    CaseDocumentResult,
    CaseDocumentSearch,
    Document,
    DocumentLink,
    Documents,
    LinkBody,
)
from api.schemas.operations import ClassBody
from api.uploads import check_store, documents, scan
from api.views import wanted
from engine.commands.classify_document import ClassifyDocument
from engine.commands.create_document import CreateDocument
from engine.commands.delete_document import DeleteDocument
from engine.commands.link_document import LinkDocument
from engine.errors import EngineError, InvalidArgument
from engine.model.access import NORMAL
from engine.queries.documents import get_document, open_link, search_documents

blp = Room("documents", __name__, url_prefix="/v2", description="Files of people and of cases")
CREATE, READ = "document:create", "document:read"
ONE = "/documents/<string:document_id>"
BYTES = {"application/octet-stream": {"schema": {"type": "string", "format": "binary"}}}
STORE_DOC = argument_doc("storeId", "string", "there is one, krabuan")
HASH_DOC = argument_doc("contentHash", "string", "the SHA-256 that the content must have")
_BINARY = {"type": "string", "format": "binary"}


def _multipart(name: str, schema: dict[str, Any], metadata: str, said: dict[str, Any]) -> dict[str, Any]:
    described = {"type": "object", "required": [name], "properties": {name: schema, metadata: said}}
    return {"required": True, "content": {"multipart/form-data": {"schema": described}}}


@blp.operation(
    "POST",
    "/documents",
    permission=CREATE,
    request_body=_multipart("file", _BINARY, "metadata", {"type": "object"}),
    parameters=[STORE_DOC, argument_doc("documentId", "string", "an id of one's own")],
    returns=Document,
    status=201,
    errors=(409, 413, 415),
)
def create() -> Any:
    """Hand in one document; what its metadata says of a case decides who may see it."""
    found = documents("file", "metadata")
    if len(found) != 1:
        raise InvalidArgument("one file at a time; more go to /documents/batch")
    scan(found[0])
    return run(replace(found[0], document_id=request.args.get("documentId")))


@blp.operation(
    "POST",
    "/documents/batch",
    permission=CREATE,
    request_body=_multipart(
        "files", {"type": "array", "items": _BINARY}, "metadataList", {"type": "array", "items": {"type": "object"}}
    ),
    parameters=[STORE_DOC],
    returns=Documents,
    status=201,
    partly=207,
    errors=(413, 415),
)
def create_many() -> Any:
    """Hand in several; each is taken or not by itself, and 207 says that some were not."""
    made, failed = [], []
    for number, command in enumerate(documents("files", "metadataList")):
        try:
            made.append(_create_one(command, number))
        except EngineError as error:
            status, title = status_of(error)
            told = {"fileName": command.file_name, "status": status, "title": title, "detail": error.detail or error.en}
            failed.append(told)
    return answer({"createdDocuments": made, "failedDocuments": failed}, 207 if failed else 201)


def _create_one(command: CreateDocument, number: int) -> Any:
    scan(command)
    key = idempotency_key()
    return runtime().bus.run(command, actor(), None if key is None else f"{number}:{key}"[:256])


@blp.operation(
    "POST", "/documents/search", permission="process-instance:contents", body=CaseDocumentSearch,
    returns=CaseDocumentResult,
)  # fmt: skip
def find(body: dict[str, Any]) -> Any:
    """Search the documents of cases. Those of a case that have one name are versions of it, the latest in force."""
    return read(search_documents, runtime().clock.now(), wanted(body))


@blp.operation("GET", ONE, permission=READ, parameters=[STORE_DOC, HASH_DOC], returns=BYTES, errors=(404,))
def get_one(document_id: str) -> Response:
    """The document, always as an attachment: what it is said to be is not believed."""
    check_store()
    row, content = read(get_document, document_id, runtime().clock.now(), request.args.get("contentHash"))
    if row.process_instance_key is not None and actor().clearance > NORMAL:
        note_cases([row.process_instance_key])
    return _attachment(row.file_name, content)


def _attachment(name: str, content: bytes) -> Response:
    response = Response(content, content_type="application/octet-stream")
    # RFC 8187: every name in ASCII, so that none can leave the header, and servers pass Thai ones on
    response.headers["Content-Disposition"] = f"attachment; filename*=UTF-8''{quote(name, safe='')}"
    response.headers["Content-Security-Policy"] = "default-src 'none'; sandbox"
    return response


@blp.operation(
    "DELETE", ONE, permission="document:delete", parameters=[STORE_DOC], status=204, errors=(404, 409)
)
def delete(document_id: str) -> None:
    """Take a document away; what a finished case rests on stays until the case is deleted."""
    check_store()
    run(DeleteDocument(document_id))


@blp.operation(
    "PUT",
    ONE + "/access-class",
    permission="document:classify",
    body=ClassBody,
    parameters=[STORE_DOC],
    status=204,
    errors=(404,),
)
def classify(body: dict[str, Any], document_id: str) -> None:
    """Give a document a confidentiality class of its own, not below that of its case."""
    check_store()
    run(ClassifyDocument(document_id, body["accessClass"], body["reason"]))


@blp.operation(
    "POST",
    ONE + "/links",
    permission=READ,
    body=LinkBody,
    parameters=[STORE_DOC, HASH_DOC],
    returns=DocumentLink,
    status=201,
    errors=(404,),
)
def link(body: dict[str, Any], document_id: str) -> Any:
    """Hand out an address that opens the document without signing in, for a time."""
    check_store()
    read(get_document, document_id, runtime().clock.now(), request.args.get("contentHash"))
    made = run_secret(LinkDocument(document_id, body["timeToLive"]))
    return {"url": f"{request.url_root}v2/document-links/{made['token']}", "expiresAt": made["expiresAt"]}


@blp.operation("GET", "/document-links/<string:token>", permission=None, returns=BYTES, errors=(404,))
def follow(token: str) -> Response:
    """The document behind a link. A link that was changed, or whose time is over, leads nowhere."""
    with runtime().database.read() as db:
        row, content = open_link(db, token, runtime().clock.now())
    return _attachment(row.file_name, content)
