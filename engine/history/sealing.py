"""Write the data of events so that history tells nothing of people openly (model/sealed.py).

An account's name becomes its pseudonym, its mail address and display name are sealed for it; personal data of a case
(the fields that forms mark), and whatever text holds one of their values, are sealed with the case's key.
"""

from __future__ import annotations

import secrets
from collections.abc import Iterable, Sequence
from functools import lru_cache
from typing import Any

import orjson
from sqlalchemy import Connection, String, bindparam, cast, insert, null, or_, select, union_all

from engine.model.event import Event
from engine.model.personal import Steps, is_personal, members, named, personal_in, rows
from engine.model.sealed import ERASED, Seal, id_of_key
from engine.store.batch import Batch
from engine.store.directory import Directory, Known
from engine.store.instances import Instance
from engine.store.prepared import Prepared
from engine.store.tables import case_key, variable

SHORTEST_EQUAL, SHORTEST_PART = 2, 4  # characters of a value that is looked for as a whole text, and within one
FREE = frozenset({"text", "fileName"})  # of comments and documents: whom people write of, nobody knows beforehand
_LABEL = "name"
_NEW_KEY = Prepared(insert(case_key))
_K, _V = case_key.c, variable.c


class People:
    """Writes what is said of accounts."""

    def __init__(self, known: Known) -> None:
        self.name, self.text, self._seal_of = known.people.name, known.people.text, known.people.seal_of

    def data(self, data: dict[str, Any]) -> dict[str, Any]:
        """The data of an event; the names of its members are the engine's own. What stands beside a user name as a
        name is a label that somebody chose for something of that account, perhaps by its owner: it is sealed, too."""
        seal = self._seal_of(data["username"]) if isinstance(data.get("username"), str) else None
        told = {name: self.value(value) for name, value in data.items()}
        return told | {_LABEL: seal(data[_LABEL])} if seal is not None and isinstance(data.get(_LABEL), str) else told

    def value(self, value: Any) -> Any:
        """A JSON-able value."""
        if isinstance(value, str):
            return self.text(value)
        if isinstance(value, dict):
            return {self.text(name): self.value(one) for name, one in value.items()}
        if isinstance(value, list | tuple):
            return [self.value(one) for one in value]
        return value


class OfOffice:
    """Writes the data of events that say what the office did and nothing that comes from a case: of thousands of cases
    at once, without reading what they hold."""

    def __init__(self, known: Known) -> None:
        self.people = People(known)
        self._written: dict[int, Any] = {}
        self._texts: dict[str, str] = {}  # the same few, thousands of times

    def data(self, data: dict[str, Any]) -> dict[str, Any]:
        """The data of an event. A list that many events share is looked through once."""
        return {name: self._shared(value) if isinstance(value, list) else value for name, value in data.items()}

    def _shared(self, value: list[Any]) -> Any:
        if id(value) not in self._written:  # the events keep it, so that no other gets its number
            self._written[id(value)] = self._value(value)
        return self._written[id(value)]

    def _value(self, value: Any) -> Any:
        """As People.value."""
        if isinstance(value, str):
            told = self._texts.get(value)
            if told is None:
                told = self._texts[value] = self.people.text(value)
            return told
        if isinstance(value, dict):
            return {self._value(name): self._value(one) for name, one in value.items()}
        if isinstance(value, list | tuple):
            return [self._value(one) for one in value]
        return value


class Sealing:
    """Writes the data of one command's events. A case gets its key when it first has something to seal."""

    def __init__(self, db: Connection, directory: Directory, instances: Iterable[Instance]) -> None:
        cases = list(instances)
        known = directory.known(db, next((case.stamp for case in cases), None))
        self.people = People(known)
        # what one case of a hierarchy holds, it may hand to another
        self._trees: Steps = tuple(known.personal[p] for p in {c.process_id for c in cases} & known.personal.keys())
        self._seals: dict[int, Seal] = {}
        self._new_keys: list[dict[str, Any]] = []
        self._values: set[str] = set()
        self._parts: list[str] = []
        if self._trees:
            for case in cases:
                self._read(db, case)

    def gather(self, events: Sequence[tuple[Instance, Event]]) -> None:
        """Take note of the personal data in these events, before any of them is written."""
        if self._trees:
            for _, event in events:
                self._note(personal_in(self._trees, event.data, None))
            self._parts = [value for value in self._values if len(value) >= SHORTEST_PART]

    def data(self, case: Instance, data: dict[str, Any]) -> dict[str, Any]:
        """The data of an event of a case."""
        if not self._trees:
            return self.people.data(data)
        found = members(self._trees, data, None)
        return {name: self._value(case.key, one, at, name in FREE) for name, one, at in found}

    def flush(self, batch: Batch) -> None:
        """Add the keys that were made to the batch."""
        batch.add(_NEW_KEY, self._new_keys)

    def _value(self, case: int, value: Any, at: Steps, free: bool = False) -> Any:
        if is_personal(value, at) or (free and isinstance(value, str)):
            return self._seal(case)(self.people.value(value))
        if isinstance(value, str):
            return self._seal(case)(self.people.text(value)) if self._tells(value) else self.people.text(value)
        if isinstance(value, dict):
            found = members(self._trees, value, at)
            return {self._member(case, name): self._value(case, one, steps) for name, one, steps in found}
        if isinstance(value, list | tuple):
            return [self._value(case, one, rows(at)) for one in value]
        if isinstance(value, int | float) and not isinstance(value, bool) and str(value) in self._values:
            return self._seal(case)(value)
        return value

    def _member(self, case: int, name: str) -> str:
        return self._seal(case)(self.people.text(name)) if self._tells(name) else self.people.text(name)

    def _tells(self, text: str) -> bool:
        """Whether a text is, or holds, one of the personal data of these cases."""
        return text in self._values or any(part in text for part in self._parts)

    def _note(self, values: Iterable[Any]) -> None:
        for value in values:
            text, shortest = (value, SHORTEST_EQUAL) if isinstance(value, str) else (str(value), SHORTEST_PART)
            if len(text.strip()) >= shortest and text != ERASED:
                self._values.add(text)

    def _seal(self, case: int) -> Seal:
        if case not in self._seals:
            key = secrets.token_bytes(32)
            self._seals[case] = Seal(id_of_key(key), key)
            row = {"process_instance_key": case, "key_id": self._seals[case].id, "key": key.hex()}
            self._new_keys.append(row)
        return self._seals[case]

    def _read(self, db: Connection, case: Instance) -> None:
        """The key of a case, and the personal data that it held before this command."""
        if case.history_sequence == 0:
            return  # it begins now
        names = tuple(sorted({name for tree in self._trees for name in tree}))
        for name, value in _held(names).rows(db, {"b_case": case.key}):
            if name is None:
                self._seals[case.key] = Seal(id_of_key(bytes.fromhex(value)), bytes.fromhex(value))
            else:
                self._note(personal_in(self._trees, orjson.loads(value), named(self._trees, name)))


@lru_cache(256)
def _held(names: tuple[str, ...]) -> Prepared:
    """(no name, key) of a case, and (name, value) of its variables of these names."""
    of_case: Any = bindparam("b_case")
    key = select(cast(null(), String).label("name"), _K.key.label("value")).where(_K.process_instance_key == of_case)
    wanted = or_(*(_V.name == name for name in names))  # a list in a parameter would be written out each time
    return Prepared(union_all(key, select(_V.name, _V.value).where(_V.process_instance_key == of_case, wanted)))
