"""What becomes of undelivered events, and of push channels when their person goes."""

from __future__ import annotations

from typing import Any

import pytest

from engine.commands.erase_account import EraseAccount
from engine.commands.push_addresses import AddPushAddress
from engine.commands.settle_dead_letter import DropDeadLetter, RetryDeadLetter
from engine.queries.notifying import search_dead_letters
from engine.queries.search import Search
from engine.store import tables as t
from tests.channels.receiver import Receiver
from tests.channels.test_push_deliveries import KEY, ME
from tests.channels.test_webhooks import ANN, hook, states, tell
from tests.dsl import ADMIN, Office


def listed(office: Office) -> list[dict[str, Any]]:
    with office.database.read() as db:
        items: list[dict[str, Any]] = search_dead_letters(db, ADMIN, Search({}, [], {}))["items"]
        return items


def test_an_undelivered_event_is_listed_and_sent_again_as_the_same(wired: Office, there: Receiver) -> None:
    key, _ = hook(wired, there)
    there.answers = [(400, {})]
    tell(wired, ANN)
    (letter,) = listed(wired)
    assert (letter["channel"], letter["errorMessage"]) == (f"webhook:{key}", "HTTP 400")
    wired.run(RetryDeadLetter(int(letter["deliveryKey"]), "the receiver is mended"), ADMIN)
    wired.settle()
    first, second = there.got
    assert (first.body, first.headers["webhook-id"]) == (second.body, second.headers["webhook-id"])
    assert (listed(wired), states(wired)) == ([], [("SENT", None)])


def test_an_undelivered_event_is_dropped_with_a_reason(wired: Office, there: Receiver) -> None:
    hook(wired, there)
    there.answers = [(400, {})]
    tell(wired, ANN)
    wired.run(DropDeadLetter(int(listed(wired)[0]["deliveryKey"]), "nobody needs it"), ADMIN)
    wired.advance("P1D")
    assert (listed(wired), len(there.got)) == ([], 1)


@pytest.mark.parametrize("answer", [200, 503])
def test_with_an_account_its_push_channels_are_erased_and_nothing_more_is_sent(wired: Office, there: Receiver, answer: int) -> None:
    there.answers = [(answer, {})]
    wired.run(AddPushAddress("ann", "mine", f"gotify://127.0.0.1:{there.port}/{KEY}"), ME)
    tell(wired, ANN)
    wired.run(EraseAccount("ann", "she asked for it"), ADMIN)
    wired.advance("P1D")
    assert (len(there.got), wired.rows(t.push_address)) == (1, [])
    assert "ann" not in [row.username for row in wired.rows(t.delivery, everything=True)]
