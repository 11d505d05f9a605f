"""The calendar feed of one's due dates: its address made, replaced, revoked; and the feed itself."""

from __future__ import annotations

from typing import Any

from flask import Response, request

from api.blueprint import Room
from api.calendar_text import content_type, tag_of, text_of
from api.context import actor, read, run_secret, runtime
from api.limits import count_feed
from api.schemas.calendar_feeds import CalendarFeedAddress, CalendarFeedBody, CalendarFeedChoice, CalendarFeedState
from api.views import diagram
from engine.commands.change_calendar_feed import ChangeCalendarFeed
from engine.commands.make_calendar_feed import MakeCalendarFeed
from engine.commands.revoke_calendar_feed import RevokeCalendarFeed
from engine.commands.sign_in import token_hash
from engine.errors import NotFound
from engine.queries.calendar_feed import entries_of, feed_behind, feed_of

blp = Room("calendar feeds", __name__, url_prefix="/v2", description="Due dates in the calendar of one's own choice")
MINE, MANAGE = "/authentication/me/calendar-feed", "calendar-feed:manage"


@blp.operation("GET", MINE, permission=MANAGE, returns=CalendarFeedState)
def get_state() -> dict[str, Any]:
    """Whether one has a calendar feed, since when, and what it holds."""
    return read(feed_of)


@blp.operation("POST", MINE, permission=MANAGE, body=CalendarFeedBody, returns=CalendarFeedAddress, status=201)
def make(body: dict[str, Any]) -> dict[str, Any]:
    """Make the address of one's calendar feed, shown this once; one that there was opens nothing any more."""
    made = run_secret(MakeCalendarFeed(actor().id, body["groupTasks"], body["statutory"]))
    return {"url": f"{_service()}v2/calendar-feeds/{made['token']}.ics"}


@blp.operation("PUT", MINE, permission=MANAGE, body=CalendarFeedChoice, status=204, errors=(404,))
def change(body: dict[str, Any]) -> None:
    """Choose what it holds; its address stays."""
    run_secret(ChangeCalendarFeed(actor().id, body["groupTasks"], body["statutory"]))


@blp.operation("DELETE", MINE, permission=MANAGE, status=204, errors=(404,))
def revoke() -> None:
    """Revoke it: its address opens nothing any more."""
    run_secret(RevokeCalendarFeed(actor().id))


@blp.operation("GET", "/calendar-feeds/<string:token>.ics", permission=None, returns=content_type(), errors=(404,))
def follow(token: str) -> Response:
    """The feed behind an address, for programs that know nothing else: no session, no cookie. With `If-None-Match`,
    304 while nothing has changed."""
    with runtime().database.read() as db:
        feed = feed_behind(db, token_hash(token))
        if feed is None:
            raise NotFound()
        count_feed(feed.account.username)
        now = runtime().clock.now()
        entries = entries_of(db, feed, diagram, now, runtime().bus.services.telling.quoted_class)
    address = _service()
    response = Response(text_of(entries, feed.language, address, now), content_type="text/calendar; charset=utf-8")
    response.headers["Content-Disposition"] = 'inline; filename="krabuan.ics"'
    response.headers["Cache-Control"] = "private, no-cache"  # kept by who asked, asked again with its tag
    response.set_etag(tag_of(entries, feed.language, address), weak=True)
    response.make_conditional(request)
    return response


def _service() -> str:
    """Where people reach the service, with a slash at its end: as the office says, else as it was asked here."""
    public = runtime().bus.services.telling.public_url
    return request.url_root if public is None else f"{public}/"
