"""The rows of the matrix about accounts, groups and roles as administrators manage them."""

from __future__ import annotations

import io
from typing import Any

from tests.api.matrix.cells import ADMINISTRATOR, AUDITOR, SIGNED_IN, Given, Row, search

NOT_OWN = "never one's own"


def _same(**json: Any) -> Given:
    return lambda _place: json


def _table(_place: Any) -> Any:
    return {"files": [(io.BytesIO(b"account,name\nfresh,Fresh\n"), "people.csv")]}


READ_ACCOUNTS = (
    search("/accounts", ADMINISTRATOR, of_case=False),
    Row("GET /accounts/{username}", ADMINISTRATOR, "colleague", of_case=False),
    search("/api-keys", ADMINISTRATOR, of_case=False),
    Row("GET /roles", SIGNED_IN, of_case=False),
    Row("POST /users/names", SIGNED_IN, json=_same(usernames=["ann"]), of_case=False),
    Row("GET /sign-in-settings", AUDITOR | ADMINISTRATOR, of_case=False),
    Row("GET /audit-logs/verification", AUDITOR | ADMINISTRATOR, of_case=False),
)
CHANGE_ACCOUNTS = (
    Row("POST /people-imports/preview", ADMINISTRATOR, form=_table, of_case=False),
    Row("POST /people-imports", ADMINISTRATOR, form=_table, of_case=False, note="never what one may oneself"),
    Row("POST /accounts", ADMINISTRATOR, json=_same(username="fresh", name="Fresh"), of_case=False),
    Row("PATCH /accounts/{username}", ADMINISTRATOR, "colleague", _same(name="Ann B."), of_case=False),
    Row("POST /accounts/{username}/one-time-password", ADMINISTRATOR, "colleague", of_case=False, note=NOT_OWN),
    Row("PUT /accounts/{username}/groups/{group_id}", ADMINISTRATOR, "colleague", of_case=False, note=NOT_OWN),
    Row("DELETE /accounts/{username}/groups/{group_id}", ADMINISTRATOR, "colleague", of_case=False, note=NOT_OWN),
    Row("POST /accounts/{username}/roles/grant", ADMINISTRATOR, "colleague", _same(role="auditor"), of_case=False,
        note=NOT_OWN),
    Row("POST /accounts/{username}/roles/revocation", ADMINISTRATOR, "colleague", _same(role="auditor"), of_case=False,
        note=NOT_OWN),
    Row("POST /accounts/{username}/deactivation", ADMINISTRATOR, "colleague", _same(), of_case=False, note=NOT_OWN),
    Row("POST /audit-logs/export", AUDITOR | ADMINISTRATOR, of_case=False),
    Row("POST /accounts/{username}/activation", ADMINISTRATOR, "colleague", of_case=False),
)  # fmt: skip
