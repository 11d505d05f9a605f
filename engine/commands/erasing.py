"""What the commands that erase share: who orders it and why, and that neither tells what is erased."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from engine.commands.holds import ordered_by
from engine.commands.second_person import check_reason
from engine.commands.transaction import Transaction
from engine.errors import InvalidArgument
from engine.model.traces import Words


def order(tx: Transaction, reason: str, by: str | None, erased: Sequence[str]) -> dict[str, Any]:
    """{reason, by}, as history keeps it. Raises ReasonNeeded, and InvalidArgument for a reason or a name that says
    what is to be erased: history would keep it."""
    who = ordered_by(tx, by)
    check_order(reason, who, erased)
    return {"reason": reason, "by": who}


def check_order(reason: str, by: str, erased: Sequence[str]) -> None:
    """As `order`, before anything is begun."""
    words = Words(erased)
    if words.within(check_reason(reason)) or words.within(by):
        raise InvalidArgument("neither the reason nor who orders it may say what is to be erased: history keeps both")
