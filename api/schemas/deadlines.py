"""The register of deadlines."""

from __future__ import annotations

from marshmallow import INCLUDE, Schema, fields, validate

from api.schemas.base import Truth, Whole, Words, key, moment, result_of, schema_of, search_of
from engine.queries.deadlines import DEADLINE, RECORD

STATES = ("RUNNING", "KEPT", "MISSED", "LATE", "OUT_OF_TERM", "CANCELLED")
_SEVERAL = {"type": "array", "items": {"type": "string"}}


class DeadlineWarning(Schema):
    """When people were told that it comes, and who: one recipient by name, or several."""

    at = moment(required=True)
    to = fields.Raw(required=True, metadata={"oneOf": [{"type": "string"}, _SEVERAL]})


_NAMES = {name: fields.Nested(Words, required=True) for name in ("text", "legalBasis", "processName", "act")}
_TOLD = fields.List(fields.Nested(DeadlineWarning), required=True)
Deadline = schema_of(DEADLINE, warnings=_TOLD, **_NAMES)
DeadlineSearch = search_of(DEADLINE)
DeadlineResult = result_of(Deadline, "Deadline")


class DeadlineFact(Schema):
    """A variable as it was, what its field is called, and for a choice the words of the option."""

    name = fields.String(required=True)
    label = fields.Nested(Words, required=True)
    value = fields.Raw(required=True, allow_none=True)
    shown = fields.Nested(Words, required=True)


class DeadlineDocument(Schema):
    """A document that a record rests on; of one above one's class there is a mask alone."""

    class Meta:
        unknown = INCLUDE

    documentId = fields.String()
    fileName = fields.String()


DeadlineRecord = schema_of(
    RECORD,
    facts=fields.List(fields.Nested(DeadlineFact)),
    document=fields.Nested(DeadlineDocument, allow_none=True),
)
DeadlineDetails = type(
    "DeadlineDetails",
    (Deadline,),
    {
        "records": fields.List(fields.Nested(DeadlineRecord), required=True),
        "actions": fields.List(
            fields.String(metadata={"enum": ["extend", "supplement"]}),
            required=True,
            metadata={"description": "what one may do about it as it stands"},
        ),
    },
)


class CaseDeadlines(Schema):
    """The deadlines of a case, in the order in which they began."""

    items = fields.List(fields.Nested(DeadlineDetails), required=True)


class DeadlineCountsBody(Schema):
    """`filter` as of the search."""

    filter = DeadlineSearch().fields["filter"]


class DeadlineCount(Schema):
    state = fields.String(required=True, metadata={"enum": list(STATES)})
    open = Truth(required=True, metadata={"description": "whether its act is still waited for"})
    count = Whole(required=True)


class DeadlineCounts(Schema):
    items = fields.List(fields.Nested(DeadlineCount), required=True)


class ExtensionBody(Schema):
    """To when a deadline is extended, why, and the document of the case that this rests on."""

    dueDate = moment(required=True)
    reason = fields.String(required=True, validate=validate.Length(min=1, max=4_000))
    documentId = fields.String(load_default=None, allow_none=True, validate=validate.Length(min=1, max=64))


class SupplementBody(Schema):
    """What emerged, when (now, if it is left out), and the document of the case that tells of it."""

    text = fields.String(required=True, validate=validate.Length(min=1, max=4_000))
    happenedAt = moment(load_default=None, allow_none=True)
    documentId = fields.String(load_default=None, allow_none=True, validate=validate.Length(min=1, max=64))


class Supplemented(Schema):
    deadlineRecordKey = key(required=True)
