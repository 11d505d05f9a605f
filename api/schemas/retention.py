"""Which cases have been kept as long as they must be."""

from __future__ import annotations

from marshmallow import Schema, fields, validate

from api.schemas.base import Page, Truth, Whole, key, moment


class RetentionPage(Schema):
    """`after` is the endCursor of the page before."""

    limit = Whole(load_default=50, validate=validate.Range(min=1, max=200))
    after = key(load_default=None, allow_none=True)


class RetentionBody(Schema):
    page = fields.Nested(RetentionPage, load_default=dict)


class KeptCase(Schema):
    """A case, called by none, the time of which is over. `cases` and `events` count what it called, too; on legal hold
    it stays."""

    processInstanceKey = key(required=True)
    processDefinitionId = fields.String(required=True)
    cases = Whole(required=True)
    events = Whole(required=True)
    endDate = moment(required=True)
    keptUntil = moment(required=True)
    held = Truth(required=True)


class RetentionPreview(Schema):
    """`defaultPeriod` is how long cases of processes are kept that do not say."""

    items = fields.List(fields.Nested(KeptCase), required=True)
    page = fields.Nested(Page, required=True)
    defaultPeriod = fields.String(required=True)
