"""Drafts of processes: made, found, written, checked, published, discarded."""

from __future__ import annotations

from typing import Any

from flask import request

from api.blueprint import Room, argument_doc
from api.context import read, run, runtime
from api.schemas.model_drafts import (
    DraftApprovalBody,
    DraftContent,
    DraftContentBody,
    DraftFindings,
    DraftLayoutBody,
    DraftPublication,
    DraftPublicationBody,
    DraftRejectionBody,
    DraftWritten,
    ModelDraftBody,
    ModelDraftMade,
    ModelDraftResult,
    ModelDraftRevisionResult,
    ModelDraftRevisionSearch,
    ModelDraftSearch,
    OneModelDraft,
    RestorationBody,
)
from api.views import wanted
from engine.commands.decide_publication import ApprovePublication, RejectPublication, WithdrawPublication
from engine.commands.deploy import known_in
from engine.commands.draft_findings import findings_of
from engine.commands.make_model_draft import MakeModelDraft
from engine.commands.publish_model_draft import DiscardModelDraft, PublishModelDraft
from engine.commands.write_draft_file import DeleteDraftFile, DiagramUndrawable, RestoreDraftFile, WriteDraftFile
from engine.layout import LayoutError, layout
from engine.queries.model_drafts import EDIT, get_draft, get_file, get_files, search_drafts, search_history

blp = Room("model drafts", __name__, url_prefix="/v2", description="Processes that are worked on before deployment")
ONE, CONTENT = "/model-drafts/<key:key>", "/model-drafts/<key:key>/files/content"
_PATH = argument_doc("path", "string", "which file")


@blp.operation("POST", "/model-drafts", permission=EDIT, body=ModelDraftBody, returns=ModelDraftMade, status=201,
               errors=(404, 409))  # fmt: skip
def make(body: dict[str, Any]) -> Any:
    """Make a draft: of a version of a process, or an empty one."""
    return run(MakeModelDraft(body["name"], body["processDefinitionId"], body["version"]))


@blp.operation("POST", "/model-drafts/search", permission=EDIT, body=ModelDraftSearch, returns=ModelDraftResult)
def find(body: dict[str, Any]) -> Any:
    """Search the drafts of the processes that one owns, and those that one made from nothing."""
    return read(search_drafts, wanted(body))


@blp.operation("GET", ONE, permission=EDIT, returns=OneModelDraft, errors=(404,))
def get_one(key: int) -> Any:
    """One draft with its files."""
    return read(get_draft, key)


@blp.operation("DELETE", ONE, permission=EDIT, status=204, errors=(404, 409))
def discard(key: int) -> None:
    """Discard a draft; its history stays."""
    run(DiscardModelDraft(key))


@blp.operation(
    "GET", CONTENT, permission=EDIT, returns=DraftContent, errors=(404,),
    parameters=[_PATH, argument_doc("revision", "integer", "as it was at this revision of the draft")],
)  # fmt: skip
def get_content(key: int) -> Any:
    """A file of a draft, as it is or as it was."""
    return read(get_file, key, request.args.get("path"), request.args.get("revision"))


@blp.operation("PUT", CONTENT, permission=EDIT, body=DraftContentBody, returns=DraftWritten, errors=(404, 409))
def put_content(body: dict[str, Any], key: int) -> Any:
    """Write a file of a draft; 409 when somebody else wrote it in the meantime."""
    return run(WriteDraftFile(key, body["path"], body["content"], body["revision"], body["note"]))


@blp.operation(
    "DELETE", CONTENT, permission=EDIT, status=204, errors=(404, 409),
    parameters=[_PATH, argument_doc("revision", "integer", "that of the file as it was read")],
)  # fmt: skip
def delete_content(key: int) -> None:
    """Delete a file of a draft; its history stays."""
    run(DeleteDraftFile(key, request.args.get("path"), request.args.get("revision", type=int)))


@blp.operation("POST", f"{ONE}/files/restoration", permission=EDIT, body=RestorationBody, returns=DraftWritten,
               errors=(404, 409))  # fmt: skip
def restore(body: dict[str, Any], key: int) -> Any:
    """Make a file again what it was at a revision."""
    return run(RestoreDraftFile(key, body["path"], body["to"], body["revision"]))


@blp.operation("POST", f"{ONE}/files/layout", permission=EDIT, body=DraftLayoutBody, returns=DraftWritten,
               errors=(404, 409))  # fmt: skip
def lay_out(body: dict[str, Any], key: int) -> Any:
    """Draw a diagram of a draft anew, from left to right; nothing else in it changes. As it was before is in its
    history."""
    path, revision = body["path"], body["revision"]
    found = read(get_file, key, path, str(revision))
    try:
        drawn = layout(found["content"].encode())
    except LayoutError as error:
        raise DiagramUndrawable(f"{path}: {error}", path=path) from error
    return run(WriteDraftFile(key, path, drawn.decode(), revision, "laid out"))


@blp.operation("POST", f"{ONE}/history/search", permission=EDIT, body=ModelDraftRevisionSearch,
               returns=ModelDraftRevisionResult, errors=(404,))  # fmt: skip
def history(body: dict[str, Any], key: int) -> Any:
    """Search the history of a draft: who wrote which file when."""
    return read(search_history, key, wanted(body))


@blp.operation("POST", f"{ONE}/check", permission=EDIT, returns=DraftFindings, errors=(404,))
def check(key: int) -> Any:
    """What deployment would say of the files of a draft; nothing is deployed."""
    files = read(get_files, key)
    with runtime().database.read() as db:
        known = known_in(db, runtime().bus.services.definitions, runtime().clock.now())
        return {"findings": findings_of(files, known)}


@blp.operation("POST", f"{ONE}/publication", permission=EDIT, body=DraftPublicationBody, returns=DraftPublication,
               errors=(404, 409))  # fmt: skip
def publish(body: dict[str, Any], key: int) -> Any:
    """Deploy all files of a draft together, all or nothing; needs `deployment:create` for every process in it."""
    return run(PublishModelDraft(key, body["revision"], body["reason"]))


@blp.operation("POST", f"{ONE}/publication/approval", permission=EDIT, body=DraftApprovalBody,
               returns=DraftPublication, errors=(404, 409))  # fmt: skip
def approve(body: dict[str, Any], key: int) -> Any:
    """Approve what another asked to publish: it is deployed. Needs `deployment:create` as publication does."""
    return run(ApprovePublication(key, body["revision"]))


@blp.operation("POST", f"{ONE}/publication/rejection", permission=EDIT, body=DraftRejectionBody, status=204,
               errors=(404, 409))  # fmt: skip
def reject(body: dict[str, Any], key: int) -> None:
    """Send what another asked to publish back to work, with the reason."""
    run(RejectPublication(key, body["reason"]))


@blp.operation("POST", f"{ONE}/publication/withdrawal", permission=EDIT, status=204, errors=(404, 409))
def withdraw(key: int) -> None:
    """Take back one's own request to publish."""
    run(WithdrawPublication(key))
