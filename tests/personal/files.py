"""The raw files of a database, searched byte by byte: what a thief of the disk would find."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from pathlib import Path

from sqlalchemy import text

from engine.store.database import Database
from engine.store.tables import metadata


def forms_of(word: str) -> set[bytes]:
    """A text as it may lie on the disk: in UTF-8, UTF-16, and escaped as in JSON."""
    escaped = json.dumps(word)[1:-1]
    return {word.encode(), word.encode("utf-16-le"), escaped.encode(), escaped.upper().replace("\\U", "\\u").encode()}


def found_in(folder: Path, words: Iterable[str]) -> set[str]:
    """Which of the words stand anywhere in the files of a folder."""
    wanted = {word: forms_of(word) for word in words}
    found: set[str] = set()
    for path in _files(folder):
        content = path.read_bytes()
        found |= {word for word, forms in wanted.items() if any(form in content for form in forms)}
    return found


def _files(folder: Path) -> Iterator[Path]:
    for path in folder.rglob("*"):
        try:
            if path.is_file():
                path.open("rb").close()
                yield path
        except FileNotFoundError:  # the server took it away meanwhile
            continue


def files_of(database: Database) -> Path:
    """The folder of the database's files."""
    if database.is_sqlite:
        return Path(str(database.url.database)).parent
    with database.read() as db:
        return Path(str(db.execute(text("SHOW data_directory")).scalar_one()))


def uncompressed(database: Database) -> None:
    """From now on PostgreSQL keeps long texts as they are: compressed, a search would not see them."""
    if database.is_sqlite:
        return
    with database.write() as db:
        for table in metadata.tables.values():
            for column in table.c:
                if str(column.type.compile(dialect=db.dialect)).startswith(("TEXT", "VARCHAR", "BYTEA")):
                    db.execute(text(f'ALTER TABLE "{table.name}" ALTER COLUMN "{column.name}" SET STORAGE EXTERNAL'))
