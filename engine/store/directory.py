"""What history must not tell openly: who the accounts are, and which variables hold personal data.

Known once per server process. The database changes a stamp whenever one of it changes (tables/sealing.py); the stamp
comes with the rows that a command loads, so that knowing costs no statement, and another stamp means reading again.
"""

from __future__ import annotations

import secrets
from collections.abc import Mapping
from dataclasses import dataclass, field

from sqlalchemy import Connection, select
from sqlalchemy.dialects import postgresql, sqlite

from engine.model.personal import Tree, tree_of
from engine.model.sealed import Seal, key_of_person, pseudonym_for
from engine.store.marks import any_classified, marks_of
from engine.store.naming import Account, Naming
from engine.store.prepared import Prepared
from engine.store.tables import form_use, pseudonym, setting
from engine.store.tables import person as account
from engine.store.tables.sealing import STAMP

_A, _P = account.c, pseudonym.c
_STAMP = Prepared(select(setting.c.value).where(setting.c.name == STAMP))


@dataclass(frozen=True, slots=True)
class Known:
    """At one stamp; `personal` by process id. `classifies`: whether any form marks a field as classified; in most
    offices none does."""

    stamp: str
    people: Naming = field(default_factory=Naming)
    personal: Mapping[str, Tree] = field(default_factory=dict)
    classifies: bool = False


class Directory:
    """The cache. Two threads that read it at once do the work twice, no more."""

    def __init__(self) -> None:
        self._known: Known | None = None

    def stamp(self, db: Connection) -> str:
        """The one that holds in this transaction."""
        rows = _STAMP.rows(db, {})
        return str(rows[0][0]) if rows else ""

    def known(self, db: Connection, stamp: str | None) -> Known:
        """What holds in this transaction, which may write; `stamp` if it was read in it already.

        An account that has no pseudonym yet gets one.
        """
        stamp = self.stamp(db) if stamp is None else stamp
        known = self._known
        if known is None or known.stamp != stamp:
            known = self._known = Known(stamp, _people(db), _personal(db), any_classified(db))
        return known


def _personal(db: Connection) -> dict[str, Tree]:
    processes = set(db.execute(select(form_use.c.process_id)).scalars())
    found = {process: [n for n, m in marks.items() if m.personal] for process, marks in marks_of(db, processes).items()}
    return {process: tree_of(names) for process, names in found.items() if names}


def _people(db: Connection) -> Naming:
    _name_the_nameless(db)
    query = select(_P.username, _P.pseudonym, _P.salt, _A.display_name, _A.email)
    rows = db.execute(query.outerjoin(account, _A.username == _P.username))
    seals = ((row, Seal(row.pseudonym, key_of_person(bytes.fromhex(row.salt)))) for row in rows)
    return Naming(Account(row.username, row.display_name, row.email, row.pseudonym, seal) for row, seal in seals)


def _name_the_nameless(db: Connection) -> None:
    query = select(_A.username).where(~select(_P.username).where(_P.username == _A.username).exists())
    rows = [new_pseudonym(username) for username in db.execute(query).scalars()]
    if rows:
        dialect = sqlite if db.dialect.name == "sqlite" else postgresql
        # another server process may have been first
        db.execute(dialect.insert(pseudonym).on_conflict_do_nothing(), rows)


def new_pseudonym(username: str) -> dict[str, str]:
    """A row of `pseudonym`."""
    salt = secrets.token_bytes(32)
    return {"pseudonym": pseudonym_for(username, salt), "username": username, "salt": salt.hex()}
