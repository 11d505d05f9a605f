"""Deployments, and what of them can be deleted."""

from __future__ import annotations

import re
from typing import Any

from flask import request
from werkzeug.datastructures import FileStorage

from api.blueprint import Room
from api.context import run
from api.schemas.definitions import DeletionAnswer, DeletionBody, Deployment
from api.views import TENANT
from engine.commands.checking import MAX_RESOURCES
from engine.commands.checking import Resource as Upload
from engine.commands.delete_resource import DeleteResource
from engine.commands.deploy import Deploy
from engine.errors import InvalidArgument

blp = Room("resources", __name__, url_prefix="/v2", description="Deploy diagrams, decisions and forms")

LARGEST_UPLOAD = 32 << 20
LARGEST_FILE = 8 << 20
_CONTROL = re.compile(r"[\x00-\x1f\x7f\ud800-\udfff]")
_MULTIPART = {
    "required": True,
    "content": {
        "multipart/form-data": {
            "schema": {
                "type": "object",
                "required": ["resources"],
                "properties": {
                    "resources": {"type": "array", "items": {"type": "string", "format": "binary"}},
                    "tenantId": {"type": "string"},
                },
            }
        }
    },
}


@blp.operation(
    "POST", "/deployments", permission="deployment:create", request_body=_MULTIPART, returns=Deployment,
    errors=(409, 413),
)  # fmt: skip
def deploy() -> Any:
    """Deploy files together, all or nothing; every fault of every file is told at once.

    What only may be wrong is told in `warnings`, and with the faults of a refusal; each has its `severity`.
    """
    request.max_content_length = LARGEST_UPLOAD
    request.max_form_parts = MAX_RESOURCES + 2
    if request.mimetype != "multipart/form-data":
        raise InvalidArgument("send the files as multipart/form-data, in parts named resources")
    unknown = (set(request.files) | set(request.form)) - {"resources", "tenantId"}
    if unknown or request.form.get("tenantId", "<default>") != "<default>":
        raise InvalidArgument("a deployment has parts named resources, and nothing else")
    files = request.files.getlist("resources")
    if not 1 <= len(files) <= MAX_RESOURCES:
        raise InvalidArgument(f"a deployment has 1 to {MAX_RESOURCES} files in parts named resources")
    return {**TENANT, **run(Deploy(tuple(_upload(file) for file in files)))}


def _upload(file: FileStorage) -> Upload:
    name = file.filename or ""
    if not 1 <= len(name) <= 512 or _CONTROL.search(name):
        raise InvalidArgument("every file needs a name of up to 512 characters")
    content = file.stream.read(LARGEST_FILE + 1)
    if len(content) > LARGEST_FILE:
        raise InvalidArgument(f"{name}: a file has at most {LARGEST_FILE >> 20} MiB")
    return Upload(name, content)


@blp.operation(
    "POST",
    "/resources/<key:key>/deletion",
    permission="resource:delete",
    body=DeletionBody,
    returns=DeletionAnswer,
    errors=(404, 409),
)
def delete(body: dict[str, Any], key: int) -> Any:
    """Delete a deployed file, as long as nothing that runs needs it."""
    return run(DeleteResource(key, bool(body["deleteHistory"])))
