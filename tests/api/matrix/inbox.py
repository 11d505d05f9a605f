"""The rows of the matrix that change what is a person's own in the inbox, and the searches that people keep."""

from __future__ import annotations

from typing import Any

from tests.api.matrix.cells import EVERY_ACCOUNT, OWNER, PARTICIPANT, SELF, Row

VIEW = {"name": "mine", "view": "mine"}
SEARCH = {"name": "late", "conditions": {"deadline": "missed"}}


def _view(_place: Any) -> dict[str, str]:
    return VIEW


INBOX = (
    Row("PATCH /user-tasks/{key}/mark", PARTICIPANT | OWNER, "task", lambda _place: {"read": True}, note="for oneself"),
    Row("POST /authentication/me/inbox-views", EVERY_ACCOUNT, json=_view, of_case=False, note="one's own"),
    Row("PUT /authentication/me/inbox-views/{key}", SELF, "inbox_view", _view, of_case=False),
    Row("DELETE /authentication/me/inbox-views/{key}", SELF, "inbox_view", of_case=False),
    Row("POST /authentication/me/saved-searches", EVERY_ACCOUNT, json=lambda _place: SEARCH, of_case=False, note="one's own"),
    Row("PATCH /authentication/me/saved-searches/{key}", SELF, "saved_search", lambda _place: {"name": "Other"}, of_case=False),
    Row("DELETE /authentication/me/saved-searches/{key}", SELF, "saved_search", of_case=False),
)
