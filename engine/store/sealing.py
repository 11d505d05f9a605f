"""The names and keys that open what history holds of people: read, and forgotten for good."""

from __future__ import annotations

import secrets
from collections.abc import Iterable, Iterator, Sequence
from typing import Any

import orjson
from sqlalchemy import ColumnElement, Connection, String, case, cast, delete, func, insert, select, update

from engine.errors import NotFound
from engine.model.sealed import FORMAT, PSEUDONYM, ids_in, key_of_person, opened
from engine.store.tables import case_key, pseudonym, setting
from engine.store.tables.sealing import STAMP

_P, _K = pseudonym.c, case_key.c
_AT_ONCE = 500  # ids in one statement


def pseudonym_of(db: Connection, username: str) -> str | None:
    """What an account is called in history; None for one that history has no name for."""
    return db.execute(select(_P.pseudonym).where(_P.username == username)).scalar()


def forget_person(db: Connection, username: str) -> str:
    """Delete what tells whom the account's pseudonym stands for, and the key of its names and mail address in history.

    Returns the pseudonym, by which the account is read from then on. An account that is still there gets another
    pseudonym for what it does afterwards. Raises NotFound for a name that history does not know.
    """
    found = pseudonym_of(db, username)
    if found is None:
        raise NotFound(username=username)
    db.execute(delete(pseudonym).where(_P.pseudonym == found))
    changed = update(setting).where(setting.c.name == STAMP).values(value=secrets.token_hex(16))
    if not db.execute(changed).rowcount:
        db.execute(insert(setting), {"name": STAMP, "value": secrets.token_hex(16)})
    return found


def forget_case(db: Connection, process_instance_key: int) -> bool:
    """Delete the key of the personal data in a case's history: from then on they are read as ERASED.

    Whether there was a key. A case that goes on gets another for what it says of people afterwards.
    """
    return bool(db.execute(delete(case_key).where(_K.process_instance_key == process_instance_key)).rowcount)


def read_bodies(db: Connection, bodies: Iterable[str]) -> list[dict[str, Any]]:
    """What bodies of events say, with names and values as they were; what is forgotten as model/sealed.py says."""
    texts = list(bodies)
    known = Known(db)
    people: set[str] = set()
    keys: set[str] = set()
    for text in texts:
        some, others = ids_in(text)
        people |= some
        keys |= others
    known.read(people, keys)
    return [_read(orjson.loads(text), known) for text in texts]


class Known:
    """The names and keys that are not forgotten (model/sealed.py, Opener), each asked for once."""

    def __init__(self, db: Connection) -> None:
        self._db = db
        self._names: dict[str, str] = {}
        self._keys: dict[str, bytes] = {}
        self._asked: set[str] = set()

    def read(self, people: Iterable[str], keys: Iterable[str]) -> None:
        """Ask for many at once."""
        for part in _parts(sorted(people)):
            for row in self._db.execute(select(pseudonym).where(_P.pseudonym.in_(part))):
                self._names[row.pseudonym] = row.username
                self._keys[row.pseudonym] = key_of_person(bytes.fromhex(row.salt))
            self._asked.update(part)
        for part in _parts(sorted(keys)):
            for row in self._db.execute(select(case_key).where(_K.key_id.in_(part))):
                self._keys[row.key_id] = bytes.fromhex(row.key)
            self._asked.update(part)

    def name(self, pseudonym: str) -> str | None:
        """The user name of an account."""
        if pseudonym not in self._asked:  # it stood in what was sealed
            self.read([pseudonym], ())
        return self._names.get(pseudonym)

    def key(self, id_: str) -> bytes | None:
        """The key of a case, or of an account by its pseudonym."""
        if id_ not in self._asked:
            self.read(*(([id_], ()) if id_.startswith(PSEUDONYM) else ((), [id_])))
        return self._keys.get(id_)


def _parts(ids: Sequence[str]) -> Iterator[Sequence[str]]:
    return (ids[at : at + _AT_ONCE] for at in range(0, len(ids), _AT_ONCE))


def _read(said: Any, known: Known) -> Any:
    if not isinstance(said, dict) or said.get("format") != FORMAT:
        return said  # written before, or by somebody who should not
    read: Any = opened(said, known)
    return read


def read_name(column: ColumnElement[Any]) -> ColumnElement[Any]:
    """A column of history that names an account, as `read_bodies` reads it."""
    bare = func.substr(column, 2)
    known = select(_P.username).where(_P.pseudonym == bare).scalar_subquery()
    return cast(case((column.like("$%"), func.coalesce(known, bare)), else_=column), String)
