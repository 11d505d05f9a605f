"""Groups and people."""

from __future__ import annotations

from marshmallow import Schema, fields, validate

from api.schemas.base import Truth, result_of, schema_of, search_of
from engine.queries.directory import GROUP, USER

GroupSearch = search_of(GROUP)
GroupResult = result_of(schema_of(GROUP), "Group")
UserSearch = search_of(USER)
UserResult = result_of(schema_of(USER), "User")

_MOST = 200


class NamesBody(Schema):
    """The user names of at most 200 accounts."""

    usernames = fields.List(
        fields.String(validate=validate.Length(min=1, max=256)), required=True, validate=validate.Length(max=_MOST)
    )


class NameOfUser(Schema):
    """What an account is called; one that is not `active` is of somebody who left."""

    username = fields.String(required=True)
    name = fields.String(required=True)
    active = Truth(required=True)


class NamesResult(Schema):
    items = fields.List(fields.Nested(NameOfUser), required=True)
