"""Whether what an operator does to a case by hand needs a reason, and a second person (krabuan:intervention)."""

from __future__ import annotations

from engine.commands.transaction import Transaction
from engine.errors import ReasonNeeded, SecondPersonNeeded
from engine.store.instances import Instance

APPROVED = "approved-intervention"  # in a transaction's cache: its row, while it is carried out
ALWAYS = frozenset({"waive"})  # what nobody does alone, whatever the process says
SHORTEST, LONGEST = 5, 4_000  # characters of a reason


def check_reason(reason: str | None) -> str:
    """The reason, if it is one. Raises ReasonNeeded."""
    if reason is None or len(reason.strip()) < SHORTEST or len(reason) > LONGEST:
        raise ReasonNeeded(f"a reason has {SHORTEST} to {LONGEST} characters")
    return reason


def check_second_person(tx: Transaction, instance: Instance, kind: str, reason: str | None) -> None:
    """What a person does in the pages has a reason, and whoever does it, where the process declares this kind of
    intervention: programs that know the Camunda API alone send none. Where the process demands a second person, and
    for a waiver always, only what that person approved is carried out. Raises ReasonNeeded, SecondPersonNeeded. What
    the process says does not bind the system itself.
    """
    if APPROVED in tx.cache or (tx.actor.is_system and kind not in ALWAYS):
        return
    process = tx.services.definitions.process(tx.db, instance.definition_key).definition.process
    declared = kind in process.interventions or kind in ALWAYS
    if declared or tx.actor.at_pages:
        check_reason(reason)
    if kind in ALWAYS or process.interventions.get(kind):
        raise SecondPersonNeeded(kind=kind, request="/v2/interventions", processInstanceKey=str(instance.key))
