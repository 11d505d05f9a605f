"""The catalogue of what a person may start."""

from __future__ import annotations

from marshmallow import INCLUDE, Schema, fields

from api.schemas.base import Page, PageWanted, Truth, Whole, Words, key, moment


class NamedGroup(Schema):
    key = fields.String(required=True)
    name = fields.Nested(Words, required=True)


class OwnerUnit(NamedGroup):
    """A unit that owns processes which one may start, and how many."""

    processes = Whole(required=True)


class StandardLength(Schema):
    """A length (ISO 8601) on one of the calendars of standard times."""

    calendar = fields.String(required=True)
    duration = fields.String(required=True)


class ExpectedDuration(Schema):
    """PAST: the median of `cases` completed cases, in seconds. STANDARD: the standard times along the longest path."""

    basis = fields.String(required=True, metadata={"enum": ["PAST", "STANDARD", "NONE"]})
    seconds = Whole(required=True, allow_none=True)
    cases = Whole(required=True)
    standard = fields.List(fields.Nested(StandardLength), required=True)


class StartNeed(Schema):
    """What the start form asks for."""

    key = fields.String(required=True)
    label = fields.Nested(Words, required=True)
    required = Truth(required=True)
    file = Truth(required=True)


class CatalogueEntry(Schema):
    """One process. `participants` are the groups that its diagram names for tasks."""

    processDefinitionKey = key(required=True)
    processDefinitionId = fields.String(required=True)
    version = Whole(required=True)
    name = fields.Nested(Words, required=True)
    description = fields.Nested(Words, required=True)
    ownerUnit = fields.Nested(NamedGroup, required=True, allow_none=True)
    expected = fields.Nested(ExpectedDuration, required=True)
    needs = fields.List(fields.Nested(StartNeed), required=True)
    participants = fields.List(fields.Nested(NamedGroup), required=True)
    favourite = Truth(required=True)
    lastStartedAt = moment(required=True, allow_none=True)


class CatalogueFilter(Schema):
    """`text` is looked for in names, descriptions and owners; with `recent` the one started last comes first."""

    text = fields.Raw()
    ownerUnit = fields.Raw()
    favourite = fields.Raw()
    recent = fields.Raw()


class CatalogueSearch(Schema):
    filter = fields.Nested(CatalogueFilter, load_default=dict)
    page = fields.Nested(PageWanted, unknown=INCLUDE, load_default=dict)


class CatalogueResult(Schema):
    items = fields.List(fields.Nested(CatalogueEntry), required=True)
    page = fields.Nested(Page, required=True)
    units = fields.List(fields.Nested(OwnerUnit), required=True)
