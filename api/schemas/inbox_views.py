"""Saved views of the inbox."""

from __future__ import annotations

from typing import Any

from marshmallow import Schema, fields, validate

from api.schemas.base import Truth, Whole, key
from engine.commands.inbox_views import LONGEST_NAME, MOST_VIEWS
from engine.queries.inbox_lists import VIEWS
from engine.queries.words import LONGEST_WORDS

COLUMNS = ("process", "case", "assignee", "unit", "due", "priority", "created", "followUp")
GROUPINGS = ("none", "process", "due", "case")
SORTS = ("due", "newest", "priority")
DUE = ("today", "week", "none")
MOST_VARIABLES = 5


def _name(longest: int = 256) -> fields.String:
    return fields.String(validate=validate.Length(min=1, max=longest))


def _one_of(choices: tuple[str, ...], **options: Any) -> fields.String:
    return fields.String(validate=validate.OneOf(choices), metadata={"enum": list(choices)}, **options)


class InboxVariable(Schema):
    """A variable of the case and the value that it has: text, a number, true or false as people write them."""

    name = fields.String(required=True, validate=validate.Length(min=1, max=256))
    value = fields.String(required=True, validate=validate.Length(max=256))


class InboxFilter(Schema):
    """What is absent narrows nothing. `due`: on this day of the office, within seven days from it, or no due date;
    `followUp`: tasks with a follow-up date alone."""

    text = _name(LONGEST_WORDS)
    process = _name()
    unit = _name()
    businessId = _name()
    due = _one_of(DUE)
    urgent = Truth()
    unread = Truth()
    followUp = Truth()
    variables = fields.List(fields.Nested(InboxVariable), validate=validate.Length(max=MOST_VARIABLES))


class InboxViewBody(Schema):
    """One list of the inbox, narrowed and shown as one wants it."""

    name = fields.String(required=True, validate=validate.Length(min=1, max=LONGEST_NAME))
    view = _one_of(VIEWS, required=True)
    filter = fields.Nested(InboxFilter, load_default=dict)
    columns = fields.List(_one_of(COLUMNS), load_default=list, validate=validate.Length(max=len(COLUMNS)))
    grouping = _one_of(GROUPINGS, load_default="none")
    sort = _one_of(SORTS, load_default="due")


class InboxView(Schema):
    """A saved view; `rev` is its revision, for If-Match."""

    inboxViewKey = key(required=True)
    name = fields.String(required=True)
    rev = Whole(required=True)
    view = _one_of(VIEWS, required=True)
    filter = fields.Nested(InboxFilter, required=True)
    columns = fields.List(_one_of(COLUMNS), required=True)
    grouping = _one_of(GROUPINGS, required=True)
    sort = _one_of(SORTS, required=True)


class InboxViewList(Schema):
    items = fields.List(fields.Nested(InboxView), required=True, metadata={"description": f"at most {MOST_VIEWS}"})


class InboxViewMade(Schema):
    inboxViewKey = key(required=True)
