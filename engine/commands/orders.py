"""What the orders about many histories have in common: who gives them, why, and what is kept of them."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import orjson
from sqlalchemy import Table, insert

from engine.commands.holds import LONGEST_NAME
from engine.commands.second_person import check_reason
from engine.commands.transaction import Transaction
from engine.errors import InvalidArgument


@dataclass(frozen=True, slots=True)
class Order:
    """The signed `body` of the order with its signature; `cases` are what it names: (case, events, head), and `roots`
    those of them that were called by none."""

    body: str
    signature: str
    roots: tuple[int, ...]
    cases: tuple[tuple[int, int, str], ...]

    @property
    def said(self) -> Mapping[str, Any]:
        """What the body says."""
        said: Mapping[str, Any] = orjson.loads(self.body)
        return said

    @property
    def digest(self) -> str:
        """The SHA-256 of the body, by which it is known whatever becomes of it."""
        return hashlib.sha256(self.body.encode()).hexdigest()


def check_order(reason: str, by: str) -> None:
    """Raise ReasonNeeded, or InvalidArgument for a name that does not do."""
    check_reason(reason)
    if not 1 <= len(by.strip()) <= LONGEST_NAME:
        raise InvalidArgument(f"the name of who orders it has 1 to {LONGEST_NAME} characters")


def keep_order(tx: Transaction, order: Order, orders: Table, cases: Table, number: str) -> None:
    """Write the order, and a row for each case it names with its number in the column `number`."""
    said = order.said
    row = {
        "key": said["number"], "made_at": datetime.fromisoformat(said["madeAt"]), "ordered_by": said["orderedBy"],
        "cases": said["cases"], "events": said["events"], "previous": said["previous"], "body": order.body,
        "signature": order.signature,
    }  # fmt: skip
    tx.db.execute(insert(orders), row)
    names = ("process_instance_key", "sequence", "head")
    named = [dict(zip(names, case, strict=True)) | {number: said["number"]} for case in order.cases]
    tx.db.execute(insert(cases), named)
