"""The rows of the matrix that change what a person keeps for himself or herself."""

from __future__ import annotations

from tests.api.matrix.cells import EVERY_ACCOUNT, Row

LOOK = {"language": "en", "theme": "dark", "textSize": 150, "still": True}
FAVOURITE = "/authentication/me/favourite-processes/{process_id}"
OWN_CHANGES = (
    Row("PUT /authentication/me/settings", EVERY_ACCOUNT, json=lambda p: LOOK, of_case=False, note="one's own"),
    Row("PUT /authentication/me/tours/{tour}", EVERY_ACCOUNT, "tour", of_case=False, note="one's own"),
    Row(f"PUT {FAVOURITE}", EVERY_ACCOUNT, "process_id", of_case=False, note="one's own"),
    Row(f"DELETE {FAVOURITE}", EVERY_ACCOUNT, "process_id", of_case=False, note="one's own"),
)
