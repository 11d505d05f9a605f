"""User tasks."""

from __future__ import annotations

from typing import Any

from marshmallow import Schema, fields, validate

from api.schemas.base import Truth, Whole, moment, reference, result_of, schema_of, search_of, texts, variables
from engine.queries.inbox_lists import COUNTED_VIEWS, VIEWS
from engine.queries.tasks import USER_TASK

# read, snoozedUntil: what who asks marked for himself or herself
UserTask = schema_of(USER_TASK, read=Truth(), snoozedUntil=moment(allow_none=True))
_Search = search_of(USER_TASK)
UserTaskResult = result_of(UserTask, "UserTask")


class UserTaskSearch(_Search):  # type: ignore[misc, valid-type]
    """The filter `view` chooses one list of the inbox."""

    class Meta:
        description = f"filter.view is one of {', '.join(VIEWS)}"


def _action() -> fields.String:
    return fields.String(load_default=None, allow_none=True, validate=validate.Length(max=256))


class AssignmentBody(Schema):
    assignee = fields.String(required=True, validate=validate.Length(min=1, max=256))
    allowOverride = Truth(load_default=True, allow_none=True)
    action = _action()
    operationReference = reference()


class CompletionBody(Schema):
    variables = variables()
    action = _action()
    operationReference = reference()


def _members(**options: Any) -> fields.List[Any]:
    return texts(allow_none=True, validate=validate.Length(max=100), **options)


class Changeset(Schema):
    """What is null or absent stays; an empty text or list clears."""

    candidateGroups = _members()
    candidateUsers = _members()
    dueDate = moment(allow_none=True)
    followUpDate = moment(allow_none=True)
    priority = Whole(allow_none=True, validate=validate.Range(0, 100))


class UpdateBody(Schema):
    changeset = fields.Nested(Changeset, load_default=dict, allow_none=True)
    action = _action()
    operationReference = reference()


class DraftBody(Schema):
    """`basedOn` is the `savedAt` of the draft that this goes on from, null where there was none: then another that was
    saved meanwhile is not replaced. Without it any is."""

    variables = fields.Dict(required=True)
    basedOn = moment(allow_none=True)


class DraftSaved(Schema):
    savedAt = moment(required=True)


class Draft(Schema):
    variables = fields.Dict(required=True)
    savedAt = moment(required=True)


class WaiverBody(Schema):
    reason = fields.String(required=True, validate=validate.Length(min=1, max=4_000))


class MarkBody(Schema):
    """What is absent stays. `snoozedUntil` lies ahead, at most a year; null ends it."""

    read = Truth()
    snoozedUntil = moment(allow_none=True)


class InboxCount(Schema):
    """How many tasks one list has; `more`: there are more than that."""

    view = fields.String(required=True, validate=validate.OneOf(COUNTED_VIEWS))
    count = Whole(required=True)
    more = Truth(required=True)


class InboxCounts(Schema):
    items = fields.List(fields.Nested(InboxCount), required=True)
