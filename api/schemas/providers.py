"""Identity providers."""

from __future__ import annotations

from marshmallow import Schema, fields


class ProviderItem(Schema):
    """A provider, and what its button says."""

    id = fields.String(required=True)
    th = fields.String(required=True)
    en = fields.String(required=True)


class ProviderList(Schema):
    """In the order of the configuration."""

    items = fields.List(fields.Nested(ProviderItem), required=True)
