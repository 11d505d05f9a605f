"""Drafts of processes."""

from __future__ import annotations

from typing import Any

from marshmallow import Schema, fields, validate

from api.schemas.base import Truth, Whole, Words, key, moment, result_of, schema_of, search_of
from api.schemas.definitions import Deployment
from engine.commands.model_drafts import LONGEST_NAME, LONGEST_NOTE
from engine.commands.second_person import LONGEST, SHORTEST
from engine.model.draft_files import KINDS, MAX_PATH
from engine.queries.model_drafts import DRAFT, REVISION

LARGEST_REVISION = 1 << 30

ModelDraft = schema_of(DRAFT)
ModelDraftSearch = search_of(DRAFT)
ModelDraftResult = result_of(ModelDraft, "ModelDraft")
ModelDraftRevision = schema_of(REVISION)
ModelDraftRevisionSearch = search_of(REVISION)
ModelDraftRevisionResult = result_of(ModelDraftRevision, "ModelDraftRevision")


def _revision(**options: Any) -> Whole:
    return Whole(validate=validate.Range(min=0, max=LARGEST_REVISION), **options)


def draft_path() -> fields.String:
    """Which file of a draft."""
    return fields.String(required=True, validate=validate.Length(min=1, max=MAX_PATH))


class DraftBasis(Schema):
    """The version that it began with, and the newest that there is by now."""

    processDefinitionId = fields.String(required=True)
    version = Whole(required=True)
    newestVersion = Whole(required=True, allow_none=True)


class DraftFile(Schema):
    """A file; `revision` is the revision of the draft that wrote it last."""

    path = fields.String(required=True)
    kind = fields.String(required=True, validate=validate.OneOf(sorted(set(KINDS.values()))))
    bytes = Whole(required=True)
    revision = Whole(required=True)
    updatedBy = fields.String(required=True)
    updatedAt = moment(required=True)


class OneModelDraft(ModelDraft):  # type: ignore[misc, valid-type]  # that class is made from the noun
    """A draft with its files."""

    basedOn = fields.Nested(DraftBasis, required=True, allow_none=True)
    files = fields.List(fields.Nested(DraftFile), required=True)


class ModelDraftBody(Schema):
    """With a process, all its files at that version (the newest); without, a diagram with a start and an end."""

    name = fields.String(required=True, validate=validate.Length(min=1, max=LONGEST_NAME))
    processDefinitionId = fields.String(load_default=None, allow_none=True, validate=validate.Length(min=1, max=256))
    version = Whole(load_default=None, allow_none=True, validate=validate.Range(min=1, max=LARGEST_REVISION))


class ModelDraftMade(Schema):
    draftKey = key(required=True)


class DraftContent(Schema):
    """A file with its text."""

    path = fields.String(required=True)
    content = fields.String(required=True)
    revision = Whole(required=True)


class DraftContentBody(Schema):
    """`revision` is that of the file as it was read, null for a new file."""

    path = draft_path()
    content = fields.String(required=True)
    revision = _revision(required=True, allow_none=True)
    note = fields.String(load_default=None, allow_none=True, validate=validate.Length(max=LONGEST_NOTE))


class DraftWritten(Schema):
    path = fields.String(required=True)
    revision = Whole(required=True)


class RestorationBody(Schema):
    """`to` is the revision that the file is to be as; `revision` as in DraftContentBody."""

    path = draft_path()
    to = _revision(required=True)
    revision = _revision(required=True, allow_none=True)


class DraftLayoutBody(Schema):
    """`revision` is that of the diagram as it was read."""

    path = draft_path()
    revision = _revision(required=True)


class KnownVariablesBody(Schema):
    """A flow node or a sequence flow of a diagram of the draft."""

    elementId = fields.String(required=True, validate=validate.Length(min=1, max=256))


class KnownVariable(Schema):
    """`type` is the kind of form field that fills it in, "" where none does; `source` the element that writes it; `own`
    says that the element asked for does so itself."""

    name = fields.String(required=True)
    type = fields.String(required=True)
    label = fields.Nested(Words, required=True)
    sourceElementId = fields.String(required=True)
    source = fields.Nested(Words, required=True)
    own = Truth(required=True)


class KnownVariables(Schema):
    variables = fields.List(fields.Nested(KnownVariable), required=True)


class DraftFinding(Schema):
    """What deployment would say; `path` is - for what is about the files as a whole."""

    code = fields.String(required=True)
    severity = fields.String(required=True, validate=validate.OneOf(["ERROR", "WARNING"]))
    path = fields.String(required=True)
    elementId = fields.String(required=True, allow_none=True)
    line = Whole(required=True, allow_none=True)
    message = fields.Nested(Words, required=True)


class DraftFindings(Schema):
    findings = fields.List(fields.Nested(DraftFinding), required=True)


class DraftPublicationBody(Schema):
    """`revision` is that of the draft as it was read."""

    revision = _revision(required=True)
    reason = fields.String(required=True, validate=validate.Length(min=SHORTEST, max=LONGEST))


class DraftPublication(Deployment):
    """Without deploymentKey nothing is deployed yet: a second person has to approve it."""

    deploymentKey = key(required=True, allow_none=True)
    draftKey = key(required=True)
    state = fields.String(required=True)


class DraftApprovalBody(Schema):
    """`revision` is that of the draft as it was read."""

    revision = _revision(required=True)


class DraftRejectionBody(Schema):
    reason = fields.String(required=True, validate=validate.Length(min=SHORTEST, max=LONGEST))
