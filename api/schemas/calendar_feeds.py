"""Calendar feeds."""

from __future__ import annotations

from marshmallow import Schema, fields

from api.schemas.base import Truth, moment


class CalendarFeedBody(Schema):
    """What the feed holds besides one's own tasks: the free tasks of one's groups, and the statutory deadlines of the
    cases that one may see."""

    groupTasks = Truth(load_default=True)
    statutory = Truth(load_default=True)


class CalendarFeedChoice(Schema):
    """As CalendarFeedBody, both said."""

    groupTasks = Truth(required=True)
    statutory = Truth(required=True)


class CalendarFeedState(Schema):
    """All null where there is no feed. Its address is shown nowhere again."""

    madeAt = moment(required=True, allow_none=True)
    groupTasks = Truth(required=True, allow_none=True)
    statutory = Truth(required=True, allow_none=True)


class CalendarFeedAddress(Schema):
    """Whoever has the address can read the due dates until it is replaced or revoked; it is shown this once."""

    url = fields.String(required=True)
