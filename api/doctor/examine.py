"""The whole examination, in the order in which one thing needs another."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from sqlalchemy import text
from sqlalchemy.engine import make_url
from sqlalchemy.exc import SQLAlchemyError

from api.backup.place import place_of
from api.doctor.database import postgres_lines, sqlite_file_lines
from api.doctor.files import files
from api.doctor.line import Line, bad, guarded, worst
from api.doctor.machine import machine
from api.doctor.reach import mail, others, providers
from api.doctor.service import schema, service
from api.doctor.settings import settings
from api.runtime import Runtime, open_runtime
from engine.errors import EngineError
from engine.store.condition import postgres_condition, writes_ahead
from engine.store.copying import looked_at, sqlite_file

BESIDES = 8  # connections of a node for the queue and for hearing of others
PATIENCE = 5  # seconds that a database may take for a connection


@dataclass(frozen=True, slots=True)
class Installation:
    """What is examined: `url` of the database, the folder of the `data`, the checkout that the program may run from,
    and the digest of the content that the service is started with, if it is."""

    url: str
    data: Path
    checkout: Path
    content: str | None


def examine(what: Installation, environment: Mapping[str, str]) -> Iterator[Line]:
    """Every line, as soon as it is found. Changes nothing, and raises nothing."""
    yield from guarded("machine", lambda: machine(what.checkout))
    yield from guarded("settings", lambda: settings(what.data, environment))
    file = sqlite_file(what.url)
    yield from guarded("files", lambda: files(place_of(what.data, file, environment)))
    yield from guarded("database", lambda: _database(what, file, environment))
    yield from guarded("mail", lambda: mail(environment))
    yield from guarded("providers", lambda: providers(what.data, environment))
    yield from guarded("others", lambda: others(what.data, environment))


def _database(what: Installation, file: Path | None, environment: Mapping[str, str]) -> Iterator[Line]:
    if file is not None:
        lines = list(sqlite_file_lines(file))
        yield from lines
        # opening a file that is not there makes one, and one of another journal is changed by it
        if not file.is_file() or worst(lines) == "bad" or not writes_ahead(file):
            return
        url = f"sqlite:///{looked_at(file)}&uri=true"
    else:
        made = make_url(what.url)
        url = made.update_query_dict({"connect_timeout": str(PATIENCE)}).render_as_string(hide_password=False)
    runtime = open_runtime(url)
    try:
        yield from _opened(runtime, what, environment)
    except (SQLAlchemyError, EngineError) as error:
        yield _unreachable(what.url, error)
    finally:
        runtime.close()


def _opened(runtime: Runtime, what: Installation, environment: Mapping[str, str]) -> Iterator[Line]:
    database = runtime.database
    with database.read() as db:
        if not database.is_sqlite:
            db.execute(text("SET TRANSACTION READ ONLY"))
            found, now = postgres_condition(db), runtime.clock.now()
            pool = database.engine.pool
            most = pool.size() + getattr(pool, "_max_overflow", 0) + BESIDES  # type: ignore[attr-defined]
            yield from postgres_lines(found, now, most)
        line = schema(db)
        yield line
        if line.level == "good":
            folder = place_of(what.data, None, environment).checkpoints
            yield from service(db, runtime.clock.now(), folder, what.content)


def _unreachable(url: str, error: Exception) -> Line:
    """What the driver says is told: it names hosts and accounts, and never a password."""
    shown = make_url(url).render_as_string(hide_password=True)
    cause = error if isinstance(error, SQLAlchemyError) else error.__cause__
    said = str(getattr(cause, "orig", None) or type(error).__name__).strip().splitlines()[0]
    return bad(
        "database", f"ใช้ฐานข้อมูล {shown} ไม่ได้: {said}", f"the database {shown} cannot be used: {said}",
        "ตรวจว่าฐานข้อมูลทำงานอยู่ และ KRABUAN_DATABASE ถูกต้อง", "see whether it runs, and KRABUAN_DATABASE is right",
    )  # fmt: skip
