"""Documents out of a multipart request: files, and what is said of each."""

from __future__ import annotations

import logging
from typing import Any

from flask import current_app, request
from werkzeug.datastructures import FileStorage
from werkzeug.exceptions import UnsupportedMediaType

from api.blueprint import load_object
from api.jsonbody import parse_json
from api.schemas.documents import DocumentMetadataBody
from api.views import optional_key
from engine.commands.create_document import LARGEST, CreateDocument
from engine.commands.documents import STORE
from engine.errors import Busy, InvalidArgument
from engine.ports import Scanner
from engine.queries.filters import read_moment

LOG = logging.getLogger("krabuan.security")
LARGEST_UPLOAD = 64 << 20  # bytes of one request
MOST_FILES = 50
_METADATA = DocumentMetadataBody()


class Malicious(InvalidArgument):
    """The virus scanner knows this file as malicious; it was not taken in."""

    code = "malicious-file"
    th = "โปรแกรมตรวจไวรัสพบว่าไฟล์นี้เป็นอันตราย ระบบจึงไม่รับไฟล์"


class NoScanner(Busy):
    """Files cannot be checked for viruses just now, so none is taken in; try again later."""

    code = "no-scanner"
    th = "ขณะนี้ตรวจไวรัสในไฟล์ไม่ได้ ระบบจึงยังไม่รับไฟล์ โปรดลองใหม่ภายหลัง"


def documents(files_part: str, metadata_part: str) -> list[CreateDocument]:
    """The documents that the request hands in. Each metadata part is a JSON object, or a list of them; they stand in
    the order of the files. Raises InvalidArgument, UnsupportedMediaType."""
    request.max_content_length = LARGEST_UPLOAD
    if request.mimetype != "multipart/form-data":
        raise UnsupportedMediaType("send the files as multipart/form-data")
    if (set(request.files) | set(request.form)) - {files_part, metadata_part}:
        raise InvalidArgument(f"the parts are named {files_part} and {metadata_part}")
    check_store()
    files = request.files.getlist(files_part)
    if not 1 <= len(files) <= MOST_FILES:
        raise InvalidArgument(f"there are 1 to {MOST_FILES} files, in parts named {files_part}")
    said = _objects(metadata_part)
    if said and len(said) != len(files):
        raise InvalidArgument(f"{metadata_part}: one for each file, in their order")
    return [_document(file, said[i] if said else {}) for i, file in enumerate(files)]


def scan(document: CreateDocument) -> None:
    """Raise Malicious for a file that the virus scanner knows, NoScanner when it does not answer. Outside of any
    transaction, as it takes a while; an office without a scanner takes every file."""
    scanner: Scanner | None = current_app.extensions.get("krabuan-scanner")
    if scanner is None or len(document.content) > LARGEST:  # one that is too large is refused anyway
        return
    try:
        found = scanner.scan(document.content)
    except OSError as error:
        LOG.error("no scanner of files: %s", error)
        raise NoScanner() from None
    if found is not None:
        LOG.warning("a malicious file was refused: %s", found)
        raise Malicious(fileName=document.file_name)


def check_store() -> None:
    """There is one store; whoever names another is told so. Raises InvalidArgument."""
    if request.args.get("storeId", STORE) != STORE:
        raise InvalidArgument(f"storeId: there is one store, {STORE}")


def _objects(part: str) -> list[dict[str, Any]]:
    """What stands in the parts of this name, whether they were sent as fields or as files."""
    texts = [text.encode() for text in request.form.getlist(part)]
    texts += [file.stream.read(1 << 20) for file in request.files.getlist(part)]
    found: list[Any] = []
    for value in map(parse_json, texts):
        found += value if isinstance(value, list) else [value]
    if not all(isinstance(one, dict) for one in found):
        raise InvalidArgument(f"{part} is a JSON object")
    return found


def _document(file: FileStorage, said: dict[str, Any]) -> CreateDocument:
    known = load_object(_METADATA, said)
    content = file.stream.read(LARGEST + 1)
    if known["size"] is not None and known["size"] != len(content) <= LARGEST:
        raise InvalidArgument(f"size: the document has {len(content)} bytes")
    expires = known["expiresAt"]
    return CreateDocument(
        known["fileName"] or file.filename or "document",
        content,
        known["contentType"] or file.mimetype or "application/octet-stream",
        process_instance_key=optional_key(known, "processInstanceKey"),
        process_id=known["processDefinitionId"],
        expires_at=None if expires is None else read_moment("expiresAt", expires),
        custom_properties=known["customProperties"] or {},
        access_class=known["accessClass"],
        task_key=optional_key(known, "userTaskKey"),
    )
