"""Documents: what is said of one when it is handed in, and how it is shown."""

from __future__ import annotations

from marshmallow import Schema, fields, validate

from api.schemas.base import Whole, key, moment, result_of, schema_of, search_of
from engine.model.access import SHOWN
from engine.queries.documents import DOCUMENT

CaseDocument = schema_of(DOCUMENT)
CaseDocumentSearch = search_of(DOCUMENT)
CaseDocumentResult = result_of(CaseDocument, "CaseDocument")


class DocumentMetadataBody(Schema):
    """What the uploader says of a document; `size`, if it is there, must be its size. With `userTaskKey` it is attached
    to the form of this task, there for who fills that in, and handed in to the case when the task is completed."""

    contentType = fields.String(load_default=None, allow_none=True)
    fileName = fields.String(load_default=None, allow_none=True)
    expiresAt = moment(load_default=None, allow_none=True)
    size = Whole(load_default=None, allow_none=True)
    processDefinitionId = fields.String(load_default=None, allow_none=True, validate=validate.Length(min=1, max=256))
    processInstanceKey = key(load_default=None, allow_none=True)
    userTaskKey = key(load_default=None, allow_none=True)
    customProperties = fields.Dict(load_default=None, allow_none=True)
    accessClass = fields.String(load_default=None, allow_none=True, validate=validate.OneOf(SHOWN))


class DocumentMetadata(Schema):
    contentType = fields.String(required=True)
    fileName = fields.String(required=True)
    expiresAt = moment(required=True, allow_none=True)
    size = Whole(required=True)
    processDefinitionId = fields.String(required=True, allow_none=True)
    processInstanceKey = key(required=True, allow_none=True)
    customProperties = fields.Dict(required=True)
    accessClass = fields.String(required=True, validate=validate.OneOf(SHOWN))
    userTaskKey = key()


class _Document(Schema):
    """A reference to a document, to be kept in variables; `contentHash` is the SHA-256 of its content."""

    storeId = fields.String(required=True)
    documentId = fields.String(required=True)
    contentHash = fields.String(required=True)
    metadata = fields.Nested(DocumentMetadata, required=True)


Document = type(
    "Document", (_Document,), {"camunda.document.type": fields.String(required=True), "__doc__": _Document.__doc__}
)


class FailedDocument(Schema):
    """A file that was not taken, and why."""

    fileName = fields.String(required=True)
    status = Whole(required=True)
    title = fields.String(required=True)
    detail = fields.String(required=True)


class Documents(Schema):
    """What was taken and what not; 207 when some were not."""

    createdDocuments = fields.List(fields.Nested(Document), required=True)
    failedDocuments = fields.List(fields.Nested(FailedDocument), required=True)


class LinkBody(Schema):
    """How long the link is good, in milliseconds; an hour if it is left out, seven days at most."""

    timeToLive = Whole(load_default=None, allow_none=True)


class DocumentLink(Schema):
    """Whoever has the address can read the document until then."""

    url = fields.String(required=True)
    expiresAt = moment(required=True)
