"""A browser of somebody who has worked with the application before: no tour begins by itself on the first page."""

from __future__ import annotations

import json

from playwright.sync_api import BrowserContext

TOURS = ["staff", "owner", "auditor", "administrator"]  # web/src/app/tours.ts


def used(context: BrowserContext, account: str | None = None) -> None:
    """What an earlier test chose of the account's display is not taken over, either."""
    known = json.dumps({"tours": TOURS, "revs": {account or "": 1_000_000}})
    context.add_init_script(f"location.host && localStorage.setItem('krabuan.accounts', '{known}')")
