"""People, groups and roles from files: the difference first, then all of it or nothing."""

from __future__ import annotations

from marshmallow import Schema, fields

from api.schemas.base import Truth


class KeysOfGroups(Schema):
    added = fields.List(fields.String(), required=True)
    changed = fields.List(fields.String(), required=True)


class AddedAndRemoved(Schema):
    added = fields.List(fields.String(), required=True)
    removed = fields.List(fields.String(), required=True)


class ChangeOfPerson(Schema):
    """Only the facts that become different are there; `active` is true for who becomes active again."""

    account = fields.String(required=True)
    name = fields.String()
    email = fields.String()
    clearance = fields.String()
    active = Truth()
    groups = fields.Nested(AddedAndRemoved)
    roles = fields.Nested(AddedAndRemoved)


class MissingPerson(Schema):
    """Somebody who is not in the file, with the keys of the open tasks."""

    account = fields.String(required=True)
    name = fields.String(required=True)
    openTasks = fields.List(fields.String(), required=True)


class PeopleImport(Schema):
    """What is different, or was. `digest` names exactly this difference: the import that is handed it does nothing when
    there is another by then. `deactivated`: whether those who are missing are, or were, deactivated."""

    groups = fields.Nested(KeysOfGroups, required=True)
    added = fields.List(fields.Nested(ChangeOfPerson), required=True)
    changed = fields.List(fields.Nested(ChangeOfPerson), required=True)
    missing = fields.List(fields.Nested(MissingPerson), required=True)
    deactivated = Truth(required=True)
    digest = fields.String(required=True)
