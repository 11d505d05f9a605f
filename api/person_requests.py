"""Answer what a person may ask of the office: which data there are, a copy of them, and their erasure.

Each case is erased by a command of its own, so that what was interrupted goes on when it is asked for again.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Any, BinaryIO

from api.personal_copy import write_zip
from engine.bus import Bus
from engine.commands.erase_account import EraseAccount
from engine.commands.erase_case_data import EraseCaseData
from engine.commands.erase_elsewhere import EraseElsewhere
from engine.commands.erasing import check_order, is_retained
from engine.commands.note_access import NoteAccess
from engine.errors import EngineError, InvalidState
from engine.model.actor import Actor
from engine.queries.personal_copy import copy_of
from engine.queries.personal_data import Person, find, person_of, require_all_cases
from engine.queries.personal_plan import Plan, plan

FOUND, COPY, ERASE = "personal-data:find", "personal-data:export", "personal-data:erase"


def look(
    bus: Bus, actor: Actor, username: str | None, identifiers: Sequence[str], open_cases: bool = False
) -> dict[str, Any]:
    """Where a person's data are, and what an erasure would do. That somebody looked is in the audit log.

    Raises Forbidden, NotFound, InvalidArgument.
    """
    made = _planned(bus, actor, FOUND, username, identifiers, open_cases)
    _note(bus, actor, "personal-data-found", made.found.person)
    return made.shown()


def copy(
    bus: Bus, actor: Actor, username: str | None, identifiers: Sequence[str], reason: str, to: BinaryIO,
    by: str | None = None, largest: int | None = None,
) -> None:  # fmt: skip
    """Write a copy of a person's data as a ZIP. That it was made, by whose order and why, is in the audit log before.

    Raises Forbidden, NotFound, InvalidArgument, ReasonNeeded; InvalidState when its documents have more bytes than
    `largest`.
    """
    with bus.database.read() as db:
        require_all_cases(db, actor, COPY)
        person = person_of(db, username, identifiers)
        check_order(reason, by or actor.id, [*_names(person), *([username] if username else [])])
        made = copy_of(db, person)
        if largest is not None and made.size > largest:
            raise InvalidState("the documents are too large for one answer: let the command line write the copy")
    _note(bus, actor, "personal-data-exported", person, f"{reason} ({by})" if by else reason)
    with bus.database.read() as db:
        write_zip(to, made.content, made.files(db))


def erase(
    bus: Bus, actor: Actor, username: str | None, identifiers: Sequence[str], reason: str,
    open_cases: bool = False, by: str | None = None,
) -> dict[str, Any]:
    """Erase what may be erased; what stays is told as `look` tells it. Cases that were refused meanwhile are in
    `refused`. Raises Forbidden, NotFound, InvalidArgument, ReasonNeeded; then nothing was erased."""
    made = _planned(bus, actor, ERASE, username, identifiers, open_cases)
    person, done, refused = made.found.person, list[int](), list[dict[str, Any]]()
    words = _names(person)
    check_order(reason, by or actor.id, [*words, *([username] if username else [])])
    for root, cases in sorted(made.cases.items()):
        whole = any(case.fields for case in cases)
        try:
            bus.run(EraseCaseData(root, reason, words, whole, open_cases, by), actor)
            done += [case.key for case in cases]
        except EngineError as error:
            refused.append({"processInstanceKey": str(root), "code": error.code, "th": error.th, "en": error.en})
    pseudonym = None
    if username is not None and not made.account_stays and not refused:
        pseudonym = bus.run(EraseAccount(username, reason, by), actor)["pseudonym"]
    closing = EraseElsewhere(reason, person.identifiers, tuple(done), tuple(sorted(made.stays)), pseudonym, by)
    closed = bus.run(closing, actor)
    return made.shown() | {
        "erased": [str(key) for key in done], "refused": refused, "pseudonym": pseudonym,
        "erasureKey": closed["erasureKey"],
    }  # fmt: skip


def _planned(
    bus: Bus, actor: Actor, permission: str, username: str | None, identifiers: Sequence[str], open_cases: bool
) -> Plan:
    with bus.database.read() as db:
        require_all_cases(db, actor, permission)
        found, now = find(db, person_of(db, username, identifiers)), bus.clock.now()
        return plan(db, found, open_cases, lambda key, ended: is_retained(db, bus.services, now, key, ended))


def _names(person: Person) -> tuple[str, ...]:
    """What is erased in the cases that are about the person; a user name becomes a pseudonym, with its account."""
    own = () if person.account is None else (person.account["display_name"], person.account["email"] or "")
    return tuple(name for name in (*person.identifiers, *own) if name)


def _note(bus: Bus, actor: Actor, access: str, person: Person, about: str = "") -> None:
    reader = replace(actor, only=None, on_behalf_of=None, within=None)  # the note is ours, not asked for
    bus.run(NoteAccess(access, (person.username or "-",), about), reader)
