"""Statements of the hot path, compiled once per database and handed to the driver without a context for each execution.

SQLAlchemy says what they are and how values are stored and read back (the tables' types); only what it does anew
for every execution is left out, which was a third of the time of a command.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from sqlalchemy import Connection, text
from sqlalchemy.engine import Dialect
from sqlalchemy.exc import DBAPIError
from sqlalchemy.sql.base import Executable

Row = Mapping[str, Any]
Process = Callable[[Any], Any]
_ANEW = text("SET LOCAL plan_cache_mode = force_custom_plan")


class Prepared:
    """`statement` may be one per dialect, by its name. Rows carry all of its parameters by name; of an INSERT without
    values of its own, these are its columns."""

    def __init__(self, statement: Executable | Mapping[str, Executable]) -> None:
        self._statement = statement
        self._compiled: dict[tuple[str, tuple[str, ...]], Compiled] = {}

    def compiled(self, dialect: Dialect, row: Row) -> Compiled:
        """For rows of this shape."""
        shape = dialect.name, tuple(row)
        found = self._compiled.get(shape)
        if found is None:
            given = self._statement
            statement = given[dialect.name] if isinstance(given, Mapping) else given
            found = self._compiled[shape] = Compiled(statement, dialect, list(row))
        return found

    def rows(self, db: Connection, row: Row) -> list[tuple[Any, ...]]:
        """What a SELECT answers. Raises what SQLAlchemy raises."""
        compiled, driver = self.compiled(db.dialect, row), driver_of(db)
        try:
            found = driver.execute(compiled.text, compiled.parameters(row)).fetchall()
        except db.dialect.loaded_dbapi.Error as error:
            raise as_sqlalchemy_says(db, error) from error
        return [compiled.read(values) for values in found]


class Compiled:
    """The text that the driver gets, how a row becomes its parameters, and how an answer is read.

    Raises KeyError when rows of this shape lack a parameter.
    """

    def __init__(self, statement: Any, dialect: Dialect, names: list[str]) -> None:
        compiled = statement.compile(dialect=dialect, column_keys=names)
        self.text = str(compiled)
        binds: Mapping[str, Process] = compiled._bind_processors
        if lacking := {n for b, n in compiled.bind_names.items() if b.required and n not in names}:
            raise KeyError(f"no value is given for {', '.join(sorted(lacking))}")
        constants = compiled.construct_params(_check=False)
        order: Sequence[str] | None = compiled.positiontup
        self._by_name = order is None
        self._places = [
            (n, n in names, binds.get(n), constants.get(n)) for n in order or compiled.bind_names.values()
        ]
        types = [column.type for column in compiled._result_columns]
        found = [(at, kind._cached_result_processor(dialect, None)) for at, kind in enumerate(types)]
        self._readers: list[tuple[int, Process]] = [(at, process) for at, process in found if process is not None]

    def parameters(self, row: Row) -> Any:
        """What the driver takes: a list or a dict, as its style is."""
        if self._by_name:
            return {
                name: (row[name] if process is None else process(row[name])) if given else constant
                for name, given, process, constant in self._places
            }
        return [
            (row[name] if process is None else process(row[name])) if given else constant
            for name, given, process, constant in self._places
        ]

    def read(self, values: tuple[Any, ...]) -> tuple[Any, ...]:
        """One row of the answer, each value as its column's type gives it back."""
        read = list(values)
        for at, process in self._readers:
            read[at] = process(read[at])
        return tuple(read)


def plan_anew(db: Connection) -> None:
    """Until the end of the transaction PostgreSQL plans each statement for the values that it is given: a plan for
    whatever they are knows neither how long a page is nor how much a name has."""
    if db.dialect.name == "postgresql":
        db.execute(_ANEW)


def driver_of(db: Connection) -> Any:
    """The driver's own connection, in the transaction that `db` is in."""
    return db.connection.driver_connection


def as_sqlalchemy_says(db: Connection, error: Exception) -> Exception:
    """The exception that SQLAlchemy would have raised for one of the driver."""
    return DBAPIError.instance(None, None, error, db.dialect.loaded_dbapi.Error, dialect=db.dialect)
