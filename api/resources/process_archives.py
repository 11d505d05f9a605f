"""Whole processes as one zip archive: taken out, and brought in as a draft."""

from __future__ import annotations

from typing import Any

from flask import Response, request
from werkzeug.datastructures import FileStorage

from api.blueprint import Room
from api.context import read, run, runtime
from api.schemas.model_drafts import ModelDraftMade
from engine.commands.draft_archives import LARGEST_ARCHIVE, packed, read_uploads
from engine.commands.draft_sources import files_of_version
from engine.commands.import_model_draft import ImportModelDraft
from engine.commands.model_drafts import LONGEST_NAME, MOST_FILES, check_name
from engine.errors import InvalidArgument
from engine.queries.definitions import PROCESS_DEFINITION, get_definition
from engine.queries.model_drafts import EDIT, get_files, may_begin

blp = Room("process archives", __name__, url_prefix="/v2", description="Whole processes as files to take along")
ZIP = "application/zip"
LARGEST_UPLOAD = 36 << 20  # bytes, of all parts
_ARCHIVE: dict[str, Any] = {ZIP: {"schema": {"type": "string", "format": "binary"}}}
_MULTIPART = {
    "required": True,
    "content": {
        "multipart/form-data": {
            "schema": {
                "type": "object",
                "required": ["files"],
                "properties": {
                    "files": {"type": "array", "items": {"type": "string", "format": "binary"}},
                    "name": {"type": "string", "maxLength": LONGEST_NAME},
                },
            }
        }
    },
}


@blp.operation("GET", "/model-drafts/<key:key>/archive", permission=EDIT, returns=_ARCHIVE, errors=(404,))
def of_draft(key: int) -> Response:
    """All files of a draft as a zip archive, under their paths."""
    return _archive(read(get_files, key), f"draft-{key}.zip")


@blp.operation(
    "GET", "/process-definitions/<key:key>/archive", permission="definition:read", returns=_ARCHIVE, errors=(404,)
)
def of_version(key: int) -> Response:
    """All files of a deployed version of a process as a zip archive, under their paths."""
    found = read(get_definition, PROCESS_DEFINITION, key)
    with runtime().database.read() as db:
        of = found["processDefinitionId"], found["version"]
        _, files = files_of_version(db, runtime().bus.services.definitions, *of)
    return _archive(files, f"process-{key}.zip")


@blp.operation("POST", "/model-drafts/import", permission=EDIT, request_body=_MULTIPART, returns=ModelDraftMade,
               status=201, errors=(409, 413))  # fmt: skip
def bring_in() -> Any:
    """Make a draft of one zip archive, or of single files; all or nothing."""
    request.max_content_length = LARGEST_UPLOAD
    request.max_form_parts = MOST_FILES + 2
    read(may_begin)
    if request.mimetype != "multipart/form-data":
        raise InvalidArgument("send the files as multipart/form-data, in parts named files")
    if (set(request.files) | set(request.form)) - {"files", "name"}:
        raise InvalidArgument("an import has parts named files, and one named name")
    uploads = [(file.filename or "", file.stream.read(LARGEST_ARCHIVE + 1)) for file in _files()]
    source = uploads[0][0] if len(uploads) == 1 else f"{len(uploads)} files"
    name = check_name(request.form.get("name") or uploads[0][0].rpartition(".")[0] or source)
    return run(ImportModelDraft(name, tuple(read_uploads(uploads)), source))


def _files() -> list[FileStorage]:
    files = request.files.getlist("files")
    if not 1 <= len(files) <= MOST_FILES:
        raise InvalidArgument(f"an import has 1 to {MOST_FILES} files in parts named files")
    return files


def _archive(files: list[tuple[str, str]], name: str) -> Response:
    response = Response(packed(files), content_type=ZIP)
    response.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    return response
