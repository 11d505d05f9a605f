"""People, groups and roles imported from files: a preview of what would change, and the import itself."""

from __future__ import annotations

from typing import Any

from flask import request

from api.blueprint import Room
from api.context import run
from api.schemas.people_imports import PeopleImport
from engine.commands.import_people import ImportPeople, check_names, decoded, digest_of
from engine.errors import InvalidArgument

blp = Room("people imports", __name__, url_prefix="/v2", description="People, groups and roles from files")
LARGEST_UPLOAD = 16 << 20  # bytes of all parts
MOST_FILES = 2
LONGEST_DIGEST = 64
_MULTIPART = {
    "required": True,
    "content": {
        "multipart/form-data": {
            "schema": {
                "type": "object",
                "required": ["files"],
                "properties": {
                    "files": {"type": "array", "items": {"type": "string", "format": "binary"}, "maxItems": MOST_FILES},
                    "deactivateMissing": {"type": "string", "enum": ["true", "false"]},
                    "digest": {"type": "string", "maxLength": LONGEST_DIGEST},
                },
            }
        }
    },
}
MANAGE = "people:manage"


@blp.operation(
    "POST", "/people-imports/preview", permission=MANAGE, request_body=_MULTIPART, returns=PeopleImport,
    errors=(400, 413),
)  # fmt: skip
def preview() -> Any:
    """What an import of groups.csv and people.csv (or of one YAML file) would change; nothing is done."""
    files, missing = _sent()
    return _answer(run(ImportPeople(files, missing, dry_run=True)))


@blp.operation(
    "POST", "/people-imports", permission=MANAGE, request_body=_MULTIPART, returns=PeopleImport, errors=(400, 409, 413)
)
def carry_out() -> Any:
    """Import them: all or nothing. With the `digest` of a preview, nothing is done when it would be something else."""
    files, missing = _sent()
    digest = request.form.get("digest")
    if digest is not None and len(digest) > LONGEST_DIGEST:
        raise InvalidArgument(f"digest has at most {LONGEST_DIGEST} characters")
    return _answer(run(ImportPeople(files, missing, expected=digest)))


def _answer(told: dict[str, Any]) -> dict[str, Any]:
    return told | {"digest": digest_of(told)}


def _sent() -> tuple[tuple[tuple[str, str], ...], bool]:
    """The files, by name, and whether who is missing in them is deactivated. Raises InvalidArgument, ImportRefused."""
    request.max_content_length = LARGEST_UPLOAD
    request.max_form_parts = MOST_FILES + 2
    if request.mimetype != "multipart/form-data":
        raise InvalidArgument("send the files as multipart/form-data, in parts named files")
    if (set(request.files) | set(request.form)) - {"files", "deactivateMissing", "digest"}:
        raise InvalidArgument("an import has parts named files, deactivateMissing and digest")
    missing = request.form.get("deactivateMissing", "false")
    if missing not in ("true", "false"):
        raise InvalidArgument("deactivateMissing is true or false")
    sent = [(file.filename or "", file.stream.read()) for file in request.files.getlist("files")]
    check_names([name for name, _ in sent])
    return tuple((name, decoded(name, content)) for name, content in sent), missing == "true"
